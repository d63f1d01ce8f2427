"""A search as far as it has come: what this desk has, what the store says, in words."""

from collections.abc import Mapping

from msgspec import Struct

from workstation.cache.parcel import Found
from workstation.cache.shelf import Shelf
from workstation.desk.checking import found_reports
from workstation.desk.shown import Hit, Results
from workstation.domain.report import Report, ReportId
from workstation.domain.searching import Sought, spoken
from workstation.domain.traces import SPOKEN, identity, references
from workstation.sync.transport import LinkDown

MOST_FOUND = 50
ASKED = "asked"
OFFLINE = "offline"
SAID = {
    ASKED: "The store is being asked.",
    OFFLINE: "Only this desk was searched: the store cannot be reached.",
}
SEARCHED = "This desk and the store were searched."
BEHIND = "The store has not gone through its newest records yet."


class Looking(Struct, frozen=True):
    """One search: `here` is None until this desk has looked, `answer` until one asks the store."""

    typed: str
    sought: Sought
    here: tuple[ReportId, ...] | None = None
    answer: object = None


def look_here(shelf: Shelf, sought: Sought) -> tuple[ReportId, ...]:
    """What this desk has: what is exactly that, then what has the words."""
    exact = shelf.found_by(sought.traces, MOST_FOUND) if sought.traces else []
    worded = shelf.with_words(sought.words, MOST_FOUND + 1)
    return tuple(dict.fromkeys([*exact, *worded]))


def reports_in(answer: object) -> Mapping[ReportId, Report]:
    """What the store found, the newest first; nothing where it did not answer."""
    return {one.id: one for one in found_reports(answer)} if isinstance(answer, Found) else {}


def found_by(sought: Sought, report: Report) -> tuple[str, ...]:
    """By what a report was found, in words."""
    mine = {*identity(report), *references(report)}
    exact = dict.fromkeys(SPOKEN[kind] for kind, value in sought.traces if (kind, value) in mine)
    return tuple(exact) or ("words",)


def results(looking: Looking, hits: tuple[Hit, ...]) -> Results:
    """What is told of it."""
    answer, here = looking.answer, looking.here or ()
    is_more = len(here) > MOST_FOUND or (isinstance(answer, Found) and answer.more)
    return Results(
        looking.typed,
        understood=spoken(looking.sought),
        hits=hits,
        is_more=is_more,
        is_looking=looking.here is None or answer == ASKED,
        store=_said(answer),
    )


def _said(answer: object) -> str:
    if answer is None:
        return ""
    if isinstance(answer, Found):
        return f"{SEARCHED} {BEHIND}" if answer.behind else SEARCHED
    if isinstance(answer, str):
        return SAID[answer]
    if isinstance(answer, LinkDown):
        return f"Only this desk was searched. {answer}"
    return f"Only this desk was searched: the store would not. {answer}"
