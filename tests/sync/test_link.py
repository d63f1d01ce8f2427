"""A call ends in time, is bounded, can be hung up; what is not the store's is a line down."""

import gzip
import threading
import time

import pytest

from tests.sync.stubs import Behaviour, Stub, answering, black_hole, dripping, saying
from workstation.sync.link import Limits, Link, LiveLink
from workstation.sync.transport import Call, LinkDown, ServerRefused, SignedOut
from workstation.wire.protocol import BODY_LIMIT

QUICK = Limits(connect_s=1.0, read_s=5.0, whole_s=0.3)
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
PROBLEM = "application/problem+json"
HELLO = (
    b'{"store_id":"s","epoch":"e","force":"f","protocols":[1],"pack":"p","head":1,'
    b'"server_time":"2026-11-22T10:00:00Z","limits":{}}'
)


@pytest.mark.invariant("I38")
@pytest.mark.parametrize(
    "behaviour",
    [
        black_hole,
        dripping(b"HTTP/1.1 200 OK\r\nX-Slow: "),
        dripping(HTTP + b"Content-Length: 1000000\r\n\r\n"),
        dripping(HTTP + b"Connection: close\r\n\r\n"),
    ],
    ids=["nothing", "head drips", "body drips", "body without end drips"],
)
def test_a_whole_call_ends_in_time_however_its_bytes_drip(behaviour: Behaviour) -> None:
    with Stub(behaviour) as stub:
        link, began = Link(stub.address, QUICK), time.monotonic()
        with pytest.raises(LinkDown, match="took too long"):
            link.hello()
        assert time.monotonic() - began < 3.0
        link.close()


def test_after_a_call_that_took_too_long_the_next_is_made_anew() -> None:
    turn = iter([black_hole, answering(HELLO)])
    with Stub(lambda caller, over: next(turn)(caller, over)) as stub:
        link = Link(stub.address, QUICK)
        with pytest.raises(LinkDown):
            link.hello()
        assert link.hello().store_id == "s"
        link.close()


@pytest.mark.fault("F7", "F10")
@pytest.mark.parametrize(
    "behaviour",
    [
        answering(b"<html>Sign in to the guest network</html>", kind="text/html"),
        answering(HELLO, kind="text/html"),
        answering(HELLO[:-9]),
        saying(HTTP + b"Content-Length: 900\r\n\r\n" + HELLO),
        answering(HELLO.replace(b'"head":1', b'"head":NaN')),
        answering(HELLO.replace(b'"force":"f"', b'"force":"\xff"')),
        answering(b"[" * 100_000),
        answering(b"\x1f\x8b not gzip", "200 OK", "application/json", "Content-Encoding: gzip"),
        answering(b"<h1>Forbidden</h1>", "403 Forbidden", "text/html"),
        answering(b"<h1>Log in</h1>", "401 Unauthorized", "text/html"),
        saying(b"\0\1\2 nothing like HTTP"),
        saying(b""),
    ],
)
def test_what_is_not_the_stores_answer_is_a_line_that_is_down(behaviour: Behaviour) -> None:
    with Stub(behaviour) as stub, pytest.raises(LinkDown):
        Link(stub.address).hello()


@pytest.mark.fault("F10")
@pytest.mark.invariant("I38")
@pytest.mark.parametrize("is_packed", [False, True])
def test_an_answer_longer_than_any_is_not_read_to_its_end(is_packed: bool) -> None:
    body = b" " * 50_000_000
    more = ("Content-Encoding: gzip",) if is_packed else ()
    sent = gzip.compress(body, 1) if is_packed else body
    behaviour = answering(sent, "200 OK", "application/json", *more)
    with Stub(behaviour) as stub, pytest.raises(LinkDown, match="longer than any"):
        Link(stub.address).hello()


def test_a_problem_of_the_store_keeps_its_meaning() -> None:
    told = b'{"type":"outbox-gap","detail":"Send from 3.","expected":3,"field":"seq"}'
    with (
        Stub(answering(told, "409 Conflict", PROBLEM)) as stub,
        pytest.raises(ServerRefused) as refused,
    ):
        Link(stub.address).hello()
    wrong = refused.value
    assert (wrong.code, wrong.expected, wrong.field) == ("outbox-gap", 3, "seq")
    with Stub(answering(b"{}", "401 Unauthorized", PROBLEM)) as stub, pytest.raises(SignedOut):
        Link(stub.address).hello()


@pytest.mark.fault("F10")
@pytest.mark.invariant("I37")
def test_too_large_is_believed_of_the_store_or_where_much_was_sent() -> None:
    status = "413 Payload Too Large"
    page = answering(b"<h1>Too large</h1>", status, "text/html")
    own = answering(b'{"type":"too-large"}', status, PROBLEM)
    small, large = b"an act", b"x" * (BODY_LIMIT * 3 // 4)
    with Stub(page) as stub, pytest.raises(LinkDown, match="is not the store"):
        Link(stub.address).carry(_sending(small))
    for behaviour, body in ((page, large), (own, small)):
        with Stub(behaviour) as stub, pytest.raises(ServerRefused) as refused:
            Link(stub.address).carry(_sending(body))
        assert refused.value.status == 413


@pytest.mark.fault("F9")
@pytest.mark.parametrize(
    ("wish", "expected"), [("7", 7.0), ("-7", 0.0), ("9" * 400, 600.0), ("soon", None)]
)
def test_a_busy_store_says_when_to_come_again(wish: str, expected: float | None) -> None:
    busy = answering(b"", "503 Busy", "text/plain", f"Retry-After: {wish}")
    with Stub(busy) as stub, pytest.raises(LinkDown) as down:
        Link(stub.address).hello()
    assert down.value.retry_after_s == expected


@pytest.mark.fault("F52")
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_call_under_way_is_hung_up_from_another_thread_and_no_other_begins(scheme: str) -> None:
    with Stub(black_hole) as stub:
        link = Link(stub.address.replace("http", scheme, 1))
        failed: list[LinkDown] = []

        def call() -> None:
            try:
                link.hello()
            except LinkDown as down:
                failed.append(down)

        caller = threading.Thread(target=call)
        caller.start()
        assert stub.called.wait(5)
        link.hang_up()
        caller.join(2)
        assert not caller.is_alive()
        assert len(failed) == 1
        with pytest.raises(LinkDown):
            link.hello()
        assert stub.calls == 1
        link.close()


def test_a_live_line_that_never_begins_is_hung_up() -> None:
    with Stub(black_hole) as stub:
        live = LiveLink(stub.address, lambda: "token")
        ended = threading.Event()

        def listen() -> None:
            with pytest.raises(LinkDown):
                list(live.listen())
            ended.set()

        listener = threading.Thread(target=listen)
        listener.start()
        assert stub.called.wait(5)
        live.hang_up()
        assert ended.wait(2)
        listener.join()


@pytest.mark.fault("F12")
def test_a_name_nobody_knows_is_a_line_that_is_down() -> None:
    with pytest.raises(LinkDown, match="cannot be reached"):
        Link("http://nobody.invalid").hello()


def _sending(body: bytes) -> Call:
    return Call(method="POST", path="/v1/commands", body=body)
