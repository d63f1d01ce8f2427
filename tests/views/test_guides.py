"""Questions and advice in the real window: by keyboard, kept while typing, never overstated."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.views.stage import MO, Night, effective, undone
from tests.views.test_shell import window
from workstation.domain.answering import AnswerQuestions
from workstation.domain.entry import Given
from workstation.domain.flagging import SetFlag
from workstation.domain.report import Facts, Location
from workstation.views.report.guide_tab import GuideTab
from workstation.views.report.page import QUESTIONS
from workstation.views.report.question_row import NOT_ASKED, QuestionRow
from workstation.views.shell import MainWindow

HERS = "r1"
ABUSE = "domestic-abuse"


def press(key: Qt.Key, mods: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    found = QApplication.focusWidget()
    assert found is not None
    QTest.keyClick(found, key, mods)


def write(words: str) -> None:
    found = QApplication.focusWidget()
    assert found is not None
    QTest.keyClicks(found, words)


def log_it() -> None:
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def asking(qtbot: QtBot, night: Night, guide: str = ABUSE, report: str = HERS) -> MainWindow:
    """The window with a guide's questions, by the keys that lead there."""
    night.seat().do(SetFlag(report=night[report], flag=ABUSE))
    night.seat().exchange()
    shown = window(qtbot, night.desk, 1920)
    shown.open_report(night[report])
    press(Qt.Key.Key_F10)
    if guide != ABUSE:
        tab_of(shown).choose(guide)
        tab_of(shown).take_focus()
    return shown


def tab_of(shown: MainWindow) -> GuideTab:
    return shown.work.report.guides


def row(shown: MainWindow, question: str) -> QuestionRow:
    form = tab_of(shown).form
    assert form is not None
    return form.row(question)


def question_with_keyboard() -> str:
    found: QWidget | None = QApplication.focusWidget()
    while found is not None and not isinstance(found, QuestionRow):
        found = found.parentWidget()
    return found.question.id if found is not None else ""


def test_a_flag_suggests_its_questions_and_until_somebody_asks_they_are_not_done(
    qtbot: QtBot, night: Night
) -> None:
    shown = asking(qtbot, night)
    tab = tab_of(shown)
    assert shown.work.report.tabs.currentIndex() == QUESTIONS
    assert shown.work.report.tabs.tabText(QUESTIONS) == "Questions: not asked"
    assert tab.state.text().startswith(
        "Not done: nobody has asked these questions. DASH or DARA: not done; these questions only "
        "begin it. Suggested by a flag"
    )
    assert tab.box.currentText() == "Domestic abuse · suggested · not done"
    assert row(shown, "choked").state.text() == NOT_ASKED
    assert not tab.show_log.isVisible()


def test_a_set_is_answered_by_letters_and_logged_by_one_key(qtbot: QtBot, night: Night) -> None:
    shown = asking(qtbot, night)
    walked = []
    for key in (Qt.Key.Key_N, Qt.Key.Key_Y, Qt.Key.Key_K, Qt.Key.Key_Y):
        walked.append(question_with_keyboard())
        press(key)
    assert walked == ["there-now", "can-talk", "hurt", "choked"]
    assert question_with_keyboard() == "weapon"
    assert row(shown, "choked").note.text().startswith("Advise to be seen by a doctor")
    log_it()
    assert undone(night.desk, night[HERS]) == ("AnswerQuestions",)
    stands = effective(night.desk, night[HERS]).answered_of(ABUSE)
    assert stands is not None
    assert (stands.asked, [one.words for one in stands.raised]) == (4, ["strangled or choked"])
    assert shown.work.report.tabs.tabText(QUESTIONS).startswith("Questions 4/")
    line = [one.entry for one in night.desk.entries(night[HERS])][-1]
    assert line.title == "Questions, Domestic abuse: 4 answers"
    assert line.said_by == "Karen Whitfield"
    assert "said by Karen Whitfield · asked by Kelly Rowe" in row(shown, "choked").state.text()
    assert question_with_keyboard() == "weapon"


