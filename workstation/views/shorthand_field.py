"""Where a person writes her own shorthand: kept as it is typed, what is wrong said beside it."""

from PySide6.QtCore import QEvent, QTimer

from workstation.desk import Desk
from workstation.desk.own_shorthand import SETTING
from workstation.domain.limits import WORDS
from workstation.ui.form import Field
from workstation.ui.text_area import TextArea
from workstation.views.decide.drafts import BOUND
from workstation.views.limit import Limit

SAVE_AFTER_MS = 300
HINT = "Kept on this PC, for you alone"
_LEAVING = (QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.WindowDeactivate)


class ShorthandField(Field):
    """A line each: a semicolon, letters, a space, and the words they become."""

    def __init__(self, desk: Desk) -> None:
        self.area = TextArea("My shorthand", ";bk Rang back, left my number", 4, 12)
        super().__init__("A line each, as ;bk Rang back at {time}", HINT, self.area)
        self._desk = desk
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.keep)
        self.area.setProperty(BOUND, SETTING)
        Limit(self.area, WORDS)
        self.area.set_text(desk.shorthand.text)
        self.area.edited.connect(lambda _: self._soon.start(SAVE_AFTER_MS))
        self.area.installEventFilter(self)
        desk.drafts_wanted.connect(self.keep)
        self._tell()

    def keep(self) -> None:
        """Keep what stands here now, and say what is wrong in it."""
        self._soon.stop()
        self._desk.shorthand.keep(self.area.text)
        self._tell()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Where the person leaves, it is kept at once."""
        if event.type() in _LEAVING and self._soon.isActive():
            self.keep()
        return False

    def _tell(self) -> None:
        self.set_error("\n".join(self._desk.shorthand.problems()))
