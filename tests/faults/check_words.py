"""Words: what was typed, said or refused is somewhere a person can read it (I5-I7)."""

from collections import defaultdict
from typing import TYPE_CHECKING

from tests.faults.desk_side import DeskSide, Done
from tests.faults.truth import Step, Truth
from workstation.domain.correcting import CorrectFacts
from workstation.domain.facts import FactsCorrected, FactsProposed
from workstation.domain.intake import CreateReport, ReportCreated
from workstation.domain.story import AddNote, NoteAdded

if TYPE_CHECKING:
    from tests.faults.simulator import Run

LAST = 3
SAYINGS = (NoteAdded, ReportCreated)


def i5_every_refusal_is_kept_with_its_words(run: "Run", truth: Truth) -> None:
    """Each refused command is kept as it was sent; its author sees it until it is settled (I5)."""
    cases = truth.cases
    for id, answer in run.store.answers.items():
        if answer.outcome.word != "refused":
            continue
        run.history.met("a command was refused and kept as a case")
        run.history.met("two grades met", int(answer.outcome.code.startswith("grade/")))
        run.history.met("two wrote one fact", int(answer.outcome.code == "facts/changed"))
        run.history.met("two took one report", int(answer.outcome.code == "claim/held"))
        case = cases.get(id)
        whole = case is not None and bytes(case.envelope) == answer.raw
        run.history.hold("I5", whole, f"the refused command {id} is not kept as it was sent")
        for desk in run.desks:
            if id in desk.did and id not in desk.taken_back and desk.is_open:
                seen = {one.case.id for one in desk.desk.attention()}
                settled = desk.desk.stock.jottings.settled()
                is_over = case is not None and bool(case.settled)  # by a copy of this desk, too
                told = id in seen or id in settled or is_over
                run.history.hold("I5", told, f"{desk.name} is not told that {id} was refused")


def i6_every_draft_is_there(run: "Run", truth: Truth) -> None:
    """Every draft of every desk reads as it was last kept (I6)."""
    for desk in run.desks:
        if desk.is_open:
            desk.check_typed()


def i7_every_note_is_on_record_or_needs_attention(run: "Run", truth: Truth) -> None:
    """What was said in a note or an account is in the journal once, or in a case (I7)."""
    told: dict[str, int] = {}
    for steps in truth.stories.values():
        for step in steps:
            for event in step.events:
                story = event.story()
                if story is not None and isinstance(event, SAYINGS):
                    told[story[2]] = told.get(story[2], 0) + 1
    for desk in run.desks:
        for done in _saying(desk):
            outcome = truth.outcomes.get(done.id)
            if outcome is not None and outcome.outcome.word == "accepted":
                times = told.get(_text(done), 0)
                sentence = f"{desk.name}'s words {_text(done)!r} are on record {times} times"
                run.history.hold("I7", times == 1, sentence)


def i7_every_correction_stands_or_is_proposed(run: "Run", truth: Truth) -> None:
    """An accepted correction is told by the journal: as the fact, or as a proposal (I7, I19).

    Who held the report no more only proposed it.
    """
    told: dict[str, set[str]] = defaultdict(set)
    for steps in truth.stories.values():
        for step in steps:
            for event in step.events:
                if isinstance(event, FactsCorrected | FactsProposed):
                    told[step.command_id] |= {change.now for change in event.changes}
                    _only_proposed(run, step, event)
    for id, answer in run.store.answers.items():
        command = answer.envelope.command
        if isinstance(command, CorrectFacts) and answer.outcome.word == "accepted":
            lost = {change.now for change in command.changes} - told[id]
            run.history.hold("I7", not lost, f"the accepted correction {lost} is not on record")


def _only_proposed(run: "Run", step: Step, event: FactsCorrected | FactsProposed) -> None:
    answer, before = run.store.answers.get(step.command_id), step.before
    if isinstance(event, FactsProposed):
        run.history.met("a late correction was proposed")
    if answer is None or answer.envelope.fence is None or before is None:
        return
    claim = before.claim
    is_hers = claim is None or claim.is_packet or claim.by.id == answer.envelope.author
    is_meek = is_hers or isinstance(event, FactsProposed)
    run.history.hold("I19", is_meek, f"{step.command_id} corrected what somebody else holds")


def i7_own_words_stay_on_screen(desk: DeskSide) -> None:
    """What this person last wrote is on this screen once, whatever has become of it (I7, I14)."""
    latest = _saying(desk)[-LAST:]
    refused = {one.case.id for one in desk.desk.attention()} if latest else set()
    for done in latest:
        if done.id in refused or done.id in desk.desk.stock.jottings.settled():
            continue
        if desk.desk.report(done.command.report) is None:
            continue  # the cache was lost, and is not filled again yet
        texts = [one.entry.text for one in desk.desk.entries(done.command.report)]
        times = texts.count(_text(done))
        sentence = f"{desk.name} sees {_text(done)!r} {times} times"
        desk.history.hold("I7", times == 1, sentence)


def _saying(desk: DeskSide) -> list[Done]:
    kinds = (AddNote, CreateReport)
    saying = [done for done in desk.did.values() if isinstance(done.command, kinds)]
    return [done for done in saying if done.id not in desk.taken_back]


def _text(done: Done) -> str:
    command = done.command
    return command.text if isinstance(command, AddNote) else getattr(command, "account", "")
