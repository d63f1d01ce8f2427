"""What 200,000 contacts cost, offline: the first fill, finding who was here before, a search."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from msgspec import Raw

from tests.bench.figures import Figure, Sizes, timed
from tests.bench.filling import all_bodies, insert_raw
from tests.world import cambridgeshire
from workstation.cache.confirmed import Confirmed, Standing
from workstation.cache.shelf import Shelf
from workstation.desk.checking import held
from workstation.desk.looking import look_here
from workstation.domain import earlier_contacts
from workstation.domain.entry import Entry, EntryKind
from workstation.domain.pack import Pack
from workstation.domain.packing import decode_pack, pack_hash
from workstation.domain.report import Channel, Facts, Location, Report, ReportId
from workstation.domain.roles import Author, PersonId
from workstation.domain.searching import Sought, read
from workstation.domain.traces import identity, references
from workstation.wire.protocol import Change, Changes

KEY = bytes(range(32))
AT_ONCE = 500
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
WEB = Author(PersonId("web"), "Public intake")
SYLLABLES = (
    "ba",
    "cor",
    "del",
    "fen",
    "gra",
    "hur",
    "kin",
    "lo",
    "mer",
    "nor",
    "pel",
    "ros",
    "st",
)
NAMES = tuple(f"{a}{b}".title() for a in SYLLABLES for b in SYLLABLES)
WORDS = tuple(f"{a}{b}{c}" for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES)
STREETS = ("Mill Road", "Histon Road", "Withy Close", "Fen Drove", "High Street", "Granary Yard")
SEARCHES = {
    "a name by its sound": "Babba Cordell",
    "a word": "bacorba",
    "two words": "norpel bacorba",
    "an incident number": "CC-01012026-0042",
    "a telephone": "07700 000042",
}


def finding(folder: Path, sizes: Sizes) -> Iterator[Figure]:
    """The first fill, the check for one contact after another, then searches of each shape."""
    path = folder / "contacts.db"
    cache = Confirmed(path, KEY)
    cache.use_pack(pack_hash(cambridgeshire()), cambridgeshire())
    cache.begin(Standing(store_id="bench", pack=pack_hash(cambridgeshire())))
    filled_ms = _fill(cache, sizes.contacts)
    shelf = Shelf(path, KEY)
    try:
        yield _filled(shelf, folder, sizes, filled_ms)
        yield _check(shelf, decode_pack(cambridgeshire()), sizes)
        yield from _searches(shelf, sizes)
    finally:
        shelf.close()
        cache.close()


def _filled(shelf: Shelf, folder: Path, sizes: Sizes, took_ms: float) -> Figure:
    """Pages of the feed into an empty cache; the floor is the same bytes, sealed, no columns."""
    bodies = all_bodies(shelf)
    floor = insert_raw(folder, bodies)
    more = f"{len(bodies) / (took_ms / 1000):,.0f} records/s, in pages of {2 * AT_ONCE:,}"
    what = f"first fill of {sizes.contacts:,} contacts"
    return Figure(what, [took_ms], [floor], "same bodies inserted, one sealed transaction", more)


def _check(shelf: Shelf, pack: Pack, sizes: Sizes) -> Figure:
    """All kinds of traces of one contact; the floor is the best index asked for one key."""
    chosen = random.Random(2)
    asked = [a_report(chosen.randrange(sizes.contacts)) for _ in range(sizes.keys)]
    found: list[int] = []

    def check(report: Report) -> None:
        others = held(shelf, tuple(identity(report)), report.id)
        result = earlier_contacts.found(report, others.values(), pack, "this desk")
        found.append(result.count)

    mine = [timed(lambda one=one: check(one)) for one in asked]  # type: ignore[misc]
    floor = [
        timed(lambda one=one: shelf.found_by(references(one), 1))  # type: ignore[misc]
        for one in asked
    ]
    more = f"{max(found)} earlier contacts at most"
    what = f"check for earlier contacts of {sizes.contacts:,}"
    return Figure(what, mine, floor, "one key of the same index", more)


def _searches(shelf: Shelf, sizes: Sizes) -> Iterator[Figure]:
    """Names by sound, words, a reference, a telephone, until the newest fifty are known."""
    for what, typed in SEARCHES.items():
        sought = read(typed)
        assert isinstance(sought, Sought), typed
        found: list[int] = []

        def search(sought: Sought = sought, found: list[int] = found) -> None:
            found.append(len(look_here(shelf, sought)))

        rounds = range(sizes.rounds)
        mine = [timed(search) for _ in rounds]
        floor = [timed(lambda: shelf.with_words(("zeppelin",), 50)) for _ in rounds]
        row = f"search of {sizes.contacts:,}: {what}"
        yield Figure(row, mine, floor, "a word that nobody wrote", f"{max(found)} found")


def a_report(number: int) -> Report:
    """The same report each time it is asked for."""
    lot = random.Random(number)
    at = BEGAN + timedelta(minutes=2 * number)
    born = f"{lot.randrange(1, 28)}/{lot.randrange(1, 13)}/{lot.randrange(1940, 2008)}"
    facts = Facts(
        title=" ".join(_words(lot, 4)),
        reporter=f"{lot.choice(NAMES)} {lot.choice(NAMES)}",
        phone=f"07700 {lot.randrange(60_000):06}",
        email=f"p{lot.randrange(60_000)}@example.org",
        date_of_birth=born,
    )
    where = Location(
        text=f"{lot.randrange(1, 200)} {lot.choice(STREETS)}",
        town="Cambridge",
        postcode=f"CB{lot.randrange(1, 25)} {lot.randrange(1, 10)}{lot.choice('ABDE')}J",
    )
    return Report(
        id=ReportId(f"{number:012}"),
        channel=Channel.ONLINE,
        received_at=at,
        incident_number=f"CC-{at:%d%m%Y}-{number % 10_000:04}",
        facts=facts,
        location=where,
        excerpt=" ".join(_words(lot, 40)),
    )


def _words(lot: random.Random, count: int) -> list[str]:
    """As people write: a few words often, most of them seldom."""
    return [WORDS[int(len(WORDS) * lot.random() ** 4)] for _ in range(count)]


def _fill(cache: Confirmed, count: int) -> float:
    """How many milliseconds the cache took; the making of what it takes is not counted."""
    took = 0.0
    for start in range(0, count, AT_ONCE):
        numbers = range(start, min(count, start + AT_ONCE))
        changes = tuple(change for n in numbers for change in _changes(n))
        page = Changes(changes, f"c{start}", 2 * count, start + AT_ONCE < count, BEGAN)
        took += timed(lambda page=page: cache.changed(page, BEGAN))  # type: ignore[misc]
    return took


def _changes(number: int) -> tuple[Change, Change]:
    report = a_report(number)
    entry = Entry(
        f"e{number}", report.id, EntryKind.ACCOUNT, report.received_at, WEB, "", report.excerpt
    )
    at = 2 * number + 1
    return (
        Change("report", report.id, 1, at, Raw(msgspec.json.encode(report))),
        Change("entry", entry.id, 1, at + 1, Raw(msgspec.json.encode(entry))),
    )
