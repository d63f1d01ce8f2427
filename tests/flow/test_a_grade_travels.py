"""A grade given at one desk is seen at another, online, later, or after a restart."""

import pytest
from msgspec.structs import replace

from tests.day import DAY
from tests.told import thrive
from tests.world import Station, World, listed
from workstation.desk import QueueFilter
from workstation.domain.claiming import ClaimReport
from workstation.domain.correcting import CorrectFacts
from workstation.domain.grading import EscalateEmergency, GradeReport, OpenByDispatch
from workstation.domain.handoff import SOLVABILITY, HandToImu
from workstation.domain.report import Channel, Facts, Location, ReportId, Victim
from workstation.domain.risk import lowest_levels
from workstation.domain.story import AddNote


def test_a_grade_given_at_one_desk_is_seen_at_another(
    world: World, ann: Station, bob: Station
) -> None:
    id = world.a_day()[0]
    assert ann.exchange()
    ann.assess(id)
    ann.do(GradeReport(report=id, code="P", reason="Evidence may be lost."))
    assert ann.exchange()
    assert bob.exchange()
    shown = bob.desk.report(id)
    assert shown is not None
    assert shown.report.grading is not None
    assert shown.report.grading.code == "P"
    assert shown.pending == ()
    assert shown.stage == "confirmed"


@pytest.mark.invariant("I13")
def test_an_act_is_in_effect_at_once_and_marked_pending(world: World, ann: Station) -> None:
    id = world.a_day()[0]
    ann.exchange()
    ann.do(ClaimReport(report=id))
    shown = ann.desk.report(id)
    assert shown is not None
    assert shown.report.claim is not None
    assert shown.pending == ("ClaimReport",)
    assert shown.stage == "on this desk"
    assert ann.desk.rows([id])[0].pending
    ann.exchange()
    assert not ann.desk.rows([id])[0].pending


@pytest.mark.invariant("I37")
def test_work_done_offline_leaves_when_the_line_is_back(
    world: World, ann: Station, bob: Station
) -> None:
    id = world.a_day()[1]
    ann.exchange()
    ann.line.is_cut = True
    ann.do(AddNote(report=id, text="Rang the caller, no answer."))
    assert not ann.exchange()
    assert not ann.desk.link().online
    assert ann.desk.link().waiting == 1
    ann.line.is_cut = False
    assert ann.exchange()
    bob.exchange()
    assert "Rang the caller, no answer." in [e.entry.text for e in bob.desk.entries(id)]
    assert ann.desk.link().waiting == 0


@pytest.mark.invariant("I1", "I13")
def test_unsent_work_is_there_after_a_restart_offline(world: World, ann: Station) -> None:
    id = world.a_day()[1]
    ann.exchange()
    ann.line.is_cut = True
    ann.do(AddNote(report=id, text="Half a story"))
    desk = ann.restart()
    shown = desk.report(id)
    assert shown is not None
    assert shown.pending == ("AddNote",)
    assert [e.entry.text for e in desk.entries(id) if e.pending] == ["Half a story"]
    ann.line.is_cut = False
    ann.exchange()
    assert [e.entry.text for e in ann.desk.entries(id) if e.pending] == []


@pytest.mark.fault("F2")
@pytest.mark.invariant("I3")
def test_a_command_whose_reply_was_lost_is_done_once(world: World, ann: Station) -> None:
    id = world.a_day()[1]
    ann.exchange()
    ann.do(AddNote(report=id, text="Once"))
    ann.line.lost_replies = 1
    assert not ann.exchange()
    assert ann.exchange()
    assert ann.line.sent == 2
    assert [e.entry.text for e in ann.desk.entries(id)].count("Once") == 1
    assert len(world.journal(id).lines) == 2


@pytest.mark.invariant("I13", "I14")
def test_what_was_taken_and_not_yet_read_back_stays_on_the_screen(
    world: World, ann: Station
) -> None:
    id = world.a_day()[1]
    ann.exchange()
    ann.do(AddNote(report=id, text="Between"))
    ann.line.breaks_after_sending = True
    assert not ann.exchange()
    shown = ann.desk.report(id)
    assert shown is not None
    assert (shown.pending, shown.stage) == ((), "sent")
    assert "Between" in [one.entry.text for one in ann.desk.entries(id)]
    assert "Between" in [one.entry.text for one in ann.restart().entries(id)]
    ann.line.is_cut = False
    ann.exchange()
    assert [one.entry.text for one in ann.desk.entries(id)].count("Between") == 1


