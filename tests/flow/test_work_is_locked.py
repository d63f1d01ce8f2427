"""Another program holds work.db: the window goes on, and nothing is lost or called saved."""

import time
from collections.abc import Iterator

import pytest

from tests.flow.test_numbers import NOBODY, offence
from tests.world import DESK_KEY, Station, World
from workstation.cache.keys import open_keys
from workstation.cache.work import LONGEST_WAIT_S
from workstation.desk import Desk
from workstation.domain.grading import EscalateEmergency
from workstation.domain.refusal import Refusal
from workstation.domain.report import Channel, Facts, Location, ReportId
from workstation.domain.story import AddNote
from workstation.machine.sealed import Connection, open_connection

BLOCKED_S = 0.1


class Holder:
    """A program that holds the file, such as a scanner for viruses."""

    def __init__(self, ann: Station) -> None:
        key = open_keys(ann.files, DESK_KEY).work
        self._connection: Connection = open_connection(
            ann.files / "work.db", key, synchronous="FULL"
        )
        self._connection.execute("BEGIN EXCLUSIVE")

    def let_go(self) -> None:
        """The file is free."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def close(self) -> None:
        """It ends."""
        self.let_go()
        self._connection.close()


@pytest.fixture
def report(world: World, ann: Station) -> ReportId:
    """A report on Ann's screen."""
    id = world.a_day()[2]
    ann.exchange()
    return id


@pytest.fixture
def holder(report: ReportId, ann: Station) -> Iterator[Holder]:
    """It holds the file from here on."""
    made = Holder(ann)
    yield made
    made.close()


