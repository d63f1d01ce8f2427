"""The feed and what desks make of it: whole, the same everywhere, never back in time (I9-I17)."""

from typing import TYPE_CHECKING

from tests.faults.desk_side import DeskSide, Done
from tests.faults.truth import Settled, Truth, read_truth
from tests.world import listed
from workstation.desk import QueueFilter
from workstation.domain.report import ReportId
from workstation.domain.settling import ReleaseHeld

if TYPE_CHECKING:
    from tests.faults.simulator import Run

FILLS_ANEW = 0.2
ONLY_THE_STORE_KNOWS = ("number/", "reassign/to", "held/", "intake/", "case/", "release/")


def i9_the_feed_is_contiguous(run: "Run", truth: Truth) -> None:
    """Positions are exactly 1 to the head, and versions of a thing rise along it (I9)."""
    positions = [row.position for row in truth.feed]
    whole = positions == list(range(1, truth.head + 1))
    run.history.hold("I9", whole, f"the feed is {positions}, its head {truth.head}")
    newest: dict[tuple[str, str], int] = {}
    for row in truth.feed:
        if row.kind == "report":
            rises = row.version == newest.get((row.kind, row.id), 0) + 1
            run.history.hold("I9", rises, f"{row.id} is version {row.version} at {row.position}")
        newest[row.kind, row.id] = row.version


def i10_states_are_what_their_history_gives(run: "Run", truth: Truth) -> None:
    """The state of each report is its journal folded (I10)."""
    folded = {id: steps[-1].after for id, steps in truth.stories.items()}
    run.history.hold("I10", folded == truth.reports, "a state is not what its journal gives")


def i12_desks_hold_what_the_store_holds(run: "Run", truth: Truth) -> None:
    """After quiescence every desk holds and shows what the store holds (I12, I13)."""
    for desk in run.desks:
        if desk.is_open:
            _check_desk(run, desk, truth)


def i16_filling_anew_gives_the_same(run: "Run", _truth: Truth) -> None:
    """A cache filled from nothing is the same as one that followed every change (I16)."""
    there = [desk for desk in run.desks if desk.is_open]
    if not there or run.random.random() > FILLS_ANEW:
        return
    desk = there[0]
    desk.close()
    for tail in ("", "-wal", "-shm"):
        (desk.files / f"cache.db{tail}").unlink(missing_ok=True)
    desk.versions.clear()
    desk.open()
    run.all_hear_all([desk])
    run.history.met("filled anew at the end")
    _check_desk(run, desk, read_truth(run.store.database))


def i14_reads_never_go_back(desk: DeskSide, id: ReportId) -> None:
    """Within an epoch no desk shows an older version of a report than before (I14)."""
    report = desk.desk.stock.shelf.report(id)
    if report is None:
        return
    epoch = desk.desk.stock.shelf.standing().epoch
    before = desk.versions.get((epoch, id), 0)
    sentence = f"{desk.name} shows {id} at version {report.version} after {before}"
    desk.history.hold("I14", report.version >= before, sentence)
    desk.versions[epoch, id] = report.version


def i17_desk_and_store_decide_alike(run: "Run", truth: Truth) -> None:
    """On the same base a desk and the store come to the same lines, or the same no (I17)."""
    orders = {id: [step.command_id for step in steps] for id, steps in truth.stories.items()}
    lines = {
        f"{step.command_id}:{n}": event.story()
        for steps in truth.stories.values()
        for step in steps
        for n, event in enumerate(step.events)
        if len(truth.ordinals[step.command_id]) == len(step.events)
    }
    releases = {
        one.id
        for desk in run.desks
        for one in desk.did.values()
        if isinstance(one.command, ReleaseHeld)
    }
    for desk in run.desks:
        for done in desk.did.values():
            settled = truth.outcomes.get(done.id)
            if settled is None or not done.shown or not _same_base(done, settled, truth, orders):
                continue
            if any(not releases.isdisjoint(upon) for _, upon in done.base.values()):
                continue  # what is let is known to the store alone until it is read back
            run.history.met("decided on the same base")
            if settled.outcome.word == "refused":
                known = settled.outcome.code.startswith(ONLY_THE_STORE_KNOWS)
                name = type(done.command).__name__
                sentence = f"{desk.name} allowed {name} {done.id}: {settled.outcome.code}"
                run.history.hold("I17", known, sentence)
                continue
            for line, (title, text) in done.shown.items():
                told = lines.get(line)
                same = told is not None and (told[1], told[2]) == (title, text)
                run.history.hold("I17", same, f"{desk.name} showed {title!r}, the store {told}")


def _same_base(done: Done, settled: Settled, truth: Truth, orders: dict[str, list[str]]) -> bool:
    """Whether the store decided over just what the desk had before it; versions are an epoch's."""
    if done.epoch != truth.epoch or len(done.command.reports()) > 1:
        return False
    for id, (version, upon) in done.base.items():
        order = orders.get(id, [])
        here = [*order[:version], *upon]
        at = order.index(done.id) if done.id in order else settled.outcome.versions.get(id, 0)  # type: ignore[call-overload]
        if order[:at] != here:
            return False
    return bool(done.base)


def _check_desk(run: "Run", desk: DeskSide, truth: Truth) -> None:
    real, history, reports = desk.desk, run.history, truth.reports
    shelf = real.stock.shelf
    held = shelf.reports(list(reports))
    history.hold("I12", held == reports, f"{desk.name} holds other reports: {_odd(held, reports)}")
    rows = set(listed(real, QueueFilter(view="all")))
    history.hold("I12", rows == set(reports), f"{desk.name} lists {rows ^ set(reports)}")
    cases = {case.id for case in shelf.cases()}
    history.hold("I12", cases == set(truth.cases), f"{desk.name} holds other cases than the store")
    for id, report in reports.items():
        shown = real.report(id)
        same = shown is not None and (shown.report, shown.pending) == (report, ())
        history.hold("I13", same, f"{desk.name} shows {id} otherwise than it stands")
        told = sorted(one.entry.id for one in real.entries(id))
        should = sorted(truth.told[id])
        history.hold("I12", told == should, f"{desk.name} tells another story of {id}")


def _odd(held: object, reports: object) -> str:
    if not isinstance(held, dict) or not isinstance(reports, dict):
        return ""
    return ", ".join(sorted(id for id in reports if held.get(id) != reports[id]))
