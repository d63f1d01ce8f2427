"""Record crime (F4): the offence, when, the victim; then the number, large, to be read out."""

from typing import Literal

from msgspec.structs import replace
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workstation.domain.correcting import CorrectFacts
from workstation.domain.facts import FactChange
from workstation.domain.limits import LINE, NAME
from workstation.domain.numbers import assumed_form, said_near_midnight
from workstation.domain.pack import Pack
from workstation.domain.refusal import Refusal
from workstation.domain.report import Crime, Report, Victim
from workstation.ui.button import Button
from workstation.ui.form import Field
from workstation.ui.label import Caption, Code, Secondary
from workstation.ui.segmented import Segmented
from workstation.ui.surface import Surface
from workstation.ui.typeahead import Suggestion, TypeAhead
from workstation.views.decide.advice import OFFENCE, offence_lines, offence_words
from workstation.views.decide.desk_face import DeskFace
from workstation.views.decide.drafts import Drafts, kept_index
from workstation.views.decide.panel import Done, Panel, Primary
from workstation.views.decide.six_line import SixLine
from workstation.views.decide.suggestion_box import SuggestionBox

Kind = Literal["person", "organisation", "the Crown", "not yet known"]
KINDS: tuple[Kind, ...] = ("person", "organisation", "the Crown", "not yet known")
KIND_WORDS = ("Person", "Organisation", "Crown", "Not known")
NAMED = (0, 1)
MERGE_WORDS = "Two numbers of one crime"
NEXT = "Next: hand it to the IMU (F5). For another crime, choose its offence."
_ISSUED = ("crime.offence", "crime.victim", "choice.victim")


class NumberShown(Surface):
    """A crime's number as it is spoken, with whether the store has it."""

    def __init__(self) -> None:
        super().__init__("sunken", 6)
        self.title = Caption("", strong=True)
        self.number = Code("", 24)
        self.state = Secondary()
        self.copy = Button("Copy", "plain", "copy")
        self.copy.setAccessibleName("Copy the crime number")
        self.copy.clicked.connect(self._copy)
        row = QHBoxLayout()
        row.addWidget(self.number, 1)
        row.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 10, 8)
        column.setSpacing(2)
        column.addWidget(self.title)
        column.addLayout(row)
        column.addWidget(self.state)

    def show_crime(self, crime: Crime, is_pending: bool, more: str) -> None:
        """Show the newest crime of a report, and what else is to be said of its number."""
        self.title.setText(f"{crime.offence} {crime.offence_title}")
        self.number.setText(crime.number)
        waits = "On this desk, not yet confirmed. The number stands."
        self.state.setText(f"{waits if is_pending else 'Confirmed by the store.'} {more}".strip())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.number.text())


def consequence_of(is_another: bool, pack: Pack) -> str:
    """What issuing does; an assumed form of the force's numbers is said where one is issued."""
    again = "another" if is_another else "a"
    issued = f"Issues {again} crime number at once; it is kept for good, even offline."
    return f"{issued} {assumed_form(pack, 'crime')}".strip()


def said_double(report: Report) -> str:
    """That two people seem to have numbered one crime, and what to do; else nothing."""
    if not report.possible_doubles:
        return ""
    one, other = report.possible_doubles[0]
    who = other.by.name
    return (
        f"Possible double: {one.number} and {other.number} (by {who}) look like one crime. Ask "
        f"{who}, then choose “{MERGE_WORDS}” in the menu of more acts."
    )


