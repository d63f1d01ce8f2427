"""What takes several people: a correction that comes late, work that somebody leaves behind."""

from random import Random
from typing import TYPE_CHECKING

from tests.faults.desk_side import DeskSide
from workstation.domain.correcting import SettleProposal
from workstation.domain.facts import in_words, stands
from workstation.domain.report import Location, Report
from workstation.domain.roles import PersonId

if TYPE_CHECKING:
    from tests.faults.simulator import Run

MOST_DESKS = 6
SENIOR = "sue"


def answer_to_a_proposal(report: Report | None, random: Random) -> SettleProposal | None:
    """Take or leave what somebody proposed for a fact, as it stands on a screen."""
    if report is None or not report.proposals:
        return None
    one = random.choice(report.proposals)
    is_place = one.location is not None
    return SettleProposal(
        report=report.id,
        by=one.by.id,
        field=one.field,
        take=random.random() < 0.6,
        now=one.now,
        was="" if is_place else in_words(stands(report, one.field)),
        location=one.location,
        location_was=report.location if is_place else Location(),
    )


def correct_late(run: "Run", holder: DeskSide) -> None:
    """A report is moved while its holder corrects it: that is proposed, and then settled."""
    report, senior = run.acts.some_report(), _some_senior(run, holder)
    if holder.person == SENIOR or senior is None:
        return
    run.acts.claim(holder, report)
    if not run.exchange(holder):
        return
    run.acts.facts(holder, report)
    run.exchange(senior)
    run.acts.reassign(senior, report)
    run.exchange(senior)
    run.exchange(holder)
    for other in (senior, holder):
        run.exchange(other)
        if run.random.random() < 0.7:
            run.acts.settle(other, report)


def leave_behind(run: "Run", gone: DeskSide) -> None:
    """Somebody leaves with work unsent; a supervisor at that PC lets it leave."""
    if gone.person == SENIOR or not gone.is_open:
        return
    run.acts.note(gone, run.acts.some_report())
    gone.note_what_is_kept()
    gone.close()
    senior, person = _senior_at(run, gone), PersonId(gone.person)
    if senior is None or not run.exchange(senior):
        return
    if person in [one.person for one in senior.desk.left_here()]:
        senior.desk.release(person, run.acts.words("went home"))
        run.exchange(senior)
    if (told := senior.desk.released(person)) is not None:
        run.history.met("a colleague's work was released", told.accepted + told.refused)


def _some_senior(run: "Run", beside: DeskSide) -> DeskSide | None:
    here = [one for one in run.desks if one.person == SENIOR]
    return run.opened(here[0]) if here else _senior_at(run, beside)


def _senior_at(run: "Run", beside: DeskSide) -> DeskSide | None:
    """The supervisor at somebody's PC; None where there is no room for one more."""
    at = beside.workstation
    here = [one for one in run.desks if (one.person, one.workstation) == (SENIOR, at)]
    if here or len(run.desks) >= MOST_DESKS:
        return run.opened(here[0]) if here else None
    made = DeskSide(run.store, run.weather, SENIOR, at, run.folder, run.random, beside.clock)
    made.sign_in()
    made.open()
    run.desks.append(made)
    return made
