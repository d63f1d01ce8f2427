"""What a screen may ask of the reports, answered at once from local files, online or not."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from workstation.cache.outbox import Kept
from workstation.desk import changes, queue
from workstation.desk.attention import attention
from workstation.desk.claims import Claims
from workstation.desk.command_words import Names
from workstation.desk.effective import Overlay
from workstation.desk.lists import Counted, Lists
from workstation.desk.lookup import kept_colleagues
from workstation.desk.mentions import Mentions
from workstation.desk.offers import offered
from workstation.desk.own_shorthand import OwnShorthand
from workstation.desk.presence import Company
from workstation.desk.shown import (
    Attention,
    Counters,
    Offered,
    QueueRow,
    Shown,
    ShownEntry,
    Undelivered,
    Unopened,
)
from workstation.desk.stock import Fittings, Stock
from workstation.desk.undelivered import gone, unconfirmed, undelivered
from workstation.domain.clocks import Promise, promises
from workstation.domain.entry import Entry
from workstation.domain.pack import Pack
from workstation.domain.report import Report, ReportId
from workstation.domain.roles import Person, PersonId, Role
from workstation.domain.traces import REFERENCE, reference_key
from workstation.machine.clock import OffsetClock


class Records(QObject):
    """The reports of a person at a desk: confirmed with what is pending laid over them.

    `lists` answers by signal what takes reading through them all; the rest is answered at once.
    """

    counters_changed = Signal()
    undelivered_changed = Signal(object)

    def __init__(self, stock: Stock, fittings: Fittings, person: Person, pack: Pack) -> None:
        super().__init__()
        self.person = person
        self.clock = OffsetClock(fittings.clock)
        self._fittings = replace(fittings, clock=self.clock)
        self.workstation = fittings.workstation
        self._stock = stock
        self._overlay = Overlay(stock.shelf, person, pack)
        self._claims = Claims(
            self._overlay,
            person,
            fittings.clock,
            self.clock,
            lambda: stock.shelf.standing().synced_at,
        )
        self._looks = stock.jottings.looks()
        self._known_to: int | None = None
        self._laid_over: tuple[int, int] | None = None
        self._company = Company(person.id, fittings.workstation, fittings.clock)
        self._counted = Counted()
        self.shorthand = OwnShorthand(stock, lambda: self.pack)
        self.lists = Lists(stock.lists, person.id)
        self.mentions = Mentions(fittings.find_mentions)
        self.lists.counted.connect(self._take_counts)
        self._lay_over()
        self._mended = 0
        self._told_undelivered: tuple[Undelivered, ...] = ()
        self._told_undelivered = self.undelivered()

    @property
    def pack(self) -> Pack:
        """The force pack in force."""
        return self._overlay.pack

    def report(self, id: ReportId) -> Shown | None:
        """A report as it is in effect, or None when it is not on this desk."""
        report = self._overlay.report(id)
        if report is None:
            return None
        return Shown(
            report,
            self._overlay.waiting(id),
            self._overlay.stage(id),
            self._claims.doubt(report),
            self._claims.held_back(report),
            any(id in one.envelope.command.reports() for one in self._stock.unsaved.acts()),
        )

    def entries(self, id: ReportId) -> tuple[ShownEntry, ...]:
        """The story of a report in the store's order, pending lines last."""
        look, me = self._looks.get(id), self.person.id
        told = self._stock.shelf.entries(id)
        known = {entry.id for _, entry in told}
        shown = [ShownEntry(e, False, changes.is_new(n, e, look, me)) for n, e in told]
        pending = [e for e in self._overlay.entries(id) if e.id not in known]
        return (*shown, *(ShownEntry(e, True, False) for e in pending))

    def changed_since_looked(self, id: ReportId, but_moves: bool = False) -> str:
        """One line of what others did since this person looked, or nothing.

        `but_moves`: to whom the report went is told elsewhere on the screen.
        """
        if id not in self._looks:
            return ""
        return changes.line(e.entry for e in self._told(id, but_moves) if e.is_new)

    def moved_meanwhile(
        self, id: ReportId, marked: Collection[str], but_moves: bool = False
    ) -> str:
        """That line, with the lines `marked` as new before, where it is to be told at once."""
        entries = self._told(id, but_moves)
        if not any(one.is_new and changes.is_of_moment(one.entry) for one in entries):
            return ""
        return changes.line(e.entry for e in entries if e.is_new or e.entry.id in marked)

    def last_move(self, id: ReportId) -> Entry | None:
        """The line that tells how the report came to whoever has it, with a short reason."""
        moves = [e.entry for e in self.entries(id) if changes.is_move(e.entry)]
        return replace(moves[-1], text=changes.reason(moves[-1])) if moves else None

    def _told(self, id: ReportId, but_moves: bool) -> list[ShownEntry]:
        entries = self.entries(id)
        return [e for e in entries if not (but_moves and changes.is_move(e.entry))]

    def promises(self, id: ReportId) -> tuple[Promise, ...]:
        """Every clock of the report, the running ones first."""
        report = self._overlay.report(id)
        return () if report is None else promises(report, self.pack)

    def rows(self, ids: Sequence[ReportId]) -> list[QueueRow]:
        """The rows of these reports, in the order asked for."""
        found = self._overlay.reports(list(ids))
        newest = self._stock.shelf.newest_positions([id for id in found if id not in self._looks])
        return [self._row(found[id], newest.get(id, 0)) for id in ids if id in found]

    def by_reference(self, reference: str) -> ReportId | None:
        """The report that people know by this very reference."""
        pending = [one.id for one in self._overlay.pending() if reference == one.reference]
        found = self._stock.shelf.found_by([(REFERENCE, reference_key(reference))], 1)
        return next(iter([*pending, *found]), None) if reference else None

    def counters(self) -> Counters:
        """The figures of the top bar, over the handlers' queue as it was counted last."""
        counted = self._counted
        is_senior = Role.SUPERVISOR in self.person.roles
        waiting = sum(is_senior or one.mine for one in self.attention())
        waiting += counted.lowerings if is_senior else 0
        return Counters(
            counted.by_channel,
            counted.overdue,
            counted.open,
            waiting,
            counted.owed,
            counted.owed_late,
        )

    def undelivered(self) -> tuple[Undelivered, ...]:
        """The grades that send officers which dispatch has NOT got.

        With the line down nothing is on its way: they are told at once. What was told stays told
        until the store has it, also when the line is back.
        """
        waiting = self.unconfirmed()
        if not self._claims.is_online:
            return waiting
        late = undelivered(self._sending_officers(), self._overlay, self.clock.now())
        told = {(one.report, one.made_at) for one in (*late, *self._told_undelivered)}
        return tuple(one for one in waiting if (one.report, one.made_at) in told)

    def unconfirmed(self) -> tuple[Undelivered, ...]:
        """Those, and the ones of the last few seconds: what a person leaves behind by leaving."""
        return unconfirmed(self._sending_officers(), self._overlay)

    def _tell_undelivered(self) -> None:
        """What went with a damaged file is told until she has read it."""
        now = self.undelivered()
        if self._mended != self._stock.work.mended:
            self._mended = self._stock.work.mended
            kept = {(one.report, one.made_at) for one in now}
            for one in self._told_undelivered:
                if (one.report, one.made_at) not in kept:
                    self._stock.notices.add(gone(one))
        if now != self._told_undelivered:
            self._told_undelivered = now
            self.undelivered_changed.emit(now)

    def _sending_officers(self) -> list[Kept]:
        unsaved = [one for one in self._stock.unsaved.acts() if one.sends]
        return [*self._stock.outbox.sending_officers(), *unsaved]

    def unopened(self) -> tuple[Unopened, ...]:
        """Confirmed emergencies that no dispatcher has opened within the pack's seconds."""
        wait = timedelta(seconds=self.pack.promises.unopened_alarm_seconds)
        late = (self.clock.now() - wait).timestamp()
        ids = self._stock.shelf.unopened(late)
        found = self._overlay.reports([id for id in ids if not self._overlay.waiting(id)])
        return tuple(
            Unopened(report.id, report.reference, report.grading.at, report.grading.name)
            for report in found.values()
            if report.grading is not None and report.told_by_voice is None
        )

    def offers(self) -> tuple[Offered, ...]:
        """What colleagues offer this person, and what they declined, in the queue's order."""
        ids = self._stock.shelf.offered_to(self.person.id)
        found = self._overlay.reports(ids)
        return tuple(offered(found[id]) for id in ids if found[id].offer is not None)

    def attention(self) -> tuple[Attention, ...]:
        """Refused commands that nobody has settled."""
        refused = self._stock.outbox.refused()
        settled = self._stock.jottings.settled()
        cases = self._stock.shelf.cases()
        drafts = self._stock.drafts.everything()
        names = Names(self.pack, self._overlay.report, self._people)
        return attention(refused, cases, settled, drafts, self.person, names)

    def _people(self) -> dict[PersonId, str]:
        return {one.id: one.name for one in kept_colleagues(self._stock.work)}

    def _row(self, report: Report, newest: int) -> QueueRow:
        is_pending = self._overlay.stage(report.id) != "confirmed"
        has_new = self._has_new(report, newest)
        now, me = self.clock.now(), self.person.id
        made = queue.row(report, self.pack, me, now, is_pending=is_pending, has_new=has_new)
        is_mine = made.holder_id == self.person.id
        is_unsure = is_mine and bool(self._claims.doubt(report))
        company = self._company.at(report.id)
        return replace(made, company=company, is_unsure=is_unsure)

    def _has_new(self, report: Report, newest: int) -> bool:
        """Whether others changed it since this person looked, or since they last sat here.

        What was in the list before they first sat down is no news: else every row is marked.
        """
        look = self._looks.get(report.id)
        if look is not None:
            return report.changed_by_others_since(look.version, self.person.id)
        if self._known_to is None or newest <= self._known_to:
            return False
        return report.changed_by_others_since(report.version - 1, self.person.id)

    def _lay_over(self) -> frozenset[ReportId]:
        """Build the overlay again, unless it was built of these very files, or one is damaged."""
        if self._stock.work.trouble:
            return frozenset()
        unsaved = self._stock.unsaved.acts()
        files = (self._stock.shelf.changes(), self._stock.work.changes())
        if files == self._laid_over and not unsaved:
            return frozenset()
        self._laid_over = None if unsaved else files
        standing = self._stock.shelf.standing()
        if self._known_to is None and standing.synced_at is not None:
            self._known_to = standing.position
        kept = self._stock.outbox.since(standing.position)
        touched = self._overlay.rebuild([*kept, *unsaved])
        if touched:
            rows = self._overlay.rows()
            self._stock.shelf.lay_over(rows)
            self.lists.lay_over(rows)
        return touched

    def _take_counts(self, counted: Counted) -> None:
        self._counted = counted
        self.counters_changed.emit()
