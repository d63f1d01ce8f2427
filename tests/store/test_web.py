"""The store over real HTTP: routes, problems for every kind of bad input, and the live stream."""

import base64
import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
import requests

from tests.store.conftest import PASSWORD, Store
from workstation.domain.claiming import ClaimReport
from workstation.domain.story import AddNote
from workstation.store.serving import Background, Service
from workstation.store.verify import verify
from workstation.sync.live import Heard, events
from workstation.wire.protocol import Presence

on_one_engine = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


class Browser:
    """Speaks HTTP to the store under test, as one signed-in person."""

    def __init__(self, store: Store, url: str) -> None:
        self.store = store
        self.url = url
        self.http = requests.Session()
        self.http.trust_env = False

    def call(self, method: str, path: str, who: str = "", **more: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.store.token(who)}"} if who else {}
        headers |= more.pop("headers", {})
        return self.http.request(method, self.url + path, headers=headers, timeout=10, **more)


@pytest.fixture
def browser(store: Store) -> Iterator[Browser]:
    """The store served on a free port."""
    with Background(Service(store.api, store.database, store.clock)) as service:
        opened = Browser(store, service.url)
        with opened.http:
            yield opened


GOOD = {
    "source": "web",
    "external_id": "1",
    "channel": "online",
    "received_at": "2026-11-22T09:00:00Z",
    "account": "My bicycle is gone",
}


def test_a_desk_can_do_its_whole_day_over_http(browser: Browser) -> None:
    assert browser.call("GET", "/v1/hello").json()["force"] == "cambridgeshire"
    asked = {"account": "ann", "password": PASSWORD, "workstation": "W01"}
    assert browser.call("POST", "/v1/sign-in", json=asked).json()["person"]["id"] == "ann"
    receipt = browser.call("POST", "/v1/intake/reports", "web", json=GOOD).json()
    ann = browser.store.desk("ann")
    envelope = ann.seal(ClaimReport(report=receipt["report"]))
    batch = b'{"outbox_id":"%s","commands":[%s]}' % (ann.outbox.encode(), envelope)
    reply = browser.call("POST", "/v1/commands", "ann", data=batch).json()
    assert [o["word"] for o in reply["outcomes"]] == ["accepted"]
    changes = browser.call("GET", "/v1/changes", "bob").json()
    assert {c["kind"] for c in changes["changes"]} == {"pack", "report", "entry"}
    assert browser.call("GET", "/v1/scan", "bob").json()["after"] == ""
    path = f"/v1/reports/{receipt['report']}/journal"
    assert len(browser.call("GET", path, "bob").json()["lines"]) == 2
    lease = {"outbox_id": ann.outbox, "series": "crime/2026"}
    assert browser.call("POST", "/v1/number-blocks", "ann", json=lease).json()["hi"] == 10
    hello = browser.call("GET", "/v1/hello").json()
    pack = browser.call("GET", f"/v1/packs/{hello['pack']}", "ann").json()
    assert pack["force_code"] == "35"
    beat = {"outbox_id": ann.outbox, "holds": [receipt["report"]]}
    assert browser.call("POST", "/v1/heartbeat", "ann", json=beat).status_code == 200
    names = [c["name"] for c in browser.call("GET", "/v1/colleagues", "ann").json()]
    assert names == ["Ann", "Bob", "Dan", "Sue"]
    assert browser.call("GET", "/openapi.json").json()["openapi"] == "3.1.0"


def test_a_text_of_any_kind_is_kept_exactly(browser: Browser) -> None:
    text = "<b>'; DROP TABLE state;-- \u202etxet 👩‍👩‍👧 " + "x" * 90_000
    sent = GOOD | {"account": text}
    report = browser.call("POST", "/v1/intake/reports", "web", json=sent).json()["report"]
    changes = browser.call("GET", "/v1/changes", "ann").json()["changes"]
    entry = next(c["body"] for c in changes if c["kind"] == "entry")
    assert (entry["report"], entry["text"]) == (report, text)


def changed(**fields: object) -> bytes:
    """A good intake body with these fields in place of its own."""
    return json.dumps(GOOD | fields).encode()


