"""A contact lost with a backup comes back under its old id, and the work on it finds it."""

import pytest

from tests.flow.restored import backup_of, begin_epoch
from tests.flow.test_left_behind import sit_down
from tests.flow.test_numbers import NOBODY, offence
from tests.world import Station, World
from workstation.domain.claiming import ClaimReport
from workstation.domain.report import Channel, Facts, ReportId
from workstation.domain.settling import ReleaseHeld
from workstation.domain.story import AddNote
from workstation.store.numbers import totals
from workstation.store.verify import verify
from workstation.wire.protocol import IntakeReport, Receipt

pytestmark = [
    pytest.mark.expects_log("a new epoch"),
    pytest.mark.expects_log("was lent in the time this store has lost"),
]
ACCOUNT = "My ex stands outside the shop again and he has a knife."


def contact(world: World) -> IntakeReport:
    """What the source sends, and sends again."""
    return IntakeReport(
        source="web",
        external_id="form-77",
        channel=Channel.ONLINE,
        received_at=world.clock.now(),
        account=ACCOUNT,
        facts=Facts(title="Man outside the shop"),
    )


def arrives(world: World, sent: IntakeReport) -> Receipt:
    """The source sends it."""
    return world.api.intake(world._machine, sent)


def works(ann: Station, id: ReportId) -> str:
    """Claimed, assessed, noted and recorded as a crime; the number is told to the caller."""
    ann.exchange()
    ann.exchange()
    ann.assess(id)
    ann.do(AddNote(report=id, text="He left at 02:50"))
    number = ann.desk.record_crime(id, offence(ann), NOBODY)
    assert isinstance(number, str)
    assert ann.exchange()
    return number


def goes_back(world: World, *stations: Station) -> None:
    """An hour later the operator begins a new epoch; everybody has to sign in again."""
    world.clock.pass_by(minutes=5)
    begin_epoch(world)
    for station in stations:
        station.credentials.keep(world.sign_in_again(station.ask.account, station.ask.workstation))


@pytest.mark.fault("F36")
@pytest.mark.invariant("I2", "I23", "I24", "I26")
def test_sent_again_it_has_its_old_id_and_every_word_and_number_is_there_once(
    world: World, ann: Station, bob: Station
) -> None:
    ann.exchange()
    put_back = backup_of(world)
    sent = contact(world)
    first = arrives(world, sent)
    number = works(ann, first.report)
    before = world.states()[first.report]
    put_back()
    goes_back(world, ann, bob)
    again = arrives(world, sent)
    assert (again.report, again.receipt_code) == (first.report, first.receipt_code)
    assert ann.exchange()
    assert ann.exchange()
    assert bob.exchange()
    now = world.states()[first.report]
    assert [crime.number for crime in now.crimes] == [number]
    assert now.claim is not None
    assert before.claim is not None
    assert now.claim.by == before.claim.by
    for station in (ann, bob):
        told = [one.entry.text for one in station.desk.entries(first.report) if not one.pending]
        assert told.count(ACCOUNT) == 1
        assert told.count("He left at 02:50") == 1
    assert ann.desk.attention() == ()
    assert ann.desk.link().waiting == 0
    assert issued(world) == 1
    assert verify(world.database) == []


@pytest.mark.invariant("I5", "I26")
def test_where_it_comes_late_the_work_is_held_with_its_number_and_is_let_in(
    world: World, ann: Station
) -> None:
    sue = world.station("sue", "W03")
    ann.exchange()
    put_back = backup_of(world)
    sent = contact(world)
    id = arrives(world, sent).report
    number = works(ann, id)
    put_back()
    goes_back(world, ann, sue)
    assert ann.exchange()
    assert ann.desk.link().waiting > 0, "it waits a little for what others bring back"
    world.clock.pass_by(minutes=3)
    assert ann.exchange()
    assert ann.desk.link().waiting == 0
    held = {one.command: one for one in ann.desk.attention()}
    assert {one.case.code for one in held.values()} == {"held/report"}
    assert "He left at 02:50" in held["AddNote"].text
    assert "He left" in _everywhere(world, sue)
    assert issued(world) == 0
    assert arrives(world, sent).report == id
    assert sue.exchange()
    case = held["RecordCrime"].case.id
    sue.do(ClaimReport(report=id))
    sue.do(ReleaseHeld(report=id, case=case, why="The report is back."))
    assert sue.exchange()
    assert [crime.number for crime in world.states()[id].crimes] == [number]
    assert issued(world) == 1
    assert verify(world.database) == []


def _everywhere(world: World, sue: Station) -> str:
    sue.exchange()
    return " ".join(one.text for one in sue.desk.attention())


@pytest.mark.invariant("I5")
def test_a_contact_that_never_comes_again_leaves_its_work_as_cases_with_every_word(
    world: World, ann: Station
) -> None:
    ann.exchange()
    put_back = backup_of(world)
    id = arrives(world, contact(world)).report
    works(ann, id)
    put_back()
    sue = sit_down(world.station("sue", "W03"), world, "sue")
    goes_back(world, ann, sue)
    ann.exchange()
    world.clock.pass_by(minutes=3)
    assert ann.exchange()
    words = _everywhere(world, sue)
    assert "He left at 02:50" in words
    assert issued(world) == 0
    assert verify(world.database) == []


def issued(world: World) -> int:
    """How many crime numbers stand for a crime."""
    with world.database.read() as connection:
        found = {(series.partition("/")[0], state): n for series, state, n in totals(connection)}
    return found.get(("crime", "issued"), 0)
