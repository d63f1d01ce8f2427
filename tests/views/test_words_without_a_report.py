"""Words begun on a report that nobody holds now, or that is out of sight: they are asked about."""

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.flow.meeting import CLOSE
from tests.told import told_yes
from tests.views.screens import a_window
from tests.views.stage import MO, SAM, Night, effective
from tests.views.test_drafts_overtaken import give
from tests.views.test_shell import window
from workstation.domain.claiming import ClaimReport, ReleaseReport
from workstation.domain.closing import CloseReport
from workstation.domain.grading import GradeReport
from workstation.domain.packets import ReservePacket
from workstation.store import feed
from workstation.views.shell import ATTENTION
from workstation.views.unsent_box import LEAVE

BEGUN = "He said he would be back at four"


def began(night: Night, report: str = "r1") -> None:
    """Kelly has begun a note on what she holds."""
    night.seat().assess(night[report])
    night.seat().exchange()
    night.desk.save_draft(night[report], "note", BEGUN)


def closing(night: Night) -> CloseReport:
    """An end to the report, whose caller was told just now."""
    told = told_yes(night.clock.now())
    return CloseReport(report=night["r1"], **{**CLOSE, "told": told})


def closed_by_sam(night: Night) -> None:
    """A supervisor closes it."""
    night.meanwhile(SAM, closing(night))


def given_back(night: Night) -> None:
    """It went to Mo, who gave it back."""
    give(night, "r1", MO, "Mo Ahmed")
    night.meanwhile(MO, ReleaseReport(report=night["r1"]))


@pytest.mark.invariant("I7")
@pytest.mark.parametrize(
    ("happens", "why"),
    [
        (closed_by_sam, "This report was closed by Sam Shaw."),
        (given_back, "This report is back in the queue."),
    ],
)
def test_words_on_a_report_that_nobody_holds_are_asked_about(
    night: Night, happens: object, why: str
) -> None:
    began(night)
    with a_window(night.desk) as shown:
        happens(night)  # type: ignore[operator]
        shown.open_report(night["r1"])
        page = shown.work.report
        assert page.unsent.accessibleName() == f"{why} Your unsent words are kept."
        assert shown.rail.button(ATTENTION).accessibleName() == "Attention, 1 waiting"
        shown.go(ATTENTION)
        [card] = shown.attention.unsent.cards()
        assert card.words.text() == BEGUN
        assert not shown.attention.empty.isVisible()
        card.bar.action.click()
        assert shown.attention.unsent.cards() == []
    assert BEGUN in [one.entry.text for one in night.desk.entries(night["r1"])]


def test_words_on_a_report_she_closed_or_gave_back_herself_are_asked_about(night: Night) -> None:
    began(night)
    night.seat().do(ReleaseReport(report=night["r1"]))
    [one] = night.desk.unsent_elsewhere()
    assert one.why == "This report is back in the queue."
    night.seat().do(ClaimReport(report=night["r1"]))
    assert night.desk.unsent_elsewhere() == ()
    night.seat().do(closing(night))
    [one] = night.desk.unsent_elsewhere()
    assert one.why == "This report was closed by you."


@pytest.mark.invariant("I7")
def test_words_on_a_report_out_of_sight_are_shown_and_can_be_copied_or_discarded(
    night: Night,
) -> None:
    began(night)
    with night.world.database.write() as connection:
        feed.rescope(connection, night["r1"], "restricted:1", "scope")
    night.seat().exchange()
    assert night.desk.report(night["r1"]) is None
    with a_window(night.desk) as shown:
        shown.go(ATTENTION)
        [card] = shown.attention.unsent.cards()
        assert card.title.text() == "Your unsent words since 02:47"
        assert card.bar.accessibleName().startswith("You cannot see this report any more.")
        assert card.words.text() == BEGUN
        card.bar.action.click()
        assert QGuiApplication.clipboard().text() == BEGUN
        assert list(night.desk.unsent()) == [night["r1"]]
        card.bar.discard.click()
        assert night.desk.unsent() == {}


def test_a_packet_is_nobodys_and_a_colleague_who_came_and_went_changes_nothing(
    night: Night,
) -> None:
    mo = night.seat(MO)
    mo.assess(night["r2"])
    mo.do(GradeReport(report=night["r2"], code="S", reason="They left."))
    night.meanwhile(MO, ReleaseReport(report=night["r2"]))
    night.desk.save_draft(night["r2"], "note", BEGUN)
    night.meanwhile(MO, ReservePacket(report=night["r2"]))
    held = effective(night.desk, night["r2"])
    assert held.lease == "packet"
    assert held.claim is not None
    assert held.claim.by.name == "Mo Ahmed"
    assert night.desk.unsent_elsewhere() == ()
    night.meanwhile(MO, ClaimReport(report=night["r2"]))
    [one] = night.desk.unsent_elsewhere()
    assert one.why == "This report is Mo Ahmed's now."
    night.meanwhile(MO, ReleaseReport(report=night["r2"]))
    assert night.desk.unsent_elsewhere() == ()


def test_signing_out_names_such_words_first(qtbot: QtBot, night: Night) -> None:
    began(night)
    shown = window(qtbot, night.desk)
    closed_by_sam(night)
    left: list[bool] = []
    shown.sign_out_asked.connect(lambda: left.append(True))
    shown.sign_out()
    assert left == []
    box = shown.leaving.unsent
    assert box.windowTitle() == "1 thing is not sent"
    reference = effective(night.desk, night["r1"]).reference
    assert box.lines[0].startswith(f"02:47 Your unsent words on {reference} “")
    assert "Only you can send or discard them" in box.accessibleDescription()
    box.buttons[LEAVE].click()
    assert left == [True]
    assert list(night.desk.unsent()) == [night["r1"]]
