"""Nobody leaves an emergency behind silently: not by signing out, by a role, or by the window."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.views.stage import KELLY, MO, Night, effective
from workstation.app.behind import Behind
from workstation.desk import LeftHere
from workstation.domain.grading import EscalateEmergency
from workstation.domain.roles import PersonId, Role
from workstation.ui.theme import apply_theme
from workstation.ui.tokens import DARK, LIGHT
from workstation.views.leaving import UnsentStop
from workstation.views.left_behind import left_behind
from workstation.views.shell import MainWindow
from workstation.views.sign_in import SignInScreen

WHY = "They are still in the shed"
WAYS: dict[str, Callable[[MainWindow], object]] = {
    "signing out": lambda shown: shown.sign_out(),
    "another role": lambda shown: shown.be(Role.DISPATCHER),
    "closing": lambda shown: shown.close(),
}


@pytest.fixture
def shown(qtbot: QtBot, night: Night) -> MainWindow:
    """Kelly's window, with an emergency just sent on a cut line."""
    made = MainWindow(night.desk, demonstration=True)
    qtbot.addWidget(made, before_close_func=lambda _: made.leaving.let_go())
    made.resize(1366, 768)
    made.show()
    cut(night)
    return made


def cut(night: Night) -> None:
    night.seat().line.is_cut = True
    night.seat().exchange()
    night.seat().do(EscalateEmergency(report=night["r2"], why=WHY))


def has_left(shown: MainWindow) -> list[object]:
    """What is told of leaving from here on."""
    told: list[object] = []
    shown.sign_out_asked.connect(lambda: told.append("signed out"))
    shown.role_chosen.connect(told.append)
    return told


def stop_of(shown: MainWindow) -> UnsentStop:
    assert shown.leaving.stop is not None
    return shown.leaving.stop


@pytest.mark.parametrize("way", WAYS)
def test_leaving_stops_at_what_dispatch_has_not_got(
    shown: MainWindow, night: Night, way: str
) -> None:
    told = has_left(shown)
    WAYS[way](shown)
    assert shown.isVisible()
    assert told == []
    item = stop_of(shown).items[night["r2"]]
    assert night.desk.pack.dispatch.phone in item.lead.text()
    assert WHY in item.words.text()
    assert item.told.hasFocus() or stop_of(shown).focusWidget() is item.told


@pytest.mark.parametrize("way", WAYS)
def test_leaving_goes_on_once_dispatch_was_told_by_voice(
    qtbot: QtBot, shown: MainWindow, night: Night, way: str
) -> None:
    told = has_left(shown)
    WAYS[way](shown)
    item = stop_of(shown).items[night["r2"]]
    QTest.keyClick(item.told, Qt.Key.Key_Return)
    assert item.error.isVisible()
    assert shown.isVisible()
    QTest.keyClicks(item.told, "PC Lamb, 02:48")
    QTest.keyClick(item.told, Qt.Key.Key_Return)
    voiced = effective(night.desk, night["r2"]).told_by_voice
    assert voiced is not None
    assert bool(told) or not shown.isVisible()
    assert shown.leaving.stop is None


def test_leaving_goes_on_once_the_store_confirms(shown: MainWindow, night: Night) -> None:
    told = has_left(shown)
    shown.sign_out()
    night.seat().line.is_cut = False
    night.seat().exchange()
    assert told == ["signed out"]


def test_enter_and_escape_stay_and_only_the_other_button_leaves(
    shown: MainWindow, night: Night
) -> None:
    told = has_left(shown)
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        shown.sign_out()
        QTest.keyClick(stop_of(shown), key)
        assert told == []
        if shown.leaving.stop is not None:
            shown.leaving.stop.reject()
    shown.sign_out()
    stop_of(shown).buttons["leave"].click()
    assert told == ["signed out"]


def test_with_everything_sent_nothing_holds_the_person(qtbot: QtBot, night: Night) -> None:
    made = MainWindow(night.desk)
    qtbot.addWidget(made)
    told = has_left(made)
    made.sign_out()
    assert told == ["signed out"]
    assert made.close()


def test_the_sign_in_says_whose_emergency_is_unsent(qtbot: QtBot, night: Night) -> None:
    cut(night)
    page = SignInScreen("https://store", left=left_behind(night.desk))
    qtbot.addWidget(page)
    page.show()
    (banner,) = page.left_behind.banners
    assert banner.isVisible()
    for words in ("NOT", night.desk.pack.dispatch.phone, WHY, "Sign in as Kelly Rowe to send it."):
        assert words in banner.accessibleName()


def test_the_sign_in_says_whose_emergency_a_program_before_left(qtbot: QtBot) -> None:
    since = datetime(2026, 11, 22, 2, 47, tzinfo=UTC)
    kelly = LeftHere(PersonId(KELLY), "Kelly Rowe", 3, since, sends=1)
    page = SignInScreen("https://store", kept=[kelly])
    qtbot.addWidget(page)
    page.show()
    (banner,) = page.left_behind.banners
    assert banner.isVisible()
    for words in ("NOT", "an emergency", "02:47 on 22 November", "have Kelly Rowe sign in here"):
        assert words in banner.accessibleName()


def test_who_comes_next_sees_it_and_may_log_whom_they_told(qtbot: QtBot, night: Night) -> None:
    behind = Behind()
    cut(night)
    behind.leave(night.desk)
    mo = night.seat(MO).desk
    made = MainWindow(mo, left=behind.come(mo.person.id))
    qtbot.addWidget(made)
    made.left_told.connect(behind.told)
    made.show()
    item = made.left_behind.items[night["r2"]]
    assert "Kelly Rowe’s unsent emergency" in item.lead.text()
    assert WHY in item.words.text()
    QTest.keyClicks(item.told, "PC Lamb, 02:48")
    QTest.keyClick(item.told, Qt.Key.Key_Return)
    voiced = effective(mo, night["r2"]).told_by_voice
    assert voiced is not None
    assert voiced.by.name == "Mo Ahmed"
    assert not made.left_behind.isVisible()
    assert behind.all() == ()


def test_its_author_finds_it_at_their_own_desk_again(night: Night) -> None:
    behind = Behind()
    cut(night)
    behind.leave(night.desk)
    behind.leave(night.seat(MO).desk)
    assert [one.name for one in behind.all()] == ["Kelly Rowe"]
    assert behind.come(night.seat(KELLY).desk.person.id) == ()


@pytest.mark.parametrize("refused", [False, True])
def test_the_words_follow_the_theme(
    qtbot: QtBot, qapp: QApplication, shown: MainWindow, night: Night, refused: bool
) -> None:
    shown.undelivered.fill(night.desk.unconfirmed())
    (item,) = shown.undelivered.items()
    if refused:
        item.show_what(replace(night.desk.unconfirmed()[0], refused="No."))
    inks = {}
    for tokens in (LIGHT, DARK, LIGHT):
        apply_theme(qapp, tokens)
        QApplication.sendPostedEvents(None, QEvent.Type.PaletteChange)
        palette = item.lead.palette()
        inks[tokens.name] = palette.color(item.lead.foregroundRole()).name().casefold()
        wanted = tokens.on_accent if refused else tokens.text
        assert inks[tokens.name] == wanted.casefold()
    assert refused or len(set(inks.values())) == 2
