"""Refused commands with all their words, until a person settles them."""

import base64
from collections.abc import Iterable

import msgspec
from msgspec import Raw

from workstation.cache.drafts import Draft
from workstation.cache.outbox import Kept
from workstation.cache.parcel import AsideEnvelope, Case, envelope_decoder, sealed
from workstation.desk.command_words import Names, place_words, titled, words_of
from workstation.desk.shown import Attention
from workstation.domain.correcting import CorrectFacts
from workstation.domain.report import Report
from workstation.domain.roles import Person
from workstation.domain.settling import number_in

SETTLING = "settle."  # and the case's id: the draft of what was done about it
UNKNOWN = "UnknownCommand"
TOO_LONG = "Its words are kept on the PC of who wrote it: it is too long to be sent."


def case_of(kept: Kept, person: Person) -> Case:
    """The case of a refusal, as the store will tell it too: under the command's id."""
    envelope, outcome = kept.envelope, kept.outcome
    if outcome is None:
        raise ValueError("a command without an outcome is no case")
    return Case(
        id=envelope.command_id,
        report=envelope.command.report,
        author=person.id,
        author_name=person.name,
        at=envelope.made_at,
        code=outcome.code,
        sentence=outcome.sentence,
        envelope=Raw(sealed(envelope)),
    )


def attention(
    refused: Iterable[Kept],
    cases: Iterable[Case],
    settled: Iterable[str],
    drafts: Iterable[Draft],
    person: Person,
    names: Names,
) -> tuple[Attention, ...]:
    """This desk's refusals and those the store tells of, each once, oldest first.

    What somebody settled is settled on its author's desk too; it stays where this person has
    begun words on it, until they are sent or discarded.
    """
    found = {case.id: case for case in cases}
    begun = {one.field.removeprefix(SETTLING) for one in drafts if one.text.strip()}
    over = {id for id, case in found.items() if case.settled}
    done = {*settled, *(over - begun)}
    mine = (case_of(kept, person) for kept in refused)
    found |= {case.id: case for case in mine if case.id not in over}
    open_cases = sorted((c for c in found.values() if c.id not in done), key=lambda c: c.at)
    return tuple(_shown(case, person, names) for case in open_cases)


def stands_now(report: Report | None, case: Case) -> str:
    """What holds of a report at this moment: of the facts in question first, then each facet."""
    if report is None:
        return "The store has no such report."
    told = [*_facts(report, bytes(case.envelope)), _holder(report)]
    if report.grading is not None:
        grading = report.grading
        told.append(f"Graded {grading.name} by {grading.by.name}: {grading.reason}")
    else:
        told.append("Not graded")
    told += [f"Flagged {flag.name} by {flag.by.name}" for flag in report.flags]
    if report.redirection is not None:
        told.append(
            f"Redirected to {report.redirection.agency_name} by {report.redirection.by.name}"
        )
    if report.closing is not None:
        told.append(f"Closed by {report.closing.by.name}: {report.closing.reason}")
    if report.not_crime is not None:
        told.append(f"Not a crime, says {report.not_crime.by.name}")
    if report.hand_off is not None:
        told.append(f"Handed to the IMU by {report.hand_off.by.name}")
    told += [f"Crime {crime.number} is recorded" for crime in report.crimes]
    return "\n".join(told)


def _facts(report: Report, body: bytes) -> list[str]:
    """How the facts read that the refused command would have corrected."""
    try:
        command = envelope_decoder.decode(body).command
    except (msgspec.MsgspecError, ValueError):
        return []
    if not isinstance(command, CorrectFacts):
        return []
    stand = msgspec.to_builtins(report.facts)
    told = [f"{titled(c.field)}: {stand.get(c.field) or 'not known'}" for c in command.changes]
    if command.location is not None:
        told.append(f"Where: {place_words(report.location) or 'not known'}")
    return told


def _holder(report: Report) -> str:
    if report.claim is None:
        return "Nobody holds it"
    offline = ", whose desk is offline" if report.claim.detached else ""
    offer = f", and offers it to {report.open_offer.to.name}" if report.open_offer else ""
    return f"{report.claim.by.name} holds it{offline}{offer}"


def _shown(case: Case, person: Person, names: Names) -> Attention:
    """A case with its words, even where this release cannot read the command."""
    mine, body = case.author == person.id, bytes(case.envelope)
    try:
        command = envelope_decoder.decode(body).command
    except (msgspec.MsgspecError, ValueError):
        return Attention(case, *_told_aside(body, names), mine)
    name, words = type(command).__name__, words_of(command, names)
    return Attention(case, name, words, mine, number_in(command))


def _told_aside(body: bytes, names: Names) -> tuple[str, str]:
    try:
        aside = msgspec.json.decode(body, type=AsideEnvelope).command
        kept = base64.b64decode(aside.payload)
    except (msgspec.MsgspecError, ValueError):
        return UNKNOWN, body.decode("utf-8", "replace")
    if not kept:
        return aside.command, TOO_LONG
    try:
        return aside.command, words_of(envelope_decoder.decode(kept).command, names)
    except (msgspec.MsgspecError, ValueError):
        return aside.command, kept.decode("utf-8", "replace")
