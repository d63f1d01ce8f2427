"""What was begun before a colleague acted: shown beside theirs, never over it, and never lost."""

from datetime import timedelta

import pytest

from tests.views.screens import a_window, type_into
from tests.views.stage import MO, SAM, Night, effective
from workstation.domain.claiming import ClaimReport, ReassignReport
from workstation.domain.correcting import CorrectFacts
from workstation.domain.entry import EntryKind
from workstation.domain.facts import FactChange
from workstation.domain.grading import GradeReport
from workstation.domain.roles import Author, PersonId
from workstation.ui.banner import Banner
from workstation.views.report.facts import MEANWHILE
from workstation.views.report.page import ReportPage
from workstation.views.shell import ATTENTION

TAKEN = (
    "Given to Mo Ahmed by Sam Shaw, 02:49. Kelly has a call. "
    "Your unsent words in 2 places are kept. "
    "You can add to it, raise its grade or send officers."
)


def bars_of(page: ReportPage) -> list[Banner]:
    """The bars that stand over a report, but for the hazards."""
    return [bar for bar in page.findChildren(Banner) if bar.isVisible() and bar.words.text()]


def give(night: Night, report: str, to: str, name: str) -> None:
    """A supervisor gives a report to somebody."""
    author = Author(PersonId(to), name)
    night.meanwhile(
        SAM, ReassignReport(report=night[report], to=author, reason="Kelly has a call")
    )


def test_a_correction_begun_before_a_colleagues_is_shown_and_does_not_overwrite(
    night: Night,
) -> None:
    with a_window(night.desk) as window:
        window.open_report(night["r1"])
        window.work.report.edit_facts()
        line = window.work.report.facts.form.line("people")
        line.selectAll()
        type_into(line, "A man in a red coat")
    was = effective(night.desk, night["r1"]).facts.people
    change = FactChange("people", was, "Dean Whitfield, 38")
    night.meanwhile(MO, CorrectFacts(report=night["r1"], changes=(change,)))
    desk = night.seat().restart()
    with a_window(desk) as window:
        window.open_report(night["r1"])
        form = window.work.report.facts.form
        assert form.line("people").text() == "A man in a red coat"
        told = "Mo Ahmed changed this to “Dean Whitfield, 38” at 02:47."
        assert form.fields["people"].error.text() == told
        assert form.meanwhile.isVisible()
        assert form.meanwhile.text().startswith(f"{MEANWHILE}: People named.")
        form.save()
        assert effective(desk, night["r1"]).facts.people == "Dean Whitfield, 38"
        assert "Somebody else wrote" in form.fields["people"].error.text()
        form.save()
        assert effective(desk, night["r1"]).facts.people == "A man in a red coat"
    last = [one.entry for one in desk.entries(night["r1"])][-1]
    assert last.kind is EntryKind.CORRECTION
    assert "Dean Whitfield, 38 → A man in a red coat" in last.text


def test_a_colleagues_change_under_an_open_form_is_shown_beside_the_field(night: Night) -> None:
    with a_window(night.desk) as window:
        window.open_report(night["r1"])
        window.work.report.edit_facts()
        form = window.work.report.facts.form
        type_into(form.line("people"), "!")
        facts = effective(night.desk, night["r1"]).facts
        changes = (
            FactChange("people", facts.people, "Nobody"),
            FactChange("injuries", facts.injuries, "A cut"),
        )
        night.meanwhile(MO, CorrectFacts(report=night["r1"], changes=changes))
        assert form.line("injuries").text() == "A cut"
        assert form.line("people").text() == f"{facts.people}!"
        assert "Mo Ahmed changed this to “Nobody”" in form.fields["people"].error.text()


@pytest.mark.invariant("I21")
def test_a_grade_chosen_before_a_colleagues_does_not_lower_it(night: Night) -> None:
    with a_window(night.desk) as window:
        window.open_report(night["r2"])
        type_into(window.work.decide.grade.reason, "Can wait")
    night.meanwhile(
        MO,
        ClaimReport(report=night["r2"]),
        GradeReport(report=night["r2"], code="P", reason="They came back"),
    )
    desk = night.seat().restart()
    with a_window(desk) as window:
        window.open_report(night["r2"])
        grade = window.work.decide.grade
        grade.pick("S")
        answer = grade.act()
        assert getattr(answer, "code", "") == "grade/stale"


@pytest.mark.invariant("I7")
def test_a_report_taken_away_leaves_the_words_and_asks(night: Night) -> None:
    with a_window(night.desk) as window:
        window.open_report(night["r1"])
        page = window.work.report
        type_into(page.composer.text, "He is back")
        type_into(window.work.decide.grade.reason, "Children there")
        night.desk.drafts_wanted.emit()
        begun = night.clock.now()
        night.clock.time += timedelta(minutes=2)
        give(night, "r1", MO, "Mo Ahmed")
        assert page.composer.text.text == "He is back"
        assert page.unsent.isVisible()
        assert page.unsent.accessibleName() == TAKEN
        assert bars_of(page) == [page.unsent]
        assert night.desk.unsent() == {night["r1"]: begun}
        window.go(ATTENTION)
        (card,) = window.attention.unsent.cards()
        assert "He is back\nWhy this grade: Children there" in card.words.text()
        card.bar.action.click()
        assert not window.attention.unsent.cards()
        window.open_report(night["r1"])
        assert page.composer.text.text == ""
        assert not page.unsent.isVisible()
    texts = [one.entry.text for one in night.desk.entries(night["r1"])]
    assert "He is back\nWhy this grade: Children there" in texts
    assert night.desk.unsent() == {}


def test_words_on_a_report_taken_away_can_be_discarded_and_put_back(night: Night) -> None:
    night.desk.save_draft(night["r1"], "note", "He is back")
    give(night, "r1", MO, "Mo Ahmed")
    with a_window(night.desk) as window:
        window.open_report(night["r1"])
        page = window.work.report
        assert bars_of(page) == [page.unsent]
        page.unsent.discard.click()
        assert page.composer.text.text == ""
        assert night.desk.unsent() == {}
        assert page.unsent.isVisible()
        assert "Mo Ahmed holds this" in page.standings.told[0].lead
        page.unsent.action.click()
        assert bars_of(page) == [page.unsent]
        assert page.composer.text.text == "He is back"
        assert list(night.desk.unsent()) == [night["r1"]]
        page.unsent.discard.click()
        window.open_report(night["r2"])
        window.open_report(night["r1"])
        assert not page.unsent.isVisible()


@pytest.mark.invariant("I7")
@pytest.mark.parametrize("is_kept", [True, False], ids=["kept", "typed a moment ago"])
def test_discarded_words_are_never_put_back_over_newer_ones(night: Night, is_kept: bool) -> None:
    night.desk.save_draft(night["r1"], "note", "He is back")
    give(night, "r1", MO, "Mo Ahmed")
    with a_window(night.desk) as window:
        window.open_report(night["r1"])
        page = window.work.report
        page.unsent.discard.click()
        type_into(page.composer.text, "Now he is gone")
        if is_kept:
            night.desk.drafts_wanted.emit()
            assert not page.unsent.isVisible()
        page.unsent.action.click()
        assert page.composer.text.text == "Now he is gone"
        assert not page.unsent.isVisible()
        assert [one.text for one in night.desk.drafts(night["r1"])] == ["Now he is gone"]


def test_words_for_a_report_that_was_a_colleagues_before_ask_nothing(night: Night) -> None:
    night.desk.save_draft(night["r3"], "note", "Dog is chained")
    assert list(night.desk.unsent()) == [night["r3"]]
    assert night.desk.unsent_elsewhere() == ()
