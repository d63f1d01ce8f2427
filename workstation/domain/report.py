"""The report: one contact from the public, whatever its channel, from its first second.

A header and facets, its words in entries; a facet is set by one kind of event, by whom and when.
"""

from datetime import datetime
from enum import StrEnum
from itertools import combinations
from typing import Annotated, Literal

from msgspec import Meta, Struct

from workstation.domain.answered import Answered, Raised, Settled
from workstation.domain.earlier import EarlierContacts as EarlierContacts
from workstation.domain.earlier import Quoted as Quoted
from workstation.domain.earlier import Searched as Searched
from workstation.domain.holders import Claim, Held, Offer, Touch
from workstation.domain.judgement import (
    CallerTold,
    LevelChange,
    Lowering,
    News,
    RightCare,
    Safeguard,
    Said,
)
from workstation.domain.names import CrimeId as CrimeId
from workstation.domain.names import Line as Line
from workstation.domain.names import ReportId as ReportId
from workstation.domain.owed import AgencyAnswer, Asked, InitialCheck, Promised, Reply
from workstation.domain.pack import Band
from workstation.domain.roles import STORE_ID, Author, Facet, PersonId
from workstation.domain.safe_contact import SafeContact
from workstation.domain.voice import CheckedByVoice as CheckedByVoice
from workstation.domain.voice import Opened as Opened
from workstation.domain.voice import ToldByVoice as ToldByVoice
from workstation.domain.voice import VoiceCheck as VoiceCheck

RECENT_TOUCHES = 12
RECENT_HOLDERS = 6
HEADER_WORDS = 600
Latitude = Annotated[float, Meta(ge=-90, le=90)]
Longitude = Annotated[float, Meta(ge=-180, le=180)]


def in_header(text: str, most: int = HEADER_WORDS) -> str:
    """As much of somebody's words as the header carries; the log keeps them all."""
    return text if len(text) <= most else text[: most - 1] + "…"


class Channel(StrEnum):
    """How a contact reached the force; the process is the same for all (rows S10, S49)."""

    ONLINE = "online"
    CALL_101 = "101"
    CALL_999 = "999"
    CHAT = "chat"
    IN_PERSON = "in person"
    INTELLIGENCE = "intelligence"


class Facts(Struct, frozen=True, omit_defaults=True):
    """The key facts, each one line of at most 500 characters; empty means not known."""

    title: Line = ""
    reporter: Line = ""
    reporter_role: Line = ""
    phone: Line = ""
    email: Line = ""
    date_of_birth: Line = ""
    prefers: Line = ""
    occurred: Line = ""
    people: Line = ""
    injuries: Line = ""
    safety: Line = ""


class Location(Struct, frozen=True, omit_defaults=True):
    """Where: text as given, what it resolved to, or why it is unknown."""

    text: Line = ""
    town: Line = ""
    postcode: Line = ""
    district: Line = ""
    area: Line = ""
    lat: Latitude | None = None
    lon: Longitude | None = None
    rural: bool | None = None
    unknown_because: Line = ""

    @property
    def is_given(self) -> bool:
        """Whether officers can be sent: a place, or *unknown* with the reason."""
        said = self.text + self.postcode + self.unknown_because
        return bool(said.strip()) or self.lat is not None


class MarkedPhrase(Struct, frozen=True):
    """Words of the account that may speak of risk: where they stand and what kind they are."""

    start: int
    end: int
    words: str
    kind: str


class Thrive(Facet, frozen=True, kw_only=True):
    """One risk assessment: a level for each element key, and words where given.

    `changes`: against the one before. `interim`: what could happen before officers arrive, and
    `rara` what is done about it.
    """

    levels: dict[str, str]
    words: dict[str, str]
    earlier: EarlierContacts
    number: int
    no_risk_found: bool = False
    changes: tuple[LevelChange, ...] = ()
    interim: str = ""
    rara: tuple[Safeguard, ...] = ()


class Grading(Facet, frozen=True, kw_only=True):
    """The grade that stands; `thrives`: how many assessments there were before it."""

    code: str
    name: str
    band: Band
    sends_officers: bool
    reason: str
    thrives: int = 0


class Redirection(Facet, frozen=True, kw_only=True):
    """To which agency the report went, and what its reporter is told."""

    agency: str
    agency_name: str
    message: str
    rule: str = ""


