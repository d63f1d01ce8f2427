"""The decision column: four panels of which one is open, and one key that says what it does."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from workstation.desk import Shown
from workstation.domain.claiming import AskSupervisor
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report, ReportId
from workstation.ui.accordion import Accordion
from workstation.ui.surface import Surface
from workstation.views.decide.advising import Advising
from workstation.views.decide.close_panel import ReopenPanel, how_it_ended
from workstation.views.decide.crime_panel import CrimePanel
from workstation.views.decide.desk_face import DeskFace
from workstation.views.decide.drafts import NOT_SAVED, Drafts
from workstation.views.decide.footer import Footer
from workstation.views.decide.grade_panel import GradePanel
from workstation.views.decide.head import Head
from workstation.views.decide.headings import show_headings, steps_made
from workstation.views.decide.hold import Hold, is_seen
from workstation.views.decide.imu_panel import ImuPanel
from workstation.views.decide.keeping import act_and_forget, take_up
from workstation.views.decide.kept_line import KeptLine
from workstation.views.decide.panel import Done, Panel, Primary
from workstation.views.decide.redirect_panel import RedirectPanel
from workstation.views.decide.risk_draft import RiskDraft

GRADE, REDIRECT, CRIME, IMU = range(4)
KEYS = {Qt.Key.Key_F2: GRADE, Qt.Key.Key_F3: REDIRECT, Qt.Key.Key_F4: CRIME, Qt.Key.Key_F5: IMU}
MARKS = (("shield-alert", "F2"), ("arrow-left-right", "F3"), ("file-plus", "F4"),
         ("git-branch", "F5"))  # fmt: skip
MARGIN = 8
NOTHING = Primary("Open a panel: F2 to F5", "F2 to F5", "Nothing is decided yet.", "check")


class DecideColumn(Surface):
    """Shows one report. Signals: `done` (a sentence: the report has left this person's work) and

    `said` (a sentence: what else happened), `waits` (a sentence: officers are sent for, and the
    store has not confirmed it yet); `drafts.saved` tells when words were last kept.
    """

    done = Signal(str)
    said = Signal(str)
    waits = Signal(str)

    def __init__(self, desk: DeskFace, parent: QWidget | None = None) -> None:
        super().__init__("panel", 0, parent)
        self._desk = desk
        self._id: ReportId | None = None
        self._version, self._held_back = -1, ""
        self._seen: set[str] = set()
        self._is_filling, self._soon = False, QTimer(self, singleShot=True, interval=0)
        self.drafts = Drafts(desk, self)
        self.risk = RiskDraft(desk, self)
        self.hold = Hold(self)
        self.grade = GradePanel(desk, self.risk, self.drafts)
        self.redirect = RedirectPanel(desk, self.risk, self.drafts)
        self.crime = CrimePanel(desk, self.drafts)
        self.imu = ImuPanel(desk, self.drafts)
        self.reopen = ReopenPanel(desk, self.drafts)
        self.panels: tuple[Panel, ...] = (self.grade, self.redirect, self.crime, self.imu)
        self.advising = Advising(desk, self.panels, self)
        self.accordion = Accordion()
        self.footer = Footer()
        self.head = Head()
        self.kept = KeptLine(self.drafts)
        self.area, self.inside = QScrollArea(), Surface("panel")
        self._ensure = partial(_bring_into_sight, self.area, self.inside)
        _lay_out(self)
        self._connect()
        self.show_report(None)

    @property
    def panel(self) -> Panel | None:
        """The panel the primary key acts for, if any."""
        if not self.reopen.isHidden():
            return self.reopen
        index = self.accordion.open_index
        return self.panels[index] if index >= 0 else None

    def show_report(self, id: ReportId | None) -> None:
        """Show a report, or none; words typed for the last one are kept."""
        is_new = id != self._id
        shown = self._desk.report(id) if id is not None else None
        if is_new:
            self._id, self._seen = id, set()
            self.drafts.show_report(id if shown else None)
        self.setEnabled(shown is not None)
        self.accordion.setVisible(shown is not None)
        if shown is None:
            self._version = -1
            self.reopen.hide()
            self.footer.show_primary(NOTHING)
            return
        self._fill(shown, is_new)

    def _fill(self, shown: Shown, is_new: bool) -> None:
        self._version, self._held_back = shown.report.version, shown.held_back
        self._is_filling = True  # what the key says is told once, of all the panels
        try:
            self.risk.show_report(shown.report, self._desk.earlier_contacts(shown.report.id))
            for panel in (*self.panels, self.reopen):
                panel.show_report(shown, is_new)
            self.advising.show_report(shown.report.id)
            self._show_stage(shown.report, is_new)
            if is_new:
                take_up(self.drafts, self.grade, self.accordion)
        finally:
            self._is_filling = False
        self._on_change(restart=is_new)

    def _on_rewritten(self) -> None:
        shown = self._desk.report(self._id) if self._id is not None else None
        if shown is not None:
            self._fill(shown, True)

    def open_panel(self, index: int) -> None:
        """Open a panel and put the keyboard in it: 0 grade, 1 redirect, 2 crime, 3 IMU."""
        if self._id is None or not self.reopen.isHidden():
            return
        self.accordion.open(index)
        if self.accordion.open_index == index:
            self.panels[index].take_focus()
            self._ensure(self.accordion.sections[index].header)

    def press_primary(self) -> None:
        """Do what the primary key says, unless it is held; a refusal stands beside its field."""
        panel = self.panel
        if panel is None or self._id is None or self._why_held():
            self._show_hold()
            return
        self.drafts.flush()
        answer = self._desk.in_one(partial(act_and_forget, panel, self.drafts, self.risk))
        if isinstance(answer, Refusal):
            if answer.code == NOT_SAVED:
                self.drafts.rewrite()
            panel.show_refusal(answer)
            self._show_refused(panel)
            return
        self._after(panel, answer)

    def ask_supervisor(self) -> None:
        """One key: somebody senior is to look. It is logged and never refused."""
        if self._id is None:
            return
        if self._desk.submit(AskSupervisor(report=self._id)) is None:
            self.said.emit("A supervisor was asked to look.")
            self.show_report(self._id)

    def save_and_next(self) -> None:
        """Keep what is typed and leave the report as it stands."""
        self.drafts.flush()
        self.done.emit("Kept on this desk.")

    def send_now(self) -> None:
        """Open *Emergency: send officers now*, whatever was open and even where it has ended."""
        if self._id is None:
            return
        self._show_ended(False)
        self.open_panel(GRADE)
        self.grade.show_emergency(True)
        self._ensure(self.grade.emergency)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._key(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """When the room changes, what must be seen is brought back on screen."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._soon.start()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        mods, key = event.modifiers(), Qt.Key(event.key())
        ctrl, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
        mods = mods & ~Qt.KeyboardModifier.KeypadModifier
        if mods == ctrl and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.press_primary()
        elif mods == ctrl | shift and key == Qt.Key.Key_E:
            self.send_now()
        elif mods == Qt.KeyboardModifier.NoModifier and key in KEYS:
            self.open_panel(KEYS[key])
        elif mods == Qt.KeyboardModifier.NoModifier and key == Qt.Key.Key_F8:
            self.ask_supervisor()
        else:
            plain = mods in (Qt.KeyboardModifier.NoModifier, shift)
            letter, panel = event.text().upper(), self.panel
            return plain and panel is not None and _is_choice(letter) and panel.key(letter)
        return True

    def _after(self, panel: Panel, answer: Done) -> None:
        panel.clear_trouble()
        if self.grade.is_sending_now:
            self.grade.take_focus()
        self.grade.show_emergency(False)
        self.show_report(self._id)
        if panel.show_done():
            self._show_refused(panel)
        self.hold.restart()
        told = self.waits if answer.waits else self.done if answer.leaves else self.said
        told.emit(answer.sentence)

    def _on_reports(self, ids: frozenset[ReportId]) -> None:
        if self._id is None or self._id not in ids:
            return
        before = self._version, self._held_back
        self.show_report(self._id)
        if (self._version, self._held_back) != before:
            self.hold.restart()

    def _show_stage(self, report: Report, is_new: bool) -> None:
        ended = "" if self.grade.is_sending_now else how_it_ended(report)
        self._show_ended(bool(ended))
        show_headings(self.accordion, report, self.imu.why_closed())
        self.head.show_step("Ended" if ended else steps_made(report))
        if is_new and not ended:
            self.accordion.open(GRADE)

    def _show_ended(self, is_ended: bool) -> None:
        self.reopen.setVisible(is_ended)
        self.accordion.setVisible(not is_ended)

    def _on_change(self, restart: bool = False) -> None:
        if self._is_filling:
            return
        panel = self.panel
        self.footer.show_primary(panel.primary() if panel and panel.shown else NOTHING)
        if restart:
            self.hold.restart()
        self._soon.start()

    def _settle(self) -> None:
        panel = self.panel
        if panel is not None and self._id is not None:
            for part in (*(part for _, part in panel.must_see()), *panel.refused_at()):
                self._ensure(part)
            self._show_hold()

    def _show_refused(self, panel: Panel) -> None:
        """A refusal puts the keyboard at its field: bring that and its sentence on screen."""
        for part in (QApplication.focusWidget(), *panel.refused_at()):
            if part is not None and self.inside.isAncestorOf(part):
                self._ensure(part)
        self._show_hold()

    def _why_held(self) -> str:
        panel = self.panel
        if panel is None or self._id is None:
            return "Open a panel first: F2 to F5."
        frame = self.area.viewport()
        once = panel.must_have_seen()
        self._seen |= {name for name, part in once if is_seen(part, frame)}
        owed = [(name, part) for name, part in once if name not in self._seen]
        return _missing(panel) or self.hold.why(
            self.footer.consequence, (*panel.must_see(), *owed), frame
        )

    def _show_hold(self) -> None:
        self.footer.show_missing(_missing(self.panel))
        self.footer.show_hold(self._why_held(), self.hold.is_settling)

    def _connect(self) -> None:
        for panel in (*self.panels, self.reopen):
            panel.changed.connect(self._on_panel_change)
            panel.touched.connect(self._show_hold)
        self._soon.timeout.connect(self._settle)
        self.accordion.opened.connect(lambda _: self._on_change(restart=True))
        self.hold.changed.connect(self._show_hold)
        self.area.verticalScrollBar().valueChanged.connect(lambda _: self._show_hold())
        self.head.pressed.connect(self.send_now)
        self.grade.emergency.left.connect(lambda: self.show_report(self._id))
        self.footer.pressed.connect(self.press_primary)
        self.footer.asked.connect(self.ask_supervisor)
        self.footer.next_wanted.connect(self.save_and_next)
        self.drafts.rewritten.connect(self._on_rewritten)
        self.drafts.keep("thrive", self.risk.text, self.risk.set_text, self.risk.edited)
        self._desk.reports_changed.connect(self._on_reports)
        self.advising.came.connect(self._on_change)
        self.redirect.send_wanted.connect(self.send_now)

    def _on_panel_change(self) -> None:
        if self.sender() is self.panel:
            self._on_change()


def _lay_out(shown: DecideColumn) -> None:
    stack = QVBoxLayout(shown.inside)
    stack.setContentsMargins(12, 0, 12, 12)
    stack.addWidget(shown.accordion)
    stack.addWidget(shown.reopen)
    stack.addStretch(1)
    for (icon, key), panel in zip(MARKS, shown.panels, strict=True):
        shown.accordion.add_section(icon, "", "", panel, (key,))
    _hold_still(shown.area)
    shown.area.setWidget(shown.inside)
    for room in (shown.area.viewport(), shown.inside):
        room.installEventFilter(shown)
    shown.kept.layout().setContentsMargins(12, 0, 12, 0)  # type: ignore[union-attr]
    column = QVBoxLayout(shown)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(shown.head)
    column.addWidget(shown.kept)
    column.addWidget(shown.area, 1)
    column.addWidget(shown.footer)


def _is_choice(letter: str) -> bool:
    """Whether a letter or digit chooses something: not while the person writes."""
    writing = isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)
    return letter.isalnum() and not writing


def _missing(panel: Panel | None) -> str:
    """What keeps the panel's key from working."""
    return panel.owed() if panel is not None else ""


def _bring_into_sight(area: QScrollArea, inside: QWidget, part: QWidget) -> None:
    """Scroll the whole of a part into sight; Qt's own way stops at the cursor's line."""
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    bar, room = area.verticalScrollBar(), area.viewport().height()
    top = part.mapTo(inside, QPoint(0, 0)).y()
    lowest, highest = top - MARGIN, top + part.height() + MARGIN - room
    value = min(max(bar.value(), highest), lowest)
    bar.setValue(max(value, min(_past_cut_words(inside, value), lowest)))


def _past_cut_words(inside: QWidget, value: int) -> int:
    """Where no words at the upper edge are cut through: they are out of sight whole, or in it."""
    shown = [label for label in inside.findChildren(QLabel) if label.isVisible()]
    tops = [(label.mapTo(inside, QPoint(0, 0)).y(), label.height()) for label in shown]
    return max((top + tall for top, tall in tops if top < value < top + tall), default=value)


def _hold_still(area: QScrollArea) -> None:
    """Scrolls up and down only, fits its content to its width, and takes no focus of its own."""
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
