"""What we said we would do, what was done of it, the reply, the agency's answer: a form each."""

from datetime import datetime

from PySide6.QtWidgets import QLineEdit

from workstation.desk import Desk
from workstation.domain.by_when import by_when
from workstation.domain.initial_check import PassInitialCheck, Whose
from workstation.domain.limits import NAME
from workstation.domain.promising import REPLY, DropPromise, KeepPromise, MakePromise
from workstation.domain.redirection import LogAgencyAnswer
from workstation.domain.refusal import Refusal
from workstation.domain.replying import LogReply
from workstation.domain.report import Report, ReportId
from workstation.domain.story import MEANS
from workstation.ui.select import Select
from workstation.ui.typeahead import Suggestion, TypeAhead
from workstation.views.due import moment, spoken_span
from workstation.views.literal import literal
from workstation.views.report.ask_form import AskForm, Keeping, Wanted
from workstation.views.report.log_acts import means_box

SAYING, DONE, LETTING_GO = "saying", "done", "letting go"
REPLYING, ANSWERING, INITIAL = "replying", "answering", "initial"
I_SAID = "I said I would"
_OFTEN = ("Call back", "Check CCTV", "Ring with the crime number", "Send the crime number",
          "Ask the officer to ring", "Look into it and ring")  # fmt: skip
_SOON = ("in 30 min", "in 1 h", "in 2 h", "18:00", "tomorrow 9:00")
_HOW = "Type 18:00, in 2 h, tomorrow 9 or fri 10:30."
_WHEN = Refusal("promise/when", f"This is no time to come. {_HOW}", "when")
_WHOSE: dict[str, Whose] = {"Ours": "ours", "Not ours": "not ours", "Not sure": "not sure"}
_DANGER = "Is anybody in danger, or is it happening now?"
_ASK_DANGER = Refusal(
    "check/danger", "Answer this first: it may not wait for the review.", "danger"
)
_IN_DANGER = Refusal(
    "check/danger",
    "Then send officers (Ctrl+Shift+E) or grade it (F2): it may not wait.",
    "danger",
)


def said_form(desk: Desk, id: ReportId) -> AskForm:
    """What somebody was told we would do, and by when; what is typed is read back at once."""
    what = TypeAhead(_often, "What did you say you would do?", "Call back, check CCTV …")
    typed = QLineEdit()
    own = desk.new_contact()  # one id for one form: sent twice it is one promise
    soon = Select([], "Or by")
    soon.addItem("As typed", "")
    for words in _SOON:
        soon.addItem(f"{words[:1].upper()}{words[1:]}", words)

    def answer(said: dict[str, str]) -> Refusal | None:
        due_at = by_when(said["when"] or said["soon"], desk.clock.now())
        if due_at is None:
            return _WHEN
        made = MakePromise(report=id, promise=own, what=said["what"], due_at=due_at)
        return desk.submit(made)

    wanted = (
        Wanted("what", "What did you say you would do?", what, most=NAME),
        Wanted("when", "By when?", typed, _HOW, most=NAME),
        Wanted("soon", "Or by", soon),
    )
    form = AskForm(I_SAID, wanted, "Promise it", answer, Keeping(desk, id, SAYING))
    read = form.fields["when"].hint

    def say() -> None:
        now = desk.clock.now()
        words = typed.text() or str(soon.currentData())
        read.setText(_read_back(by_when(words, now), now) if words else _HOW)

    typed.textChanged.connect(say)
    soon.currentIndexChanged.connect(say)
    say()
    return form


def done_form(desk: Desk, id: ReportId) -> AskForm:
    """Which promise was kept, and what came of it."""
    box = _owed_box(desk, id)

    def answer(said: dict[str, str]) -> Refusal | None:
        return desk.submit(KeepPromise(report=id, promise=said["promise"], words=said["words"]))

    wanted = (
        Wanted("promise", "What was done?", box),
        Wanted("words", "What came of it?", QLineEdit(), "Optional, logged"),
    )
    return AskForm("Done as promised", wanted, "Done", answer, Keeping(desk, id, DONE))


