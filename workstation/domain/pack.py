"""A force pack: the rules of one force as data with dates, and how it is read and checked.

A pack is composed of one TOML file and the product's reference tables, travels to desks as one
JSON document, and is named by the SHA-256 of that document. Nothing starts on half a pack.
"""

from datetime import date
from enum import IntEnum
from functools import cached_property
from typing import Literal

from msgspec import Struct

from workstation.domain.guide import Guide
from workstation.domain.working_days import BankHoliday, WorkingDays


class Band(IntEnum):
    """The four national grade bands, most urgent first (National Call Handling Standards 2005)."""

    EMERGENCY = 1
    PRIORITY = 2
    SCHEDULED = 3
    RESOLUTION = 4


class Grade(Struct, frozen=True):
    """One grade of the force: its own name, the national band, and what it sets going.

    `say` are the words for the caller: whether anybody comes, and how.
    """

    code: str
    name: str
    band: Band
    sends_officers: bool
    target_minutes: int | None
    rural_target_minutes: int | None = None
    shape: Literal["octagon", "triangle", "square", "pill", "circle"] = "square"
    meaning: str = ""
    unverified: bool = False
    say: str = ""


class Promises(Struct, frozen=True, omit_defaults=True):
    """What the force promises the public and itself; hours and minutes as named.

    `attendance_starts`: forces differ in whether the time to attend runs from the grading or from
    the receipt.
    """

    public_hours: int
    recording_hours: int
    owed_thrive_minutes: int
    initial_check_minutes: int
    unopened_alarm_seconds: int
    source: str
    attendance_starts: Literal["graded", "received"] = "graded"
    agency_working_days: int = 2
    slipping_minutes: int = 10
    safe_minutes: int = 15


class VictimsCode(Struct, frozen=True, omit_defaults=True):
    """Within how many working days a victim is informed: as usual, and with Enhanced Rights.

    `needs_working_days`: within how many a victim's needs are assessed and support is offered, for
    all alike. `enhanced_flags`: the flags of the force that give Enhanced Rights.
    """

    working_days: int = 5
    enhanced_working_days: int = 1
    needs_working_days: int = 2
    enhanced_flags: tuple[str, ...] = ()
    source: str = ""
    unverified: bool = False


class RepeatCheck(Struct, frozen=True, omit_defaults=True):
    """The check for earlier contacts: within how many days they count as recent, and how many

    of them, the newest first, are named on record. For how many days two reports may tell of one
    event: by the same reporter, and by two.
    """

    days: int = 14
    contacts: int = 20
    same_reporter_days: int = 14
    other_reporter_days: int = 3
    source: str = ""
    unverified: bool = False


class NumberPattern(Struct, frozen=True):
    """How a series of numbers is written.

    `pattern` is a format string over force_code, serial, yy, yyyy, mm, dd; `restarts` says when
    the serial begins again, by the Europe/London calendar.
    """

    pattern: str
    restarts: Literal["year", "day"]
    assumption: str = ""


class Numbers(Struct, frozen=True):
    """The two different numbers: of a crime, and of an incident."""

    crime: NumberPattern
    incident: NumberPattern


class Area(Struct, frozen=True):
    """A policing area and the local-authority districts (ONS codes) it covers."""

    id: str
    name: str
    districts: tuple[str, ...]


class Agency(Struct, frozen=True):
    """An organisation a report can be redirected to; `districts` empty means nationwide."""

    id: str
    name: str
    kind: str
    topics: tuple[str, ...]
    districts: tuple[str, ...]
    phone: str
    url: str
    email: str
    verified: str
    notes: str = ""

    @property
    def said(self) -> str:
        """Its name as it is said or sent to the public."""
        return name_alone(self.name)


def name_alone(name: str) -> str:
    """Without what the directory says in brackets to whoever looks it up."""
    return name.partition(" (")[0]


class RedirectRule(Struct, frozen=True):
    """A matter that is usually not for the police, who deals with it, and when it stays."""

    id: str
    topic: str
    target_kind: str
    target: str
    keywords: tuple[str, ...]
    exception: str = ""
    exception_target: str = ""


class Offence(Struct, frozen=True):
    """A Home Office offence (code as in the counting rules or CJS list)."""

    code: str
    title: str
    class_title: str
    notifiable: str
    common_name: str = ""


class Category(Struct, frozen=True):
    """An incident category or qualifier (National Standard for Incident Recording themes)."""

    id: str
    theme: str
    name: str


class ThriveElement(Struct, frozen=True):
    """One element of the risk model: its key letter, its name, and the levels it may take.

    The last level of each is the most serious; `prompt` is the wording shown beside it.
    """

    key: str
    name: str
    levels: tuple[str, ...]
    prompt: str


class FlagKind(Struct, frozen=True, omit_defaults=True):
    """A risk to a person that this force marks on a report, and where its wording is from.

    `suggested_by`: the risks found in a report's words for which it is offered.
    """

    id: str
    name: str
    meaning: str
    source: str
    suggested_by: tuple[str, ...] = ()


