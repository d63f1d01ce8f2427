"""The store went back; the desk met it and was closed before it heard how far it is settled."""

import shutil

import pytest

from tests.flow.restored import backup_of, begin_epoch
from tests.world import Station, World
from workstation.domain.report import ReportId
from workstation.domain.story import AddNote
from workstation.sync.courier import Courier, take_greeting


def twin_of(ann: Station, world: World) -> Station:
    """A copy of Ann's profile, on another PC."""
    ann.close()
    shutil.copytree(ann.profile, world.folder / "copy")
    return world.station("ann", "copy")


def goes_back(world: World, ann: Station, bob: Station, report: ReportId) -> None:
    """Of Ann's note the store lost what was before it; her copy has sent it again already."""
    put_back = backup_of(world)
    bob.exchange()
    for text in ("One", "Two", "Three"):
        bob.do(AddNote(report=report, text=text))
    bob.exchange()
    ann.exchange()
    ann.do(AddNote(report=report, text="Of both"))
    ann.exchange()
    twin = twin_of(ann, world)
    put_back()
    begin_epoch(world)
    ann.reopen()
    for station in (twin, ann):
        station.credentials.keep(world.sign_in_again("ann", station.ask.workstation))
    assert twin.exchange()


def says_hello(ann: Station) -> None:
    """No more than that, before the line is gone."""
    stock = ann.desk.stock
    courier = Courier(ann.line, ann.credentials)
    take_greeting(stock.confirmed, courier.greet(stock.shelf.standing()))


@pytest.mark.fault("F24", "F36")
@pytest.mark.invariant("I12", "I13")
@pytest.mark.expects_log("a new epoch")
@pytest.mark.parametrize("is_closed", [False, True])
def test_what_a_copy_sent_again_is_shown_as_it_stands_though_the_program_was_closed_between(
    world: World, ann: Station, bob: Station, is_closed: bool
) -> None:
    report = world.a_day()[0]
    goes_back(world, ann, bob, report)
    if is_closed:
        says_hello(ann)
        ann.restart()
    assert ann.exchange()
    shown = ann.desk.report(report)
    assert shown is not None
    assert (shown.report, shown.pending) == (world.states()[report], ())
