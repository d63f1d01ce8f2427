"""On the page of a report that is offered: to its colleague, to its holder, or to anybody else."""

from datetime import datetime

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from workstation.desk import Desk
from workstation.domain.holders import Offer
from workstation.domain.offering import AcceptOffer, WithdrawOffer
from workstation.domain.report import Report
from workstation.domain.roles import Person, PersonId
from workstation.ui.banner import Banner
from workstation.ui.button import Button
from workstation.views.due import moment
from workstation.views.literal import literal


class Said(Struct, frozen=True):
    """What the bar says to one person, and what it lets them do."""

    tone: str
    icon: str
    lead: str
    text: str
    action: str = ""
    may_decline: bool = False


class OfferBar(Banner):
    """Hidden where nothing is offered. `answered` with the refusal, or None; `declined`: ask."""

    answered = Signal(object)
    declined = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("accent", "", "user-plus", action="Accept", parent=parent)
        self._desk = desk
        self._report: Report | None = None
        self.decline = Button("Decline")
        self.decline.clicked.connect(self.declined)
        self.layout().addWidget(self.decline)  # type: ignore[union-attr]
        self.acted.connect(self._act)
        self.hide()

    def show_offer(self, report: Report) -> None:
        """Say how the offer stands."""
        self._report = report
        said = said_to(report, self._desk.person, self._desk.clock.now())
        self.setVisible(said is not None)
        if said is None:
            return
        self.set_tone(said.tone, said.icon)
        self.set_text(literal(said.text), literal(said.lead))
        self.action.set_text(said.action)
        self.action.setVisible(bool(said.action))
        self.decline.setVisible(said.may_decline)

    def accept(self) -> None:
        """Take on what is offered, as it stands on this screen."""
        if self._report is not None:
            self.answered.emit(self._desk.submit(acceptance(self._report)))

    def keep(self) -> None:
        """Keep what was offered; or it was read that it was declined."""
        if self._report is not None:
            self.answered.emit(self._desk.submit(WithdrawOffer(report=self._report.id)))

    def _act(self) -> None:
        offer = self._report.offer if self._report is not None else None
        is_mine = offer is not None and offer.by.id == self._desk.person.id
        (self.keep if is_mine else self.accept)()


def is_offered_to(report: Report, person: Person) -> bool:
    """Whether a colleague waits for this person's answer."""
    return report.open_offer is not None and report.open_offer.to.id == person.id


def acceptance(report: Report) -> AcceptOffer:
    """Yes to the offer as it stands on this screen."""
    holder = report.offer.by.id if report.offer is not None else PersonId("")
    return AcceptOffer(report=report.id, holder=holder, fence=report.fence)


def said_to(report: Report, person: Person, now: datetime) -> Said | None:
    """How the offer of a report reads to this person; nothing where there is none."""
    offer = report.offer
    if offer is None:
        return None
    if offer.by.id == person.id:
        return _to_holder(offer, now)
    if offer.declined is not None:
        return None
    when = moment(offer.at, now)
    if offer.to.id == person.id:
        lead = f"Offered to you by {offer.by.name}, {when}:"
        text = f"{sentence(offer.reason)} Accept, and it is yours."
        return Said("accent", "user-plus", lead, text, "Accept", may_decline=True)
    text = f"{offer.by.name} holds it until they accept. {offer.reason}"
    return Said("neutral", "user-plus", f"Offered to {offer.to.name}, {when}.", text)


def _to_holder(offer: Offer, now: datetime) -> Said:
    answer = offer.declined
    if answer is None:
        lead = f"Offered to {offer.to.name}, {moment(offer.at, now)}."
        return Said("neutral", "user-plus", lead, "It is yours until they accept.", "Keep it")
    word = f"{sentence(answer.word)} " if answer.word else ""
    lead = f"{answer.by.name} declined, {moment(answer.at, now)}."
    text = (
        f"{word}You still hold this report. Offer it to somebody else (Ctrl+Shift+O), or work on."
    )
    return Said("warn", "user-x", lead, text, "I have read this")


def sentence(words: str) -> str:
    """Somebody's words with a full stop, where they have no end of their own."""
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."
