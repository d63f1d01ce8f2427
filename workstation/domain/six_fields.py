"""The six fields of a crime: what, where, when, evidence, stolen, damaged (row S101).

What was heard of each is told beside the act, and what does not fit together in a sentence. None
of it is refused: a person may be right, and what nobody asked is *not asked*, never *none*.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime

from workstation.domain.guide import Six
from workstation.domain.numbers import LONDON
from workstation.domain.pack import Pack
from workstation.domain.report import Report
from workstation.domain.typed import doubt, read_date

SIX: tuple[Six, ...] = ("what", "where", "when", "evidence", "stolen", "damaged")
_STEALING = ("theft", "burglary", "robbery", "stealing", "stolen")
_DAMAGING = ("criminal damage", "arson")
_THREATS = "threat"


def on_record(report: Report, pack: Pack) -> frozenset[Six]:
    """Which of the six were given as a fact, or asked and answered."""
    facts, asked = report.facts, _asked(report, pack)
    given: dict[Six, bool] = {
        "what": bool(report.excerpt.strip() or facts.title.strip()),
        "where": report.location.is_given,
        "when": bool(facts.occurred.strip()),
    }
    return frozenset(one for one in SIX if given.get(one, False) or one in asked)


def six_words(report: Report, pack: Pack) -> str:
    """What is on record of the six and what nobody asked, in a line."""
    found = on_record(report, pack)
    parts = [f"On record: {', '.join(one for one in SIX if one in found) or 'nothing yet'}."]
    if left := [one for one in SIX if one not in found]:
        parts.append(f"Not asked: {', '.join(left)} (F10).")
    return " ".join(parts)


def six_doubts(report: Report, pack: Pack, now: datetime, offence: str = "") -> Iterator[str]:
    """What does not fit together, each in a sentence; `offence` is one about to be recorded."""
    occurred = report.facts.occurred
    if sentence := when_doubt(report, occurred, now):
        yield sentence
    if report.location.unknown_because:
        yield f"Where it happened is not known: {report.location.unknown_because.rstrip('.')}."
    found, title = on_record(report, pack), _title(report, pack, offence)
    if "stolen" not in found and _speaks_of(title, _STEALING):
        yield f"“{title}”, and nobody has asked what was stolen."
    if "damaged" not in found and _speaks_of(title, _DAMAGING) and _THREATS not in title.lower():
        yield f"“{title}”, and nobody has asked what was damaged."


def when_doubt(report: Report, occurred: str, now: datetime) -> str:
    """What is doubtful in when it happened: no such day, still to come, or after the report."""
    if sentence := doubt("date", occurred, now):
        return sentence
    read = read_date(occurred)
    received = report.received_at.astimezone(LONDON).date()
    if isinstance(read, date) and read > received:
        return (
            f"That is after this report came, {received.day} {received:%b %Y}. "
            "Ask again; it stands as typed."
        )
    return ""


def _asked(report: Report, pack: Pack) -> Collection[Six]:
    asked: set[Six] = set()
    for done in report.answered:
        guide = pack.guide_by_id.get(done.guide)
        questions = (guide.question(id) for id in done.questions) if guide is not None else ()
        asked |= {one.tells for one in questions if one is not None and one.tells is not None}
    return asked


def _title(report: Report, pack: Pack, offence: str) -> str:
    """The class of the crime in question: of the one about to be recorded, else the newest."""
    codes = [offence] if offence else [crime.offence for crime in report.standing_crimes[-1:]]
    known = (pack.offence_by_code.get(code) for code in codes)
    return next((one.class_title for one in known if one is not None), "")


def _speaks_of(title: str, words: Collection[str]) -> bool:
    return any(word in title.lower() for word in words)
