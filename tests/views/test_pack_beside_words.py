"""The pack changes while answers of a guide are begun: no word of them goes."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.views.screens import a_window, type_into
from tests.views.stage import Night, undone
from tests.world import cambridgeshire
from workstation.domain.flagging import SetFlag
from workstation.domain.guide import Guide, Question
from workstation.domain.packing import decode_pack, encode_pack
from workstation.store.founding import change_pack
from workstation.ui.text_area import TextArea
from workstation.views.place import open_parts, parts_of
from workstation.views.report.guide_tab import CHANGED, GuideTab
from workstation.views.report.page import QUESTIONS
from workstation.views.shell import MainWindow

HERS, ABUSE = "r1", "domestic-abuse"
WORDS = "He keeps a shotgun in the loft"
FREE = next(
    one for one in decode_pack(cambridgeshire()).guide_by_id[ABUSE].questions if not one.choices
)


def asking(shown: MainWindow, night: Night) -> GuideTab:
    shown.open_report(night[HERS])
    shown.work.report.tabs.setCurrentIndex(QUESTIONS)
    tab = shown.work.report.guides
    tab.choose(ABUSE)
    assert tab.form is not None
    assert tab.guide is not None
    for question in tab.guide.questions:
        tab.form.row(question.id)
    return tab


def begin(tab: GuideTab) -> None:
    assert tab.form is not None
    line = tab.form.row(FREE.id).line
    assert line is not None
    type_into(line, WORDS)
    tab.drafts.flush()


def answer_another(tab: GuideTab) -> None:
    assert tab.guide is not None
    other = next(one for one in tab.guide.questions if one.id != FREE.id and one.choices)
    tab.sheets[ABUSE].answer(other.id, other.choices[0])


Change = Callable[[tuple[Guide, ...]], tuple[Guide, ...]]


def bring(night: Night, change: Change) -> None:
    """The force changes its guides, and Kelly's desk hears of it."""
    pack = decode_pack(cambridgeshire())
    guides = change(pack.guides)
    ids = {one.id for one in guides}
    rules = tuple(
        one for one in pack.hard_rules if all(answer.guide in ids for answer in one.answers)
    )
    changed = replace(pack, guides=guides, hard_rules=rules)
    change_pack(night.world.database, encode_pack(changed))
    assert night.seat().exchange()


def with_questions(change: Callable[[tuple[Question, ...]], tuple[Question, ...]]) -> Change:
    return lambda guides: tuple(
        replace(g, questions=change(g.questions)) if g.id == ABUSE else g for g in guides
    )


reworded = with_questions(
    lambda asked: tuple(
        replace(q, ask=f"{q.ask} Take your time.") if q.id == FREE.id else q for q in asked
    )
)
dropped = with_questions(lambda asked: tuple(q for q in asked if q.id != FREE.id))


def on_screen(shown: MainWindow) -> str:
    lines = [one for one in shown.findChildren(QLineEdit) if one.isVisible()]
    boxes = [one for one in shown.findChildren(TextArea) if one.isVisible()]
    return "\n".join([*(one.text() for one in lines), *(one.text for one in boxes)])


def kept(night: Night) -> str:
    desk = night.desk
    drafts = [one.text for one in desk.drafts(night[HERS])]
    return "\n".join([*drafts, *(one.entry.text for one in desk.entries(night[HERS]))])


@pytest.fixture(autouse=True)
def flagged(night: Night) -> None:
    night.seat().do(SetFlag(report=night[HERS], flag=ABUSE))
    night.seat().exchange()


def test_it_is_back_after_a_restart(night: Night) -> None:
    with a_window(night.desk) as shown:
        begin(asking(shown, night))
    night.seat().restart()
    with a_window(night.desk) as shown:
        asking(shown, night)
        assert WORDS in on_screen(shown)


@pytest.mark.parametrize("change", [reworded, dropped], ids=["reworded", "dropped"])
def test_what_was_begun_is_shown_after_the_pack_changed_and_a_restart(
    night: Night, change: Change
) -> None:
    with a_window(night.desk) as shown:
        begin(asking(shown, night))
        bring(night, change)
    night.seat().restart()
    with a_window(night.desk) as shown:
        asking(shown, night)
        assert WORDS in on_screen(shown), "not back in its place, nor anywhere"