def test_ctrl_enter_on_an_answer_never_does_what_the_decision_column_says(
    qtbot: QtBot, night: Night
) -> None:
    shown = asking(qtbot, night)
    shown.work.decide.grade.pick("P")
    shown.work.decide.grade.reason.set_text("He may come back")
    tab_of(shown).take_focus()
    assert question_with_keyboard() == "there-now"
    log_it()
    assert undone(night.desk, night[HERS]) == ()
    assert tab_of(shown).error.text() == "Answer a question, or tick what was read out."


def test_a_later_answer_stands_beside_the_earlier_one(qtbot: QtBot, night: Night) -> None:
    night.meanwhile(
        MO,
        AnswerQuestions(
            report=night[HERS], guide=ABUSE, answers=(Given("choked", "no"),), said_by="A friend"
        ),
    )
    shown = asking(qtbot, night)
    told = row(shown, "choked")
    assert told.state.text() == "No · said by A friend · asked by Mo Ahmed, 02:47"
    told.take_focus()
    press(Qt.Key.Key_Y)
    assert told.state.text().startswith("Not logged yet\nNo · said by A friend")
    log_it()
    first, second = told.state.text().split("\n")
    assert first.startswith("Yes · said by Karen Whitfield · asked by Kelly Rowe")
    assert second == "earlier: No · said by A friend · asked by Mo Ahmed, 02:47"


def test_what_hangs_on_an_answer_is_asked_as_soon_as_it_is_given(
    qtbot: QtBot, night: Night
) -> None:
    shown = asking(qtbot, night)
    assert not row(shown, "children-seen").isVisible()
    row(shown, "children").take_focus()
    press(Qt.Key.Key_Y)
    assert row(shown, "children-seen").isVisible()
    assert question_with_keyboard() == "children-seen"
    row(shown, "children").take_focus()
    press(Qt.Key.Key_N)
    assert not row(shown, "children-seen").isVisible()


def test_what_is_begun_comes_back_word_for_word_and_goes_with_logging(
    qtbot: QtBot, night: Night
) -> None:
    shown = asking(qtbot, night)
    form = tab_of(shown).form
    assert form is not None
    form.advice["keep"].tick.click()
    tab_of(shown).drafts.flush()
    row(shown, "there-now").take_focus()
    press(Qt.Key.Key_Y)
    row(shown, "afraid-of").take_focus()
    line = QApplication.focusWidget()
    assert line is not None
    QTest.keyClicks(line, "That he waits at the school")
    shown.open_report(night["r2"])
    shown.open_report(night[HERS])
    again = tab_of(shown)
    assert again.sheets[ABUSE].answers == {
        "there-now": "yes", "afraid-of": "That he waits at the school",
    }  # fmt: skip
    form = again.form
    assert form is not None
    assert form.advice["keep"].tick.isChecked()
    assert row(shown, "afraid-of").words == "That he waits at the school"
    again.send()
    assert undone(night.desk, night[HERS]) == ("AnswerQuestions", "GiveAdvice")
    assert night.desk.draft(night[HERS], f"guide.{ABUSE}") is None
    assert form.advice["keep"].said.text() == "Read out by Kelly Rowe, 02:47"


def test_who_answers_is_kept_before_anything_is_answered(qtbot: QtBot, night: Night) -> None:
    shown = asking(qtbot, night)
    tab_of(shown).said_by.setFocus()
    tab_of(shown).said_by.clear()
    write("Her sister Jo")
    shown.open_report(night["r2"])
    shown.open_report(night[HERS])
    press(Qt.Key.Key_F10)
    assert tab_of(shown).said_by.text() == "Her sister Jo"
    press(Qt.Key.Key_Y)
    log_it()
    assert [one.entry for one in night.desk.entries(night[HERS])][-1].said_by == "Her sister Jo"


def test_words_begun_on_what_a_colleague_took_are_offered_as_a_note(night: Night) -> None:
    report = night[HERS]
    words = "What are you most afraid may happen? That he waits"
    night.desk.save_draft(report, f"guide.{ABUSE}", words)
    unsent = night.desk.unsent()
    assert report in unsent


