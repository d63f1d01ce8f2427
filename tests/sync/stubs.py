"""A server of raw bytes, which does to a caller whatever it is told: nothing, drops, nonsense."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress

Behaviour = Callable[[socket.socket, threading.Event], None]


class Stub:
    """Listens on this machine; `behave` is called for each request, until the stub is left."""

    def __init__(self, behave: Behaviour) -> None:
        self._behave = behave
        self._over = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._callers: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._listen)]
        self.called = threading.Event()
        self.calls = 0

    @property
    def address(self) -> str:
        """Where to call."""
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    def __enter__(self) -> "Stub":
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for one in (self._listening, *self._callers):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for one in (self._listening, *self._callers):
            one.close()

    def _listen(self) -> None:
        while not self._over.is_set():
            with suppress(OSError):
                caller, _ = self._listening.accept()
                self._callers.append(caller)
                thread = threading.Thread(target=self._serve, args=(caller,))
                self._threads.append(thread)
                thread.start()

    def _serve(self, caller: socket.socket) -> None:
        with suppress(OSError):
            while caller.recv(65536) and not self._over.is_set():
                self.calls += 1
                self.called.set()
                self._behave(caller, self._over)


def black_hole(_: socket.socket, over: threading.Event) -> None:
    """Takes the call and never says anything."""
    over.wait()


def dripping(head: bytes) -> Behaviour:
    """Says so much, then a byte now and then, for ever."""

    def drip(caller: socket.socket, over: threading.Event) -> None:
        caller.sendall(head)
        while not over.wait(0.02):
            caller.sendall(b"x")

    return drip


def answering(
    body: bytes, status: str = "200 OK", kind: str = "application/json", *more: str
) -> Behaviour:
    """Gives the same answer to every call."""
    lines = (f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *more)
    head = "\r\n".join(lines).encode() + b"\r\n\r\n"
    return saying(head + body)


def saying(answer: bytes) -> Behaviour:
    """Says these bytes, ends its side of the call, and hears the other to its end."""

    def say(caller: socket.socket, over: threading.Event) -> None:
        caller.sendall(answer)
        caller.shutdown(socket.SHUT_WR)
        while caller.recv(65536):
            pass

    return say
