"""The report page: one report, filled by `show_report`, whatever its channel.

Opening or coming back to it, one line says what changed since this person looked.
"""

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from workstation.desk import Desk, Shown
from workstation.domain.entry import EntryKind
from workstation.domain.refusal import Refusal
from workstation.domain.report import ReportId
from workstation.ui.banner import Banner
from workstation.ui.empty import Empty
from workstation.ui.scroll import Scroll
from workstation.ui.surface import Surface
from workstation.ui.tabs import Tabs
from workstation.ui.ticker import ticker
from workstation.views.literal import literal
from workstation.views.report.account import AccountCard
from workstation.views.report.acts import form_named
from workstation.views.report.ask_form import OPEN, AskForm
from workstation.views.report.claims import Claims
from workstation.views.report.composer import Composer
from workstation.views.report.facts import FactsCard
from workstation.views.report.form_place import FormPlace
from workstation.views.report.guide_tab import GuideTab
from workstation.views.report.hazards import Hazards
from workstation.views.report.header import ReportHeader
from workstation.views.report.links import Links
from workstation.views.report.log import LogList
from workstation.views.report.log_acts import CONTACTING
from workstation.views.report.offer_bar import OfferBar
from workstation.views.report.offer_forms import decline_form
from workstation.views.report.parts_beside import PartsBesideLog
from workstation.views.report.promises_card import PromisesCard
from workstation.views.report.risk_card import RiskCard
from workstation.views.report.standing_bars import StandingBars
from workstation.views.report.unsent_bar import UnsentBar
from workstation.views.report.unsure_bar import UnsureBar

REPORT, QUESTIONS, LINKED, LOG = range(4)


