"""Redirect (F3), and the other ways a report ends here: not a crime, a duplicate, closed."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from workstation.desk import Shown, Suggested
from workstation.domain.pack import RedirectRule
from workstation.domain.refusal import Refusal
from workstation.ui.segmented import Segmented
from workstation.views.decide.advice import emergency_line
from workstation.views.decide.agency_form import AgencyForm
from workstation.views.decide.close_panel import CloseForm, DuplicateForm
from workstation.views.decide.desk_face import DeskFace
from workstation.views.decide.drafts import Drafts, kept_index
from workstation.views.decide.not_crime_form import NotCrimeForm
from workstation.views.decide.panel import Done, Panel, Primary
from workstation.views.decide.risk_draft import RiskDraft
from workstation.views.decide.risk_statement import RiskStatement
from workstation.views.decide.suggestion_box import SuggestionBox

WAYS = ("Agency", "Not crime", "Duplicate", "Close")
WAY_LETTERS = {"A": 0, "N": 1, "D": 2, "X": 3}


class RedirectPanel(Panel):
    """One way at a time, beneath the statement of risk that each of them needs.

    `way_chosen` tells that the person chose another, `send_wanted` that officers are to go.
    """

    way_chosen = Signal()
    send_wanted = Signal()

    exclusive = True

    def __init__(self, desk: DeskFace, risk: RiskDraft, drafts: Drafts) -> None:
        super().__init__(desk)
        self._risk = risk
        self.alarm = SuggestionBox("Emergency now?")
        self.alarm.pressed.connect(lambda _: self.send_wanted.emit())
        self.ways = Segmented(WAYS, "How it ends")
        self.statement = RiskStatement(risk, shows_state=True)
        self.agency = AgencyForm(desk, risk, drafts)
        self.not_crime = NotCrimeForm(desk, risk, drafts)
        self.duplicate = DuplicateForm(desk, risk, drafts)
        self.close_form = CloseForm(desk, risk, drafts)
        self.forms: tuple[Panel, ...] = (
            self.agency, self.not_crime, self.duplicate, self.close_form,
        )  # fmt: skip
        self.ways.set_chosen(0)
        self.ways.chosen.connect(lambda _: self._on_way())
        drafts.keep("choice.way", lambda: str(self.ways.chosen_index or 0), self._go_again,
                    self.way_chosen, stood=lambda: "0", is_choice=True)  # fmt: skip
        self.column.addWidget(self.alarm)
        self.column.addWidget(self.ways)
        self.column.addWidget(self.statement)
        for form in self.forms:
            form.changed.connect(self.changed)
            form.touched.connect(self.touched)
            form.setVisible(form is self.agency)
            self.column.addWidget(form)

    @property
    def form(self) -> Panel:
        """The way that is open."""
        return self.forms[self.ways.chosen_index or 0]

    def show_report(self, shown: Shown, is_new: bool) -> None:
        if is_new:
            self.ways.set_chosen(0)
            self._show_form()
        for form in self.forms:
            form.show_report(shown, is_new)
        super().show_report(shown, is_new)

    def refresh(self, is_new: bool) -> None:
        self.statement.show_report(self.report)

    def show_suggested(self, suggested: Suggested | None) -> None:
        for form in self.forms:
            form.show_suggested(suggested)
        super().show_suggested(suggested)

    def advise(self) -> None:
        line = emergency_line(self.report, self.suggested)
        self.alarm.show_told(line, self.desk.clock.now())

    def take_rule(self, rule: RedirectRule) -> None:
        """Redirect by a matter that the person named."""
        if self.form is not self.agency:
            self.ways.set_chosen(0)
            self._on_way()
        self.agency.take_rule(rule)

    def primary(self) -> Primary:
        return self.form.primary()

    def missing(self) -> str:
        return self.form.missing()

    def act(self) -> Refusal | Done:
        answer = self.form.act()
        if isinstance(answer, Refusal):
            return answer
        return replace(answer, drafts=(*answer.drafts, "choice.way"))

    def must_see(self) -> tuple[tuple[str, QWidget], ...]:
        return self.form.must_see()

    def must_have_seen(self) -> tuple[tuple[str, QWidget], ...]:
        return (("Earlier contacts", self.statement.earlier),)

    def take_focus(self) -> None:
        self.form.take_focus()

    def key(self, letter: str) -> bool:
        if letter == "0":
            self._risk.state_no_risk()
            return True
        if self.form.key(letter):
            return True
        if letter in WAY_LETTERS:
            self.ways.set_chosen(WAY_LETTERS[letter])
            self._on_way()
            return True
        return False

    def show_refusal(self, refusal: Refusal) -> None:
        self.clear_trouble()
        if refusal.code.startswith("thrive/"):
            self.statement.show_refusal(refusal)
            self.statement.button.setFocus()
        else:
            self.form.show_refusal(refusal)

    def refused_at(self) -> tuple[QWidget, ...]:
        return self.form.refused_at()

    def clear_trouble(self) -> None:
        super().clear_trouble()
        self.statement.show_refusal(self._risk.refusal)
        for form in self.forms:
            form.clear_trouble()

    def _on_way(self) -> None:
        self._show_form()
        self.way_chosen.emit()
        self.clear_trouble()
        self.form.take_focus()
        self.changed.emit()

    def _go_again(self, way: str) -> None:
        self.ways.set_chosen(kept_index(way) or 0)
        self._show_form()

    def _show_form(self) -> None:
        for form in self.forms:
            form.setVisible(form is self.form)
