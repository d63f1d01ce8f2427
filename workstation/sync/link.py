"""The line to the store over HTTP: every call ends in time, is bounded, and can be hung up.

What is not the store's own answer (a network's sign-in page, half an answer, an endless one) is a
line that is down: nothing of it is taken, and it is tried again after a pause.
"""

import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
import requests
import truststore
import urllib3
from msgspec import Struct
from requests.adapters import HTTPAdapter

from workstation.sync.live import SILENCE_S, Heard, events
from workstation.sync.pace import http_date, wished_s
from workstation.sync.sockets import Sockets, pools
from workstation.sync.transport import (
    Call,
    LinkDown,
    ServerRefused,
    Shed,
    SignedOut,
    Transport,
)
from workstation.wire.protocol import BODY_LIMIT

AGAIN = frozenset({408, 425, 429})
JSON, PROBLEM = "application/json", "application/problem+json"
PIECE = 65536
LONG = BODY_LIMIT // 2
BROKEN = (OSError, urllib3.exceptions.HTTPError)  # every exception of requests is an OSError


class Limits(Struct, frozen=True):
    """How long a call may take: to connect, between two bytes, and altogether."""

    connect_s: float = 5.0
    read_s: float = 20.0
    whole_s: float = 60.0


class _Problem(Struct, frozen=True):
    type: str = ""
    detail: str = ""
    expected: int | None = None
    field: str = ""


class _Adapter(HTTPAdapter):
    """Trusts what the operating system trusts; its connections can be ended from outside."""

    def __init__(self, sockets: Sockets) -> None:
        self._sockets = sockets
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> Any:
        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        super().init_poolmanager(*args, ssl_context=context, **kwargs)
        self.poolmanager.pool_classes_by_scheme = pools(self._sockets)


class StoreSession(requests.Session):
    """A session that always times out, follows nothing and reads no environment."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.sockets = Sockets()
        self.trust_env = False
        self._limits = limits
        adapter = _Adapter(self.sockets)
        self.mount("https://", adapter)
        self.mount("http://", adapter)

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        """Every call has time-outs, stays at its address, and is read piece by piece."""
        kwargs["allow_redirects"] = False
        kwargs["stream"] = True
        kwargs.setdefault("timeout", (self._limits.connect_s, self._limits.read_s))
        return super().request(*args, **kwargs)


class Link(Transport):
    """The calls of /v1 over HTTP."""

    def __init__(self, address: str, limits: Limits | None = None) -> None:
        self._address = address.rstrip("/")
        self._limits = limits or Limits()
        self._session = StoreSession(self._limits)

    def close(self) -> None:
        """Close every connection."""
        self._session.close()

    def hang_up(self) -> None:
        """End the call under way from another thread, and make no other."""
        self._session.sockets.end()

    def carry(self, call: Call) -> bytes:
        """Take one request there and its answer back."""
        headers = _headers(call.token) | ({"Content-Type": JSON} if call.body is not None else {})
        with self._session.sockets.call(self._limits.whole_s) as late:
            try:
                with self._session.request(
                    call.method,
                    self._address + call.path,
                    data=call.body,
                    params=call.query,
                    headers=headers,
                ) as reply:
                    content = _content(reply, call.most)
            except BROKEN as wrong:
                why = "it took too long" if late.is_set() else type(wrong).__name__
                raise LinkDown(f"The store cannot be reached ({why}).") from wrong
        if late.is_set():
            raise LinkDown("The store cannot be reached (it took too long).")
        _check(reply, content, len(call.body or b""))
        return content


class LiveLink:
    """The stream of pokes; has a session of its own because it never ends."""

    def __init__(self, address: str, token: Callable[[], str | None]) -> None:
        self._address = address.rstrip("/") + "/v1/live"
        self._token = token
        self._limits = Limits()
        self._session = StoreSession(self._limits)

    def listen(self) -> Iterator[Heard]:
        """Events as they come; LinkDown when the stream ends or falls silent."""
        silence = (self._limits.connect_s, SILENCE_S)
        headers = _headers(self._token() or "")
        try:
            with (
                self._session.sockets.in_call(),
                self._session.get(self._address, headers=headers, timeout=silence) as reply,
            ):
                if reply.status_code != 200:
                    _check(reply, _content(reply, PIECE))
                yield from events(_chunks(reply.raw))
        except BROKEN as wrong:
            raise LinkDown("The live line to the store fell silent.") from wrong
        except ValueError as wrong:
            raise LinkDown(f"The live line to the store cannot be read ({wrong}).") from wrong
        raise LinkDown("The store ended the live line.")

    def hang_up(self) -> None:
        """End the stream from another thread, and open no other."""
        self._session.sockets.end()


def _chunks(raw: urllib3.HTTPResponse) -> Iterator[bytes]:
    while chunk := raw.read1(PIECE):
        yield chunk


def _content(reply: requests.Response, most: int) -> bytes:
    """The answer, unpacked; whatever is packed into it, no more than so much is ever held."""
    content = bytearray()
    for piece in reply.iter_content(PIECE):
        content += piece
        if len(content) > most:
            raise LinkDown("The store's answer is longer than any it gives. Tell IT.")
    return bytes(content)


def _headers(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}


def _check(reply: requests.Response, content: bytes, sent: int = 0) -> None:
    status, kind = reply.status_code, reply.headers.get("Content-Type", "").partition(";")[0]
    if 200 <= status < 300 and kind == JSON:
        return
    problem = _problem(content) if kind == PROBLEM else _Problem()
    if status in AGAIN or status >= 500:
        wait = wished_s(reply.headers.get("Retry-After"), _sent_at(reply))
        kind_of_down = Shed if (status, problem.type) == (503, "shed") else LinkDown
        raise kind_of_down(problem.detail or f"The store is busy ({status}).", wait)
    is_long = status == 413 and sent > LONG  # what stands between may say so before the store
    if kind != PROBLEM and not is_long and not 300 <= status < 400:
        raise LinkDown(
            f"What answers at the store's address is not the store ({status}, {kind or 'no type'}"
            "): its answer could not be read. Tell IT."
        )
    if status == 401:
        raise SignedOut(problem.detail or "Sign in again. Your work is kept on this PC.")
    detail = problem.detail or f"The store answered {status}."
    raise ServerRefused(status, problem.type, detail, problem.expected, problem.field)


def _problem(content: bytes) -> _Problem:
    try:
        return msgspec.json.decode(content, type=_Problem)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return _Problem()


def _sent_at(reply: requests.Response) -> datetime:
    """By the clock of who says when to come again, so that ours need not be right."""
    return http_date(reply.headers.get("Date", "")) or datetime.now(UTC)
