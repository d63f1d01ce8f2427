"""Suggestions beside each decision: they show why, choose nothing, and can only raise."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.views.decide_stage import SMALL, Stage, press, settle
from tests.views.stage import KELLY, MO, NOW, Night, effective, undone
from workstation.desk import Suggested
from workstation.desk.suggesting import Suggesting
from workstation.domain.correcting import CorrectFacts
from workstation.domain.facts import FactChange
from workstation.domain.grading import GradeReport
from workstation.domain.pack import Band
from workstation.domain.report import Channel, Facts, Grading, Location, ReportId
from workstation.domain.roles import Author, PersonId
from workstation.domain.story import AddNote, CorrectNote
from workstation.ui.button import Button
from workstation.views.decide.advice import at_least
from workstation.views.decide.column import CRIME, GRADE, REDIRECT, DecideColumn
from workstation.views.decide.suggestion_box import LESS, MORE, NOTHING_MATCHED

STALKED = (
    "My ex keeps following me. I split up with him in June, since then he waits outside my work "
    "every night and there was a tracker on my car. I am scared."
)
DANGER = "He is hitting my mum right now, he has a knife, please hurry."
ELY = Location(text="Market Place", town="Ely")
LOWERING = ("not an emergency", "no emergency", "no risk phrase", "is safe", "low risk")


@pytest.fixture
def stage(qtbot: QtBot, quiet_night: Night) -> Stage:
    shown = Stage(quiet_night.desk, SMALL)
    qtbot.addWidget(shown)
    return shown


def received(night: Night, words: str, channel: Channel = Channel.ONLINE) -> ReportId:
    """A report that says this, on Kelly's desk."""
    facts = Facts(title="Something happened", reporter_role="victim")
    id = night.receive(f"new-{len(words)}-{channel}", words, facts, ELY, channel)
    night.seat(KELLY).exchange()
    return id


@contextmanager
def reading_held(suggesting: Suggesting) -> Iterator[None]:
    """Its thread reads nothing before the end of this: a fast machine would be done too soon."""
    let_go = Event()

    def busy() -> None:
        assert let_go.wait(60)

    suggesting._do(busy)
    try:
        yield
    finally:
        let_go.set()


def words_of(column: DecideColumn) -> str:
    """All that the column says, shown or folded away."""
    return "\n".join(label.text() for label in column.findChildren(QLabel))


def key_of(column: DecideColumn, label: str) -> Button:
    """The key of this name that can be seen."""
    found = [b for b in column.findChildren(Button) if b.text() == label and b.isVisible()]
    assert len(found) == 1, f"{label} is there {len(found)} times."
    return found[0]


def test_danger_asks_emergency_now_with_the_words_and_the_rule(
    stage: Stage, quiet_night: Night
) -> None:
    column = stage.open(received(quiet_night, DANGER, Channel.CALL_101))
    for panel, box in ((GRADE, column.grade.advice.alarm), (REDIRECT, column.redirect.alarm)):
        column.open_panel(panel)
        assert box.isVisible()
        assert box.words[0].startswith("Emergency now?")
        assert "Domestic abuse happening now (A1.2): “" in box.words[0]


def test_its_key_opens_the_form_and_sends_nothing(stage: Stage, quiet_night: Night) -> None:
    id = received(quiet_night, DANGER, Channel.CALL_101)
    column = stage.open(id)
    column.open_panel(REDIRECT)
    QTest.mouseClick(column.redirect.alarm.lines[0].keys[0], Qt.MouseButton.LeftButton)
    settle()
    assert column.grade.is_sending_now
    assert undone(quiet_night.desk, id) == ()
    assert not column.footer.primary.isEnabled()


def test_nothing_is_chosen_by_a_suggestion(stage: Stage, quiet_night: Night) -> None:
    for words in (STALKED, DANGER, "Loud music every night from next door.", "Bike stolen."):
        id = received(quiet_night, words)
        column = stage.open(id)
        assert column.grade.tiles.chosen_code is None
        assert column.redirect.agency.cards.chosen_key is None
        assert column.crime.offence.text() == ""
        assert undone(quiet_night.desk, id) == ()
        for panel in (GRADE, REDIRECT, CRIME):
            column.open_panel(panel)
            settle()
            assert not column.footer.primary.isEnabled()


def test_the_grade_suggested_is_a_least_with_its_words_and_its_key_chooses_it(
    stage: Stage, quiet_night: Night
) -> None:
    column = stage.open(received(quiet_night, STALKED))
    column.open_panel(GRADE)
    said = column.grade.advice.grade.words[0]
    assert said.startswith("The words suggest at least Prompt Stalking")
    assert "“keeps following me" in said
    key_of(column, "Choose Prompt").click()
    assert column.grade.tiles.chosen_code == "P"
    assert column.grade.reason.hasFocus()