@pytest.mark.fault("F30")
@pytest.mark.invariant("I5", "I18")
def test_the_first_of_two_claims_wins_and_the_other_sees_it(
    world: World, ann: Station, bob: Station
) -> None:
    id = world.a_day()[0]
    ann.exchange()
    bob.exchange()
    told: list[object] = []
    bob.desk.refused.connect(told.append)
    ann.do(ClaimReport(report=id))
    bob.do(ClaimReport(report=id))
    ann.exchange()
    bob.exchange()
    assert bob.desk.rows([id])[0].holder == "Ann Lee"
    assert len(told) == 1
    case = bob.desk.attention()[0]
    assert case.case.sentence == "Ann Lee took this report first."
    assert case.mine


def test_a_contact_taken_offline_has_its_number_at_once_and_keeps_it(
    world: World, ann: Station
) -> None:
    ann.exchange()
    ann.line.is_cut = True
    id = ann.desk.take_contact(
        Channel.CALL_999, "He has a knife", Facts(), Location(text="Mill Road"), True
    )
    assert isinstance(id, str)
    ann.do(EscalateEmergency(report=ReportId(id), why="A knife, now."))
    told = ann.desk.rows([ReportId(id)])[0].reference
    assert told.startswith("CC-22112026-")
    ann.line.is_cut = False
    ann.exchange()
    row = ann.desk.rows([ReportId(id)])[0]
    assert row.reference == told
    assert row.band == 1
    assert not row.pending


def test_an_emergency_leaves_before_what_was_waiting(world: World, ann: Station) -> None:
    quiet, danger = world.a_day()[1:3]
    ann.exchange()
    ann.line.is_cut = True
    for n in range(30):
        ann.do(AddNote(report=quiet, text=f"Note {n}"))
    ann.do(EscalateEmergency(report=danger, why="A knife."))
    batch = ann.desk.stock.outbox.next_batch()
    assert batch is not None
    assert b"EscalateEmergency" in batch.bodies[0]


def test_a_grade_that_needs_a_place_still_waiting_goes_behind_it(
    world: World, ann: Station
) -> None:
    id = world.receive(Channel.CALL_101, "Something is wrong next door.")
    ann.exchange()
    ann.line.is_cut = True
    from_desk = ann.desk.submit(GradeReport(report=id, code="P", reason="Concern."))
    assert from_desk is not None
    correct_place(ann, id)
    ann.do(GradeReport(report=id, code="P", reason="Concern."))
    ann.line.is_cut = False
    assert ann.exchange()
    assert ann.desk.attention() == ()
    assert ann.desk.rows([id])[0].grade_code == "P"


def test_a_dispatcher_sees_what_was_graded_and_the_handler_that_it_was_opened(
    world: World, ann: Station
) -> None:
    id = world.a_day()[2]
    ann.exchange()
    ann.do(EscalateEmergency(report=id, why="A knife."))
    ann.exchange()
    world.clock.pass_by(seconds=61)
    assert [one.report for one in ann.desk.unopened()] == [id]
    dan = world.station("dan", "D01")
    dan.exchange()
    assert listed(dan.desk, QueueFilter(view="dispatch")) == [id]
    dan.do(OpenByDispatch(report=id))
    dan.exchange()
    ann.exchange()
    assert ann.desk.rows([id])[0].opened_by == "Dan Lee"
    assert ann.desk.unopened() == ()


def test_the_queue_stands_in_the_order_of_danger_with_pending_rows_in_place(
    world: World, ann: Station
) -> None:
    ids = world.a_day()
    ann.exchange()
    assert listed(ann.desk, QueueFilter())[0] == ids[2]
    ann.line.is_cut = True
    ann.do(EscalateEmergency(report=ids[4], why="The finder is being followed."))
    assert listed(ann.desk, QueueFilter())[0] == ids[4]
    assert listed(ann.desk, QueueFilter(words="purse bus")) == [ids[4]]
    assert listed(ann.desk, QueueFilter(channel=Channel.CHAT)) == [ids[3]]
    assert ann.desk.counters().open == len(DAY)


