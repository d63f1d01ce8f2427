"""Refused work stands beside what is true now, until it is settled: here at once, then for all."""

import pytest

from tests.told import told_yes
from tests.world import MORNING, Station, World
from workstation.domain.closing import CloseReport
from workstation.domain.correcting import CorrectFacts
from workstation.domain.facts import FactChange
from workstation.domain.report import ReportId
from workstation.domain.story import AddNote


@pytest.fixture
def report(world: World, ann: Station, bob: Station) -> ReportId:
    """A report that Ann could not close, because Bob had added to it."""
    id = world.a_day()[1]
    ann.exchange()
    ann.assess(id)
    ann.exchange()
    bob.exchange()
    bob.do(AddNote(report=id, text="He says it is now."))
    bob.exchange()
    ann.do(
        CloseReport(report=id, reason="Advice given.", caller_told="Yes.", told=told_yes(MORNING))
    )
    ann.exchange()
    return id


def test_what_stands_now_is_told_beside_what_was_refused(
    ann: Station, bob: Station, report: ReportId
) -> None:
    (one,) = ann.desk.attention()
    assert "Advice given." in one.text
    assert ann.desk.stands_now(one.case).splitlines() == ["Ann Lee holds it", "Not graded"]


def test_of_a_refused_correction_both_wordings_are_told(
    ann: Station, bob: Station, report: ReportId
) -> None:
    ann.line.is_cut = True
    for station, words in ((ann, "Two boys"), (bob, "One man")):
        change = FactChange("people", "", words)
        station.do(CorrectFacts(report=report, changes=(change,)))
    bob.exchange()
    ann.line.is_cut = False
    ann.exchange()
    [one] = [one for one in ann.desk.attention() if one.command == "CorrectFacts"]
    assert one.text == "People: Two boys\n  in place of: not known"
    assert ann.desk.stands_now(one.case).splitlines()[0] == "People: One man"


def test_settling_reaches_everybody_and_survives_a_restart(
    world: World, ann: Station, report: ReportId
) -> None:
    sue = world.station("sue", "W03")
    sue.exchange()
    (case,) = ann.desk.attention()
    assert [one.case.id for one in sue.desk.attention()] == [case.case.id]
    ann.line.is_cut = True
    assert ann.desk.settle(case.case.id, "Closed it again.", "done again") is None
    assert ann.desk.attention() == ()
    ann.line.is_cut = False
    assert ann.exchange()
    assert sue.exchange()
    assert sue.desk.attention() == ()
    (settled,) = sue.desk.stock.shelf.cases()
    assert (settled.settled, settled.settled_why) == ("done again", "Closed it again.")
    assert ann.restart().attention() == ()


def test_words_that_are_too_long_settle_nothing(ann: Station, report: ReportId) -> None:
    (case,) = ann.desk.attention()
    refusal = ann.desk.settle(case.case.id, "x" * 501)
    assert refusal is not None
    assert "500" in refusal.sentence
    assert ann.desk.attention() == (case,)


def test_work_on_a_report_the_store_never_took_is_settled_too(
    world: World, ann: Station, report: ReportId
) -> None:
    ann.do(AddNote(report=report, text="x"))
    ann.exchange()
    (case,) = ann.desk.attention()
    ann.desk.stock.confirmed.connection.execute("DELETE FROM report")
    assert ann.desk.stands_now(case.case) == "The store has no such report."
    assert ann.desk.settle(case.case.id, "It was another one.") is None
    assert ann.desk.link().waiting == 1
