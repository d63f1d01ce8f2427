"""The check for earlier contacts: made by the desk itself, beside the window, and never left out.

It begins when a report is looked at, is made again whenever the records move, and asks the store
too while there is a line. What it found goes into every THRIVE, whatever a screen says.
"""

from collections.abc import Mapping
from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import Signal

from workstation.cache.confirmed import report_decoder
from workstation.cache.parcel import Found, Search
from workstation.cache.shelf import Shelf
from workstation.desk.questions import Questions
from workstation.desk.same_event import same_event
from workstation.desk.shown import Account, QueueRow
from workstation.desk.stock import Fittings, Stock
from workstation.desk.together import Together
from workstation.domain import earlier_contacts
from workstation.domain.act import Command
from workstation.domain.earlier_contacts import EVERYWHERE, HERE, NOWHERE
from workstation.domain.entry import EntryKind
from workstation.domain.pack import Pack
from workstation.domain.report import EarlierContacts, Report, ReportId, Searched
from workstation.domain.risk import AssessRisk
from workstation.domain.roles import Person
from workstation.domain.traces import Trace, identity, said
from workstation.sync.transport import LinkDown

MOST = 200
MOST_TOGETHER = 100
KEPT = 60
ASK_AGAIN = timedelta(minutes=5)
Reports = Mapping[ReportId, Report]


class _Check(Struct, frozen=True):
    """How far the check of one report has come: here, and at the store where it was asked."""

    of: object
    traces: tuple[Trace, ...] = ()
    here: Reports = {}
    there: Reports | None = None
    asked: tuple[object, ...] = ()
    is_known: bool = False
    result: EarlierContacts | None = None


