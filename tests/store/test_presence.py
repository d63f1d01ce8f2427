"""Who looks at what: told to desks that may know it, gathered, and never on the feed."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from tests.store.conftest import DeskOf, Store
from workstation.domain.report import ReportId
from workstation.store import feed, presence, schema
from workstation.store.presence import Rooms
from workstation.store.problems import ApiProblem
from workstation.wire.protocol import Heartbeat, Presence


def beat(desk: DeskOf, viewing: ReportId | None = None, *unsent: ReportId) -> None:
    words = dict.fromkeys(unsent, desk.store.clock.now())
    desk.store.api.heartbeat(desk.token, Heartbeat(desk.outbox, (), viewing, words))


def seen(store: Store, person: str = "bob") -> dict[str, tuple[str | None, list[str], bool]]:
    present = store.api.presence(store.token(person, "W09")).present
    return {one.name: (one.viewing, list(one.unsent), one.stale) for one in present}


def test_a_desk_tells_what_it_shows_and_has_unsent(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    before = store.api.head()
    beat(ann, report, report)
    assert seen(store) == {"Ann": (report, [report], False)}
    assert store.api.head() == before
    beat(ann)
    assert seen(store) == {}


def test_looking_grows_stale_then_ends_and_unsent_words_stay_known(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    beat(ann, report, report)
    store.clock.pass_by(timedelta(seconds=31))
    assert seen(store) == {"Ann": (report, [report], True)}
    store.clock.pass_by(timedelta(seconds=30))
    assert seen(store) == {"Ann": (None, [report], True)}
    store.clock.pass_by(timedelta(hours=8))
    [ann_offline] = store.api.presence(store.token("bob")).present
    assert ann_offline.offline


@pytest.mark.invariant("I15")
def test_nobody_hears_of_a_report_out_of_their_scopes(store: Store) -> None:
    report, other, ann = store.receive().report, store.receive().report, store.desk("ann")
    beat(ann, report, other)
    with store.database.write() as connection:
        feed.rescope(connection, report, "restricted:1", "")
    assert seen(store) == {"Ann": (None, [other], False)}
    with pytest.raises(ApiProblem):
        store.api.presence(store.token("web"))


def test_a_beat_of_an_earlier_release_says_only_that_it_is_there(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    beat(ann, report)
    table = schema.heartbeat
    with store.database.write() as connection:
        connection.execute(table.update().values(holds="[]"))
    assert seen(store) == {"Ann": (report, [], False)}


def test_a_beat_names_so_many_reports_and_no_more(store: Store) -> None:
    ann = store.desk("ann")
    many = tuple(ReportId(f"r{n}") for n in range(501))
    with pytest.raises(ApiProblem, match="500"):
        beat(ann, None, *many)


@pytest.mark.parametrize(
    "since",
    [
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, tzinfo=UTC),
        datetime(2026, 1, 1),
    ],
)
def test_words_unsent_since_no_time_at_all_are_refused(store: Store, since: datetime) -> None:
    report, ann = store.receive().report, store.desk("ann")
    with pytest.raises(ApiProblem, match="Give") as refused:
        store.api.heartbeat(ann.token, Heartbeat(ann.outbox, (), None, {report: since}))
    assert refused.value.problem.field == "unsent[0]"
    assert seen(store) == {}


def test_a_stream_gets_everybody_first_and_then_only_what_changed(store: Store) -> None:
    report, ann, bob = store.receive().report, store.desk("ann"), store.desk("bob")
    rooms: Rooms = store.api.rooms
    first = rooms.enter(("force",))
    assert told(first.news()) == [(True, [])]
    beat(ann, report)
    assert rooms.look()
    assert told(first.news()) == [(False, ["Ann"])]
    beat(ann, report)
    assert not rooms.look()
    assert first.news() == []
    beat(bob, report)
    beat(ann)
    assert rooms.look()
    later = rooms.enter(("force",))
    assert told(first.news()) == [(False, ["Bob", "Ann"])]
    assert told(later.news()) == [(True, ["Bob"])]


def test_a_stream_that_fell_behind_begins_anew(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    rooms = store.api.rooms
    slow = rooms.enter(("force",))
    slow.news()
    for _ in range(presence.DELTAS_KEPT + 2):
        beat(ann, report)
        rooms.look()
        beat(ann)
        rooms.look()
    assert told(slow.news()) == [(True, [])]


def told(pieces: list[bytes]) -> list[tuple[bool, list[str]]]:
    read = [msgspec.json.decode(piece, type=Presence) for piece in pieces]
    return [(one.whole, [present.name for present in one.present]) for one in read]
