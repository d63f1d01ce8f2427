"""What an outbox does once the store has said how far it is settled there.

A store that was restored from a backup lacks what it had acknowledged: that waits again, its bytes
unchanged. A store that has settled more than was ever made here, or other commands in the place of
ours, tells that this PC was wound back, or that a copy of it works on elsewhere.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from workstation.cache.outbox import ELSEWHERE, Batch, Outbox
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


class _Found(Struct, frozen=True):
    """What follows for one outbox: what waits again, and whether this file begins anew."""

    again: tuple[int, ...] = ()
    lost: int = 0
    wound_back: bool = False
    begins_anew: bool = False


class _Row(Struct, frozen=True):
    n: int
    seq: int
    id: CommandId
    is_acked: bool


class Resuming:
    """Compares the outboxes of work.db with what the store says of them."""

    def __init__(self, file: WorkFile, outbox: Outbox) -> None:
        self._file = file
        self._outbox = outbox

    def outboxes(self) -> tuple[OutboxId, ...]:
        """Every outbox of which something is kept here, and of each lane the one in use.

        A copy may have used one that is not begun here.
        """
        rows = self._file.read("SELECT outbox_id FROM outbox UNION SELECT outbox_id FROM lane")
        return tuple(OutboxId(row[0]) for row in rows)

    def compare(self, settled: Mapping[OutboxId, Settled], now: datetime) -> Resumed:
        """The store has settled these outboxes so far, and with these commands."""
        found = [self._compare(id, one) for id, one in settled.items()]
        again = [n for one in found for n in one.again]
        begins_anew = any(one.begins_anew for one in found)
        if again or begins_anew:
            with self._file.transaction():
                self._outbox.send_again(again, now)
                if begins_anew:
                    self._outbox.begin_anew()
        return Resumed(sum(one.lost for one in found), any(one.wound_back for one in found))

    def _compare(self, outbox_id: OutboxId, settled: Settled) -> _Found:
        rows, next_seq = self._kept(outbox_id), self._next_seq(outbox_id)
        others = [r for r in rows if r.is_acked and settled.has_another(r.seq, r.id)]
        if others or (next_seq is not None and settled.upto >= next_seq):
            return _parted(rows, others, settled)
        lost = [row.seq for row in rows if row.is_acked and row.seq > settled.upto]
        if not lost:
            return _Found()
        again = tuple(row.n for row in rows if row.seq >= min(lost))
        start = resume_from(settled.upto, _unbroken([row.seq for row in rows]))
        return _Found(again, len(lost), begins_anew=start is None or start < min(lost))

    def read_back_by(self, head: int) -> None:
        """A new epoch, whose feed goes so far: what was settled beyond it was so in the lost time.

        A copy of this profile may have sent all of it again already; then nothing here waits for
        an answer, and only the fill can bring it back.
        """
        with self._file.transaction() as connection:
            connection.execute("UPDATE outbox SET position = ? WHERE position > ?", (head, head))

    def settled_elsewhere(self, id: CommandId) -> None:
        """A colleague's desk sent it, perhaps in an epoch of which this one has not read yet.

        Its place in the feed then says nothing of what the cache here holds: it is shown as it
        was until this desk has greeted the store.
        """
        with self._file.transaction() as connection:
            connection.execute(
                "UPDATE outbox SET position = ? WHERE command_id = ?", (ELSEWHERE, id)
            )

    def place_released(self) -> None:
        """The store was greeted, and in the epoch of the cache: the places it gave count here."""
        with self._file.transaction() as connection:
            connection.execute(
                "UPDATE outbox SET"
                " position = coalesce(json_extract(CAST(outcome AS TEXT), '$.position'), 0)"
                " WHERE position = ?",
                (ELSEWHERE,),
            )

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
            "SELECT n, seq, command_id, state = 'acked' FROM outbox WHERE outbox_id = ?"
            " ORDER BY seq",
            (outbox_id,),
        )
        return [_Row(n, seq, CommandId(id), bool(acked)) for n, seq, id, acked in rows]

    def _next_seq(self, outbox_id: OutboxId) -> int | None:
        """The next number in an outbox that a lane goes on in."""
        rows = self._file.read("SELECT next_seq FROM lane WHERE outbox_id = ?", (outbox_id,))
        return int(rows[0][0]) if rows else None


def _parted(rows: Sequence[_Row], others: Sequence[_Row], settled: Settled) -> _Found:
    """A copy of this profile goes on in this outbox: what is ours goes on in one of our own.

    With it what the store had settled and cannot be seen to have: it knows by its id what it
    has, and a store that went back took the copy's commands in the place of ours.
    """
    parted = min((row.seq for row in others), default=settled.upto + 1)
    common = [row.seq for row in rows if row.seq < parted and settled.has(row.seq, row.id)]
    lacking = tuple(
        row.n
        for row in rows
        if row.is_acked and row.seq > max(common, default=0)
        if not settled.has(row.seq, row.id)
    )
    return _Found(lacking, len(lacking) if others else 0, wound_back=True, begins_anew=True)


def _unbroken(seqs: Sequence[int]) -> list[int]:
    """The run without a hole that ends with the newest."""
    return [seq for n, seq in enumerate(seqs) if seqs[-1] - seq == len(seqs) - 1 - n]
