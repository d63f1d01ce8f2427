"""Not a crime: an explanation, advice, and at least one agency that can help."""

import textwrap

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.domain.act import Command
from workstation.domain.crime import RecordNotCrime
from workstation.domain.pack import Agency
from workstation.domain.places import council_for
from workstation.domain.refusal import Refusal
from workstation.ui.form import Field
from workstation.ui.text_area import TextArea
from workstation.ui.tick_box import TickBox
from workstation.ui.typeahead import Suggestion, TypeAhead
from workstation.views.decide.agency_words import caption
from workstation.views.decide.desk_face import DeskFace
from workstation.views.decide.district import district_of
from workstation.views.decide.drafts import Drafts
from workstation.views.decide.foresight import send
from workstation.views.decide.matching import matches
from workstation.views.decide.panel import Done, Panel, Primary
from workstation.views.decide.risk_draft import RiskDraft

LINE = 36  # a name in more letters goes on in the next line
USUAL = ("citizens-advice", "citizens-advice-consumer")


class AgencyPicker(QWidget):
    """Agencies to tick, suggested ones first, and a line to add any other.

    `ticked` tells that another set of them is chosen.
    """

    ticked = Signal()

    def __init__(self, desk: DeskFace) -> None:
        super().__init__()
        self._desk = desk
        self._ticks: dict[str, TickBox] = {}
        self._offered: list[Agency] = []
        self.search = TypeAhead(self._find, "Add an agency", "Add an agency by name")
        self.search.picked.connect(self._add_picked)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self.search)
        self.setFocusProxy(self.search)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of the ticked agencies."""
        return tuple(id for id, tick in self._ticks.items() if tick.isChecked())

    def offer(self, agencies: list[Agency]) -> None:
        """Offer these, unticked, in place of what was offered before."""
        if agencies == self._offered and list(self._ticks) == [one.id for one in agencies]:
            for tick in self._ticks.values():
                _untick(tick)
            return
        self._offered = agencies
        for tick in self._ticks.values():
            tick.hide()
            tick.setParent(None)
            tick.deleteLater()
        self._ticks = {}
        for agency in agencies:
            self._add(agency)

    def tick(self, id: str) -> None:
        """Tick an agency, offering it when it was not."""
        if id not in self._ticks:
            self._add(self._desk.pack.agency_by_id[id])
        self._ticks[id].setChecked(True)

    def _add(self, agency: Agency) -> None:
        name = agency.said.replace("&", "&&")
        tick = TickBox(textwrap.fill(name, LINE))
        tick.setToolTip(caption(agency))
        tick.setAccessibleName(f"{agency.name}, {caption(agency)}")
        tick.toggled.connect(lambda _: self.ticked.emit())
        self._ticks[agency.id] = tick
        self._column.insertWidget(self._column.count() - 1, tick)

    def _add_picked(self, suggestion: Suggestion) -> None:
        self.tick(str(suggestion.value))
        self.search.clear()

    def _find(self, text: str) -> list[Suggestion]:
        words = text.casefold().split()
        fits = (a for a in self._desk.pack.agencies if all(w in a.name.casefold() for w in words))
        return [Suggestion(a.name, caption(a), a.id) for a in fits]


def _untick(tick: TickBox) -> None:
    """For another report: nobody's choice is taken back."""
    was_blocked = tick.blockSignals(True)
    tick.setChecked(False)
    tick.blockSignals(was_blocked)
    tick.update()


class NotCrimeForm(Panel):
    """Records that a report is not a crime."""

    def __init__(self, desk: DeskFace, risk: RiskDraft, drafts: Drafts) -> None:
        super().__init__(desk)
        self._risk = risk
        self.explanation = TextArea("Why this is not a crime", min_lines=2, max_lines=5)
        self.advice = TextArea("What the person can do", min_lines=2, max_lines=5)
        self.agencies = AgencyPicker(desk)
        self._offered: list[Agency] = []
        self.fields = {
            "explanation": Field("Why this is not a crime", "Required", self.explanation),
            "advice": Field("What they can do", "Required", self.advice),
            "agencies": Field("Who can help", "At least one", self.agencies),
        }
        for field in self.fields.values():
            self.column.addWidget(field)
        drafts.keep_area("not_crime.explanation", self.explanation)
        drafts.keep_area("not_crime.advice", self.advice)
        drafts.keep_line("not_crime.agency", self.agencies.search)
        for signal in (self.explanation.textChanged, self.advice.textChanged,
                       self.agencies.ticked):  # fmt: skip
            signal.connect(self.touched)
        risk.changed.connect(self.changed)

    def refresh(self, is_new: bool) -> None:
        if is_new:
            self._offer(self._likely())

    def advise(self) -> None:
        """Those of the matter come first; none is moved once one is ticked."""
        likely = self._likely()
        if likely != self._offered and not self.agencies.chosen:
            self._offer(likely)

    def _offer(self, agencies: list[Agency]) -> None:
        self._offered = agencies
        self.agencies.offer(agencies)

    def _likely(self) -> list[Agency]:
        """Who can help by the matter that the words speak of, then who usually can."""
        report, pack = self.report, self.desk.pack
        district = district_of(self.desk, report.location)
        likely: list[Agency] = []
        for match in matches(pack, self.suggested):
            likely += [a for a in pack.agencies if a.id in match.rule.target.split()]
            likely += self.desk.agencies_for(match.rule.topic, district)
        usual = [pack.agency_by_id[id] for id in USUAL if id in pack.agency_by_id]
        councils = council_for(pack, district)
        offered = {a.id: a for a in [*likely[:2], *usual, *councils[:1]]}
        return list(offered.values())[:4]

    def primary(self) -> Primary:
        consequence = "Recorded as not a crime; the report leaves the queue with your advice."
        return Primary("Record as not a crime", "Not a crime", consequence, "check")

    def missing(self) -> str:
        if not self.explanation.text.strip():
            return "Explain first why this is not a crime."
        if not self.advice.text.strip():
            return "Say first what the person can do."
        return "" if self.agencies.chosen else "Choose first at least one agency to help."

    def act(self) -> Refusal | Done:
        risk = self._risk.command(self.report)
        command = RecordNotCrime(
            report=self.report.id,
            explanation=self.explanation.text,
            advice=self.advice.text,
            agencies=self.agencies.chosen,
        )
        chain: list[Command] = [command] if risk is None else [risk, command]
        if (refusal := send(self.desk, self.report, chain)) is not None:
            return refusal
        kept = ("not_crime.explanation", "not_crime.advice", "not_crime.agency", "risk")
        return Done("Recorded as not a crime.", True, kept)

    def must_have_seen(self) -> tuple[tuple[str, QWidget], ...]:
        return (("What they can do", self.advice), ("Who can help", self.agencies.search))

    def take_focus(self) -> None:
        self.explanation.setFocus()
