"""What is sent in place of a command whose very bytes the store refuses: nothing of it is lost."""

import base64
import hashlib
from datetime import datetime

import msgspec

from workstation.domain.report import ReportId
from workstation.wire.protocol import BODY_LIMIT, Address, Envelope, Upward


class SetAside(Upward, frozen=True, tag=True, kw_only=True):
    """Stands where a command stood of which the store refuses the very bytes, so they are kept.

    No rule knows it: the store answers `unreadable` and the outbox goes on. `payload` is the
    envelope as first written, in base64; empty where that is too long to send.
    """

    report: ReportId
    command: str
    payload: str
    sha256: str
    why: str


class AsideEnvelope(Address, Upward, frozen=True, kw_only=True):
    """The envelope of a command that was set aside, in the same place of the same outbox."""

    made_at: datetime
    command: SetAside


def set_aside(envelope: Envelope, body: bytes, why: str) -> bytes:
    """What is sent instead of `body`, the envelope's bytes, which the store will not take."""
    fits = len(body) < BODY_LIMIT * 2 // 3
    aside = SetAside(
        report=ReportId(_plain(envelope.command.report)),
        command=type(envelope.command).__name__,
        payload=base64.b64encode(body).decode("ascii") if fits else "",
        sha256=hashlib.sha256(body).hexdigest(),
        why=_plain(why),
    )
    return msgspec.json.encode(
        AsideEnvelope(
            command_id=envelope.command_id,
            outbox_id=envelope.outbox_id,
            seq=envelope.seq,
            author=envelope.author,
            workstation=envelope.workstation,
            made_at=envelope.made_at,
            command=aside,
        )
    )


def _plain(text: str) -> str:
    """Text that no reader chokes on."""
    return "".join(one if one.isprintable() else "\ufffd" for one in text)[:200]
