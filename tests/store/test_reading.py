"""What a reader gets: scopes, what left them, cursors, pages, the first fill, the journal."""

import msgspec
import pytest

from tests.store.conftest import PASSWORD, Store
from workstation.domain.claiming import ClaimReport
from workstation.domain.roles import Role
from workstation.domain.story import AddNote
from workstation.store import feed
from workstation.store.problems import ApiProblem
from workstation.wire.cursor import Cursor, read_cursor
from workstation.wire.protocol import Change

CODES = [
    ("epoch", {"epoch": "another"}, (409, "epoch-changed")),
    ("ahead", {"position": 1_000}, (409, "cursor-ahead")),
    ("store", {"store_id": "another"}, (409, "wrong-store")),
    ("scopes", {"scopes": ("force", "restricted:1")}, (409, "scope-changed")),
    ("negative", {"position": -1}, (400, "cursor-malformed")),
]


@pytest.mark.fault("F36")
@pytest.mark.expects_log("was this store restored?")
@pytest.mark.parametrize(("changed", "told"), [c[1:] for c in CODES], ids=[c[0] for c in CODES])
def test_a_cursor_that_does_not_fit_says_why(
    store: Store, changed: dict[str, object], told: tuple[int, str]
) -> None:
    token = store.token("ann")
    cursor = read_cursor(store.api.changes(token).cursor)
    wrong: Cursor = msgspec.structs.replace(cursor, **changed)
    with pytest.raises(ApiProblem) as problem:
        store.api.changes(token, wrong.text())
    assert (problem.value.problem.status, problem.value.problem.type) == told


@pytest.mark.parametrize("text", ["x", "é", "bnVsbA==", "===="])
def test_a_cursor_that_is_none_is_malformed(store: Store, text: str) -> None:
    with pytest.raises(ApiProblem) as problem:
        store.api.changes(store.token("ann"), text)
    assert problem.value.problem.status == 400


@pytest.mark.invariant("I15", "I36")
def test_what_leaves_a_readers_scope_is_gone_and_stays_out_of_sight(store: Store) -> None:
    report, ann = store.receive().report, store.token("ann")
    store.api.accounts.add("eve", "Eve", [Role.HANDLER], PASSWORD, ("force", "restricted:1"))
    eve = store.token("eve")
    cursor, cursor_of_eve = store.api.changes(ann).cursor, store.api.changes(eve).cursor
    with store.database.write() as connection:
        feed.rescope(connection, report, "restricted:1", "scope")
    gone = store.api.changes(ann, cursor)
    assert [(c.kind, bytes(c.body)) for c in gone.changes] == [
        ("entry", b"null"),
        ("report", b"null"),
    ]
    kept = store.api.changes(eve, cursor_of_eve)
    assert all(bytes(c.body) != b"null" for c in kept.changes)
    assert {c.kind for c in store.api.scan(ann).changes} == {"pack"}
    with pytest.raises(ApiProblem) as problem:
        store.api.journal(ann, report)
    assert problem.value.problem.status == 404
    assert store.desk("ann").do(ClaimReport(report=report)).code == "report/unknown"
    desk = store.desk("eve")
    assert desk.do(AddNote(report=report, text="Hush")).word == "accepted"
    assert store.api.changes(ann, gone.cursor).changes == ()
    assert len(store.api.journal(eve, report).lines) == 2


@pytest.mark.invariant("I10", "I16")
def test_pages_join_without_a_hole(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(7):
        store.receive()
    token = store.token("ann")
    whole = store.api.changes(token)
    monkeypatch.setattr(feed, "PAGE_ROWS", 4)
    monkeypatch.setattr(feed, "PAGE_BYTES", 2000)
    read: list[Change] = []
    cursor, more = "", True
    while more:
        page = store.api.changes(token, cursor)
        cursor, more = page.cursor, page.more
        assert len(page.changes) < len(whole.changes)
        read += page.changes
    assert tuple(read) == whole.changes
    scanned: list[Change] = []
    after = ""
    while True:
        part = store.api.scan(token, after)
        scanned += part.changes
        after = part.after
        if not after:
            break
    assert sorted(c.position for c in scanned) == [c.position for c in whole.changes]


def test_a_page_holds_no_more_than_its_bytes(store: Store) -> None:
    for _ in range(13):
        store.receive("x" * 90_000)
    page = store.api.changes(store.token("ann"))
    assert page.more
    assert sum(len(bytes(c.body)) for c in page.changes) <= 1024 * 1024


def test_the_journal_tells_a_reports_story_in_order(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    ann.do(ClaimReport(report=report))
    ann.do(AddNote(report=report, text="Words"))
    lines = store.api.journal(ann.token, report).lines
    kinds = [msgspec.json.decode(line.event)["type"] for line in lines]
    assert kinds == ["ReportReceived", "ReportClaimed", "NoteAdded"]