class Stopwatch:
    """The longest time the window was kept waiting."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._began = 0.0

    def __enter__(self) -> None:
        self._began = time.process_time()

    def __exit__(self, *_: object) -> None:
        self.longest = max(self.longest, time.process_time() - self._began)


@pytest.mark.fault("F20")
@pytest.mark.invariant("I4", "I37")
def test_acts_are_shown_as_not_saved_until_the_file_is_free(
    world: World, ann: Station, report: ReportId, holder: Holder
) -> None:
    desk = ann.desk
    for n in range(3):
        ann.do(AddNote(report=report, text=f"Note {n}"))
    link = desk.link()
    assert (link.unsaved, link.waiting) == (3, 3)
    shown = [one.entry.text for one in desk.entries(report) if one.pending]
    assert shown == ["Note 0", "Note 1", "Note 2"]
    desk.tick()
    assert desk.link().unsaved == 3
    assert not ann.exchange() or ann.line.sent == 0
    assert desk.link().unsaved == 3
    holder.let_go()
    desk.tick()
    assert (desk.link().unsaved, desk.link().waiting) == (0, 3)
    assert ann.exchange()
    told = [one.entry.text for one in desk.entries(report) if one.entry.text.startswith("Note")]
    assert told == ["Note 0", "Note 1", "Note 2"]
    assert desk.link().waiting == 0


@pytest.mark.fault("F20")
@pytest.mark.invariant("I40")
def test_the_window_does_not_wait_each_second_for_a_file_that_is_held(
    ann: Station, report: ReportId, holder: Holder
) -> None:
    ann.do(AddNote(report=report, text="Note"))
    ticks = []
    for _ in range(20):
        began = time.perf_counter()
        ann.desk.tick()
        ticks.append(time.perf_counter() - began)
    assert ann.desk.link().unsaved == 1
    assert min(ticks) < LONGEST_WAIT_S


@pytest.mark.fault("F20")
@pytest.mark.invariant("I25")
def test_no_number_is_shown_while_it_cannot_be_saved(
    ann: Station, report: ReportId, holder: Holder
) -> None:
    refused = ann.desk.record_crime(report, offence(ann), NOBODY)
    assert isinstance(refused, Refusal)
    assert "locked by another program" in refused.sentence
    assert ann.desk.link().blocks_left == 10
    holder.let_go()
    ann.desk.tick()
    assert ann.desk.record_crime(report, offence(ann), NOBODY) == "35/1/26"


@pytest.mark.fault("F20")
@pytest.mark.invariant("I7")
def test_a_draft_is_kept_in_memory_and_then_on_disk(
    ann: Station, report: ReportId, holder: Holder
) -> None:
    ann.desk.save_draft(report, "note", "half a sen")
    ann.desk.save_draft(report, "note", "half a sentence")
    assert _draft(ann.desk, report) == "half a sentence"
    holder.let_go()
    ann.desk.tick()
    assert _draft(ann.restart(), report) == "half a sentence"


@pytest.mark.fault("F20")
def test_a_notice_is_read_and_never_told_again(
    ann: Station, report: ReportId, holder: Holder
) -> None:
    desk = ann.desk
    desk.stock.notices.add("This PC was put back.")
    desk.stock.notices.add("The store was put back.")
    desk.read_notice("This PC was put back.")
    assert desk.link().notices == ("The store was put back.",)
    holder.let_go()
    desk.tick()
    assert ann.restart().link().notices == ("The store was put back.",)


@pytest.mark.fault("F20")
def test_a_call_is_taken_and_gets_its_reference_once_it_is_saved(
    ann: Station, report: ReportId, holder: Holder
) -> None:
    taken = ann.desk.take_contact(Channel.CALL_101, "A call", Facts(), Location(text="Ely"))
    assert isinstance(taken, str)
    ann.do(AddNote(report=ReportId(taken), text="More"))
    holder.let_go()
    ann.desk.tick()
    shown = ann.desk.report(ReportId(taken))
    assert shown is not None
    assert shown.report.reference.startswith("CC-22112026-")
    assert ann.exchange()
    assert ann.desk.attention() == ()


@pytest.mark.fault("F20")
def test_an_emergency_that_is_not_saved_is_alarmed_after_five_seconds(
    world: World, ann: Station, report: ReportId, holder: Holder
) -> None:
    ann.do(EscalateEmergency(report=report, why="A knife, now."))
    world.clock.pass_by(seconds=6)
    assert [one.report for one in ann.desk.undelivered()] == [report]


@pytest.mark.fault("F20")
@pytest.mark.invariant("I3")
def test_an_answer_that_cannot_be_noted_is_asked_for_again(
    world: World, ann: Station, report: ReportId
) -> None:
    ann.do(AddNote(report=report, text="Once"))
    holder = Holder(ann)
    assert not ann.exchange()
    assert "locked by another program" in ann.desk.link().problem
    holder.close()
    assert ann.exchange()
    assert [one.entry.text for one in ann.desk.entries(report)].count("Once") == 1


@pytest.mark.fault("F20")
def test_the_window_is_hardly_kept_waiting(
    world: World, ann: Station, report: ReportId, holder: Holder
) -> None:
    watch = Stopwatch()
    began = time.monotonic()
    for n in range(30):
        for act in (
            lambda: ann.do(AddNote(report=report, text="Typed")),
            lambda n=n: ann.desk.save_draft(report, "note", "x" * n),
            lambda: ann.desk.looked_at(report),
            ann.desk.tick,
        ):
            with watch:
                act()
    tries = 31  # one for each tick, and the first
    assert watch.longest < BLOCKED_S
    assert time.monotonic() - began < tries * 0.05 + 30 * 4 * BLOCKED_S
    assert ann.desk.link().unsaved == 30


@pytest.mark.fault("F20")
@pytest.mark.invariant("I7")
def test_closing_saves_what_can_be_saved(ann: Station, report: ReportId, holder: Holder) -> None:
    ann.do(AddNote(report=report, text="Late"))
    holder.let_go()
    assert ann.restart().link().waiting == 1


def _draft(desk: Desk, report: ReportId) -> str:
    draft = desk.draft(report, "note")
    return draft.text if draft is not None else ""
