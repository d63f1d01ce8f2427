"""A desk is sure of its claims only while the store hears it; then it says that it is not."""

from datetime import datetime, timedelta

import pytest

from tests.flow.meeting import CLOSE, Meeting, exclusive
from tests.flow.test_leases import calm, no_packets, packet_of
from tests.flow.test_numbers import NOBODY, offence
from tests.world import HandClock, Station, World
from workstation.desk.claims import Beaten
from workstation.domain.claiming import ClaimReport
from workstation.domain.closing import CloseReport
from workstation.domain.grading import EscalateEmergency, GradeReport
from workstation.domain.intake import CreateReport
from workstation.domain.on_the_phone import WorkOnThePhone
from workstation.domain.report import Channel, Facts, Location, ReportId
from workstation.domain.story import AddNote
from workstation.store.timekeeper import Timekeeper
from workstation.store.verify import verify

SILENT = (
    "Your claim is not confirmed: the store has not heard this desk since 10:00. "
    "Somebody else may be working this."
)
EXCLUSIVE = ("CloseReport", "RedirectReport", "RecordNotCrime", "MarkDuplicate", "HandToImu")


class TwoClocks(HandClock):
    """A PC whose wall clock and count of seconds do not go together."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.time = world.clock.time
        self.counted = 1000.0

    def monotonic(self) -> float:
        return self.counted

    def jump(self, wall: timedelta = timedelta(), counted: timedelta = timedelta()) -> None:
        """Each of the two goes its own way."""
        self.time += wall
        self.counted += counted.total_seconds()


def doubt(station: Station, id: ReportId) -> str:
    shown = station.desk.report(id)
    assert shown is not None
    return shown.doubt


def refused(station: Station, id: ReportId) -> str:
    """What closing the report here is answered."""
    refusal = station.desk.submit(CloseReport(report=id, **CLOSE))
    return refusal.code if refusal is not None else ""


@pytest.fixture
def clock(world: World) -> TwoClocks:
    """The clock of Ann's PC."""
    return TwoClocks(world)


@pytest.fixture
def ann(world: World, clock: TwoClocks) -> Station:
    """Ann's workstation; nothing is set aside for it."""
    station = world.station("ann", "W01", clock)
    no_packets(station)
    return station


@pytest.fixture
def held(world: World, ann: Station) -> ReportId:
    """A report that Ann holds, assessed and graded, as she goes offline."""
    [id] = calm(world, ann)
    ann.do(ClaimReport(report=id))
    assert ann.exchange()
    ann.line.is_cut = True
    return id


@pytest.fixture
def there(world: World, held: ReportId) -> Station:
    """Ann's other PC; the first, at which she holds a report, is silent for 91 s."""
    there = world.station("ann", "W09")
    assert there.exchange()
    world.clock.pass_by(seconds=91)
    Timekeeper(world.database, world.api.ledger, world.clock).detach_silent()
    return there


@pytest.mark.invariant("I19")
def test_a_claim_is_sure_ten_seconds_less_than_the_store_waits(
    ann: Station, clock: TwoClocks, held: ReportId
) -> None:
    told: list[frozenset[ReportId]] = []
    ann.desk.tick()
    ann.desk.reports_changed.connect(told.append)
    clock.jump(timedelta(seconds=79.9), timedelta(seconds=79.9))
    ann.desk.tick()
    assert (doubt(ann, held), told) == ("", [])
    clock.jump(timedelta(seconds=0.2), timedelta(seconds=0.2))
    ann.desk.tick()
    assert doubt(ann, held) == SILENT
    assert ann.desk.rows([held])[0].is_unsure
    assert told == [frozenset({held})]
    assert refused(ann, held) == "claim/unsure"
    ann.line.is_cut = False
    assert ann.exchange()
    assert (doubt(ann, held), ann.desk.rows([held])[0].is_unsure) == ("", False)
    assert refused(ann, held) == ""


