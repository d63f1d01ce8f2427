"""What becomes of acts that meet: the rows of the conflict policy, in its order.

Of each row both columns are played: two desks at once, and a desk that comes back late. The rows
of facts, notes and other words are in `test_conflicts_of_words`, those of grades and emergencies
in `test_conflicts_of_grades`; what leases add is tested with the leases. A duplicate ends its
report, so that late it keeps to the row of closing. Not built yet, and so without a row: hand-over
by offer and acceptance, flags set and cleared, chat and its read marks, attachments, decisions of
the IMU, dispatch updates.
"""

from typing import get_args

import pytest
import sqlalchemy as sa
from msgspec.structs import replace

from tests.flow.meeting import (
    BOB,
    CATH,
    CLOSE,
    Meeting,
    exclusive,
    some_other,
)
from tests.flow.test_numbers import NOBODY, offence
from tests.told import repeats
from tests.world import MORNING, PASSWORD, World
from workstation.domain.claiming import ClaimReport, ReassignReport, ReleaseReport
from workstation.domain.closing import CloseReport, ReopenReport
from workstation.domain.decider import AnyCommand
from workstation.domain.intake import CreateReport
from workstation.domain.report import Channel, Facts, Location, ReportId
from workstation.domain.roles import Role
from workstation.domain.story import AddNote
from workstation.store import schema
from workstation.store.problems import ApiProblem
from workstation.store.verify import verify
from workstation.wire.protocol import IntakeReport, SignIn, VoidNumbers


@pytest.mark.expects_log("again with other words")
def test_intake_dedupes_what_is_sent_again_and_keeps_other_words_beside_it(world: World) -> None:
    web = world.api.sign_in(SignIn("web", PASSWORD, "web")).token
    first_words = IntakeReport(
        source="form",
        external_id="7",
        channel=Channel.ONLINE,
        received_at=world.clock.now(),
        account="My bike is gone",
    )
    first = world.api.intake(web, first_words)
    assert world.api.intake(web, first_words) == first
    other = world.api.intake(web, replace(first_words, account="He is back, with a knife"))
    assert set(world.states()) == {first.report, other.report}
    assert world.states()[other.report].risk_is_unassessed


def test_create_of_one_id_by_two_people_is_refused_and_kept(meeting: Meeting) -> None:
    taken = CreateReport(report=ReportId("same"), channel=Channel.CALL_101, account="His words")
    for station in (meeting.ann, meeting.bob):
        station.do(taken)
    meeting.both(meeting.ann, meeting.bob)
    assert meeting.refused(meeting.ann) == []
    assert meeting.refused(meeting.bob) == ["CreateReport"]
    assert "His words" in meeting.bob.desk.attention()[0].text


def test_create_late_is_taken_and_merged_with_nothing(meeting: Meeting) -> None:
    meeting.ann.line.is_cut = True
    taken = [
        station.desk.take_contact(Channel.CALL_101, "The same fire", Facts(), Location(text="Ely"))
        for station in (meeting.ann, meeting.bob)
    ]
    meeting.both(meeting.bob)
    meeting.comes_back()
    states = meeting.world.states()
    assert len({states[ReportId(str(id))].incident_number for id in taken}) == 2


ENDS = ("CloseReport", "RedirectReport", "RecordNotCrime", "MarkDuplicate")


@pytest.mark.invariant("I5", "I19")
@pytest.mark.parametrize("name", ENDS)
def test_redirect_close_and_the_like_over_unseen_changes_are_refused_and_shown(
    meeting: Meeting, name: str
) -> None:
    exclusive(meeting, name, meeting.id)
    meeting.bob.do(AddNote(report=meeting.id, text="He says it is a threat."))
    meeting.both(meeting.bob, meeting.ann)
    assert meeting.report.is_open
    assert meeting.refused(meeting.ann) == [name]
    assert "He says it is a threat." in meeting.told(meeting.ann)


