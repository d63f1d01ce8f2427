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
    Scan,
    SignedIn,
    SignIn,
    StillHeld,
    envelope_decoder,
    sealed,
)

__all__ = [
    "BODY_LIMIT",
    "AsideEnvelope",
    "Case",
    "Changes",
    "Colleague",
    "CommandId",
    "CommandReply",
    "Envelope",
    "Heartbeat",
    "LeaseBlock",
    "OutboxId",
    "Presence",
    "Scan",
    "SignIn",
    "SignedIn",
    "StillHeld",
    "envelope_decoder",
    "sealed",
]
