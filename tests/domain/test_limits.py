"""Every text somebody may write has a limit, and what is over it is refused by its field."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from tests.domain.samples import ACTS, OTHERS
from tests.domain.situations import NOW, R1, ask, assessed, done, received, told
from tests.told import told_yes
from workstation.domain.act import Command
from workstation.domain.closing import CloseReport
from workstation.domain.correcting import CorrectFacts
from workstation.domain.facts import FactChange
from workstation.domain.grading import EscalateEmergency, GradeReport
from workstation.domain.handoff import SOLVABILITY, HandToImu
from workstation.domain.limits import NARRATIVE, WORDS, too_long
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report, ReportId
from workstation.domain.roles import Person

HUGE = "x" * (NARRATIVE + 1)
SAID_ELSEWHERE = ("type", "marked", "channel", "kind", "received_at")


def texts(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where the texts of a command stand."""
    if isinstance(value, str):
        yield path
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in SAID_ELSEWHERE:
                yield from texts(inner, (*path, name))
    elif isinstance(value, list | tuple):
        for n, inner in enumerate(value):
            yield from texts(inner, (*path, n))


def with_text(command: Any, path: tuple[str | int, ...], text: str) -> Any:
    """The command with another text there, past every check of the wire."""
    if not path:
        return text
    if isinstance(command, dict):
        return {**command, path[0]: with_text(command[path[0]], path[1:], text)}
    if isinstance(command, tuple):
        at = int(path[0])
        mended = with_text(command[at], path[1:], text)
        return (*command[:at], mended, *command[at + 1 :])
    name = str(path[0])
    return replace(command, **{name: with_text(getattr(command, name), path[1:], text)})


ROWS = [
    (command, report, who, path)
    for command, report, who in ACTS
    for path in texts(msgspec.to_builtins(command))
]


@pytest.mark.parametrize(
    ("command", "report", "who", "path"),
    ROWS,
    ids=[f"{type(row[0]).__name__} {'.'.join(map(str, row[3]))}" for row in ROWS],
)
def test_no_text_of_any_command_is_longer_than_an_entry(
    command: Command, report: Report | None, who: Person, path: tuple[str | int, ...]
) -> None:
    answer = ask(report, with_text(command, path, HUGE), who, reports=OTHERS)
    assert isinstance(answer, Refusal)
    assert answer.code == "text/too-long"
    assert answer.field.startswith(str(path[0]))
    assert "up to" in answer.sentence


def test_the_refusal_names_the_field_the_limit_and_how_much_is_over() -> None:
    close = CloseReport(report=R1, reason="x" * (WORDS + 7), caller_told="yes", told=told_yes(NOW))
    answer = too_long(close)
    assert answer is not None
    assert answer.field == "reason"
    assert answer.sentence == "“reason” holds up to 10,000 characters: 7 too many. Shorten it."
    assert too_long(replace(close, reason="x" * WORDS)) is None


def test_only_what_no_entry_holds_stops_officers() -> None:
    long = "x" * NARRATIVE
    assert told(ask(received(), EscalateEmergency(report=R1, why=long))) == ["ReportGraded"]
    grade = GradeReport(report=R1, code="I", reason=long)
    assert told(ask(received(), grade)) == ["ReportGraded"]


def test_more_of_anything_than_a_person_gives_is_refused() -> None:
    changes = (FactChange("phone", "", "1"),) * 51
    answer = ask(received(), CorrectFacts(report=R1, changes=changes))
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.field) == ("text/too-many", "changes")


def test_an_id_is_plain_letters_and_digits() -> None:
    for id in ("é", "a b", "<b>", "x" * 65):
        command = CloseReport(
            report=ReportId(id), reason="r", caller_told="yes", told=told_yes(NOW)
        )
        assert too_long(command) is not None


def test_the_imu_answers_its_own_questions_only() -> None:
    hand = HandToImu(report=R1, solvability=dict.fromkeys(SOLVABILITY, "yes"), facts="")
    strange = replace(hand, solvability={**hand.solvability, "motive": "yes"})
    report = done(assessed(), _crime())
    answer = ask(report, strange)
    assert isinstance(answer, Refusal)
    assert (answer.code, "motive" in answer.sentence) == ("imu/solvability", True)
    assert told(ask(report, hand)) == ["HandedToImu"]


def _crime() -> Command:
    return next(c for c, _, _ in ACTS if type(c).__name__ == "RecordCrime")