def test_a_grade_is_only_proposed_above_the_handlers_own(stage: Stage, quiet_night: Night) -> None:
    id = received(quiet_night, STALKED)
    column = stage.open(id)
    box = column.grade.advice.grade
    column.grade.pick("R")
    assert "at least Prompt" in " ".join(box.words)
    for own in ("P", "I"):
        column.grade.pick(own)
        assert "at least" not in " ".join(box.words)
    quiet_night.seat(KELLY).do(GradeReport(report=id, code="I", reason="He is at the door"))
    column.show_report(id)
    column.grade.pick("R")
    assert "at least" not in " ".join(box.words)
    assert box.isVisibleTo(column.grade)


@pytest.mark.parametrize("band", list(Band))
def test_no_band_below_the_grade_on_record_is_ever_proposed(
    quiet_night: Night, band: Band
) -> None:
    desk = quiet_night.desk
    report = effective(desk, quiet_night["harassment"])
    for own in desk.pack.grades:
        grading = Grading(
            at=NOW,
            by=Author(PersonId("x"), "X"),
            code=own.code,
            name=own.name,
            band=own.band,
            sends_officers=own.sends_officers,
            reason="So it is",
        )
        for graded, chosen in ((replace(report, grading=grading), None), (report, own)):
            proposed = at_least(desk.pack, graded, Suggested(band=band), chosen)
            assert (proposed is None) is (band >= own.band)
            assert proposed is None or proposed.band == band


def test_officers_who_were_sent_are_not_asked_for_again(stage: Stage, quiet_night: Night) -> None:
    id = received(quiet_night, DANGER, Channel.CALL_101)
    column = stage.open(id)
    quiet_night.seat(KELLY).do(GradeReport(report=id, code="I", reason="He has a knife"))
    column.show_report(id)
    assert column.grade.advice.alarm.isHidden()
    assert column.redirect.alarm.isHidden()


def test_nothing_matched_is_said_to_be_no_proof_of_safety(
    stage: Stage, quiet_night: Night
) -> None:
    column = stage.open(received(quiet_night, "Qwfp zxcv."))
    boxes = (column.grade.advice.grade, column.redirect.agency.advised, column.crime.advised)
    assert [box.words for box in boxes] == [[NOTHING_MATCHED]] * 3


def test_no_panel_says_that_there_is_no_emergency_or_no_risk(
    stage: Stage, quiet_night: Night
) -> None:
    for words in (
        "Qwfp zxcv.",
        STALKED,
        "My wheelie bin was taken. Nobody is hurt, there is no danger, it is not an emergency.",
    ):
        column = stage.open(received(quiet_night, words))
        advised = (column.grade.advice.alarm, column.grade.advice.grade,
                   column.redirect.agency.advised, column.crime.advised)  # fmt: skip
        said = " ".join(line.lead.text() for box in advised for line in box.lines).casefold()
        assert not any(phrase in said for phrase in LOWERING)


def test_the_agency_suggested_is_dealt_first_with_its_words(
    stage: Stage, quiet_night: Night
) -> None:
    column = stage.open(received(quiet_night, "Loud music every night from next door until 3."))
    column.open_panel(REDIRECT)
    form = column.redirect.agency
    assert form.advised.words[0].startswith("The words suggest East Cambridgeshire District")
    assert "“Loud music”" in form.advised.words[0]
    assert form.cards.choices[0].accessibleName().startswith("East Cambridgeshire District")


def test_what_the_words_call_an_emergency_is_never_suggested_to_an_agency(
    stage: Stage, quiet_night: Night
) -> None:
    words = "Loud music next door again and now she is screaming get off me, he is hitting her."
    column = stage.open(received(quiet_night, words, Channel.CALL_101))
    said = column.redirect.agency.advised.words[0]
    assert said.startswith("The words suggest that it stays with the police")


def test_an_offence_suggested_is_written_into_its_field_by_its_key(
    stage: Stage, quiet_night: Night
) -> None:
    id = received(quiet_night, "My bike was stolen from outside the shop, the lock was cut.")
    column = stage.open(id)
    column.open_panel(CRIME)
    line = column.crime.advised.lines[0]
    assert 1 <= len(line.keys) <= 3
    assert line.keys[0].accessibleName() == "Use 44/00 Theft of a pedal cycle"
    line.keys[0].click()
    assert column.crime.offence.text() == "44/00 Theft of a pedal cycle"
    assert undone(quiet_night.desk, id) == ()


def test_a_risk_in_the_words_is_flagged_by_its_key_with_those_words(
    stage: Stage, quiet_night: Night
) -> None:
    id = received(quiet_night, STALKED)
    column = stage.open(id)
    column.open_panel(GRADE)
    risks = column.grade.advice.grade.words[1]
    assert risks.startswith("Risks in the words:")
    assert "stalking" in risks
    assert effective(quiet_night.desk, id).flags == ()
    key_of(column, "Repeat victim").click()
    settle()
    assert [one.id for one in effective(quiet_night.desk, id).flags] == ["repeat-victim"]
    told = quiet_night.desk.entries(id)[-1].entry
    assert "“" in told.text
    assert "Repeat victim" not in [b.text() for b in column.findChildren(Button)
                                        if b.isVisible()]  # fmt: skip


