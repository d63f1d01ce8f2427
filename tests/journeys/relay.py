"""A wire that can be cut: a TCP relay between a desk and its store.

Cut, it ends what is under way and every connection after it, as a pulled cable does; healed, it
carries again.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

PIECE = 65536


class Relay:
    """Listens on a port of its own and carries bytes to and from the store."""

    def __init__(self, store: str) -> None:
        parts = urlsplit(store)
        self._target = (parts.hostname or "127.0.0.1", parts.port or 80)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._is_cut = False
        self._ended = False
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._start(self._accept)

    def cut(self) -> None:
        """Nothing passes from now on."""
        with self._lock:
            self._is_cut = True
            _end(self._open)

    def heal(self) -> None:
        """Carry again."""
        with self._lock:
            self._is_cut = False

    def close(self) -> None:
        """End every connection and thread."""
        self._ended = True
        self.cut()
        with socket.create_connection(self._listener.getsockname()):
            pass
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def _accept(self) -> None:
        while not self._ended:
            near, _ = self._listener.accept()
            with self._lock:
                refused = self._is_cut
            if refused:
                near.close()
            else:
                self._carry(near)

    def _carry(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(self._target)
        except OSError:
            near.close()
            return
        with self._lock:
            self._open |= {near, far}
            if self._is_cut:
                _end({near, far})
        self._start(lambda: self._both_ways(near, far))

    def _both_ways(self, near: socket.socket, far: socket.socket) -> None:
        back = threading.Thread(target=_pump, args=(far, near))
        back.start()
        _pump(near, far)
        back.join()
        with self._lock:
            self._open -= {near, far}
        near.close()
        far.close()

    def _start(self, work: object) -> None:
        thread = threading.Thread(target=work, name="relay")  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()


@contextmanager
def relay(store: str) -> Iterator[Relay]:
    """A wire to the store until the end."""
    wire = Relay(store)
    try:
        yield wire
    finally:
        wire.close()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    """Carry one way until either end is gone, then end both."""
    with suppress(OSError):
        while piece := source.recv(PIECE):
            sink.sendall(piece)
    _end({source, sink})


def _end(sockets: set[socket.socket]) -> None:
    for one in sockets:
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
