"""Redirect to another agency: suggested first, a letter for each, and the message."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from workstation.domain.act import Command
from workstation.domain.pack import Agency, RedirectRule
from workstation.domain.places import council_for
from workstation.domain.redirection import RedirectReport
from workstation.domain.refusal import Refusal
from workstation.ui.button import Button
from workstation.ui.form import Field
from workstation.ui.radio_card import CardOption, RadioCards
from workstation.ui.text_area import TextArea
from workstation.ui.typeahead import Suggestion, TypeAhead
from workstation.views.decide.advice import agency_lines
from workstation.views.decide.agency_words import caption, message
from workstation.views.decide.checks import Checks
from workstation.views.decide.desk_face import DeskFace
from workstation.views.decide.district import district_of
from workstation.views.decide.drafts import Drafts
from workstation.views.decide.foresight import send
from workstation.views.decide.matching import Match, is_council, matches
from workstation.views.decide.panel import Done, Panel, Primary
from workstation.views.decide.risk_draft import RiskDraft
from workstation.views.decide.suggestion_box import SuggestionBox

OTHER = "other"
_SENT = ("redirect.message", "redirect.agency", "choice.agency", "risk")
LOW_WINDOW = 900
LETTERS = {"btp": "B", "report-fraud": "F", "other-force": "P"}


class AgencyForm(Panel):
    """Choose an agency and send its message; the other cards fold away in a low window.

    `agency_chosen` tells of the person's own choice.
    """

    agency_chosen = Signal()

    def __init__(self, desk: DeskFace, risk: RiskDraft, drafts: Drafts) -> None:
        super().__init__(desk)
        self._risk = risk
        self._matches: list[Match] = []
        self._by_hand: list[Match] = []
        self._dealt: list[str] = []
        self.advised = SuggestionBox("Whose matter the words suggest")
        self._agency: Agency | None = None
        self._template = ""
        self.cards = RadioCards([], "Agency")
        self._holder = Field("Agency", "", self.cards)
        self._holder.label.hide()
        self.another = Button("Choose another agency", "ghost", "chevron-down")
        self.search = TypeAhead(self._find, "Other agency", "Type the name of an agency")
        self.checks = Checks()
        self.message = TextArea("Message to the reporter", min_lines=3, max_lines=9)
        self.again = Button("Use the template again", "ghost", "rotate-ccw")
        self._add_fields()
        self._connect()
        drafts.keep_area("redirect.message", self.message)
        drafts.keep_line("redirect.agency", self.search)
        drafts.keep("choice.agency", self._choice, self._choose_again, self.agency_chosen,
                    is_choice=True)  # fmt: skip

    def refresh(self, is_new: bool) -> None:
        """Nothing is chosen for the person; cards stay where they lie while one works on them."""
        if is_new:
            self._agency, self._template, self._by_hand = None, "", []
            self._deal_cards()
        who = self.report.facts.reporter
        self.fields["message"].label.setText(f"Message to {who}" if who else "Message to reporter")
        self._show_checks()

    def advise(self) -> None:
        """The agencies suggested are dealt first, unless the person is at the cards already."""
        now = self.desk.clock.now()
        self.advised.show_told(agency_lines(self.desk.pack, self.suggested), now)
        self._matches = [*self._by_hand, *matches(self.desk.pack, self.suggested)]
        is_at_them = self.cards.isAncestorOf(QApplication.focusWidget() or self)
        is_read = self.suggested is not None
        if is_read and self._dealt != self._likely and not self._choice() and not is_at_them:
            self._deal_cards()
        self._show_checks()

    @property
    def _likely(self) -> list[str]:
        """The ids of the agencies suggested; none while the matter stays with the police."""
        found = self.suggested
        if found is None or found.emergency or found.decision == "police":
            return []
        force = f"force-{found.force}"
        ids = [force if force in self.desk.pack.agency_by_id else id for id in found.agencies]
        return [id for id in ids if id in self.desk.pack.agency_by_id][:2]

    def primary(self) -> Primary:
        if self._agency is None:
            return Primary("Redirect", "Redirect", "", "arrow-left-right")
        name = self._agency.said
        risk = " with “no risk found”" if self._risk.is_stated else ""
        consequence = f"The report leaves the queue{risk}; the reporter is sent to {name}."
        return Primary(f"Redirect to {name}", "Redirect", consequence, "arrow-left-right")

    def missing(self) -> str:
        if self._agency is None:
            return "Choose an agency first."
        return "" if self.message.text.strip() else "Write the message to the reporter first."

    def act(self) -> Refusal | Done:
        agency = self._agency.id if self._agency else ""
        rule = next((m.rule.id for m in self._matches if self._agency in self._for(m)), "")
        risk = self._risk.command(self.report)
        redirect = RedirectReport(
            report=self.report.id, agency=agency, message=self.message.text, rule=rule
        )
        chain: list[Command] = [redirect] if risk is None else [risk, redirect]
        if (refusal := send(self.desk, self.report, chain)) is not None:
            return refusal
        name = self._agency.name if self._agency else ""
        return Done(f"Redirected to {name}.", True, _SENT)

    def must_see(self) -> tuple[tuple[str, QWidget], ...]:
        if self._agency is not None:
            return (("Message", self.message),)
        return (("Other agency", self.search),) if self.cards.chosen_key == OTHER else ()

    def take_focus(self) -> None:
        self.cards.focus_choice()

    def key(self, letter: str) -> bool:
        for index, card in enumerate(self.cards.choices):
            if card.letter == letter:
                self.cards.choose(index)
                return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def choose(self, agency: Agency) -> None:
        """Take an agency, and write its message unless the person wrote their own."""
        self._agency = agency
        topic = next((m.topic for m in self._matches if agency in self._for(m)), "")
        fresh = message(self.desk.pack, self.report, agency, topic)
        if self.message.text in ("", self._template):
            self.message.set_text(fresh)
        self._template = fresh
        self.again.setVisible(self.message.text != fresh)
        self.clear_trouble()
        self._show_checks()
        self._fold()
        self.changed.emit()

    def take_rule(self, rule: RedirectRule) -> None:
        """The person named a matter: who deals with it here is chosen, where that is known."""
        self._by_hand = [Match(rule, ())]
        self._matches = [*self._by_hand, *self._matches]
        agency = next(iter(self._for(self._by_hand[0])), None)
        if agency is not None:
            self._choose_again(agency.id)
            self.agency_chosen.emit()

    def _pick(self, agency: Agency) -> None:
        self.choose(agency)
        self.agency_chosen.emit()

    def _choose_again(self, id: str) -> None:
        self.cards.set_chosen_key(id)
        if self.cards.chosen_key is None:
            self.cards.set_chosen_key(OTHER)
        self.fields["other"].setVisible(self.cards.chosen_key == OTHER)
        agency = self.desk.pack.agency_by_id.get(id)
        if agency is not None:
            self.choose(agency)

    def _choice(self) -> str:
        return self._agency.id if self._agency else self.cards.chosen_key or ""

    def _add_fields(self) -> None:
        words = Field("Message to reporter", "Goes on log", self.message)
        other = Field("Other agency", "", self.search)
        self.fields = {"agency": self._holder, "message": words, "other": other}
        for part in (self._holder, self.another, other, self.advised, self.checks, words):
            self.column.addWidget(part)
        self.column.addWidget(self.again)
        self.again.hide()
        other.hide()
        self.another.hide()

    def _connect(self) -> None:
        self.cards.chosen.connect(self._on_card)
        self.search.picked.connect(lambda s: self._pick(s.value))
        self.another.clicked.connect(self._unfold)
        self.again.clicked.connect(self._use_template)
        self.message.edited.connect(lambda _: self.again.setVisible(bool(self._template)))
        self.message.textChanged.connect(self.touched)
        self._risk.changed.connect(self._on_risk)

    def _on_risk(self) -> None:
        if self.shown is not None:
            self._show_checks()
        self.changed.emit()

    def _use_template(self) -> None:
        self.message.set_text(self._template)
        self.again.hide()

    def _deal_cards(self) -> None:
        self._dealt = self._likely
        self.cards.deal(self._options())
        self.search.clear()
        self.fields["other"].hide()
        self.another.hide()

    def _options(self) -> list[CardOption]:
        known = self.desk.pack.agency_by_id
        councils = council_for(self.desk.pack, self._district)
        likely = self._likely
        council_id = next((id for id in likely if is_council(known[id])), "")
        council_id = council_id or next((council.id for council in councils), "")
        letters = {council_id: "C"} | LETTERS
        ids = dict.fromkeys([*likely, council_id, *LETTERS])
        cards = [self._card(known[id], letters, id in likely) for id in ids if id in known]
        return [*cards, CardOption(OTHER, "Other agency", "Type its name", "O")]

    def _card(self, agency: Agency, letters: dict[str, str], is_likely: bool) -> CardOption:
        match = next((m for m in self._matches if agency in self._for(m)), None)
        because = match.topic if match and is_likely else ""
        letter = letters.get(agency.id, "S" if is_likely else "")
        return CardOption(agency.id, agency.said, caption(agency, because), letter)

    def _for(self, match: Match) -> list[Agency]:
        rule = match.rule
        named = [a for a in self.desk.pack.agencies if a.id in rule.target.split()]
        if named:
            return named
        return list(self.desk.agencies_for(rule.topic, self._district))

    def _on_card(self, key: str) -> None:
        self.fields["other"].setVisible(key == OTHER)
        if key != OTHER:
            self._pick(self.desk.pack.agency_by_id[key])
            return
        self._agency = None
        self.agency_chosen.emit()
        self.search.setFocus()
        self.changed.emit()

    @property
    def _district(self) -> str:
        return district_of(self.desk, self.report.location)

    def _find(self, text: str) -> list[Suggestion]:
        words = text.casefold().split()
        fits = [a for a in self.desk.pack.agencies if all(w in a.name.casefold() for w in words)]
        return [Suggestion(a.name, caption(a), a) for a in fits]

    def _show_checks(self) -> None:
        match = next((m for m in self._matches if self._agency in self._for(m)), None)
        earlier = self.desk.earlier_contacts(self.report.id)
        stated = self._risk.is_stated
        self.checks.show_report(self.report, earlier, self._agency, match, self._district, stated)

    def _fold(self) -> None:
        is_folded = self._agency is not None and self.window().height() < LOW_WINDOW
        for card in self.cards.choices:
            card.setVisible(not is_folded or card.isChecked())
        self.another.setVisible(is_folded)

    def _unfold(self) -> None:
        for card in self.cards.choices:
            card.setVisible(True)
        self.another.hide()
        self.cards.focus_choice()
