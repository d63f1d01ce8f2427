"""The head of a report: what it is, its reference, how it stands, and what is due."""

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from workstation.desk import Desk, Shown
from workstation.domain.numbers import assumed_form
from workstation.domain.pack import Pack
from workstation.domain.report import Report
from workstation.ui.avatar import Avatar
from workstation.ui.button import Button, IconButton
from workstation.ui.chip import Chip
from workstation.ui.flow import FlowLayout
from workstation.ui.grade_mark import GradeMark
from workstation.ui.label import Caption, Code, PlainLabel, Title
from workstation.views.company import holder_words
from workstation.views.due import moment
from workstation.views.literal import literal
from workstation.views.queue.sections import CHANNEL_ICONS, CHANNEL_NAMES, flag_icon, flag_tone
from workstation.views.report.due_block import DueBlock
from workstation.views.report.flag_forms import flag_words
from workstation.views.report.offer_bar import is_offered_to
from workstation.views.report.standing import pending_words
from workstation.views.words import first_words


class ReportHeader(QWidget):
    """`take_asked`: take or release; `more_asked`: show what else can be done."""

    take_asked = Signal()
    more_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._narrow = False
        self.title = Title("")
        self.due = DueBlock()
        self.holder = Avatar("?")
        self.take = Button("Take", keys=("F9",))
        self.take.clicked.connect(self.take_asked)
        self.more = IconButton("ellipsis", "More: close, duplicate, reopen, ask a supervisor")
        self.more.clicked.connect(self.more_asked)
        self.chips = FlowLayout()
        self._reference, self._mark = Code(), GradeMark("circle", "", "")
        self._assumed, self._grade_name, self._received = (
            Caption(wrap=False, strong=is_strong) for is_strong in (False, True, False)
        )
        self._pool: list[Chip] = []
        self._used = 0
        up = Qt.AlignmentFlag.AlignTop
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.title, 1)
        top.addWidget(self.due, 0, up)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addLayout(self.chips, 1)
        for part in (self.holder, self.take, self.more):
            below.addWidget(part, 0, up)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addLayout(below)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_report(self, shown: Shown) -> None:
        """Show the report's head."""
        report = shown.report
        self.title.setText(literal(title_of(report)))
        self._show_chips(shown)
        self.tick(report)
        claim = report.claim
        self.holder.setVisible(claim is not None)
        if claim is not None:
            is_worked = report.lease == "active"
            self.holder.set_person(claim.by.name, "viewing" if is_worked else "away")
        mine = claim is not None and claim.by.id == self._desk.person.id
        over = claim is not None and claim.detached and not mine
        begun = mine and report.lease == "active"
        offered = is_offered_to(report, self._desk.person)
        words = "Accept" if offered else "Release" if begun else "Take over" if over else "Take"
        self.take.set_text(words)
        other = claim is not None and not (mine or over or offered)
        why = f"{holder_words(claim, self._desk.clock.now())}." if claim and other else ""
        self.take.set_enabled_because(not other and report.is_open, why or "It is closed.")

    def tick(self, report: Report) -> None:
        """Bring the time left up to date."""
        self.due.show_promises(self._desk.promises(report.id), self._desk.clock.now())

    def set_narrow(self, narrow: bool) -> None:
        """On a narrow screen secondary chips go; nothing that keeps somebody safe does."""
        self._narrow = narrow

    def chip_texts(self) -> list[str]:
        """What the chips say."""
        return [chip.text for chip in self._pool[: self._used]]

    def _show_chips(self, shown: Shown) -> None:
        """Put the row anew of the same parts: making and destroying them is what takes time."""
        wanted = list(self._parts_of(shown))
        while (item := self.chips.takeAt(0)) is not None:
            if (old := item.widget()) is not None and old not in wanted:
                old.hide()
        for part in wanted:
            self.chips.addWidget(part)
            part.show()
        self.chips.invalidate()
        self.updateGeometry()

    def _parts_of(self, shown: Shown) -> Iterator[QWidget]:
        report, now = shown.report, self._desk.clock.now()
        self._used = 0
        yield _saying(self._reference, report.reference or "No number yet")
        if report.incident_number and (said := assumed_form(self._desk.pack, "incident")):
            yield _saying(self._assumed, said)
        yield from self._grade(report, self._desk.pack)
        if waits := pending_words(shown):
            yield self._chip(waits, "warn", "save" if shown.unsaved else "cloud-upload")
        for risk in _risks(report, now):
            yield self._chip(*risk)
        if not self._narrow:
            channel = report.channel
            yield self._chip(CHANNEL_NAMES[channel], "neutral", CHANNEL_ICONS[channel])
            yield _saying(self._received, f"Received {moment(report.received_at, now)}")

    def _grade(self, report: Report, pack: Pack) -> Iterator[QWidget]:
        grading = report.grading
        grade = pack.grade_by_code.get(grading.code) if grading else None
        if grading is None or grade is None:
            yield self._chip("Not graded", "neutral", "circle-help")
            return
        self._mark.set_grade(grade.shape, grade.code, f"Graded {grading.name}")
        yield self._mark
        yield _saying(self._grade_name, grading.name)

    def _chip(self, text: str, tone: str, icon: str) -> Chip:
        """The next chip of the row."""
        if self._used == len(self._pool):
            self._pool.append(Chip(text, tone, icon, self))
        chip = self._pool[self._used]
        self._used += 1
        chip.set_text(text)
        chip.set_tone(tone, icon)
        return chip


def _saying(label: PlainLabel, words: str) -> PlainLabel:
    if label.text() != words:
        label.setText(words)
    return label


def _risks(report: Report, now: datetime) -> list[tuple[str, str, str]]:
    """What people flagged, then what was marked in the words: words, tone and icon."""
    flags = [(flag_words(flag, now), "vuln", "flag") for flag in report.flags]
    kinds = dict.fromkeys(mark.kind for mark in report.marked)
    named = [(kind, literal(kind[:1].upper() + kind[1:])) for kind in kinds]
    return flags + [(words, flag_tone(kind), flag_icon(kind)) for kind, words in named]


def title_of(report: Report) -> str:
    """What a report is called: its title, or the first words of its account."""
    return report.facts.title or first_words(report.excerpt) or "No words given"
