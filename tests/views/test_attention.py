"""Needs attention: each person sees what they can settle."""

from pytestqt.qtbot import QtBot

from tests.views.stage import MO, SAM, Night
from tests.views.test_shell import window
from workstation.domain.claiming import ClaimReport


def test_what_was_refused_to_a_colleague_is_the_supervisors_to_settle_and_nobody_elses(
    qtbot: QtBot, night: Night
) -> None:
    kelly = night.seat()
    kelly.line.is_cut = True
    night.seat(MO).do(ClaimReport(report=night["r2"]))
    night.seat(MO).exchange()
    kelly.do(ClaimReport(report=night["r2"]))
    kelly.line.is_cut = False
    kelly.exchange()
    shown = {}
    for who in (MO, SAM):
        night.seat(who).exchange()
        shown[who] = window(qtbot, night.seat(who).desk).attention.cards()
    assert shown[MO] == []
    [card] = shown[SAM]
    assert card.title.text().startswith("Taking the report, by Kelly Rowe")
