"""The outbox: every command a person made here, as the exact bytes first written.

Two lanes, each contiguous by sequence number; `urgent` leaves first. Nothing without an outcome is
ever deleted; what has one is kept 14 days, to refill a store restored from a backup. What the
store will not take at all is set aside: its bytes stay, and a note of it goes in its place.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from workstation.cache.work import REFUSED, WorkFile
from workstation.domain.report import ReportId
from workstation.wire.aside import set_aside
from workstation.wire.protocol import (
    CommandId,
    Envelope,
    OutboxId,
    Outcome,
    envelope_decoder,
    sealed,
)
from workstation.wire.resuming import moved

Lane = Literal["urgent", "main"]
LANES: tuple[Lane, ...] = ("urgent", "main")
KEPT = timedelta(days=14)
LIMITS: dict[Lane, int] = {"urgent": 100, "main": 25}
_outcome_decoder = msgspec.json.Decoder(Outcome)
_COLUMNS = (
    "n, lane, body, sends, state, outcome, voiced, settled,"
    " (SELECT at FROM again WHERE again.n = outbox.n), position"
)
_WEEDED_SO_FAR = """
INSERT OR IGNORE INTO setting SELECT ?, CAST(coalesce(
  (SELECT min(n) - 1 FROM outbox),
  (SELECT seq FROM sqlite_sequence WHERE name = 'outbox'), 0) AS TEXT)"""
VOICED, ARRIVED = 1, 2
TURN = "turn/"
ELSEWHERE = 1 << 62  # a place in the feed that says nothing of how far this desk has read
WEEDED = "weeded_to"  # a setting: no act up to here is missed where it is not found


class Kept(Struct, frozen=True):
    """One command in the outbox; `outcome` is None while it waits.

    `again_at`: when it was found that the store had it once and has lost it.
    """

    n: int
    lane: Lane
    envelope: Envelope
    sends: bool
    outcome: Outcome | None
    voiced: bool
    settled: str
    again_at: datetime | None = None


class Extent(Struct, frozen=True):
    """How far an outbox goes: its last command, and how many wait, the oldest since when.

    Where none waits, `since` is when its last command was made. `sends`: how many of those that
    wait send officers, and nobody told dispatch by voice. `sending`: the numbers of all that do,
    also of those that arrived, for a store may lose them; the release before noted none.
    """

    outbox_id: OutboxId
    upto: int
    last: CommandId
    waiting: int
    since: datetime
    sends: int = 0
    sending: tuple[int, ...] | None = None

    def sends_among(self, lacking: int) -> int:
        """How many of its last so many commands send officers, as far as that was noted."""
        if self.sending is None:
            return min(self.sends, lacking)
        return sum(seq > self.upto - lacking for seq in self.sending)


class Batch(Struct, frozen=True):
    """The next commands of one lane, ready to leave."""

    lane: Lane
    outbox_id: OutboxId
    bodies: tuple[bytes, ...]
    upto: int


class Outbox:
    """The outbox tables of work.db."""

    def __init__(self, file: WorkFile, new_id: Callable[[], str]) -> None:
        self._file = file
        self._new_id = new_id
        with file.transaction() as connection:
            for lane in LANES:
                connection.execute("INSERT OR IGNORE INTO lane VALUES (?, ?, 1)", (lane, new_id()))
            connection.execute(_WEEDED_SO_FAR, (WEEDED,))

    def outbox_id(self, lane: Lane) -> OutboxId:
        """The id under which this lane is known to the store."""
        return OutboxId(str(self._lane(lane)[0]))

    def add(self, lane: Lane, sends: bool, make: Callable[[OutboxId, int], Envelope]) -> Kept:
        """Put a command at the end of its lane; on disk when this returns."""
        with self._file.transaction() as connection:
            outbox_id, seq = self._lane(lane)
            envelope = make(OutboxId(outbox_id), seq)
            made = connection.execute(
                "INSERT INTO outbox"
                " (lane, outbox_id, seq, command_id, report, sends, made_at, body)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    lane,
                    outbox_id,
                    seq,
                    envelope.command_id,
                    envelope.command.report,
                    int(sends),
                    envelope.made_at.timestamp(),
                    sealed(envelope),
                ),
            )
            connection.execute("UPDATE lane SET next_seq = ? WHERE lane = ?", (seq + 1, lane))
        return Kept(int(made.lastrowid or 0), lane, envelope, sends, None, False, "")

    def next_batch(self, stuck: Collection[Lane] = (), most: int | None = None) -> Batch | None:
        """What leaves next, of one outbox: the urgent lane first, in order; not of stuck lanes."""
        if self._file.trouble or not self.waiting():
            return None  # as most looks find it
        for lane in (one for one in LANES if one not in stuck):
            rows = self._file.read(
                "SELECT outbox_id, seq, coalesce(aside.body, outbox.body) FROM outbox"
                " LEFT JOIN aside USING (n) WHERE state = 'waiting' AND lane = ? AND outbox_id ="
                " (SELECT outbox_id FROM outbox WHERE state = 'waiting' AND lane = ?"
                " ORDER BY n LIMIT 1) ORDER BY seq LIMIT ?",
                (lane, lane, most or LIMITS[lane]),
            )
            if rows:
                bodies = tuple(bytes(row[2]) for row in rows)
                return Batch(lane, OutboxId(rows[0][0]), bodies, int(rows[-1][1]))
        return None

    def settle(self, raw: bytes, now: datetime) -> Kept | None:
        """Take the store's word on one command; None when it changes nothing here."""
        outcome = _outcome_decoder.decode(raw)
        if outcome.word == "retry":
            return None
        with self._file.transaction() as connection:
            changed = connection.execute(
                "UPDATE outbox SET state = 'acked', outcome = ?, position = ?, acked_at = ?"
                " WHERE command_id = ? AND state = 'waiting'",
                (raw, outcome.position, now.timestamp(), outcome.command_id),
            ).rowcount
        if not changed:
            return None
        return self._one("command_id = ?", outcome.command_id)

    def waiting(self) -> int:
        """How many commands have no outcome."""
        rows = self._file.read("SELECT count(*) FROM outbox WHERE state = 'waiting'")
        return sum(int(row[0]) for row in rows)

    def extents(self, *, unsent: bool = False) -> tuple[Extent, ...]:
        """How far every outbox goes of which something is kept here, or `unsent`."""
        which = "WHERE state = 'waiting'" if unsent else ""
        rows = self._file.read(
            "SELECT o.outbox_id, o.seq, o.command_id, kept.waiting,"
            " coalesce(kept.since, o.made_at), kept.sending FROM outbox AS o JOIN"
            " (SELECT outbox_id, max(seq) AS upto, sum(state = 'waiting') AS waiting,"
            f" group_concat(CASE WHEN sends = 1 AND voiced != {VOICED} THEN seq END) AS sending,"
            " min(CASE state WHEN 'waiting' THEN made_at END) AS since FROM outbox"
            f" {which} GROUP BY outbox_id) AS kept"
            " ON o.outbox_id = kept.outbox_id AND o.seq = kept.upto ORDER BY o.n"
        )
        return tuple(_extent(row) for row in rows)

    def unanswered(self) -> list[Kept]:
        """The commands without an outcome, the oldest first."""
        return self._all("state = 'waiting' ORDER BY n")

    def since(self, position: int) -> list[Kept]:
        """What the overlay needs: without outcome, or accepted past this position of the feed."""
        return self._all("state = 'waiting' OR position > ? ORDER BY n", position)

    def set_aside(self, batch: Batch, why: str) -> bool:
        """The store will not take the one command of this batch: False where it is aside already.

        The command keeps its bytes here; what leaves from now on tells the store of it.
        """
        with self._file.transaction() as connection:
            found = connection.execute(
                "SELECT n, body FROM outbox WHERE outbox_id = ? AND seq = ?",
                (batch.outbox_id, batch.upto),
            ).fetchone()
            if found is None:
                return True  # it leaves under another outbox by now
            n, body = found
            note = set_aside(envelope_decoder.decode(body), bytes(body), why)
            put = "INSERT OR IGNORE INTO aside VALUES (?, ?, ?)"
            return bool(connection.execute(put, (n, note, why)).rowcount)

    def send_again_from(self, outbox_id: str, seq: int, now: datetime) -> bool:
        """The store lacks commands it once had (a restored backup): they wait again.

        False where they are not kept here any more. What dispatch had of it, it has no longer.
        """
        rows = self._file.read(
            "SELECT seq, n FROM outbox WHERE outbox_id = ? AND seq >= ? ORDER BY seq",
            (outbox_id, seq),
        )
        if not rows or rows[0][0] != seq:
            return False
        self.send_again([n for _, n in rows], now)
        return True

    def send_again(self, kept: Sequence[int], now: datetime) -> None:
        """The store lacks these: what it had settled of them waits again."""
        with self._file.transaction() as connection:
            for n in kept:
                connection.execute(
                    "INSERT OR REPLACE INTO again"
                    " SELECT n, ? FROM outbox WHERE state = 'acked' AND n = ?",
                    (now.timestamp(), n),
                )
                connection.execute(
                    f"UPDATE outbox SET voiced = 0 WHERE voiced = {ARRIVED} AND n = ?", (n,)
                )
                connection.execute(
                    "UPDATE outbox SET state = 'waiting', outcome = NULL, position = 0"
                    " WHERE n = ?",
                    (n,),
                )

    def begin_anew(self, past: int = 0) -> None:
        """The store knows a lane otherwise (this PC was wound back): both go on under new ids.

        The file went back as one: a contact leaves by the urgent lane under a number of the
        blocks, so none of them is used again, whichever lane tells. `past`: a turn it had taken.
        """
        with self._file.transaction() as connection:
            turn = max(turn_of(self._file), past) + 1
            for lane in LANES:
                self._move(lane, OutboxId(self._new_id()))
                self._file.set(TURN + lane, str(turn))
            connection.execute("DELETE FROM block")
            connection.execute("DELETE FROM lease")

    def _move(self, lane: Lane, fresh: OutboxId) -> None:
        """The only place where an envelope is written again, all of it but its place as it was."""
        connection = self._file.connection
        rows = connection.execute(
            "SELECT n, outbox.body, why FROM outbox LEFT JOIN aside USING (n)"
            " WHERE lane = ? AND state = 'waiting' ORDER BY n",
            (lane,),
        ).fetchall()
        for seq, (n, body, why) in enumerate(rows, start=1):
            there = moved(body, fresh, seq)
            connection.execute(
                "UPDATE outbox SET outbox_id = ?, seq = ?, body = ? WHERE n = ?",
                (fresh, seq, there, n),
            )
            if why is not None:
                note = set_aside(envelope_decoder.decode(there), there, why)
                connection.execute("UPDATE aside SET body = ? WHERE n = ?", (note, n))
        connection.execute(
            "UPDATE lane SET outbox_id = ?, next_seq = ? WHERE lane = ?",
            (fresh, len(rows) + 1, lane),
        )

    def sending_officers(self) -> list[Kept]:
        """Commands that send officers which the store has not accepted and nobody has voiced."""
        open_still = f"(outcome IS NULL OR {REFUSED})"
        return self._all(f"sends = 1 AND voiced = 0 AND {open_still} ORDER BY n")

    def voice(self, report: ReportId) -> None:
        """Dispatch was told of this report by voice."""
        with self._file.transaction() as connection:
            connection.execute(
                f"UPDATE outbox SET voiced = {VOICED} WHERE report = ? AND sends = 1", (report,)
            )

    def arrived(self, report: ReportId) -> None:
        """Dispatch has this report; what sends officers and still waits it has not got."""
        with self._file.transaction() as connection:
            connection.execute(
                f"UPDATE outbox SET voiced = {ARRIVED} WHERE report = ? AND sends = 1"
                " AND voiced = 0 AND state = 'acked'",
                (report,),
            )

    def refused(self) -> list[Kept]:
        """Commands the store refused which nobody has settled."""
        return self._all(f"settled IS NULL AND {REFUSED} ORDER BY n")

    def settle_refused(self, command_id: str, words: str) -> None:
        """A person dealt with a refusal; their words stay beside it."""
        with self._file.transaction() as connection:
            connection.execute(
                "UPDATE outbox SET settled = ? WHERE command_id = ?", (words, command_id)
            )

    def tidy(self, now: datetime, seen_upto: int) -> None:
        """Drop what was acknowledged 14 days ago and whose effect the cache holds.

        Refused work stays until it is settled.
        """
        with self._file.transaction() as connection:
            old = connection.execute(
                "SELECT n, outcome, settled FROM outbox WHERE state = 'acked' AND acked_at < ?"
                " AND position <= ?",
                ((now - KEPT).timestamp(), seen_upto),
            ).fetchall()
            for n, raw, settled in old:
                if settled is None and _outcome_decoder.decode(raw).word == "refused":
                    continue
                for table in ("outbox", "aside", "again"):
                    connection.execute(f"DELETE FROM {table} WHERE n = ?", (n,))
            if old:
                weeded = max(int(self._file.setting(WEEDED) or "0"), *(row[0] for row in old), 0)
                self._file.set(WEEDED, str(weeded))

    def _lane(self, lane: Lane) -> tuple[str, int]:
        ((outbox_id, next_seq),) = self._file.read(
            "SELECT outbox_id, next_seq FROM lane WHERE lane = ?", (lane,)
        )
        return str(outbox_id), int(next_seq)

    def _one(self, where: str, *values: Any) -> Kept | None:
        return next(iter(self._all(where, *values)), None)

    def _all(self, where: str, *values: Any) -> list[Kept]:
        rows = self._file.read(f"SELECT {_COLUMNS} FROM outbox WHERE {where}", values)
        return [_kept(row) for row in rows]


def turn_of(file: WorkFile) -> int:
    """How often this file began anew; a release before this one counted each lane apart."""
    return max(int(file.setting(TURN + lane) or "0") for lane in LANES)


def _extent(row: tuple[Any, ...]) -> Extent:
    id, upto, last, waiting, at, sending = row
    numbers = tuple(int(seq) for seq in (sending or "").split(",") if seq)
    made_at = datetime.fromtimestamp(at, UTC)
    extent = Extent(OutboxId(id), upto, CommandId(last), waiting, made_at, sending=numbers)
    return replace(extent, sends=extent.sends_among(waiting))


def _kept(row: tuple[Any, ...]) -> Kept:
    outcome = None if row[5] is None or row[4] == "waiting" else _outcome_decoder.decode(row[5])
    if outcome is not None and row[9] == ELSEWHERE:
        outcome = replace(outcome, position=ELSEWHERE, versions={})
    envelope = envelope_decoder.decode(row[2])
    again_at = None if row[8] is None else datetime.fromtimestamp(row[8], UTC)
    voiced, settled = bool(row[6]), row[7] or ""
    return Kept(row[0], row[1], envelope, bool(row[3]), outcome, voiced, settled, again_at)
