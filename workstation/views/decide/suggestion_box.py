"""What the words of a report suggest, each with the words and the rule that fired.

A suggestion chooses nothing: its button does what the person could do by hand, and sends nothing
that they have not pressed.
"""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from workstation.desk import Reason
from workstation.ui.button import Button
from workstation.ui.flow import FlowLayout
from workstation.ui.icon_label import IconLabel
from workstation.ui.label import Body, Secondary
from workstation.ui.surface import Surface
from workstation.views.due import moment
from workstation.views.literal import literal

NOTHING_MATCHED = "Nothing matched: not the same as no risk."
READING = "The words are being read for suggestions."
FEW, MOST = 2, 12
LONGEST_QUOTE = 80
MORE, LESS = "Show all the words that matched", "Show fewer words"


class Key(Struct, frozen=True):
    """A key that a suggestion offers, and what it stands for; long `words` stand beside it.

    `name` is what a screen reader hears, where the label alone would not tell.
    """

    label: str
    stands_for: str
    words: str = ""
    name: str = ""
    icon: str = ""


class Told(Struct, frozen=True):
    """One line: what is suggested, why, and the keys it offers."""

    lead: str
    reasons: tuple[Reason, ...] = ()
    keys: tuple[Key, ...] = ()
    tone: str = "neutral"
    icon: str = "lightbulb"


class SuggestionBox(Surface):
    """Lines one under the other. `pressed(str)` tells what the key that was pressed stands for."""

    pressed = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__("sunken", 6)
        self.setAccessibleName(name)
        self.lines: list[_Line] = []
        self._told: tuple[Told, ...] = ()
        self._now: datetime | None = None
        self._is_whole = False
        self.more = Button(MORE, "ghost", "chevron-down")
        self.more.clicked.connect(self._turn)
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(10, 8, 10, 8)
        outer.setSpacing(4)
        outer.addLayout(self._column)
        outer.addWidget(self.more)
        self.hide()

    @property
    def words(self) -> list[str]:
        """What is said, line by line."""
        return [f"{line.lead.text()} {line.why.text()}".strip() for line in self.lines]

    def show_told(self, told: Sequence[Told], now: datetime) -> None:
        """Say this; the same again leaves every key, and the keyboard on it, where it is."""
        self._now = now
        if tuple(told) == self._told:
            return
        self._told, self._is_whole = tuple(told), False
        self.setVisible(bool(told))
        self._write()

    def _turn(self) -> None:
        self._is_whole = not self._is_whole
        self._write()
        self.more.setFocus()

    def _write(self) -> None:
        for old in self.lines:
            old.hide()
            old.setParent(None)
            old.deleteLater()
        self.lines = [_Line(one, self._now, self._is_whole) for one in self._told]
        for line in self.lines:
            line.pressed.connect(self.pressed)
            self._column.addWidget(line)
        self.more.setVisible(any(len(one.reasons) > FEW for one in self._told))
        self.more.set_text(LESS if self._is_whole else MORE)


class _Line(QWidget):
    """An icon, the suggestion, its reasons, and its keys."""

    pressed = Signal(str)

    def __init__(self, told: Told, now: datetime | None, is_whole: bool) -> None:
        super().__init__()
        self.lead = Body(told.lead, strong=True)
        self.why = Secondary(reasons_in_words(told.reasons, now, MOST if is_whole else FEW))
        self.keys: list[Button] = []
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.lead)
        if told.reasons:
            words.addWidget(self.why)
        if told.keys:
            words.addWidget(self._offered(told.keys))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        mark = QVBoxLayout()
        mark.addWidget(IconLabel(told.icon, told.tone, 16))
        mark.addStretch(1)
        row.addLayout(mark)
        row.addLayout(words, 1)

    def _offered(self, keys: Sequence[Key]) -> QWidget:
        """Short keys side by side where there is room; long ones each beside its words."""
        room = QWidget()
        if not any(key.words for key in keys):
            flow = FlowLayout(room)
            for key in keys:
                flow.addWidget(self._button(key))
            return room
        grid = QGridLayout(room)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        for line, key in enumerate(keys):
            grid.addWidget(Body(key.words, px=13), line, 0)
            grid.addWidget(self._button(key), line, 1)
        return room

    def _button(self, key: Key) -> Button:
        button = Button(key.label.replace("&", "&&"), icon=key.icon)
        button.setAccessibleName(key.name or key.label)
        button.clicked.connect(lambda: self.pressed.emit(key.stands_for))
        self.keys.append(button)
        return button


def reasons_in_words(reasons: Sequence[Reason], now: datetime | None, most: int) -> str:
    """The rules that fired, each with the words it rests on, as many words as there is room."""
    by_rule: dict[str, list[str]] = {}
    for reason in reasons[:most]:
        by_rule.setdefault(reason.rule, []).append(_quote(reason, now))
    lines = [f"{literal(rule)}: {', '.join(filter(None, q))}" for rule, q in by_rule.items()]
    left = len(reasons) - most
    if left > 0:
        lines.append(f"and {left} more")
    return "\n".join(line.removesuffix(": ") for line in lines)


def _quote(reason: Reason, now: datetime | None) -> str:
    if not reason.words:
        return ""
    said = literal(reason.words)
    if len(said) > LONGEST_QUOTE:
        said = f"{said[:LONGEST_QUOTE]}\N{HORIZONTAL ELLIPSIS}"
    if reason.at is None or now is None:
        return f"“{said}”"
    return f"“{said}” ({literal(reason.later)}, {moment(reason.at, now)})"