def test_every_key_of_a_suggestion_is_reached_by_tab_and_pressed_by_space(
    stage: Stage, quiet_night: Night
) -> None:
    column = stage.open(received(quiet_night, STALKED))
    column.open_panel(GRADE)
    wanted = {"Choose Prompt", "Repeat victim"}
    reached: set[str] = set()
    for _ in range(60):
        focus = QApplication.focusWidget()
        reached |= {focus.text()} if isinstance(focus, Button) else set()
        if wanted <= reached:
            break
        press(Qt.Key.Key_Tab)
    assert wanted <= reached
    key_of(column, "Choose Prompt").setFocus()
    press(Qt.Key.Key_Space)
    assert column.grade.tiles.chosen_code == "P"


def test_more_words_are_a_key_away(stage: Stage, quiet_night: Night) -> None:
    column = stage.open(received(quiet_night, STALKED))
    column.open_panel(GRADE)
    box = column.grade.advice.grade
    few = " ".join(box.words)
    assert "and 3 more" in few
    key_of(column, MORE).click()
    assert " ".join(box.words).count("“") > few.count("“")
    assert key_of(column, LESS).hasFocus()


def test_markup_is_shown_letter_for_letter(stage: Stage, quiet_night: Night) -> None:
    words = "He has <b>a knife</b> and said <img src=x> I will kill you & your mum right now."
    column = stage.open(received(quiet_night, words, Channel.CALL_999))
    column.open_panel(GRADE)
    boxes = (column.grade.advice.alarm, column.grade.advice.grade)
    labels = [one for box in boxes for one in box.findChildren(QLabel)]
    assert labels
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)


def test_what_a_colleague_notes_later_is_read_and_says_where_it_stands(
    stage: Stage, quiet_night: Night
) -> None:
    id = quiet_night["noise"]
    column = stage.open(id)
    assert column.grade.advice.alarm.isHidden()
    note = AddNote(report=id, text="Rang back: she is screaming, he is hitting her now.")
    quiet_night.meanwhile(MO, note)
    settle()
    column.open_panel(GRADE)
    assert column.grade.advice.alarm.isVisible()
    assert "(Note, 02:47)" in column.grade.advice.alarm.words[0]
    assert "stays with the police" in column.redirect.agency.advised.words[0]


def test_a_corrected_note_reads_as_corrected_and_a_corrected_fact_is_read(
    stage: Stage, quiet_night: Night
) -> None:
    id, seat = quiet_night["noise"], quiet_night.seat(KELLY)
    column = stage.open(id)
    seat.do(AddNote(report=id, text="He has a knife and is stabbing her now."))
    assert not column.grade.advice.alarm.isHidden()
    note = quiet_night.desk.entries(id)[-1].entry.id
    seat.do(CorrectNote(report=id, note=note, text="Wrong report, that was another caller."))
    assert column.grade.advice.alarm.isHidden()
    change = FactChange("injuries", "", "She is bleeding badly and not breathing, stabbed")
    seat.do(CorrectFacts(report=id, changes=(change,)))
    assert "(Facts corrected, 02:47)" in " ".join(column.grade.advice.grade.words)


def test_a_hundred_thousand_characters_are_read_beside_the_window(
    qtbot: QtBot, stage: Stage, quiet_night: Night
) -> None:
    desk = quiet_night.desk
    id = received(quiet_night, "he will kill me with a knife " * 3_400, Channel.CALL_101)
    told = qtbot.waitSignal(desk.suggestions_changed, timeout=60_000)
    with desk.suggesting.beside(), told, reading_held(desk.suggesting):
        column = stage.open(id)
        assert desk.suggested(id) is None
        assert "being read" in column.grade.advice.grade.words[0]
    settle()
    assert not column.grade.advice.alarm.isHidden()


def test_a_suggestion_of_words_that_changed_is_never_shown(
    qtbot: QtBot, stage: Stage, quiet_night: Night
) -> None:
    desk, id = quiet_night.desk, quiet_night["noise"]
    column = stage.open(id)
    assert "Noise" in column.redirect.agency.advised.words[0]
    told = qtbot.waitSignal(desk.suggestions_changed, timeout=60_000)
    with desk.suggesting.beside(), told, reading_held(desk.suggesting):
        quiet_night.seat(KELLY).do(AddNote(report=id, text="He is hitting her right now."))
        assert "being read" in column.redirect.agency.advised.words[0]
        assert "being read" in column.grade.advice.grade.words[0]
    settle()
    assert "stays with the police" in column.redirect.agency.advised.words[0]


@pytest.mark.expects_log("no suggestions could be worked out")
def test_a_lexicon_that_cannot_be_read_is_said_where_suggestions_stand(
    stage: Stage, quiet_night: Night
) -> None:
    def broken(_pack: object) -> object:
        raise ValueError("roads.toml: concepts.car.says: must be text")

    quiet_night.desk.suggesting._make = broken  # type: ignore[assignment]
    column = stage.open(received(quiet_night, STALKED))
    said = column.grade.advice.grade.words[0]
    assert "Judge without them" in said
    assert "roads.toml: concepts.car.says" in said
    assert column.grade.primary().words == "Grade"
