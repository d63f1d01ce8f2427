"""*Checked before redirect*: what speaks for or against it, each with its own mark and words."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from workstation.domain.earlier_contacts import NOWHERE, contradiction
from workstation.domain.pack import Agency
from workstation.domain.report import EarlierContacts, Report
from workstation.ui.icon_label import IconLabel
from workstation.ui.label import Caption, Secondary
from workstation.ui.surface import Surface
from workstation.views.decide.matching import Match
from workstation.views.decide.risk_statement import earlier_words
from workstation.views.literal import literal

Line = tuple[bool, str]
STATED = "You state: no risk found"


class Checks(Surface):
    """The list. A green tick is only given for what was really looked at and found clear."""

    def __init__(self) -> None:
        super().__init__("sunken", 6)
        self._rows: list[tuple[IconLabel, Secondary]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 6, 10, 6)
        self._column.setSpacing(3)
        self._column.addWidget(Caption("Checked before redirect", strong=True))

    @property
    def lines(self) -> list[str]:
        """The words shown."""
        return [words.text() for _, words in self._rows if not words.isHidden()]

    def show_report(
        self,
        report: Report,
        earlier: EarlierContacts | None,
        agency: Agency | None,
        match: Match | None,
        district: str = "",
        no_risk_stated: bool = False,
    ) -> None:
        """Say what was found for this report and this agency, and what the person states."""
        lines = [_risk(report), _earlier(earlier)]
        if earlier is not None and (said := contradiction(earlier)):
            lines.append((False, said))
        if agency is not None:
            lines.append(_area(district, agency))
        lines += _rule(match) if match is not None else []
        lines += [(True, STATED)] if no_risk_stated else []
        while len(self._rows) < len(lines):
            self._add_row()
        for number, (mark, words) in enumerate(self._rows):
            mark.setVisible(number < len(lines))
            words.setVisible(number < len(lines))
        for (mark, words), (is_clear, text) in zip(self._rows, lines, strict=False):
            mark.set_icon(*(("circle-check", "ok") if is_clear else ("circle-alert", "warn")))
            words.setText(text)

    def _add_row(self) -> None:
        mark, words = IconLabel("circle-check", "ok", 14), Secondary()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(mark)
        row.addWidget(words, 1)
        self._rows.append((mark, words))
        self._column.addLayout(row)


def _risk(report: Report) -> Line:
    if report.happening_now:
        return False, "The report says it is happening now"
    if report.flags:
        return False, f"Flagged: {report.flags[-1].name}"
    if report.marked:
        return False, f"Marked words: “{report.marked[0].words}”"
    return True, "No marked risk words"


def _earlier(found: EarlierContacts | None) -> Line:
    """Clear only where nothing was found, and what was looked through was all there is."""
    return found is not None and not found.count and found.searched != NOWHERE, earlier_words(
        found
    )


def _rule(match: Match) -> list[Line]:
    rule = f"rule {match.rule.id} {match.topic}"
    by_words = f"Matches {rule}: “{literal(match.words[0])}”" if match.words else ""
    lines = [(True, by_words or f"You chose {rule}")]
    if match.rule.exception:
        lines.append((False, f"Stays with the police if: {match.rule.exception}"))
    return lines


def _area(district: str, agency: Agency) -> Line:
    if not agency.districts:
        return True, "Serves the whole country"
    if not district:
        return False, "The district is not known: ask for the address"
    inside = district in agency.districts
    return inside, "Inside this agency's area" if inside else "Outside this agency's area"
