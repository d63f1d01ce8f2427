"""Offering a report to a named colleague: it stays its holder's until the colleague accepts.

An offer is good for the lease it was made under: whatever changes the holder ends it.
"""

from typing import ClassVar

from msgspec.structs import replace

from workstation.domain.act import (
    Command,
    Context,
    Decision,
    Event,
    fence_passed,
    first_refusal,
    handed,
    is_decided,
)
from workstation.domain.entry import EntryKind
from workstation.domain.holders import Declined, Offer
from workstation.domain.leases import clock_time
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report, in_header
from workstation.domain.roles import ON_RECORDS, Author, PersonId, Role


class ReportOffered(Event, frozen=True, kw_only=True):
    """The holder asks a colleague to take the report on."""

    to: Author
    reason: str

    def evolve(self, report: Report) -> Report:
        offer = Offer(at=self.at, by=self.by, to=self.to, reason=in_header(self.reason))
        return replace(report, offer=offer)

    def story(self) -> tuple[EntryKind, str, str]:
        return EntryKind.CLAIM, f"{self.by.name} offered this to {self.to.name}", self.reason


class OfferAccepted(Event, frozen=True, kw_only=True):
    """The colleague has it now."""

    workstation: str
    was: Author

    def evolve(self, report: Report) -> Report:
        return handed(report, self, self.by, self.workstation)

    def story(self) -> tuple[EntryKind, str, str]:
        title = f"{self.by.name} accepted this, offered by {self.was.name}"
        return EntryKind.CLAIM, title, ""


class OfferDeclined(Event, frozen=True, kw_only=True, omit_defaults=True):
    """The colleague will not take it: it stays with who offered it, who is told so."""

    was: Author
    word: str = ""

    def evolve(self, report: Report) -> Report:
        if report.offer is None:
            return report
        declined = Declined(at=self.at, by=self.by, word=in_header(self.word))
        return replace(report, offer=replace(report.offer, declined=declined))

    def story(self) -> tuple[EntryKind, str, str]:
        title = f"{self.by.name} declined this, offered by {self.was.name}"
        return EntryKind.CLAIM, title, self.word


class OfferWithdrawn(Event, frozen=True, kw_only=True):
    """The holder keeps it, or has read that it was declined."""

    to: Author
    was_declined: bool

    def evolve(self, report: Report) -> Report:
        return replace(report, offer=None)

    def story(self) -> tuple[EntryKind, str, str] | None:
        """Only what was still open is told: that it was declined is told already."""
        if self.was_declined:
            return None
        title = f"{self.by.name} no longer offers this to {self.to.name}"
        return EntryKind.CLAIM, title, ""


class OfferReport(Command, frozen=True, kw_only=True):
    """Offer what one holds to a colleague, and say why; another offer replaces the first."""

    to: Author
    reason: str
    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """Only the holder offers, under the lease she had; a supervisor moves it instead."""
        refusal = first_refusal(
            is_decided(report), _not_holder(report, context), self._unclear(context)
        )
        if refusal is not None:
            return refusal
        stamp = context.stamp(report.id)
        return (ReportOffered(stamp=stamp, to=self.to, reason=self.reason),)

    def _unclear(self, context: Context) -> Refusal | None:
        if not self.to.id or not self.to.name.strip():
            return Refusal("offer/to", "Choose the colleague you offer it to.", "to")
        if self.to.id == context.who.id:
            return Refusal("offer/to", "You hold it already. Choose a colleague.", "to")
        if not self.reason.strip():
            sentence = "Say why, in a few words: your colleague decides by them."
            return Refusal("offer/reason", sentence, "reason")
        return None


class AcceptOffer(Command, frozen=True, kw_only=True):
    """Take on what a colleague offers: `holder` and `fence` are those on its author's screen."""

    holder: PersonId
    fence: int
    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """The very offer that was seen still stands, or who holds the report by now is told."""
        claim, stamp = report.claim, context.stamp(report.id)
        if claim is not None and claim.by.id == context.who.id and not claim.is_packet:
            return ()
        offer = standing_offer(report, context.who.id, self.holder, self.fence)
        if offer is None:
            return offer_is_over(report, context)
        return (OfferAccepted(stamp=stamp, workstation=context.workstation, was=offer.by),)


class DeclineOffer(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Do not take on what a colleague offers; the word goes back to them."""

    holder: PersonId
    fence: int
    word: str = ""
    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """An offer that is over needs no answer, but a word for somebody is never dropped."""
        offer = standing_offer(report, context.who.id, self.holder, self.fence)
        if offer is None:
            return offer_is_over(report, context) if self.word.strip() else ()
        stamp = context.stamp(report.id)
        return (OfferDeclined(stamp=stamp, was=offer.by, word=self.word),)


class WithdrawOffer(Command, frozen=True, kw_only=True):
    """Keep what one offered; also how its holder says that she has read it was declined."""

    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """Nothing happens where there is no offer; who has it now is told where one was taken."""
        if report.offer is None:
            return fence_passed(report, context) or ()
        if (refusal := _not_holder(report, context)) is not None:
            return refusal
        offer, stamp = report.offer, context.stamp(report.id)
        was_declined = offer.declined is not None
        return (OfferWithdrawn(stamp=stamp, to=offer.to, was_declined=was_declined),)


def standing_offer(report: Report, person: PersonId, holder: PersonId, fence: int) -> Offer | None:
    """The open offer to this person that was made under this very lease."""
    offer = report.open_offer
    if offer is None or offer.to.id != person or offer.by.id != holder or report.fence != fence:
        return None
    return offer


def offer_is_over(report: Report, context: Context) -> Refusal:
    """Why an answer to an offer comes too late, and whose the report is now."""
    if (decided := is_decided(report)) is not None:
        return Refusal("offer/over", f"The offer is over. {decided.sentence}")
    claim, offer = report.claim, report.open_offer
    if claim is None or claim.is_packet:
        what = "The offer is over: nobody holds this report now. Take it (F9) if you still can."
    elif offer is not None and offer.to.id != context.who.id:
        since = clock_time(offer.at, context.now)
        what = f"The offer is over: {claim.by.name} holds this report and offered it to "
        what += f"{offer.to.name} at {since}. Nothing is left for you to do."
    else:
        what = (
            f"The offer is over: {claim.by.name} holds this report now. Ask them, or add a note."
        )
    return Refusal("offer/over", what)


def _not_holder(report: Report, context: Context) -> Refusal | None:
    if (changed := fence_passed(report, context)) is not None:
        return changed
    claim = report.claim
    if claim is None or claim.is_packet:
        return Refusal("claim/free", "Nobody works this report. Take it first (F9).")
    if claim.by.id != context.who.id:
        sentence = f"{claim.by.name} holds this report. Only they can offer it to somebody."
        return Refusal("claim/held", sentence)
    return None
