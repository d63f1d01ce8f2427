"""Assess and grade (F2): six THRIVE rows, the force's grades, why this grade, and *send now*."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from workstation.domain.act import Command
from workstation.domain.correcting import CorrectFacts
from workstation.domain.grading import GradeReport, is_for_supervisor
from workstation.domain.limits import NARRATIVE, WORDS
from workstation.domain.pack import Grade
from workstation.domain.refusal import Refusal
from workstation.domain.report import Location, Report
from workstation.domain.risk import AssessRisk, is_awaited
from workstation.ui.form import Field
from workstation.ui.grade_tiles import GradeOption, GradeTiles
from workstation.ui.label import Caption
from workstation.ui.text_area import TextArea
from workstation.views.decide.desk_face import DeskFace
from workstation.views.decide.drafts import Drafts
from workstation.views.decide.emergency_form import WHERE_FIRST, EmergencyForm
from workstation.views.decide.foresight import send
from workstation.views.decide.grade_advice import GradeAdvice
from workstation.views.decide.grade_words import (
    GRADED,
    NOT_YET,
    all_levels,
    already,
    asked_to_lower,
    graded,
    left_out,
    lowering,
    only_thrive,
    save_thrive,
    setting,
    short_name,
    spoken_target,
    with_risk,
)
from workstation.views.decide.interim_form import InterimForm
from workstation.views.decide.location_field import LocationField
from workstation.views.decide.panel import Done, Panel, Primary
from workstation.views.decide.risk_draft import RiskDraft
from workstation.views.decide.risk_statement import RiskStatement
from workstation.views.decide.thrive_rows import ThriveField, ThriveRows

_SEND_NOW = Primary(
    "Send officers now",
    "Send officers now",
    "Goes to dispatch at once as an emergency; THRIVE can follow.",
    "siren",
)
_SENT = Done(
    NOT_YET,
    False,
    ("emergency.why", "emergency.where", "emergency.unknown", "choice.grade"),
    waits=True,
)


class _Tiles(GradeTiles):
    """The grades. Plain letters are left to the THRIVE rows; Alt and a letter picks a grade."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isalnum():
            event.ignore()
        else:
            super().keyPressEvent(event)


