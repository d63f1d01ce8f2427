"""What a refused command says on its card: names, references and London time, never an id."""

import re

import pytest

from tests.told import repeats
from tests.views.stage import MO, NOW, Night, effective
from workstation.desk.command_words import Names, words_of
from workstation.domain.act import Command
from workstation.domain.answering import AnswerQuestions, GiveAdvice
from workstation.domain.claiming import ReassignReport
from workstation.domain.correcting import CorrectFacts, SettleProposal
from workstation.domain.crime import RecordNotCrime
from workstation.domain.entry import Given
from workstation.domain.flagging import ClearFlag, SetFlag
from workstation.domain.grading import GradeReport
from workstation.domain.merging import MergeCrimes
from workstation.domain.offering import AcceptOffer, OfferReport
from workstation.domain.redirection import RedirectReport
from workstation.domain.report import CrimeId, EarlierContacts, Location
from workstation.domain.risk import AssessRisk, lowest_levels
from workstation.domain.roles import Author, PersonId
from workstation.domain.story import LogContact

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-|\b(mo|kelly)\b|[{}]|\+00:00")
TO = Author(PersonId(MO), "Mo Ahmed")
PLACE = Location(text="9 Mill Road", town="Cambridge", lat=52.2, lon=0.1)


def said(night: Night, command: Command) -> list[str]:
    """The lines of its card."""
    desk = night.desk
    people = {PersonId(MO): "Mo Ahmed", PersonId("kelly"): "Kelly Rowe"}

    def report(id: str) -> object:
        shown = desk.report(id)  # type: ignore[arg-type]
        return shown.report if shown is not None else None

    names = Names(desk.pack, report, lambda: people)  # type: ignore[arg-type]
    lines = words_of(command, names).splitlines()
    assert not ID.search("\n".join(lines)), lines
    return lines


def test_a_duplicate_says_of_which_report(night: Night) -> None:
    other = effective(night.desk, night["r2"])
    lines = said(night, repeats(report=night["r1"], of=night["r2"], at=NOW, reason="Same"))
    assert lines[:3] == [
        f"Duplicate of: {other.reference} {other.facts.title}",
        "Reason: Same",
        "What they were told: Somebody has it.",
    ]
    assert lines[3].startswith("Was the caller told: ")


def test_people_are_named_and_that_nobody_held_it_is_said(night: Night) -> None:
    id = night["r1"]
    assert said(night, OfferReport(report=id, to=TO, reason="R")) == ["To: Mo Ahmed", "Reason: R"]
    moved = ReassignReport(report=id, to=TO, reason="R", saw=PersonId("kelly"))
    assert said(night, moved)[-1] == "Held then by: Kelly Rowe"
    unheld = ReassignReport(report=id, to=TO, reason="R", saw=PersonId(""))
    assert said(night, unheld)[-1] == "Held then by: nobody"
    accepted = AcceptOffer(report=id, holder=PersonId(MO), fence=3)
    assert said(night, accepted) == ["Offered by: Mo Ahmed"]


def test_the_forces_lists_are_read_out(night: Night) -> None:
    id, pack = night["r1"], night.desk.pack
    agency, flag = pack.agencies[0], pack.flags[0]
    graded = GradeReport(report=id, code="P", reason="R", was="S")
    names = [pack.grade_by_code[code].name for code in "PS"]
    assert said(night, graded) == [f"Grade: {names[0]}", "Reason: R", f"Was: {names[1]}"]
    sent = RedirectReport(report=id, agency=agency.id, message="M")
    assert said(night, sent) == [f"Agency: {agency.name}", "Message: M"]
    ended = RecordNotCrime(report=id, explanation="E", advice="A", agencies=(agency.id,))
    assert said(night, ended)[-1] == f"Agencies: {agency.name}"
    assert said(night, SetFlag(report=id, flag=flag.id)) == [f"Flag: {flag.name}"]
    risk = AssessRisk(report=id, levels=lowest_levels(pack), earlier=EarlierContacts(count=2))
    lines = said(night, risk)
    assert lines[0].startswith(f"Levels: {pack.thrive[0].name} {pack.thrive[0].levels[0]}")
    assert lines[1:] == ["Earlier contacts: count 2"]


def test_when_a_flag_was_set_is_told_in_london_time(night: Night) -> None:
    flag = night.desk.pack.flags[0]
    summer = NOW.replace(month=7)
    cleared = ClearFlag(
        report=night["r1"], flag=flag.id, reason="R", set_by=PersonId(MO), set_at=summer
    )
    lines = said(night, cleared)
    assert lines[2:] == ["Set by: Mo Ahmed", "Set at: 03:47 on 22 July 2026"]


def test_a_place_is_told_in_words_and_an_answer_as_one(night: Night) -> None:
    id = night["r1"]
    moved = CorrectFacts(report=id, location=PLACE)
    assert said(night, moved) == ["Where: 9 Mill Road, Cambridge"]
    answered = SettleProposal(
        report=id, by=PersonId(MO), field="phone", take=False, now="07", was="08"
    )
    expected = ["Proposed by: Mo Ahmed", "Fact: phone", "Answer: it is left", "Now: 07", "Was: 08"]
    assert said(night, answered) == expected
    rung = LogContact(report=id, who="Ola", means="phone", reached=False)
    assert said(night, rung) == ["Who: Ola", "Means: phone", "Reached: no"]


@pytest.mark.parametrize("main", ["c1", "c2"])
def test_a_crime_that_is_not_here_is_called_so(night: Night, main: str) -> None:
    merged = MergeCrimes(
        report=night["r1"], main=CrimeId(main), other=CrimeId("c3"), reason="Same"
    )
    lines = said(night, merged)
    assert lines[0] == "Crime that stays: a crime that is not here"


def test_a_guide_is_told_by_its_questions_and_its_advice(night: Night) -> None:
    guide = next(one for one in night.desk.pack.guides if one.questions and one.advice)
    question, advice = guide.questions[0], guide.advice[0]
    given = (Given(question=question.id, words="Yes"),)
    answered = AnswerQuestions(report=night["r1"], guide=guide.id, answers=given, said_by="Ola")
    expected = [f"Guide: {guide.name}", f"{question.ask} Yes", "Said by: Ola"]
    assert said(night, answered) == expected
    read = GiveAdvice(report=night["r1"], guide=guide.id, lines=(advice.id,))
    assert said(night, read) == [f"Guide: {guide.name}", f"Read out: {advice.words}"]
