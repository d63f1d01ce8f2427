"""What a victim needs and whether support was taken: filled in after speaking to them."""

from PySide6.QtWidgets import QLineEdit

from workstation.desk import Desk
from workstation.domain.limits import NAME
from workstation.domain.needs import AssessNeeds, Support, people_harmed
from workstation.domain.refusal import Refusal
from workstation.domain.report import CrimeId, ReportId
from workstation.ui.select import Select
from workstation.views.literal import literal
from workstation.views.report.ask_form import AskForm, Keeping, Wanted

NEEDING = "needing"
_SUPPORT: dict[str, Support] = {"referred": "referred", "declined": "declined"}
_CHOICES = (("Choose", ""), ("Taken: referred", "referred"), ("Offered and declined", "declined"))
_NOT_ASKED = Refusal(
    "needs/support", "Offer support first, then say whether it was taken.", "support"
)
_ASK = "What do they need? Ask about injury, fear, money, children, interpreter, access."


def needs_form(desk: Desk, id: ReportId) -> AskForm:
    """Whose needs, what was found, and whether support was taken; who still waits stands first."""
    victim = _victims(desk, id)
    support = Select([], "Was support taken?")
    for words, value in _CHOICES:
        support.addItem(words, value)

    def answer(said: dict[str, str]) -> Refusal | None:
        took = _SUPPORT.get(said["support"])
        if took is None:
            return _NOT_ASKED
        crimes = tuple(CrimeId(one) for one in said["victim"].split())
        assessed = AssessNeeds(
            report=id, crimes=crimes, found=said["found"], support=took, service=said["service"]
        )
        return desk.submit(assessed)

    wanted = (
        Wanted("victim", "Whose needs?", victim),
        Wanted("support", "Was support taken?", support),
        Wanted("found", _ASK, QLineEdit()),
        Wanted("service", "Referred to which service?", QLineEdit(), "If it was taken", most=NAME),
    )
    kept = Keeping(desk, id, NEEDING)
    return AskForm("Needs assessment: what was found", wanted, "Log it", answer, kept)


def _victims(desk: Desk, id: ReportId) -> Select:
    box, shown = Select([], "Whose needs?"), desk.report(id)
    if shown is None:
        return box
    done = shown.report.needs_assessed
    people = sorted(people_harmed(shown.report), key=lambda crimes: crimes[0].id in done)
    for crimes in people:
        numbers = ", ".join(crime.number for crime in crimes)
        words = f"{crimes[0].victim.name}, crime {numbers}"
        is_done = all(crime.id in done for crime in crimes)
        box.addItem(literal(f"{words}, assessed before" if is_done else words),
                    " ".join(crime.id for crime in crimes))  # fmt: skip
    return box
