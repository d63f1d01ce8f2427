"""How a desk speaks to a store: the calls of /v1, whatever carries them; three ways to fail.

LinkDown        nothing came back, or "not now", or not the store: try later, with a pause
                (Shed: "not this now": news can wait while the store takes work in)
SignedOut       the store does not know this person any more: sign in, work is kept
ServerRefused   the store understood and will not: trying the same again is of no use
"""

from typing import TypeVar

import msgspec
from msgspec import Struct

from workstation.domain.report import ReportId
from workstation.wire.protocol import (
    BODY_LIMIT,
    PAGE_BYTES,
    Bucket,
    Changes,
    Colleague,
    CommandBatch,
    CommandReply,
    Digest,
    Heartbeat,
    Hello,
    Journal,
    LeaseBlock,
    LeasedBlock,
    Presence,
    ReleasedBatch,
    Scan,
    SignedIn,
    SignIn,
    StillHeld,
    WaitingWork,
)
from workstation.wire.searching import Found, Search

REPLY_BYTES = PAGE_BYTES + BODY_LIMIT + 64 * 1024  # a page, its last line as long as can be sent
DOCUMENT_BYTES = 16 * 1024 * 1024
Result = TypeVar("Result")


class LinkDown(Exception):
    """The store was not reached, or cannot answer now; `retry_after_s` is its own wish, if any."""

    def __init__(self, sentence: str, retry_after_s: float | None = None) -> None:
        super().__init__(sentence)
        self.retry_after_s = retry_after_s


class Shed(LinkDown):
    """The store is there, takes work in, and asks that this be left for later."""


class SignedOut(Exception):
    """The sign-in has ended; what is not sent yet is kept and leaves after the next one."""


class ServerRefused(Exception):
    """The store refused the whole request; `code` is its problem type, `field` what is wrong."""

    def __init__(
        self, status: int, code: str, detail: str, expected: int | None = None, field: str = ""
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.expected = expected
        self.field = field


class Call(Struct, frozen=True, kw_only=True):
    """One request: the answer is at most `most` bytes."""

    method: str
    path: str
    token: str = ""
    body: bytes | None = None
    query: dict[str, str] | None = None
    most: int = REPLY_BYTES


class Transport:
    """The calls of /v1 that a desk makes; one thread at a time."""

    def carry(self, call: Call) -> bytes:
        """Take one request there and its answer back."""
        raise NotImplementedError

    def hang_up(self) -> None:
        """End the call under way from another thread, and make no other."""
        raise NotImplementedError

    def hello(self) -> Hello:
        """Which store this is."""
        return self._get("/v1/hello", "", Hello)

    def sign_in(self, ask: SignIn) -> SignedIn:
        """A token for a person; SignedOut when name or password are wrong."""
        return self._post("/v1/sign-in", "", ask, SignedIn)

    def sign_out(self, token: str) -> None:
        """End a token."""
        self.carry(Call(method="POST", path="/v1/sign-out", token=token))

    def commands(self, token: str, batch: CommandBatch) -> CommandReply:
        """Send commands of one outbox."""
        return self._post("/v1/commands", token, batch, CommandReply)

    def release(self, token: str, batch: ReleasedBatch) -> CommandReply:
        """Send a colleague's commands of one outbox, as their supervisor."""
        return self._post("/v1/commands/release", token, batch, CommandReply)

    def changes(self, token: str, cursor: str) -> Changes:
        """A page of newest states after a cursor."""
        return self._get("/v1/changes", token, Changes, {"cursor": cursor})

    def scan(self, token: str, after: str) -> Scan:
        """A page of the first fill."""
        return self._get("/v1/scan", token, Scan, {"after": after})

    def digest(self, token: str, cursor: str) -> Digest:
        """The sums of what the store holds at a cursor that has reached the head."""
        return self._get("/v1/digest", token, Digest, {"cursor": cursor})

    def bucket(self, token: str, number: int, after: str) -> Bucket:
        """A page of the states of one bucket."""
        return self._get(f"/v1/digest/{number}", token, Bucket, {"after": after})

    def lease_block(self, token: str, ask: LeaseBlock) -> LeasedBlock:
        """Numbers for this desk alone."""
        return self._post("/v1/number-blocks", token, ask, LeasedBlock)

    def pack(self, token: str, name: str) -> bytes:
        """A force pack as it was named by its hash."""
        path = f"/v1/packs/{name}"
        return self.carry(Call(method="GET", path=path, token=token, most=DOCUMENT_BYTES))

    def journal(self, token: str, report: ReportId) -> Journal:
        """The append-only story of one report."""
        path = f"/v1/reports/{report}/journal"
        call = Call(method="GET", path=path, token=token, most=DOCUMENT_BYTES)
        return read(self.carry(call), Journal)

    def search(self, token: str, search: Search) -> Found:
        """Reports by what they are found by, beyond this desk's copy."""
        return self._post("/v1/search", token, search, Found)

    def heartbeat(self, token: str, beat: Heartbeat) -> StillHeld:
        """This desk is alive and holds these reports; which of them are still its person's."""
        return self._post("/v1/heartbeat", token, beat, StillHeld)

    def presence(self, token: str) -> Presence:
        """Who looks at which report."""
        return self._get("/v1/presence", token, Presence)

    def waiting(self, token: str) -> tuple[WaitingWork, ...]:
        """How much work of whom waits at which PC."""
        return self._get("/v1/waiting", token, tuple[WaitingWork, ...])

    def colleagues(self, token: str) -> tuple[Colleague, ...]:
        """The people work can be given to."""
        return self._get("/v1/colleagues", token, tuple[Colleague, ...])

    def _get(
        self, path: str, token: str, kind: type[Result], query: dict[str, str] | None = None
    ) -> Result:
        return read(self.carry(Call(method="GET", path=path, token=token, query=query)), kind)

    def _post(self, path: str, token: str, body: Struct, kind: type[Result]) -> Result:
        sent = msgspec.json.encode(body)
        return read(self.carry(Call(method="POST", path=path, token=token, body=sent)), kind)


def read(content: bytes, kind: type[Result]) -> Result:
    """What came back, or LinkDown where it is nothing a store says."""
    try:
        return msgspec.json.decode(content, type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError) as wrong:
        raise LinkDown(f"The store's answer could not be read ({wrong}).") from wrong
