"""How much a field takes is said before it is too much, and nothing pasted is cut."""

from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from tests.told import told_yes
from tests.views.screens import a_window
from tests.views.stage import NOW, Night
from workstation.desk import Desk
from workstation.domain.act import Command
from workstation.domain.answering import AnswerQuestions
from workstation.domain.claiming import AskSupervisor, ReassignReport
from workstation.domain.closing import CloseReport, MarkDuplicate, ReopenReport
from workstation.domain.contacting import SetSafeContact
from workstation.domain.correcting import CorrectFacts
from workstation.domain.crime import RecordCrime, RecordNotCrime
from workstation.domain.entry import Given
from workstation.domain.facts import FactChange
from workstation.domain.flagging import ClearFlag, SetFlag
from workstation.domain.grading import CheckByVoice, EscalateEmergency, GradeReport, TellByVoice
from workstation.domain.handoff import HandToImu
from workstation.domain.initial_check import PassInitialCheck
from workstation.domain.intake import CreateReport
from workstation.domain.judgement import CallerTold
from workstation.domain.limits import too_long
from workstation.domain.lowering import AnswerLowering
from workstation.domain.needs import AssessNeeds
from workstation.domain.offering import DeclineOffer, OfferReport
from workstation.domain.promising import DropPromise, KeepPromise, MakePromise
from workstation.domain.redirection import RedirectReport
from workstation.domain.replying import LogReply
from workstation.domain.report import Channel, CrimeId, Facts, Location, ReportId, Victim
from workstation.domain.right_care import RecordRightCare
from workstation.domain.roles import Author, PersonId
from workstation.domain.story import AddNote, CorrectNote, LogContact
from workstation.ui.label import Caption
from workstation.ui.text_area import TextArea
from workstation.views.decide.drafts import BOUND
from workstation.views.limit import Limit, told
from workstation.views.report.acts import FORMS
from workstation.views.report.ask_form import AskForm
from workstation.views.report.log_acts import correct_form

R = ReportId("r")


def _call(**more: object) -> CreateReport:
    known: dict[str, object] = {"report": R, "channel": Channel.CALL_101, "account": "a"}
    return CreateReport(**(known | more))  # type: ignore[arg-type]


def _crime(offence: str = "1", name: str = "") -> RecordCrime:
    return RecordCrime(
        report=R, crime=CrimeId("c"), offence=offence, victim=Victim("person", name),
        series="s", serial=1, number="n",
    )  # fmt: skip


def _not_crime(explanation: str = "", advice: str = "") -> RecordNotCrime:
    return RecordNotCrime(report=R, explanation=explanation, advice=advice, agencies=())


def _reassign(reason: str) -> ReassignReport:
    return ReassignReport(report=R, to=SOMEBODY, reason=reason)


def _said_by(words: str) -> AnswerQuestions:
    return AnswerQuestions(report=R, guide="hate", answers=(Given("why", "y"),), said_by=words)


def _answer(words: str) -> AnswerQuestions:
    return AnswerQuestions(report=R, guide="hate", answers=(Given("why", words),))


def _facts(text: str) -> CorrectFacts:
    return CorrectFacts(report=R, changes=(FactChange("people", "", text),))


def _where(text: str) -> CorrectFacts:
    return CorrectFacts(report=R, location=Location(text=text))


def _unknown(text: str) -> CorrectFacts:
    return CorrectFacts(report=R, location=Location(unknown_because=text))


def _close(reason: str = "", told: str = "") -> CloseReport:
    return CloseReport(report=R, reason=reason, caller_told=told, told=told_yes(NOW))


def _told(told: CallerTold) -> CloseReport:
    return CloseReport(report=R, reason="", caller_told="", told=told)


def _repeats(**said: Any) -> MarkDuplicate:
    return MarkDuplicate(report=R, of=R, **said)


def _lowering(words: str) -> AnswerLowering:
    return AnswerLowering(
        report=R, approve=False, was="I", code="P", asked_by=PersonId("p"), words=words
    )


def _needs(found: str = "", service: str = "") -> AssessNeeds:
    return AssessNeeds(report=R, crimes=(), found=found, support="referred", service=service)