class ReportPage(Surface):
    """`opened(str)`: the person wants another report. `said(str)`: a sentence for a notice."""

    opened = Signal(str)
    said = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("app", parent=parent)
        self._desk = desk
        self._id: ReportId | None = None
        self._claims = Claims(desk)
        self._new: frozenset[str] = frozenset()
        self._narrow = False
        self.header = ReportHeader(desk)
        self.changed = Banner("accent", "", "info", dismissable=True)
        self.hazards = Hazards()
        self.offer = OfferBar(desk)
        self.unsure = UnsureBar(desk)
        self.standings = StandingBars(desk)
        self.unsent = UnsentBar(desk)
        self.trouble = Banner("danger", "", "circle-alert", dismissable=True)
        self.promises = PromisesCard(desk)
        self.tabs = Tabs(["Report", "Questions", "Linked", "Log"], "Parts of the report")
        self.account = AccountCard()
        self.risk = RiskCard(desk.pack.thrive_model)
        self.facts = FactsCard(desk)
        self.guides = GuideTab(desk)
        self.links = Links(desk, self)
        self.log = LogList()
        self.composer = Composer(desk)
        self._form_place = FormPlace(self.composer.text)
        self.nothing = Empty("No report is open", "Move with J and K, open with Enter.", "inbox")
        self._lay_out()
        self._connect()
        self.show_report(None)

    @property
    def form(self) -> AskForm | None:
        """What is asked on the page just now."""
        return self._form_place.form

    @property
    def report_id(self) -> ReportId | None:
        """The report on the page."""
        return self._id

    def show_report(self, id: ReportId | None) -> None:
        """Show a report, or that none is open; what was typed elsewhere is kept."""
        is_new = id != self._id
        if is_new:
            self._begin(id)
        shown = self._desk.report(id) if id is not None else None
        self._stack.setCurrentWidget(self._page if shown is not None else self.nothing)
        self.composer.show_report(id if shown is not None else None)
        if shown is not None:
            self._fill(shown)
            if is_new:
                self._reopen_form(shown.report.id)

    def _reopen_form(self, id: ReportId) -> None:
        """A form that was being filled in stands open again."""
        draft = self._desk.draft(id, OPEN)
        form = form_named(self._desk, id, draft.text) if draft is not None else None
        if form is not None:
            self.show_form(form, takes_focus=False)

    def ask(self, name: str) -> None:
        """Open the form of this name for the report on the page."""
        form = form_named(self._desk, self._id, name) if self._id is not None else None
        if form is not None:
            self.show_form(form)

    def set_narrow(self, narrow: bool) -> None:
        """Under the breakpoint the log is a tab; above it stands beside the report."""
        self._narrow = narrow
        self.header.set_narrow(narrow)
        self.tabs.setTabVisible(LOG, narrow)
        if not narrow and self.tabs.currentIndex() == LOG:
            self.tabs.setCurrentIndex(REPORT)
        self._parts.set_narrow(narrow)
        self._page_column.setContentsMargins(*((16, 12, 16, 10) if narrow else (20, 14, 20, 10)))
        self.show_report(self._id)

    def show_form(self, form: AskForm, takes_focus: bool = True) -> None:
        """Ask something inside the page, above its tabs."""
        self._form_place.show_form(form, takes_focus)

    def turn_to(self, part: int) -> None:
        """Show a part of the report; a card that has the page to itself goes."""
        self._form_place.make_way()
        self.tabs.setCurrentIndex(part)

    def take_or_release(self) -> None:
        """Take the report, accept it, or give it back."""
        if self._id is not None:
            self._say(self._claims.press(self._id))

    def decline_offer(self) -> None:
        """Ask for a word to go back with the offer."""
        if self._id is not None:
            self.show_form(decline_form(self._desk, self._id))

    def write_note(self) -> None:
        """Go to the log's field, wherever one is."""
        self.composer.take_focus()

    def edit_facts(self) -> None:
        """Turn the key facts into a form."""
        self.turn_to(REPORT)
        self.facts.start_editing()

    def ask_questions(self) -> None:
        """Go to the first question that nobody has asked."""
        self.turn_to(QUESTIONS)
        self.guides.take_focus()

    def show_line(self, entry: str) -> None:
        """Bring a line of the log into sight."""
        self.turn_to(LOG if self._narrow else self.tabs.currentIndex())
        self.log.reveal(entry)

    def toggle_promises(self) -> None:
        """Show or hide how the due time is worked out."""
        self.header.due.toggle()

    def showEvent(self, event: QShowEvent) -> None:
        """Others are told what is on screen here."""
        super().showEvent(event)
        self._desk.view(self._id)

    def hideEvent(self, event: QHideEvent) -> None:
        """What is not on screen is looked at by nobody."""
        super().hideEvent(event)
        self._desk.view(None)

    def _begin(self, id: ReportId | None) -> None:
        self._id = id
        self._claims.forget()
        if self.isVisible():
            self._desk.view(id)
        self._form_place.close_form()
        self.guides.show_report(None)
        self.standings.fold_up()
        self.trouble.hide()
        self.header.due.setChecked(False)
        self.tabs.setCurrentIndex(REPORT)
        is_told = self.unsent.show_report(id)
        line = self._desk.changed_since_looked(id, is_told) if id is not None else ""
        _tell_changed(self.changed, line)
        self._new = frozenset()
        self._area.verticalScrollBar().setValue(0)

    def _fill(self, shown: Shown) -> None:
        report, now = shown.report, self._desk.clock.now()
        is_move_told = self.unsent.show_report(report.id)
        entries = self._desk.entries(report.id)
        new = {one.entry.id for one in entries if one.is_new}
        line = self._desk.moved_meanwhile(report.id, self._new, is_move_told) if new else ""
        if line:
            _tell_changed(self.changed, line)
        self._new |= new
        self.header.show_report(shown)
        self.offer.show_offer(report)
        self.unsure.show_report(shown)
        self.hazards.show_hazards(report.hazards)
        self.standings.show_report(shown, is_move_told)
        accounts = (e.entry.text for e in entries if e.entry.kind is EntryKind.ACCOUNT)
        self.account.show_account(next(accounts, report.excerpt), report.marked)
        self.risk.show_report(report, self._desk.pack, now)
        self.facts.show_report(report)
        self.guides.show_report(report, entries)
        self.links.show_report(report.id)
        self.tabs.rename(LOG, f"Log {len(entries)}")
        self.log.show_lines(entries, self._new, now)
        if self.promises.isVisibleTo(self):
            self._show_promises(True)
        if self.isVisible():  # kept on disk in a turn of its own
            QTimer.singleShot(0, self, partial(self._desk.looked_at, report.id))

    def _show_promises(self, on: bool) -> None:
        self.promises.setVisible(on)
        if on and self._id is not None:
            self.turn_to(REPORT)
            self._area.verticalScrollBar().setValue(0)
            self.promises.show_report(self._id)

    def _give_room(self) -> None:
        """What is read out has the page to itself, but for what must never be out of sight."""
        alone = self._form_place.has_page
        self.standings.keep_short(alone)
        for part in (self.tabs, self._parts):
            part.setVisible(not alone)

    def _say(self, refusal: Refusal | None) -> None:
        self.trouble.setVisible(refusal is not None)
        if refusal is not None:
            self.trouble.set_text(refusal.sentence)
            self.said.emit(refusal.sentence)

    def _on_changed(self, ids: frozenset[ReportId]) -> None:
        if self._id in ids:
            self.show_report(self._id)

    def _on_tick(self) -> None:
        if self._id is not None and self.isVisible() and (shown := self._desk.report(self._id)):
            self.header.tick(shown.report)
            self.standings.renew(shown)

    def _connect(self) -> None:
        self._desk.reports_changed.connect(self._on_changed)
        self._desk.presence_changed.connect(self._on_changed)
        ticker().tick.connect(self._on_tick)
        self.header.take_asked.connect(self.take_or_release)
        self.unsent.changed.connect(self._on_changed)
        self.offer.answered.connect(self._say)
        self.offer.declined.connect(self.decline_offer)
        self.header.due.toggled.connect(self._show_promises)
        self.links.opened.connect(self.opened)
        self.links.counted.connect(lambda count: self.tabs.rename(LINKED, f"Linked {count}"))
        self.standings.form_asked.connect(self.ask)
        self.log.form_asked.connect(self.ask)
        self.guides.logged.connect(self.said)
        self.guides.line_wanted.connect(self.show_line)
        self.guides.renamed.connect(lambda: self.tabs.rename(QUESTIONS, self.guides.title))
        self.composer.contact_asked.connect(partial(self.ask, CONTACTING))
        self.tabs.currentChanged.connect(self._parts.show_part)
        self._form_place.changed.connect(self._give_room)

    def _lay_out(self) -> None:
        self._page = QWidget()
        self._page_column = QVBoxLayout(self._page)
        self._page_column.setSpacing(8)
        bars = (self.hazards, self.offer, self.standings, self.unsure, self.unsent)
        for bar in (self.header, *bars):
            self._page_column.addWidget(bar)
        self.promises.hide()
        for part in (self.changed, self.trouble):
            part.hide()
            self._page_column.addWidget(part)
        self._page_column.addWidget(self._form_place)
        self._page_column.addWidget(self.tabs)
        self._area = _scrolling("Report", self.promises, self.account, self.risk, self.facts)
        linked = _scrolling("Linked", self.links.cluster, self.links.linked)
        self._parts = PartsBesideLog((self._area, self.guides, linked), self.log)
        self._page_column.addWidget(self._parts, 1)
        self._page_column.addWidget(self.composer)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._page)
        self._stack.addWidget(self.nothing)


def _tell_changed(banner: Banner, line: str) -> None:
    """What others did since the person looked; hidden where that is nothing."""
    banner.set_text(literal(line), "Since you looked:")
    banner.setVisible(bool(line))


def _scrolling(name: str, *cards: QWidget) -> Scroll:
    """Cards in a column that scrolls."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 6, 0)
    column.setSpacing(12)
    for card in cards:
        column.addWidget(card)
    column.addStretch(1)
    return Scroll(page, name)
