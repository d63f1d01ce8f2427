"""Which reports stand in a list, in what order, and what each row says."""

from collections.abc import Mapping
from datetime import datetime

from workstation.cache.columns import place_of, title_of
from workstation.cache.shelf import BY_DANGER
from workstation.desk.offers import row_words
from workstation.desk.shown import QueueFilter, QueueRow
from workstation.domain.clocks import is_danger, is_owed, queue_key, running
from workstation.domain.pack import Pack
from workstation.domain.reassess import reassessment_owed
from workstation.domain.report import Report
from workstation.domain.roles import PersonId
from workstation.domain.sums import name_of

_VIEWS = {
    "queue": "open = 1 AND handed <> 1",
    "dispatch": "open = 1 AND sends = 1",
    "imu": "handed > 0",
    "owed": "owed = 1",
    "all": "1 = 1",
    "lowering": "open = 1 AND asked = 2",
}


def condition(wanted: QueueFilter, person: PersonId) -> tuple[str, list[object]]:
    """The filter as a condition over the queue's columns, and its values."""
    parts: list[str] = [_VIEWS[wanted.view]]
    values: list[object] = []
    if wanted.channel is not None:
        parts.append("channel = ?")
        values.append(wanted.channel.value)
    if wanted.mine:
        parts.append("holder = ?")
        values.append(person)
    for word in wanted.words.casefold().split():
        parts.append("instr(words, ?) > 0")
        values.append(word)
    return " AND ".join(parts), values


def order(wanted: QueueFilter) -> str:
    """What the hub has finished with is in no danger: what is owed first stands first."""
    return "due_at, id" if wanted.view == "owed" else BY_DANGER


def row(
    report: Report,
    pack: Pack,
    person: PersonId,
    now: datetime,
    *,
    is_pending: bool,
    has_new: bool,
) -> QueueRow:
    """What a list says of one report to this person."""
    owed = running(report, pack)
    due = next(iter(owed), None)
    key = queue_key(report, due)
    grading, claim = report.grading, report.claim
    grade = pack.grade_by_code.get(grading.code) if grading else None
    return QueueRow(
        id=report.id,
        title=title_of(report),
        reference=report.reference,
        place=place_of(report),
        channel=report.channel,
        due_at=due.due_at if due else None,
        due_kind=due.kind.value if due else "",
        clocks=tuple((name_of(promise), promise.due_at) for promise in owed),
        said=tuple((one.what, one.due_at) for one in report.owed_promises),
        waits=bool(key.waits),
        owed=is_owed(report),
        danger=is_danger(report),
        band=key.band,
        grade_code=grading.code if grading else "",
        grade_name=grading.name if grading else "",
        grade_shape=grade.shape if grade else "",
        holder=claim.by.name if claim else "",
        holder_id=claim.by.id if claim else "",
        detached=claim is not None and claim.detached,
        flags=_flags(report, bool(reassessment_owed(report, now, pack))),
        pending=is_pending,
        returned_because=report.returned_because,
        received_at=report.received_at,
        opened_by=report.opened.by.name if report.opened else "",
        has_new=has_new,
        offline_since=claim.detached_at or claim.at if claim and claim.detached else None,
        reserved_until=claim.packet_until if claim else None,
        offer=row_words(report, person),
        marked=tuple(flag.name for flag in report.flags),
    )


def _flags(report: Report, is_reassessed: bool) -> tuple[str, ...]:
    flags: Mapping[str, bool] = {
        "check by voice": report.voice_check is not None and report.is_open,
        "happening now": report.happening_now,
        "lowering asked": report.lowering is not None and report.is_open,
        "assess again": is_reassessed,
        "correction proposed": bool(report.proposals) and report.is_open,
        _risk(report): bool(report.marked) and report.risk_is_unassessed,
        _quotes(report): report.quotes is not None,
        "hazard": bool(report.hazards),
        "supervisor asked": report.asked is not None,
        "told by voice": report.told_by_voice is not None,
        "repeat": bool(report.duplicates),
        "possible double": bool(report.possible_doubles),
    }
    numbers = tuple(f"crime {crime.number}" for crime in report.standing_crimes)
    return (*(name for name, is_so in flags.items() if is_so), *numbers)


def _quotes(report: Report) -> str:
    """An update is a report of its own; whose it is, is said."""
    if report.quotes is None:
        return ""
    if report.quotes.report is not None:
        return f"update to {report.quotes.reference}"
    return f"quotes {report.quotes.reference}: identity not matched"


def _risk(report: Report) -> str:
    """The kinds of risk that were marked and that nobody has assessed yet."""
    kinds = dict.fromkeys(mark.kind for mark in report.marked)
    return f"risk: {', '.join(kinds)}"