@pytest.mark.parametrize("change", [reworded, dropped], ids=["reworded", "dropped"])
def test_nothing_begun_is_overwritten_by_the_next_answer(night: Night, change: Change) -> None:
    with a_window(night.desk) as shown:
        begin(asking(shown, night))
        bring(night, change)
    night.seat().restart()
    with a_window(night.desk) as shown:
        tab = asking(shown, night)
        answer_another(tab)
        tab.drafts.flush()
        assert WORDS in kept(night), "gone from the disk, too"


def test_nothing_begun_is_dropped_in_silence_when_the_rest_is_logged(night: Night) -> None:
    with a_window(night.desk) as shown:
        tab = asking(shown, night)
        begin(tab)
        bring(night, dropped)
        tab.choose(ABUSE)
        answer_another(tab)
        tab.send()
        assert tab.error.text() or WORDS in kept(night), "neither logged, kept nor told"


def test_a_guide_that_the_pack_brought_opens(night: Night) -> None:
    """Chosen by itself, since the report's flag speaks for it."""

    def more(guides: tuple[Guide, ...]) -> tuple[Guide, ...]:
        mine = next(g for g in guides if g.id == ABUSE)
        return (replace(mine, id="abuse-2027"), *guides)

    with a_window(night.desk) as shown:
        bring(night, more)
        shown.open_report(night[HERS])
        assert shown.work.report.guides.guide is not None


def gone(guides: tuple[Guide, ...]) -> tuple[Guide, ...]:
    return tuple(one for one in guides if one.id != ABUSE)


def test_what_was_begun_of_a_guide_that_is_no_more_is_shown_and_goes_as_a_note(
    night: Night,
) -> None:
    with a_window(night.desk) as shown:
        begin(asking(shown, night))
        bring(night, gone)
    night.seat().restart()
    with a_window(night.desk) as shown:
        shown.open_report(night[HERS])
        shown.work.report.tabs.setCurrentIndex(QUESTIONS)
        assert WORDS in on_screen(shown)
        shown.work.report.guides.send()
        assert undone(night.desk, night[HERS]) == ("AddNote",)
        assert WORDS in night.desk.entries(night[HERS])[-1].entry.text
        assert night.desk.draft(night[HERS], f"guide.{ABUSE}") is None


def test_an_answer_to_other_words_is_never_logged_as_one_to_the_new_ones(night: Night) -> None:
    with a_window(night.desk) as shown:
        tab = asking(shown, night)
        begin(tab)
        bring(night, reworded)
        tab.send()
        assert tab.error.text() == CHANGED.sentence
        assert undone(night.desk, night[HERS]) == ()
        assert WORDS in on_screen(shown)
        assert FREE.id not in tab.sheets[ABUSE].answers


def test_what_is_not_to_be_logged_of_it_is_cleared(night: Night) -> None:
    with a_window(night.desk) as shown:
        tab = asking(shown, night)
        begin(tab)
        bring(night, dropped)
        tab.choose(ABUSE)
        assert tab.form is not None
        tab.form.rest.box.selectAll()
        tab.form.rest.box.insertPlainText("")
        tab.drafts.flush()
        assert night.desk.draft(night[HERS], f"guide.{ABUSE}") is None


def test_the_questions_stay_while_the_keyboard_is_in_them(night: Night) -> None:
    with a_window(night.desk) as shown:
        tab = asking(shown, night)
        form = tab.form
        assert form is not None
        form.row(FREE.id).take_focus()
        bring(night, dropped)
        assert tab.form is form
        assert QApplication.focusWidget() is form.row(FREE.id).line


def test_back_where_i_was_goes_by_what_is_asked_now(night: Night) -> None:
    with a_window(night.desk) as shown:
        tab = asking(shown, night)
        assert tab.form is not None
        line = tab.form.row(FREE.id).line
        assert line is not None
        place = parts_of(shown.work.report, shown.work.decide, line)
        bring(night, dropped)
        open_parts(shown.work.report, shown.work.decide, place)
        assert tab.guide is not None
        assert tab.guide.question(FREE.id) is None