SOON = datetime(2026, 11, 22, 18, tzinfo=UTC)
SOMEBODY = Author(PersonId("p"), "P")
SENT = {
    "note": lambda text: AddNote(report=R, text=text),
    "grade.reason": lambda text: GradeReport(report=R, code="P", reason=text),
    "grade.where": _where,
    "grade.unknown": _unknown,
    "emergency.why": lambda text: EscalateEmergency(report=R, why=text),
    "emergency.where": _where,
    "emergency.unknown": _unknown,
    "redirect.message": lambda text: RedirectReport(report=R, agency="a", message=text, rule=""),
    "not_crime.explanation": lambda text: _not_crime(explanation=text),
    "not_crime.advice": lambda text: _not_crime(advice=text),
    "imu.facts": lambda text: HandToImu(report=R, solvability={}, facts=text),
    "crime.offence": lambda text: _crime(offence=text),
    "crime.victim": lambda text: _crime(name=text),
    "crime.when": _facts,
    "close.reason": lambda text: _close(reason=text),
    "close.told": lambda text: _close(told=text),
    "close.by": lambda text: _told(CallerTold(answer="yes", by=text)),
    "closing.told_by": lambda text: _told(CallerTold(answer="yes", by=text)),
    "duplicate.told": lambda text: _repeats(caller_told=text),
    "duplicate.by": lambda text: _repeats(told=CallerTold(answer="yes", by=text)),
    "repeats.told_by": lambda text: _repeats(told=CallerTold(answer="yes", by=text)),
    "repeats.caller_told": lambda text: _repeats(caller_told=text),
    "reaching.needs": lambda text: SetSafeContact(report=R, needs=text),
    "reaching.not_when": lambda text: SetSafeContact(report=R, not_when=text),
    "reaching.hidden_from": lambda text: SetSafeContact(report=R, hidden_from=text),
    "reaching.why": lambda text: SetSafeContact(report=R, why=text),
    "hidden": lambda text: SetSafeContact(report=R, hidden_from=text),
    "needing.found": lambda text: _needs(found=text),
    "needing.service": lambda text: _needs(service=text),
    "closing.reason": lambda text: _close(reason=text),
    "saying.what": lambda text: MakePromise(report=R, promise="p", what=text, due_at=SOON),
    "done.words": lambda text: KeepPromise(report=R, promise="p", words=text),
    "letting go.reason": lambda text: DropPromise(report=R, promise="p", reason=text),
    "initial.words": lambda text: PassInitialCheck(report=R, whose="ours", words=text),
    "replying.who": lambda text: LogReply(report=R, who=text, means="phone", words=""),
    "replying.words": lambda text: LogReply(report=R, who="", means="phone", words=text),
    "lowering.words": lambda text: _lowering(text),
    "closing.caller_told": lambda text: _close(told=text),
    "reopen.reason": lambda text: ReopenReport(report=R, reason=text),
    "reopening.reason": lambda text: ReopenReport(report=R, reason=text),
    "ask.question": lambda text: AskSupervisor(report=R, question=text),
    "giving.reason": _reassign,
    "contacting.who": lambda text: LogContact(report=R, who=text, means="text", reached=True),
    "contacting.words": lambda text: LogContact(
        report=R, who="O", means="text", reached=True, words=text
    ),
    "answering.words": lambda text: AnswerLowering(
        report=R, approve=True, was="I", code="P", asked_by=SOMEBODY.id, words=text
    ),
    "caring.told": lambda text: RecordRightCare(report=R, limb="l", told=text),
    "checking.found": lambda text: CheckByVoice(report=R, found=text),
    "correcting:n.corrected_note": lambda text: CorrectNote(report=R, note="n", text=text),
    "offering.reason": lambda text: OfferReport(report=R, to=SOMEBODY, reason=text),
    "declining.word": lambda text: DeclineOffer(report=R, holder=SOMEBODY.id, fence=1, word=text),
    "flagging.reason": lambda text: SetFlag(report=R, flag="f", reason=text),
    "clearing.reason": lambda text: ClearFlag(
        report=R, flag="f", reason=text, set_by=SOMEBODY.id, set_at=NOW
    ),
    "told_by_voice": lambda text: TellByVoice(report=R, told=text),
    "account": lambda text: _call(account=text),
    "why": lambda text: EscalateEmergency(report=R, why=text),
    "where": lambda text: _call(location=Location(text=text)),
    "where.why": lambda text: _call(location=Location(unknown_because=text)),
    "name": lambda text: _call(facts=Facts(reporter=text)),
    "phone": lambda text: _call(facts=Facts(phone=text)),
    "safety": lambda text: _call(facts=Facts(safety=text)),
    "injuries": lambda text: _call(facts=Facts(injuries=text)),
    "facts.where": _where,
    "facts.unknown": _unknown,
    "facts.people": _facts,
    "guide.rest": lambda text: AddNote(report=R, text=text),
    "guide.said_by": _said_by,
    "guide.words": _answer,
}
FOUND_BY_WORDS = {"duplicate.of", "repeats.of", "redirect.agency", "not_crime.agency"}


