"""What an outbox does once the store has said how far it is settled there.

A store that was restored from a backup lacks what it had acknowledged: that waits again, its bytes
unchanged. A store that has settled more than was ever made here tells that this PC was wound back.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from workstation.cache.outbox import LANES, Batch, Lane, Outbox
from workstation.cache.work import WorkFile
from workstation.domain.intake import CreateReport
from workstation.domain.report import ReportId
from workstation.wire.protocol import Address, OutboxId, envelope_decoder
from workstation.wire.resuming import resume_from

HOLD = timedelta(minutes=2)


class Resumed(Struct, frozen=True):
    """What the store said: how many commands it had lost, and whether it knew more than we."""

    lost: int = 0
    wound_back: bool = False


class Resuming:
    """Compares the outboxes of work.db with what the store says of them."""

    def __init__(self, file: WorkFile, outbox: Outbox) -> None:
        self._file = file
        self._outbox = outbox

    def outboxes(self) -> tuple[OutboxId, ...]:
        """Every outbox of which something is kept here or was ever sent."""
        rows = self._file.connection.execute(
            "SELECT outbox_id FROM outbox UNION SELECT outbox_id FROM lane WHERE next_seq > 1"
        )
        return tuple(OutboxId(row[0]) for row in rows)

    def compare(self, outbox_id: OutboxId, upto: int, now: datetime) -> Resumed:
        """The store has settled this outbox up to here."""
        lane = self._current(outbox_id)
        if lane is not None and upto >= lane[1]:
            self._outbox.begin_anew(lane[0])
            return Resumed(wound_back=True)
        rows = self._file.connection.execute(
            "SELECT seq, lane, state FROM outbox WHERE outbox_id = ? ORDER BY seq", (outbox_id,)
        ).fetchall()
        lost = [seq for seq, _, state in rows if state == "acked" and seq > upto]
        if not lost:
            return Resumed()
        with self._file.transaction():
            start = resume_from(upto, _unbroken([seq for seq, _, _ in rows]))
            self._outbox.send_again_from(outbox_id, min(lost), now)
            if start is None or start < min(lost):
                self._outbox.begin_anew(rows[0][1])
        return Resumed(lost=len(lost))

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
        row = self._file.connection.execute(
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
        bodies = self._file.connection.execute(
            "SELECT body FROM outbox WHERE report = ? AND lane = 'urgent'", (report,)
        )
        return any(
            isinstance(envelope_decoder.decode(row[0]).command, CreateReport) for row in bodies
        )

    def _current(self, outbox_id: OutboxId) -> tuple[Lane, int] | None:
        rows: Iterable[tuple[Lane, str, int]] = self._file.connection.execute(
            "SELECT lane, outbox_id, next_seq FROM lane"
        )
        found = [(lane, next_seq) for lane, id, next_seq in rows if id == outbox_id]
        return found[0] if found and found[0][0] in LANES else None


def _unbroken(seqs: Sequence[int]) -> list[int]:
    """The run without a hole that ends with the newest."""
    return [seq for n, seq in enumerate(seqs) if seqs[-1] - seq == len(seqs) - 1 - n]
