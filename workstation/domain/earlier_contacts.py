"""The check for earlier contacts: what was found, in how many days, and what of it is recorded.

Row A9.1: it is run and its result recorded on every contact. Inspectors in 2022 found it missing
in 57 of 81 calls; so nobody runs it and nobody can leave it out.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta

from msgspec.structs import replace

from workstation.domain.pack import Pack
from workstation.domain.report import EarlierContacts, Report, Searched
from workstation.domain.traces import SPOKEN, identity

REPORTS_SHOWN = 20
RISKS_SHOWN = 4
LONGEST_RISK = 60
LONGEST_WORDS = 120
HERE: Searched = "this desk"
EVERYWHERE: Searched = "this desk and the store"
NOWHERE: Searched = "nothing"
WHERE_IN_WORDS = {
    "": "",
    HERE: "on this desk only",
    EVERYWHERE: "on this desk and at the store",
    NOWHERE: "the records of this desk could not be read",
}
_TIMES = {1: "once", 2: "twice"}
_NEVER = re.compile(
    r"\b(?:(?:never|not|haven['’]?t|hasn['’]?t|didn['’]?t)\s+(?:\w+\s+){0,2}?"
    r"(?:report(?:ed)?|call(?:ed)?|told|tell|contact(?:ed)?|r[au]ng)\b(?:\s+\w+){0,4}?"
    r"\s+(?:before|previously|police|the police|you(?: lot)?)"
    r"|(?:first|1st) time (?:[\w'’]+\s+){0,4}?"
    r"(?:report(?:ed|ing)?|call(?:ed|ing)?|contact(?:ed|ing)?)"
    r"|never (?:\w+\s+){0,2}?(?:report(?:ed)?|told) (?:\w+\s+){0,2}?(?:to )?(?:anyone|anybody)"
    r"|(?:not|never|ha(?:ven|sn)['’]?t|nobody has)(?: ever| once| been| previously){0,2}"
    r" (?:reported|in touch)(?: (?:it|this|that|before|previously))+"
    r"|no (?:previous|earlier|prior) (?:reports?|calls?|contacts?)"
    r"|reported before\W{0,3}no)\b",
    re.IGNORECASE,
)


def found(
    report: Report, others: Iterable[Report], pack: Pack, searched: Searched, account: str = ""
) -> EarlierContacts:
    """What the other contacts come to, the newest first; the days count back from this one."""
    days = pack.repeat_check.days
    others = sorted(others, key=lambda one: (one.received_at, one.id), reverse=True)
    since = report.received_at - timedelta(days=days)
    about = Counter(risk for one in others for risk in _risks(one))
    return EarlierContacts(
        count=len(others),
        vulnerable=any(_is_vulnerable(one, pack) for one in others),
        reports=tuple(one.id for one in others),
        recent=sum(one.received_at >= since for one in others),
        days=days,
        about=dict(about.most_common(RISKS_SHOWN)),
        searched=searched,
        said_never=said_never(account or report.excerpt),
    )


def recorded(told: EarlierContacts, report: Report, pack: Pack) -> EarlierContacts:
    """What the author's desk found, within the room of a header; never less than is on record."""
    before = report.thrive.earlier if report.thrive else EarlierContacts()
    about = sorted(told.about.items(), key=lambda one: -one[1])[:RISKS_SHOWN]
    return replace(
        told,
        count=max(told.count, before.count, len(report.duplicates)),
        vulnerable=told.vulnerable or before.vulnerable,
        reports=told.reports[: pack.repeat_check.contacts],
        about={risk[:LONGEST_RISK]: number for risk, number in about},
        said_never=told.said_never[:LONGEST_WORDS],
    )


def said_never(account: str) -> str:
    """The words that say it was never reported before, or nothing."""
    said = _NEVER.search(" ".join(account.split()))
    return said[0][:LONGEST_WORDS] if said else ""


def in_words(earlier: EarlierContacts) -> str:
    """The result in a line: *3 contacts in 14 days, domestic abuse twice*."""
    if not earlier.count:
        return "No earlier contact found"
    parts = [_counted(earlier)]
    parts += [f"{risk[:1].lower()}{risk[1:]} {_times(n)}" for risk, n in earlier.about.items()]
    if earlier.vulnerable:
        parts.append("vulnerable person")
    return ", ".join(parts)


def where_in_words(earlier: EarlierContacts) -> str:
    """Where was looked."""
    return WHERE_IN_WORDS[earlier.searched]


def contradiction(earlier: EarlierContacts) -> str:
    """Somebody says *never reported before*, and there is something."""
    if not (earlier.said_never and earlier.count):
        return ""
    held = "1 contact is" if earlier.count == 1 else f"{earlier.count} contacts are"
    return f"They say “{earlier.said_never}”, and {held} on record."


def shared(one: Report, other: Report) -> tuple[str, ...]:
    """What two reports have in common of who and where, in words."""
    mine = set(identity(one))
    kinds = dict.fromkeys(kind for kind, value in identity(other) if (kind, value) in mine)
    return tuple(SPOKEN[kind] for kind in kinds)


def newest(ids: Sequence[str], most: int) -> list[str]:
    """The newest of these ids: they begin with the time at which they were made."""
    return sorted(set(ids), reverse=True)[:most]


def _counted(earlier: EarlierContacts) -> str:
    number = "1 contact" if earlier.count == 1 else f"{earlier.count} contacts"
    if not earlier.days:
        return number.replace(" ", " earlier ", 1)
    if earlier.recent == earlier.count:
        return f"{number} in {earlier.days} days"
    older = number.replace(" ", " earlier ", 1)
    return f"{older}, {earlier.recent or 'none'} in {earlier.days} days"


def _times(number: int) -> str:
    return _TIMES.get(number, f"{number} times")


def _risks(report: Report) -> set[str]:
    """What somebody flagged; where nobody has, what its words were marked with."""
    flagged = {flag.name for flag in report.flags}
    return flagged or {mark.kind for mark in report.marked}


def _is_vulnerable(report: Report, pack: Pack) -> bool:
    if report.thrive is None:
        return False
    element = next((e for e in pack.thrive if e.name.startswith("Vulnerab")), None)
    if element is None:
        return False
    return report.thrive.levels.get(element.key) not in (None, element.levels[0])
