"""The check for earlier contacts runs by itself, here and at the store, and is on record."""

import pytest

from tests.world import Station, World
from workstation.desk import LinkState
from workstation.domain.claiming import ClaimReport
from workstation.domain.flagging import SetFlag
from workstation.domain.report import Channel, EarlierContacts, Facts, Location, Report, ReportId
from workstation.domain.risk import AssessRisk, lowest_levels
from workstation.domain.story import AddNote
from workstation.store import feed
from workstation.sync.courier import Courier
from workstation.sync.transport import LinkDown, ServerRefused

JO = Facts(title="Music", reporter="Jo Hall", phone="+44 7700 900123")
MINE = "It is still loud. I have never reported this before."


def receive(world: World, account: str, **facts: str) -> ReportId:
    return world.receive(Channel.ONLINE, account, facts=Facts(title=account[:20], **facts))


def check(station: Station, id: ReportId) -> EarlierContacts:
    """What is known of who was here before."""
    found = station.desk.earlier_contacts(id)
    assert found is not None, "it is not known yet"
    return found


def assess(station: Station, id: ReportId, **more: object) -> Report:
    """Ann assesses; the panel claims that there was nobody before."""
    station.do(ClaimReport(report=id))
    levels = lowest_levels(station.desk.pack)
    station.do(AssessRisk(report=id, levels=levels, earlier=EarlierContacts(), **more))  # type: ignore[arg-type]
    shown = station.desk.report(id)
    assert shown is not None
    return shown.report


def test_the_check_cannot_be_left_out_whatever_a_screen_says(world: World, ann: Station) -> None:
    first = receive(world, "Loud music.", phone="07700 900123")
    second = receive(world, MINE, phone="+44 7700 900 123")
    ann.exchange()
    thrive = assess(ann, second).thrive
    assert thrive is not None
    assert thrive.earlier.reports == (first,)
    assert (thrive.earlier.count, thrive.earlier.recent, thrive.earlier.days) == (1, 1, 14)
    assert ann.exchange()
    (told,) = [e.entry.text for e in ann.desk.entries(second) if "THRIVE" in e.entry.title]
    assert "Checked for earlier contacts: 1 contact in 14 days (on this desk" in told
    assert "They say “never reported this before”, and 1 contact is on record." in told


def test_what_was_flagged_before_is_counted(world: World, ann: Station) -> None:
    earlier = [receive(world, f"Shouting {n}.", email="jo@example.com") for n in range(3)]
    now = receive(world, "He shouts again.", email="JO@example.com ")
    ann.exchange()
    for id in earlier[:2]:
        ann.do(SetFlag(report=id, flag="domestic-abuse", reason="Her partner."))
    ann.exchange()
    assert check(ann, now).about == {"Domestic abuse": 2}


def test_a_person_is_found_by_the_sound_of_her_name_and_her_birth_date(
    world: World, ann: Station
) -> None:
    first = receive(world, "One.", reporter="Mrs Catherine Smyth", date_of_birth="12/03/1984")
    receive(world, "Two.", reporter="Katherine Smith", date_of_birth="13/03/1984")
    now = receive(world, "Three.", reporter="Smith, Kathryn", date_of_birth="12 March 1984")
    ann.exchange()
    assert check(ann, now).reports == (first,)


def test_a_house_and_a_vehicle_named_in_the_account_are_found(world: World, ann: Station) -> None:
    long = "We talked for long. " * 20
    first = receive(world, f"{long}He drives KN51 ABC.")
    second = world.receive(Channel.ONLINE, "Noise.")
    now = receive(world, f"{long}The same car, kn51abc, is outside.")
    ann.exchange()
    assert check(ann, now).reports == (first,)
    assert check(ann, second).count == 0


def test_off_the_line_it_says_that_only_this_desk_was_searched(world: World, ann: Station) -> None:
    receive(world, "Loud music.", phone="07700 900123")
    second = receive(world, MINE, phone="07700 900123")
    ann.exchange()
    ann.desk.view(second)
    assert check(ann, second).searched == "this desk"
    ann.exchange()
    assert check(ann, second).searched == "this desk and the store"
    ann.line.is_cut = True
    assert not ann.exchange()
    assert check(ann, second).searched == "this desk"
    assert check(ann, second).count == 1


def test_the_store_knows_of_a_contact_that_is_not_on_this_desk_yet(
    world: World, ann: Station
) -> None:
    second = receive(world, "Loud.", phone="07700 900123")
    ann.exchange()
    ann.desk.view(second)
    assert check(ann, second).count == 0
    first = receive(world, "Louder.", phone="07700 900123")
    ann.desk.heard(LinkState(online=False))
    ann.desk.heard(LinkState(online=True))
    for one in ann.desk.questions.take():
        one.then(one.answer(Courier(ann.line, ann.credentials)))
    assert ann.desk.report(first) is None
    assert check(ann, second).reports == (first,)
    assert check(ann, second).searched == "this desk and the store"


def test_a_contact_taken_off_the_line_is_found_by_the_next(world: World, ann: Station) -> None:
    ann.exchange()
    ann.line.is_cut = True
    place = Location(text="12 Mill Road", town="Cambridge")
    first = ann.desk.take_contact(
        Channel.CALL_101, "He hit me.", Facts(phone="01223 555012"), place
    )
    second = ann.desk.take_contact(Channel.CALL_101, "Again.", Facts(), place)
    assert isinstance(first, str)
    assert isinstance(second, str)
    assert check(ann, second).reports == (first,)


def test_a_colleagues_scope_hides_what_is_not_to_be_seen(world: World, ann: Station) -> None:
    """What a person may not see is counted for nobody, here or at the store."""
    first = receive(world, "Loud music.", phone="07700 900123")
    second = receive(world, MINE, phone="07700 900123")
    ann.exchange()
    with world.database.write() as connection:
        feed.rescope(connection, first, "restricted:1", "moved")
    ann.exchange()
    ann.desk.view(second)
    ann.exchange()
    assert check(ann, second).count == 0
    assert check(ann, second).searched == "this desk and the store"


@pytest.mark.parametrize("wrong", [LinkDown("The line is down."), ServerRefused(404, "", "Old.")])
def test_a_store_that_cannot_answer_leaves_what_is_known_here(
    world: World, ann: Station, wrong: Exception
) -> None:
    receive(world, "Loud music.", phone="07700 900123")
    second = receive(world, MINE, phone="07700 900123")
    ann.exchange()
    ann.desk.view(second)
    check(ann, second)
    for one in ann.desk.questions.take():
        one.then(wrong)
    assert (check(ann, second).count, check(ann, second).searched) == (1, "this desk")


def test_a_number_that_a_note_mentions_is_found(world: World, ann: Station) -> None:
    first = receive(world, "Loud.")
    ann.exchange()
    ann.do(AddNote(report=first, text="Rang the council on 01223 457000."))
    ann.exchange()
    second = receive(world, "The council rang from 01223 457000.")
    ann.exchange()
    assert check(ann, second).count == 1
