"""A card's name is never cut: what is too long for one line goes on in the next."""

from pytestqt.qtbot import QtBot

from workstation.ui.radio_card import CardOption, RadioCards

LONG = "The police force covering the place of the matter, wherever that is"


def test_a_card_with_a_long_name_is_taller_by_its_second_line(qtbot: QtBot) -> None:
    cards = RadioCards([CardOption("a", "Council", "C"), CardOption("b", LONG, "C")])
    qtbot.addWidget(cards)
    cards.resize(294, cards.heightForWidth(294))
    cards.show()
    short, long = (card.height() for card in cards.choices)
    assert long > short
    cards.resize(900, cards.heightForWidth(900))
    qtbot.waitUntil(lambda: cards.choices[0].height() == cards.choices[1].height())
