"""The mark on a row: it came or was changed by others since this person looked, or last sat here.

What stood in the list when they first sat down is no news.
"""

from tests.world import Station, World
from workstation.domain.report import Channel
from workstation.domain.story import AddNote


def test_rows_there_at_the_first_sign_in_are_not_all_marked(world: World, ann: Station) -> None:
    ids = world.a_day()
    ann.exchange()
    assert not [row for row in ann.desk.rows(ids) if row.has_new]


def test_a_row_that_comes_in_is_marked_until_it_is_seen(world: World, ann: Station) -> None:
    world.a_day()
    ann.exchange()
    id = world.receive(Channel.ONLINE, "A shed was broken into.")
    ann.exchange()
    assert ann.desk.rows([id])[0].has_new
    ann.desk.looked_at(id)
    assert not ann.desk.rows([id])[0].has_new


def test_what_came_while_one_was_away_is_marked_on_return(world: World, ann: Station) -> None:
    old = world.a_day()[0]
    ann.exchange()
    ann.close()
    id = world.receive(Channel.ONLINE, "A shed was broken into.")
    ann.reopen()
    ann.exchange()
    assert [row.has_new for row in ann.desk.rows([old, id])] == [False, True]


def test_a_colleagues_change_marks_a_row_and_ones_own_does_not(
    world: World, ann: Station, bob: Station
) -> None:
    theirs, mine = world.a_day()[:2]
    for station in (ann, bob):
        station.exchange()
    bob.do(AddNote(report=theirs, text="The caller rang again."))
    ann.do(AddNote(report=mine, text="I rang back."))
    for station in (bob, ann, bob, ann):
        station.exchange()
    assert [row.has_new for row in ann.desk.rows([theirs, mine])] == [True, False]
