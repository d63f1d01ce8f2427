"""How a report ends without anybody else: a duplicate, or closed; and how it begins again."""

from workstation.domain.act import Command
from workstation.domain.closing import CloseReport, MarkDuplicate, ReopenReport
from workstation.domain.limits import WORDS
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report, ReportId
from workstation.ui.form import Field
from workstation.ui.label import Body
from workstation.ui.text_area import TextArea
from workstation.ui.typeahead import Suggestion, TypeAhead
from workstation.views.decide.desk_face import DeskFace
from workstation.views.decide.drafts import Drafts
from workstation.views.decide.foresight import send
from workstation.views.decide.panel import Done, Panel, Primary
from workstation.views.decide.risk_draft import RiskDraft
from workstation.views.decide.told_fields import ToldFields

MOST = 8


class DuplicateForm(Panel):
    """This contact is about the same matter as another: type its reference."""

    def __init__(self, desk: DeskFace, risk: RiskDraft, drafts: Drafts) -> None:
        super().__init__(desk)
        self._risk = risk
        self._of: tuple[str, ReportId] | None = None
        self.reference = TypeAhead(self._find, "Same matter as", "Type its reference")
        self.told = ToldFields(desk, drafts, "duplicate", "choice.duplicate_told")
        self.fields = {
            "of": Field("Same matter as", "It keeps the work", self.reference),
            **self.told.fields,
        }
        self.column.addWidget(self.fields["of"])
        self.column.addWidget(self.told)
        drafts.keep_line("duplicate.of", self.reference)
        self.reference.picked.connect(self._take)
        desk.found.connect(self.reference.offer_again)
        self.reference.textChanged.connect(lambda _: self.changed.emit())
        self.told.touched.connect(self.touched)
        risk.changed.connect(self.changed)

    def refresh(self, is_new: bool) -> None:
        if is_new:
            self._of = None
            self.told.begin()

    def primary(self) -> Primary:
        other = self.reference.text().strip() or "the other report"
        consequence = f"This report closes as a duplicate; {other} keeps the work."
        return Primary("Mark as duplicate", "Duplicate", consequence, "copy")

    def missing(self) -> str:
        if not self.reference.text().strip():
            return "Type the reference of the other report first."
        return self.told.missing()

    def act(self) -> Refusal | Done:
        of = self._resolved()
        risk = self._risk.command(self.report)
        mark = MarkDuplicate(
            report=self.report.id,
            of=of if of else ReportId(""),
            caller_told=self.told.words,
            told=self.told.told(),
        )
        chain: list[Command] = [mark] if risk is None else [risk, mark]
        if (refusal := send(self.desk, self.report, chain)) is not None:
            return refusal
        sentence = f"Duplicate of {self.reference.text().strip()}."
        return Done(sentence, True, ("duplicate.of", *self.told.drafts, "risk"))

    def take_focus(self) -> None:
        self.reference.setFocus()

    def _resolved(self) -> ReportId | None:
        words = self.reference.text().strip()
        if self._of is not None and self._of[0] == words:
            return self._of[1]
        return self.desk.by_reference(words)

    def _take(self, suggestion: Suggestion) -> None:
        self._of = (suggestion.text, ReportId(str(suggestion.value)))
        self.changed.emit()

    def _find(self, text: str) -> list[Suggestion]:
        typed = text.strip().casefold()
        linked = [r for r in self.desk.linked(self.report.id) if typed in r.reference.casefold()]
        rows = {row.id: row for row in [*linked, *self.desk.find_rows(text)[:MOST]]}
        rows.pop(self.report.id, None)
        return [Suggestion(row.reference, row.title, row.id) for row in rows.values()]


class CloseForm(Panel):
    """Close a report: why, and what the caller was told."""

    def __init__(self, desk: DeskFace, risk: RiskDraft, drafts: Drafts) -> None:
        super().__init__(desk)
        self._risk = risk
        self.reason = TextArea("Why it is closed", min_lines=2, max_lines=5)
        self.told = ToldFields(desk, drafts, "close", "choice.told")
        self.fields = {
            "reason": Field("Why it is closed", "Required, goes on log", self.reason),
            **self.told.fields,
        }
        self.column.addWidget(self.fields["reason"])
        self.column.addWidget(self.told)
        drafts.keep_area("close.reason", self.reason, WORDS)
        self.reason.textChanged.connect(self.touched)
        self.told.touched.connect(self.touched)
        risk.changed.connect(self.changed)

    def refresh(self, is_new: bool) -> None:
        if is_new:
            self.told.begin()

    def primary(self) -> Primary:
        consequence = "The report closes and leaves the queue; it can be reopened."
        return Primary("Close the report", "Close", consequence, "archive")

    def missing(self) -> str:
        if not self.reason.text.strip():
            return "Say why it is closed first."
        return self.told.missing()

    def act(self) -> Refusal | Done:
        risk = self._risk.command(self.report)
        close = CloseReport(
            report=self.report.id,
            reason=self.reason.text,
            caller_told=self.told.words,
            told=self.told.told(),
        )
        chain: list[Command] = [close] if risk is None else [risk, close]
        if (refusal := send(self.desk, self.report, chain)) is not None:
            return refusal
        return Done("Closed.", True, ("close.reason", *self.told.drafts, "risk"))

    def take_focus(self) -> None:
        self.reason.setFocus()


class ReopenPanel(Panel):
    """A report that has ended says how; new information opens it again."""

    def __init__(self, desk: DeskFace, drafts: Drafts) -> None:
        super().__init__(desk)
        self.ended = Body(strong=True)
        self.reason = TextArea("What is new", min_lines=2, max_lines=5)
        self.fields = {"reason": Field("What is new", "Required, goes on log", self.reason)}
        self.column.addWidget(self.ended)
        self.column.addWidget(self.fields["reason"])
        self.column.addStretch(1)
        self.reason.textChanged.connect(self.touched)
        drafts.keep_area("reopen.reason", self.reason)

    def refresh(self, is_new: bool) -> None:
        self.ended.setText(how_it_ended(self.report))

    def primary(self) -> Primary:
        consequence = "The report goes back to work with its number and its history."
        return Primary("Reopen the report", "Reopen", consequence, "rotate-ccw")

    def missing(self) -> str:
        return "" if self.reason.text.strip() else "Say what is new first."

    def act(self) -> Refusal | Done:
        command = ReopenReport(report=self.report.id, reason=self.reason.text)
        if (refusal := self.desk.submit(command)) is not None:
            return refusal
        return Done("Reopened.", False, ("reopen.reason",))

    def take_focus(self) -> None:
        self.reason.setFocus()


def how_it_ended(report: Report) -> str:
    """The sentence of how a report ended, or nothing while it is worked."""
    if report.redirection is not None:
        return f"Redirected to {report.redirection.agency_name} by {report.redirection.by.name}."
    if report.not_crime is not None:
        return f"Recorded as not a crime by {report.not_crime.by.name}."
    if report.closing is not None:
        how = "Closed as a duplicate" if report.closing.duplicate_of else "Closed"
        return f"{how} by {report.closing.by.name}."
    if report.hand_off is not None:
        return f"Handed to the IMU by {report.hand_off.by.name}."
    return ""
