"""Callers who dribble bytes or say nothing are cut in time, and everybody else is served."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.faults.kill_rig import StoreProcess, a_sqlite_store, an_api, served
from tests.world import STORE_KEY
from workstation.machine.clock import SystemClock
from workstation.store.database import Database
from workstation.store.receipt import BODY_S, HEAD_S, PromptProtocol, allow_many_connections
from workstation.store.serving import Background, Service
from workstation.sync.link import Link

CROWD = 2000
HEAD = b"POST /v1/commands HTTP/1.1\r\nHost: store\r\n"
SLACK_S = 2.0
pytestmark = [pytest.mark.fault("F14"), pytest.mark.invariant("I38")]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreProcess]:
    """One store process for all of these."""
    allow_many_connections()
    path, _ = a_sqlite_store(tmp_path_factory.mktemp("slow"), 3)
    with served(str(path)) as process:
        yield process


def test_slow_senders_and_a_crowd_of_idle_callers_hold_nobody_up(store: StoreProcess) -> None:
    slow_head = HEAD + b"X-Slow: " + b"a" * 1000
    with ExitStack() as open_until_end:
        crowd = [open_until_end.enter_context(_caller(store.port)) for _ in range(CROWD)]
        head = open_until_end.enter_context(_dribbling(store.port, b"", slow_head))
        link = Link(store.url)
        try:
            waits = [_timed(link) for _ in range(20)]
            assert max(waits) < 2.0, waits
            assert 1.0 < head.cut_after() < HEAD_S + SLACK_S
            assert max(_timed(link) for _ in range(20)) < 2.0
            assert all(_is_cut(one) for one in crowd)
        finally:
            link.close()


def test_a_body_that_dribbles_is_cut_though_its_head_came_in_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert BODY_S == 30
    monkeypatch.setattr(PromptProtocol, "body_s", 2.0)
    path, _ = a_sqlite_store(tmp_path, 1)
    database = Database.sqlite(path, STORE_KEY)
    clock = SystemClock()
    service = Service(an_api(database, clock), database, clock)
    head = HEAD + b"Content-Length: 5000\r\nContent-Type: application/json\r\n\r\n"
    with Background(service), _dribbling(service.port, head, b"{" * 5000) as body:
        assert 1.5 < body.cut_after() < 2.0 + SLACK_S
    database.close()


def test_a_request_in_two_pieces_is_answered_on_a_connection_used_again(
    store: StoreProcess,
) -> None:
    with _caller(store.port) as caller:
        for _ in range(3):
            caller.sendall(b"GET /v1/hello HTTP/1.1\r\n")
            caller.sendall(b"Host: store\r\n\r\n")
            answer = b""
            while not answer.endswith(b"}"):
                answer += caller.recv(65536)
            assert answer.startswith(b"HTTP/1.1 200")


class _Dribble:
    """Sends a byte every tenth of a second and says when it was cut."""

    def __init__(self, caller: socket.socket, slowly: bytes) -> None:
        self._caller = caller
        self._slowly = slowly
        self._over = threading.Event()
        self._cut_at: float | None = None
        self._began = time.monotonic()
        self._thread = threading.Thread(target=self._send, name="dribble")
        self._thread.start()

    def cut_after(self) -> float:
        """Seconds until the store cut the connection."""
        self._thread.join(BODY_S + 10)
        assert self._cut_at is not None, "it was never cut"
        return self._cut_at - self._began

    def end(self) -> None:
        """No more bytes."""
        self._over.set()
        self._thread.join()

    def _send(self) -> None:
        try:
            for n in range(len(self._slowly)):
                self._caller.sendall(self._slowly[n : n + 1])
                if self._over.wait(0.1):
                    return
        except OSError:
            self._cut_at = time.monotonic()


@contextmanager
def _dribbling(port: int, at_once: bytes, slowly: bytes) -> Iterator[_Dribble]:
    with _caller(port) as caller:
        caller.sendall(at_once)
        dribble = _Dribble(caller, slowly)
        try:
            yield dribble
        finally:
            dribble.end()


@contextmanager
def _caller(port: int) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as caller:
        yield caller


def _is_cut(caller: socket.socket) -> bool:
    try:
        return caller.recv(1) == b""
    except ConnectionResetError:
        return True


def _timed(link: Link) -> float:
    begun = time.perf_counter()
    link.hello()
    return time.perf_counter() - begun
