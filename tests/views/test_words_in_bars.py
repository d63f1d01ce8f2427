"""Words in the bars: what was typed there is used, or it is still somewhere its author sees."""

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit

from tests.views.screens import a_window, type_into
from tests.views.stage import KELLY, SAM, Night
from tests.views.test_kept_work import PC, leaves
from workstation.desk import RELEASE
from workstation.desk.unsent import NOT_LOGGED
from workstation.domain.grading import EscalateEmergency
from workstation.domain.roles import PersonId
from workstation.views.shell import MainWindow

GREY = "Insp Grey, he says the armed unit is 20 minutes away"


def seen(window: MainWindow) -> str:
    lines = (one.text() for one in window.findChildren(QLineEdit) if one.isVisible())
    labels = (one.text() for one in window.findChildren(QLabel) if one.isVisible())
    return "\n".join([*lines, *labels])


def test_whom_dispatch_was_told_through_is_not_lost_when_the_line_comes_back_while_typing(
    night: Night,
) -> None:
    seat = night.seat()
    with a_window(night.desk) as window:
        window.open_report(night["r2"])
        seat.line.is_cut = True
        seat.exchange()
        seat.do(EscalateEmergency(report=night["r2"], why="They are in the shed"))
        night.clock.pass_by(seconds=6)
        night.desk.tick()
        type_into(told_of(window), GREY)
        seat.line.is_cut = False
        seat.exchange()  # the store confirms: the bar goes
        night.desk.tick()
        assert NOT_LOGGED in seen(window)
        assert GREY in "\n".join(one.text for one in night.desk.unsent_elsewhere())


def test_why_it_is_released_is_kept_until_something_has_left(night: Night) -> None:
    leaves(night, PC, "One", "Two")
    night.clock.pass_by(minutes=2)
    sam = night.seat(SAM)
    with a_window(sam.desk) as window:
        (card,) = window.attention.kept_work.cards.values()
        card.why.setText("")
        type_into(card.why, "Kelly went home ill, her son rang the desk at 02:40")
        card.release()
        sam.line.is_cut = True
        sam.exchange()  # nothing left: the line went down first
        released = sam.desk.released(PersonId(KELLY))
        assert released is not None
        assert (released.accepted, released.left) == (0, 2)
        window.attention.kept_work.fill()
        kept = " ".join(one.text for one in sam.desk.drafts(RELEASE))
        assert "Kelly went home ill" in card.why.text()
        assert "Kelly went home ill" in kept
        sam.line.is_cut = False
        sam.exchange()
        card.release()
        sam.exchange()
        assert card.why.text() == ""
        assert sam.desk.drafts(RELEASE) == []


def told_of(window: MainWindow) -> QLineEdit:
    lines = window.findChildren(QLineEdit)
    return next(one for one in lines if one.accessibleName() == "Told by voice: who, when")


@pytest.fixture
def half_told(night: Night) -> None:
    """The line came back while somebody typed whom they told; a note was begun, too."""
    seat = night.seat()
    with a_window(night.desk) as window:
        seat.line.is_cut = True
        seat.exchange()
        seat.do(EscalateEmergency(report=night["r2"], why="They are in the shed"))
        night.clock.pass_by(seconds=6)
        night.desk.tick()
        type_into(told_of(window), GREY)
        night.desk.save_draft(night["r2"], "note", "The dog is")
        seat.line.is_cut = False
        seat.exchange()
        night.desk.tick()


@pytest.mark.usefixtures("half_told")
def test_whom_dispatch_was_told_through_goes_as_a_note_and_no_other_words_do(night: Night) -> None:
    assert night.desk.send_unsent(night["r2"]) is None
    assert night.desk.entries(night["r2"])[-1].entry.text == f"Told by voice: {GREY}"
    assert [one.field for one in night.desk.drafts(night["r2"])] == ["note"]
    assert night.desk.unsent_elsewhere() == ()


@pytest.mark.usefixtures("half_told")
def test_discarding_whom_dispatch_was_told_through_leaves_what_else_is_begun(night: Night) -> None:
    night.desk.discard_unsent(night["r2"])
    assert [one.field for one in night.desk.drafts(night["r2"])] == ["note"]


@pytest.mark.usefixtures("half_told")
def test_whom_dispatch_was_told_through_is_asked_of_after_a_restart(night: Night) -> None:
    night.seat().restart()
    (asked,) = night.desk.unsent_elsewhere()
    assert (asked.why, asked.text) == (NOT_LOGGED, f"Told by voice: {GREY}")


def test_nothing_is_asked_while_the_bar_itself_asks(night: Night) -> None:
    seat = night.seat()
    seat.line.is_cut = True
    seat.exchange()
    seat.do(EscalateEmergency(report=night["r2"], why="They are in the shed"))
    night.desk.save_draft(night["r2"], "told_by_voice", GREY)
    assert night.desk.unsent_elsewhere() == ()
