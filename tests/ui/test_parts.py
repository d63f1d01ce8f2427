"""What the other widgets promise: one open section, errors that lead to fields, quiet toasts."""

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from workstation.ui.accordion import Accordion
from workstation.ui.banner import Banner
from workstation.ui.dialog import Answer, Dialog
from workstation.ui.form import ErrorSummary, Field
from workstation.ui.list_base import RowDelegate, RowList
from workstation.ui.rail import Rail, RailItem
from workstation.ui.shortcut_sheet import Shortcut, ShortcutSheet
from workstation.ui.text_area import TextArea
from workstation.ui.ticker import Ticker, ticker
from workstation.ui.toast import Toasts
from workstation.ui.typeahead import Suggestion, TypeAhead


def two_sections(qtbot: QtBot) -> Accordion:
    accordion = Accordion()
    qtbot.addWidget(accordion)
    accordion.add_section("shield", "Grade", "", QWidget(), ["F2"])
    accordion.add_section("hash", "Record crime", "", QWidget(), ["F4"])
    accordion.show()
    return accordion


def test_one_section_is_open_at_a_time(qtbot: QtBot) -> None:
    accordion = two_sections(qtbot)
    accordion.open(0)
    with qtbot.waitSignal(accordion.opened) as heard:
        accordion.open(1)
    assert heard.args == [1]
    assert [part.body.isVisible() for part in accordion.sections] == [False, True]
    assert accordion.sections[1].header.accessibleName() == "Record crime, open"


def test_a_section_opens_and_closes_from_the_keyboard(qtbot: QtBot) -> None:
    accordion = two_sections(qtbot)
    QTest.keyClick(accordion.sections[0].header, Qt.Key.Key_Space)
    assert accordion.open_index == 0
    QTest.keyClick(accordion.sections[0].header, Qt.Key.Key_Space)
    assert accordion.open_index == -1


def test_a_disabled_section_stays_closed_and_says_why(qtbot: QtBot) -> None:
    accordion = two_sections(qtbot)
    accordion.sections[1].set_enabled_because(False, "Available when a crime number is issued")
    accordion.open(1)
    assert accordion.open_index == -1
    assert "crime number" in accordion.sections[1].header.accessibleDescription()


def test_a_text_area_grows_and_tells_only_of_the_persons_edits(qtbot: QtBot) -> None:
    area = TextArea("Reason")
    qtbot.addWidget(area)
    area.show()
    heard: list[str] = []
    area.edited.connect(heard.append)
    small = area.sizeHint().height()
    area.set_text("one\ntwo\nthree\nfour\nfive")
    assert heard == []
    assert area.sizeHint().height() > small
    QTest.keyClicks(area, "x")
    assert len(heard) == 1


def test_error_links_say_the_same_words_and_go_to_the_field(qtbot: QtBot) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    summary, field = ErrorSummary(), Field("Started", "Required", QLineEdit())
    column.addWidget(summary)
    column.addWidget(field)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    summary.show_errors([(field, "Enter when it started")], "record this crime")
    assert summary.hasFocus()
    assert summary.count.text() == "1 thing to fix before you can record this crime."
    assert field.error.text() == summary.links()[0].accessibleName()
    QTest.keyClick(summary.links()[0], Qt.Key.Key_Space)
    assert field.editor.hasFocus()
    summary.clear()
    assert not field.error.isVisible()
    assert field.editor.accessibleDescription() == "Required"


def test_toasts_are_at_most_three_and_leave_the_focus_alone(qtbot: QtBot) -> None:
    window = QWidget()
    window.resize(900, 600)
    field = QLineEdit(window)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    field.setFocus()
    toasts = Toasts(window)
    undone: list[bool] = []
    for number in range(5):
        toasts.show_toast(f"Sent {number}", action="Undo", run=lambda: undone.append(True))
    assert [toast.accessibleName() for toast in toasts.shown] == ["Sent 2", "Sent 3", "Sent 4"]
    assert QApplication.focusWidget() is field
    toasts.shown[-1].action.click()
    assert undone == [True]
    assert len(toasts.shown) == 2