@pytest.mark.fault("F31")
@pytest.mark.invariant("I5", "I19")
@pytest.mark.parametrize("name", [*ENDS, "HandToImu"])
def test_redirect_close_and_the_like_late_are_refused_and_shown(
    meeting: Meeting, name: str
) -> None:
    meeting.ann.line.is_cut = True
    exclusive(meeting, name, meeting.id)
    meeting.moves_to_bob()
    meeting.comes_back()
    report = meeting.report
    assert report.is_open
    assert report.hand_off is None
    assert report.claim is not None
    assert report.claim.by == BOB
    assert meeting.refused(meeting.ann) == [name]


@pytest.mark.fault("F30")
@pytest.mark.invariant("I18")
@pytest.mark.parametrize("is_late", [False, True])
def test_of_two_claims_the_first_stands_and_the_other_hears_who(
    meeting: Meeting, is_late: bool
) -> None:
    id = meeting.world.receive(Channel.CHAT, "Somebody keyed my car.")
    meeting.both(meeting.ann, meeting.bob)
    meeting.ann.line.is_cut = is_late
    meeting.ann.do(ClaimReport(report=id))
    if is_late:
        meeting.world.clock.pass_by(minutes=20)
    meeting.bob.do(ClaimReport(report=id))
    meeting.both(meeting.bob)
    meeting.comes_back()
    claim = meeting.world.states()[id].claim
    assert claim is not None
    assert claim.by == BOB
    (shown,) = [one for one in meeting.ann.desk.attention() if one.mine]
    assert (shown.command, "Bob Lee" in shown.case.sentence) == ("ClaimReport", True)


def test_release_by_who_does_not_hold_it_changes_nothing(meeting: Meeting) -> None:
    meeting.ann.do(ReleaseReport(report=meeting.id))
    meeting.bob.do(ReleaseReport(report=meeting.id))
    meeting.both(meeting.bob)
    before = meeting.report.claim
    meeting.both(meeting.ann)
    after = meeting.report.claim
    assert (before is not None, after) == (True, None)
    assert meeting.refused(meeting.bob) == []


@pytest.mark.fault("F31")
def test_release_of_what_one_no_longer_holds_takes_it_from_nobody(meeting: Meeting) -> None:
    meeting.ann.line.is_cut = True
    meeting.ann.do(ReleaseReport(report=meeting.id))
    meeting.moves_to_bob()
    meeting.comes_back()
    claim = meeting.report.claim
    assert claim is not None
    assert claim.by == BOB


@pytest.mark.invariant("I18", "I20")
def test_of_two_supervisors_the_last_decides_who_holds_a_report(meeting: Meeting) -> None:
    meeting.world.api.accounts.add("cath", "Cath Lee", meeting.bob.desk.person.roles, PASSWORD)
    other = meeting.world.station("sue", "W04")
    other.exchange()
    meeting.sue.do(ReassignReport(report=meeting.id, to=BOB, reason="Ann is offline."))
    other.do(ReassignReport(report=meeting.id, to=CATH, reason="She knows the street."))
    meeting.both(meeting.sue, other)
    claim = meeting.report.claim
    assert claim is not None
    assert claim.by == CATH
    assert meeting.told(meeting.sue)[-2:] == ["Ann is offline.", "She knows the street."]


@pytest.mark.parametrize("is_moved", [False, True])
def test_a_supervisor_late_moves_only_what_is_still_with_whom_she_saw(
    meeting: Meeting, is_moved: bool
) -> None:
    meeting.world.api.accounts.add("cath", "Cath Lee", meeting.bob.desk.person.roles, PASSWORD)
    other = meeting.world.station("sue", "W04")
    other.exchange()
    other.line.is_cut = True
    other.do(ReassignReport(report=meeting.id, to=CATH, reason="Ann goes home."))
    if is_moved:
        meeting.moves_to_bob()
    meeting.world.clock.pass_by(minutes=10)
    other.line.is_cut = False
    meeting.both(other)
    claim = meeting.report.claim
    assert claim is not None
    assert claim.by == (BOB if is_moved else CATH)
    assert meeting.refused(other) == (["ReassignReport"] if is_moved else [])


