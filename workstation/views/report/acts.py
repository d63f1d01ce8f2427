"""The acts on a report that need a reason, each as a form, and the list of all such forms."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QLineEdit

from workstation.desk import Desk
from workstation.domain.claiming import AskSupervisor, ReassignReport
from workstation.domain.closing import CloseReport, MarkDuplicate, ReopenReport
from workstation.domain.merging import MergeCrimes
from workstation.domain.refusal import Refusal
from workstation.domain.report import Crime, CrimeId, ReportId
from workstation.ui.select import Select
from workstation.ui.typeahead import Suggestion, TypeAhead
from workstation.views.decide.crime_panel import MERGE_WORDS
from workstation.views.report.ask_form import AskForm, Keeping, Wanted
from workstation.views.report.flag_forms import CLEARING, FLAGGING, clear_form, flag_form
from workstation.views.report.log_acts import (
    CHECKING,
    CONTACTING,
    CORRECTING,
    check_form,
    contact_form,
    correct_form,
)
from workstation.views.report.lowering_form import LOWERING, lowering_form
from workstation.views.report.needs_form import NEEDING, needs_form
from workstation.views.report.offer_forms import (
    DECLINING,
    OFFERING,
    chosen,
    colleague_box,
    decline_form,
    offer_form,
)
from workstation.views.report.promise_forms import (
    ANSWERING,
    DONE,
    INITIAL,
    LETTING_GO,
    REPLYING,
    SAYING,
    answer_form,
    done_form,
    initial_form,
    let_go_form,
    reply_form,
    said_form,
)
from workstation.views.report.right_care_form import CARING, care_form
from workstation.views.report.safe_contact_form import REACHING, safe_contact_form
from workstation.views.report.say_form import READING, SayForm
from workstation.views.report.settling_form import SETTLING, settling_form
from workstation.views.report.told_form import said_told, told_wanted, with_day

CLOSING, REOPENING, ASK, REPEATS, GIVING = "closing", "reopening", "ask", "repeats", "giving"
MERGING = "merging"
_NOBODY = Refusal("reassign/to", "Choose who is to have it.", "to")


def close_form(desk: Desk, id: ReportId) -> AskForm:
    """Close: why, and whether the caller was told."""

    def answer(said: dict[str, str]) -> Refusal | None:
        held = desk.claim_if_free(id)
        command = CloseReport(
            report=id,
            reason=said["reason"],
            caller_told=said["caller_told"],
            told=said_told(desk, said),
        )
        return held or desk.submit(command)

    wanted = (Wanted("reason", "Why is this closed?", QLineEdit()), *told_wanted(desk))
    kept = Keeping(desk, id, CLOSING)
    return with_day(AskForm("Close this report", wanted, "Close", answer, kept), desk)


def reopen_form(desk: Desk, id: ReportId) -> AskForm:
    """Reopen: what is new. Number and history stay."""

    def answer(said: dict[str, str]) -> Refusal | None:
        return desk.submit(ReopenReport(report=id, reason=said["reason"]))

    wanted = (Wanted("reason", "What is new?", QLineEdit()),)
    return AskForm("Reopen this report", wanted, "Reopen", answer, Keeping(desk, id, REOPENING))


def merge_form(desk: Desk, id: ReportId) -> AskForm:
    """Two numbers of one crime: which is kept, which becomes an alias, and how one knows."""
    shown = desk.report(id)
    crimes = shown.report.standing_crimes if shown is not None else ()
    main, other = (_crime_box(crimes, name) for name in ("Number to keep", "Second number"))
    doubles = shown.report.possible_doubles if shown is not None else ()
    if doubles:
        for box, crime in zip((main, other), doubles[0], strict=True):
            box.setCurrentIndex(box.findData(crime.id))

    def answer(said: dict[str, str]) -> Refusal | None:
        held = desk.claim_if_free(id)
        one, two = CrimeId(said["main"]), CrimeId(said["other"])
        command = MergeCrimes(report=id, main=one, other=two, reason=said["reason"])
        return held or desk.submit(command)

    wanted = (
        Wanted("main", "Which number is kept?", main),
        Wanted("other", "Which is the second number of the same crime?", other),
        Wanted("reason", "How do you know that they are one crime?", QLineEdit()),
    )
    kept = Keeping(desk, id, MERGING)
    return AskForm(MERGE_WORDS, wanted, "Merge", answer, kept)


def _crime_box(crimes: Sequence[Crime], name: str) -> Select:
    box = Select([], name)
    box.addItem("Choose a number", "")
    for crime in crimes:
        box.addItem(f"{crime.number}, {crime.offence_title}, by {crime.by.name}", crime.id)
    return box


def ask_form(desk: Desk, id: ReportId) -> AskForm:
    """Ask a supervisor to look; the question may be left empty."""

    def answer(said: dict[str, str]) -> Refusal | None:
        return desk.submit(AskSupervisor(report=id, question=said["question"]))

    wanted = (Wanted("question", "What should they look at?", QLineEdit(), "Optional, logged"),)
    return AskForm("Ask a supervisor to look", wanted, "Ask", answer, Keeping(desk, id, ASK))


def duplicate_form(desk: Desk, id: ReportId) -> AskForm:
    """Mark as a duplicate: of which report, why, and whether the caller was told."""
    of = TypeAhead(
        lambda text: _found(desk, id, text), "The report it repeats", "Reference or words"
    )
    desk.found.connect(of.offer_again)
    picked: dict[str, ReportId] = {}
    of.picked.connect(lambda one: picked.update({one.text: one.value}))

    def answer(said: dict[str, str]) -> Refusal | None:
        original = picked.get(said["of"]) or desk.by_reference(said["of"]) or ReportId("")
        held = desk.claim_if_free(id)
        command = MarkDuplicate(
            report=id,
            of=original,
            reason=said["reason"],
            caller_told=said["caller_told"],
            told=said_told(desk, said),
        )
        return held or desk.submit(command)

    wanted = (
        Wanted("of", "Which report does it repeat?", of),
        Wanted("reason", "How do you know?", QLineEdit(), "Optional"),
        *told_wanted(desk),
    )
    kept = Keeping(desk, id, REPEATS)
    return with_day(AskForm("Mark as a duplicate", wanted, "Mark duplicate", answer, kept), desk)


def reassign_form(desk: Desk, ids: Sequence[ReportId], told: dict[ReportId, str]) -> AskForm:
    """Give reports to somebody, with the reason; `told` gets the result of each."""

    def answer(said: dict[str, str]) -> Refusal | None:
        to = chosen(desk, said["to"])
        if to is None:
            return _NOBODY
        for id in ids:
            refusal = desk.submit(ReassignReport(report=id, to=to, reason=said["reason"]))
            if refusal is not None and refusal.field:
                return refusal
            told[id] = refusal.sentence if refusal else f"Given to {to.name}."
        return None

    wanted = (
        Wanted("to", "Give to", colleague_box(desk, "Give to")),
        Wanted("reason", "Why? It is logged.", QLineEdit()),
    )
    many = "1 report" if len(ids) == 1 else f"{len(ids)} reports"
    kept = Keeping(desk, ids[0], GIVING)
    return AskForm(f"Give {many} to somebody", wanted, "Give", answer, kept)


FORMS: dict[str, Callable[[Desk, ReportId], AskForm]] = {
    CLOSING: close_form,
    REOPENING: reopen_form,
    ASK: ask_form,
    REPEATS: duplicate_form,
    MERGING: merge_form,
    CONTACTING: contact_form,
    CHECKING: check_form,
    OFFERING: offer_form,
    DECLINING: decline_form,
    FLAGGING: flag_form,
    CLEARING: clear_form,
    SAYING: said_form,
    DONE: done_form,
    LETTING_GO: let_go_form,
    REPLYING: reply_form,
    NEEDING: needs_form,
    ANSWERING: answer_form,
    INITIAL: initial_form,
    LOWERING: lowering_form,
    CARING: care_form,
    REACHING: safe_contact_form,
    READING: SayForm,
}


def form_named(desk: Desk, id: ReportId, name: str) -> AskForm | None:
    """The form that keeps its drafts under this name; some say of which note or question."""
    kind, _, of = name.partition(":")
    if kind == CORRECTING:
        return correct_form(desk, id, of)
    if kind == SETTLING:
        return settling_form(desk, id, of)
    return FORMS[name](desk, id) if name in FORMS else None


def _found(desk: Desk, own: ReportId, text: str) -> list[Suggestion]:
    rows = [row for row in desk.find_rows(text)[:9] if row.id != own]
    return [Suggestion(row.reference, row.title, row.id) for row in rows]
