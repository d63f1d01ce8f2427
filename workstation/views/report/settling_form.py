"""The answer a hard rule asks for, as a form: each choice stands with what it means."""

from PySide6.QtWidgets import QLineEdit

from workstation.desk import Desk
from workstation.domain.answering import AnswerQuestions
from workstation.domain.entry import Given
from workstation.domain.guide import Question
from workstation.domain.limits import NAME
from workstation.domain.refusal import Refusal
from workstation.domain.report import ReportId
from workstation.ui.select import Select
from workstation.views.literal import literal
from workstation.views.report.ask_form import AskForm, Editor, Keeping, Wanted

SETTLING = "settling"
_CHOOSE = Refusal("answers/empty", "Give the answer first.", "words")


def settling(guide: str, question: str) -> str:
    """The name of the form that asks this question."""
    return f"{SETTLING}:{guide}.{question}"


def settling_form(desk: Desk, id: ReportId, asked: str) -> AskForm | None:
    """One question of a guide, `asked` as guide.question; nothing is chosen beforehand."""
    guide_id, _, question_id = asked.partition(".")
    guide = desk.pack.guide_by_id.get(guide_id)
    question = guide.question(question_id) if guide is not None else None
    if guide is None or question is None:
        return None

    def answer(said: dict[str, str]) -> Refusal | None:
        if not said["words"]:
            return _CHOOSE
        given = (Given(question_id, said["words"]),)
        command = AnswerQuestions(
            report=id, guide=guide_id, answers=given, said_by=said["said_by"]
        )
        refusal = desk.submit(command)
        return None if refusal is None else Refusal(refusal.code, refusal.sentence, "words")

    wanted = (
        Wanted("words", question.ask, _editor(question), question.hint),
        Wanted("said_by", "Who says so?", QLineEdit(), stood=desk.person.name, most=NAME),
    )
    kept = Keeping(desk, id, settling(guide_id, question_id))
    return AskForm(guide.name, wanted, "Record it", answer, kept)


def _editor(question: Question) -> Editor:
    if not question.choices:
        return QLineEdit()
    box = Select([], question.ask)
    box.addItem("Choose", "")
    for choice in question.choices:
        parts = (f"{choice[:1].upper()}{choice[1:]}", question.meaning(choice))
        box.addItem(literal(": ".join(filter(None, parts))), choice)
    return box