def test_typed_answers_are_taken_and_marked_and_only_a_false_one_is_refused(
    qtbot: QtBot, night: Night
) -> None:
    shown = asking(qtbot, night, "missing")
    born = row(shown, "born")
    born.take_focus()
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, "31/02/2013")
    assert born.note.text().startswith("There is no 31/02/2013")
    line.clear()
    QTest.keyClicks(line, "1/1/2030")
    log_it()
    assert born.error.text() == "Nobody was born after today. Ask again."
    assert undone(night.desk, night[HERS]) == ()
    line.selectAll()
    QTest.keyClicks(line, "31/02/2013")
    log_it()
    assert undone(night.desk, night[HERS]) == ("AnswerQuestions",)


def test_the_log_line_of_what_was_asked_is_one_key_away(qtbot: QtBot, night: Night) -> None:
    shown = asking(qtbot, night)
    press(Qt.Key.Key_Y)
    log_it()
    wanted: list[str] = []
    tab_of(shown).line_wanted.connect(wanted.append)
    tab_of(shown).show_log.click()
    assert wanted == [[one.entry.id for one in night.desk.entries(night[HERS])][-1]]


def test_nothing_suggested_is_never_called_nothing_to_ask(qtbot: QtBot, night: Night) -> None:
    shown = window(qtbot, night.desk)
    shown.open_report(night["r5"])
    press(Qt.Key.Key_F10)
    assert "not the same as nothing to ask" in tab_of(shown).state.text()
    assert QApplication.focusWidget() is tab_of(shown).box


def test_answers_offline_are_kept_and_reach_the_store_with_their_flag(
    qtbot: QtBot, night: Night
) -> None:
    night.seat().line.is_cut = True
    shown = asking(qtbot, night, report="r2")
    row(shown, "pregnant").take_focus()
    press(Qt.Key.Key_Y)
    log_it()
    assert undone(night.desk, night["r2"]) == ("SetFlag", "AnswerQuestions")
    night.seat().line.is_cut = False
    night.seat().exchange()
    assert undone(night.desk, night["r2"]) == ()
    flags = {flag.id for flag in effective(night.desk, night["r2"]).flags}
    assert flags == {ABUSE, "safeguarding"}


def test_the_words_suggest_what_to_ask_say_which_and_hide_nothing(
    qtbot: QtBot, quiet_night: Night
) -> None:
    words = "My mother has wandered off from the care home, she has dementia, not seen since 8."
    report = quiet_night.receive("gone", words, Facts(title="She is gone"), Location(town="Ely"))
    quiet_night.seat().exchange()
    shown = window(qtbot, quiet_night.desk, 1920)
    shown.open_report(report)
    tab = tab_of(shown)
    qtbot.waitUntil(lambda: "by the words" in tab.state.text())
    assert "“wandered off”" in tab.state.text()
    assert tab.guide is not None
    assert tab.guide.id == "missing"
    assert tab.box.currentText() == "Missing person · suggested · not done"
    assert tab.box.count() == len(quiet_night.desk.pack.guides) + 1
    assert effective(quiet_night.desk, report).flags == ()
    assert effective(quiet_night.desk, report).answered == ()


def test_what_somebody_asks_about_stays_when_the_words_have_been_read(
    qtbot: QtBot, quiet_night: Night
) -> None:
    words = "My mother has wandered off from the care home, she has dementia, not seen since 8."
    report = quiet_night.receive("gone", words, Facts(title="She is gone"), Location(town="Ely"))
    quiet_night.seat().exchange()
    shown = window(qtbot, quiet_night.desk, 1920)
    shown.open_report(report)
    tab = tab_of(shown)
    tab.choose("asb")
    qtbot.waitUntil(lambda: "suggested" in tab.box.itemText(1))
    assert tab.guide is not None
    assert tab.guide.id == "asb"


def test_while_a_call_is_taken_one_key_puts_it_on_record_and_asks(
    qtbot: QtBot, night: Night
) -> None:
    shown = window(qtbot, night.desk, 1366)
    shown.go("taking")
    press(Qt.Key.Key_F10)
    assert shown.is_taking(), "nothing is asked before a word is said"
    write("My bicycle was stolen")
    press(Qt.Key.Key_F10)
    assert not shown.is_taking()
    assert shown.work.report.tabs.currentIndex() == QUESTIONS
    report = shown.work.report.report_id
    assert report is not None
    assert effective(night.desk, report).excerpt == "My bicycle was stolen"
