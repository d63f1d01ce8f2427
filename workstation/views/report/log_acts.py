"""What goes into the log by a form: a contact with the public, a voice check, a corrected note."""

from PySide6.QtWidgets import QLineEdit

from workstation.desk import Desk
from workstation.domain.entry import Entry, EntryKind
from workstation.domain.grading import CheckByVoice
from workstation.domain.limits import NAME, NARRATIVE
from workstation.domain.refusal import Refusal
from workstation.domain.report import ReportId
from workstation.domain.story import (
    MEANS,
    CorrectNote,
    LogContact,
    is_note,
)
from workstation.ui.select import Select
from workstation.ui.text_area import TextArea
from workstation.views.report.ask_form import AskForm, Keeping, Wanted

CONTACTING, CHECKING, CORRECTING = "contacting", "checking", "correcting"
_MEANS = {means: f"By {means}" for means in MEANS} | {"in person": "In person"}


def contact_form(desk: Desk, id: ReportId) -> AskForm:
    """Who was rung or written to, by which means, whether they were reached, what was said."""
    shown = desk.report(id)
    reporter = shown.report.facts.reporter if shown is not None else ""
    reached = _box("Reached?", [("Reached", "yes"), ("Not reached", "")])

    def answer(said: dict[str, str]) -> Refusal | None:
        chosen = next(one for one in MEANS if one == said["means"])
        return desk.submit(
            LogContact(
                report=id,
                who=said["who"],
                means=chosen,
                reached=bool(said["reached"]),
                words=said["words"],
            )
        )

    wanted = (
        Wanted("who", "Who was rung or written to?", QLineEdit(), stood=reporter, most=NAME),
        Wanted("means", "How?", means_box()),
        Wanted("reached", "Were they reached?", reached),
        Wanted("words", "What was said?", QLineEdit(), "Optional"),
    )
    kept = Keeping(desk, id, CONTACTING)
    return AskForm("Log a contact with the public", wanted, "Log contact", answer, kept)


def check_form(desk: Desk, id: ReportId) -> AskForm:
    """An old emergency: with whom it was checked by voice, and whether it still holds."""

    def answer(said: dict[str, str]) -> Refusal | None:
        return desk.submit(CheckByVoice(report=id, found=said["found"]))

    wanted = (Wanted("found", "Whom did you speak to, and does it still hold?", QLineEdit()),)
    return AskForm("Log the voice check", wanted, "Log it", answer, Keeping(desk, id, CHECKING))


def correct_form(desk: Desk, id: ReportId, note: str) -> AskForm:
    """A note to stand instead of one in the log, which stays readable."""
    entries = (one.entry for one in desk.entries(id))
    corrected = next((one for one in entries if one.id == note), None)
    stood = corrected.text if corrected is not None else ""
    hazard = corrected is not None and corrected.kind is EntryKind.HAZARD
    box = TextArea("Corrected note", "", 1, 5)

    def answer(said: dict[str, str]) -> Refusal | None:
        text = said["corrected_note"]
        return desk.submit(CorrectNote(report=id, note=note, text=text, hazard=hazard))

    what = "What should the note say? The first stays in the log."
    wanted = (Wanted("corrected_note", what, box, stood=stood, most=NARRATIVE),)
    kept = Keeping(desk, id, correcting(note))
    return AskForm("Correct a note", wanted, "Correct", answer, kept)


def correcting(note: str) -> str:
    """The name of the form that corrects this note."""
    return f"{CORRECTING}:{note}"


def newest_note(desk: Desk, id: ReportId) -> Entry | None:
    """The note written last, which may be corrected."""
    notes = [one.entry for one in desk.entries(id) if is_note(one.entry)]
    return notes[-1] if notes else None


def means_box() -> Select:
    """By which means somebody was reached."""
    return _box("How", [(words, means) for means, words in _MEANS.items()])


def _box(name: str, choices: list[tuple[str, str]]) -> Select:
    box = Select([], name)
    for words, value in choices:
        box.addItem(words, value)
    return box