class Checking(Together):
    """The part of a desk that finds who was here before.

    `reports_changed` (ids): these are shown otherwise now. `contacts_found` (ids): of these more
    is known of earlier contacts.
    """

    reports_changed = Signal(object)
    contacts_found = Signal(object)

    def __init__(self, stock: Stock, fittings: Fittings, person: Person, pack: Pack) -> None:
        super().__init__(stock, fittings, person, pack)
        self.questions = Questions()
        self._checks: dict[ReportId, _Check] = {}
        self.lists.failed.connect(self._on_unreadable)

    def earlier_contacts(self, id: ReportId) -> EarlierContacts | None:
        """Other reports of the same person, address or vehicle; None until that is known."""
        report = self._overlay.report(id)
        if report is None:
            return EarlierContacts()
        of = (report.version, self._stock.shelf.changes(), *self._versions())
        check = self._checks.get(id)
        if check is None or check.of != of:
            self._begin(report, of)
        check = self._checks.get(id)
        return None if check is None else check.result

    def linked(self, id: ReportId) -> tuple[QueueRow, ...]:
        """The earlier contacts and duplicates as rows."""
        report = self._overlay.report(id)
        if report is None:
            return ()
        found = self.earlier_contacts(id)
        ids = [*report.duplicates, *(found.reports if found is not None else ())]
        quoted = report.quotes.report if report.quotes is not None else None
        first = [other for other in (_points_at(report), quoted) if other is not None]
        ids = [*first, *ids]
        return tuple(self.rows(list(dict.fromkeys(ids))))

    def linked_with(self, id: ReportId) -> list[tuple[QueueRow, str]]:
        """Those rows, each with what it shares with this report of who and where."""
        rows = self.linked(id)
        found = self._overlay.reports([id, *(row.id for row in rows)])
        if id not in found:
            return []
        report = found[id]
        perhaps = same_event(report, [found[row.id] for row in rows], self.pack.repeat_check)
        return [
            (row, _in_common(earlier_contacts.shared(report, found[row.id]), perhaps.get(row.id)))
            for row in rows
        ]

    def cluster(self, id: ReportId) -> tuple[Account, ...]:
        """Everybody who told of one event, each with their own words; nothing where it is one.

        First who keeps the work, then as they came in.
        """
        found = self._together_with(id)
        rows = {row.id: row for row in self.rows(list(found))}
        told = [
            Account(
                rows[one.id],
                self._account(one.id) or one.excerpt,
                one.thrive.levels if one.thrive is not None else {},
                _points_at(one) is None,
            )
            for one in found.values()
        ]
        told.sort(key=lambda one: (not one.is_kept, one.row.received_at, one.row.id))
        return tuple(told) if len(told) > 1 else ()

    def _together_with(self, id: ReportId) -> dict[ReportId, Report]:
        """By what points at what, in either direction, as far as it goes."""
        found: dict[ReportId, Report] = {}
        next_ids = [id]
        while next_ids and len(found) < MOST_TOGETHER:
            more = self._overlay.reports([one for one in next_ids if one not in found])
            found |= more
            next_ids = [
                other
                for one in more.values()
                for other in (*one.duplicates, _points_at(one))
                if other is not None and other not in found
            ]
        return found

    def with_check(self, command: Command) -> Command:
        """A THRIVE carries what this desk found; where it is not known yet, it is found now."""
        if not isinstance(command, AssessRisk) or command.earlier is None:
            return command
        found = self.earlier_contacts(command.report)
        report = self._overlay.report(command.report)
        if found is None and report is not None:
            traces = self._traces(report)
            here = held(self._stock.shelf, traces, report.id)
            found = self._result(report, self._with_pending(report, traces, here), HERE)
        return replace(command, earlier=found or EarlierContacts())

    def check_again(self) -> None:
        """The records, or the line, moved: what is on screen is checked anew."""
        if self.viewing is not None:
            self.earlier_contacts(self.viewing)

    def _begin(self, report: Report, of: tuple[object, ...]) -> None:
        traces = self._traces(report)
        before = self._checks.pop(report.id, None) or _Check(None)
        self._checks[report.id] = replace(before, of=of, traces=traces)
        while len(self._checks) > KEPT:
            del self._checks[next(iter(self._checks))]
        self.lists.look(
            ("check", report.id),
            lambda shelf: held(shelf, traces, report.id),
            lambda here: self._take_here(report.id, traces, here),
        )
        self._ask_store(report.id)

    def _ask_store(self, id: ReportId) -> None:
        """Once for what is looked for, and again after some minutes."""
        check = self._checks[id]
        slot = int(self.clock.now().timestamp() // ASK_AGAIN.total_seconds())
        asked = (check.traces, slot)
        if not (check.traces and self._claims.is_online) or check.asked == asked:
            return
        self._checks[id] = replace(check, asked=asked)
        search = Search(traces=check.traces, most=MOST)
        self.questions.ask(
            lambda courier: courier.search(search), lambda answer: self._take_there(id, answer)
        )

    def _take_here(self, id: ReportId, traces: tuple[Trace, ...], here: Reports) -> None:
        check, report = self._checks.get(id), self._overlay.report(id)
        if check is not None and report is not None and check.traces == traces:
            pending = self._with_pending(report, traces, here)
            self._tell_check(report, replace(check, here=pending, is_known=True))

    def _take_there(self, id: ReportId, answer: object) -> None:
        """What the store holds beyond this desk; where it did not answer, it is asked again."""
        check, report = self._checks.get(id), self._overlay.report(id)
        if check is None or report is None:
            return
        if isinstance(answer, Found):
            there = {one.id: one for one in found_reports(answer) if one.id != id}
            self._tell_check(report, replace(check, there=there))
        elif isinstance(answer, LinkDown):
            self._checks[id] = replace(check, asked=())

    def _tell_check(self, report: Report, check: _Check) -> None:
        """Screens hear of it where it says something else than before."""
        result = None
        if check.is_known:
            everywhere = check.there is not None and self._claims.is_online
            both = {**(check.there or {}), **check.here}
            result = self._result(report, both, EVERYWHERE if everywhere else HERE)
        self._checks[report.id] = replace(check, result=result)
        if result != check.result:
            self.contacts_found.emit(frozenset({report.id}))

    def _on_unreadable(self, _: str) -> None:
        """The records cannot be read here: a THRIVE says so, and is never held up by it."""
        for id, check in self._checks.items():
            if not check.is_known:
                unread = EarlierContacts(searched=NOWHERE)
                self._checks[id] = replace(check, result=unread)
                self.contacts_found.emit(frozenset({id}))

    def _line_is(self, online: bool) -> None:
        has_moved = self._claims.is_online != online
        self._claims.is_online = online
        if has_moved:
            self._line_moved()

    def _line_moved(self) -> None:
        """Asked again as soon as there is a line; without one, only this desk was searched."""
        for id, check in list(self._checks.items()):
            self._checks[id] = replace(check, of=None, asked=())
        self.check_again()

    def _result(self, report: Report, others: Reports, searched: Searched) -> EarlierContacts:
        account = self._account(report.id)
        return earlier_contacts.found(report, others.values(), self.pack, searched, account)

    def _with_pending(self, report: Report, traces: tuple[Trace, ...], here: Reports) -> Reports:
        """With what was taken at this desk and has not reached the store."""
        wanted = set(traces)
        mine = {
            one.id: one
            for one in self._overlay.pending()
            if one.id != report.id and (one.id in here or wanted & set(identity(one)))
        }
        return {**here, **mine}

    def _traces(self, report: Report) -> tuple[Trace, ...]:
        return tuple(dict.fromkeys((*identity(report), *said(self._account(report.id)))))

    def _account(self, id: ReportId) -> str:
        lines = (one.entry for one in self.entries(id))
        return "\n".join(line.text for line in lines if line.kind is EntryKind.ACCOUNT)

    def _versions(self) -> tuple[tuple[ReportId, int], ...]:
        return tuple((one.id, one.version) for one in self._overlay.pending())


def _points_at(report: Report) -> ReportId | None:
    """The report that keeps the work, where this one repeats it."""
    return report.closing.duplicate_of if report.closing is not None else None


def _in_common(kinds: tuple[str, ...], event: tuple[str, ...] | None) -> str:
    """The details two reports share, in words, and whether they may tell of one event."""
    said = [f"Same {', '.join(kinds)}"] if kinds else []
    if event:
        said.append(f"Perhaps the same event: {', '.join(event)}")
    return ". ".join(said)


def found_reports(found: Found) -> list[Report]:
    """The headers in a store's answer."""
    return [report_decoder.decode(one.body) for one in found.reports]


def held(shelf: Shelf, traces: tuple[Trace, ...], own: ReportId) -> Reports:
    """The newest other reports of this desk with any of these traces."""
    return shelf.reports([id for id in shelf.found_by(traces, MOST) if id != own])
