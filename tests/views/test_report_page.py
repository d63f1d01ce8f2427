"""The report page: every word shown as it is, nothing shortened that keeps somebody safe."""

import re

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.views.decide_stage import settle
from tests.views.sample import PHRASES
from tests.views.stage import MO, NOW, Night, effective, undone
from tests.world import cambridgeshire
from workstation.domain.entry import EntryKind
from workstation.domain.packing import decode_pack, encode_pack
from workstation.domain.report import MarkedPhrase
from workstation.domain.story import AddNote
from workstation.store.founding import change_pack
from workstation.ui.banner import Banner
from workstation.views.literal import literal
from workstation.views.report.account import NOTHING_MATCHED, AccountCard
from workstation.views.report.page import LOG, ReportPage
from workstation.views.report.standing import standings


def page(qtbot: QtBot, night: Night, name: str = "r1") -> ReportPage:
    shown = ReportPage(night.desk)
    qtbot.addWidget(shown)
    shown.resize(1000, 800)
    shown.set_narrow(False)
    shown.show()
    shown.show_report(night[name])
    return shown


def test_marked_phrases_stand_out_word_for_word(qtbot: QtBot, still_night: Night) -> None:
    shown = page(qtbot, still_night)
    assert shown.account.text.marked_words() == PHRASES
    assert "3 risk phrases" in shown.account.trailing.text()


def test_marks_hold_after_emoji_and_line_ends(qtbot: QtBot) -> None:
    card = AccountCard()
    qtbot.addWidget(card)
    text = "😀 one\r\ntwo 🔪 said I will regret it"
    start = text.index("said")
    card.show_account(text, [MarkedPhrase(start, len(text), text[start:], "Threat")])
    assert card.text.marked_words() == ["said I will regret it"]


def test_an_assumed_form_of_incident_number_is_said_beside_it(qtbot: QtBot, night: Night) -> None:
    said = "Its form is assumed, not confirmed."
    shown = page(qtbot, night)
    assert said not in [label.text() for label in shown.findChildren(QLabel)]
    pack = decode_pack(cambridgeshire())
    assumed = replace(pack.numbers.incident, assumption="No example was found.")
    mended = replace(pack, numbers=replace(pack.numbers, incident=assumed))
    change_pack(night.world.database, encode_pack(mended))
    night.seat().exchange()
    shown = page(qtbot, night)
    assert said in [label.text() for label in shown.findChildren(QLabel)]


def test_markup_is_shown_letter_for_letter(qtbot: QtBot) -> None:
    card = AccountCard()
    qtbot.addWidget(card)
    text = "<b>not bold</b> <img src=x> &amp; '; DROP TABLE"
    card.show_account(text, [])
    assert card.text.toPlainText() == text


def test_characters_that_turn_text_round_are_spelt_out() -> None:
    assert literal("a\u202eb") == "a‹U+202E›b"


def test_nothing_matched_is_not_shown_as_no_risk(qtbot: QtBot, still_night: Night) -> None:
    shown = page(qtbot, still_night, "r5")
    assert shown.account.note.text() == NOTHING_MATCHED


def test_hazards_are_pinned_above_the_report(qtbot: QtBot, still_night: Night) -> None:
    shown = page(qtbot, still_night, "r3")
    assert shown.hazards.isVisible()
    shown.show_report(still_night["r1"])
    assert not shown.hazards.isVisible()


def test_who_holds_a_report_is_said_and_what_one_may_still_do(
    qtbot: QtBot, still_night: Night
) -> None:
    desk = still_night.desk
    told = standings(effective(desk, still_night["r3"]), desk.person, NOW)
    assert told[0].lead == "Mo Ahmed holds this"
    assert "raise its grade" in told[0].text


def test_a_detached_holder_and_a_returned_report_are_said(night: Night) -> None:
    desk = night.desk
    night.fall_silent()
    held = effective(desk, night["r3"])
    assert standings(held, desk.person, NOW)[0].lead == "Held by Mo Ahmed, offline since 02:49."
    returned = replace(held, claim=None, returned_because="Mo's shift ended")
    assert "Came back" in standings(returned, desk.person, NOW)[0].lead


def test_pressing_what_is_due_shows_every_sum_in_words(qtbot: QtBot, still_night: Night) -> None:
    shown = page(qtbot, still_night)
    assert "40 min" in shown.header.due.accessibleName()
    shown.toggle_promises()
    assert shown.promises.isVisible()


def test_what_changed_since_one_looked_is_one_line(qtbot: QtBot, night: Night) -> None:
    desk, r1 = night.desk, night["r1"]
    desk.looked_at(r1)
    night.meanwhile(MO, AddNote(report=r1, text="He is back"), AddNote(report=r1, text="Gone"))
    shown = page(qtbot, night)
    assert shown.changed.accessibleName() == "Since you looked: 2 notes by Mo Ahmed"
    settle()
    assert desk.changed_since_looked(r1) == ""


def test_new_lines_of_the_log_are_marked_until_seen(qtbot: QtBot, night: Night) -> None:
    r1 = night["r1"]
    night.desk.looked_at(r1)
    night.meanwhile(MO, AddNote(report=r1, text="He is back"))
    shown = page(qtbot, night)
    assert [line.accessibleName().count("New:") for line in shown.log.lines()] == [0, 0, 1]
    settle()
    shown.show_report(night["r5"])
    shown.show_report(r1)
    assert [line.accessibleName().count("New:") for line in shown.log.lines()] == [0, 0, 0]