@pytest.mark.invariant("I19")
@pytest.mark.parametrize(
    ("wall_s", "steps", "is_sure"), [(0, 30, False), (6, 24, True)], ids=["stands still", "races"]
)
def test_what_the_wall_clock_says_makes_no_claim_last_longer_or_less_long(
    ann: Station, clock: TwoClocks, held: ReportId, wall_s: int, steps: int, is_sure: bool
) -> None:
    for _ in range(steps):
        clock.jump(timedelta(seconds=wall_s), timedelta(seconds=3))
        ann.desk.tick()
    assert (doubt(ann, held) == "") == is_sure
    assert refused(ann, held) == ("" if is_sure else "claim/unsure")


@pytest.mark.fault("F17")
@pytest.mark.invariant("I19", "I37")
@pytest.mark.parametrize("stands_still", ["the count of seconds", "the wall clock"])
def test_after_eight_hours_of_sleep_nothing_is_sure_and_no_word_is_lost(
    world: World, ann: Station, clock: TwoClocks, held: ReportId, stands_still: str
) -> None:
    asked: list[None] = []
    ann.desk.tick()
    ann.desk.claims_doubted.connect(lambda: asked.append(None))
    ann.desk.save_draft(held, "close.reason", "Half a sent")
    ann.do(AddNote(report=held, text="Before the lid was closed"))
    night = timedelta(hours=8)
    counts = stands_still == "the wall clock"
    clock.jump(counted=night) if counts else clock.jump(wall=night)
    assert refused(ann, held) == "claim/unsure"  # before any timer of the program has run
    ann.desk.tick()
    ann.desk.tick()
    assert len(asked) == 1
    assert "Your claim is not confirmed" in doubt(ann, held)
    world.clock.pass_by(hours=8)
    clock.jump(timedelta(seconds=1), timedelta(seconds=1))
    ann.line.is_cut = False
    assert ann.exchange()
    assert doubt(ann, held) == ""
    draft = ann.desk.draft(held, "close.reason")
    assert draft is not None
    assert draft.text == "Half a sent"
    assert "Before the lid was closed" in [one.entry.text for one in ann.desk.entries(held)]
    assert verify(world.database) == []


@pytest.mark.fault("F17")
def test_an_answer_to_a_sign_of_life_from_before_the_sleep_renews_nothing(
    ann: Station, clock: TwoClocks, held: ReportId
) -> None:
    sent = clock.monotonic()
    clock.jump(timedelta(hours=8), timedelta(seconds=1))
    ann.desk.beaten(Beaten(sent, (held,), (held,)))
    assert "Your claim is not confirmed" in doubt(ann, held)


def test_what_the_store_gave_to_somebody_else_is_not_sure_before_the_news_of_it_comes(
    world: World, ann: Station, held: ReportId
) -> None:
    ann.desk.beaten(Beaten(1000.0, (held,), ()))
    assert "not yours any more" in doubt(ann, held)
    assert refused(ann, held) == "claim/unsure"


def test_who_changes_pc_goes_on_there_when_the_other_has_been_silent(
    world: World, bob: Station, there: Station, held: ReportId
) -> None:
    assert there.exchange()  # W09 is heard, which names what she holds
    for desk in (there, bob):
        assert desk.exchange()
    assert doubt(there, held) == ""
    shown = bob.desk.report(held)
    assert shown is not None
    assert shown.report.claim is not None
    assert (shown.report.lease, shown.report.claim.workstation) == ("active", "W09")
    assert refused(there, held) == ""


def test_a_claim_at_a_silent_pc_is_not_said_to_be_somebody_elses(
    world: World, there: Station, held: ReportId
) -> None:
    assert there.exchange()
    there.desk.beaten(Beaten(world.clock.monotonic(), (held,), ()))  # of an earlier release
    assert "you hold this at W01. Press F9 to go on here." in doubt(there, held)


