"""Exactly once: nothing a person did is lost, done twice, or done out of order (I1-I4, I37)."""

from collections import defaultdict
from typing import TYPE_CHECKING

from tests.faults.truth import Truth
from workstation.domain.claiming import ReassignReport
from workstation.domain.correcting import SettleProposal
from workstation.domain.merging import MergeCrimes
from workstation.domain.settling import ReleaseHeld, SettleCase

if TYPE_CHECKING:
    from tests.faults.simulator import Run

SOMETIMES: dict[type, str] = {
    ReassignReport: "a supervisor moved a report",
    ReleaseHeld: "held work was released",
    SettleCase: "a refusal was settled at the store",
    MergeCrimes: "two numbers were merged",
    SettleProposal: "a proposed fact was taken or left",
}


def i1_every_act_has_its_outcome(run: "Run", truth: Truth) -> None:
    """An act on a desk's disk is settled by the store, once everybody is back (I1)."""
    for desk in run.desks:
        for id, done in desk.did.items():
            if id not in desk.taken_back:
                name = type(done.command).__name__
                run.history.hold("I1", id in truth.outcomes, f"{desk.name} lost {name} {id}")


def i2_what_was_accepted_is_on_record(run: "Run", truth: Truth) -> None:
    """What the store ever said is what it still says; accepted work is in the journal (I2)."""
    for id, answer in run.store.answers.items():
        kept = truth.outcomes.get(id)
        same = kept is not None and kept.body == answer.body
        run.history.hold("I2", same, f"the answer to {id} is not what is kept of it")
        if kept is None or kept.outcome.word != "accepted":
            continue
        run.history.met("an outcome was merged", int(kept.outcome.merged))
        if met := SOMETIMES.get(type(answer.envelope.command)):
            run.history.met(met)
        is_there = id in truth.ordinals or not _changed_anything(run, truth, id)
        name = type(answer.envelope.command).__name__
        run.history.hold("I2", is_there, f"{name} {id} was accepted, but is not on record")


def i3_every_command_has_one_effect(run: "Run", truth: Truth) -> None:
    """The events of a command stand together, each once (I3)."""
    for id, places in truth.ordinals.items():
        one_place = len({position for position, _ in places}) == 1
        in_order = [ordinal for _, ordinal in places] == list(range(len(places)))
        run.history.hold("I3", one_place and in_order, f"command {id} took effect twice: {places}")


def i4_outboxes_take_effect_in_order(run: "Run", truth: Truth) -> None:
    """Each outbox is settled from 1 on without a hole, and took effect in that order (I4)."""
    seqs: dict[str, set[int]] = defaultdict(set)
    places: dict[str, list[int]] = defaultdict(list)
    for id, settled in truth.outcomes.items():
        seqs[settled.outbox_id].add(settled.seq)
        if id in truth.ordinals:
            places[settled.outbox_id].append(truth.ordinals[id][0][0])
    for outbox, upto in truth.upto.items():
        found = seqs[outbox] | run.store.places[outbox]  # what came again under a new outbox too
        whole = found >= set(range(1, upto + 1)) and max(seqs[outbox], default=0) <= upto
        run.history.hold("I4", whole, f"outbox {outbox} is settled as {sorted(found)} to {upto}")
        ordered = places[outbox] == sorted(places[outbox])
        run.history.hold("I4", ordered, f"outbox {outbox} took effect at {places[outbox]}")


def i37_every_outbox_is_empty(run: "Run", truth: Truth) -> None:
    """With the store well and the lines mended nothing waits, and nothing is in the way (I37)."""
    for desk in run.desks:
        if desk.is_open:
            link = desk.desk.link()
            is_empty = link.waiting == 0 and not link.problem
            sentence = f"{desk.name} has {link.waiting} waiting: {link.problem}"
            run.history.hold("I37", is_empty, sentence)


def i41_nothing_was_refused_as_internal(run: "Run", truth: Truth) -> None:
    """No rule raised."""
    for id, settled in truth.outcomes.items():
        is_well = settled.outcome.code != "internal"
        run.history.hold("I41", is_well, f"command {id} was refused as internal")


def _changed_anything(run: "Run", truth: Truth, id: str) -> bool:
    """Whether its desk had shown lines for it; a claim that stands already changes nothing."""
    shown = any(desk.did[id].shown for desk in run.desks if id in desk.did)
    return shown and not _is_idle(run, truth, id)


def _is_idle(run: "Run", truth: Truth, id: str) -> bool:
    command = run.store.answers[id].envelope.command
    if isinstance(command, ReleaseHeld):  # let by somebody else before
        return truth.cases[command.case].settled == "released"
    return type(command).__name__ in (
        "ClaimReport",
        "ReleaseReport",
        "ReopenReport",
        "OpenByDispatch",
        "CorrectFacts",
        "MergeCrimes",
        "SettleProposal",
    )
