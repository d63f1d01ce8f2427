"""The connections of a session, dialled so that another thread can end them at any moment.

Whatever waits in them (a name, a connection, a handshake, an answer that never comes) ends.
"""

import os
import selectors
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

SLICE_S = 0.1
Found = list[tuple[Any, ...]]


class Sockets:
    """Every open connection; `cut` ends what is under way, `end` all that may follow too."""

    def __init__(self) -> None:
        self._grips: set[socket.socket] = set()
        self._left: set[socket.socket] = set()
        self._in_call = False
        self._lock = threading.Lock()
        self._ended = threading.Event()

    def cut(self) -> None:
        """End every connection; whoever waits in one is told at once."""
        with self._lock:
            for grip in self._grips | self._left:
                with suppress(OSError):  # the other side was faster
                    grip.shutdown(socket.SHUT_RDWR)

    def end(self) -> None:
        """End every connection, and never open another."""
        self._ended.set()
        self.cut()

    @contextmanager
    def call(self, at_most_s: float) -> Iterator[threading.Event]:
        """Cut what still goes on after so long; the event says that it came to that."""
        late = threading.Event()

        def cut() -> None:
            late.set()
            self.cut()

        timer = threading.Timer(at_most_s, cut)
        timer.daemon = True
        timer.start()
        try:
            with self.in_call():
                yield late
        finally:
            timer.cancel()

    @contextmanager
    def in_call(self) -> Iterator[None]:
        """An answer may be read on after its connection was left: it can be ended all the same."""
        self._in_call = True
        try:
            yield
        finally:
            self._in_call = False
            with self._lock:
                left, self._left = self._left, set()
            for grip in left:
                grip.close()

    def dial(self, host: str, port: int, timeout_s: float) -> tuple[socket.socket, socket.socket]:
        """A connection, and a second grip on it that stays good whatever is wrapped around it."""
        wrong: OSError = OSError(f"{host} has no address")
        for family, kind, proto, _, address in self._addresses(host, port, timeout_s):
            try:
                connection = self._connected(
                    socket.socket(family, kind, proto), address, timeout_s
                )
            except OSError as failed:
                wrong = failed
                continue
            return connection, self._grip(connection)
        raise wrong

    def let_go(self, grip: socket.socket) -> None:
        """The connection was left by its owner."""
        with self._lock:
            self._grips.discard(grip)
            if self._in_call:
                self._left.add(grip)
                return
        grip.close()

    def _grip(self, connection: socket.socket) -> socket.socket:
        grip = connection.dup()
        with self._lock:
            self._grips.add(grip)
        if self._ended.is_set():
            self.cut()
        return grip

    def _addresses(self, host: str, port: int, timeout_s: float) -> Found:
        """Looking up a name cannot be interrupted, so it is waited for from beside."""
        found: Future[Found] = Future()
        threading.Thread(target=_look_up, args=(host, port, found), daemon=True).start()
        until = time.monotonic() + timeout_s
        while not found.done():
            self._check(until)
            with suppress(TimeoutError):
                found.exception(timeout=SLICE_S)
        return found.result()

    def _connected(
        self, connection: socket.socket, address: Any, timeout_s: float
    ) -> socket.socket:
        until = time.monotonic() + timeout_s
        try:
            connection.setblocking(False)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.connect_ex(address)
            with selectors.DefaultSelector() as selector:
                selector.register(connection, selectors.EVENT_WRITE)
                while not selector.select(SLICE_S):
                    self._check(until)
            self._check(until)
            _check_error(connection)
            connection.settimeout(timeout_s)
        except BaseException:
            connection.close()
            raise
        return connection

    def _check(self, until: float) -> None:
        if self._ended.is_set():
            raise ConnectionAbortedError("hung up")
        if time.monotonic() > until:
            raise TimeoutError("nothing answers there")


def pools(sockets: Sockets) -> dict[str, type[HTTPConnectionPool]]:
    """The connection pools of urllib3 whose connections these sockets hold."""

    class Held(HTTPConnection):
        """A connection dialled by these sockets."""

        grip: socket.socket | None = None

        def _new_conn(self) -> socket.socket:
            connection, self.grip = sockets.dial(self._dns_host, self.port or 0, self.timeout or 0)
            return connection

        def close(self) -> None:
            """Close the connection, with the second grip on it."""
            grip, self.grip = self.grip, None
            if grip is not None:
                sockets.let_go(grip)
            super().close()

    class HeldSafe(Held, HTTPSConnection):
        """The same under TLS."""

    class Plain(HTTPConnectionPool):
        """Such connections to one address."""

        ConnectionCls = Held

    class Safe(HTTPSConnectionPool):
        """Such connections under TLS to one address."""

        ConnectionCls = HeldSafe

    return {"http": Plain, "https": Safe}


def _check_error(connection: socket.socket) -> None:
    if code := connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
        raise OSError(code, os.strerror(code))


def _look_up(host: str, port: int, found: "Future[Found]") -> None:
    try:
        found.set_result(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    except (OSError, UnicodeError) as wrong:
        found.set_exception(OSError(f"{host} cannot be found: {wrong}"))
