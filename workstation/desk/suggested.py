"""What a report's words suggest, as screens see it, and how a report is read for it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from msgspec import Struct

from workstation.domain.entry import Entry, EntryKind
from workstation.domain.pack import Band, Pack
from workstation.domain.report import Channel, Report
from workstation.reading.account import Account, Teller, Where
from workstation.reading.judge import BANDS, Because
from workstation.reading.later import place_of, suggest_with
from workstation.reading.suggestions import Suggester, Suggestions

CHANNELS = {Channel.CHAT: "webchat"}
FORMS = {Channel.CALL_101: "call", Channel.CALL_999: "call", Channel.IN_PERSON: "call",
         Channel.CHAT: "chat", Channel.INTELLIGENCE: "intelligence"}  # fmt: skip
READ = frozenset({EntryKind.NOTE, EntryKind.HAZARD, EntryKind.CORRECTION})


class Later(Struct, frozen=True):
    """Words that came after the account, and the line of the log they stand in."""

    title: str
    at: datetime
    text: str


class Reason(Struct, frozen=True):
    """Words of the report and the rule they fired; some rules need no words.

    `later`: the title of the line of the log they stand in, and `at` its time; else the account.
    """

    rule: str
    words: str = ""
    later: str = ""
    at: datetime | None = None


class Suggested(Struct, frozen=True):
    """What is suggested; each value's reasons stand under its name in `because`.

    It can only raise: nothing here says that there is no emergency, and `nothing` that no word
    matched, which is not the same as no risk. `situation`: the likeliest that is told of.
    `trouble`: why nothing could be suggested.
    """

    emergency: bool = False
    band: Band = Band.RESOLUTION
    decision: str = "police"
    agencies: tuple[str, ...] = ()
    force: str = ""
    rules: tuple[str, ...] = ()
    offences: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    because: dict[str, tuple[Reason, ...]] = {}
    situation: str = ""
    nothing: bool = False
    trouble: str = ""


def account_of(report: Report, entries: Iterable[Entry], pack: Pack) -> Account:
    """A report as it is read: what the reporter gave, and nothing anybody decided."""
    told = (entry.text for entry in entries if entry.kind is EntryKind.ACCOUNT)
    place = report.location
    return Account(
        report_id=report.id,
        force=pack.force,
        channel=CHANNELS.get(report.channel, str(report.channel)),
        form=FORMS.get(report.channel, report.form),
        received_at=report.received_at,
        narrative=next(told, report.excerpt),
        reporter=Teller(role=report.facts.reporter_role or None),
        location=Where(place.text or None, place.town or None, place.postcode or None),
    )


def later_of(entries: Sequence[Entry]) -> tuple[Later, ...]:
    """The words that came after the account; a note that was corrected reads as corrected."""
    replaced = {entry.corrects for entry in entries if entry.corrects}
    return tuple(
        Later(entry.title, entry.at, said)
        for entry in entries
        if entry.kind in READ and entry.id not in replaced and (said := _said(entry))
    )


def read(suggester: Suggester, account: Account, later: Sequence[Later]) -> Suggested:
    """Read an account with what came later."""
    texts = [one.text for one in later]

    def reason(because: Because) -> Reason:
        rule = suggester.rule_in_words(because.rule)
        if not because.words:
            return Reason(rule)
        words, place = " ".join(because.words.split()), place_of(because, account.narrative, texts)
        if not place.text:
            return Reason(rule, words)
        line = later[place.text - 1]
        return Reason(rule, words, line.title, line.at)

    return _suggested(suggest_with(suggester, account, texts), reason)


def _said(entry: Entry) -> str:
    """The words of a line; of a corrected fact what it says now, not what it said."""
    if entry.kind is not EntryKind.CORRECTION:
        return entry.text.strip()
    return "\n".join(_as_now(line) for line in entry.text.splitlines())


def _as_now(line: str) -> str:
    was, arrow, now = line.partition(" → ")
    return f"{was.partition(':')[0]}: {now}" if arrow else was


def _suggested(told: Suggestions, reason: Callable[[Because], Reason]) -> Suggested:
    every = [*told.because.items(), *told.flags.items()]
    every += [("situation", first.because) for first in told.situations[:1]]
    return Suggested(
        emergency=bool(told.emergency),
        band=Band(BANDS.index(told.grade) + 1),
        decision=told.agency.decision,
        agencies=told.agency.agency_ids,
        force=told.agency.other_force_id or "",
        rules=told.agency.rule_ids,
        offences=told.offences,
        flags=tuple(told.flags),
        because={name: tuple(dict.fromkeys(map(reason, told))) for name, told in every},
        situation=told.situations[0].name if told.situations else "",
        nothing=bool(told.note),
    )
