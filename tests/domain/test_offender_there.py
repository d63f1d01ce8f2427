"""An offender is there, or harm goes on: nobody ends it before it was judged knowing of that."""

import pytest
from msgspec.structs import replace

from tests.domain.packs import PACK
from tests.domain.situations import (
    ASHA,
    BEN,
    DEE,
    PLACE,
    R1,
    ask,
    assess,
    assessed,
    done,
    graded,
    minutes,
    told,
)
from tests.domain.test_hard_rules import CLOSE, NOT_CRIME, REDIRECT, RESOLVE
from workstation.domain.act import Command
from workstation.domain.answering import AnswerQuestions
from workstation.domain.entry import Given
from workstation.domain.grading import EscalateEmergency, GradeReport, OpenByDispatch
from workstation.domain.pack import HardRule, OnAnswer
from workstation.domain.packing import pack_problems
from workstation.domain.report import Report

PROMPT = GradeReport(report=R1, code="P", reason="He stands at her door")
OFFICERS = EscalateEmergency(report=R1, why="He stands at her door", location=PLACE)


def said(words: str, question: str = "there") -> AnswerQuestions:
    """What the caller said of an offender, or of the victim."""
    return AnswerQuestions(report=R1, guide="fraud", answers=(Given(question, words),))


THERE = done(assessed(), said("yes"), BEN, minutes(5))
JUDGED = done(THERE, assess(), at=minutes(6))
GRADED = done(JUDGED, PROMPT, at=minutes(7))
LEFT = done(GRADED, said("no"), at=minutes(8))
UNKNOWN = done(assessed(), said("not known", "frail"), BEN, minutes(5))
RESOLVED = done(done(UNKNOWN, assess(), at=minutes(6)), RESOLVE, at=minutes(7))
SENT = done(THERE, OFFICERS, at=minutes(6))
GOT = done(SENT, OpenByDispatch(report=R1), DEE, at=minutes(6))

ROWS: list[tuple[str, Report, Command, list[str] | str]] = [
    ("it is not redirected", THERE, REDIRECT, "rule/fraud-stays"),
    ("nor closed", THERE, CLOSE, "rule/there-now"),
    ("nor no crime", THERE, NOT_CRIME, "rule/there-now"),
    ("nor left unattended by an old THRIVE", THERE, RESOLVE, "rule/there-now"),
    ("officers are sent at once", THERE, OFFICERS, ["ReportGraded"]),
    ("and so they are by a grade", THERE, PROMPT, ["ReportGraded"]),
    ("a THRIVE alone ends nothing", JUDGED, CLOSE, "rule/there-now"),
    ("a THRIVE since lets it be graded", JUDGED, RESOLVE, ["ReportGraded"]),
    ("a grade by it lets it close", GRADED, CLOSE, ["ReportClosed"]),
    ("but it stays with the police", GRADED, REDIRECT, "rule/fraud-stays"),
    ("that he left is judged, too", done(THERE, said("no"), at=minutes(6)), CLOSE,
     "rule/there-now"),
    ("also before it goes elsewhere", LEFT, REDIRECT, "rule/there-now"),
    ("judged again, it may", done(LEFT, assess(), at=minutes(8)), REDIRECT,
     ["ReportRedirected"]),
    ("what is not known is not safe", UNKNOWN, REDIRECT, "rule/there-now"),
    ("and goes once it was judged", RESOLVED, REDIRECT, ["ReportRedirected"]),
    ("officers sent before are a grade", done(GOT, assess(), at=minutes(7)), CLOSE,
     ["ReportClosed"]),
    ("with the THRIVE that is owed", SENT, CLOSE, "rule/there-now"),
    ("a grade from before is none", done(graded("R"), said("yes"), BEN, minutes(5)), CLOSE,
     "rule/there-now"),
    ("that nobody is there binds nobody", done(assessed(), said("no"), BEN, minutes(5)), CLOSE,
     ["ReportClosed"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("report", "command", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_an_offender_who_is_there(
    report: Report, command: Command, expected: list[str] | str
) -> None:
    assert told(ask(report, command, at=minutes(9))) == expected


def test_who_had_not_read_that_he_is_there_takes_it_not_back() -> None:
    apart = done(THERE, said("no"), ASHA, minutes(6), seen={R1: 1})
    assert told(ask(apart, CLOSE, at=minutes(9))) == "rule/there-now"


BOUND = next(rule for rule in PACK.hard_rules if rule.until == "assessed")
PROBLEMS: list[tuple[HardRule, str]] = [
    (replace(BOUND, answers=()), "hard_rules[0].answers: is empty; until"),
    (replace(BOUND, flags=("missing",)), "hard_rules[0]: until 'assessed' goes by answers"),
    (replace(BOUND, answers=(OnAnswer("x", "there", ("yes",)),)),
     "hard_rules[0].answers[0].guide: 'x' is no guide; allowed: "),
    (replace(BOUND, answers=(OnAnswer("fraud", "x", ("yes",)),)),
     "hard_rules[0].answers[0].question: 'x' is not asked by it; allowed: "),
    (replace(BOUND, answers=(OnAnswer("fraud", "there", ("maybe",)),)),
     "hard_rules[0].answers[0].words: 'maybe' is no answer to it; allowed: yes, no, not known"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "sentence"), PROBLEMS, ids=[one[1] for one in PROBLEMS])
def test_answers_that_nobody_can_give_are_told_with_their_key_path(
    rule: HardRule, sentence: str
) -> None:
    told_of = list(pack_problems(replace(PACK, hard_rules=(rule,))))
    assert any(one.startswith(sentence) for one in told_of), told_of
