"""Settling one command for good: one transaction, one outcome, the same for every repeat.

Lock order: outbox, states by id, number series, feed head. A refusal keeps the whole envelope as a
case and advances the outbox; nothing that was sent is ever lost or done twice.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

import msgspec
import sqlalchemy as sa

from workstation.domain import decider
from workstation.domain.act import Command, Context, Stamp
from workstation.domain.claiming import ReassignReport
from workstation.domain.intake import CreateReport, IncidentNumberGiven, ReceiveReport
from workstation.domain.limits import NARRATIVE, fitted
from workstation.domain.merging import MergeCrimes
from workstation.domain.offering import OfferReport
from workstation.domain.pack import Pack
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report, ReportId
from workstation.domain.roles import STORE_ID, Person, Role
from workstation.domain.settling import ReleaseHeld, SettleCase
from workstation.machine.clock import Clock
from workstation.machine.ids import Ids
from workstation.reading.phrases import Marker
from workstation.store import (
    cases,
    epochs,
    feed,
    journal,
    numbers,
    outboxes,
    outcomes,
    releasing,
    schema,
    serials,
)
from workstation.store.accounts import may_hold
from workstation.store.database import Busy, Database
from workstation.store.fresh import case_of, fresh_of
from workstation.store.headers import Headers, headers, scopes_of
from workstation.store.judging import INTERNAL, judge, tried
from workstation.store.outboxes import Desk
from workstation.store.packs import Packs
from workstation.store.sender import OUT_OF_SIGHT, Sender, in_doubt
from workstation.store.strict import Unreadable
from workstation.store.writing import Judged, Ready, write
from workstation.wire.protocol import CommandId, Envelope, OutboxId, Outcome, sealed

alarm = logging.getLogger("workstation.store.alarm")
ALONE = (CreateReport, MergeCrimes, ReceiveReport, ReleaseHeld, SettleCase)
STORE = Person(STORE_ID, "Store", (Role.STORE,))


class Ledger:
    """Settles envelopes; every act on record has passed here."""

    def __init__(
        self, database: Database, clock: Clock, ids: Ids, packs: Packs, mark: Marker
    ) -> None:
        self._database = database
        self._clock = clock
        self._ids = ids
        self._packs = packs
        self._mark = mark

    def settle(self, sender: Sender, envelope: Envelope | Unreadable, raw: bytes) -> bytes:
        """The outcome of a desk's envelope, as bytes that never change; `retry` is not stored.

        What raises three times becomes a case: no command stops those behind it.
        """

        def settled(refusal: Refusal | None = None) -> bytes:
            return self._database.transact(
                lambda c: self._settle(c, sender, envelope, raw, refusal)
            )

        try:
            return tried(settled, f"command {envelope.command_id}") or settled(INTERNAL)
        except Busy:
            return _busy(envelope)

    def settle_all(
        self,
        sender: Sender,
        envelopes: Sequence[Envelope | Unreadable],
        raws: Sequence[bytes],
    ) -> Iterator[bytes]:
        """Outcomes in order; plain commands that follow each other share one transaction."""
        at = alone = 0
        while at < len(envelopes):
            run = _plain_run(envelopes[at:])
            settled: tuple[bytes, ...] | None = ()
            if len(run) > 1 and at >= alone:
                settled = self._settle_run(sender, run, raws[at : at + len(run)])
            if settled is None:
                alone = at + len(run)
            settled = settled or (self.settle(sender, envelopes[at], raws[at]),)
            yield from settled
            at += len(settled)

    def _settle_run(
        self, sender: Sender, run: Sequence[Envelope], raws: Sequence[bytes]
    ) -> tuple[bytes, ...] | None:
        """All of a run or nothing; what cannot be settled together is settled one by one.

        None where one of them raised: none is tried together again. A busy store says so at once,
        to the first: trying each alone would double the wait.
        """

        def settled() -> tuple[bytes, ...]:
            return self._database.transact(lambda c: self._settle_together(c, sender, run, raws))

        try:
            return tried(settled, f"a run of outbox {run[0].outbox_id}", tries=1)
        except Busy:
            return (_busy(run[0]),)

    def _settle(
        self,
        connection: sa.Connection,
        sender: Sender,
        envelope: Envelope | Unreadable,
        raw: bytes,
        refusal: Refusal | None = None,
    ) -> bytes:
        desk = Desk(sender.person.id, envelope.workstation)
        upto = outboxes.lock(connection, envelope.outbox_id, desk)
        known = outcomes.stored(connection, envelope, raw)
        if known is not None:
            if envelope.seq == upto + 1:
                outboxes.advance(connection, envelope.outbox_id, envelope.seq)
            return known
        outboxes.check_next(envelope.seq, upto)
        if isinstance(envelope, Unreadable):
            wrong = envelope.refusal
            alarm.error("command %s cannot be read: %s", envelope.command_id, wrong.field)
            return self._keep(connection, sender, envelope, raw, wrong)
        if refusal is not None:
            tried(lambda: serials.void_with_its_case(connection, envelope, refusal), "its number")
            return self._keep(connection, sender, envelope, raw, refusal)
        return self._settle_new(connection, sender, envelope, raw)

    def _keep(
        self,
        connection: sa.Connection,
        sender: Sender,
        sent: Envelope | Unreadable,
        raw: bytes,
        refusal: Refusal,
    ) -> bytes:
        """Only the case of it, with all its words: no rule looks at what is sent."""
        case = case_of(sender, sent, raw, refusal, self._clock.now())
        scope = scopes_of(connection, {ReportId(case.report)}).get(case.report, schema.FORCE_SCOPE)
        case = msgspec.structs.replace(case, scope=scope)
        position = feed.publish(connection, [case], sent.command_id)
        outcome = msgspec.json.encode(outcomes.refused(sent, refusal, {}, position))
        outcomes.keep(connection, sent, raw, outcome)
        outboxes.advance(connection, sent.outbox_id, sent.seq)
        return outcome

    def act_as_store(self, connection: sa.Connection, who: Person, command: Command) -> bytes:
        """Settle an act of the store or of an intake machine through an outbox kept here."""
        outbox_id = outbox_of(who)
        upto = outboxes.lock(connection, outbox_id, Desk(who.id, "store"))
        envelope = Envelope(
            command_id=CommandId(self._ids.new()),
            outbox_id=outbox_id,
            seq=upto + 1,
            author=who.id,
            workstation="store",
            made_at=self._clock.now(),
            pack="",
            command=command,  # type: ignore[arg-type]
        )
        return self._settle_new(connection, Sender(who, None), envelope, sealed(envelope))

    def _settle_new(
        self, connection: sa.Connection, sender: Sender, envelope: Envelope, raw: bytes
    ) -> bytes:
        now = self._clock.now()
        known = headers(connection, envelope.command.reports())
        change = epochs.newest(connection)
        before = known.reports
        one = self._ready(connection, sender, envelope, raw, before, known, change, now)
        return write(connection, sender.person, [one], now, self._ids)[0]

    def _settle_together(
        self,
        connection: sa.Connection,
        sender: Sender,
        run: Sequence[Envelope],
        raws: Sequence[bytes],
    ) -> tuple[bytes, ...]:
        """Settle the next commands of an outbox; nothing is done where one of them is not new."""
        first = run[0]
        desk = Desk(sender.person.id, first.workstation)
        upto = outboxes.lock(connection, first.outbox_id, desk)
        if first.seq != upto + 1 or outcomes.any_stored(connection, run):
            return ()
        now, change = self._clock.now(), epochs.newest(connection)
        known = headers(connection, [id for e in run for id in e.command.reports()])
        reports = known.reports
        ready = []
        for envelope, raw in zip(run, raws, strict=True):
            before = {id: reports[id] for id in envelope.command.reports() if id in reports}
            one = self._ready(connection, sender, envelope, raw, before, known, change, now)
            reports.update(one.judged.changed)
            ready.append(one)
        return write(connection, sender.person, ready, now, self._ids)

    def _ready(
        self,
        connection: sa.Connection,
        sender: Sender,
        envelope: Envelope,
        raw: bytes,
        before: dict[ReportId, Report],
        known: Headers,
        change: epochs.EpochChange | None,
        now: datetime,
    ) -> Ready:
        """What a command comes to, as the rules and the serials have it."""
        command = envelope.command
        pack = self._packs.at_hand(connection, envelope.pack)
        seen = epochs.seen(connection, envelope, change)
        context = self._context(connection, sender, envelope, pack, before, seen, now)
        epochs.adopt_number(connection, envelope, pack, now)
        serial = serials.serial_of(connection, envelope)
        hidden = sender.may_not_act({known.scopes[id] for id in before})
        before = {} if hidden else before
        wrong = (
            in_doubt(sender, command, waited=context.waited)
            or hidden
            or _across_scopes(envelope.command, known.scopes)
            or serials.serial_refused(envelope, serial)
            or epochs.not_back_yet(envelope, before, change)
            or _to_nobody(connection, envelope)
            or serials.late(connection, envelope, pack, serial, now)
        )
        settled = None
        if hidden is not OUT_OF_SIGHT:
            settled = cases.settlement(connection, sender, envelope, now)
        read = self._read(connection, command, settled)
        judged = Judged(refusal=wrong) if wrong else judge(before, read, context)
        if settled is not None and not (settled.tells and before):
            judged = Judged(refusal=settled.refusal)
        if isinstance(command, ReleaseHeld) and judged.events:
            judged = _released(connection, command, judged, before, context)
            settled = None if judged.refusal else settled
        stands = serials.settle_serial_of(connection, envelope, serial, judged.refusal)
        if isinstance(command, CreateReport) and not (stands or judged.refusal):
            judged = _numbered(connection, envelope.command_id, command, pack, judged, now)
        serials.note_aliases(connection, envelope.command_id, judged.events)
        fresh = fresh_of(sender, envelope, raw, judged, now, settled, known)
        return Ready(envelope, raw, judged, before, fresh)

    def _read(
        self, connection: sa.Connection, command: Command, settled: cases.Settlement | None
    ) -> Command:
        """The command with the risk phrases the store itself finds; a desk claims none away.

        So with the number of a crime that is settled unrecorded: no desk leaves it out. Whoever is
        given work is called as the account has it.
        """
        if isinstance(command, ReassignReport | OfferReport):
            to = may_hold(connection, command.to.id)
            return msgspec.structs.replace(command, to=to or command.to)
        if isinstance(command, SettleCase) and settled is not None:
            return msgspec.structs.replace(command, crime_number=settled.number)
        if not isinstance(command, CreateReport):
            return command
        return msgspec.structs.replace(command, marked=self._mark(command.account[:NARRATIVE]))

    def _context(
        self,
        connection: sa.Connection,
        sender: Sender,
        envelope: Envelope,
        pack: Pack,
        before: Mapping[ReportId, Report],
        seen: dict[ReportId, int],
        now: datetime,
    ) -> Context:
        command = envelope.command
        number = ""
        if isinstance(command, ReceiveReport) and command.report not in before:
            id = envelope.command_id
            number = numbers.issue_here(connection, pack, "incident", now, command.report, id)
        return Context(
            who=sender.person,
            at=journal.done_at(connection, envelope.made_at, command.reports(), now),
            pack=pack,
            workstation=envelope.workstation,
            recorded_at=now,
            seen=seen,
            fence=envelope.fence,
            released=sender.released,
            reports=before,
            incident_number=number,
        )


def _plain_run(envelopes: Sequence[Envelope | Unreadable]) -> list[Envelope]:
    """The commands at the beginning that take no lock but those of their reports."""
    run: list[Envelope] = []
    for envelope in envelopes:
        if not isinstance(envelope, Envelope) or isinstance(envelope.command, ALONE):
            break
        run.append(envelope)
    return run


def outbox_of(who: Person) -> OutboxId:
    """The outbox kept here for the store itself, or for an intake machine."""
    return OutboxId(f"{outboxes.STORES_OWN}:{who.id}")


def _busy(envelope: Envelope | Unreadable) -> bytes:
    """The outcome that is not stored: the desk sends the command again."""
    alarm.warning("busy: command %s is to be sent again", envelope.command_id)
    return msgspec.json.encode(
        Outcome(
            command_id=envelope.command_id,
            seq=envelope.seq,
            word="retry",
            code="busy",
            sentence="The store is busy. It will be sent again.",
        )
    )


def _released(
    connection: sa.Connection,
    command: ReleaseHeld,
    judged: Judged,
    before: dict[ReportId, Report],
    context: Context,
) -> Judged:
    """What the held command does, after the word of the supervisor who let it."""
    now = context.recorded_at or context.at
    known = partial(releasing.context_of, connection, context=context, now=now)
    more = releasing.released(connection, command, before, known)
    if isinstance(more, Refusal):
        return Judged(refusal=more)
    events = (*judged.events, *more)
    return Judged(events, decider.apply(before, events, context.who.id))


def _numbered(
    connection: sa.Connection,
    id: CommandId,
    command: CreateReport,
    pack: Pack,
    judged: Judged,
    now: datetime,
) -> Judged:
    """A report that a desk took without a number, or with one that is not its own, gets one."""
    report = command.report
    if command.incident_number:
        alarm.error("number %s is not this desk's: %s", command.incident_number, report)
    number = numbers.issue_here(connection, pack, "incident", now, report, id)
    given = IncidentNumberGiven(
        stamp=Stamp(report, now, STORE.author, now), incident_number=number
    )
    changed = {**judged.changed, report: fitted(given.evolve(judged.changed[report]))}
    return Judged((*judged.events, given), changed)


def _across_scopes(command: Command, scopes: Mapping[str, str]) -> Refusal | None:
    """What is told of one report in another's story is for whoever may see both."""
    if len({scopes[id] for id in command.reports() if id in scopes}) < 2:
        return None
    sentence = (
        "One of these reports is restricted and the other is not, so neither may tell of the "
        "other. Leave them apart, and note on the restricted one what they share."
    )
    return Refusal("report/scopes", sentence, "of")


def _to_nobody(connection: sa.Connection, envelope: Envelope) -> Refusal | None:
    """Work given to somebody the store does not know would be nobody's."""
    command = envelope.command
    to = command.to.id if isinstance(command, ReassignReport | OfferReport) else None
    if to is None or may_hold(connection, to) is not None:
        return None
    return Refusal("reassign/to", "Nobody here has that name. Choose who takes it.", "to")
