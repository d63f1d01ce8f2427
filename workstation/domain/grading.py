"""How urgent: the grade, the emergency, and proof that dispatch has it.

Rules may refuse lowering; none may refuse or delay sending officers. When two grades meet, the
more urgent one stands.
"""

from datetime import datetime, timedelta
from typing import ClassVar

from msgspec.structs import replace

from workstation.domain.act import (
    Command,
    Context,
    Decision,
    Event,
    first_refusal,
    holds,
    is_decided,
    thrive_is_owed,
)
from workstation.domain.entry import EntryKind
from workstation.domain.hard_rules import forbidden
from workstation.domain.initial_check import looked_at
from workstation.domain.judgement import Lowering
from workstation.domain.leases import clock_time
from workstation.domain.pack import Band, Grade, HardAct
from workstation.domain.refusal import Refusal
from workstation.domain.report import (
    CheckedByVoice,
    Grading,
    Location,
    Opened,
    Report,
    ToldByVoice,
    VoiceCheck,
    in_header,
)
from workstation.domain.roles import ON_RECORDS, STORE_ID, Author, Person, Role

STALE = timedelta(minutes=5)


class ReportGraded(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A grade stands from here on, with its reason.

    `stands`: it was this grade already. Its clock and what dispatch has of it go on; the new
    reason is a line of the story. `asked_by`: whose lowering a supervisor approved.
    """

    code: str
    name: str
    band: Band
    sends_officers: bool
    reason: str
    was: str = ""
    location: Location | None = None
    stands: bool = False
    asked_by: Author | None = None

    def evolve(self, report: Report) -> Report:
        """Whatever was asked before is over: the grade was looked at since."""
        if self.stands:
            return replace(report, lowering=None)
        grading = Grading(
            at=self.at,
            by=self.by,
            code=self.code,
            name=self.name,
            band=self.band,
            sends_officers=self.sends_officers,
            reason=in_header(self.reason),
            thrives=report.thrive.number if report.thrive else 0,
        )
        return replace(
            report,
            grading=grading,
            initial_check=looked_at(report, self.at, self.by),
            location=self.location or report.location,
            opened=None,
            told_by_voice=None,
            voice_check=None,
            checked_by_voice=None,
            closing=None,
            redirection=None,
            not_crime=None,
            lowering=None,
        )

    def story(self) -> tuple[EntryKind, str, str]:
        if self.stands:
            return EntryKind.DECISION, f"Still {self.name}", self.reason
        was = f" (was {self.was})" if self.was else ""
        asked = f", as {self.asked_by.name} asked" if self.asked_by is not None else ""
        return EntryKind.DECISION, f"Graded {self.name}{was}{asked}", self.reason


class LoweringAsked(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody would lower an emergency: a supervisor is to look, and until then it stands."""

    code: str
    name: str
    stays: str
    reason: str

    def evolve(self, report: Report) -> Report:
        asked = Lowering(
            at=self.at,
            by=self.by,
            code=self.code,
            name=self.name,
            reason=in_header(self.reason),
        )
        return replace(report, lowering=asked)

    def story(self) -> tuple[EntryKind, str, str]:
        title = f"Asked to lower to {self.name}; {self.stays} stands until a supervisor approves"
        return EntryKind.DECISION, title, self.reason


class DispatchTold(Event, frozen=True, kw_only=True):
    """Dispatch was told by voice, because the line could not carry it."""

    told: str

    def evolve(self, report: Report) -> Report:
        """A word given before the grade that stands was of another one: it is only logged."""
        if report.grading is not None and self.at < report.grading.at:
            return report
        told = ToldByVoice(at=self.at, by=self.by, told=in_header(self.told))
        return replace(report, told_by_voice=told)

    def story(self) -> tuple[EntryKind, str, str]:
        return EntryKind.VOICE, "Dispatch told by voice", self.told


class VoiceCheckAsked(Event, frozen=True, kw_only=True):
    """An emergency came long after it was sent; whether it still holds is asked by voice."""

    sent: datetime
    workstation: str = ""

    def evolve(self, report: Report) -> Report:
        check = VoiceCheck(at=self.sent, by=self.by, arrived=self.at, workstation=self.workstation)
        return replace(report, voice_check=check)

    def story(self) -> tuple[EntryKind, str, str]:
        sent, arrived = clock_time(self.sent, self.at), clock_time(self.at, self.at)
        text = f"Sent {sent}, arrived {arrived}: check by voice that it still holds."
        return EntryKind.VOICE, "Voice check needed", text


class VoiceChecked(Event, frozen=True, kw_only=True):
    """Somebody asked by voice."""

    found: str

    def evolve(self, report: Report) -> Report:
        """An answer given before the emergency came was to another one: it is only logged."""
        check = report.voice_check
        if check is not None and self.at < check.arrived:
            return report
        checked = CheckedByVoice(at=self.at, by=self.by, found=in_header(self.found))
        return replace(report, voice_check=None, checked_by_voice=checked)

    def story(self) -> tuple[EntryKind, str, str]:
        return EntryKind.VOICE, "Checked by voice", self.found


class DispatchOpened(Event, frozen=True, kw_only=True):
    """A dispatcher has the report on the screen."""

    def evolve(self, report: Report) -> Report:
        return replace(report, opened=Opened(at=self.at, by=self.by))

    def story(self) -> tuple[EntryKind, str, str]:
        return EntryKind.VOICE, "Dispatcher has it", self.by.name


class GradeReport(Command, frozen=True, kw_only=True):
    """Set the grade; `was` is the code the author saw, empty when ungraded."""

    code: str
    reason: str
    was: str = ""
    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """Raising needs nothing but a place and a reason; lowering has rules of its own."""
        grade = context.pack.grade_by_code.get(self.code)
        if grade is None:
            codes = ", ".join(context.pack.grade_by_code)
            return Refusal("grade/unknown", f"Choose one of the force's grades: {codes}.", "code")
        if not self.reason.strip():
            return Refusal("grade/reason", "Say in a line why this grade.", "reason")
        refusal = self._rules(report, context, grade.band, grade.sends_officers)
        if refusal is not None:
            return refusal
        if is_for_supervisor(report, grade.band, context.who):
            return self._asked(report, context, grade)
        graded = newly_graded(report, context, self.code, self.reason)
        return _checked(replace(graded, stands=_stands_already(report, self.code)), context)

    def _rules(self, report: Report, context: Context, band: Band, sends: bool) -> Refusal | None:
        current = report.grading
        if current is not None and band > current.band:
            bound = forbidden(report, context.pack, *lowering_acts(sends), field="code")
            return self._lowering(report, context, current) or bound
        if sends:
            return _place_is_owed(report)
        if current is not None and band < current.band:
            return None
        return first_refusal(
            is_decided(report),
            holds(report, context),
            thrive_is_owed(report),
            happens_first(report),
            forbidden(report, context.pack, "not attend", field="code"),
        )

    def _lowering(self, report: Report, context: Context, current: Grading) -> Refusal | None:
        if self.was != current.code:
            sentence = (
                f"{current.by.name} graded this {current.name} meanwhile, more urgent. It stands."
            )
            return Refusal("grade/stale", sentence, "code")
        if not _is_assessed_since(report, current):
            return Refusal("grade/re-thrive", "Assess the risk again before lowering.", "thrive")
        return first_refusal(is_decided(report), holds(report, context), happens_first(report))

    def _asked(self, report: Report, context: Context, grade: Grade) -> tuple[Event, ...]:
        stays = report.grading.name if report.grading is not None else ""
        asked = LoweringAsked(
            stamp=context.stamp(report.id),
            code=grade.code,
            name=grade.name,
            stays=stays,
            reason=self.reason,
        )
        return (asked,)


class EscalateEmergency(Command, frozen=True, kw_only=True):
    """Send officers now: a location and one line of why, nothing more. THRIVE is then owed."""

    why: str
    location: Location | None = None
    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """Never refused for state, holder or staleness."""
        if not self.why.strip():
            return Refusal("emergency/why", "Say in one line why officers are needed now.", "why")
        place = self.location if self.location is not None and self.location.is_given else None
        if place is not None and place.unknown_because and report.location.is_given:
            place = None  # a place that is known is never lost to "unknown"
        if place is None and not report.location.is_given:
            return _NO_PLACE
        grade = context.pack.emergency_grade
        return _checked(newly_graded(report, context, grade.code, self.why, place), context)


class TellByVoice(Command, frozen=True, kw_only=True):
    """Log that dispatch was told by voice: who was told, and when."""

    told: str
    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """Only the name is needed."""
        if not self.told.strip():
            return Refusal("voice/who", "Say whom you told, and when.", "told")
        return (
            DispatchTold(
                stamp=context.stamp(report.id),
                told=self.told,
            ),
        )


class CheckByVoice(Command, frozen=True, kw_only=True):
    """Log that somebody was asked by voice whether an emergency still holds, and the answer."""

    found: str
    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """The words are taken also where nobody waits for them any more."""
        if not self.found.strip():
            return Refusal("voice/found", "Say whom you spoke to, and whether it holds.", "found")
        return (VoiceChecked(stamp=context.stamp(report.id), found=self.found),)


class OpenByDispatch(Command, frozen=True, kw_only=True):
    """A dispatcher has opened it; said once for each grade."""

    may: ClassVar[frozenset[Role]] = frozenset({Role.DISPATCHER})

    def decide(self, report: Report, context: Context) -> Decision:
        """Nothing happens the second time."""
        if report.opened is not None or report.grading is None:
            return ()
        return (
            DispatchOpened(
                stamp=context.stamp(report.id),
            ),
        )


def lowering_acts(sends_officers: bool) -> tuple[HardAct, ...]:
    """What a hard rule may refuse of a lowering: also that nobody is sent any more."""
    return ("lower",) if sends_officers else ("lower", "not attend")


def is_for_supervisor(report: Report, band: Band, who: Person) -> bool:
    """Whether a grade of this band would lower an emergency, which one person alone may not.

    Usual force policy (not verified with a force): grade 1 is lowered with a supervisor.
    """
    lowers = report.grading is not None and report.grading.band is Band.EMERGENCY < band
    return lowers and Role.SUPERVISOR not in who.roles


_NO_PLACE = Refusal(
    "emergency/where", "Officers need a place. Give one, or say why it is unknown.", "location"
)


def _place_is_owed(report: Report) -> Refusal | None:
    return None if report.location.is_given else _NO_PLACE


def _checked(graded: ReportGraded, context: Context) -> tuple[Event, ...]:
    """The grade, and for an emergency that waited too long on a desk the wish for a check."""
    arrived = context.recorded_at
    if graded.band is not Band.EMERGENCY or graded.stands or arrived is None:
        return (graded,)
    if arrived - context.at <= STALE:
        return (graded,)
    stamp = replace(graded.stamp, at=arrived, by=Author(STORE_ID, "Store"), late=False)
    return graded, VoiceCheckAsked(stamp=stamp, sent=context.at, workstation=context.workstation)


def _is_assessed_since(report: Report, grading: Grading) -> bool:
    """Whether a THRIVE came after the grade, made by somebody who could know of it.

    The store moves a time that lies ahead of its own clock back to it, so two acts may share one.
    """
    thrive = report.thrive
    return thrive is not None and thrive.number > grading.thrives and thrive.at >= grading.at


def _stands_already(report: Report, code: str) -> bool:
    """Whether the grade is in force as it is: nothing ended the report or took it on since."""
    current = report.grading
    if current is None or current.code != code or not report.is_open:
        return False
    return report.hand_off is None or current.at > report.hand_off.at


def happens_first(report: Report) -> Refusal | None:
    """What happens now is graded as an emergency before anything less."""
    if report.happening_now and not report.is_emergency:
        return Refusal(
            "grade/now", "The report says it is happening now. Grade it as an emergency first."
        )
    return None


def newly_graded(
    report: Report,
    context: Context,
    code: str,
    reason: str,
    location: Location | None = None,
    asked_by: Author | None = None,
) -> ReportGraded:
    """The event of a grade of the pack, with what the grade was before."""
    grade = context.pack.grade_by_code[code]
    return ReportGraded(
        stamp=context.stamp(report.id),
        code=grade.code,
        name=grade.name,
        band=grade.band,
        sends_officers=grade.sends_officers,
        reason=reason,
        was=report.grading.name if report.grading else "",
        location=location,
        asked_by=asked_by,
    )