def test_one_line_says_what_changed_since_one_looked(
    world: World, ann: Station, bob: Station
) -> None:
    id = world.a_day()[0]
    ann.exchange()
    bob.exchange()
    ann.desk.looked_at(id)
    assert ann.desk.changed_since_looked(id) == ""
    bob.do(AddNote(report=id, text="One"))
    bob.do(AddNote(report=id, text="Two"))
    bob.exchange()
    ann.exchange()
    assert ann.desk.changed_since_looked(id) == "2 notes by Bob Lee"
    assert ann.desk.rows([id])[0].has_new


def test_earlier_contacts_are_found_by_phone_offline(world: World, ann: Station) -> None:
    facts = Facts(title="Music", reporter="Jo Hall", phone="+44 7700 900123")
    first = world.receive(Channel.ONLINE, "Loud music again.", facts=facts)
    second = world.receive(
        Channel.CALL_101, "It is still loud.", facts=Facts(phone="07700 900 123")
    )
    ann.exchange()
    ann.line.is_cut = True
    found = ann.desk.earlier_contacts(second)
    assert found is not None
    assert found.reports == (first,)
    assert [row.id for row in ann.desk.linked(second)] == [first]


def correct_place(station: Station, id: ReportId) -> None:
    """Say where it is."""
    shown = station.desk.report(id)
    assert shown is not None
    place = Location(text="3 Mill Road")
    station.do(CorrectFacts(report=id, location=place, location_was=shown.report.location))


@pytest.mark.invariant("I5")
def test_two_places_for_one_report_are_shown_side_by_side(
    world: World, ann: Station, bob: Station
) -> None:
    id = world.a_day()[0]
    ann.exchange()
    bob.exchange()
    bob.line.is_cut = True
    saw = Location(text="Cambridge")
    fen = Location(text="9 Fen Drove")
    bob.do(CorrectFacts(report=id, location=fen, location_was=saw))
    correct_place(ann, id)
    assert ann.exchange()
    bob.line.is_cut = False
    assert bob.exchange()
    assert world.states()[id].location.text == "3 Mill Road"
    (refused,) = bob.desk.attention()
    assert "3 Mill Road" in refused.case.sentence
    assert "9 Fen Drove" in refused.text


def test_an_emergency_after_the_hand_over_is_back_in_the_queue(world: World, ann: Station) -> None:
    id = world.a_day()[0]
    ann.exchange()
    ann.exchange()
    ann.assess(id)
    number = ann.desk.record_crime(id, ann.desk.offences("theft")[0].code, Victim("the Crown"))
    assert isinstance(number, str)
    ann.do(HandToImu(report=id, solvability=dict.fromkeys(SOLVABILITY, "no"), facts=""))
    assert id not in listed(ann.desk, QueueFilter())
    world.clock.pass_by(minutes=1)
    ann.do(EscalateEmergency(report=id, why="He is back."))
    ann.exchange()
    assert listed(ann.desk, QueueFilter())[0] == id
    assert listed(ann.desk, QueueFilter(view="imu")) == [id]


def test_a_grade_that_overtakes_its_own_thrive_leaves_it_accepted(
    world: World, ann: Station, bob: Station
) -> None:
    id = world.a_day()[0]
    ann.exchange()
    ann.do(ClaimReport(report=id))
    ann.do(replace(thrive(id, lowest_levels(ann.desk.pack)), interim="", rara=()))
    world.clock.pass_by(milliseconds=1)
    ann.do(GradeReport(report=id, code="P", reason="Evidence may be lost."))
    assert ann.exchange()
    assert bob.exchange()
    assert not ann.desk.attention()
    shown = bob.desk.report(id)
    assert shown is not None
    assert shown.report.grading is not None
    assert shown.report.thrive is not None
    assert shown.report.thrive.at < shown.report.grading.at
