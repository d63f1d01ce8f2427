"""Questions are answered from the keyboard alone, and nothing is chosen for the person."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.gallery_columns import GRADES
from workstation.ui.grade_tiles import GradeTiles
from workstation.ui.radio_card import CardOption, RadioCards
from workstation.ui.segmented import LongSegments, Segmented

CARDS = [
    CardOption("council", "Council & parish", "Noise", "C"),
    CardOption("fraud", "Report Fraud", "", "F", "Not for reports with a risk phrase"),
    CardOption("btp", "British Transport Police", "", "B"),
]


def open_segments(qtbot: QtBot) -> tuple[Segmented, list[int]]:
    segments = Segmented(["None", "Low", "Med", "High"], "Threat")
    qtbot.addWidget(segments)
    heard: list[int] = []
    segments.chosen.connect(heard.append)
    segments.show()
    segments.focus_choice()
    return segments, heard


def test_segments_start_with_nothing_chosen(qtbot: QtBot) -> None:
    segments, heard = open_segments(qtbot)
    assert segments.chosen_index is None
    assert heard == []


def test_a_digit_chooses_a_segment(qtbot: QtBot) -> None:
    segments, heard = open_segments(qtbot)
    QTest.keyClick(segments.choices[0], Qt.Key.Key_4)
    assert segments.chosen_index == 3
    assert heard == [3]


def test_a_digit_past_the_last_segment_does_nothing(qtbot: QtBot) -> None:
    segments, _ = open_segments(qtbot)
    QTest.keyClick(segments.choices[0], Qt.Key.Key_9)
    assert segments.chosen_index is None


def test_arrows_move_and_go_round(qtbot: QtBot) -> None:
    segments, heard = open_segments(qtbot)
    QTest.keyClick(segments.choices[0], Qt.Key.Key_Right)
    QTest.keyClick(segments.choices[1], Qt.Key.Key_Left)
    QTest.keyClick(segments.choices[0], Qt.Key.Key_Left)
    assert heard == [1, 0, 3]


def test_space_chooses_the_segment_in_focus(qtbot: QtBot) -> None:
    segments, heard = open_segments(qtbot)
    QTest.keyClick(segments.choices[0], Qt.Key.Key_Space)
    assert heard == [0]


def test_showing_a_choice_tells_nobody(qtbot: QtBot) -> None:
    segments, heard = open_segments(qtbot)
    segments.set_chosen(2)
    shown = [segments.chosen_index]
    segments.set_chosen(None)
    assert [*shown, segments.chosen_index] == [2, None]
    assert heard == []


def test_a_question_is_one_tab_stop(qtbot: QtBot) -> None:
    segments, _ = open_segments(qtbot)
    segments.set_chosen(2)
    stops = [choice.focusPolicy() == Qt.FocusPolicy.StrongFocus for choice in segments.choices]
    assert stops == [False, False, True, False]


def test_segments_speak_the_question_and_the_answer(qtbot: QtBot) -> None:
    segments, _ = open_segments(qtbot)
    assert segments.choices[3].accessibleName() == "Threat: High"


def test_a_letter_chooses_a_card(qtbot: QtBot) -> None:
    cards = RadioCards(CARDS, "Agency")
    qtbot.addWidget(cards)
    cards.show()
    cards.focus_choice()
    with qtbot.waitSignal(cards.chosen) as heard:
        QTest.keyClick(cards.choices[0], Qt.Key.Key_B)
    assert heard.args == ["btp"]
    assert cards.chosen_key == "btp"


def test_a_disabled_card_cannot_be_chosen_and_says_why(qtbot: QtBot) -> None:
    cards = RadioCards(CARDS, "Agency")
    qtbot.addWidget(cards)
    cards.show()
    cards.focus_choice()
    QTest.keyClick(cards.choices[0], Qt.Key.Key_F)
    chosen = [cards.chosen_key]
    QTest.keyClick(cards.choices[0], Qt.Key.Key_Down)
    assert [*chosen, cards.chosen_key] == [None, "btp"]
    assert "risk phrase" in cards.choices[1].accessibleDescription()
    assert "risk phrase" in cards.choices[1].toolTip()


def test_a_click_anywhere_on_a_card_chooses_it(qtbot: QtBot) -> None:
    cards = RadioCards(CARDS, "Agency")
    qtbot.addWidget(cards)
    cards.show()
    QTest.mouseClick(cards.choices[2], Qt.MouseButton.LeftButton)
    assert cards.chosen_key == "btp"


def test_a_grade_is_picked_by_its_letter(qtbot: QtBot) -> None:
    tiles = GradeTiles(GRADES)
    qtbot.addWidget(tiles)
    tiles.show()
    tiles.focus_choice()
    QTest.keyClick(tiles.choices[0], Qt.Key.Key_S)
    assert tiles.chosen_code == "S"
    assert tiles.choices[2].accessibleName() == "Schedule, 48 h"


def test_grades_go_on_two_rows_where_one_is_too_narrow(qtbot: QtBot) -> None:
    tiles = GradeTiles(GRADES)
    qtbot.addWidget(tiles)
    tiles.show()
    tiles.resize(600, 80)
    wide = tiles.sizeHint().height()
    tiles.resize(250, 160)
    assert tiles.sizeHint().height() > wide
    qtbot.waitUntil(lambda: min(tile.width() for tile in tiles.choices) >= 60)


def test_long_words_stand_in_as_many_lines_as_they_need(qtbot: QtBot) -> None:
    words = ["Stolen", "Lost or mislaid", "Taken by somebody known", "Towed or repossessed"]
    room = QWidget()
    column = QVBoxLayout(room)
    column.setContentsMargins(0, 0, 0, 0)
    long = LongSegments(words, "What became of it?")
    column.addWidget(long)
    column.addStretch(1)
    qtbot.addWidget(room)
    room.show()

    def lines() -> int:
        return len({one.y() for one in long.choices})

    for width, wanted in ((900, 1), (420, 2), (200, 4)):
        room.resize(width, 300)
        qtbot.waitUntil(partial(lambda wanted: lines() == wanted, wanted))
        assert long.minimumSizeHint().width() <= width
        for one in long.choices:
            assert one.width() >= one.sizeHint().width()
            assert one.height() >= one.sizeHint().height()
            assert long.rect().contains(one.geometry())
