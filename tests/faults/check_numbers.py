"""Numbers: none given twice, none unaccounted for, none shown and then unknown (I23-I28)."""

from collections import Counter, defaultdict
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from tests.faults.desk_side import DeskSide, Done
from tests.faults.truth import Truth
from workstation.domain.crime import CrimeRecorded, RecordCrime
from workstation.domain.numbers import LONDON
from workstation.domain.settling import ReleaseHeld
from workstation.store.number_audit import audit
from workstation.store.serials import HELD, LATE
from workstation.wire.protocol import Envelope, envelope_decoder

if TYPE_CHECKING:
    from tests.faults.simulator import Run

RESTORED = "the store was restored from a backup"
STATES = {"allocated", "issued", "alias", "returned", "void"}


def i23_no_number_is_given_twice(run: "Run", truth: Truth) -> None:
    """Two crimes or contacts never carry one number, and no desk speaks one twice (I23).

    Only a copied desk may, for as long as it cannot know what its copy spoke. That its numbers
    went back and were lent to another desk it can always know, from a store that remembers it.
    """
    reports = truth.reports.values()
    carried = [crime.number for report in reports for crime in report.crimes]
    carried += [report.incident_number for report in reports if report.incident_number]
    for number, times in Counter(carried).items():
        run.history.hold("I23", times == 1, f"{number} is the number of {times} records")
    spoken: dict[str, dict[str, tuple[DeskSide, Done]]] = defaultdict(dict)
    for desk in run.desks:
        for done in desk.did.values():
            if done.spoken:
                _meet_a_copy(run, done)
                spoken[done.spoken].setdefault(done.id, (desk, done))
    for number, times_spoken in spoken.items():
        in_order = sorted(times_spoken.values(), key=lambda one: one[1].at)
        for (other, first), (desk, again) in combinations(in_order, 2):
            may = other.origin == desk.origin or run.history.sometimes[RESTORED] > 0
            excused = may and _could_not_know(first, again)
            run.history.met("a copied desk showed a number again", int(excused))
            sentence = f"{number} was spoken again by {desk.name}: {first.id}, then {again.id}"
            run.history.hold("I23", excused, sentence)


def _could_not_know(first: Done, again: Done) -> bool:
    """Whether a copy spoke its number before it could know of the other: as second, or first."""
    if again.copy is None:
        return first.copy is not None and not first.copy.has_begun_anew
    return not again.copy.knows(first.id)


def _meet_a_copy(run: "Run", done: Done) -> None:
    begun = done.copy is not None and done.copy.has_begun_anew and not done.number
    run.history.met("a copied desk that knew of it took a contact", int(begun))


def i24_every_serial_is_accounted_for(run: "Run", truth: Truth) -> None:
    """Each serial below the next has one row, which says what the reports say (I24)."""
    serials: dict[str, list[int]] = defaultdict(list)
    for row in truth.ledger:
        serials[row.series].append(row.serial)
        run.history.hold("I24", row.state in STATES, f"{row.number} is {row.state}")
    for series, next_serial in truth.next_serial.items():
        whole = serials.pop(series, []) == list(range(1, next_serial))
        run.history.hold("I24", whole, f"series {series} has holes below {next_serial}")
    run.history.hold("I24", not serials, f"serials of no series: {sorted(serials)}")
    with run.store.database.read() as connection:
        for finding in audit(connection):
            run.history.hold("I24", holds=False, sentence=finding)
    _meet_lent_again(run, truth)


def i26_every_number_shown_is_explained(run: "Run", truth: Truth) -> None:
    """A number that was shown is a crime's, or void with the case that says why (I26)."""
    rows = {row.number: row for row in truth.ledger if row.series.startswith("crime/")}
    crimes = {crime.number for report in truth.reports.values() for crime in report.crimes}
    for desk in run.desks:
        for done in desk.did.values():
            if not done.number or done.id in desk.taken_back:
                continue
            row, case = rows.get(done.number), truth.cases.get(done.id)
            stands = row is not None and row.state in ("issued", "alias")
            is_crime = stands and done.number in crimes
            is_void = row is not None and row.state == "void" and case is not None
            run.history.met("a number is void with its case", int(is_void))
            is_let = is_crime and case is not None and case.settled == "released"
            copied = desk.was_wound_back and case is not None
            run.history.met("a copied desk's number was refused", int(copied and not is_void))
            is_held = row is not None and row.reason in HELD and case is not None
            is_late = is_held and row is not None and row.reason == LATE
            run.history.met("a number came too late for its year", int(is_late))
            is_void = is_void or is_held
            explained = (is_crime and case is None) or is_let or is_void or copied
            sentence = f"{done.number}, shown by {desk.name}, is {row} with the case {case}"
            run.history.hold("I26", explained, sentence)


def i27_no_returned_serial_was_shown(run: "Run", truth: Truth) -> None:
    """What was given back had never been shown (I27)."""
    shown = {done.number for desk in run.desks for done in desk.did.values()}
    for row in truth.ledger:
        was_shown = row.state == "returned" and row.number in shown
        run.history.hold("I27", not was_shown, f"{row.number} was shown, and is returned")


def i28_the_year_is_that_of_the_issue(run: "Run", truth: Truth) -> None:
    """The series' year is the London year of the instant on record (I28)."""
    for id, steps in truth.stories.items():
        for step in steps:
            answer = run.store.answers.get(step.command_id)
            for event in step.events:
                if isinstance(event, CrimeRecorded) and answer is not None:
                    _check_year(run, id, _that_recorded(answer.envelope, truth), event)


def _that_recorded(envelope: Envelope, truth: Truth) -> Envelope:
    """What recorded a crime: this command, or the held one that it let."""
    command = envelope.command
    if not isinstance(command, ReleaseHeld):
        return envelope
    return envelope_decoder.decode(bytes(truth.cases[command.case].envelope))


def _check_year(run: "Run", id: str, envelope: Envelope, event: CrimeRecorded) -> None:
    """By the desk's own trusted time; a store whose clock is behind may record it before."""
    command, at = envelope.command, envelope.made_at.astimezone(LONDON)
    assert isinstance(command, RecordCrime)
    run.history.met("a possible double was recorded", int(event.possible_double))
    run.history.met("a crime was numbered in a new year", int(f"{at:%Y}" == "2027"))
    differs = f"{event.at.astimezone(LONDON):%Y}" != f"{at:%Y}"
    run.history.met("desk and store disagreed about the year", int(differs))
    sentence = f"{command.number} of {command.series} on {id} was issued at {at}"
    run.history.hold("I28", command.series == f"crime/{at:%Y}", sentence)


def _meet_lent_again(run: "Run", truth: Truth) -> None:
    spans = sorted(truth.blocks)
    for (series, _, hi), (next_series, lo, _) in pairwise(spans):
        run.history.met(
            "a returned serial was lent again", int(series == next_series and lo <= hi)
        )
