"""The sentences for each decision that stands: what it is, what happens next, and by when.

Nothing is taken for done that is only meant: officers are *asked for* until dispatch has them, an
agency *has it* once it said so, and what the header holds only in part is not read out at all.
"""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from enum import StrEnum

from workstation.domain.clocks import Promise, PromiseKind, promises
from workstation.domain.pack import Agency, Pack, name_alone
from workstation.domain.report import HEADER_WORDS, Report
from workstation.domain.working_days import LONDON

_READ_OUT = ("seed", "lookup", "weak")
Lines = Iterator[str]


class Decided(StrEnum):
    """Which decision stands, of those that a caller is told of."""

    DUPLICATE = "Dealt with in another report"
    CLOSED = "Closed"
    REDIRECTED = "Redirected"
    NOT_CRIME = "Not a crime"
    HANDED = "Handed over for investigation"
    CRIME = "Crime recorded"
    SENT = "Officers asked for"
    GRADED = "Dealt with without sending"


BY: dict[Decided, frozenset[str]] = {
    Decided.DUPLICATE: frozenset({"MarkDuplicate"}),
    Decided.CLOSED: frozenset({"CloseReport"}),
    Decided.REDIRECTED: frozenset({"RedirectReport"}),
    Decided.NOT_CRIME: frozenset({"RecordNotCrime"}),
    Decided.HANDED: frozenset({"HandToImu"}),
    Decided.CRIME: frozenset({"RecordCrime"}),
    Decided.SENT: frozenset({"GradeReport", "EscalateEmergency"}),
    Decided.GRADED: frozenset({"GradeReport"}),
}


def decided(report: Report) -> Decided | None:
    """The decision that stands: how it ended before what was done on the way."""
    if report.closing is not None:
        return Decided.DUPLICATE if report.closing.duplicate_of else Decided.CLOSED
    if report.redirection is not None:
        return Decided.REDIRECTED
    if report.not_crime is not None:
        return Decided.NOT_CRIME
    if report.hand_off is not None and not report.is_back:
        return Decided.HANDED
    if report.standing_crimes:
        return Decided.CRIME
    if report.grading is None:
        return None
    return Decided.SENT if report.grading.sends_officers else Decided.GRADED


def decided_at(report: Report) -> datetime | None:
    """Since when the decision stands."""
    ends = [end.at for end in report.endings if end is not None]
    crimes = [crime.at for crime in report.standing_crimes]
    graded = [report.grading.at] if report.grading is not None else []
    return max((*ends, *crimes, *graded), default=None)


def what_lines(report: Report, pack: Pack, kind: Decided) -> Lines:
    """What was decided, in words for the caller."""
    if kind in _WHAT:
        yield _WHAT[kind]
    if kind is Decided.GRADED:
        yield from _grade_words(report, pack)
    elif kind is Decided.REDIRECTED and report.redirection is not None:
        yield f"This is for {name_alone(report.redirection.agency_name)}, not for the police."
    elif kind is Decided.HANDED:
        yield f"Your report is with our {_imu(pack)}."
    elif kind is Decided.NOT_CRIME and report.not_crime is not None and _is_whole(report):
        yield _sentence(report.not_crime.explanation)
    elif kind is Decided.CRIME:
        for crime in report.standing_crimes:
            yield f"We have recorded a crime: {crime.offence_title}."


def next_lines(report: Report, pack: Pack, kind: Decided, pending: Collection[str]) -> Lines:
    """What happens next."""
    if kind is Decided.SENT or (kind is Decided.CRIME and officers_stand(report)):
        yield _officers(report, pending)
        yield from _grade_words(report, pack)
    if kind in _NEXT:
        yield _NEXT[kind]
    if kind is Decided.CRIME:
        goes = "The crime goes to" if report.crimes_left else "The crime is with"
        yield f"{goes} our {_imu(pack)}. They look at what can be investigated."
    elif kind is Decided.REDIRECTED:
        yield from _redirected(report, pack)
    elif kind is Decided.NOT_CRIME:
        yield from _not_crime(report, pack)


def by_when_lines(
    report: Report, pack: Pack, now: datetime, kind: Decided, is_safe: bool
) -> Lines:
    """Each clock that runs and a caller is told of; a safe way to write is asked for."""
    for promise in promises(report, pack):
        if not promise.is_running:
            continue
        if promise.kind is PromiseKind.ATTENDANCE and kind in _ATTENDED:
            yield _attendance(report, pack, promise, now)
        elif promise.kind is PromiseKind.ACKNOWLEDGED:
            yield _in_writing(promise, is_safe, now)
        elif promise.kind is PromiseKind.AGENCY:
            expect = "expected" if promise.due_at < now else "expect"
            yield f"We {expect} them to tell us that they have it by {_by(promise, now)}."
        elif promise.said is not None:
            what = promise.said.what.rstrip(" .")
            yield f"We said that we would do this by {_by(promise, now)}: {what}."
    if kind is Decided.HANDED:
        yield "I cannot give you a time when they will be in touch."


def notes(report: Report, pack: Pack, kind: Decided) -> Lines:
    """What whoever reads has to know, and does not read out."""
    if kind is Decided.CLOSED and report.closing is not None:
        reason = report.closing.reason.rstrip(" .")
        yield f"Say why in your own words. On record: {reason}."
    if kind is Decided.NOT_CRIME and not _is_whole(report):
        yield "The explanation is too long for this card: read it from the log."
    for agency in _agencies(report, pack):
        if agency.phone and agency.verified not in _READ_OUT:
            number = f"{agency.said}, {_phone(agency)}"
            yield f"{number}: not verified. Check it before you give it."


