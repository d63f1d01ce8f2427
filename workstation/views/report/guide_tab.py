"""What to ask and to read out (F10): guides of the pack, those suggested first, by keyboard.

What nobody asked says *not done*; nothing here says that somebody is safe.
"""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workstation.desk import Desk, ShownEntry
from workstation.domain.answering import Suggested, suggested
from workstation.domain.guide import Guide
from workstation.domain.limits import LINE
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report
from workstation.ui.button import Button
from workstation.ui.card import Card
from workstation.ui.form import Field
from workstation.ui.label import Caption, ErrorText, Secondary
from workstation.ui.scroll import Scroll
from workstation.ui.select import Select
from workstation.views.decide.drafts import ANY_LENGTH, BOUND, NOT_SAVED, Drafts
from workstation.views.decide.kept_line import KeptLine
from workstation.views.doubted import doubt_of
from workstation.views.due import LONDON
from workstation.views.limit import Limit
from workstation.views.report.guide_form import GuideForm
from workstation.views.report.guide_sheet import History, history_of
from workstation.views.report.guide_sheets import DRAFT, Sheets, commands_of
from workstation.views.report.guide_words import (
    choice_words,
    read_words,
    source_words,
    state_words,
)

NOTHING_YET = Refusal("answers/none", "Answer a question, or tick what was read out.")
CHANGED = Refusal(
    "answers/changed",
    "Your force has changed these questions. Look at what is asked now, then log it.",
)


