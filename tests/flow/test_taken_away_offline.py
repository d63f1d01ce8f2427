"""A supervisor moves a report while its holder is offline: what becomes of each thing she does.

The store is the only judge. What adds, warns or numbers is taken; what only the holder may do is
shown to her beside what stands; and Bob, who has the report now, keeps it throughout.
"""

from collections.abc import Callable

import pytest

from tests.flow.meeting import BOB, CLOSE, Meeting, exclusive, some_other
from tests.flow.test_numbers import NOBODY, offence
from workstation.domain.claiming import ClaimReport, ReleaseReport
from workstation.domain.closing import CloseReport
from workstation.domain.correcting import CorrectFacts
from workstation.domain.facts import FactChange
from workstation.domain.grading import EscalateEmergency, GradeReport
from workstation.domain.story import AddNote
from workstation.store.verify import verify

Act = Callable[[Meeting], object]


def closes(met: Meeting) -> None:
    met.ann.do(CloseReport(report=met.id, **CLOSE))


def ends(name: str) -> Act:
    return lambda met: exclusive(met, name, met.id)


def grades_up(met: Meeting) -> None:
    met.ann.do(GradeReport(report=met.id, code="P", reason="She is afraid.", was="S"))


def grades_down(met: Meeting) -> None:
    met.ann.do(GradeReport(report=met.id, code="A", reason="Calm now.", was="S"))


def sends_officers(met: Meeting) -> None:
    met.ann.do(EscalateEmergency(report=met.id, why="He has a knife."))


def issues_a_number(met: Meeting) -> None:
    assert isinstance(met.ann.desk.record_crime(met.id, offence(met.ann), NOBODY), str)


def adds_notes(met: Meeting) -> None:
    met.ann.do(AddNote(report=met.id, text="He rang again."))
    met.ann.do(AddNote(report=met.id, text="A dog bites.", hazard=True))


def corrects_a_fact(met: Meeting) -> None:
    met.ann.do(CorrectFacts(report=met.id, changes=(FactChange("phone", "", "07700 900123"),)))


def gives_it_back(met: Meeting) -> None:
    met.ann.do(ReleaseReport(report=met.id))


def takes_it_again(met: Meeting) -> None:
    met.ann.do(ClaimReport(report=met.id))


def is_open_with_bob(met: Meeting) -> bool:
    claim = met.report.claim
    return met.report.is_open and claim is not None and claim.by == BOB


def grade(code: str) -> Act:
    return lambda met: met.report.grading is not None and met.report.grading.code == code


def has_notes(met: Meeting) -> bool:
    lines = {one.entry.text: one.entry.late for one in met.bob.desk.entries(met.id)}
    is_told = lines.get("He rang again.") and lines.get("A dog bites.")
    return bool(is_told) and met.report.hazards == ("A dog bites.",)


def has_one_number(met: Meeting) -> bool:
    (crime,) = met.report.crimes
    titles = [one.entry.text for one in met.sue.desk.entries(met.id)]
    return crime.by.id == "ann" and any("Possible double" in text for text in titles)


def has_the_proposal(met: Meeting) -> bool:
    (proposed,) = met.report.proposals
    return met.report.facts.phone == "" and (proposed.by.id, proposed.now, proposed.late) == (
        "ann",
        "07700 900123",
        True,
    )


TABLE: tuple[tuple[str, Act, list[str], Act], ...] = (
    ("closes", closes, ["CloseReport"], grade("S")),
    ("redirects", ends("RedirectReport"), ["RedirectReport"], grade("S")),
    ("says it is no crime", ends("RecordNotCrime"), ["RecordNotCrime"], grade("S")),
    ("marks it a duplicate", ends("MarkDuplicate"), ["MarkDuplicate"], grade("S")),
    ("hands it to the IMU", ends("HandToImu"), ["HandToImu"], has_one_number),
    ("grades up", grades_up, [], grade("P")),
    ("grades down", grades_down, ["GradeReport"], grade("S")),
    ("sends officers", sends_officers, [], grade("I")),
    ("issues a number", issues_a_number, [], has_one_number),
    ("adds notes", adds_notes, [], has_notes),
    ("corrects a fact", corrects_a_fact, [], has_the_proposal),
    ("gives it back", gives_it_back, [], grade("S")),
    ("takes it again", takes_it_again, [], grade("S")),
)


@pytest.mark.fault("F31")
@pytest.mark.invariant("I5", "I19", "I20", "I21")
@pytest.mark.parametrize(
    ("act", "refused", "holds"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
@pytest.mark.parametrize("is_on_the_phone", [False, True], ids=["at once", "on the phone"])
def test_while_the_report_goes_to_bob_the_holder(
    meeting: Meeting, act: Act, refused: list[str], holds: Act, is_on_the_phone: bool
) -> None:
    other = some_other(meeting)
    meeting.ann.assess(other)
    for id in (meeting.id, other):
        meeting.ann.do(GradeReport(report=id, code="S", reason="Tomorrow will do."))
    meeting.both(meeting.ann, meeting.bob, meeting.sue)
    meeting.ann.line.is_cut = True
    if is_on_the_phone:
        meeting.world.clock.pass_by(minutes=3)
        meeting.ann.go_on(meeting.id)
    act(meeting)
    meeting.world.clock.pass_by(minutes=5)
    meeting.moves_to_bob()
    meeting.comes_back()
    assert meeting.refused(meeting.ann) == refused
    assert is_open_with_bob(meeting)
    assert holds(meeting)
    for one in meeting.ann.desk.attention():
        assert "Bob Lee" in one.case.sentence or one.command == "GradeReport"
    assert verify(meeting.world.database) == []