def officers_stand(report: Report) -> bool:
    """Whether officers were asked for and nothing has ended that since."""
    grading, hand_off = report.grading, report.hand_off
    if grading is None or not grading.sends_officers or not report.is_open:
        return False
    return hand_off is None or grading.at > hand_off.at


def _officers(report: Report, pending: Collection[str]) -> str:
    if report.opened is not None:
        return "We have asked for officers. A dispatcher in our control room has your report."
    if report.told_by_voice is not None:
        return "We have asked for officers. We have told our control room by voice."
    if not BY[Decided.SENT].isdisjoint(pending):
        return "We have asked for officers. Our control room has not confirmed that yet."
    return "We have asked for officers. The request is with our control room."


def _grade_words(report: Report, pack: Pack) -> Lines:
    grading = report.grading
    grade = pack.grade_by_code.get(grading.code) if grading is not None else None
    if grade is not None and grade.say:
        yield grade.say


def _attendance(report: Report, pack: Pack, promise: Promise, now: datetime) -> str:
    """The later of two targets, where nobody knows whether the place is in the country."""
    grading = report.grading
    grade = pack.grade_by_code.get(grading.code) if grading is not None else None
    due_at = promise.due_at
    if grade is not None and report.location.rural is None and grade.rural_target_minutes:
        due_at = promise.started_at + timedelta(minutes=grade.rural_target_minutes)
    sends = grading is not None and grading.sends_officers
    aim = "be with you" if sends else "have dealt with it"
    if due_at < now:
        return f"We aimed to {aim} by {_at(due_at, now)}. That has passed, and I am sorry."
    return f"We aim to {aim} by {_at(due_at, now)}. I cannot promise that time."


def _in_writing(promise: Promise, is_safe: bool, now: datetime) -> str:
    """A letter may be read by whoever lives there: its way is asked for, its day is not named."""
    if not is_safe:
        return "We have to confirm the crime in writing. How can we do that safely?"
    if promise.due_at < now:
        return f"We should have confirmed the crime in writing by {_day(promise.due_at)}."
    return f"The crime is confirmed in writing by the end of {_day(promise.due_at)}."


def _redirected(report: Report, pack: Pack) -> Lines:
    has = "told us" if report.agency_answer is not None else "not told us yet"
    yield f"They have {has} that they have your report."
    for agency in _agencies(report, pack):
        yield from _reach(agency)


def _not_crime(report: Report, pack: Pack) -> Lines:
    if report.not_crime is not None and _is_whole(report):
        yield f"What you can do: {_sentence(report.not_crime.advice)}"
    for agency in _agencies(report, pack):
        yield f"{agency.said} may be able to help."
        yield from _reach(agency)


_ATTENDED = (Decided.SENT, Decided.GRADED, Decided.CRIME)
_WHAT = {
    Decided.DUPLICATE: "We already have a report of this. What you told us now stands with it.",
    Decided.CLOSED: "We have closed your report.",
    Decided.NOT_CRIME: "We have recorded what you told us, and not as a crime.",
    Decided.SENT: "We have assessed what you told us.",
    Decided.GRADED: "We have assessed what you told us.",
}
_NEXT = {
    Decided.DUPLICATE: "If you find out more, tell us, and give us your number.",
    Decided.CLOSED: (
        "Nothing more happens unless you tell us something new. Then we can open it again."
    ),
    Decided.HANDED: (
        "They look at what can be investigated. You do not have to ring us again for that."
    ),
}


def _agencies(report: Report, pack: Pack) -> Iterator[Agency]:
    """Those the decision names, as far as the directory still has them."""
    ids: tuple[str, ...] = ()
    if report.redirection is not None:
        ids = (report.redirection.agency,)
    elif report.not_crime is not None:
        ids = report.not_crime.agencies
    return (pack.agency_by_id[id] for id in ids if id in pack.agency_by_id)


def _reach(agency: Agency) -> Lines:
    if agency.phone and agency.verified in _READ_OUT:
        yield f"You can ring them on {_phone(agency)}."


def _phone(agency: Agency) -> str:
    return agency.phone.partition(" (")[0]


def _imu(pack: Pack) -> str:
    return pack.terms.get("imu", "investigators")


def _is_whole(report: Report) -> bool:
    """Whether the header carries all that was explained; a beginning is not read out."""
    end = report.not_crime
    texts = (end.explanation, end.advice) if end is not None else ()
    return not any(len(text) >= HEADER_WORDS and text.endswith("…") for text in texts)


def _sentence(words: str) -> str:
    words = words.strip()
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _by(promise: Promise, now: datetime) -> str:
    return f"the end of {_day(promise.due_at)}" if promise.days else _at(promise.due_at, now)


def _at(at: datetime, now: datetime) -> str:
    here = at.astimezone(LONDON)
    is_today = here.date() == now.astimezone(LONDON).date()
    return f"{here:%H:%M}" + (" today" if is_today else f" on {_day(at)}")


def _day(at: datetime) -> str:
    here = at.astimezone(LONDON)
    return f"{here:%A} {here.day} {here:%B}"
