"""Offering a report to a colleague, and declining what is offered: a form each."""

from PySide6.QtWidgets import QLineEdit

from workstation.desk import Desk
from workstation.domain.offering import DeclineOffer, OfferReport
from workstation.domain.refusal import Refusal
from workstation.domain.report import ReportId
from workstation.domain.roles import DECIDERS, Author, PersonId
from workstation.ui.select import Select
from workstation.views.report.ask_form import AskForm, Keeping, Wanted

OFFERING, DECLINING = "offering", "declining"
GONE = Refusal("offer/over", "Nothing is offered to you here any more.")


def colleague_box(desk: Desk, name: str, without: PersonId | None = None) -> Select:
    """Everybody whom work can be given to, to choose from."""
    box = Select([], name)
    box.addItem("Choose a colleague", "")
    for person in desk.colleagues():
        if person.id != without and not DECIDERS.isdisjoint(person.roles):
            box.addItem(person.name, person.id)
    return box


def chosen(desk: Desk, id: str) -> Author | None:
    """The colleague of this id."""
    found = (Author(one.id, one.name) for one in desk.colleagues() if one.id == id)
    return next(found, None)


def offer_form(desk: Desk, id: ReportId) -> AskForm:
    """To whom, and why; it stays with who holds it until the colleague accepts."""

    def answer(said: dict[str, str]) -> Refusal | None:
        to = chosen(desk, said["to"]) or Author(PersonId(""), "")
        return desk.submit(OfferReport(report=id, to=to, reason=said["reason"]))

    to = colleague_box(desk, "Offer to", without=desk.person.id)
    wanted = (
        Wanted("to", "Offer to", to, "It stays yours until they accept."),
        Wanted("reason", "Why? They read this, and it is logged.", QLineEdit()),
    )
    kept = Keeping(desk, id, OFFERING)
    return AskForm("Offer this report to a colleague", wanted, "Offer", answer, kept)


def decline_form(desk: Desk, id: ReportId) -> AskForm:
    """A word for who offered it, which may be left out."""
    shown = desk.report(id)
    offer = shown.report.open_offer if shown is not None else None
    fence = shown.report.fence if shown is not None else 0

    def answer(said: dict[str, str]) -> Refusal | None:
        if offer is None:
            return GONE
        word = said["word"]
        return desk.submit(DeclineOffer(report=id, holder=offer.by.id, fence=fence, word=word))

    name = offer.by.name if offer is not None else "them"
    wanted = (Wanted("word", f"A word for {name}", QLineEdit(), "Optional, logged"),)
    kept = Keeping(desk, id, DECLINING)
    return AskForm("Decline what is offered to you", wanted, "Decline", answer, kept)
