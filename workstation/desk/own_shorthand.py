"""A person's own shorthand beside the force's: kept as it was typed, in her work file here."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from workstation.desk.stock import Stock
from workstation.domain.pack import Pack
from workstation.domain.shorthand import read_own

SETTING = "own_shorthand"


class OwnShorthand(QObject):
    """`changed` tells that other letters expand now. What is wrong in it expands nothing."""

    changed = Signal()

    def __init__(self, stock: Stock, pack: Callable[[], Pack]) -> None:
        super().__init__()
        self._stock, self._pack = stock, pack
        self.text = stock.work.setting(SETTING) or ""

    def keep(self, text: str) -> None:
        """Keep the lines as they are typed, right or wrong; sealed like all of hers here."""
        if text == self.text:
            return
        self.text = text
        self._stock.unsaved.do(lambda: self._stock.work.set(SETTING, text))
        self.changed.emit()

    def problems(self) -> list[str]:
        """What is wrong, each with its line and what is allowed."""
        return read_own(self.text, self._pack().shorthand)[1]

    def known(self) -> Mapping[str, str]:
        """Everything that expands: hers, and the force's."""
        force = self._pack().shorthand
        return {**read_own(self.text, force)[0], **force}