class Victim(Struct, frozen=True):
    """The victim of a crime; a crime has one, who may not be known yet."""

    kind: Literal["person", "organisation", "the Crown", "not yet known"]
    name: str = ""


class Crime(Facet, frozen=True, kw_only=True):
    """A recorded crime with its number, which it keeps for good.

    `alias_of` where a person found that it is another crime of the report, numbered twice.
    """

    id: CrimeId
    number: str
    offence: str
    offence_title: str
    victim: Victim
    alias_of: CrimeId | None = None


class NotCrime(Facet, frozen=True, kw_only=True):
    """Recorded as not a crime: why, what the person can do, and who can help (row S67)."""

    explanation: str
    advice: str
    agencies: tuple[str, ...]


class HandOff(Facet, frozen=True, kw_only=True):
    """Handed to the Investigations Management Unit: facts and solvability, no recommendation."""

    crimes: tuple[CrimeId, ...]
    solvability: dict[str, str]
    facts: str


class Closing(Facet, frozen=True, kw_only=True):
    """Why the report is closed, and whether the caller was told."""

    reason: str
    caller_told: str
    duplicate_of: ReportId | None = None
    told: CallerTold | None = None


class Flag(Facet, frozen=True, kw_only=True):
    """A risk to a person that somebody found, by the force's own list; why is in the log."""

    id: str
    name: str


class Proposal(Facet, frozen=True, kw_only=True, omit_defaults=True):
    """How somebody who did not hold the report would have a key fact read: nobody took it yet.

    `location` where the fact is the place; `late`: it waited on a desk that was offline.
    """

    field: str
    now: Line = ""
    location: Location | None = None
    late: bool = False

    @property
    def value(self) -> str | Location:
        """What the fact would say."""
        return self.now if self.location is None else self.location


