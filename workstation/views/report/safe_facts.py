"""A fact that may change within minutes: its words, who said them, how old they are."""

from datetime import datetime

from workstation.domain.pack import Pack
from workstation.domain.report import Report
from workstation.domain.safe_facts import is_lapsed, said_of
from workstation.views.due import moment, span

NOT_KNOWN = "Not known"


def safe_fact_words(report: Report, field: str, now: datetime, pack: Pack) -> str:
    """The fact as it counts now; nothing where it is none of these, or nobody said it.

    Past the pack's minutes it is *not known*, and what was said stands beside that.
    """
    said = said_of(report, field)
    if said is None:
        return ""
    words = str(getattr(report.facts, field))
    who = said.who or said.by.name or "whoever reported it"
    when = f"{who}, {moment(said.at, now)}"
    minutes = max(0, int((now - said.at).total_seconds()) // 60)
    age = f"{minutes} min ago" if minutes < 60 else f"{span(now - said.at)} ago"
    if is_lapsed(said, now, pack):
        return f"{NOT_KNOWN} any more: ask again. {when}, {age}: “{words}”"
    return f"{words} ({when}, {age})"
