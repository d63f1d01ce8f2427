"""Packets: a few calm reports set aside for a desk, so that it can begin work offline, no race.

A packet never holds an ungraded, risk-marked, flagged or emergency report: what becomes one
leaves it in the same act. A reservation that comes too late, or loses a race, changes nothing.
"""

from datetime import datetime, timedelta
from typing import ClassVar

from msgspec.structs import replace

from workstation.domain.act import Command, Context, Decision, Event
from workstation.domain.entry import EntryKind
from workstation.domain.holders import Claim
from workstation.domain.report import Report
from workstation.domain.roles import DECIDERS, Role


class PacketReserved(Event, frozen=True, kw_only=True):
    """The report is set aside for a person at a desk until a time."""

    workstation: str
    until: datetime

    def evolve(self, report: Report) -> Report:
        claim = Claim(
            at=self.at,
            by=self.by,
            workstation=self.workstation,
            leased_at=self.stamp.recorded_at,
            packet_until=self.until,
        )
        return replace(report, claim=claim, fence=report.fence + 1)

    def story(self) -> tuple[EntryKind, str, str] | None:
        """Nothing was done to the report: no line in its log."""
        return None


class PacketEnded(Event, frozen=True, kw_only=True):
    """The report is free again: its time was up, or it must not wait for anybody."""

    reason: str

    def evolve(self, report: Report) -> Report:
        if report.claim is None or not report.claim.is_packet:
            return report
        return replace(report, claim=None, fence=report.fence + 1)

    def story(self) -> tuple[EntryKind, str, str] | None:
        """Nothing was done to the report: no line in its log."""
        return None


class ReservePacket(Command, frozen=True, kw_only=True):
    """A desk asks for a report to begin work on, should the line fail."""

    may: ClassVar[frozenset[Role]] = DECIDERS

    def decide(self, report: Report, context: Context) -> Decision:
        """Never refused: whoever loses the race has only one report fewer set aside."""
        minutes = context.pack.claims.packet_minutes
        if not context.pack.claims.packet_size or context.waited or not may_be_reserved(report):
            return ()
        return (
            PacketReserved(
                stamp=context.stamp(report.id),
                workstation=context.workstation,
                until=context.now + timedelta(minutes=minutes),
            ),
        )


class EndPacket(Command, frozen=True, kw_only=True):
    """The store frees what was set aside and never begun."""

    may: ClassVar[frozenset[Role]] = frozenset({Role.STORE})

    def decide(self, report: Report, context: Context) -> Decision:
        """Only when its time is up."""
        claim = report.claim
        if claim is None or claim.packet_until is None or claim.packet_until > context.now:
            return ()
        reason = f"The time for which it was reserved for {claim.by.name} is up"
        return (PacketEnded(stamp=context.stamp(report.id), reason=reason),)


def is_calm(report: Report) -> bool:
    """Whether nobody comes to harm if the report waits for one desk."""
    marked = bool(report.marked or report.hazards or report.flags) or report.happening_now
    return report.grading is not None and not report.is_emergency and not marked


def may_be_reserved(report: Report) -> bool:
    """Free, open, with the hub, and calm."""
    with_imu = report.hand_off is not None and not report.is_back
    return report.claim is None and report.is_open and not with_imu and is_calm(report)


def broken(report: Report, context: Context) -> PacketEnded | None:
    """What an act that left a packet with such a report must add to itself."""
    if report.lease != "packet" or is_calm(report):
        return None
    reason = "It must not wait for one desk: its danger is not known to be over"
    return PacketEnded(stamp=context.stamp(report.id), reason=reason)
