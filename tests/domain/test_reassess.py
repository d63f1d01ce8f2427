"""A risk is assessed again when something came in since, and the asking ends with that."""

from datetime import datetime

import pytest
from msgspec.structs import replace

from tests.domain.packs import PACK
from tests.domain.situations import (
    ASHA,
    BEN,
    NOW,
    R1,
    R2,
    after_late,
    ask,
    assess,
    assessed,
    done,
    flagged,
    given_away,
    graded,
    minutes,
    received,
)
from tests.told import repeats
from workstation.domain.decider import apply
from workstation.domain.grading import GradeReport
from workstation.domain.reassess import reassessment_owed
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report
from workstation.domain.story import LogContact

SLIPS = "the attendance target is about to be missed, or is missed"
CONTACT = LogContact(report=R1, who="Ola", means="phone", reached=True, words="He is back")


def reasons(report: Report, at: datetime) -> list[str]:
    """Why a new assessment is owed at this time."""
    return [one.why for one in reassessment_owed(report, at, PACK)]


def repeated() -> Report:
    """Another contact about the same matter was linked, eight minutes in."""
    other = assessed(R2, BEN)
    events = ask(
        other, repeats(report=R2, of=R1, at=NOW), BEN, minutes(8), reports={R1: assessed()}
    )
    assert not isinstance(events, Refusal)
    return apply({R1: assessed(), R2: other}, events, BEN.id)[R1]


SPOKEN = done(assessed(), CONTACT, at=minutes(8))
MISSED = done(assessed(), replace(CONTACT, reached=False), at=minutes(8))
FLAGGED = flagged(assessed(), BEN, minutes(8))
UNSAID = done(
    done(assessed(), replace(assess(), interim="", rara=()), at=minutes(1)),
    GradeReport(report=R1, code="P", reason="so"),
    at=minutes(2),
)

ROWS: list[tuple[str, Report, float, list[str]]] = [
    ("nothing came in", assessed(), 500, []),
    ("nobody has assessed it: that is owed otherwise", received(), 500, []),
    ("somebody was spoken to", SPOKEN, 9, ["Ola was spoken or written to"]),
    ("nobody was reached", MISSED, 9, []),
    ("a flag since", FLAGGED, 9, ["Safeguarding was flagged"]),
    ("a flag from before", done(FLAGGED, assess(), at=minutes(9)), 10, []),
    ("a report was linked", repeated(), 9, ["CC-22112026-0001 is about the same matter"]),
    ("officers are due in an hour", graded("P"), 40, []),
    ("the target slips", graded("P"), 52, [SLIPS]),
    ("assessed since it slipped", done(graded("P"), assess(), at=minutes(53)), 70, []),
    ("nobody comes, nothing slips", graded("R"), 5000, []),
    ("what could happen until then?", UNSAID, 5,
     ["nobody has said what could happen before officers arrive"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("report", "at", "why"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_what_asks_for_a_new_assessment(report: Report, at: float, why: list[str]) -> None:
    assert reasons(report, minutes(at)) == why


@pytest.mark.parametrize("report", [SPOKEN, FLAGGED, repeated()])
def test_the_asking_ends_once_the_risk_is_assessed_again(report: Report) -> None:
    assert reasons(report, minutes(20))
    assert reasons(done(report, assess(), at=minutes(21)), minutes(22)) == []


def test_an_assessment_from_before_the_news_came_does_not_end_the_asking() -> None:
    older = done(SPOKEN, assess(), BEN, minutes(5))
    assert reasons(older, minutes(20)) == ["Ola was spoken or written to"]


def test_what_a_lapsed_holder_logs_late_asks_too() -> None:
    again = done(given_away(), assess(), BEN, minutes(-3))
    told = after_late(again, CONTACT)
    assert reasons(told, minutes(30)) == ["Ola was spoken or written to"]


def test_the_reasons_stand_oldest_first_with_when_each_began() -> None:
    both = done(flagged(assessed(), BEN, minutes(9)), CONTACT, ASHA, minutes(8))
    owed = reassessment_owed(both, minutes(20), PACK)
    assert [one.since for one in owed] == [minutes(8), minutes(9)]
