"""How a desk speaks to a store, whatever carries it; and the three ways that can fail.

LinkDown        nothing came back, or "not now": try again later, with a pause
SignedOut       the store does not know this person any more: sign in, work is kept
ServerRefused   the store understood and will not: trying the same again is of no use
"""

from typing import Protocol

from workstation.domain.report import ReportId
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


class LinkDown(Exception):
    """The store was not reached, or cannot answer now; `retry_after_s` is its own wish, if any."""

    def __init__(self, sentence: str, retry_after_s: float | None = None) -> None:
        super().__init__(sentence)
        self.retry_after_s = retry_after_s


class SignedOut(Exception):
    """The sign-in has ended; what is not sent yet is kept and leaves after the next one."""


class ServerRefused(Exception):
    """The store refused the whole request; `code` is its problem type."""

    def __init__(self, status: int, code: str, detail: str, expected: int | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.expected = expected


class Transport(Protocol):
    """The calls of /v1 that a desk makes."""

    def hello(self) -> Hello:
        """Which store this is."""

    def sign_in(self, ask: SignIn) -> SignedIn:
        """A token for a person; SignedOut when name or password are wrong."""

    def sign_out(self, token: str) -> None:
        """End a token."""

    def commands(self, token: str, batch: CommandBatch) -> CommandReply:
        """Send commands of one outbox."""

    def changes(self, token: str, cursor: str) -> Changes:
        """A page of newest states after a cursor."""

    def scan(self, token: str, after: str) -> Scan:
        """A page of the first fill."""

    def lease_block(self, token: str, ask: LeaseBlock) -> LeasedBlock:
        """Numbers for this desk alone."""

    def pack(self, token: str, name: str) -> bytes:
        """A force pack as it was named by its hash."""

    def journal(self, token: str, report: ReportId) -> Journal:
        """The append-only story of one report."""

    def heartbeat(self, token: str, beat: Heartbeat) -> None:
        """This desk is alive and holds these reports."""

    def colleagues(self, token: str) -> tuple[Colleague, ...]:
        """The people work can be given to."""