def test_every_field_holds_as_much_as_the_rules_take(night: Night) -> None:
    with a_window(night.desk) as window:
        window.open_report(night["r1"])
        window.work.report.ask_questions()
        window.work.report.guides.choose("hate")
        window.work.report.edit_facts()
        window.work.move_panel.begin([night["r2"]])
        met: set[str] = set()
        for make in (*FORMS.values(), _correction):
            window.work.report.show_form(make(night.desk, night["r1"]))
            for limit in window.findChildren(Limit):
                editor = limit.parent()
                assert editor is not None
                field = str(editor.property(BOUND))
                met.add(field)
                _check(field, limit.most)
    assert met >= set(SENT) - {"told_by_voice"}


def _correction(desk: Desk, id: ReportId) -> AskForm:
    return correct_form(desk, id, "n")


def _check(field: str, most: int) -> None:
    if field not in SENT:
        reasons = {
            "repeats.reason",
            "merging.reason",
            "own_shorthand",
            "closing.told_at",
            "close.when",
            "duplicate.when",
            "repeats.told_at",
            "thrive",
            "saying.when",
        }
        assert field.startswith("facts.") or field in FOUND_BY_WORDS | reasons, field
        return
    full: Command = SENT[field]("a" * most)
    over: Command = SENT[field]("a" * (most + 1))
    assert too_long(full) is None, field
    assert too_long(over) is not None, field


def test_it_is_counted_near_the_limit_and_said_over_it(night: Night) -> None:
    with a_window(night.desk) as window:
        window.open_report(night["r1"])
        window.work.report.edit_facts()
        line = window.work.report.facts.form.line("people")
        assert said(line, "a" * 449) == ""
        assert said(line, "a" * 460) == "460 of 500 characters"
        assert said(line, "a" * 512) == "Holds up to 500 characters: 12 too many. Shorten it."
        assert said(line, "a") == ""


@pytest.mark.parametrize("length", [600, 40_000])
def test_what_is_pasted_is_whole(night: Night, length: int) -> None:
    with a_window(night.desk) as window:
        window.open_report(night["r1"])
        window.work.report.edit_facts()
        line = window.work.report.facts.form.line("people")
        QGuiApplication.clipboard().setText("a" * length)
        line.selectAll()
        line.paste()
        assert len(line.text()) == length
        window.work.report.facts.form.save()
        assert "too many" in window.work.report.facts.form.error.text()
        night.desk.drafts_wanted.emit()
        kept = night.desk.draft(night["r1"], "facts.people")
        assert kept is not None
        assert len(kept.text) == length


def test_the_note_says_its_limit_too(night: Night) -> None:
    with a_window(night.desk) as window:
        window.open_report(night["r1"])
        over = told(100_001, 100_000)
        assert said(window.work.report.composer.text, "a" * 100_001) == over


def said(editor: QLineEdit | TextArea, text: str) -> str:
    """What stands under the control once this is in it."""
    if isinstance(editor, QLineEdit):
        editor.setText(text)
    else:
        editor.set_text(text)
    found = next(one for one in editor.findChildren(Limit))
    line: Caption | None = found.line
    return line.text() if line is not None and _shows(line) else ""


def _shows(part: QWidget) -> bool:
    return not part.isHidden()
