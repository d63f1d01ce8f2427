"""A place of work: which report, which of its parts, which field, and where its cursor stood.

Fields are known by what a screen reader calls them: the widget itself may be made anew meanwhile.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from msgspec import Struct
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QScrollArea, QWidget

from workstation.domain.report import ReportId
from workstation.views.decide.column import DecideColumn
from workstation.views.literal import literal
from workstation.views.report.ask_form import AskForm
from workstation.views.report.facts import FactsForm
from workstation.views.report.guide_form import GuideForm
from workstation.views.report.page import ReportPage
from workstation.views.report.question_row import QuestionRow
from workstation.views.words import first_words

Part = TypeVar("Part", bound=QWidget)
SHOWN, MARGIN = 60, 24
PANELS = ("Assess and grade", "Redirect", "Record crime", "Hand to IMU")


class FieldPlace(Struct, frozen=True):
    """A field by its kind and name, which of those it is, its cursor, and what is selected."""

    kind: type[QWidget]
    name: str
    number: int = 0
    anchor: int = 0
    cursor: int = 0


class Parts(Struct, frozen=True):
    """Which parts of a report stood open round a field."""

    tab: int = 0
    panel: int = -1
    sending: bool = False
    facts: bool = False
    form: str = ""
    guide: str = ""
    question: str = ""


class Place(Struct, frozen=True):
    """Where somebody was, and until when; without a report they were taking a call."""

    at: datetime
    report: ReportId | None
    reference: str
    list_key: str
    doing: str
    field: FieldPlace
    parts: Parts = Parts()

    def words(self, now: datetime) -> str:
        """What they were doing, and how long ago."""
        return f"You were {self.doing}, {_ago(now - self.at)}."


def parts_of(page: ReportPage, decide: DecideColumn, field: QWidget) -> Parts:
    """What has to be opened again for a field to be there."""
    row, guide = _around(field, QuestionRow), _around(field, GuideForm)
    form, in_decide = _around(field, AskForm), decide.isAncestorOf(field)
    return Parts(
        tab=page.tabs.currentIndex(),
        panel=decide.accordion.open_index if in_decide else -1,
        sending=in_decide and decide.grade.is_sending_now,
        facts=_around(field, FactsForm) is not None,
        form=form.name if form is not None else "",
        guide=guide.guide.id if guide is not None else "",
        question=row.question.id if row is not None else "",
    )


def doing(page: ReportPage, decide: DecideColumn, field: QWidget) -> str:
    """What somebody does at a field, in words that go on from *You were*."""
    name = first_words(field.accessibleName(), SHOWN)
    row = _around(field, QuestionRow)
    if row is not None:
        return literal(f"asking “{first_words(row.question.ask, SHOWN)}”")
    if page.composer.isAncestorOf(field):
        return "writing in the log"
    if field is page.account.text or not name:
        return "reading this report"
    if _around(field, FactsForm) is not None:
        return literal(f"asking about “{name}”")
    if decide.isAncestorOf(field) and decide.accordion.open_index >= 0:
        return literal(f"at “{name}” in {PANELS[decide.accordion.open_index]}")
    return literal(f"at “{name}”")


def field_of(root: QWidget, field: QWidget) -> FieldPlace:
    """How a field of this page is found again, with its cursor."""
    kind, name = type(field), field.accessibleName()
    same = list(_called(root, kind, name))
    number = same.index(field) if field in same else 0
    if isinstance(field, QLineEdit):
        at, start = field.cursorPosition(), field.selectionStart()
        other = field.selectionEnd() if start == at else max(start, -1)
        return FieldPlace(kind, name, number, other if start >= 0 else at, at)
    if isinstance(field, QPlainTextEdit):
        cursor = field.textCursor()
        return FieldPlace(kind, name, number, cursor.anchor(), cursor.position())
    return FieldPlace(kind, name, number)


def open_parts(page: ReportPage, decide: DecideColumn, place: Parts) -> None:
    """Open what stood open round the field."""
    page.turn_to(place.tab)
    if place.guide:
        page.guides.choose(place.guide)
        form = page.guides.form
        if form is not None and form.guide.question(place.question) is not None:
            form.row(place.question).take_focus()
    if place.facts:
        page.edit_facts()
    if place.form and (page.form is None or page.form.name != place.form):
        page.ask(place.form)
    if place.sending:
        decide.send_now()
    elif place.panel >= 0:
        decide.open_panel(place.panel)


def put_cursor(root: QWidget, place: FieldPlace) -> None:
    """Give the field the keyboard and its cursor, as far as it is there and long enough."""
    same = list(_called(root, place.kind, place.name))
    if not same:
        return
    field = same[min(place.number, len(same) - 1)]
    field.setFocus(Qt.FocusReason.ShortcutFocusReason)
    QTimer.singleShot(0, field, partial(_bring_into_sight, field))
    if isinstance(field, QLineEdit):
        field.setSelection(place.anchor, place.cursor - place.anchor)
        if place.anchor == place.cursor:
            field.setCursorPosition(place.cursor)
    elif isinstance(field, QPlainTextEdit):
        most = len(field.toPlainText())
        cursor = field.textCursor()
        cursor.setPosition(min(place.anchor, most))
        cursor.setPosition(min(place.cursor, most), QTextCursor.MoveMode.KeepAnchor)
        field.setTextCursor(cursor)


def _bring_into_sight(field: QWidget) -> None:
    """Once what stands round it has its place: a page that was just filled is still laid out."""
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    area = _around(field, QScrollArea)
    if area is not None:
        area.ensureWidgetVisible(field, 0, MARGIN)


def _called(root: QWidget, kind: type[QWidget], name: str) -> Iterator[QWidget]:
    """Every part of this kind and name on screen that takes the keyboard.

    To look through all of a window's parts takes longer than a key press.
    """
    for one in root.findChildren(kind):
        takes = one.focusPolicy() != Qt.FocusPolicy.NoFocus and one.isEnabled()
        if name and takes and one.isVisible() and one.accessibleName() == name:
            yield one


def _around(field: QWidget, kind: type[Part]) -> Part | None:
    at: QWidget | None = field
    while at is not None and not isinstance(at, kind):
        at = at.parentWidget()
    return at


def _ago(length: timedelta) -> str:
    minutes = max(0, int(length.total_seconds()) // 60)
    if minutes < 1:
        return "just now"
    return f"{minutes} min ago" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} ago"
