"""Unsent work is never left in silence: its author is warned, and who works here next is told."""

from tests.world import Station, World
from workstation.domain.story import AddNote
from workstation.sync.credentials import HeldCredentials


def sit_down(station: Station, world: World, person: str) -> Station:
    """Another person signs in at the same PC."""
    station.close()
    station.credentials = HeldCredentials(world.sign_in_again(person, "W01"))
    station.reopen()
    return station


def test_what_was_left_unsent_is_told_at_that_pc_until_it_left(world: World, ann: Station) -> None:
    id = world.a_day()[0]
    ann.exchange()
    sit_down(ann, world, "bob").exchange()
    assert ann.desk.link().notices == ()
    sit_down(ann, world, "ann")
    ann.line.is_cut = True
    assert ann.desk.waiting_since() is None
    for text in ("One", "Two"):
        ann.do(AddNote(report=id, text=text))
    assert ann.desk.waiting_since() == world.clock.now()
    sit_down(ann, world, "bob")
    (told,) = ann.desk.link().notices
    assert told.startswith("Ann Lee left 2 unsent acts on this PC, the oldest of 10:00 on 22 Nov")
    assert "One" not in (ann.files.parent / "ann" / "unsent.json").read_text()
    ann.desk.read_notice(told)
    ann.line.is_cut = False
    assert sit_down(ann, world, "ann").exchange()
    sit_down(ann, world, "bob")
    assert ann.desk.link().notices == ()
