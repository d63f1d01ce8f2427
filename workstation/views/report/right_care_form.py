"""Right Care Right Person as a form: which limb it is, and what the caller was told."""

from PySide6.QtWidgets import QLineEdit

from workstation.desk import Desk
from workstation.domain.refusal import Refusal
from workstation.domain.report import ReportId
from workstation.domain.right_care import RecordRightCare
from workstation.ui.select import Select
from workstation.views.literal import literal
from workstation.views.report.ask_form import AskForm, Keeping, Wanted

CARING = "caring"
NO_LIMBS = "This force has no Right Care Right Person in its pack."


def care_form(desk: Desk, id: ReportId) -> AskForm:
    """Nothing is chosen before the handler chooses."""
    box = Select([], "Do police attend, and why?")
    box.addItem("Choose", "")
    for limb in desk.pack.right_care:
        box.addItem(literal(limb.name), limb.id)

    def answer(said: dict[str, str]) -> Refusal | None:
        return desk.submit(RecordRightCare(report=id, limb=said["limb"], told=said["told"]))

    wanted = (
        Wanted("limb", "Do police attend, and why?", box),
        Wanted("told", "What was the caller told about attendance?", QLineEdit()),
    )
    kept = Keeping(desk, id, CARING)
    return AskForm("Right Care Right Person", wanted, "Record it", answer, kept)