class CrimePanel(Panel):
    """Issues a number at once, online or not."""

    exclusive = True

    def __init__(self, desk: DeskFace, drafts: Drafts) -> None:
        super().__init__(desk)
        self._offence: tuple[str, str] | None = None
        self._occurred = ""
        self.issued = NumberShown()
        self.offence = TypeAhead(self._find, "Offence", "Words, code or common name")
        self.when = QLineEdit()
        self.kind = Segmented(KIND_WORDS, "Victim")
        self.name = QLineEdit()
        self.name.setPlaceholderText("Name of the victim")
        self.name.setAccessibleName("Name of the victim")
        self.fields = {
            "offence": Field("Offence", "", self.offence),
            "occurred": Field("When it happened", "", self.when),
            "victim": Field("Victim", "", _Victim(self.kind, self.name)),
        }
        self.advised = SuggestionBox("Offences the words suggest")
        self.advised.pressed.connect(self._write_offence)
        self.six = SixLine(desk)
        for part in (self.issued, self.advised, *self.fields.values(), self.six):
            self.column.addWidget(part)
        for line in (self.when, self.offence):
            line.textChanged.connect(self._tell_six)
        self.offence.picked.connect(self._take)
        self.kind.chosen.connect(self._on_kind)
        for line in (self.offence, self.name):
            line.textChanged.connect(lambda _: self.touched.emit())
        drafts.keep_line("crime.offence", self.offence)
        drafts.keep_line("crime.victim", self.name, NAME)
        drafts.keep_line("crime.when", self.when, stood=lambda: self._occurred)
        drafts.keep("choice.victim", lambda: str(self.kind.chosen_index), self._choose_again,
                    self.kind.chosen, is_choice=True)  # fmt: skip
        self._drafts = drafts

    def refresh(self, is_new: bool) -> None:
        report = self.report
        self.issued.setVisible(bool(report.crimes))
        if report.crimes:
            is_pending = "RecordCrime" in (self.shown.pending if self.shown else ())
            newest = report.standing_crimes[-1]
            midnight = said_near_midnight(self.desk.pack, "crime", newest.at)
            more = f"{midnight} {said_double(report)}".strip()
            self.issued.show_crime(newest, is_pending, more)
        if is_new:
            self._offence = None
            self._occurred = report.facts.occurred
            self.kind.set_chosen(None)
            self.name.setVisible(False)

        if not self.when.text():
            self._occurred = report.facts.occurred
            self.when.setText(self._occurred)
        self._tell_six()

    def advise(self) -> None:
        told = offence_lines(self.desk.pack, self.suggested)
        self.advised.show_told(told, self.desk.clock.now())

    def _write_offence(self, advice: str) -> None:
        """What the person chose of the suggestions stands in the field, as if typed."""
        offence = self.desk.pack.offence_by_code[advice.removeprefix(OFFENCE)]
        self.offence.setText(offence_words(offence))
        self._take(Suggestion(offence_words(offence), "", offence.code))
        self.offence.setFocus()

    def primary(self) -> Primary:
        consequence = consequence_of(bool(self.report.crimes), self.desk.pack)
        return Primary("Issue crime number", "Issue number", consequence, "hash")

    def missing(self) -> str:
        kind = self.kind.chosen_index
        if not self.offence.text().strip():
            return NEXT if self._is_fresh else "Choose an offence first."
        if kind is None:
            return "Choose first who the victim is."
        is_named = kind not in NAMED or bool(self.name.text().strip())
        return "" if is_named else "Name the victim first, or choose “Not known”."

    def act(self) -> Refusal | Done:
        kind = self.kind.chosen_index
        if kind is None:
            return Refusal("crime/victim", "Choose who the victim is.", "victim")
        name = self.name.text().strip() if kind in NAMED else ""
        if self.report.lease in ("free", "packet"):
            self.desk.claim_if_free(self.report.id)
        answer = self.desk.record_crime(self.report.id, self._code(), Victim(KINDS[kind], name))
        if isinstance(answer, Refusal):
            return answer
        refusal = self._correct_when()
        self._drafts.drop(_ISSUED)
        self._clear()
        if refusal is not None:
            return refusal
        return Done(f"Crime {answer}.", False, ("crime.when",))

    def must_see(self) -> tuple[tuple[str, QWidget], ...]:
        return (("Number", self.issued),) if self._is_fresh else (("Victim", self.kind),)

    def show_done(self) -> bool:
        """The number is on screen, and the keyboard on its copy."""
        self.issued.copy.setFocus()
        return True

    @property
    def _is_fresh(self) -> bool:
        """Whether a number stands and no other was begun: the next step is another."""
        is_begun = bool(self.offence.text().strip())
        return bool(self.report.crimes) and self.report.hand_off is None and not is_begun

    def must_have_seen(self) -> tuple[tuple[str, QWidget], ...]:
        return (("Offence", self.offence),)

    def take_focus(self) -> None:
        self.offence.setFocus()

    def show_refusal(self, refusal: Refusal) -> None:
        super().show_refusal(refusal)
        if refusal.code == "facts/changed":
            self._occurred = self.report.facts.occurred
            self._drafts.rebase("crime.when", self._occurred)
        if refusal.field == "victim" and self.name.isVisible():
            self.name.setFocus()
        elif refusal.field == "victim":
            self.kind.focus_choice()

    def _code(self) -> str:
        words = self.offence.text().strip()
        if self._offence is not None and self._offence[0] == words:
            return self._offence[1]
        return words.partition(" ")[0]

    def _correct_when(self) -> Refusal | None:
        """What was on screen is named as what was, so that a colleague's words are not undone."""
        now = self.when.text().strip()
        if now in ("", self._occurred, self.report.facts.occurred):
            return None
        was = self._drafts.base("crime.when", self._occurred)
        change = FactChange("occurred", was, now)
        return self.desk.submit(CorrectFacts(report=self.report.id, changes=(change,)))

    def _tell_six(self) -> None:
        """What is on record of the crime's six fields, with the time as it is typed."""
        if self.shown is not None:
            facts = replace(self.report.facts, occurred=self.when.text()[:LINE])
            self.six.show_report(replace(self.report, facts=facts), self._code())

    def _clear(self) -> None:
        self._offence = None
        self.offence.clear()
        self.name.clear()
        self.kind.set_chosen(None)
        self.clear_trouble()

    def _take(self, suggestion: Suggestion) -> None:
        self._offence = (suggestion.text, str(suggestion.value))
        self.changed.emit()

    def _on_kind(self, kind: int) -> None:
        self.name.setVisible(kind in NAMED)
        facts = self.report.facts
        if KINDS[kind] == "person" and facts.reporter_role == "victim" and not self.name.text():
            self.name.setText(facts.reporter)
        self.changed.emit()

    def _choose_again(self, kind: str) -> None:
        index = kept_index(kind)
        self.kind.set_chosen(index)
        self.name.setVisible(index in NAMED)

    def _find(self, text: str) -> list[Suggestion]:
        return [Suggestion(offence_words(o), "", o.code) for o in self.desk.offences(text)]


class _Victim(QWidget):
    """The kind of victim, and the name where one is needed."""

    def __init__(self, kind: Segmented, name: QLineEdit) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(kind)
        column.addWidget(name)
        name.hide()