def let_go_form(desk: Desk, id: ReportId) -> AskForm:
    """Which promise will not be kept, and why; the reply to the public among them."""
    box = _owed_box(desk, id)
    report = _report(desk, id)
    if report is not None and report.reply is None:
        box.addItem("The reply to the public", REPLY)

    def answer(said: dict[str, str]) -> Refusal | None:
        return desk.submit(DropPromise(report=id, promise=said["promise"], reason=said["reason"]))

    wanted = (
        Wanted("promise", "What will not be done?", box),
        Wanted("reason", "Why? It is logged.", QLineEdit()),
    )
    kept = Keeping(desk, id, LETTING_GO)
    return AskForm("Let a promise go", wanted, "Let it go", answer, kept)


def reply_form(desk: Desk, id: ReportId) -> AskForm:
    """Who was told, by which means, and what: the number, or why not and what they can do."""
    report = _report(desk, id)
    reporter = report.facts.reporter if report is not None else ""
    numbers = [crime.number for crime in report.standing_crimes] if report is not None else []
    stood = f"Crime number {', '.join(numbers)}" if numbers else ""

    def answer(said: dict[str, str]) -> Refusal | None:
        means = next(one for one in MEANS if one == said["means"])
        reply = LogReply(report=id, who=said["who"], means=means, words=said["words"])
        return desk.submit(reply)

    wanted = (
        Wanted("who", "Who was told?", QLineEdit(), stood=reporter, most=NAME),
        Wanted("means", "How?", means_box()),
        Wanted("words", "What were they told? The number, or why not and what they can do.",
               QLineEdit(), stood=stood),
    )  # fmt: skip
    kept = Keeping(desk, id, REPLYING)
    return AskForm("Log the reply that was promised", wanted, "Log the reply", answer, kept)


def answer_form(desk: Desk, id: ReportId) -> AskForm:
    """Who of the agency said that they have it, and their reference."""
    report = _report(desk, id)
    way = report.redirection if report is not None else None
    name = way.agency_name if way is not None else "the agency"

    def answer(said: dict[str, str]) -> Refusal | None:
        return desk.submit(LogAgencyAnswer(report=id, words=said["words"]))

    wanted = (Wanted("words", "Who answered, and what is their reference?", QLineEdit()),)
    kept = Keeping(desk, id, ANSWERING)
    return AskForm(literal(f"{name} says it has this"), wanted, "Log it", answer, kept)


def initial_form(desk: Desk, id: ReportId) -> AskForm:
    """The initial check: nothing that cannot wait, and whose it is."""
    danger = Select([], _DANGER)
    for words, value in (
        ("Choose", ""),
        ("Yes, or I cannot tell", "yes"),
        ("Nothing says so", "no"),
    ):
        danger.addItem(words, value)
    whose = Select([], "Is it ours?")
    for words in _WHOSE:
        whose.addItem(words, words)

    def answer(said: dict[str, str]) -> Refusal | None:
        if said["danger"] != "no":
            return _IN_DANGER if said["danger"] else _ASK_DANGER
        done = PassInitialCheck(report=id, whose=_WHOSE[said["whose"]], words=said["words"])
        return desk.submit(done)

    wanted = (
        Wanted("danger", _DANGER, danger),
        Wanted("whose", "Is it ours?", whose),
        Wanted("words", "What did you see?", QLineEdit(), "Optional, logged"),
    )
    kept = Keeping(desk, id, INITIAL)
    return AskForm("Initial check: may it wait for its review?", wanted, "Checked", answer, kept)


def _often(text: str) -> list[Suggestion]:
    start = text.casefold().strip()
    found = [one for one in _OFTEN if one.casefold().startswith(start)]
    return [Suggestion(one) for one in found if one.casefold() != start]


def _read_back(due_at: datetime | None, now: datetime) -> str:
    if due_at is None:
        return f"Not read yet. {_HOW}"
    return f"By {moment(due_at, now)}, in {spoken_span(due_at - now)}."


def _owed_box(desk: Desk, id: ReportId) -> Select:
    """What is owed, what is due first before the rest."""
    box, report, now = Select([], "Which promise?"), _report(desk, id), desk.clock.now()
    owed = report.owed_promises if report is not None else ()
    for one in sorted(owed, key=lambda one: one.due_at):
        words = f"{one.what} by {moment(one.due_at, now)}, said by {one.by.name}"
        box.addItem(literal(words), one.id)
    return box


def _report(desk: Desk, id: ReportId) -> Report | None:
    shown = desk.report(id)
    return shown.report if shown is not None else None
