"""The fields of a call: what is happening and where; who speaks, and on which line."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workstation.domain.report import Channel
from workstation.ui.card import Card
from workstation.ui.form import Field
from workstation.ui.segmented import Segmented
from workstation.ui.text_area import TextArea
from workstation.ui.tick_box import TickBox
from workstation.views.asked_strip import AskedStrip
from workstation.views.decide.desk_face import DeskFace
from workstation.views.decide.location_field import LocationField
from workstation.views.doubted import doubted
from workstation.views.shorthand import Shorthand
from workstation.views.taking.ringing_back import RingingBack

CHANNELS = (Channel.CALL_101, Channel.CALL_999, Channel.IN_PERSON)
CHANNEL_WORDS = ("101", "999", "In person")
LINE = 160


class WhatFields(Card):
    """What is happening, beside it where; safety and injuries; and one line of why officers go."""

    def __init__(self, desk: DeskFace) -> None:
        super().__init__("What and where")
        self.account = TextArea("What is happening", "In the caller's words", 12, 20)
        self.where = LocationField(desk)
        self.now = TickBox("Happening now")
        self.safety, self.injuries, self.why_line = QLineEdit(), QLineEdit(), QLineEdit()
        self.safety.setPlaceholderText("Is the caller safe? Anyone with them?")
        self.injuries.setPlaceholderText("Is anyone hurt?")
        self.why = Field("Why officers are needed now", "One line", self.why_line)
        self.why.hide()
        Shorthand(desk, self.account)
        self.strip = AskedStrip(desk, self.account, str, self._given)
        for line in (self.where.place, self.injuries):
            self.strip.watch(line)
        account = Field("What is happening", "Enough to begin", self.account)
        self.fields: dict[str, Field] = {
            "account": account, "location": self.where, "why": self.why,
        }  # fmt: skip
        beside = QVBoxLayout()
        beside.setSpacing(8)
        for part in (self.where, self.now, self.why, Field("Safety", "", self.safety),
                     Field("Injuries", "", self.injuries)):  # fmt: skip
            beside.addWidget(part)
        beside.addStretch(1)
        left = QVBoxLayout()
        left.addWidget(account)
        left.addWidget(self.strip)
        left.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left, 3)
        row.addLayout(beside, 2)
        self.body.addLayout(row)

    def _given(self) -> dict[str, str]:
        """What stands in fields of its own."""
        return {
            "where": self.where.place.text().strip(),
            "injured": self.injuries.text().strip(),
        }

    def ask_why(self) -> None:
        """Offer the one line of why, begun with the first words of the account."""
        self.why.show()
        if not self.why_line.text():
            self.why_line.setText(self.one_line())

    def one_line(self) -> str:
        """One line of why: as written, else how the account begins."""
        first = next((line for line in self.account.text.splitlines() if line.strip()), "")
        return self.why_line.text().strip() or first.strip()[:LINE]

    def clear(self) -> None:
        """Take every answer away."""
        self.account.set_text("")
        self.where.clear()
        self.now.setChecked(False)
        for line in (self.safety, self.injuries, self.why_line):
            line.clear()
        self.why.hide()
        for field in self.fields.values():
            field.set_error("")


class CallerFields(Card):
    """Who speaks and how to reach them; `channel_row` stands apart, at the head of the page."""

    def __init__(self, desk: DeskFace) -> None:
        super().__init__("Person")
        self.channel = Segmented(CHANNEL_WORDS, "Channel")
        self.channel.set_chosen(0)
        self.channel_row = QWidget()
        row = QHBoxLayout(self.channel_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.channel)
        row.addStretch(1)
        self.name, self.phone = QLineEdit(), QLineEdit()
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(Field("Name", "", self.name), 0, 0, top)
        phone = Field("Phone", "", self.phone)
        doubted(phone, self.phone, "phone", desk)
        grid.addWidget(phone, 0, 1, top)
        self.back = RingingBack()
        for column, field in enumerate(self.back.fields, 2):
            grid.addWidget(field, 0, column, top)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        self.body.addLayout(grid)

    def clear(self) -> None:
        """Take every answer away; the channel stays as it was."""
        self.name.clear()
        self.phone.clear()
        self.back.clear()
