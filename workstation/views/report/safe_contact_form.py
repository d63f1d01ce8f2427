"""How somebody may be reached: the form, the bar that is to be heeded, and the fact to read."""

from datetime import datetime

from PySide6.QtWidgets import QLineEdit

from workstation.desk import Desk
from workstation.domain.contacting import SetSafeContact
from workstation.domain.limits import LINE, NAME
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report, ReportId
from workstation.domain.safe_contact import SPOKEN, WAYS, Answer, Way, in_words, terms_of, what_not
from workstation.domain.talking_safely import careful_preference
from workstation.ui.select import Select
from workstation.views.due import moment
from workstation.views.literal import literal
from workstation.views.report.ask_form import AskForm, Keeping, Wanted
from workstation.views.report.standing import RECORD, Standing

REACHING = "reaching"
_ANSWERS: dict[str, Answer] = {"safe": "safe", "unsafe": "unsafe"}
_CHOICES = (("Not known", ""), ("Said to be safe", "safe"), ("Do not use", "unsafe"))


def safe_contact_form(desk: Desk, id: ReportId) -> AskForm:
    """Each way, when not, who must not hear; nothing is safe before somebody said so."""
    shown = desk.report(id)
    contact = shown.report.safe_contact if shown is not None else None
    terms, saw = terms_of(contact), contact.number if contact is not None else 0

    def answer(said: dict[str, str]) -> Refusal | None:
        command = SetSafeContact(
            report=id,
            ways={way: _ANSWERS[said[way]] for way in WAYS if said[way]},
            not_when=said["not_when"],
            hidden_from=said["hidden_from"],
            needs=said["needs"],
            why=said["why"],
            saw_number=saw,
        )
        return desk.submit(command)

    wanted = (
        *(Wanted(way, SPOKEN[way].capitalize(), _box(way, terms.ways.get(way))) for way in WAYS),
        _line("needs", "Interpreter, signing?", terms.needs),
        _line("not_when", "When not?", terms.not_when),
        _line("hidden_from", "Who must not hear of it?", terms.hidden_from),
        Wanted("why", "Who said so, and why?", QLineEdit(), most=LINE),
    )
    kept = Keeping(desk, id, REACHING)
    return AskForm("How may they be reached safely?", wanted, RECORD, answer, kept)


def safe_contact_bar(report: Report, now: datetime) -> list[Standing]:
    """What is to be heeded before anybody rings or writes; nothing where nothing was said.

    Until it is recorded, what they wrote themselves stands here in their own words.
    """
    contact = report.safe_contact
    if contact is None and (prefers := careful_preference(report)) and report.is_open:
        text = literal(f"“{prefers}”. Whether that is for their safety is not recorded.")
        return [Standing("vuln", "phone", "They asked:", text, RECORD, REACHING)]
    if contact is None or not contact.terms.is_careful:
        return []
    lead = f"Safe contact: {what_not(contact.terms) or 'take care'}."
    text = f"{in_words(contact.terms)} {contact.by.name}, {moment(contact.at, now)}."
    icon = "phone-off" if "phone" in contact.terms.unsafe else "phone"
    return [Standing("vuln", icon, lead, literal(text), "Change", REACHING)]


def safe_contact_words(report: Report, now: datetime) -> str:
    """The fact in a line, with who recorded it and when; nobody asked is not known."""
    contact = report.safe_contact
    if contact is None:
        return ""
    no = what_not(contact.terms)
    words = f"{no[:1].upper()}{no[1:]}." if no else in_words(contact.terms)
    return f"{words} {contact.by.name}, {moment(contact.at, now)}"


def _box(way: Way, stands: Answer | None) -> Select:
    box = Select([], SPOKEN[way].capitalize())
    for words, value in _CHOICES:
        box.addItem(words, value)
    box.setCurrentIndex(box.findData(stands or ""))
    return box


def _line(name: str, label: str, stands: str) -> Wanted:
    return Wanted(name, label, QLineEdit(), stood=stands, most=NAME)
