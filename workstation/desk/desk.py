"""The one object a screen talks to. It answers at once and never waits for the network."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Signal

from workstation.cache.confirmed import CacheDamaged
from workstation.cache.jottings import Look
from workstation.cache.outbox import Kept
from workstation.cache.parcel import Colleague
from workstation.cache.work import CannotKeep
from workstation.desk import lookup
from workstation.desk.attention import case_of
from workstation.desk.claims import Beaten
from workstation.desk.marking import Marking
from workstation.desk.numbering import Numbering
from workstation.desk.packets import Packets
from workstation.desk.shown import LinkState
from workstation.desk.stock import Fittings, Stock
from workstation.desk.supervising import Supervising
from workstation.desk.timing import Timing
from workstation.domain.act import WAITED, Command
from workstation.domain.claiming import ClaimReport
from workstation.domain.intake import CreateReport
from workstation.domain.numbers import series_at
from workstation.domain.pack import Pack
from workstation.domain.packets import ReservePacket
from workstation.domain.refusal import Refusal
from workstation.domain.report import Channel, Facts, Location, ReportId, Victim
from workstation.domain.roles import Person, Role


class Desk(Supervising):
    """A person at a workstation.

    Signals: `reports_changed` (frozenset of ids), `queue_changed` (rows came, went or moved),
    `looks_changed` (ids this person has read by now: only how their rows are marked is another),
    `link_changed` (LinkState), `undelivered_changed` (tuple), `attention_changed`, `refused` (a
    Case that came back later and needs acknowledging), `signed_out` (a sentence),
    `presence_changed` (ids of reports where somebody came, went or fell silent),
    `claims_doubted` (nothing held here is sure: the store is to be asked).
    """

    refused = Signal(object)
    signed_out = Signal(str)
    looks_changed = Signal(object)
    wants_news = Signal()
    claims_doubted = Signal()

    def __init__(self, stock: Stock, fittings: Fittings, person: Person, pack: Pack) -> None:
        super().__init__(stock, fittings, person, pack)
        self.stock = stock
        self._timing = Timing(self.clock, stock)
        self.marking = Marking(stock, fittings.marks)
        self._link = LinkState(synced_at=stock.shelf.standing().synced_at)
        self._colleagues: tuple[Colleague, ...] = lookup.kept_colleagues(stock.work)
        self._is_doubted = True
        self._packets = Packets(stock.shelf, self._overlay, person, self.workstation)
        self.queue_changed.connect(self.count)
        self.lists.failed.connect(self._tell_unread)

    def count(self) -> None:
        """Ask how many wait just now; `counters_changed` tells when that is known."""
        self.lists.count(self.clock.now())

    def _tell_unread(self, sentence: str) -> None:
        self._stock.notices.add(sentence)
        self.link_changed.emit(self.link())

    def claim_if_free(self, id: ReportId) -> Refusal | None:
        """Before an exclusive act: take the report unless it is held already."""
        report = self._overlay.report(id)
        if report is not None and report.claim is not None:
            is_mine = report.claim.by.id == self.person.id and report.lease == "active"
            if is_mine or Role.SUPERVISOR in self.person.roles:
                return None
        return self.submit(ClaimReport(report=id))

    def record_crime(self, id: ReportId, offence: str, victim: Victim) -> Refusal | str:
        """The crime number, which is on disk before it is returned: it may now be spoken."""
        done = self._acts.record_crime(id, offence, victim)
        if isinstance(done, Refusal):
            return done
        self.marking.keep()
        self._kept(done[0])
        return done[1]

    def take_contact(
        self,
        channel: Channel,
        account: str,
        facts: Facts,
        location: Location,
        happening_now: bool = False,
        id: ReportId | None = None,
    ) -> Refusal | ReportId:
        """A call or a walk-in, on record here from its first words; `id` where it was begun."""
        id = id or self.new_contact()
        command = CreateReport(
            report=id,
            channel=channel,
            account=account,
            facts=facts,
            location=location,
            happening_now=happening_now,
            marked=self._fittings.mark(account),
        )
        kept = self._acts.take_contact(command)
        if isinstance(kept, Refusal):
            return kept
        self.marking.keep()
        self._kept(kept)
        return id

    def new_contact(self) -> ReportId:
        """The id under which a contact will be on record."""
        return ReportId(self._fittings.ids.new())

    def looked_at(self, id: ReportId) -> None:
        """The person has the report on screen as it is now."""
        if self._overlay.report(id) is None:
            return
        confirmed = self._overlay.confirmed(id)
        version = confirmed.version if confirmed is not None else 0
        look = Look(version, self._stock.shelf.newest_positions([id])[id])
        if self._looks.get(id) != look:
            self._looks[id] = look
            self._stock.unsaved.do(lambda: self._stock.jottings.looked(id, look))
            self.looks_changed.emit(frozenset({id}))

    def link(self) -> LinkState:
        """The truth about the line."""
        series, unsaved = series_at(self.pack, "crime", self.clock.now()), self._stock.unsaved
        return LinkState(
            online=self._link.online,
            since=self._link.since,
            waiting=self._stock.outbox.waiting() + len(unsaved.acts()),
            unsaved=len(unsaved.acts()),
            unsaved_why=unsaved.trouble,
            synced_at=self._link.synced_at,
            blocks_left=self._stock.blocks.left(series),
            problem=self._link.problem,
            notices=self._stock.notices.all(),
            disk=self._stock.work.trouble or self._disk,
            leapt=self._timing.leapt,
        )

    def give_back_numbers(self) -> Refusal | None:
        """The unused numbers go back to the store; this desk gives none until it is reopened."""
        return self._move_numbers(Numbering(self._stock, self.person).give_back)

    def load_numbers(self) -> Refusal | None:
        """Fifty crime numbers more, before a planned time without the store."""
        numbering, now = Numbering(self._stock, self.person), self.clock.now()
        return self._move_numbers(lambda: numbering.preload(self.pack, now))

    def _move_numbers(self, move: Callable[[], None]) -> Refusal | None:
        try:
            move()
        except CannotKeep as wrong:
            return Refusal("desk/not-saved", str(wrong))
        self.link_changed.emit(self.link())
        self.has_work.emit()
        return None

    def colleagues(self) -> tuple[Colleague, ...]:
        """The people work can be given to, as last heard."""
        return self._colleagues

    def tick(self) -> None:
        """Once a second: first tell what dispatch has not got; then keep how far the desk got."""
        self._tell_undelivered()
        self._save_again()
        self._look_at_work()
        self._look_at_disk()
        if self._timing.look():
            self.link_changed.emit(self.link())
        self.marking.keep()
        self.note_kept()
        self._grow_old()
        self._look_at_claims()

    def _look_at_claims(self) -> None:
        """Screens hear where a claim is sure no more, or again; the store is asked at once."""
        try:
            ids = self._stock.shelf.held_by(self.person.id)
            watched = dict.fromkeys([*ids, *([self.viewing] if self.viewing is not None else [])])
            changed = self._claims.changed(watched)
        except CacheDamaged as wrong:
            self._tell_unread(str(wrong))
            return
        self._tell(changed)
        was_doubted, self._is_doubted = self._is_doubted, self._claims.is_doubted()
        if self._is_doubted and not was_doubted:
            self.claims_doubted.emit()

    def _tell_kept(self, done: Sequence[Kept]) -> None:
        commands = [one.envelope.command for one in done]
        self._tell(frozenset(id for command in commands for id in command.reports()))
        self._tell_undelivered()
        if any(isinstance(command, ClaimReport) for command in commands):
            self._packets.taken()
        self.link_changed.emit(self.link())
        self.has_work.emit()
        if any(one.sends for one in done):
            self.note_kept()

    # What the conversation with the store reports, on the window's thread.

    def wake(self) -> None:
        """Try the store now: after a new sign-in, or when the network came back."""
        self.wants_news.emit()
        self.has_work.emit()

    def measure(self, store_time: datetime) -> None:
        """The store said what time it is."""
        self._timing.measure(store_time)

    def beaten(self, beaten: Beaten) -> None:
        """The store answered a sign of life: what it still says to be held here is sure."""
        self._claims.beaten(beaten)
        self._look_at_claims()

    def know(self, colleagues: tuple[Colleague, ...]) -> None:
        """The people work can be given to."""
        self._colleagues = colleagues

    def settled(self, raw: bytes) -> Kept | None:
        """Take one outcome; tells of a refusal."""
        kept = self._stock.outbox.settle(raw, self.clock.now())
        if kept is None or kept.outcome is None:
            return kept
        if kept.outcome.word == "refused":
            if not kept.settled:
                self.refused.emit(case_of(kept, self.person))
            self.attention_changed.emit()
        elif kept.sends:
            self._stock.outbox.arrived(kept.envelope.command.report)
        elif isinstance(kept.envelope.command, ReservePacket):
            self._packets.settled(won=kept.outcome.versions != kept.envelope.seen)
        return kept

    def refresh(self, changed: frozenset[ReportId], pack: Pack | None = None) -> None:
        """The cache or the outbox moved: build the overlay again and tell."""
        if pack is not None:
            self._overlay.pack = pack
            self._laid_over = None
        self._claims.news(changed)
        self._tell(changed | self._lay_over())
        self.tick()
        self.link_changed.emit(self.link())

    def heard(self, link: LinkState) -> None:
        """The line went up or down."""
        went_down = self._link.online and not link.online
        came_up = link.online and not self._link.online
        before = self._link.since
        since = self.clock.now() if went_down or came_up else before
        self._link = LinkState(
            online=link.online,
            since=since,
            synced_at=link.synced_at or self._link.synced_at,
            problem=link.problem,
        )
        self._line_is(link.online)
        self._look_at_claims()
        self._tell_undelivered()
        if came_up and before is not None and self.clock.now() - before > WAITED:
            self._packets.give_back(self._keep_quietly)
        elif link.online:
            self._packets.set_aside(self._keep_quietly, self.clock.monotonic())
        self.link_changed.emit(self.link())

    def _keep_quietly(self, command: Command) -> None:
        """An act of the desk itself: where it cannot be kept, nothing is lost."""
        kept = self._acts.submit(command)
        if isinstance(kept, Kept):
            self._kept(kept)
