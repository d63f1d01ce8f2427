"""What has been spoken of in the words being typed, read beside the window.

Of several texts by one asker only the newest is read.
"""

from collections.abc import Callable

from PySide6.QtCore import Signal

from workstation.desk.beside import BesideTheWindow
from workstation.domain.asked import Mention

FindMentions = Callable[[str], tuple[Mention, ...]]


def no_mentions(_text: str) -> tuple[Mention, ...]:
    """Nothing is noticed where no reading is fitted."""
    return ()


class Mentions(BesideTheWindow):
    """Signal `found` (the asker, a tuple of Mention), on the window's thread."""

    found = Signal(int, object)
    thread_name = "mentions"
    trouble = "what is typed could not be read for what was spoken of"

    def __init__(self, find: FindMentions) -> None:
        super().__init__()
        self._find = find
        self._newest: dict[int, object] = {}

    def ask(self, asker: int, text: str) -> None:
        """Read this text for this asker."""
        turn = self._newest[asker] = object()
        self._do(lambda: self._read(asker, text, turn))

    def _read(self, asker: int, text: str, turn: object) -> None:
        if self._newest[asker] is turn:
            self.found.emit(asker, self._find(text))