@pytest.mark.parametrize("name", EXCLUSIVE)
def test_what_only_one_person_may_do_is_dead_and_all_else_goes_on(
    meeting: Meeting, clock: TwoClocks, name: str
) -> None:
    ann = meeting.ann
    ann.line.is_cut = True
    clock.jump(timedelta(minutes=5), timedelta(minutes=5))
    with pytest.raises(AssertionError):
        exclusive(meeting, name, meeting.id)
    assert ann.desk.link().waiting == 0
    ann.do(AddNote(report=meeting.id, text="He rings again."))
    ann.do(GradeReport(report=meeting.id, code="P", reason="She is afraid."))
    ann.do(EscalateEmergency(report=meeting.id, why="He has a knife."))
    assert ann.desk.link().waiting == 3
    meeting.comes_back()
    assert meeting.report.is_emergency


def test_a_claim_made_offline_is_unconfirmed_and_a_number_waits_for_the_store(
    world: World, ann: Station
) -> None:
    id = world.receive(Channel.ONLINE, "A bench is broken.")
    assert ann.exchange()
    ann.line.is_cut = True
    ann.exchange()
    assert "Take it first (F9)" in doubt(ann, id)
    ann.do(ClaimReport(report=id))
    assert doubt(ann, id).startswith("Unconfirmed claim")
    said = ann.desk.record_crime(id, offence(ann), NOBODY)
    assert not isinstance(said, str)
    assert said.code == "claim/unsure"
    assert ann.desk.link().blocks_left == 10
    ann.line.is_cut = False
    assert ann.exchange()
    assert isinstance(ann.desk.record_crime(id, offence(ann), NOBODY), str)


def test_who_is_on_the_phone_goes_on_and_the_log_says_so(
    world: World, ann: Station, clock: TwoClocks, held: ReportId
) -> None:
    clock.jump(timedelta(minutes=5), timedelta(minutes=5))
    world.clock.pass_by(minutes=5)
    assert refused(ann, held) == "claim/unsure"
    ann.do(WorkOnThePhone(report=held))
    assert doubt(ann, held) == SILENT
    ann.restart()
    assert refused(ann, held) == ""
    ann.line.is_cut = False
    assert ann.exchange()
    assert world.states()[held].closing is not None
    said = [one.entry for one in ann.desk.entries(held)]
    [line] = [one for one in said if "on the phone to this person" in one.title]
    assert (line.by.id, line.at) == ("ann", datetime(2026, 11, 22, 10, 5, tzinfo=line.at.tzinfo))
    assert verify(world.database) == []


def test_being_on_the_phone_gives_no_right_that_the_claim_does_not(
    meeting: Meeting, clock: TwoClocks
) -> None:
    meeting.ann.line.is_cut = True
    clock.jump(timedelta(minutes=5), timedelta(minutes=5))
    meeting.ann.do(WorkOnThePhone(report=meeting.id))
    meeting.ann.do(CloseReport(report=meeting.id, **CLOSE))
    meeting.moves_to_bob()
    meeting.comes_back()
    assert meeting.report.is_open
    assert meeting.refused(meeting.ann) == ["CloseReport"]
    titles = [one.entry.title for one in meeting.bob.desk.entries(meeting.id)]
    assert "Ann Lee went on: on the phone to this person" in titles


def test_a_contact_that_this_desk_took_is_its_own(world: World, ann: Station) -> None:
    ann.exchange()
    ann.line.is_cut = True
    id = ann.desk.take_contact(Channel.CALL_101, "Gone", Facts(), Location(text="Ely"))
    assert not isinstance(id, CreateReport)
    taken = ReportId(str(id))
    assert doubt(ann, taken) == ""
    assert isinstance(ann.desk.record_crime(taken, offence(ann), NOBODY), str)


def test_a_packet_is_sure_until_its_time_is_up(world: World, bob: Station) -> None:
    clock = TwoClocks(world)
    ann = world.station("ann", "W01", clock)
    no_packets(bob)
    calm(world, bob, 3)
    for _ in range(2):
        assert ann.exchange()
    first, second = packet_of(ann)[:2]
    ann.line.is_cut = True
    clock.jump(timedelta(minutes=50), timedelta(minutes=50))
    for id in (first, second):
        ann.do(ClaimReport(report=id))
    assert refused(ann, first) == ""
    clock.jump(timedelta(minutes=10), timedelta(minutes=10))
    assert refused(ann, second) == "claim/unsure"
