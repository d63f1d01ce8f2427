"""Who, where, what, weapons, injured, still there: what was spoken of, and what is still unasked.

A tick says *mentioned* and by which words, never that it is so. It is read beside the window.
"""

from collections.abc import Callable
from itertools import count

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from workstation.domain.asked import ASKED, Mention
from workstation.ui.chip import Chip
from workstation.ui.label import Caption
from workstation.ui.text_area import TextArea
from workstation.ui.tip import set_tip
from workstation.views.decide.desk_face import DeskFace
from workstation.views.literal import literal

READ_AFTER_MS = 250
_askers = count(1)


class AskedStrip(QWidget):
    """Watches one box; `known` gives what else was said, and `given` what stands in fields."""

    def __init__(
        self,
        desk: DeskFace,
        area: TextArea,
        known: Callable[[], str],
        given: Callable[[], dict[str, str]] = dict,
    ) -> None:
        super().__init__()
        self._desk, self._area = desk, area
        self._known, self._given = known, given
        self._asker = next(_askers)
        self._found: tuple[Mention, ...] = ()
        self.chips = {name: Chip("") for name in ASKED}
        caption = Caption("Spoken of:", strong=True, wrap=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(caption)
        for chip in self.chips.values():
            row.addWidget(chip)
        row.addStretch(1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.read)
        area.textChanged.connect(self.read_soon)
        desk.mentions.found.connect(self._on_found)
        self._show()

    @property
    def unasked(self) -> tuple[str, ...]:
        """What nobody has spoken of, as far as it was read."""
        return tuple(name for name in ASKED if not self._words(name))

    def read_soon(self) -> None:
        """Something more was typed."""
        self._timer.start(READ_AFTER_MS)

    def read(self) -> None:
        """Have everything said so far read again."""
        self._timer.stop()
        self._desk.mentions.ask(self._asker, f"{self._known()}\n{self._area.text}")

    def forget(self) -> None:
        """Another report: nothing of it was read yet."""
        self._found = ()
        self._show()

    def watch(self, line: QLineEdit) -> None:
        """What is typed in this field is spoken of, too."""
        line.textChanged.connect(self._show)

    def _on_found(self, asker: int, found: tuple[Mention, ...]) -> None:
        if asker == self._asker:
            self._found = found
            self._show()

    def _words(self, name: str) -> str:
        said = next((one.words for one in self._found if one.name == name), "")
        return said or self._given().get(name, "")

    def _show(self) -> None:
        for name, chip in self.chips.items():
            words, title = literal(self._words(name)), f"{name[:1].upper()}{name[1:]}"
            chip.set_tone("neutral" if words else "warn", "check" if words else "circle-help")
            chip.set_text(title if words else f"{title}?")
            told = f"{title}: mentioned, “{words}”" if words else f"{title}: not mentioned yet"
            chip.setAccessibleName(told)
            set_tip(chip, told)
