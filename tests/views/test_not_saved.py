"""A window over a disk that takes nothing: it shows one report, and lets nobody lose her words."""

from collections.abc import Callable

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from tests.faults.disk import Disk, WatchedConnection
from tests.flow.test_damaged_while_open import all_pages, harm
from tests.flow.test_work_is_locked import Holder
from tests.views.screens import a_window, type_into
from tests.views.stage import Night
from workstation.cache.work import DAMAGED, MENDED_AGAIN
from workstation.domain.roles import Role
from workstation.domain.story import AddNote
from workstation.ui.label import Body
from workstation.views.shell import MainWindow
from workstation.views.unsaved_box import UnsavedBox

WAYS: dict[str, Callable[[MainWindow], object]] = {
    "signing out": lambda shown: shown.sign_out(),
    "another role": lambda shown: shown.be(Role.DISPATCHER),
    "closing": lambda shown: shown.close(),
}


@pytest.fixture
def disk(night: Night) -> Disk:
    """What befalls Kelly's work.db."""
    made, work = Disk(), night.desk.stock.work
    work.connection = WatchedConnection(work.connection, made, "work")
    return made


@pytest.mark.fault("F18")
@pytest.mark.invariant("I42")
def test_on_a_full_disk_the_decision_is_of_the_report_on_the_page(
    night: Night, disk: Disk
) -> None:
    with a_window(night.desk) as window:
        window.open_report(night["r1"])
        disk.will("full")
        for name in ("r2", "r3"):
            window.open_report(night[name])
            assert window.work.report.report_id == window.work.decide._id == night[name]
            assert window.work.list.rows.current_id == night[name]
            assert window.work.decide.isEnabled()
        disk.will("")


@pytest.mark.invariant("I19")
def test_where_the_page_cannot_be_shown_nothing_can_be_decided(night: Night) -> None:
    with a_window(night.desk) as window:
        window.open_report(night["r1"])
        night.desk.stock.confirmed.connection.execute("DROP TABLE entry")
        with pytest.raises(sqlcipher.OperationalError):
            window.work.show_report(night["r2"])
        assert window.work.decide._id is None
        assert not window.work.decide.isEnabled()


@pytest.mark.fault("F18")
@pytest.mark.invariant("I6", "I42")
@pytest.mark.parametrize("way", WAYS)
def test_nobody_leaves_words_that_only_the_window_has(night: Night, disk: Disk, way: str) -> None:
    with a_window(night.desk) as window:
        told = has_left(window)
        window.open_report(night["r1"])
        disk.will("full")
        type_into(window.work.report.composer.text, "He has a key")
        WAYS[way](window)
        box = box_of(window)
        assert box.windowTitle() == "Words are not saved yet"
        assert "no room" in said(box)
        assert box.lines[0].startswith("02:47 Note on ")
        assert box.lines[0].endswith(": “He has a key”")
        assert window.isVisible()
        assert told == []
        disk.will("")
        night.desk.tick()
        assert bool(told) or not window.isVisible()
        assert window.leaving.unsaved is None
    assert note_of(night) == "He has a key"


@pytest.mark.fault("F20")
@pytest.mark.invariant("I6", "I7")
def test_while_the_file_is_held_whoever_stays_finds_her_words_and_may_empty_them(
    night: Night,
) -> None:
    with a_window(night.desk) as window:
        told = has_left(window)
        window.open_report(night["r1"])
        holder = Holder(night.seat())
        type_into(window.work.report.composer.text, "He has a key")
        window.sign_out()
        assert "locked by another program" in said(box_of(window))
        box_of(window).buttons[""].click()
        assert told == []
        assert window.work.report.composer.text.text == "He has a key"
        window.open_report(night["r2"])
        assert window.status.draft.text() == "Draft NOT saved"
        window.open_report(night["r1"])
        window.work.report.composer.text.clear()
        type_into(window.work.report.composer.text, " ")
        window.work.report.composer.drafts.discard()
        window.sign_out()
        assert told == ["signed out"]
        holder.close()


@pytest.mark.fault("F22")
@pytest.mark.invariant("I6", "I42")
@pytest.mark.expects_log("work.db is damaged and could not be mended")
@pytest.mark.expects_log("work.db was damaged")
def test_over_a_damaged_file_a_bar_stands_and_nobody_leaves_her_words(night: Night) -> None:
    in_the_way = night.desk.stock.profile.folder / "work.salvage"
    with a_window(night.desk) as window:
        told = has_left(window)
        window.open_report(night["r1"])
        in_the_way.mkdir()
        harm(night.desk, all_pages)
        type_into(window.work.report.composer.text, "He has a key")
        night.desk.tick()
        assert window.disk.isVisible()
        assert window.disk.accessibleName() == DAMAGED
        window.sign_out()
        assert box_of(window).windowTitle() == "Words are not saved yet"
        assert told == []
        in_the_way.rmdir()
        for _ in range(MENDED_AGAIN):
            night.desk.tick()
        assert not window.disk.isVisible()
        assert told == ["signed out"]
    assert note_of(night) == "He has a key"


@pytest.mark.fault("F20")
@pytest.mark.invariant("I4")
def test_nobody_leaves_an_act_that_only_the_window_has(night: Night) -> None:
    kelly = night.seat()
    with a_window(night.desk) as window:
        told = has_left(window)
        holder = Holder(kelly)
        kelly.do(AddNote(report=night["r2"], text="Unsaved"))
        window.sign_out()
        assert box_of(window).windowTitle() == "1 act is not saved yet"
        assert told == []
        holder.close()
        night.desk.tick()
        assert window.leaving.unsaved is None
        window.leaving.unsent.buttons["leave"].click()
        assert told == ["signed out"]


@pytest.mark.fault("F18")
@pytest.mark.expects_log("not saved: 0 acts, 1 drafts")
def test_a_program_that_is_ended_all_the_same_says_what_it_lost(night: Night, disk: Disk) -> None:
    disk.will("full")
    night.desk.save_draft(night["r1"], "note", "He has a key")
    night.seat().close()


def has_left(shown: MainWindow) -> list[object]:
    """What is told of leaving from here on."""
    told: list[object] = []
    shown.sign_out_asked.connect(lambda: told.append("signed out"))
    shown.role_chosen.connect(told.append)
    return told


def box_of(shown: MainWindow) -> UnsavedBox:
    assert shown.leaving.unsaved is not None
    return shown.leaving.unsaved


def said(box: UnsavedBox) -> str:
    """All that stands in the box."""
    return " ".join(label.text() for label in box.findChildren(Body))


def note_of(night: Night) -> str:
    """What is kept of the note, once the program is started again."""
    draft = night.seat().restart().draft(night["r1"], "note")
    return draft.text if draft is not None else ""
