"""The line to the store over HTTP: one session, time-outs on every call, three ways to fail.

LinkDown        nothing came back, or "not now"
SignedOut       401: sign in again, work is kept
ServerRefused   any other 4xx: a problem document of the store
"""

import ssl
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import msgspec
import requests
import truststore
import urllib3
from requests.adapters import HTTPAdapter

from workstation.domain.report import ReportId
from workstation.sync.live import SILENCE_S, event_names
from workstation.sync.transport import LinkDown, ServerRefused, SignedOut
from workstation.wire.protocol import (
    Changes,
    Colleague,
    CommandBatch,
    CommandReply,
    Heartbeat,
    Hello,
    Journal,
    LeaseBlock,
    LeasedBlock,
    Scan,
    SignedIn,
    SignIn,
)

CONNECT_S, READ_S = 5.0, 20.0
AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
JSON = {"Content-Type": "application/json"}
Result = TypeVar("Result")


class _Problem(msgspec.Struct, frozen=True):
    type: str = ""
    detail: str = ""
    expected: int | None = None


class _TrustedAdapter(HTTPAdapter):
    """Trusts what the operating system trusts."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> Any:
        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        return super().init_poolmanager(*args, ssl_context=context, **kwargs)


class StoreSession(requests.Session):
    """A session that always times out, follows nothing and reads no environment."""

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False
        self.mount("https://", _TrustedAdapter())

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        """Every call has time-outs and stays at its address."""
        kwargs["allow_redirects"] = False
        kwargs.setdefault("timeout", (CONNECT_S, READ_S))
        return super().request(*args, **kwargs)


class Link:
    """The calls of /v1; used by one thread at a time."""

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/")
        self._session = StoreSession()

    def close(self) -> None:
        """Close every connection."""
        self._session.close()

    def hello(self) -> Hello:
        """Which store this is."""
        return self._get("/v1/hello", "", Hello)

    def sign_in(self, ask: SignIn) -> SignedIn:
        """A token for a person."""
        return self._post("/v1/sign-in", "", ask, SignedIn)

    def sign_out(self, token: str) -> None:
        """End a token."""
        self._send("POST", "/v1/sign-out", token)

    def commands(self, token: str, batch: CommandBatch) -> CommandReply:
        """Send commands of one outbox."""
        return self._post("/v1/commands", token, batch, CommandReply)

    def changes(self, token: str, cursor: str) -> Changes:
        """A page of newest states after a cursor."""
        return self._get("/v1/changes", token, Changes, {"cursor": cursor})

    def scan(self, token: str, after: str) -> Scan:
        """A page of the first fill."""
        return self._get("/v1/scan", token, Scan, {"after": after})

    def lease_block(self, token: str, ask: LeaseBlock) -> LeasedBlock:
        """Numbers for this desk alone."""
        return self._post("/v1/number-blocks", token, ask, LeasedBlock)

    def pack(self, token: str, name: str) -> bytes:
        """A force pack as it was named by its hash."""
        return self._send("GET", f"/v1/packs/{name}", token)

    def journal(self, token: str, report: ReportId) -> Journal:
        """The append-only story of one report."""
        return self._get(f"/v1/reports/{report}/journal", token, Journal)

    def heartbeat(self, token: str, beat: Heartbeat) -> None:
        """This desk is alive."""
        self._send("POST", "/v1/heartbeat", token, body=msgspec.json.encode(beat))

    def colleagues(self, token: str) -> tuple[Colleague, ...]:
        """The people work can be given to."""
        return self._get("/v1/colleagues", token, tuple[Colleague, ...])

    def _get(
        self, path: str, token: str, kind: type[Result], query: dict[str, str] | None = None
    ) -> Result:
        return _read(self._send("GET", path, token, query=query), kind)

    def _post(self, path: str, token: str, body: msgspec.Struct, kind: type[Result]) -> Result:
        return _read(self._send("POST", path, token, body=msgspec.json.encode(body)), kind)

    def _send(
        self,
        method: str,
        path: str,
        token: str,
        *,
        body: bytes | None = None,
        query: dict[str, str] | None = None,
    ) -> bytes:
        headers = _headers(token) | (JSON if body is not None else {})
        try:
            reply = self._session.request(
                method, self._address + path, data=body, params=query, headers=headers
            )
            content = reply.content
        except requests.RequestException as wrong:
            raise LinkDown(f"The store cannot be reached ({type(wrong).__name__}).") from wrong
        _check(reply.status_code, reply.headers.get("Retry-After"), content)
        return content


class LiveLink:
    """The stream of pokes; has a session of its own because it never ends."""

    def __init__(self, address: str, token: Callable[[], str | None]) -> None:
        self._address = address.rstrip("/") + "/v1/live"
        self._token = token
        self._raw: urllib3.HTTPResponse | None = None

    def listen(self) -> Iterator[str]:
        """Event names as they come; LinkDown when the stream ends or falls silent."""
        with StoreSession() as session:
            try:
                reply = session.get(
                    self._address,
                    headers=_headers(self._token() or ""),
                    stream=True,
                    timeout=(CONNECT_S, SILENCE_S),
                )
                if reply.status_code != 200:
                    _check(reply.status_code, reply.headers.get("Retry-After"), reply.content)
                self._raw = reply.raw
                yield from event_names(_chunks(reply.raw))
            except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as wrong:
                raise LinkDown("The live line to the store fell silent.") from wrong
            finally:
                self._raw = None
        raise LinkDown("The store ended the live line.")

    def hang_up(self) -> None:
        """End the stream from another thread."""
        raw = self._raw
        if raw is not None:
            raw.shutdown()


def _chunks(raw: urllib3.HTTPResponse) -> Iterator[bytes]:
    while chunk := raw.read1(65536):
        yield chunk


def _headers(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}


def _check(status: int, retry_after: str | None, content: bytes) -> None:
    if 200 <= status < 300:
        return
    try:
        problem = msgspec.json.decode(content, type=_Problem)
    except msgspec.MsgspecError:
        problem = _Problem(detail=f"The store answered {status}.")
    if status in AGAIN:
        wait = float(retry_after) if retry_after and retry_after.isdigit() else None
        raise LinkDown(problem.detail or "The store is busy.", wait)
    if status == 401:
        raise SignedOut(problem.detail or "Sign in again. Your work is kept on this PC.")
    raise ServerRefused(status, problem.type, problem.detail, problem.expected)


def _read(content: bytes, kind: type[Result]) -> Result:
    try:
        return msgspec.json.decode(content, type=kind)
    except msgspec.MsgspecError as wrong:
        raise LinkDown(f"The store's answer could not be read ({wrong}).") from wrong
