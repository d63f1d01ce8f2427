"""What is read to a caller once something is decided: pure, of the report, its pack and the time.

A call that ends well says what was decided, what happens next, by when, and what to keep (domain
rows A1.8, S16, S67; Victims' Code, rights 3 and 6). It says only what is so, and who may not be
alone is read nothing before they were asked. That 999 and then 55 can be rung without speaking is
the national *Silent Solution*. The wording is ours and is not verified.
"""

from collections.abc import Collection, Iterator
from datetime import datetime

from msgspec import Struct

from workstation.domain.numbers import assumed_form
from workstation.domain.pack import Pack
from workstation.domain.report import Report
from workstation.domain.say_lines import (
    BY,
    Decided,
    by_when_lines,
    decided,
    decided_at,
    next_lines,
    notes,
    what_lines,
)
from workstation.domain.spelt import SpokenNumber
from workstation.domain.talking_safely import ask_words, why_ask_first

DANGER = "If anybody is in danger, ring 999 at once."
SILENT = (
    "If you are in danger and cannot speak, ring 999 from a mobile telephone, and press 55 when "
    "you are told to."
)
_UNSURE = "Our records have not confirmed this yet, so it may still change."
_STANDS = "Our records have not confirmed this yet. The number stays the same."
_NOT_KEPT = "You do not have to write anything down: we find your report without the number."


class Part(Struct, frozen=True):
    """What is read under one heading."""

    heading: str
    lines: tuple[str, ...]


class Saying(Struct, frozen=True):
    """The words for one report as it stands; `ask` comes first where contact may be unsafe.

    `reasons` (to ask first) and `notes` are for who reads, and are never read out. `told_at`:
    when somebody logged that the caller was told, since this was decided.
    """

    decided: Decided
    numbers: tuple[SpokenNumber, ...]
    parts: tuple[Part, ...]
    ask: str = ""
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    told_at: datetime | None = None

    @property
    def words(self) -> str:
        """All that is read, in its order, as it is logged."""
        lines = [f"Asked first: {self.ask} They said yes."] if self.ask else []
        told = [f"{part.heading}: {' '.join(part.lines)}" for part in self.parts]
        numbers = [f"{one.kind} {one.written}." for one in self.numbers]
        return "\n".join([*lines, *told[:1], *numbers, *told[1:]])


def say_this(
    report: Report,
    pack: Pack,
    now: datetime,
    pending: Collection[str] = (),
    risks: Collection[str] = (),
) -> Saying | None:
    """What to read out; None where nothing is decided, so that there is nothing to tell.

    `pending` names the commands of this desk that the store has not answered; `risks` are those
    that were found in the words.
    """
    kind = decided(report)
    if kind is None:
        return None
    reasons = why_ask_first(report, pack, risks)
    numbers, is_safe = numbers_of(report, pack), not reasons
    heard = {
        "What is decided": (*what_lines(report, pack, kind), *_unsure(kind, pending)),
        "What happens next": next_lines(report, pack, kind, pending),
        "By when": by_when_lines(report, pack, now, kind, is_safe),
        "What to keep": _keep(numbers, kind, is_safe),
        "If it gets worse": [DANGER] if is_safe else [SILENT],
    }
    parts = (Part(heading, tuple(lines)) for heading, lines in heard.items())
    return Saying(
        decided=kind,
        numbers=numbers,
        parts=tuple(part for part in parts if part.lines),
        ask="" if is_safe else ask_words(pack),
        reasons=reasons,
        notes=(*notes(report, pack, kind), *_forms(report, pack), *_prefers(report)),
        told_at=told_since(report),
    )


def numbers_of(report: Report, pack: Pack) -> tuple[SpokenNumber, ...]:
    """Every number that was issued, a crime's first; never one that is still to come."""
    crime = pack.terms.get("crime_number", "Crime number")
    incident = pack.terms.get("incident_number", "Incident number")
    found = [SpokenNumber(crime, one.number) for one in report.standing_crimes]
    if report.incident_number:
        found.append(SpokenNumber(incident, report.incident_number))
    elif report.local_reference:
        found.append(SpokenNumber("Our reference", report.local_reference))
    elif report.receipt_code:
        found.append(SpokenNumber("Receipt code", report.receipt_code))
    return tuple(found)


def told_since(report: Report) -> datetime | None:
    """When the caller was told since the newest decision, as far as anybody logged it."""
    since = decided_at(report)
    told = [one.at for one in (report.reply, report.reasons_given) if one is not None]
    return max((at for at in told if since is not None and at >= since), default=None)


def _unsure(kind: Decided, pending: Collection[str]) -> Iterator[str]:
    """What the store may still refuse is not told as done."""
    if kind is not Decided.SENT and not BY[kind].isdisjoint(pending):
        yield _STANDS if kind is Decided.CRIME else _UNSURE


def _keep(numbers: tuple[SpokenNumber, ...], kind: Decided, is_safe: bool) -> Iterator[str]:
    if not is_safe:
        yield _NOT_KEPT
        return
    if numbers:
        named = " and the ".join(one.kind[:1].lower() + one.kind[1:] for one in numbers)
        yield f"Please write down the {named}, and give it when you ring or write to us."
    if kind in (Decided.CRIME, Decided.HANDED):
        yield "Keep whatever has to do with it, such as messages, pictures and receipts."


def _forms(report: Report, pack: Pack) -> Iterator[str]:
    said = assumed_form(pack, "crime") if report.standing_crimes else ""
    said = said or (assumed_form(pack, "incident") if report.incident_number else "")
    if said:
        yield f"The number: {said[:1].lower()}{said[1:]}"


def _prefers(report: Report) -> Iterator[str]:
    way = report.facts.prefers.strip(" .")
    if way.casefold() not in ("", "any", "phone", "telephone"):
        yield f"On record they prefer: {way}."
