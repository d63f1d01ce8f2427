"""Old desks and a newer store: their work always arrives, word for word."""

import json
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
import requests
import sqlalchemy as sa
from msgspec import Raw

from tests.store.conftest import Store
from workstation.domain.claiming import ClaimReport
from workstation.domain.closing import CloseReport, MarkDuplicate
from workstation.domain.decider import AnyCommand
from workstation.domain.report import EarlierContacts
from workstation.domain.risk import AssessRisk
from workstation.domain.story import AddNote
from workstation.store import schema, versions
from workstation.store.api import COMMANDS
from workstation.store.cli import main
from workstation.store.problems import ApiProblem
from workstation.store.serving import Background, Service
from workstation.store.strict import read_envelopes
from workstation.store.verify import verify
from workstation.wire.protocol import (
    CommandBatch,
    Envelope,
    OutboxId,
    Outcome,
    read_envelope,
    sealed,
)
from workstation.wire.upcasting import STEPS, version_of

GOLDEN = sorted(Path(__file__).with_name("golden").glob("*.json"))
OUTBOX = OutboxId("0193b2a0-0000-7000-8000-00000000b0b0")


def holds(whole: Any, part: Any) -> bool:
    """Whether everything in `part` is in `whole` too; a later release may know more."""
    if isinstance(part, dict):
        return all(key in whole and holds(whole[key], part[key]) for key in part)
    if isinstance(part, list):
        return len(whole) == len(part) and all(map(holds, whole, part))
    return bool(whole == part)


def test_every_command_of_every_version_has_its_bytes_written_down() -> None:
    expected = {
        f"{kind.__name__}.v{v}"
        for kind in get_args(AnyCommand)
        for v in range(1, version_of(kind.__name__) + 1)
    }
    assert {path.stem for path in GOLDEN} == expected


@pytest.mark.fault("F38")
@pytest.mark.invariant("I39")
@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_what_any_release_ever_wrote_is_read_for_ever(path: Path) -> None:
    raw = path.read_bytes()
    (envelope,) = read_envelopes(CommandBatch(OUTBOX, (Raw(raw),)))
    assert isinstance(envelope, Envelope)
    name, version = path.stem.split(".v")
    assert type(envelope.command).__name__ == name
    if int(version) == version_of(name):
        whole = msgspec.json.decode(msgspec.json.encode(envelope.command)) | {"type": name}
        told = json.loads(raw)
        assert holds(whole, told["command"])
        assert msgspec.to_builtins(envelope)["seen"] == told["seen"]
    assert read_envelope(sealed(envelope)) == envelope


def old_note(text: str, **envelope: Any) -> Any:
    """A note as an imagined first release wrote it: its words had another name."""

    def written(raw: bytes) -> bytes:
        told = json.loads(raw)
        told["command"] = {"type": "AddNote", "report": told["command"]["report"], "words": text}
        del told["v"]
        return json.dumps(told | envelope).encode()

    return written


def from_words(command: dict[str, Any]) -> dict[str, Any]:
    words = command.pop("words")
    return command | {"text": words}


