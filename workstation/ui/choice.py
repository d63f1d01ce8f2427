"""A set of options of which one is chosen: one tab stop, arrow keys, digits and key letters.

Each option is a real radio button, so a screen reader hears role, name and state.
"""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_ON = (Qt.Key.Key_Right, Qt.Key.Key_Down)


class Choice(QRadioButton):
    """One option; subclasses paint it."""

    def __init__(self, name: str, letter: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.letter = letter
        self.setAccessibleName(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def hitButton(self, pos: object) -> bool:
        return True


class ChoiceGroup(QWidget):
    """Keeps the options of one question; nothing need be chosen at first."""

    picked = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._on_clicked)
        self._choices: list[Choice] = []

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The options in their order."""
        return tuple(self._choices)

    @property
    def chosen_index(self) -> int | None:
        """Which option is chosen, or None."""
        number = self._group.checkedId()
        return None if number < 0 else number

    def set_chosen(self, index: int | None) -> None:
        """Show an option as chosen without telling anyone, or none."""
        self._group.setExclusive(False)
        for number, choice in enumerate(self._choices):
            choice.setChecked(number == index)
        self._group.setExclusive(True)
        self._one_tab_stop()

    def choose(self, index: int) -> None:
        """Choose as the person would: focus it, choose it, and tell."""
        if 0 <= index < len(self._choices) and self._choices[index].isEnabled():
            self._choices[index].setFocus(Qt.FocusReason.OtherFocusReason)
            self._choices[index].click()

    def focus_choice(self) -> None:
        """Put the keyboard on the chosen option, or on the first."""
        for choice in self._choices:
            if choice.focusPolicy() == Qt.FocusPolicy.StrongFocus:
                choice.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self._index_for(event)
        if index is None:
            super().keyPressEvent(event)
        else:
            self.choose(index)

    def _add(self, choice: Choice) -> None:
        self._group.addButton(choice, len(self._choices))
        self._choices.append(choice)
        self._one_tab_stop()

    def _remove(self, choice: Choice) -> None:
        """Take the last option away."""
        self._group.removeButton(choice)
        self._choices.remove(choice)
        choice.hide()
        choice.setParent(None)
        choice.deleteLater()

    def _on_clicked(self, index: int) -> None:
        self._one_tab_stop()
        self.picked.emit(index)

    def _one_tab_stop(self) -> None:
        stop = self.chosen_index
        if stop is None:
            enabled = (n for n, choice in enumerate(self._choices) if choice.isEnabled())
            stop = next(enabled, 0)
        for number, choice in enumerate(self._choices):
            policy = Qt.FocusPolicy.StrongFocus if number == stop else Qt.FocusPolicy.ClickFocus
            choice.setFocusPolicy(policy)

    def _index_for(self, event: QKeyEvent) -> int | None:
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain & ~Qt.KeyboardModifier.ShiftModifier:
            return None
        if event.key() in _BACK or event.key() in _ON:
            return self._beside(-1 if event.key() in _BACK else 1)
        typed = event.text().upper()
        for number, choice in enumerate(self._choices):
            if typed and typed == choice.letter.upper():
                return number
        in_range = typed.isdigit() and 1 <= int(typed) <= len(self._choices)
        return int(typed) - 1 if in_range else None

    def _beside(self, step: int) -> int:
        focused = [n for n, choice in enumerate(self._choices) if choice.hasFocus()]
        start = focused[0] if focused else (self.chosen_index or 0)
        count = len(self._choices)
        around = ((start + step * turn) % count for turn in range(1, count + 1))
        return next((n for n in around if self._choices[n].isEnabled()), start)