def test_a_note_goes_on_the_record_and_its_draft_goes(qtbot: QtBot, night: Night) -> None:
    desk = night.desk
    shown = page(qtbot, night)
    shown.write_note()
    QTest.keyClicks(shown.composer.text, "Caller has a dog")
    shown.composer.drafts.flush()
    assert desk.draft(night["r1"], "note") is not None
    shown.composer.hazard.toggle()
    QTest.keyClick(shown.composer.text, Qt.Key.Key_Return)
    assert undone(desk, night["r1"]) == ("AddNote",)
    written = desk.entries(night["r1"])[-1].entry
    assert (written.kind, written.text) == (EntryKind.HAZARD, "Caller has a dog")
    assert desk.draft(night["r1"], "note") is None
    assert shown.hazards.isVisible()


def test_each_report_keeps_its_own_unsent_note(qtbot: QtBot, night: Night) -> None:
    shown = page(qtbot, night)
    QTest.keyClicks(shown.composer.text, "for the first")
    shown.show_report(night["r5"])
    assert shown.composer.text.text == ""
    shown.show_report(night["r1"])
    assert shown.composer.text.text == "for the first"


def test_corrected_facts_say_what_was_there(qtbot: QtBot, night: Night) -> None:
    desk = night.desk
    shown = page(qtbot, night)
    shown.edit_facts()
    line = shown.facts.form.line("injuries")
    QTest.keyClicks(line, "Bruised arm")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert effective(desk, night["r1"]).facts.injuries == "Bruised arm"
    written = desk.entries(night["r1"])[-1].entry
    assert written.kind is EntryKind.CORRECTION
    assert written.text == "injuries: Bruised arm"
    assert shown.facts.grid.isVisible()


def test_a_refused_correction_stands_beside_its_field(qtbot: QtBot, night: Night) -> None:
    desk = night.desk
    shown = page(qtbot, night)
    shown.edit_facts()
    was = shown.facts.form.line("people")
    was.setText("A third person")
    other = ReportPage(desk)
    qtbot.addWidget(other)
    other.show_report(night["r1"])
    other.edit_facts()
    other.facts.form.line("people").setText("Somebody else")
    other.facts.form.save()
    assert "changed this to “Somebody else”" in shown.facts.form.fields["people"].error.text()
    shown.facts.form.save()
    assert "Somebody else wrote" in shown.facts.form.fields["people"].error.text()
    assert was.text() == "A third person"


def test_f9_releases_and_takes(qtbot: QtBot, night: Night) -> None:
    desk = night.desk
    shown = page(qtbot, night)
    shown.take_or_release()
    assert undone(desk, night["r1"]) == ("ReleaseReport",)
    assert effective(desk, night["r1"]).claim is None
    shown.take_or_release()
    assert effective(desk, night["r1"]).claim is not None


def test_a_pending_act_is_marked(qtbot: QtBot, night: Night) -> None:
    night.seat().do(AddNote(report=night["r1"], text="Rang her: no answer."))
    shown = page(qtbot, night)
    assert "On this desk, not sent" in shown.header.chip_texts()


def test_the_check_for_earlier_contacts_is_on_screen(qtbot: QtBot, still_night: Night) -> None:
    shown = page(qtbot, still_night)
    assert shown.links.linked.result.text() == "1 contact in 14 days"
    assert re.search("on this desk (only|and at the store)", shown.links.linked.searched.text())
    assert len(shown.links.linked.rows()) == 1


def test_on_a_narrow_screen_the_log_is_a_tab(qtbot: QtBot, still_night: Night) -> None:
    shown = page(qtbot, still_night)
    shown.set_narrow(True)
    assert shown.tabs.isTabVisible(LOG)
    shown.tabs.setCurrentIndex(LOG)
    assert shown.log.isVisible()


def test_officers_sent_for_stand_with_dispatch_only_once_the_store_has_it(
    still_night: Night,
) -> None:
    graded = effective(still_night.desk, still_night["r4"])
    unsure = [one.lead for one in standings(graded, still_night.desk.person, NOW)]
    sure = [one.lead for one in standings(graded, still_night.desk.person, NOW, is_confirmed=True)]
    assert "With dispatch," not in unsure
    assert "With dispatch," in sure


def test_facts_being_corrected_are_kept_while_another_report_is_looked_at(
    qtbot: QtBot, night: Night
) -> None:
    shown = page(qtbot, night)
    shown.edit_facts()
    line = shown.facts.form.line("people")
    line.clear()
    QTest.keyClicks(line, "A man in a red coat")
    shown.show_report(night["r3"])
    assert not shown.facts.form.isVisible()
    shown.show_report(night["r1"])
    assert shown.facts.form.isVisible()
    assert shown.facts.form.line("people").text() == "A man in a red coat"
    shown.facts.form.leave()
    shown.show_report(night["r3"])
    shown.show_report(night["r1"])
    assert not shown.facts.form.isVisible()


def test_many_bars_keep_their_words_and_the_parts_below_give_way(
    qtbot: QtBot, still_night: Night
) -> None:
    shown = page(qtbot, still_night)
    shown.resize(700, 720)
    column = shown.standings.layout()
    assert column is not None
    for _ in range(6):
        words = "The reply is owed until somebody gave it and logged it. " * 3
        column.addWidget(Banner("warn", words))
    shown.standings.show()
    bars = shown.standings.findChildren(Banner)
    qtbot.waitUntil(lambda: all(b.height() >= b.heightForWidth(b.width()) > 38 for b in bars))