BAD_BODIES: dict[str, tuple[bytes, int, str]] = {
    "not JSON": (b"{", 400, ""),
    "empty": (b"", 400, ""),
    "not UTF-8": (b'{"source":"\xff"}', 400, ""),
    "an array": (b"[]", 422, ""),
    "too deep": (b'{"a":' + b"[" * 17 + b"]" * 17 + b"}", 400, ""),
    "absurdly deep": (b"[" * 500_000, 400, ""),
    "an unended string": (b'"' + b'\\"' * 400_000, 400, ""),
    "before all calendars": (
        changed(received_at="0001-01-01T00:00:00+14:00"),
        422,
        "received_at",
    ),
    "unknown field": (changed(colour="red"), 422, "colour"),
    "unknown inner field": (changed(facts={"x": ""}), 422, "facts.x"),
    "unknown enum value": (changed(channel="fax"), 422, "channel"),
    "wrong type": (changed(account=7), 422, "account"),
    "missing field": (b'{"source":"web"}', 422, "external_id"),
    "NUL": (changed(account="a\0b"), 422, "account"),
    "inner NUL": (changed(facts={"title": "\0"}), 422, "facts.title"),
    "lone surrogate": (changed(account="\ud800"), 422, "account"),
    "no time zone": (changed(received_at="2026-11-22T09:00:00"), 422, "received_at"),
    "account too long": (changed(account="x" * 100_001), 422, "account"),
    "id too long": (changed(external_id="x" * 201), 422, "external_id"),
    "oversized": (changed(account="x" * 1_100_000), 413, ""),
    "form too long": (changed(form="x" * 501), 422, "form"),
    "no place on earth": (changed(location={"lat": 91.0, "lon": 0}), 422, "location.lat"),
    "huge number": (changed(location={"lat": 1e300}), 422, "location.lat"),
}


@on_one_engine
@pytest.mark.parametrize("kind", BAD_BODIES)
def test_a_bad_intake_body_is_a_problem_and_nothing_is_stored(browser: Browser, kind: str) -> None:
    body, status, field = BAD_BODIES[kind]
    before = browser.store.api.head()
    reply = browser.call("POST", "/v1/intake/reports", "web", data=body)
    assert reply.headers["content-type"] == "application/problem+json"
    assert (reply.status_code, reply.json().get("field", "")) == (status, field)
    assert browser.store.api.head() == before
    assert browser.call("POST", "/v1/intake/reports", "web", json=GOOD).status_code == 200


@on_one_engine
def test_a_field_given_twice_is_a_problem_and_neither_is_stored(browser: Browser) -> None:
    body = json.dumps(GOOD).encode().replace(b'"account":', b'"account": "first", "account":')
    reply = browser.call("POST", "/v1/intake/reports", "web", data=body)
    assert (reply.status_code, reply.json()["field"]) == (400, "account")


BAD_COMMANDS: dict[str, tuple[bytes, bytes, str]] = {
    "unknown field": (b'"seq":', b'"x":1,"seq":', "x"),
    "unknown command": (b'"AddNote"', b'"Explode"', "command.type"),
    "unknown argument": (b'"text":', b'"y":1,"text":', "command.y"),
    "no time zone": (b'10:00:00Z"', b'10:00:00"', "made_at"),
    "no report": (b'"report":', b'"rapport":', "command.rapport"),
    "huge number": (b'"seq":1', b'"seq":1' + b"0" * 30, "seq"),
    "sequence zero": (b'"seq":1', b'"seq":0', "seq"),
    "NUL": (b"Words", b"Wo\\u0000rds", "command.text"),
    "lone surrogate": (b"Words", b"\\udc00", "command.text"),
    "text for number": (b'"seq":1', b'"seq":"1"', "seq"),
}


