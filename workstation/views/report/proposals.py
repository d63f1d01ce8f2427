"""What others would have the facts say: each beside the fact as it stands, to take or to leave."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.desk import Desk
from workstation.domain.correcting import SettleProposal
from workstation.domain.facts import PLACE, in_words, stands
from workstation.domain.report import Location, Proposal, Report
from workstation.ui.banner import Banner
from workstation.ui.button import Button
from workstation.ui.label import Body, Caption, ErrorText
from workstation.views.due import moment
from workstation.views.literal import literal

USE, KEEP = "Use this", "Keep ours"


class ProposalBar(Banner):
    """One proposal with *Use this* and *Keep ours*."""

    def __init__(self, proposal: Proposal, label: str, stood: str, now: datetime) -> None:
        lead, text = told(proposal, label, stood, now)
        super().__init__("warn", text, "pencil", lead, action=USE)
        self.leave = Button(KEEP)
        self.layout().addWidget(self.leave)  # type: ignore[union-attr]
        for button, word in ((self.action, USE), (self.leave, KEEP)):
            button.setAccessibleName(f"{word}: {lead} {text}")


class Proposals(QWidget):
    """Every proposal of a report; hidden where there is none."""

    def __init__(self, desk: Desk, labels: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._labels = desk, labels | {PLACE: "Where"}
        self._report: Report | None = None
        self.bars: list[ProposalBar] = []
        self.heading = Body("", strong=True)
        self.beyond = Caption()
        self.error = ErrorText()
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.heading)
        column.addLayout(self._column)
        column.addWidget(self.beyond)
        column.addWidget(self.error)
        self.hide()

    def show_report(self, report: Report) -> None:
        """Show what is proposed for this report."""
        before, self._report = self._report, report
        if before is None or before.id != report.id:
            self.error.hide()
        if before is None or _said(before) != _said(report):
            self._rebuild(report)
        count = len(report.proposals)
        self.heading.setText(f"{count} correction{'' if count == 1 else 's'} proposed")
        self.beyond.setText(f"{report.proposed_beyond} more stand in the log.")
        self.beyond.setVisible(report.proposed_beyond > 0)
        self.setVisible(bool(report.proposals))

    def _rebuild(self, report: Report) -> None:
        had_focus = self._has_focus()
        for bar in self.bars:
            self._column.removeWidget(bar)
            bar.hide()
            bar.setParent(None)
            bar.deleteLater()
        now = self._desk.clock.now()
        self.bars = []
        for proposal in report.proposals:
            stood = in_words(stands(report, proposal.field))
            label = self._labels.get(proposal.field, proposal.field)
            bar = ProposalBar(proposal, label, stood, now)
            bar.acted.connect(partial(self._settle, proposal, take=True))
            bar.leave.clicked.connect(partial(self._settle, proposal, take=False))
            self._column.addWidget(bar)
            self.bars.append(bar)
        self._order_tabs()
        if had_focus and self.bars:
            self.bars[0].action.setFocus(Qt.FocusReason.OtherFocusReason)

    def _order_tabs(self) -> None:
        """They are made late, and yet the keyboard comes to them where they stand.

        Qt orders only behind what takes the keyboard, which the heading does not else.
        """
        last: QWidget = self.heading
        self.heading.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for bar in self.bars:
            for button in (bar.action, bar.leave):
                self.setTabOrder(last, button)
                last = button
        self.heading.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _has_focus(self) -> bool:
        focused = self.window().focusWidget()
        return focused is not None and any(bar.isAncestorOf(focused) for bar in self.bars)

    def _settle(self, proposal: Proposal, *_: object, take: bool) -> None:
        """Decided on what is on screen here; a refusal stands below."""
        if self._report is None:
            return
        stood = stands(self._report, proposal.field)
        refusal = self._desk.submit(
            SettleProposal(
                report=self._report.id,
                by=proposal.by.id,
                field=proposal.field,
                take=take,
                now=proposal.now,
                was=stood if isinstance(stood, str) else "",
                location=proposal.location,
                location_was=stood if isinstance(stood, Location) else Location(),
            )
        )
        self.error.setText(refusal.sentence if refusal else "")
        self.error.setVisible(refusal is not None)


def told(proposal: Proposal, label: str, stood: str, now: datetime) -> tuple[str, str]:
    """The fact as it would be and as it is, then who proposes it and when."""
    when = moment(proposal.at, now)
    written = f"offline {when}" if proposal.late else when
    wanted = literal(in_words(proposal.value)) or "nothing"
    lead = f"{label.rstrip('?')}: {wanted},"
    who = literal(proposal.by.name)
    return lead, f"instead of {literal(stood) or 'nothing'}. {who}, {written}"


def _said(report: Report) -> tuple[object, ...]:
    """What the bars say of a report."""
    said = [(one, stands(report, one.field)) for one in report.proposals]
    return (report.id, *said)
