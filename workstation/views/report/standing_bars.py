"""The banners of a report, two at most and a fold; some open the form that deals with them."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.desk import Desk, Shown
from workstation.ui.banner import Banner
from workstation.views.report.bars import bars_of
from workstation.views.report.standing import Standing
from workstation.views.words import first_words

UNFOLDED = 2
NAMED = 40
RECORD_KEYS = ("Ctrl", "J")
_GRAVITY = {"danger": 0, "vuln": 1, "warn": 2}


class StandingBars(QWidget):
    """`form_asked(str)`: the form of this name is wanted.

    What asks for something stands before what is only told; a danger is never folded away. What
    is folded is named in one line, so that nobody has to guess what is behind it.
    """

    form_asked = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_move_told = False
        self._is_unfolded, self._is_short = False, False
        self.told: tuple[Standing, ...] = ()
        self.bars: list[Banner] = []
        self.fold = Banner("neutral", "", "list", action="Show")
        self.fold.acted.connect(self.turn_fold)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self.fold)
        self.hide()

    def show_report(self, shown: Shown, is_move_told: bool = False) -> None:
        """Show what stands; `is_move_told`: another bar says to whom it went."""
        self._is_move_told = is_move_told
        self.renew(shown)

    def renew(self, shown: Shown) -> None:
        """As it stands now; a bar that stands already is left as it is."""
        wanted = by_gravity(bars_of(self._desk, shown, self._is_move_told))
        if wanted == self.told:
            return
        self.told = wanted
        for bar in self.bars:
            self._column.removeWidget(bar)
            bar.hide()
            bar.setParent(None)
            bar.deleteLater()
        self.bars = [self._bar(one) for one in wanted]
        self._column.addWidget(self.fold)
        self._lay_fold()
        self.setVisible(bool(self.bars))

    def fold_up(self) -> None:
        """Another report comes: only what matters most stands open."""
        self._is_unfolded = False
        self._lay_fold()

    @property
    def to_record(self) -> Standing | None:
        """The first thing that is to be recorded."""
        return next((one for one in self.told if one.asks), None)

    def ask(self) -> None:
        """Open the form of the first thing that is to be recorded."""
        if self.to_record is not None:
            self.form_asked.emit(self.to_record.form)

    def keep_short(self, is_short: bool) -> None:
        """Something needs the room: only dangers, and how somebody may be reached, stand open."""
        self._is_short = is_short
        self._lay_fold()

    def turn_fold(self) -> None:
        """Show what is folded, or fold it again."""
        self._is_unfolded = not self._is_unfolded
        self._lay_fold()

    def _lay_fold(self) -> None:
        open_ones = unfolded(self.told, self._is_short)
        folded = self.told[open_ones:]
        for place, bar in enumerate(self.bars):
            bar.setVisible(self._is_unfolded or place < open_ones)
        self.fold.setVisible(bool(folded))
        lead = "" if self._is_unfolded else f"{len(folded)} more:"
        named = " · ".join(name_of(one) for one in folded)
        self.fold.set_text("All that stands is shown." if self._is_unfolded else named, lead)
        self.fold.action.set_text("Fold" if self._is_unfolded else "Show")

    def _bar(self, one: Standing) -> Banner:
        bar = Banner(one.tone, one.text, one.icon, one.lead, one.action)
        bar.action.set_keys(RECORD_KEYS if one is self.to_record else ())
        bar.acted.connect(partial(self.form_asked.emit, one.form))
        self._column.addWidget(bar)
        return bar


def by_gravity(bars: Sequence[Standing]) -> tuple[Standing, ...]:
    """Dangers, how somebody may be reached, what asks for an act, warnings, what is only told."""
    return tuple(sorted(bars, key=lambda one: (_GRAVITY.get(one.tone, 3), not one.action)))


def unfolded(bars: Sequence[Standing], is_short: bool = False) -> int:
    """How many stand open: every danger, and two at least; one alone is not worth a fold.

    Where there is to be room, none but dangers and what is to be heeded before any contact.
    """
    if is_short:
        return sum(one.tone in ("danger", "vuln") for one in bars)
    dangers = sum(one.tone == "danger" for one in bars)
    most = max(UNFOLDED, dangers)
    return most if len(bars) > most + 1 else len(bars)


def name_of(one: Standing) -> str:
    """What a folded bar is about: its lead, else its first words."""
    return first_words(one.lead or one.text, NAMED).rstrip(" ,.:")
