"""How a report ends in the hub, and how it begins again: close, duplicate, reopen."""

from datetime import timedelta
from typing import ClassVar

from msgspec.structs import replace

from workstation.domain.act import (
    Command,
    Context,
    Decision,
    Event,
    cannot_end,
    first_refusal,
)
from workstation.domain.entry import EntryKind
from workstation.domain.hard_rules import bound_alike, forbidden
from workstation.domain.judgement import CallerTold
from workstation.domain.leases import clock_time, day_and_time
from workstation.domain.lowering import is_left
from workstation.domain.news import with_news
from workstation.domain.owed import Reply
from workstation.domain.refusal import Refusal
from workstation.domain.replying import replied
from workstation.domain.report import Closing, Report, ReportId, in_header
from workstation.domain.roles import DECIDERS, ON_RECORDS, Role
from workstation.domain.safe_contact import (
    ContactTerms,
    SafeContact,
    cautions,
    in_a_line,
    most_careful,
    terms_of,
)
from workstation.domain.wording import has_words

DUPLICATES_SHOWN = 20
CLOCKS_DIFFER = timedelta(minutes=5)


class ReportClosed(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Nothing more to do in the hub."""

    reason: str
    caller_told: str
    duplicate_of: ReportId | None = None
    original: str = ""
    told: CallerTold | None = None

    def evolve(self, report: Report) -> Report:
        closing = Closing(
            at=self.at,
            by=self.by,
            reason=in_header(self.reason),
            caller_told=in_header(self.caller_told),
            duplicate_of=self.duplicate_of,
            told=self.told,
        )
        reply = self._reply(report)
        return replace(report, closing=closing, reply=reply, claim=None, fence=report.fence + 1)

    def _reply(self, report: Report) -> Reply | None:
        """That the caller was told by voice keeps the promise to the public, from then on."""
        told = self.told
        if told is None or told.answer != "yes" or told.at is None:
            return report.reply
        return replied(report, told.at, self.by, "by voice")

    def story(self) -> tuple[EntryKind, str, str]:
        title = f"Duplicate of {self.original}" if self.duplicate_of else "Closed"
        return EntryKind.DECISION, title, f"{self.reason}\n{self._told()}".strip()

    def _told(self) -> str:
        told = self.told
        if self.duplicate_of and not self.caller_told:
            return "Whether the caller was told was not asked."
        if told is None or told.answer == "as written":
            return f"Caller told: {self.caller_told}"
        if told.answer == "no" or told.at is None:
            return f"Caller NOT told: {self.caller_told}"
        when = day_and_time(told.at)
        return f"Caller told {when} by {told.by}: {self.caller_told}"


class DuplicateLinked(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Another contact about the same matter points here."""

    duplicate: ReportId
    reference: str
    excerpt: str
    contact: ContactTerms | None = None

    def evolve(self, report: Report) -> Report:
        linked = (*report.duplicates, self.duplicate)[-DUPLICATES_SHOWN:]
        told = with_news(report, self.at, self.by, f"{self.reference} is about the same matter")
        return replace(told, duplicates=linked, safe_contact=self._contact(report))

    def _contact(self, report: Report) -> SafeContact | None:
        """The more careful of both: whoever works this deals with the other caller, too."""
        stands = report.safe_contact
        if self.contact is None:
            return stands
        terms = most_careful(terms_of(stands), self.contact)
        number = stands.number + 1 if stands is not None else 1
        return SafeContact(at=self.at, by=self.by, terms=terms, number=number)

    def story(self) -> tuple[EntryKind, str, str]:
        title = f"{self.reference} is about the same matter"
        if self.contact is None:
            return EntryKind.NOTE, title, self.excerpt
        heed = f"Safe contact of its caller: {in_a_line(self.contact)}"
        return EntryKind.NOTE, title, f"{self.excerpt}\n{heed}"


class ReportReopened(Event, frozen=True, kw_only=True):
    """Work begins again; number and history stay (row S22)."""

    reason: str

    def evolve(self, report: Report) -> Report:
        return replace(report, closing=None, redirection=None, not_crime=None, hand_off=None)

    def story(self) -> tuple[EntryKind, str, str]:
        return EntryKind.DECISION, "Reopened", self.reason


class CloseReport(Command, frozen=True, kw_only=True):
    """Close a report: why, and whether the caller was told.

    `caller_told` says what they were told, or why not. Nothing that nobody attended, or whose
    promise slipped, ends with somebody waiting in vain (inspection 2022; IOPC 2023).
    """

    reason: str
    caller_told: str
    told: CallerTold | None = None
    may: ClassVar[frozenset[Role]] = DECIDERS
    exclusive: ClassVar[bool] = True

    def decide(self, report: Report, context: Context) -> Decision:
        """Never while it happens, unassessed, with a crime outside the IMU, or unread."""
        written = first_refusal(
            _filled(self.reason, "reason", "Say why this is closed."),
            _answered(self.told, self.caller_told, report, context),
        )
        bound = forbidden(report, context.pack, "close", field="reason")
        left = first_refusal(_unfinished(report), bound, is_left(report, context))
        refusal = cannot_end(report, context, left, written)
        if refusal is not None:
            return refusal
        stamp = context.stamp(report.id)
        return (
            ReportClosed(
                stamp=stamp, reason=self.reason, caller_told=self.caller_told, told=self.told
            ),
        )


class MarkDuplicate(Command, frozen=True, kw_only=True):
    """This contact is about the same matter as another report, which keeps the work.

    Its caller waits too, and is told, or it is said why not: as in a close.
    """

    of: ReportId
    reason: str = ""
    caller_told: str = ""
    told: CallerTold | None = None
    may: ClassVar[frozenset[Role]] = DECIDERS
    exclusive: ClassVar[bool] = True

    def reports(self) -> tuple[ReportId, ...]:
        return (self.report, self.of)

    def decide(self, report: Report, context: Context) -> Decision:
        """Each account has its own THRIVE; the original must exist and repeat nothing itself."""
        original = context.reports.get(self.of)
        if original is None or self.of == report.id:
            return Refusal("duplicate/of", "Choose the report that this one repeats.", "of")
        left = first_refusal(
            _unfinished(report),
            _leaves_rule(report, original, context),
            _leaves_grade(report, original, context),
        )
        no = first_refusal(_circle(original), _gone(original, context), _unread(original))
        refusal = cannot_end(
            report, context, left, first_refusal(no, self._answered(report, context))
        )
        if refusal is not None:
            return refusal
        closed = ReportClosed(
            stamp=context.stamp(report.id),
            reason=self.reason,
            caller_told=self.caller_told,
            duplicate_of=original.id,
            original=original.reference,
            told=self.told,
        )
        linked = DuplicateLinked(
            stamp=context.stamp(original.id),
            duplicate=report.id,
            reference=report.reference,
            excerpt=report.excerpt,
            contact=_heeded(report),
        )
        return (closed, linked)

    def _answered(self, report: Report, context: Context) -> Refusal | None:
        """Desks of the first release did not ask: theirs is taken as it was written."""
        if self.told is not None and self.told.answer == "as written":
            return None
        return _answered(self.told, self.caller_told, report, context)


class ReopenReport(Command, frozen=True, kw_only=True):
    """Begin again on new information."""

    reason: str
    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """Nothing happens to an open report that was not handed over.

        An ending that its author did not see stands: she reopens it once she read it.
        """
        if report.is_open and report.hand_off is None:
            return ()
        refusal = first_refusal(
            _filled(self.reason, "reason", "Say what is new."), _ended_unseen(report, context)
        )
        if refusal is not None:
            return refusal
        return (ReportReopened(stamp=context.stamp(report.id), reason=self.reason),)


_WHY_NOT = "Say why the caller was not told."


def _answered(
    told: CallerTold | None, words: str, report: Report, context: Context
) -> Refusal | None:
    if told is None:
        return Refusal("close/told", "Say whether the caller was told: yes or no.", "told")
    what = "Say what the caller was told." if told.answer == "yes" else _WHY_NOT
    if told.answer == "as written":
        what = "Say whether the caller was told, and what."
    if told.answer == "yes" and (refusal := _by_whom(told, report, context)) is not None:
        return refusal
    return _filled(words, "caller_told", what)


def _by_whom(told: CallerTold, report: Report, context: Context) -> Refusal | None:
    """A clock that is behind the receipt, off the line, refuses nobody the time it shows.

    Nor does the store refuse what a desk whose clock is ahead could say: it dates acts back.
    """
    if told.at is None:
        return Refusal("close/told_at", "Say when the caller was told, as 14:05.", "told_at")
    if context.recorded_at is None and told.at > context.at + CLOCKS_DIFFER:
        return Refusal("close/told_at", "That time has not come yet. Correct it.", "told_at")
    if told.at < min(report.received_at, context.at) - CLOCKS_DIFFER:
        came = clock_time(report.received_at, told.at)
        sentence = f"This report came at {came}: nobody was told before. Correct the time."
        return Refusal("close/told_at", sentence, "told_at")
    return _filled(told.by, "told_by", "Say who told the caller.")


def _heeded(report: Report) -> ContactTerms | None:
    """What is to be heeded of this caller by who takes the matter over."""
    terms = cautions(terms_of(report.safe_contact))
    return terms if terms.is_careful else None


def _unfinished(report: Report) -> Refusal | None:
    if report.happening_now and not report.is_emergency:
        return Refusal("close/now", "It says it is happening now: grade it first (F2).")
    if report.crimes_left:
        number = report.crimes_left[0].number
        return Refusal("close/imu", f"Crime {number} is not with the IMU yet. Hand it over (F5).")
    return None


def _unread(original: Report) -> Refusal | None:
    if original.thrive is None:
        sentence = f"Assess the risk of {original.reference} first: each account has its own."
        return Refusal("duplicate/thrive", sentence, "of")
    return None


def _leaves_rule(report: Report, original: Report, context: Context) -> Refusal | None:
    """A hard rule goes with the report only to one that is bound by it, and still worked."""
    if bound_alike(report, original, context.pack):
        return None
    return forbidden(report, context.pack, "close", field="of")


def _leaves_grade(report: Report, original: Report, context: Context) -> Refusal | None:
    """Officers who are to come go on by a report that is worked, and no less urgent."""
    grading, kept = report.grading, original.grading
    if grading is None or not grading.sends_officers or not original.is_open:
        return is_left(report, context)
    if kept is not None and kept.band <= grading.band:
        return None
    sentence = f"{original.reference} is less urgent than this. Raise it first (F2)."
    return Refusal("duplicate/grade", sentence, "of")


def _circle(original: Report) -> Refusal | None:
    if original.closing is not None and original.closing.duplicate_of is not None:
        sentence = "That report repeats another itself. Choose the one it points at."
        return Refusal("duplicate/circle", sentence, "of")
    return None


def _gone(original: Report, context: Context) -> Refusal | None:
    """Two reports that end by each other's work, unseen, would leave the matter to nobody."""
    if original.is_open or not _turned_unseen(original, context):
        return None
    sentence = "That report was ended since you looked at it. Read it, then decide again."
    return Refusal("duplicate/ended", sentence, "of")


def _ended_unseen(report: Report, context: Context) -> Refusal | None:
    if not _turned_unseen(report, context):
        return None
    sentence = "Somebody ended this report anew since you looked. Read why, then decide again."
    return Refusal("reopen/ended", sentence)


def _turned_unseen(report: Report, context: Context) -> bool:
    seen = context.seen.get(report.id, report.version)
    return report.turned_by_others_since(seen, context.who.id)


def _filled(text: str, field: str, sentence: str) -> Refusal | None:
    return None if has_words(text) else Refusal(f"close/{field}", sentence, field)