class GuideTab(QWidget):
    """`logged(str)`: a sentence when something went into the log; `line_wanted(str)`: show it.

    `renamed`: what the tab is to say has changed.
    """

    logged = Signal(str)
    line_wanted = Signal(str)
    renamed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._report: Report | None = None
        self._entries: tuple[ShownEntry, ...] = ()
        self._history = History()
        self._likely: tuple[Suggested, ...] = ()
        self.form: GuideForm | None = None
        self._chosen: Guide | None = None
        self._forms: dict[str, GuideForm] = {}
        self.drafts = Drafts(desk, self)
        self.sheets = Sheets(desk, self.drafts, self)
        self.kept = KeptLine(self.drafts)
        self.box = Select([], "What to ask about")
        self.state, self.source, self.error = Secondary(), Caption(), ErrorText()
        self.show_log = Button("Show in log", "ghost", icon="arrow-right")
        self.said_by = QLineEdit()
        self.answers_by = Field("Who answers", "Goes on log", self.said_by)
        self.form_place = QVBoxLayout()
        self.foot, self.inside = QWidget(), QWidget()
        self.area = Scroll(self.inside, "Questions")
        self.send_key = Button("Log answers", icon="check", keys=("Ctrl", "Enter"))
        _lay_out(self)
        self._connect()

    @property
    def guide(self) -> Guide | None:
        """What is asked about."""
        return self._chosen

    @property
    def title(self) -> str:
        """What the tab says: how many of the guide's questions are answered in the log."""
        guide, given = self.guide, self._history.given()
        if guide is None or not guide.questions:
            return "Questions"
        if not given:
            return "Questions: not asked" if self._why(guide) else "Questions"
        return f"Questions {len(given)}/{len(guide.to_ask(given))}"

    def show_report(self, report: Report | None, entries: Iterable[ShownEntry] = ()) -> None:
        """Show what was asked for a report; what is begun for the last one is kept."""
        is_new = report is None or self._report is None or report.id != self._report.id
        self._report, self._entries = report, tuple(entries)
        if is_new or not self._is_in_hand():
            self._renew()
        if is_new:
            self.drafts.show_report(report.id if report is not None else None)
            self._show_error("")
        if report is None:
            return
        self._likely = _likely(self._desk, report)
        chosen = self._first(report) if is_new or self.guide is None else self.guide
        self._fill_box(report, chosen)
        self._show_guide(chosen)

    def _is_in_hand(self) -> bool:
        """Whether the keyboard is in the questions: they stay as they are meanwhile."""
        focus = QApplication.focusWidget()
        return self.form is not None and focus is not None and self.form.isAncestorOf(focus)

    def _renew(self) -> None:
        """Go by the guides of the pack in force; what is begun goes with them."""
        if self._report is not None:
            self.sheets.renew(self._report.id)
        if self._chosen is not None:
            self._chosen = self.sheets.guide(self._chosen.id)

    def _on_read(self, id: str) -> None:
        """The words have been read: what they suggest is offered; what is asked about stays."""
        if self._report is not None and id == self._report.id:
            self.show_report(self._report, self._entries)

    def take_focus(self) -> None:
        """Go to the first question without an answer, else to what is to be asked about."""
        if self._chosen is None or self.form is None or not self.form.go_on():
            self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """What nobody looks at is not filled."""
        super().showEvent(event)
        if self._report is not None:
            self._show_guide(self.guide)

    def choose(self, id: str) -> None:
        """Ask about this."""
        self._renew()
        self.box.setCurrentIndex(max(0, self.box.findData(id)))
        self._show_guide(self.sheets.guide(id))

    def send(self) -> None:
        """Log the answers begun and the advice ticked; a refusal stands at its question."""
        self.drafts.flush()
        if self.form is not None:
            self.form.clear_errors()
        refusal = self._desk.in_one(self._submit)
        self._show_error("")
        if refusal is None:
            self.logged.emit("Logged on this desk.")
            return
        if refusal.code == NOT_SAVED:
            self.drafts.rewrite()
        id = refusal.field.partition(".")[2]
        if self.form is None or self.form.guide.question(id) is None:
            self._show_error(refusal.sentence)
        else:
            self.form.row(id).show_error(refusal.sentence)
            self.form.row(id).take_focus()

    def _submit(self) -> Refusal | None:
        if (refusal := self._outdated()) is not None:
            return refusal
        guide, report = self.guide, self._report
        if guide is None or report is None:
            return NOTHING_YET
        commands = commands_of(self.sheets[guide.id], report.id, self.said_by.text().strip())
        for command in commands:
            if (refusal := self._desk.submit(command)) is not None:
                return refusal
        if not commands:
            return NOTHING_YET
        self.drafts.drop((DRAFT + guide.id,))
        return None

    def _outdated(self) -> Refusal | None:
        """Where the force changed what was answered here, its author looks first."""
        before = self.guide
        self._renew()
        if before is None or self.guide == before:
            return None
        self._show_guide(self.guide)
        self.take_focus()
        return CHANGED if self.sheets[before.id].rest else None

    def _first(self, report: Report) -> Guide | None:
        """What was begun here, else what is suggested, else what was asked before."""
        begun = self.sheets.begun()
        by_id = self._desk.pack.guide_by_id
        asked = [by_id[one.guide] for one in report.answered if one.guide in by_id]
        return next(iter((*begun, *(one.guide for one in self._likely), *asked)), None)

    def _why(self, guide: Guide) -> str:
        return next((one.why for one in self._likely if one.guide.id == guide.id), "")

    def _fill_box(self, report: Report, chosen: Guide | None) -> None:
        """The guides in force or begun, those suggested first, each with what was done of it."""
        guides = [one for one in self._desk.pack.guides if one.is_in_force(_today(self._desk))]
        guides += [one for one in self.sheets.begun() if one not in guides]
        guides.sort(key=lambda guide: not self._why(guide))
        self.box.clear()
        self.box.addItem("Choose what to ask about", "")
        for guide in guides:
            words = choice_words(guide, self._why(guide), report.answered_of(guide.id))
            self.box.addItem(words, guide.id)
        self.box.setCurrentIndex(max(0, self.box.findData(chosen.id if chosen else "")))

    def _show_guide(self, guide: Guide | None) -> None:
        self._chosen, now = guide, self._desk.clock.now()
        if self.isVisible():
            self._put_form(guide)
        self._history = history_of(guide.id if guide is not None else "", self._entries)
        if self.form is not None and self.form.guide == guide:
            self.form.show_history(self._history, now)
        why = self._why(guide) if guide is not None else ""
        self.state.setText(state_words(guide, self._history, why, now))
        self.source.setText(source_words(guide))
        self.show_log.setVisible(self._history.newest is not None)
        for part in (self.foot, self.answers_by):
            part.setVisible(guide is not None)
        self._show_said_by(guide)
        self.renamed.emit()

    def _show_said_by(self, guide: Guide | None) -> None:
        if guide is None or self._report is None or self.said_by.hasFocus():
            return
        self.said_by.setText(self.sheets[guide.id].said_by or self._report.facts.reporter)

    def _put_form(self, guide: Guide | None) -> None:
        """The form of a guide is made when it is first looked at, and serves again."""
        if self.form is not None and self.form.guide == guide:
            return
        if self.form is not None:
            self.form.hide()
        self.form = self._form_of(guide) if guide is not None else None
        if self.form is not None:
            self.form.show()

    def _form_of(self, guide: Guide) -> GuideForm:
        """The one that was made, as long as the guide is what it was made for."""
        made = self._forms.get(guide.id)
        if made is not None and made.guide == guide:
            return made
        if made is not None:
            made.hide()
            made.deleteLater()
        now = self._desk.clock.now()
        made = self._forms[guide.id] = GuideForm(self.sheets[guide.id], self._doubt, now)
        made.moved.connect(self._on_moved)
        self.form_place.addWidget(made)
        return made

    def _doubt(self, kind: str, text: str) -> str:
        return doubt_of(self._desk, kind, text)

    def _show_error(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def _on_said_by(self, text: str) -> None:
        if self.guide is not None:
            self.sheets[self.guide.id].name(text.strip())

    def _on_show_log(self) -> None:
        if self._history.newest is not None:
            self.line_wanted.emit(self._history.newest.entry)

    def _on_moved(self, part: QWidget) -> None:
        """The whole of a question is in sight when the keyboard comes to it."""
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self.area.ensureWidgetVisible(part, 0, 12)

    def _connect(self) -> None:
        self.drafts.rewritten.connect(lambda: self._show_guide(self.guide))
        self._desk.suggestions_changed.connect(self._on_read)
        self.box.chosen.connect(lambda _: self.choose(self.box.currentData()))
        self.said_by.textEdited.connect(self._on_said_by)
        self.show_log.clicked.connect(self._on_show_log)
        self.send_key.clicked.connect(self.send)
        self.said_by.setMaxLength(ANY_LENGTH)
        self.said_by.setProperty(BOUND, "guide.said_by")
        Limit(self.said_by, LINE)


def _today(desk: Desk) -> date:
    return desk.clock.now().astimezone(LONDON).date()


def _likely(desk: Desk, report: Report) -> tuple[Suggested, ...]:
    """The guides in the order in which something speaks for them; what is read comes later."""
    read = read_words(desk.suggested(report.id))
    return suggested(report, desk.pack, _today(desk), read)


def _lay_out(tab: GuideTab) -> None:
    head = Card()
    row = QHBoxLayout()
    row.addWidget(tab.state, 1)
    row.addWidget(tab.show_log, 0, Qt.AlignmentFlag.AlignTop)
    fields = QHBoxLayout()
    fields.setSpacing(16)
    fields.addWidget(Field("What to ask about", "", tab.box), 3)
    fields.addWidget(tab.answers_by, 2)
    head.body.addLayout(fields)
    head.body.addLayout(row)
    head.body.addWidget(tab.kept)
    column = QVBoxLayout(tab.inside)
    column.setContentsMargins(0, 0, 6, 0)
    column.setSpacing(12)
    column.addWidget(head)
    column.addLayout(tab.form_place)
    column.addWidget(tab.source)
    column.addStretch(1)
    foot = QHBoxLayout(tab.foot)
    foot.setContentsMargins(0, 6, 16, 0)
    foot.addWidget(tab.error, 1)
    foot.addStretch(1)
    foot.addWidget(tab.send_key)
    whole = QVBoxLayout(tab)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    whole.addWidget(tab.area, 1)
    whole.addWidget(tab.foot)
