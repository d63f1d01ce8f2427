"""A supervisor's answer to somebody who would lower an emergency."""

from PySide6.QtWidgets import QLineEdit

from workstation.desk import Desk
from workstation.domain.lowering import AnswerLowering
from workstation.domain.refusal import Refusal
from workstation.domain.report import ReportId
from workstation.ui.select import Select
from workstation.views.literal import literal
from workstation.views.report.ask_form import AskForm, Keeping, Wanted

LOWERING = "lowering"
_CHOOSE = Refusal("lowering/answer", "Choose: lower it, or keep the grade.", "approve")
_OVER = Refusal("lowering/over", "Nobody asks for this any more. The grade stands.")


def lowering_form(desk: Desk, id: ReportId) -> AskForm:
    """Lower it as asked, or keep the grade and say why: over the request on screen here."""
    shown = desk.report(id)
    asked = shown.report.lowering if shown is not None else None
    grading = shown.report.grading if shown is not None else None
    low, high = asked.name if asked else "", grading.name if grading else ""
    box = Select([], "Your answer")
    for words, value in (("Choose", ""), (f"Lower to {low}", "yes"), (f"Keep {high}", "no")):
        box.addItem(literal(words), value)

    def answer(said: dict[str, str]) -> Refusal | None:
        if asked is None or grading is None:
            return _OVER
        if not said["approve"]:
            return _CHOOSE
        command = AnswerLowering(
            report=id,
            approve=said["approve"] == "yes",
            was=grading.code,
            code=asked.code,
            asked_by=asked.by.id,
            words=said["words"],
        )
        return desk.submit(command)

    wanted = (
        Wanted("approve", "Your answer", box),
        Wanted("words", "Why? It is logged.", QLineEdit(), "Required to keep the grade"),
    )
    title = literal(f"Lower {high} to {low}, as {asked.by.name if asked else ''} asks?")
    return AskForm(title, wanted, "Answer", answer, Keeping(desk, id, LOWERING))
