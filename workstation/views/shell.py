"""The window: where one is, what is true of the line, and the work itself.

What dispatch has not got, and what was refused, stand above everything on every screen.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workstation.desk import Desk
from workstation.domain.report import ReportId
from workstation.domain.roles import DECIDERS, Role
from workstation.ui.announcer import say
from workstation.ui.palette import CommandPalette
from workstation.ui.rail import Rail, RailItem
from workstation.ui.shortcut_sheet import ShortcutSheet
from workstation.ui.theme import apply_theme, current
from workstation.ui.tokens import DARK, LIGHT
from workstation.views.actions import Actions
from workstation.views.afterwards import Afterwards
from workstation.views.attention import AttentionPage
from workstation.views.back import Back
from workstation.views.commands import add_commands, more_menu
from workstation.views.leaving import Leaving
from workstation.views.left_behind import LeftBehind, LeftBehindBar
from workstation.views.notice_bar import DiskBar, NoticeBar, UnsavedBar
from workstation.views.notices import Notices
from workstation.views.offers_bar import OffersBar
from workstation.views.offline_banner import OfflineBanner
from workstation.views.palette_entries import PaletteSource
from workstation.views.person_menu import person_menu
from workstation.views.records import RecordsPage
from workstation.views.refused_bar import RefusedBar
from workstation.views.settings import SettingsPage
from workstation.views.statusbar import StatusBar
from workstation.views.taking.page import TakingPage
from workstation.views.topbar import TopBar
from workstation.views.undelivered_bar import UndeliveredBar, UnopenedLine
from workstation.views.work import DISPATCH, IMU, OWED, QUEUE, WorkPage
from workstation.views.writing import finish, is_written_outside

BREAKPOINT = 1600
ATTENTION, TAKING, HELP, SETTINGS = "attention", "taking", "help", "settings"
RECORDS = "records"
_RAIL = (
    RailItem(QUEUE, "Queue", "inbox", "Ctrl+1"),
    RailItem(DISPATCH, "Dispatch", "radio", "Ctrl+2"),
    RailItem(IMU, "Handed", "git-branch", "Ctrl+3"),
    RailItem(ATTENTION, "Attention", "bell", "Ctrl+4"),
    RailItem(OWED, "Owed", "calendar-clock", "Ctrl+5"),
    RailItem(RECORDS, "Records", "search", "Ctrl+6"),
    RailItem(TAKING, "Contact", "phone-incoming", "Ctrl+T"),
    RailItem(HELP, "Help", "circle-help", "F1", at_foot=True),
    RailItem(SETTINGS, "Settings", "settings", at_foot=True),
)


class MainWindow(QWidget):
    """The whole workstation of one person. The composition root listens to its signals.

    `left` is what somebody before left behind unsent at this PC; `left_told` names a report of
    those that dispatch was told of by voice.
    """

    role_chosen = Signal(object)
    sign_out_asked = Signal()
    theme_chosen = Signal(str)
    left_told = Signal(str)

    def __init__(
        self, desk: Desk, demonstration: bool = False, left: Sequence[LeftBehind] = ()
    ) -> None:
        super().__init__()
        self.desk = desk
        self._demonstration = demonstration
        self._narrow: bool | None = None
        name = "DEMONSTRATION" if demonstration else "Demand Hub Workstation"
        self.setWindowTitle(f"{name} \N{MIDDLE DOT} {desk.pack.force_name}")
        self.setMinimumSize(1180, 640)
        self.rail = Rail(_RAIL)
        self.top = TopBar(desk, demonstration)
        self.status = StatusBar(desk)
        self.unopened = UnopenedLine(desk)
        self.undelivered = UndeliveredBar(desk)
        self.left_behind = LeftBehindBar(desk, left)
        self.leaving = Leaving(desk, self)
        self.refused = RefusedBar(desk)
        self.offline = OfflineBanner(desk)
        self.disk = DiskBar(desk)
        self.unsaved = UnsavedBar(desk)
        self.notice = NoticeBar(desk)
        self.work = WorkPage(desk)
        self.attention = AttentionPage(desk)
        self.taking = TakingPage(desk)
        self.settings = SettingsPage(desk)
        self.records = RecordsPage(desk)
        self.pages = QStackedWidget()
        self.offers = OffersBar(desk, self.work, self.pages)
        feet = (self.work.report.guides.foot, self.work.report.composer, self.taking.foot)
        self.toasts = Notices(desk, self.pages, *feet)
        self.back = Back(self, self)
        self.afterwards = Afterwards(self, self)
        self._lay_out()
        self.commands = Actions(self)
        add_commands(self, self.commands, self.afterwards)
        self.back.add_key(self.commands)
        self.palette_box = CommandPalette(
            self,
            PaletteSource(
                desk, self.commands, self.open_report, self.records.search_for, self.work.redirect
            ),
        )
        self.sheet = ShortcutSheet(self)
        self._connect()
        self._begin()

    def go(self, key: str) -> None:
        """Go to a place of the rail."""
        if key == HELP:
            self.sheet.open_with(self.commands.shortcuts())
            return
        self.back.note()
        pages: dict[str, QWidget] = {
            ATTENTION: self.attention,
            TAKING: self.taking,
            SETTINGS: self.settings,
            RECORDS: self.records,
        }
        self.pages.setCurrentWidget(pages.get(key, self.work))
        self.rail.set_chosen(key)
        if key in self.work.lists:
            self.work.show_list(key)
        elif key == TAKING:
            self.taking.begin()
        elif key == SETTINGS:
            self.settings.fill()

    def _on_page(self) -> None:
        self.refused.set_quiet(self.pages.currentWidget() is self.attention)
        self.status.set_listing(self.pages.currentWidget() is self.work)

    def open_report(self, id: str) -> None:
        """Show a report and go to it, from wherever one is."""
        self.back.note()
        self.pages.setCurrentWidget(self.work)
        self.rail.set_chosen(self.work.list_key)
        self.work.open_report(ReportId(id))

    def open_palette(self, text: str = "") -> None:
        """Open the field that goes anywhere and does anything."""
        self.palette_box.open_with(text)

    def say(self, sentence: str) -> None:
        """A notice that needs no answer."""
        self.toasts.show_toast(sentence)
        say(self, sentence)

    def set_dark(self, dark: bool) -> None:
        """Show the night or the day theme."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, DARK if dark else LIGHT)
        self.settings.fill()
        self.theme_chosen.emit(current().name)

    def tell_by_voice(self) -> None:
        """Go to where it is logged that dispatch was told by voice."""
        self.undelivered.take_focus()

    def is_on_work(self) -> bool:
        """Whether a list and a report are on screen."""
        return self.pages.currentWidget() is self.work

    def is_taking(self) -> bool:
        """Whether a call is being taken."""
        return self.pages.currentWidget() is self.taking

    def send_officers(self) -> None:
        """Ctrl+Shift+E, wherever the work is: the report on screen, or the call being taken."""
        if self.is_taking():
            self.taking.send_officers()
        else:
            self.work.decide.send_now()

    def press_primary(self) -> None:
        """Ctrl+Enter: what the primary button of the screen says."""
        focus = QApplication.focusWidget()
        if is_written_outside(focus, self.taking, self.work.decide):
            finish(focus, self.say)
        elif self.is_taking():
            self.taking.save_report()
        elif self.is_on_work():
            self.work.decide.press_primary()

    def sign_out(self) -> None:
        """Leave this desk, once nothing holds the person and she knows what is not sent."""
        self.leaving.sign_out(self.sign_out_asked.emit)

    def be(self, role: Role) -> None:
        """In a demonstration: become somebody else, once nothing holds the person."""
        self.leaving.leave(lambda: self.role_chosen.emit(role))

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window stays while something holds the person."""
        self.leaving.close(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < BREAKPOINT
        if narrow != self._narrow:
            self._narrow = narrow
            for part in (self.top, self.status, self.work):
                part.set_narrow(narrow)

    def _begin(self) -> None:
        self._fit()
        self._fill_badges()
        self.undelivered.fill(self.desk.undelivered())
        self.unopened.fill(self.desk.unopened())
        roles = self.desk.person.roles
        decides = self.desk.person.is_any(DECIDERS)
        self.go(QUEUE if decides else DISPATCH if Role.DISPATCHER in roles else IMU)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.go)
        self.top.search_asked.connect(self.open_palette)
        self.top.person_asked.connect(self._show_person_menu)
        self.desk.queue_changed.connect(self.work.fill)
        self.desk.reports_changed.connect(self._on_reports)
        self.desk.presence_changed.connect(self._on_reports)
        self.desk.looks_changed.connect(self._on_reports)
        self.desk.attention_changed.connect(self._fill_badges)
        self.desk.counters_changed.connect(self._fill_badges)
        self.desk.found.connect(self.palette_box.search_again)
        self.refused.acted.connect(lambda: self.go(ATTENTION))
        self.pages.currentChanged.connect(self._on_page)
        for part in (self.undelivered, self.unopened, self.attention, self.offers, self.records):
            part.opened.connect(self.open_report)
        self.unopened.opened.connect(self._on_alarm)
        self.left_behind.logged.connect(self.left_told)
        self.undelivered.left.connect(lambda: self.work.list.rows.take_focus())
        self.desk.draft_saved.connect(self.status.show_draft)
        self.desk.draft_not_saved.connect(self.status.show_draft_trouble)
        self.desk.drafts_changed.connect(self._fill_badges)
        self.work.report.header.more_asked.connect(lambda: more_menu(self))
        self.records.wanted.connect(lambda: self.go(RECORDS))
        self.taking.taken.connect(self._on_taken)
        self.taking.left.connect(lambda: self.go(self.work.list_key))
        self.settings.theme_chosen.connect(self.set_dark)

    def _on_reports(self, ids: frozenset[ReportId]) -> None:
        self.work.list.rows.model.renew(ids)

    def _on_alarm(self, id: str) -> None:
        """Where the alarm leads a dispatcher to a report, a dispatcher has it."""
        self.work.dispatch.say_opened(ReportId(id))

    def _on_taken(self, id: ReportId) -> None:
        """The caller still speaks: what is typed next goes to the log."""
        self.go(QUEUE)
        self.open_report(id)
        self.work.report.write_note()

    def _fill_badges(self) -> None:
        counters = self.desk.counters()
        self.top.fill(counters)
        self.rail.button(QUEUE).set_badge(str(counters.open) if counters.open else "")
        owed = counters.owed_late or counters.owed
        self.rail.button(OWED).set_badge(str(owed or ""), urgent=counters.owed_late > 0)
        asked = counters.attention + len(self.desk.unsent_elsewhere())
        asked += len(self.desk.left_here()) + len(self.desk.waiting_elsewhere())
        waiting = str(asked) if asked else ""
        self.rail.button(ATTENTION).set_badge(waiting, urgent=True)

    def _show_person_menu(self) -> None:
        person_menu(self.top.person, self.sign_out, self.be if self._demonstration else None)

    def _lay_out(self) -> None:
        for page in (self.work, self.attention, self.taking, self.settings, self.records):
            self.pages.addWidget(page)
        right = QVBoxLayout()
        right.setSpacing(0)
        bars = (
            self.unopened,
            self.undelivered,
            self.left_behind,
            self.refused,
            self.disk,
            self.unsaved,
            self.offline,
            self.notice,
            self.offers,
        )
        for part in (self.top, *bars):
            right.addWidget(part)
        right.addWidget(self.pages, 1)
        right.addWidget(self.status)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
