"""A window that is about to lose its desk ticks no more; the next one ticks anew."""

from pytestqt.qtbot import QtBot

from workstation.ui.ticker import stop_ticking, ticker


def test_what_ticked_before_never_ticks_again(qtbot: QtBot) -> None:
    heard: list[str] = []
    ticker().tick.connect(lambda: heard.append("old"))
    stop_ticking()
    fresh = ticker()
    fresh.tick.connect(lambda: heard.append("new"))
    qtbot.waitUntil(lambda: "new" in heard, timeout=3_000)
    assert "old" not in heard
    stop_ticking()