class GradePanel(Panel):
    """Sends the THRIVE, where one was made here, and then the grade.

    `code_chosen` tells of the person's own choice.
    """

    code_chosen = Signal()

    def __init__(self, desk: DeskFace, risk: RiskDraft, drafts: Drafts) -> None:
        super().__init__(desk)
        self._risk = risk
        self._on_record, self._set_aside = "", ""
        self._left_out: AssessRisk | None = None
        self.rows = ThriveRows(risk)
        self.statement = RiskStatement(risk, shows_state=False)
        self.interim = InterimForm(risk)
        self.tiles = _Tiles([_option(grade) for grade in desk.pack.grades])
        self.reason = TextArea("Why this grade", min_lines=2, max_lines=5)
        self.emergency = EmergencyForm(desk)
        self.emergency.hide()
        self.advice = GradeAdvice(desk, self)
        self.where = LocationField(desk, "Where officers are to go")
        self.unverified = Caption("* not yet verified with the force")
        _lay_out(self)
        _connect(self, risk)
        self._drafts = drafts
        _keep(self, drafts)

    def refresh(self, is_new: bool) -> None:
        """The grade on record is shown as chosen until another is picked."""
        if is_new or (self.tiles.chosen_code or "") == self._on_record:
            self.tiles.set_chosen_code(self.code_on_record() or None)
        self._on_record = self.code_on_record()
        if is_new:
            self._set_aside = ""
            self.emergency.where.take_up()
            self.where.take_up()
            self.where.hide()
            self.show_emergency(False)
        self.interim.setVisible(is_awaited(self.report) or self._sends())
        self.statement.show_report(self.report)
        self.emergency.show_report(self.report)

    def advise(self) -> None:
        self.advice.show_advice(self.report, self.suggested, self._grade())

    def primary(self) -> Primary:
        """What the chosen grade sets going, in the pack's own words."""
        if self.is_sending_now:
            return _SEND_NOW
        if self._saves_thrive_only:
            return only_thrive(self.report)
        grade = self._grade()
        if grade is None:
            return Primary("Grade", "Grade", "")
        name = short_name(grade)
        if not self._is_regrading:
            return already(name, self.report)
        if is_for_supervisor(self.report, grade.band, self.desk.person):
            return lowering(grade, self.report)
        return setting(self.desk, self.report, grade, self._risk.command(self.report))

    def missing(self) -> str:
        """Where officers are sent, a place and a reason are all that is ever asked for."""
        if self.is_sending_now:
            return self.emergency.missing()
        if self._saves_thrive_only:
            return ""
        if self._grade() is None:
            return "Choose a grade first."
        if not self._is_regrading:
            stands = self.primary().consequence
            return all_levels(self.desk.pack) if self._risk.is_touched else stands
        if not self.where.isHidden() and self.where.location() is None:
            return WHERE_FIRST
        return "" if self.reason.text.strip() else "Say first why this grade."

    def act(self) -> Refusal | Done:
        """Send the chain; officers are never held up by an unfinished THRIVE."""
        if self.is_sending_now:
            return self.emergency.send() or self._sent()
        if self._saves_thrive_only:
            return save_thrive(self.desk, self._risk.command(self.report))
        chain, before = self._chain(), self.report
        if (refusal := send(self.desk, self.report, chain)) is not None:
            return refusal
        grade = self._grade()
        if grade is not None and is_for_supervisor(before, grade.band, self.desk.person):
            return asked_to_lower(before)
        sent = ("risk",) if isinstance(chain[0], AssessRisk) else ()
        self._left_out = None if sent else self._risk.command(before)
        waits = grade is not None and grade.sends_officers
        return Done(graded(grade), False, (*GRADED, *sent), waits=waits)

    def _sent(self) -> Done:
        """Officers were sent: a grade that was being chosen is no decision about that any more."""
        self.tiles.set_chosen_code(self._on_record or None)
        self._set_aside = self.reason.text
        return _SENT

    def show_done(self) -> bool:
        """A whole THRIVE that did not go with the grade says at its row what it wants."""
        risk, self._left_out = self._left_out, None
        refusal = left_out(self.desk, self.report, risk)
        if refusal is not None:
            self.show_refusal(refusal)
        return refusal is not None

    def must_see(self) -> tuple[tuple[str, QWidget], ...]:
        if self.is_sending_now:
            return (("Why now", self.emergency.why_line),)
        if self._saves_thrive_only:
            return (("Earlier contacts", self.statement.earlier),)
        if not self._is_regrading:
            return ()
        where = (("Where", self.where.place),) if not self.where.isHidden() else ()
        return (*where, ("Why this grade", self.reason))

    def must_have_seen(self) -> tuple[tuple[str, QWidget], ...]:
        return (("Earlier contacts", self.statement.earlier),) if self._risk.is_touched else ()

    def take_focus(self) -> None:
        self.rows.focus_row(self.desk.pack.thrive[0].key)

    def key(self, letter: str) -> bool:
        if letter == "0":
            self._risk.state_no_risk()
            return True
        return self.rows.focus_row(letter)

    def show_emergency(self, is_open: bool, takes_focus: bool = True) -> None:
        """Open or close the form of *send officers now*."""
        self.emergency.setVisible(is_open)
        self.emergency.show_refusal(None)
        if is_open and takes_focus:
            self.emergency.take_focus()
        if self.shown is not None:
            self.changed.emit()

    @property
    def is_sending_now(self) -> bool:
        """Whether the form of *send officers now* is open."""
        return not self.emergency.isHidden()

    @property
    def _is_regrading(self) -> bool:
        """Whether a grade is chosen that is not on record as it stands."""
        grading, code = self.report.grading, self.tiles.chosen_code
        says = self.reason.text not in ("", self._set_aside)
        return bool(code) and (grading is None or code != grading.code or says)

    @property
    def _saves_thrive_only(self) -> bool:
        """Whether all six levels are chosen here and the grade stays as it is."""
        if self._is_regrading or not self._risk.is_touched:
            return False
        return len(self._risk.levels) == len(self.desk.pack.thrive)

    def show_refusal(self, refusal: Refusal) -> None:
        if refusal.code == "grade/stale":
            self._drafts.rebase("grade.reason", self.code_on_record())
        group, _, element = refusal.field.partition(".")
        self.clear_trouble()
        if group == "thrive" and element in self.rows.rows:
            self.rows.show_error(element, refusal.sentence)
        elif refusal == self._risk.refusal:
            self.statement.button.setFocus()  # the sentence stands beside it already
        elif self.is_sending_now:
            self.emergency.show_refusal(refusal)
        elif refusal.field == "location":
            self.where.show()
            self.where.set_error(refusal.sentence)
            self.where.editor.setFocus()
        else:
            super().show_refusal(refusal)

    def clear_trouble(self) -> None:
        super().clear_trouble()
        self.rows.clear_errors()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt and a grade's letter picks it, from inside every line of words too."""
        if isinstance(event, QKeyEvent) and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            letter = chr(event.key()) if 0x41 <= event.key() <= 0x5A else ""
            if letter in self.desk.pack.grade_by_code:
                event.accept()
                if event.type() == QEvent.Type.KeyPress:
                    self.pick(letter)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.eventFilter(self, event):
            super().keyPressEvent(event)

    def pick(self, code: str) -> None:
        """Pick a grade and go on to its reason."""
        self.tiles.set_chosen_code(code)
        self.code_chosen.emit()
        self.reason.setFocus()
        self.on_grade()

    def on_reason(self) -> None:
        """The reason is written."""
        self.clear_trouble()
        if self.shown is not None and self.report.grading is not None:
            self.changed.emit()

    def _sends(self) -> bool:
        """Whether officers go by the chosen grade."""
        grade = self._grade()
        return grade is not None and grade.sends_officers

    def on_grade(self) -> None:
        """A grade was picked."""
        sends = self._sends()
        self.where.setVisible(sends and not self.report.location.is_given)
        self.interim.setVisible(sends or is_awaited(self.report))
        self.advise()
        self.changed.emit()

    def code_on_record(self) -> str:
        """The grade that stands; what is written now is written about it."""
        grading = self.shown.report.grading if self.shown is not None else None
        return grading.code if grading is not None else ""

    def choose_again(self, code: str) -> None:
        """Show a grade as chosen that was chosen before."""
        self.tiles.set_chosen_code(code if code in self.desk.pack.grade_by_code else None)
        self.on_grade()

    def _grade(self) -> Grade | None:
        return self.desk.pack.grade_by_code.get(self.tiles.chosen_code or "")

    def on_risk(self) -> None:
        """The THRIVE changed."""
        if self.shown is not None:
            self.changed.emit()

    def _chain(self) -> list[Command]:
        report, risk = self.report, self._risk.command(self.report)
        grade = GradeReport(
            report=report.id,
            code=self.tiles.chosen_code or "",
            reason=self.reason.text,
            was=self._drafts.base("grade.reason", self.code_on_record()),
        )
        where = self.where.location() if not self.where.isHidden() else None
        acts = _with_place(report, where, grade)
        return acts if risk is None else with_risk(self.desk, report, risk, acts)