@on_one_engine
@pytest.mark.parametrize("kind", BAD_COMMANDS)
def test_a_bad_command_is_a_problem_with_its_path_and_nothing_is_stored(
    browser: Browser, kind: str
) -> None:
    old, new, field = BAD_COMMANDS[kind]
    report, ann = browser.store.receive().report, browser.store.desk("ann")
    envelope = ann.seal(AddNote(report=report, text="Words"))
    assert old in envelope
    batch = b'{"outbox_id":"%s","commands":[%s]}' % (
        ann.outbox.encode(),
        envelope.replace(old, new, 1),
    )
    before = browser.store.api.head()
    reply = browser.call("POST", "/v1/commands", "ann", data=batch)
    assert (reply.status_code, reply.json().get("field", "")) == (422, f"commands[0].{field}")
    assert browser.store.api.head() == before
    assert verify(browser.store.database) == []


@on_one_engine
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/nothing", 404),
        ("DELETE", "/v1/hello", 405),
        ("GET", "/v1/changes", 401),
        ("POST", "/v1/commands", 401),
        ("GET", "/v1/reports/a%00b/journal", 400),
        ("GET", "/v1/reports/%ff/journal", 404),
        ("GET", "/v1/changes?cursor=%F0%9F%98%80", 400),
        ("GET", "/v1/scan?after=zzz", 400),
        ("GET", "/v1/packs/nothing", 404),
    ],
)
def test_a_wrong_address_is_a_problem_too(
    browser: Browser, method: str, path: str, status: int
) -> None:
    reply = browser.call(method, path, "" if status == 401 else "ann")
    assert reply.headers["content-type"] == "application/problem+json"
    assert (reply.status_code, reply.json()["status"]) == (status, status)


def test_a_scan_after_an_id_no_database_takes_is_a_problem(browser: Browser) -> None:
    after = base64.urlsafe_b64encode(b'["report","a\\u0000b"]').decode()
    reply = browser.call("GET", f"/v1/scan?after={after}", "ann")
    assert (reply.status_code, reply.json()["field"]) == (400, "after")


@pytest.mark.parametrize("path", ["/v1/changes", "/v1/scan", "/v1/colleagues"])
def test_an_intake_machine_reads_nothing(browser: Browser, path: str) -> None:
    assert browser.call("GET", path, "web").status_code == 403


def test_only_an_intake_machine_sends_in_reports(browser: Browser) -> None:
    assert browser.call("POST", "/v1/intake/reports", "sue", json=GOOD).status_code == 403


def test_an_open_stream_is_poked_when_the_feed_grows(browser: Browser) -> None:
    with browser.call("GET", "/v1/live", "ann", stream=True) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        told = events(stream.iter_content(None))
        first = [next(told), next(told)]
        receipt = browser.store.receive()
        later = next(told)
    assert first == [Heard("head", b"1"), Heard("presence", b'{"present":[],"whole":true}')]
    assert later.name == "head"
    assert receipt.incident_number


@on_one_engine
def test_an_open_stream_tells_who_looks_at_what_but_no_machine(browser: Browser) -> None:
    report = browser.store.receive().report
    beat = {"outbox_id": "o1", "holds": [], "viewing": report}
    with (
        browser.call("GET", "/v1/live", "ann", stream=True) as stream,
        browser.call("GET", "/v1/live", "web", stream=True) as machine,
    ):
        told, to_machine = (events(one.iter_content(None)) for one in (stream, machine))
        assert [next(told).name, next(told).name] == ["head", "presence"]
        assert next(to_machine).name == "head"
        assert browser.call("POST", "/v1/heartbeat", "bob", json=beat).status_code == 200
        presence = next(one for one in told if one.name == "presence")
        said = msgspec.json.decode(presence.data, type=Presence)
        assert [(one.name, one.viewing) for one in said.present] == [("Bob", report)]
        assert not said.whole
        browser.store.receive()
        assert next(to_machine).name == "head"
    present = browser.call("GET", "/v1/presence", "ann").json()["present"]
    assert [one["viewing"] for one in present] == [report]


@on_one_engine
def test_a_problem_tells_a_long_name_only_in_part(browser: Browser) -> None:
    sent = GOOD | {"x" * 100_000: 1}
    reply = browser.call("POST", "/v1/intake/reports", "web", json=sent)
    assert reply.status_code == 422
    assert len(reply.content) < 2000
    assert reply.json()["field"].startswith("xxx")
