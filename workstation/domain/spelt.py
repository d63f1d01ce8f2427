"""A number as it is read aloud: digits in groups, letters by the NATO alphabet (ICAO Annex 10)."""

import re
from itertools import pairwise

from msgspec import Struct

MOST = 3
_NATO = ("Alfa", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India",
         "Juliett", "Kilo", "Lima", "Mike", "November", "Oscar", "Papa", "Quebec", "Romeo",
         "Sierra", "Tango", "Uniform", "Victor", "Whiskey", "X-ray", "Yankee", "Zulu")  # fmt: skip
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_MARKS = {"/": "stroke", "-": "dash", ".": "dot", "_": "underscore", ":": "colon"}
_SAID = (
    {word[0]: word for word in _NATO}
    | {str(value): word for value, word in enumerate(_DIGITS)}
    | _MARKS
)
_DAY = re.compile(r"(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])((?:19|20)\d\d)")
_AT_HOME = re.compile(r"(0\d{4})(\d{6})")
_RUNS = re.compile(r"[0-9]+|[A-Za-z]+|[^0-9A-Za-z\s]")


class SpokenNumber(Struct, frozen=True):
    """A number, and what it is: `Crime number`."""

    kind: str
    written: str

    @property
    def grouped(self) -> str:
        """As it is written, with digits in groups: `35 / 665 07 / 22`."""
        return " ".join(part for run in _RUNS.findall(self.written) for part in _parted(run))

    @property
    def spelt(self) -> str:
        """As it is said: `three five, stroke, six six five, zero seven, stroke, two two`."""
        runs = _RUNS.findall(self.written)
        return ", ".join(_said(part) for run in runs for part in _parted(run))

    @property
    def aloud(self) -> str:
        """What it is, and how it is said."""
        return f"{self.kind}: {self.spelt}."


def phone_in_groups(written: str) -> str:
    """A British number that was typed in one go: `07700 900412`; any other stays as it is."""
    whole = _AT_HOME.fullmatch(written.strip())
    return " ".join(whole.groups()) if whole is not None else written


def _parted(run: str) -> list[str]:
    """A day as day, month and year; other digits by threes, the last four by twos where one

    would stand alone.
    """
    if not run.isdecimal():
        return [run]
    if (day := _DAY.fullmatch(run)) is not None:
        return list(day.groups())
    ends = list(range(0, len(run), MOST))
    if len(run) % MOST == 1 and len(run) > MOST:
        ends[-1] -= 1
    return [run[start:end] for start, end in pairwise([*ends, len(run)])]


def _said(part: str) -> str:
    return " ".join(_SAID.get(char.upper(), char) for char in part)
