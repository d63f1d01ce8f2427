"""The shapes of the wire that a desk keeps and shows; the desk itself never reads the wire."""

from workstation.wire.aside import AsideEnvelope
from workstation.wire.protocol import (
    BODY_LIMIT,
    Case,
    Changes,
    Colleague,
    CommandId,
    CommandReply,
    Envelope,
    Heartbeat,
    LeaseBlock,
    OutboxId,
    Presence,
    ReleasedBatch,
    Scan,
    SignedIn,
    SignIn,
    StillHeld,
    WaitingOutbox,
    WaitingWork,
    envelope_decoder,
    sealed,
)
from workstation.wire.resuming import Settled
from workstation.wire.searching import Found, Search

__all__ = [
    "BODY_LIMIT",
    "AsideEnvelope",
    "Case",
    "Changes",
    "Colleague",
    "CommandId",
    "CommandReply",
    "Envelope",
    "Found",
    "Heartbeat",
    "LeaseBlock",
    "OutboxId",
    "Presence",
    "ReleasedBatch",
    "Scan",
    "Search",
    "Settled",
    "SignIn",
    "SignedIn",
    "StillHeld",
    "WaitingOutbox",
    "WaitingWork",
    "envelope_decoder",
    "sealed",
]
