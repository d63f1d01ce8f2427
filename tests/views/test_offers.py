"""Offering, accepting and declining in the real window, by keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from tests.views.stage import KELLY, MO, SAM, Night, effective, undone
from tests.views.test_shell import window
from workstation.domain.offering import AcceptOffer, OfferReport
from workstation.domain.roles import Author, PersonId
from workstation.views.queue.row_chips import chips_of, fitted
from workstation.views.queue.sections import spoken_row
from workstation.views.shell import MainWindow

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier

ME = Author(PersonId(KELLY), "Kelly Rowe")
TO_MO = Author(PersonId(MO), "Mo Ahmed")
HERS, HIS = "r1", "r3"


def press(widget: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(widget, key)


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def mo_offers(night: Night, reason: str = "You know the family") -> None:
    """Mo offers Kelly what he holds, and her desk hears of it."""
    night.meanwhile(MO, OfferReport(report=night[HIS], to=ME, reason=reason))


def chips(night: Night, name: str) -> list[str]:
    [row] = night.desk.rows([night[name]])
    return [text for text, _, _ in chips_of(row)]


def holder(night: Night, name: str) -> str:
    claim = effective(night.desk, night[name]).claim
    assert claim is not None
    return claim.by.id


def offered_to_mo(qtbot: QtBot, night: Night) -> MainWindow:
    """Kelly offers Mo what she holds, by keyboard alone."""
    shown = window(qtbot, night.desk)
    shown.open_report(night[HERS])
    QTest.keyClick(focused(), Qt.Key.Key_O, CTRL_SHIFT)
    box = focused()
    assert isinstance(box, QComboBox)
    QTest.keyClicks(box, "Mo")
    press(box, Qt.Key.Key_Tab)
    QTest.keyClicks(focused(), "You know him")
    press(focused(), Qt.Key.Key_Return)
    return shown


def test_the_holder_offers_a_report_by_keyboard_and_goes_on_holding_it(
    qtbot: QtBot, night: Night
) -> None:
    shown = offered_to_mo(qtbot, night)
    assert undone(night.desk, night[HERS]) == ("OfferReport",)
    assert holder(night, HERS) == KELLY
    bar = shown.work.report.offer
    assert bar.isVisible()
    assert bar.accessibleName().startswith("Offered to Mo Ahmed, 02:47.")
    assert (bar.action.text(), bar.decline.isVisible()) == ("Keep it", False)
    assert "Offered to Mo Ahmed" in chips(night, HERS)
    assert shown.commands.run("report.keep")
    assert not bar.isVisible()


def test_only_the_holder_can_offer_and_is_told_what_to_do_first(
    qtbot: QtBot, night: Night
) -> None:
    shown = window(qtbot, night.desk)
    shown.open_report(night["r2"])
    assert shown.commands.why_not("report.offer").startswith("Take it first (F9)")
    assert shown.commands.why_not("report.decline") == "It is not offered to you."
    assert not shown.commands.run("report.offer")
    assert shown.work.report.form is None


def test_a_form_without_a_colleague_says_so_beside_the_field(qtbot: QtBot, night: Night) -> None:
    shown = window(qtbot, night.desk)
    shown.open_report(night[HERS])
    shown.commands.run("report.offer")
    form = shown.work.report.form
    assert form is not None
    form.send()
    assert form.fields["to"].error.text() == "Choose the colleague you offer it to."
    names = form.findChild(QComboBox)
    assert names is not None
    assert "Kelly Rowe" not in [names.itemText(n) for n in range(names.count())]


def test_an_offer_is_seen_at_once_on_the_row_above_every_screen_and_on_its_page(
    qtbot: QtBot, night: Night
) -> None:
    shown = window(qtbot, night.desk)
    shown.open_report(night["r2"])
    mo_offers(night)
    assert shown.offers.isVisible()
    told = shown.offers.accessibleName()
    assert told.startswith("Mo Ahmed offers you a report: “Neighbour dispute")
    assert "You know the family" in told
    assert chips(night, HIS)[0] == "Offered to you by Mo Ahmed"
    [row] = night.desk.rows([night[HIS]])
    assert "offered to you by Mo Ahmed" in spoken_row(row, night.clock.now())
    assert fitted(chips_of(row)[:1], 120)[0][0] == "Offered to you"
    shown.offers.acted.emit()
    assert shown.work.report.report_id == night[HIS]
    assert not shown.offers.isVisible()
    bar = shown.work.report.offer
    assert bar.isVisible()
    assert bar.accessibleName().startswith("Offered to you by Mo Ahmed, 02:47:")
    shown.go("attention")
    assert shown.offers.isVisible()


def test_f9_accepts_what_is_offered(qtbot: QtBot, night: Night) -> None:
    shown = window(qtbot, night.desk)
    mo_offers(night)
    shown.open_report(night[HIS])
    assert shown.work.report.header.take.text() == "Accept"
    assert shown.work.report.header.take.isEnabled()
    press(focused(), Qt.Key.Key_F9)
    assert undone(night.desk, night[HIS]) == ("AcceptOffer",)
    assert holder(night, HIS) == KELLY
    assert not shown.work.report.offer.isVisible()
    assert not shown.offers.isVisible()
    night.seat().exchange()
    night.seat(MO).exchange()
    assert effective(night.seat(MO).desk, night[HIS]).claim.by == ME  # type: ignore[union-attr]


def test_declining_by_keyboard_sends_a_word_back(qtbot: QtBot, night: Night) -> None:
    shown = window(qtbot, night.desk)
    mo_offers(night)
    shown.open_report(night[HIS])
    QTest.mouseClick(shown.work.report.offer.decline, Qt.MouseButton.LeftButton)
    QTest.keyClicks(focused(), "On a 999")
    press(focused(), Qt.Key.Key_Return)
    assert undone(night.desk, night[HIS]) == ("DeclineOffer",)
    assert not shown.work.report.offer.isVisible()
    night.seat().exchange()
    mo = night.seat(MO)
    mo.exchange()
    there = window(qtbot, mo.desk)
    assert "Kelly Rowe declined what you offered:" in there.offers.accessibleName()
    there.open_report(night[HIS])
    bar = there.work.report.offer
    assert "On a 999. You still hold this report." in bar.accessibleName()
    bar.acted.emit()
    assert not bar.isVisible()
    assert holder(night, HIS) == MO


def test_somebody_else_is_told_to_whom_it_is_offered_and_asked_nothing(
    qtbot: QtBot, night: Night
) -> None:
    mo_offers(night)
    sam = night.seat(SAM)
    sam.exchange()
    shown = window(qtbot, sam.desk)
    shown.open_report(night[HIS])
    bar = shown.work.report.offer
    assert bar.accessibleName().startswith("Offered to Kelly Rowe, 02:47. Mo Ahmed holds it")
    assert (bar.action.isVisible(), bar.decline.isVisible()) == (False, False)
    assert not shown.offers.isVisible()


def test_a_late_acceptance_comes_back_with_whose_it_is(qtbot: QtBot, night: Night) -> None:
    shown = window(qtbot, night.desk)
    mo_offers(night)
    kelly = night.seat()
    kelly.line.is_cut = True
    shown.open_report(night[HIS])
    shown.work.report.offer.accept()
    night.seat(MO).do(
        OfferReport(report=night[HIS], to=Author(PersonId(SAM), "Sam Shaw"), reason="r")
    )
    night.seat(MO).exchange()
    kelly.line.is_cut = False
    kelly.exchange()
    assert holder(night, HIS) == MO
    assert "offered it to Sam Shaw" in shown.refused.accessibleName()


def test_an_offer_that_ended_while_its_form_stood_open_keeps_the_word(
    qtbot: QtBot, night: Night
) -> None:
    shown = window(qtbot, night.desk)
    mo_offers(night)
    shown.open_report(night[HIS])
    shown.work.report.decline_offer()
    form = shown.work.report.form
    assert form is not None
    QTest.keyClicks(focused(), "Ask Sam")
    fence = effective(night.desk, night[HIS]).fence
    night.seat().do(AcceptOffer(report=night[HIS], holder=PersonId(MO), fence=fence))
    form.send()
    assert form.error.text().startswith("The offer is over: Kelly Rowe holds this report now")
    assert form.fields["word"].editor.text() == "Ask Sam"  # type: ignore[attr-defined]