@pytest.fixture
def second_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if notes had changed their shape since the first release."""
    monkeypatch.setitem(STEPS, ("AddNote", 1), from_words)


@pytest.mark.fault("F38")
@pytest.mark.invariant("I5", "I39")
@pytest.mark.usefixtures("second_version")
def test_an_old_command_is_settled_as_todays_and_kept_as_it_was_written(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    today = ann.seal(AddNote(report=report, text="New"))
    assert json.loads(today)["v"] == 2
    old = old_note("Old words")(today)
    first = ann.send(old)
    assert msgspec.json.decode(first[0], type=Outcome).word == "accepted"
    assert ann.send(old) == first
    entries = [c for c in store.api.changes(ann.token).changes if c.kind == "entry"]
    assert b"Old words" in bytes(entries[-1].body)
    assert msgspec.json.decode(ann.send(ann.seal(AddNote(report=report, text="N")))[0])["seq"] == 2
    refused = old_note("")(ann.seal(AddNote(report=report, text="x")))
    ann.send(refused)
    cases = [c for c in store.api.changes(ann.token).changes if c.kind == "case"]
    assert refused in bytes(cases[0].body)
    assert verify(store.database) == []


@pytest.mark.fault("F38")
@pytest.mark.invariant("I3")
def test_a_repeat_from_before_the_shape_changed_gets_its_first_outcome(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, ann = store.receive().report, store.desk("ann")
    raw = ann.seal(AddNote(report=report, text="One"))
    first = ann.send(raw)
    monkeypatch.setitem(STEPS, ("AddNote", 1), lambda command: command | {"hazard": True})
    assert ann.send(raw) == first


@pytest.mark.fault("F38")
@pytest.mark.expects_log("a desk is newer than this store")
def test_a_command_of_a_later_release_waits_for_the_store(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    raw = ann.seal(AddNote(report=report, text="x"))
    later = json.dumps(json.loads(raw) | {"v": 2}).encode()
    with pytest.raises(ApiProblem) as problem:
        ann.send(later)
    assert (problem.value.problem.status, problem.value.problem.type) == (503, "command-newer")
    assert ann.send(raw)


@pytest.mark.fault("F38")
@pytest.mark.expects_log("a desk is newer than this store")
def test_what_comes_before_a_command_of_a_later_release_is_settled(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    notes = [ann.seal(AddNote(report=report, text=text)) for text in ("One", "Two", "Three")]
    later = json.dumps(json.loads(notes[2]) | {"v": 2}).encode()
    assert [json.loads(one)["word"] for one in ann.send(*notes[:2], later)] == ["accepted"] * 2
    assert ann.send(notes[2])


@pytest.mark.parametrize("v", [0, -1])
def test_a_version_below_the_first_is_read_as_written(store: Store, v: int) -> None:
    report, ann = store.receive().report, store.desk("ann")
    raw = ann.seal(AddNote(report=report, text="x"))
    assert ann.send(json.dumps(json.loads(raw) | {"v": v}).encode())


@pytest.mark.fault("F38")
@pytest.mark.invariant("I39")
def test_a_desk_too_old_to_pull_still_empties_its_outbox(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    with store.database.write() as connection:
        connection.execute(sa.insert(schema.meta).values(name=versions.MIN_PULL, value="2"))
    for pull in (store.api.changes, store.api.scan):
        with pytest.raises(ApiProblem) as problem:
            pull(ann.token)
        assert (problem.value.problem.status, problem.value.problem.type) == (
            426,
            "upgrade-required",
        )
        assert pull(ann.token, "", 2).changes
    assert ann.do(AddNote(report=report, text="Still taken")).word == "accepted"
    assert store.api.hello().schema.min_pull == 2


def test_hello_says_what_the_store_reads_and_takes(store: Store) -> None:
    hello = store.api.hello()
    assert hello.protocols == (1,)
    assert (hello.schema.min_pull, hello.schema.current) == (1, 1)
    assert hello.commands == dict.fromkeys(COMMANDS, 1)
    assert "SettleCase" in hello.commands
    assert hello.min_build == ""


def test_a_desk_says_its_schema_over_http(store: Store) -> None:
    headers = {"Authorization": f"Bearer {store.token('ann')}"}
    with (
        Background(Service(store.api, store.database, store.clock)) as service,
        requests.Session() as http,
    ):
        http.trust_env = False
        asked = [
            http.get(f"{service.url}/v1/changes?schema={n}", headers=headers, timeout=10)
            for n in ("", "1", "2", "x", "1" * 10)
        ]
    assert [reply.status_code for reply in asked] == [200, 200, 200, 400, 400]


def test_an_operator_says_which_programs_may_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "store.db")
    main(["--database", path, "init", "--force", "cambridgeshire"])
    assert main(["--database", path, "require", "--pull", "1", "--build", "0.2.0"]) == 0
    assert main(["--database", path, "require", "--pull", "2"]) == 1
    assert "from 1 to 1" in capsys.readouterr().err


@pytest.mark.fault("F38")
@pytest.mark.invariant("I2", "I41")
def test_what_a_later_release_put_into_a_header_is_carried_on(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    table = schema.state
    mine = sa.and_(table.c.kind == "report", table.c.id == report)
    with store.database.write() as connection:
        body = json.loads(connection.scalar(sa.select(table.c.body).where(mine)) or "")
        body["forecast"] = {"by": "a later release", "words": ["it may rain"]}
        connection.execute(sa.update(table).where(mine).values(body=json.dumps(body)))
    assert ann.do(AddNote(report=report, text="One")).word == "accepted"
    two, three = (ann.seal(AddNote(report=report, text=text)) for text in ("Two", "Three"))
    assert all(b'"accepted"' in raw for raw in ann.send(two, three))
    with store.database.read() as connection:
        after = json.loads(connection.scalar(sa.select(table.c.body).where(mine)) or "")
    assert after["forecast"] == body["forecast"]
    assert after["version"] == body["version"] + 3


def as_first_written(raw: bytes, *later: str) -> bytes:
    """The bytes of a desk of the first release: without what came later."""
    told = json.loads(raw)
    del told["v"]
    told["command"] = {k: v for k, v in told["command"].items() if k not in later}
    return json.dumps(told).encode()


@pytest.mark.fault("F38")
@pytest.mark.invariant("I5")
def test_a_thrive_and_a_close_of_the_first_release_are_taken_as_they_were_written(
    store: Store,
) -> None:
    report, ann = store.receive().report, store.desk("ann")
    pack = msgspec.json.decode(store.api.pack(ann.token, store.api.hello().pack))
    high = {one["key"]: one["levels"][-1] for one in pack["thrive"]}
    thrive = AssessRisk(report=report, levels=high, earlier=EarlierContacts())
    close = CloseReport(report=report, reason="advice", caller_told="Yes, by phone")
    ann.send(ann.seal(ClaimReport(report=report)))
    for raw in (
        as_first_written(ann.seal(thrive), "unworded", "interim", "rara"),
        as_first_written(ann.seal(close), "told"),
    ):
        (answer,) = ann.send(raw)
        assert msgspec.json.decode(answer, type=Outcome).word == "accepted", answer


@pytest.mark.fault("F38")
@pytest.mark.invariant("I5")
def test_a_duplicate_of_the_first_release_is_taken_as_it_was_written(store: Store) -> None:
    one, other, ann = store.receive().report, store.receive().report, store.desk("ann")
    pack = msgspec.json.decode(store.api.pack(ann.token, store.api.hello().pack))
    low = {one["key"]: one["levels"][0] for one in pack["thrive"]}
    for report in (one, other):
        ann.do(ClaimReport(report=report))
        ann.do(AssessRisk(report=report, levels=low, earlier=EarlierContacts()))
    newest = {one: 3, other: 3}
    unasked = ann.do(MarkDuplicate(report=one, of=other), newest)
    assert (unasked.word, unasked.code) == ("refused", "close/told")
    mark = MarkDuplicate(report=one, of=other, reason="The same.")
    (answer,) = ann.send(as_first_written(ann.seal(mark, newest), "told", "caller_told"))
    assert msgspec.json.decode(answer, type=Outcome).word == "accepted", answer
