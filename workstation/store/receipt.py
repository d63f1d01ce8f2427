"""A request has to arrive in time: a sender who dribbles bytes is cut, whoever else is served.

The limits are absolute. A server's own keep-alive time begins anew with every byte, and what lies
behind it runs only when the head is complete; so this stands where the bytes arrive.
"""

import asyncio
import sys
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

if sys.platform != "win32":
    import resource

HEAD_S = 10.0
BODY_S = 30.0
OPEN_FILES = 8192


class PromptProtocol(H11Protocol):
    """HTTP/1.1 with a time by which the head, and then the body, must be here."""

    head_s = HEAD_S
    body_s = BODY_S

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._awaited: object = None
        self._cut: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A connection that says nothing is cut as well."""
        super().connection_made(transport)
        self._expect()

    def data_received(self, data: bytes) -> None:
        """Take the bytes, then see what is still awaited."""
        super().data_received(data)
        self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is awaited any more."""
        self._forget()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """What comes next on this connection has a time of its own."""
        self._forget()
        super().on_response_complete()

    def _expect(self) -> None:
        """Set the time anew only where something else is awaited than before."""
        awaited = self.conn.their_state
        if awaited is self._awaited:
            return
        self._forget()
        limits = {h11.IDLE: self.head_s, h11.SEND_BODY: self.body_s}
        if awaited in limits and not self.transport.is_closing():
            self._awaited = awaited
            self._cut = self.loop.call_later(limits[awaited], self.transport.close)

    def _forget(self) -> None:
        self._awaited = None
        if self._cut is not None:
            self._cut.cancel()
            self._cut = None


def allow_many_connections() -> None:
    """Take more open files than the usual 1,024, which a crowd of idle callers would use up."""
    if sys.platform == "win32":
        return
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if most == resource.RLIM_INFINITY else min(OPEN_FILES, most)
    if now != resource.RLIM_INFINITY and now < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
