"""A desk can prove that it holds what the store holds, and repair only what differs."""

from collections import defaultdict

import msgspec
import pytest
import requests
import sqlalchemy as sa

from tests.store.conftest import PASSWORD, Store
from tests.store.test_migrations import before_revisions
from workstation.domain.report import ReportId
from workstation.domain.roles import Role
from workstation.domain.story import AddNote
from workstation.store import digests, feed, schema
from workstation.store.migrating import migrate
from workstation.store.problems import ApiProblem
from workstation.store.serving import Background, Service
from workstation.store.verify import verify
from workstation.wire.digest import BUCKETS, bucket_of, mark_of, sums_of
from workstation.wire.protocol import Change

NOUGHT = "0" * 16


class Copy:
    """What a desk holds: the newest body of everything it was told, by kind and id."""

    def __init__(self, store: Store, person: str = "ann") -> None:
        self.store = store
        self.token = store.token(person)
        self.held: dict[tuple[str, str], Change] = {}
        self.cursor = ""

    def pull(self) -> "Copy":
        more = True
        while more:
            page = self.store.api.changes(self.token, self.cursor)
            for change in page.changes:
                self.held[change.kind, change.id] = change
                if bytes(change.body) == b"null":
                    del self.held[change.kind, change.id]
            self.cursor, more = page.cursor, page.more
        return self

    def sums(self) -> dict[str, tuple[str, ...]]:
        kinds: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for (kind, id), one in self.held.items():
            kinds[kind].append((id, mark_of(kind, id, one.version, bytes(one.body))))
        return {kind: sums_of(states) for kind, states in kinds.items()}

    def differing(self) -> set[int]:
        told, mine = self.store.api.digest(self.token, self.cursor).sums, self.sums()
        empty = (NOUGHT,) * BUCKETS
        return {
            n
            for kind in {*told, *mine}
            for n in range(BUCKETS)
            if told.get(kind, empty)[n] != mine.get(kind, empty)[n]  # type: ignore[call-overload]
        }

    def repair(self, bucket: int) -> None:
        held = {key for key in self.held if bucket_of(key[1]) == bucket}
        after = ""
        while True:
            page = self.store.api.bucket(self.token, bucket, after)
            for one in page.changes:
                self.held[one.kind, one.id] = one
                held.discard((one.kind, one.id))
            after = page.after
            if not after:
                break
        for key in held:
            del self.held[key]


@pytest.mark.invariant("I12")
def test_a_desk_that_read_everything_has_the_stores_sums(store: Store) -> None:
    report = store.receive().report
    for n in range(30):
        store.receive(f"Report {n} — “ünïcödé” 👮")
    ann = store.desk("ann")
    ann.do(AddNote(report=report, text="One"))
    ann.do(AddNote(report=report, text=""))
    copy = Copy(store).pull()
    assert {kind for kind, _ in copy.held} == {"pack", "report", "entry", "case"}
    assert copy.differing() == set()
    assert verify(store.database) == []


@pytest.mark.invariant("I12")
def test_what_differs_is_found_and_only_its_bucket_is_fetched(store: Store) -> None:
    reports = [store.receive().report for _ in range(20)]
    copy = Copy(store).pull()
    spoilt, lost = ("report", reports[3]), ("report", reports[4])
    copy.held[spoilt] = msgspec.structs.replace(copy.held[spoilt], body=msgspec.Raw(b"{}"))
    del copy.held[lost]
    stray = msgspec.structs.replace(copy.held["report", reports[5]], id="stray")
    copy.held["report", "stray"] = stray
    expected = {bucket_of(id) for id in (reports[3], reports[4], "stray")}
    assert copy.differing() == expected
    for bucket in expected:
        copy.repair(bucket)
    assert copy.differing() == set()
    assert ("report", "stray") not in copy.held


def test_a_digest_is_only_given_at_the_head(store: Store) -> None:
    copy = Copy(store).pull()
    store.receive()
    with pytest.raises(ApiProblem) as problem:
        copy.differing()
    assert (problem.value.problem.status, problem.value.problem.type) == (409, "digest-moved")
    assert copy.pull().differing() == set()


@pytest.mark.invariant("I15")
def test_a_digest_counts_only_what_its_reader_may_see(store: Store) -> None:
    hidden, open_report = store.receive().report, store.receive().report
    store.api.accounts.add("eve", "Eve", [Role.HANDLER], PASSWORD, ("force", "restricted:1"))
    ann, eve = Copy(store).pull(), Copy(store, "eve").pull()
    with store.database.write() as connection:
        feed.rescope(connection, hidden, "restricted:1", "scope")
    assert ann.pull().differing() == eve.pull().differing() == set()
    assert ("report", hidden) not in ann.held
    assert ann.sums() != eve.sums()
    page = store.api.bucket(ann.token, bucket_of(hidden))
    assert hidden not in {c.id for c in page.changes}
    page = store.api.bucket(ann.token, bucket_of(open_report))
    assert open_report in {c.id for c in page.changes}


def test_a_bucket_comes_in_pages(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "PAGE_ROWS", 2)
    id = store.receive().report
    same = [f"case {n}" for n in range(5_000) if bucket_of(f"case {n}") == bucket_of(id)][:5]
    with store.database.write() as connection:
        feed.publish(connection, [feed.Fresh("case", c, 1, id, "{}") for c in same], "")
    copy = Copy(store)
    copy.repair(bucket_of(id))
    assert {id for _, id in copy.held} >= {*same, id}


def test_marks_that_an_older_process_left_behind_are_made_again(store: Store) -> None:
    report = store.receive().report
    copy = Copy(store).pull()
    with store.database.write() as connection:
        old = {"bucket": None, "digest": None, "digested": None}
        rows = sa.update(schema.state).where(schema.state.c.kind == "entry")
        connection.execute(rows.values(**old))
        mine = sa.update(schema.state).where(schema.state.c.id == ReportId(report))
        connection.execute(mine.values(digest=0, digested=0))
    assert copy.differing() == set()
    with store.database.read() as connection:
        assert not digests.has_old(connection)


def test_a_migrated_store_has_its_marks_at_once(store: Store) -> None:
    for _ in range(3):
        store.receive()
    with store.database.write() as connection:
        before_revisions(connection)
    migrate(store.database)
    with store.database.read() as connection:
        assert not digests.has_old(connection)
    assert verify(store.database) == []
    assert Copy(store).pull().differing() == set()


def test_a_wrong_mark_is_found_by_verify(store: Store) -> None:
    store.receive()
    with store.database.write() as connection:
        connection.execute(sa.update(schema.state).values(digest=1))
    assert any("its mark in the digest" in finding for finding in verify(store.database))


def test_digests_are_read_over_http(store: Store) -> None:
    store.receive()
    copy = Copy(store).pull()
    headers = {"Authorization": f"Bearer {copy.token}"}
    with (
        Background(Service(store.api, store.database, store.clock)) as service,
        requests.Session() as http,
    ):
        http.trust_env = False

        def get(path: str) -> requests.Response:
            return http.get(f"{service.url}/v1/digest{path}", headers=headers, timeout=10)

        assert len(get(f"?cursor={copy.cursor}").json()["sums"]["report"]) == BUCKETS
        assert get("/255").json()["after"] == ""
        assert [get(path).status_code for path in ("/256", "/-1", "/x", "/٣")] == [404] * 4
        assert get("?cursor=").status_code == 409
