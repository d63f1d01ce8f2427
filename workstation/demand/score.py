"""`python -m workstation demand score FILE`: how well suggestions fit reports that carry labels.

The suggestions see what the public gave and nothing else; the labels are only compared afterwards.
"""

import argparse
import sys
import time
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from workstation.demand.lexicon import suggester
from workstation.demand.tally import Label, Tally
from workstation.machine.resources import pack_forces
from workstation.reading.account import Account
from workstation.reading.lexicon import LexiconProblem
from workstation.reading.suggestions import Suggester, Suggestions


class Labelled(Struct, frozen=True):
    """The label of a line; everything else of it is an Account."""

    gold: Label | None = None


class BadFile(Exception):
    """A file that cannot be scored; its line and what is wrong with it."""


def main(argv: list[str]) -> int:
    """Score a file; 0 when done, 1 with a sentence when not."""
    asked = _parser().parse_args(argv)
    try:
        written = Path(asked.file).read_bytes().removeprefix(BOM_UTF8)
        lines = list(read_lines(written.splitlines()))
        tally, told = score(lines, suggester())
    except (OSError, BadFile, LexiconProblem) as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 1
    if asked.each:
        sys.stdout.writelines(msgspec.json.encode(one).decode() + "\n" for one in told)
    figures = tally.figures()
    text = msgspec.json.encode(figures).decode() if asked.json else tally.in_words()
    sys.stdout.write(f"{text}\n")
    return 0


def read_lines(lines: Iterable[bytes]) -> Iterator[tuple[Account, Label | None]]:
    """Each report of the file, oldest first, with its label if it has one."""
    read: list[tuple[Account, Label | None]] = []
    forces = pack_forces()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            account = msgspec.json.decode(line, type=Account)
            read.append((account, msgspec.json.decode(line, type=Labelled).gold))
        except msgspec.DecodeError as wrong:
            raise BadFile(f"Line {number} is not a report of the schema: {wrong}") from wrong
        if account.force not in forces:
            known = ", ".join(forces)
            raise BadFile(f"Line {number}: force is {account.force!r}; allowed: {known}")
    return iter(sorted(read, key=lambda pair: pair[0].received_at))


def score(
    reports: Iterable[tuple[Account, Label | None]], suggest: Suggester
) -> tuple[Tally, list[Suggestions]]:
    """The tally of these reports, and what was suggested for each."""
    tally, told = Tally(), []
    for account, label in reports:
        began = time.perf_counter()
        suggestions = suggest.suggest(account)
        tally.took(time.perf_counter() - began)
        told.append(suggestions)
        if label is not None:
            tally.compare(suggestions, label)
    return tally, told


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="workstation demand score", description=__doc__)
    parser.add_argument("file", help="reports as JSON lines")
    parser.add_argument("--json", action="store_true", help="figures as one JSON object")
    parser.add_argument("--each", action="store_true", help="first what is suggested for each "
                        "report and why, as JSON lines")  # fmt: skip
    return parser