@pytest.mark.fault("F31", "F32")
@pytest.mark.invariant("I23", "I26")
@pytest.mark.parametrize("is_late", [False, True])
def test_a_second_number_for_a_report_is_never_dropped(meeting: Meeting, is_late: bool) -> None:
    for station in (meeting.ann, meeting.bob):
        station.line.is_cut = True
    spoken = [
        station.desk.record_crime(meeting.id, offence(station), NOBODY)
        for station in (meeting.ann, meeting.bob)
    ]
    meeting.bob.line.is_cut = False
    if is_late:
        meeting.moves_to_bob()
    meeting.both(meeting.bob)
    meeting.comes_back()
    assert {crime.number for crime in meeting.report.crimes} == set(spoken)
    assert len(set(spoken)) == 2
    assert any("Possible double" in text for text in meeting.told(meeting.sue))
    assert meeting.refused(meeting.ann) == []
    assert verify(meeting.world.database) == []


@pytest.mark.invariant("I26")
def test_a_number_is_void_by_two_people_and_never_from_a_queue(meeting: Meeting) -> None:
    meeting.world.api.accounts.add("max", "Max", (Role.SUPERVISOR,), PASSWORD)
    table = schema.number_ledger
    lent = sa.select(table.c.series, table.c.serial).where(table.c.state == "allocated").limit(1)
    with meeting.world.database.read() as connection:
        series, serial = connection.execute(lent).one()

    def void(person: str, reason: str = "Printed by mistake") -> str:
        token = meeting.world.api.sign_in(SignIn(person, PASSWORD, "shell")).token
        asked = VoidNumbers(reason=reason, series=series, serial=serial)
        return meeting.world.api.void_numbers(token, asked).confirmed_by

    for person, reason in (("ann", "Printed by mistake"), ("sue", " ")):
        with pytest.raises(ApiProblem):
            void(person, reason)
    assert [void(person) for person in ("sue", "sue", "max")] == ["", "", "Max"]
    assert not [kind for kind in get_args(AnyCommand) if "Void" in kind.__name__]
    assert verify(meeting.world.database) == []


def test_reopening_what_is_open_changes_nothing_and_late_it_opens_what_is_closed(
    meeting: Meeting,
) -> None:
    meeting.ann.do(CloseReport(report=meeting.id, **CLOSE))
    meeting.both(meeting.ann, meeting.bob)
    meeting.ann.line.is_cut = True
    for station in (meeting.ann, meeting.bob):
        station.do(ReopenReport(report=meeting.id, reason="He rang again."))
    meeting.both(meeting.bob)
    version = meeting.report.version
    meeting.comes_back()
    assert meeting.report.is_open
    assert meeting.report.version == version
    assert meeting.refused(meeting.ann) == meeting.refused(meeting.bob) == []


def test_duplicates_that_would_close_a_circle_are_refused(meeting: Meeting) -> None:
    other = some_other(meeting)
    meeting.bob.assess(other)
    meeting.both(meeting.bob)
    meeting.ann.do(repeats(report=meeting.id, of=other, at=MORNING))
    meeting.bob.do(repeats(report=other, of=meeting.id, at=MORNING))
    meeting.both(meeting.ann, meeting.bob)
    states = meeting.world.states()
    assert (states[meeting.id].is_open, states[other].is_open) == (False, True)
    assert meeting.refused(meeting.bob) == ["MarkDuplicate"]


def test_a_duplicate_that_was_linked_is_linked_once(meeting: Meeting) -> None:
    other = some_other(meeting)
    meeting.ann.line.is_cut = True
    meeting.ann.do(repeats(report=meeting.id, of=other, at=MORNING))
    meeting.bob.do(AddNote(report=other, text="It is the same noise."))
    meeting.both(meeting.bob)
    meeting.world.clock.pass_by(minutes=20)
    meeting.ann.line.is_cut = False
    meeting.ann.line.lost_replies = 1
    assert not meeting.ann.exchange()
    meeting.comes_back()
    assert meeting.world.states()[other].duplicates == (meeting.id,)
    assert meeting.refused(meeting.ann) == []