class Report(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Header and facets of one contact; at most 32 KiB. `version` rises with each command.

    `proposed_beyond`: how many proposals more are in the log than the header holds. `turned`:
    which version last ended it or began it again, and by whom.
    """

    id: ReportId
    channel: Channel
    received_at: datetime
    version: int = 0
    form: str = ""
    source: str = ""
    receipt_code: str = ""
    incident_number: str = ""
    local_reference: str = ""
    facts: Facts = Facts()
    location: Location = Location()
    excerpt: str = ""
    happening_now: bool = False
    marked: tuple[MarkedPhrase, ...] = ()
    quotes: Quoted | None = None
    hazards: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    answered: tuple[Answered, ...] = ()
    settled: tuple[Settled, ...] = ()
    claim: Claim | None = None
    fence: int = 0
    offer: Offer | None = None
    thrive: Thrive | None = None
    news: tuple[News, ...] = ()
    said: dict[str, Said] = {}
    grading: Grading | None = None
    lowering: Lowering | None = None
    right_care: RightCare | None = None
    safe_contact: SafeContact | None = None
    redirection: Redirection | None = None
    crimes: tuple[Crime, ...] = ()
    not_crime: NotCrime | None = None
    hand_off: HandOff | None = None
    closing: Closing | None = None
    asked: Asked | None = None
    told_by_voice: ToldByVoice | None = None
    opened: Opened | None = None
    voice_check: VoiceCheck | None = None
    checked_by_voice: CheckedByVoice | None = None
    initial_check: InitialCheck | None = None
    reply: Reply | None = None
    reasons_given: Reply | None = None
    acknowledged: dict[CrimeId, datetime] = {}
    needs_assessed: dict[CrimeId, datetime] = {}
    agency_answer: AgencyAnswer | None = None
    promised: tuple[Promised, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    proposed_beyond: int = 0
    duplicates: tuple[ReportId, ...] = ()
    returned_because: str = ""
    recent: tuple[Touch, ...] = ()
    turned: Touch | None = None
    holders: tuple[Held, ...] = ()

    @property
    def lease(self) -> Literal["free", "active", "detached", "packet"]:
        """How the report is held."""
        if self.claim is None:
            return "free"
        if self.claim.is_packet:
            return "packet"
        return "detached" if self.claim.detached else "active"

    @property
    def is_open(self) -> bool:
        """Whether anybody still has to do anything for it in the hub."""
        return self.closing is None and self.redirection is None and self.not_crime is None

    @property
    def endings(self) -> tuple[Facet | None, ...]:
        """How the hub ended its work on it, as far as it did."""
        return (self.closing, self.redirection, self.not_crime, self.hand_off)

    @property
    def reference(self) -> str:
        """The reference people speak: the incident number, or this desk's own until it has one."""
        return self.incident_number or self.local_reference

    @property
    def is_emergency(self) -> bool:
        """Whether the grade that stands is of the emergency band."""
        return self.grading is not None and self.grading.band is Band.EMERGENCY

    @property
    def risk_is_unassessed(self) -> bool:
        """Whether a marked, flagged or told risk, or an update, still waits for an assessment.

        *He is back* is assessed at once, whoever says it.
        """
        waits = bool(self.marked or self.flags or self.raised) or self.quotes is not None
        return waits and self.thrive is None

    @property
    def raised(self) -> tuple[Raised, ...]:
        """The answers that bear on risk."""
        return tuple(one for guide in self.answered for one in guide.raised)

    def answered_of(self, guide: str) -> Answered | None:
        """What was done of a guide; None means that nobody asked."""
        return next((one for one in self.answered if one.guide == guide), None)

    @property
    def open_offer(self) -> Offer | None:
        """The offer that waits for its colleague's answer."""
        return self.offer if self.offer is not None and self.offer.declined is None else None

    @property
    def owed_promises(self) -> tuple[Promised, ...]:
        """What somebody said they would do and nobody has done yet."""
        return tuple(one for one in self.promised if one.kept is None)

    @property
    def owner(self) -> Author | None:
        """Who owes what was said on this report: who holds it, or held it last."""
        if self.claim is not None and not self.claim.is_packet:
            return self.claim.by
        return self.holders[-1].by if self.holders else None

    @property
    def crimes_left(self) -> tuple[Crime, ...]:
        """The recorded crimes that the IMU does not have."""
        handed = self.hand_off.crimes if self.hand_off is not None else ()
        return tuple(crime for crime in self.standing_crimes if crime.id not in handed)

    @property
    def standing_crimes(self) -> tuple[Crime, ...]:
        """Each crime once, under the number it is known by."""
        return tuple(crime for crime in self.crimes if crime.alias_of is None)

    @property
    def possible_doubles(self) -> tuple[tuple[Crime, Crime], ...]:
        """Crimes that two people recorded alike: perhaps one crime with two numbers."""
        pairs = combinations(self.standing_crimes, 2)
        return tuple((a, b) for a, b in pairs if a.by.id != b.by.id and _is_alike(a, b))

    def crime(self, id: CrimeId) -> Crime | None:
        """A crime of this report."""
        return next((crime for crime in self.crimes if crime.id == id), None)

    def flag(self, id: str) -> Flag | None:
        """The flag of this kind, if it is set."""
        return next((flag for flag in self.flags if flag.id == id), None)

    @property
    def is_back(self) -> bool:
        """Whether there is work again after the hand-over: a crime more, or officers sent."""
        if self.hand_off is None:
            return False
        grading = self.grading
        sent = grading is not None and grading.sends_officers and grading.at > self.hand_off.at
        return sent or bool(self.crimes_left)

    def held_since(self, fence: int, person: PersonId) -> tuple[str, ...]:
        """Who else became its holder after the fence this person had, in order."""
        others = [one.by for one in self.holders if one.fence > fence and one.by.id != person]
        return tuple(dict.fromkeys(by.name for by in others))

    def changed_by_others_since(self, version: int, person: PersonId) -> bool:
        """Whether somebody else changed the report after the version this person saw."""
        if version >= self.version:
            return False
        known = sum(touch.after(version) for touch in self.recent)
        by = {touch.by for touch in self.recent if touch.after(version)}
        return known < self.version - version or not by <= {person, STORE_ID}

    def turned_by_others_since(self, version: int, person: PersonId) -> bool:
        """Whether somebody else ended it, or began it again, after the version this person saw."""
        turned = self.turned
        return turned is not None and turned.version > version and turned.by != person


def _is_alike(one: Crime, other: Crime) -> bool:
    names = {" ".join(crime.victim.name.casefold().split()) for crime in (one, other)}
    is_same_victim = one.victim.kind == other.victim.kind and len(names) == 1
    return one.offence == other.offence and is_same_victim