HardAct = Literal["lower", "close", "redirect", "not attend", "hand over", "give back"]


class OnAnswer(Struct, frozen=True):
    """An answer to a question of a guide that brings a hard rule to bear."""

    guide: str
    question: str
    words: tuple[str, ...]


class HardRule(Struct, frozen=True, omit_defaults=True):
    """What this force never leaves undone: for which classes, flags, forms and answers, and what.

    `until`: officers are on their way, or the IMU has it, or the caller was told on which limb of
    Right Care Right Person, or this `question` of this `guide` is answered; or since one of its
    `answers` the risk was assessed and a grade given, or the question was answered otherwise.
    `with_crime`: a flag counts once a crime is recorded. `once_begun`: it holds as well where
    somebody began to ask its `guide`.
    """

    id: str
    name: str
    refuses: tuple[HardAct, ...]
    until: Literal[
        "attended", "investigated", "told", "answered", "assessed", "answered otherwise"
    ]
    instead: str
    source: str
    classes: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    with_crime: bool = False
    unverified: bool = False
    forms: tuple[str, ...] = ()
    guide: str = ""
    question: str = ""
    answers: tuple[OnAnswer, ...] = ()
    once_begun: bool = False


class Limb(Struct, frozen=True):
    """A reason why police attend a concern for welfare, or why they do not."""

    id: str
    name: str
    attends: bool


class TalkSafely(Struct, frozen=True, omit_defaults=True):
    """For which reports somebody is asked first whether they can talk, and in which words.

    By flags of the force, by risks and marks found in the words, by offences and their classes.
    """

    ask: str
    source: str
    flags: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    offences: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    unverified: bool = False


class Dispatch(Struct, frozen=True):
    """How the dispatch room is reached by voice, and the words to read out."""

    phone: str
    words: str


class Claims(Struct, frozen=True, omit_defaults=True):
    """How claims of desks that are offline are treated.

    `offline_hold_minutes`: how long a peer leaves a silent desk its report (an emergency, or what
    nobody has looked at yet, waits for nobody). `packet_size` 0 reserves nothing.
    """

    offline_hold_minutes: int = 30
    packet_size: int = 3
    packet_minutes: int = 60


class Pack(Struct, frozen=True, dict=True, omit_defaults=True):
    """Everything the rules need to know of one force, from one date on."""

    force: str
    force_name: str
    force_code: str
    valid_from: date
    grades: tuple[Grade, ...]
    promises: Promises
    numbers: Numbers
    thrive: tuple[ThriveElement, ...]
    dispatch: Dispatch
    areas: tuple[Area, ...]
    agencies: tuple[Agency, ...]
    redirect_rules: tuple[RedirectRule, ...]
    offences: tuple[Offence, ...]
    categories: tuple[Category, ...]
    terms: dict[str, str]
    claims: Claims = Claims()
    flags: tuple[FlagKind, ...] = ()
    victims_code: VictimsCode = VictimsCode()
    repeat_check: RepeatCheck = RepeatCheck()
    bank_holidays: tuple[BankHoliday, ...] = ()
    hard_rules: tuple[HardRule, ...] = ()
    right_care: tuple[Limb, ...] = ()
    thrive_model: str = "THRIVE"
    guides: tuple[Guide, ...] = ()
    shorthand: dict[str, str] = {}
    talk_safely: TalkSafely | None = None

    @cached_property
    def working_days(self) -> WorkingDays:
        """The calendar that clocks in working days go by."""
        return WorkingDays(self.bank_holidays)

    @cached_property
    def grade_by_code(self) -> dict[str, Grade]:
        """Each grade of the force by its code letter."""
        return {grade.code: grade for grade in self.grades}

    @cached_property
    def agency_by_id(self) -> dict[str, Agency]:
        """Each agency of the directory by its id."""
        return {agency.id: agency for agency in self.agencies}

    @cached_property
    def offence_by_code(self) -> dict[str, Offence]:
        """Each offence by its code."""
        return {offence.code: offence for offence in self.offences}

    @cached_property
    def flag_by_id(self) -> dict[str, FlagKind]:
        """Each flag of the force by its id."""
        return {flag.id: flag for flag in self.flags}

    @cached_property
    def guide_by_id(self) -> dict[str, Guide]:
        """Each guide by its id."""
        return {guide.id: guide for guide in self.guides}

    def rests_on(self, guide: str, question: str) -> bool:
        """Whether a hard rule of the force asks for the answer to this question."""
        return any((rule.guide, rule.question) == (guide, question) for rule in self.hard_rules)

    def heeds(self, guide: str, question: str) -> bool:
        """Whether an answer to this question may bring a hard rule of the force to bear."""
        on = (one for rule in self.hard_rules for one in rule.answers)
        return any((one.guide, one.question) == (guide, question) for one in on)

    @property
    def emergency_grade(self) -> Grade:
        """The grade an escalation gives."""
        return min(self.grades, key=lambda grade: grade.band)


class PackProblem(Exception):
    """A pack that cannot be used: the line or the key path, and what is allowed."""
