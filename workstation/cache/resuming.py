"""What an outbox does once the store has said how far it is settled there.

A store that was restored from a backup lacks what it had acknowledged: that waits again, its bytes
unchanged. A store that has settled more than was ever made here, or other commands in the place of
ours, tells that this PC was wound back, or that a copy of it works on elsewhere.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from workstation.cache.outbox import LANES, Batch, Lane, Outbox
from workstation.cache.work import WorkFile
from workstation.domain.intake import CreateReport
from workstation.domain.report import ReportId
from workstation.wire.protocol import Address, CommandId, OutboxId, envelope_decoder
from workstation.wire.resuming import Settled, resume_from

HOLD = timedelta(minutes=2)


class Resumed(Struct, frozen=True):
    """What the store said: how many commands it had lost, and whether it knew more than we."""

    lost: int = 0
    wound_back: bool = False


class _Row(Struct, frozen=True):
    n: int
    seq: int
    lane: Lane
    id: CommandId
    is_acked: bool


class Resuming:
    """Compares the outboxes of work.db with what the store says of them."""

    def __init__(self, file: WorkFile, outbox: Outbox) -> None:
        self._file = file
        self._outbox = outbox

    def outboxes(self) -> tuple[OutboxId, ...]:
        """Every outbox of which something is kept here or was ever sent."""
        rows = self._file.read(
            "SELECT outbox_id FROM outbox UNION SELECT outbox_id FROM lane WHERE next_seq > 1"
        )
        return tuple(OutboxId(row[0]) for row in rows)

    def compare(self, outbox_id: OutboxId, settled: Settled, now: datetime) -> Resumed:
        """The store has settled this outbox so far, and with these commands."""
        rows = self._kept(outbox_id)
        current = self._current(outbox_id)
        others = [r for r in rows if r.is_acked and settled.has_another(r.seq, r.id)]
        if current is not None and settled.upto >= current[1]:
            return self._part(current[0], rows, others, settled, now)
        if others:
            return self._part(others[0].lane, rows, others, settled, now)
        lost = [row.seq for row in rows if row.is_acked and row.seq > settled.upto]
        if not lost:
            return Resumed()
        with self._file.transaction():
            start = resume_from(settled.upto, _unbroken([row.seq for row in rows]))
            self._outbox.send_again_from(outbox_id, min(lost), now)
            if start is None or start < min(lost):
                self._outbox.begin_anew(rows[0].lane)
        return Resumed(lost=len(lost))

    def _part(
        self,
        lane: Lane,
        rows: Sequence[_Row],
        others: Sequence[_Row],
        settled: Settled,
        now: datetime,
    ) -> Resumed:
        """A copy of this profile goes on in this outbox: what is ours goes on in one of our own.

        With it what the store had settled and cannot be seen to have: it knows by its id what it
        has, and a store that went back took the copy's commands in the place of ours.
        """
        parted = min((row.seq for row in others), default=settled.upto + 1)
        common = [row.seq for row in rows if row.seq < parted and settled.has(row.seq, row.id)]
        lacking = [
            row.n
            for row in rows
            if row.is_acked and row.seq > max(common, default=0)
            if not settled.has(row.seq, row.id)
        ]
        with self._file.transaction():
            self._outbox.send_again(lacking, now)
            self._outbox.begin_anew(lane)
        return Resumed(lost=len(lacking) if others else 0, wound_back=True)

    def ready(
        self, batch: Batch, is_here: Callable[[ReportId], bool], now: datetime
    ) -> Batch | None:
        """The part of a batch that may leave now.

        What is sent again waits a little for reports that another desk has to give back first.
        """
        for n, body in enumerate(batch.bodies):
            if self._waits_for_others(body, is_here, now):
                if n == 0:
                    return None
                upto = batch.upto - len(batch.bodies) + n
                return Batch(batch.lane, batch.outbox_id, batch.bodies[:n], upto)
        return batch

    def _waits_for_others(
        self, body: bytes, is_here: Callable[[ReportId], bool], now: datetime
    ) -> bool:
        row = self._file.read(
            "SELECT at, outbox.body FROM again JOIN outbox USING (n) WHERE command_id = ?",
            (msgspec.json.decode(body, type=Address).command_id,),
        ).fetchone()
        if row is None or abs(now.timestamp() - row[0]) >= HOLD.total_seconds():
            return False
        command = envelope_decoder.decode(row[1]).command
        if isinstance(command, CreateReport):
            return False
        return not all(is_here(id) or self._is_made_here(id) for id in command.reports())

    def _is_made_here(self, report: ReportId) -> bool:
        bodies = self._file.read(
            "SELECT body FROM outbox WHERE report = ? AND lane = 'urgent'", (report,)
        )
        return any(
            isinstance(envelope_decoder.decode(row[0]).command, CreateReport) for row in bodies
        )

    def _kept(self, outbox_id: OutboxId) -> list[_Row]:
        rows = self._file.read(
            "SELECT n, seq, lane, command_id, state = 'acked' FROM outbox WHERE outbox_id = ?"
            " ORDER BY seq",
            (outbox_id,),
        )
        return [_Row(n, seq, lane, CommandId(id), bool(acked)) for n, seq, lane, id, acked in rows]

    def _current(self, outbox_id: OutboxId) -> tuple[Lane, int] | None:
        rows: Iterable[tuple[Lane, str, int]] = self._file.read(
            "SELECT lane, outbox_id, next_seq FROM lane"
        )
        found = [(lane, next_seq) for lane, id, next_seq in rows if id == outbox_id]
        return found[0] if found and found[0][0] in LANES else None


def _unbroken(seqs: Sequence[int]) -> list[int]:
    """The run without a hole that ends with the newest."""
    return [seq for n, seq in enumerate(seqs) if seqs[-1] - seq == len(seqs) - 1 - n]
