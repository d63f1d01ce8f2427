"""Text from outside is shown letter for letter, whatever it holds."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from workstation.ui.avatar import Avatar
from workstation.ui.banner import Banner
from workstation.ui.card import Card
from workstation.ui.chip import Chip
from workstation.ui.dialog import Answer, Dialog
from workstation.ui.empty import Empty
from workstation.ui.form import ErrorSummary, Field
from workstation.ui.label import Body, Caption, Code, ElidedLabel, Secondary, Title
from workstation.ui.marked_text import MarkedText
from workstation.ui.text_area import TextArea
from workstation.ui.tip import plain_tip, set_tip
from workstation.ui.toast import Toasts

HOSTILE = [
    "<b>bold</b>",
    '<img src="file:///etc/passwd">',
    "<a href='x'>link</a> & <script>",
    "Health & Safety",
    "a < b > c",
]
EACH = pytest.mark.parametrize("text", HOSTILE)


@EACH
@pytest.mark.parametrize("kind", [Title, Body, Caption, Secondary, Code, ElidedLabel])
def test_labels_are_plain(qtbot: QtBot, text: str, kind: type[QLabel]) -> None:
    label = kind(text)
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == text


@EACH
def test_tooltips_show_the_letters(text: str) -> None:
    tip = plain_tip(text)
    shown = QTextDocument()
    if tip.startswith("<span"):
        shown.setHtml(tip)
    else:
        shown.setPlainText(tip)
    assert shown.toPlainText() == text


@EACH
def test_a_tip_is_spoken_without_markup(qtbot: QtBot, text: str) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    set_tip(widget, text)
    assert widget.accessibleDescription() == text


@EACH
def test_an_elided_label_shows_the_whole_in_an_escaped_tip(qtbot: QtBot, text: str) -> None:
    label = ElidedLabel(text * 40)
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.grab()
    assert label.is_elided()
    assert label.toolTip() == plain_tip(text * 40)


@EACH
def test_chips_and_text_areas_keep_the_letters(qtbot: QtBot, text: str) -> None:
    chip, area = Chip(text), TextArea("Reason")
    for widget in (chip, area):
        qtbot.addWidget(widget)
    area.set_text(text)
    assert chip.text == text
    assert chip.accessibleName() == text
    assert area.text == text


@EACH
def test_no_label_inside_any_widget_takes_markup(qtbot: QtBot, text: str) -> None:
    marked = MarkedText()
    marked.set_text(text, bold=[(0, 2)])
    summary = ErrorSummary()
    field = Field(text, text, TextArea("x"))
    summary.show_errors([(field, text)])
    ground = QWidget()
    toasts = Toasts(ground)
    toasts.show_toast(text, text)
    widgets: list[QWidget] = [
        marked,
        summary,
        field,
        ground,
        Card(text, text),
        Banner("warn", text, lead=text),
        Empty(text, text),
        Dialog(text, text, [Answer("ok", "OK")]),
        Avatar(text),
    ]
    for widget in widgets:
        qtbot.addWidget(widget)
        widget.grab()
        for label in widget.findChildren(QLabel):
            assert label.textFormat() == Qt.TextFormat.PlainText, type(widget).__name__


def test_a_word_without_end_pushes_nothing_off_the_page(qtbot: QtBot) -> None:
    label = Body("W" * 400)
    qtbot.addWidget(label)
    assert label.text() == "W" * 400
    assert label.minimumSizeHint().width() < 300