def _with_place(report: Report, where: Location | None, grade: GradeReport) -> list[Command]:
    """The grade, after the place that was given for it."""
    if where is None:
        return [grade]
    return [CorrectFacts(report=report.id, location=where, location_was=report.location), grade]


def _lay_out(panel: GradePanel) -> None:
    why = Field("Why this grade", "Required, goes on log", panel.reason)
    tiles = Field("Grade", "", panel.tiles)
    tiles.label.hide()
    doubtful = any(grade.unverified for grade in panel.desk.pack.grades)
    panel.fields = {"thrive": ThriveField(panel.rows), "code": tiles, "reason": why}
    panel.fields["interim"] = panel.interim
    parts = (panel.fields["thrive"], panel.statement, tiles, panel.unverified,
             panel.advice.grade, panel.where, panel.interim, why)  # fmt: skip
    for part in (panel.emergency, panel.advice.alarm, *parts):
        panel.column.addWidget(part)
    panel.unverified.setVisible(doubtful)


def _connect(panel: GradePanel, risk: RiskDraft) -> None:
    panel.reason.installEventFilter(panel)
    panel.reason.edited.connect(lambda _: panel.on_reason())
    panel.tiles.chosen.connect(lambda _: panel.code_chosen.emit())
    panel.tiles.chosen.connect(lambda _: panel.on_grade())
    risk.changed.connect(panel.on_risk)
    panel.emergency.edited.connect(panel.touched)
    panel.reason.textChanged.connect(panel.touched)
    panel.where.edited.connect(panel.touched)
    for line in (panel.where.place, panel.where.why):
        line.textChanged.connect(lambda _: panel.touched.emit())
    panel.emergency.left.connect(lambda: panel.show_emergency(False))
    panel.advice.send_wanted.connect(lambda: panel.show_emergency(True))
    panel.advice.picked.connect(panel.pick)
    panel.advice.refused.connect(panel.show_refusal)


def _keep(panel: GradePanel, drafts: Drafts) -> None:
    """Keep what is typed and chosen in the panel."""
    on_record = panel.code_on_record

    def keep_words(line: QLineEdit) -> None:
        drafts.bind("thrive", line, WORDS)
        line.installEventFilter(panel)

    for line in (*panel.rows.words.values(), panel.interim.line):
        keep_words(line)
    panel.rows.made.connect(keep_words)
    drafts.keep_area("grade.reason", panel.reason, NARRATIVE, base=on_record)
    drafts.keep_line("emergency.why", panel.emergency.why_line, NARRATIVE)
    for name, where in (("emergency", panel.emergency.where), ("grade", panel.where)):
        drafts.keep_line(f"{name}.where", where.place)
        drafts.keep_line(f"{name}.unknown", where.why)
    drafts.keep(
        "choice.grade",
        lambda: panel.tiles.chosen_code or "",
        panel.choose_again,
        panel.code_chosen,
        stood=on_record,
        is_choice=True,
    )


def _option(grade: Grade) -> GradeOption:
    star = " *" if grade.unverified else ""
    name, target = short_name(grade), f"{spoken_target(grade)}{star}".strip()
    return GradeOption(grade.code, grade.shape, grade.code, name, target)
