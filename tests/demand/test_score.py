"""The score: its names and sums, what it never reads, and that suggestions reach their targets."""

import hashlib
import json
import re
from pathlib import Path
from random import Random

import msgspec
import pytest
from msgspec.structs import replace

from tests.reading.reading import fresh_suggester
from workstation.demand.cli import main
from workstation.demand.score import read_lines, score
from workstation.demand.tally import Label, Tally
from workstation.machine.resources import resource
from workstation.reading.account import Account

OPEN = resource("demo", "reports.jsonl")
FRESH = Path(__file__).parents[1] / "reading" / "fresh.jsonl"
UNSEEN = FRESH.with_name("unseen.jsonl")
FLOORS = (
    ("emergency_recall", 0.98, 0.96),
    ("emergency_precision", 0.90, 0.87),
    ("agency_accuracy", 0.96, 0.94),
    ("redirect_recall", 0.84, 0.73),
    ("grade_accuracy", 0.89, 0.81),
    ("offence_top3", 0.92, 0.85),
    ("duplicate_recall", 0.81, 0.60),
    ("duplicate_precision", 1.0, 1.0),
    ("risk_f1", 0.86, 0.78),
)
SMALL_TALK = FRESH.with_name("small_talk.txt")
NAMES = {
    "emergency_recall": 0.98,
    "emergency_precision": 0.75,
    "agency_accuracy": 0.93,
    "redirect_recall": 0.90,
    "grade_accuracy": 0.80,
    "risk_f1": 0.80,
    "offence_top3": 0.80,
    "duplicate_recall": 0.90,
    "duplicate_precision": 0.90,
}


def is_set_aside(report_id: str) -> bool:
    """The fifth that is looked at only at the end."""
    return int(hashlib.sha256(report_id.encode()).hexdigest(), 16) % 5 == 0


def developed() -> list[tuple[Account, Label | None]]:
    """All open reports in their order, those set aside without their labels."""
    return [
        (account, None if is_set_aside(account.report_id) else label)
        for account, label in read_lines(OPEN.read_bytes().splitlines())
    ]


@pytest.fixture(scope="module")
def tally() -> Tally:
    return score(developed(), fresh_suggester())[0]


@pytest.mark.parametrize(("name", "target"), NAMES.items())
def test_the_target_is_reached_on_the_four_fifths(tally: Tally, name: str, target: float) -> None:
    assert tally.figures()[name] >= target  # type: ignore[operator]


def test_none_that_is_in_need_would_be_sent_elsewhere(tally: Tally) -> None:
    assert tally.figures()["redirected_but_emergency_or_vulnerable"] == []


def test_wording_the_open_reports_do_not_have_is_read_nearly_as_well() -> None:
    lines = FRESH.read_bytes().splitlines()
    figures = score(read_lines(lines), fresh_suggester())[0].figures()
    assert len(lines) > 300
    for name in ("emergency_recall", "emergency_precision", "agency_accuracy", "redirect_recall"):
        assert figures[name] >= 0.90, name  # type: ignore[operator]
    assert figures["redirected_but_emergency_or_vulnerable"] == []


@pytest.mark.parametrize("aside", [False, True], ids=["all", "the half not looked at"])
def test_what_nobody_had_read_before_is_read_as_well_as_it_was(aside: bool) -> None:
    """The floors are what was reached; the half set aside was never looked at."""
    read = list(read_lines(UNSEEN.read_bytes().splitlines()))
    figures = score(
        [
            (account, label if not aside or is_in_half(account.report_id) else None)
            for account, label in read
        ],
        fresh_suggester(),
    )[0].figures()
    assert len(read) == 185
    for name, of_all, of_half in FLOORS:
        assert figures[name] >= (of_half if aside else of_all), name  # type: ignore[operator]
    assert figures["redirected_but_emergency_or_vulnerable"] == []


def is_in_half(report_id: str) -> bool:
    """The half of the unseen reports by which nothing was widened."""
    return int(hashlib.sha256(report_id.encode()).hexdigest(), 16) % 2 == 0


def test_small_talk_around_a_report_raises_little_alarm() -> None:
    spoilt = [
        (replace(account, narrative=with_small_talk(account, Random(account.report_id))), label)
        for account, label in read_lines(FRESH.read_bytes().splitlines())
        if account.form not in ("call", "chat")
    ]
    figures = score(spoilt, fresh_suggester())[0].figures()
    for name, least in (
        ("emergency_recall", 0.90),
        ("emergency_precision", 0.80),
        ("agency_accuracy", 0.93),
        ("redirect_recall", 0.88),
        ("grade_accuracy", 0.85),
    ):
        assert figures[name] >= least, name  # type: ignore[operator]


def with_small_talk(account: Account, random: Random) -> str:
    """The account with five sentences in it that have nothing to do with it."""
    sentences = re.split(r"(?<=[.!?])\s+", account.narrative)
    for idle in random.sample(SMALL_TALK.read_text(encoding="utf-8").splitlines(), 5):
        sentences.insert(random.randint(1, len(sentences)), idle)
    return " ".join(sentences)


def test_no_label_changes_a_suggestion() -> None:
    lines = OPEN.read_bytes().splitlines()[:40]
    without = [
        msgspec.json.encode({k: v for k, v in json.loads(line).items() if k not in UNREAD})
        for line in lines
    ]
    told = score(read_lines(lines), fresh_suggester())[1]
    assert told == score(read_lines(without), fresh_suggester())[1]


UNREAD = ("gold", "scenario", "traits", "turns", "word_count")


def test_the_command_prints_every_figure_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", str(FRESH), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert set(NAMES) <= set(figures)
    assert figures["counts"]["emergency_recall"]["of"] > 0


def test_a_file_that_is_no_file_of_reports_is_said_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"report_id": 3}\n', encoding="utf-8")
    assert main(["score", str(bad), "--json"]) == 1
    assert "Line 1 is not a report of the schema" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"force": "nowhere"}, "Line 1: force is 'nowhere'; allowed: cambridgeshire"),
        ({"received_at": "2026-10-05T01:04:29"}, "Line 1 is not a report of the schema"),
    ],
)
def test_a_report_that_cannot_be_read_is_said_before_any_is_scored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: dict[str, str], told: str
) -> None:
    first = json.loads(OPEN.read_bytes().splitlines()[0])
    bad = tmp_path / "bad.jsonl"
    bad.write_text(json.dumps(first | change), encoding="utf-8")
    assert main(["score", str(bad), "--json"]) == 1
    assert told in capsys.readouterr().err


def test_a_file_may_begin_with_the_mark_that_some_editors_write(tmp_path: Path) -> None:
    marked = tmp_path / "marked.jsonl"
    marked.write_bytes(b"\xef\xbb\xbf" + OPEN.read_bytes().splitlines()[0])
    assert main(["score", str(marked), "--json"]) == 0