def test_a_toast_goes_by_itself(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    toasts = Toasts(window)
    toasts.show_toast("Saved here", seconds=0.01)
    qtbot.waitUntil(lambda: not toasts.shown)


def test_typing_offers_and_enter_takes(qtbot: QtBot) -> None:
    offences = [Suggestion("8L Harassment", "Public order", 8), Suggestion("30C Burglary")]

    def find(text: str) -> list[Suggestion]:
        return [each for each in offences if text.lower() in each.text.lower()]

    field = TypeAhead(find, "Offence")
    qtbot.addWidget(field)
    field.show()
    QTest.keyClicks(field, "har")
    assert field.popup.isVisible()
    with qtbot.waitSignal(field.picked) as heard:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert heard.args == [offences[0]]
    assert field.text() == "8L Harassment"
    assert not field.popup.isVisible()


def test_a_safety_banner_cannot_be_dismissed_and_speaks_it_all(qtbot: QtBot) -> None:
    banner = Banner("vuln", "Text only.", "phone", "Do not phone.")
    qtbot.addWidget(banner)
    assert banner.accessibleName() == "Do not phone. Text only."
    names = [button.accessibleName() for button in banner.findChildren(type(banner.action))]
    assert "Dismiss" not in names


def test_j_and_k_move_in_a_list_and_enter_opens(qtbot: QtBot) -> None:
    rows = RowList("Queue")
    qtbot.addWidget(rows)
    rows.setModel(QStringListModel(["a", "b", "c"], rows))
    rows.setItemDelegate(RowDelegate(rows))
    rows.setCurrentIndex(rows.model().index(0, 0))
    QTest.keyClick(rows, Qt.Key.Key_J)
    QTest.keyClick(rows, Qt.Key.Key_J)
    QTest.keyClick(rows, Qt.Key.Key_K)
    assert rows.currentIndex().row() == 1
    with qtbot.waitSignal(rows.opened) as heard:
        QTest.keyClick(rows, Qt.Key.Key_Return)
    assert heard.args is not None
    assert heard.args[0].row() == 1


def test_the_rail_tells_where_to_go_and_speaks_its_badge(qtbot: QtBot) -> None:
    rail = Rail(
        [
            RailItem("queue", "Queue", "inbox"),
            RailItem("help", "Help", "circle-help", at_foot=True),
        ]
    )
    qtbot.addWidget(rail)
    rail.button("queue").set_badge("47")
    with qtbot.waitSignal(rail.chosen) as heard:
        rail.button("queue").click()
    assert heard.args == ["queue"]
    assert rail.button("queue").accessibleName() == "Queue, 47 waiting"


def test_a_dialog_answers_with_the_key_of_its_button(qtbot: QtBot) -> None:
    dialog = Dialog("Take over?", "Her draft is kept.", [Answer("no", "No"), Answer("yes", "Yes")])
    qtbot.addWidget(dialog)
    assert dialog.answer == ""
    dialog.buttons["yes"].click()
    assert dialog.answer == "yes"


def test_the_shortcut_sheet_narrows_by_typing(qtbot: QtBot) -> None:
    window = QWidget()
    window.resize(900, 700)
    qtbot.addWidget(window)
    window.show()
    sheet = ShortcutSheet(window)
    sheet.open_with(
        [Shortcut("Global", "Palette", ("Ctrl", "K")), Shortcut("Report", "Grade", ("F2",))]
    )
    QTest.keyClicks(sheet.filter, "gra")
    assert [shortcut.text for shortcut in sheet.shown] == ["Grade"]


def test_the_keyboard_stays_in_an_overlay_until_escape(qtbot: QtBot) -> None:
    window = QWidget()
    window.resize(900, 700)
    below = QLineEdit(window)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    below.setFocus()
    sheet = ShortcutSheet(window)
    sheet.open_with([Shortcut("Global", "Palette", ("Ctrl", "K"))])
    QTest.keyClick(sheet.filter, Qt.Key.Key_Tab)
    assert sheet.filter.hasFocus()
    QTest.keyClick(sheet.filter, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert below.hasFocus()


def test_there_is_one_ticker_and_it_ticks(qtbot: QtBot) -> None:
    assert ticker() is ticker()
    quick = Ticker(QApplication.instance() or QWidget(), interval_ms=5)
    quick.setObjectName("quick")
    with qtbot.waitSignal(quick.tick):
        pass
    quick.deleteLater()
