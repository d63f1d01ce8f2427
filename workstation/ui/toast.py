"""Short notices inside the window: they never take the focus and at most three are shown.

Only for what needs no answer. What must be acknowledged is a banner or an alert.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.ui.announcer import say
from workstation.ui.button import Button, IconButton
from workstation.ui.icon_label import IconLabel
from workstation.ui.keycap import KeyCap
from workstation.ui.label import Body, Secondary
from workstation.ui.surface import Surface

_MOST = 3
_WIDTH = 480
_MOVES = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)


class Toast(Surface):
    """One notice, with perhaps an action such as Undo."""

    closed = Signal()

    def __init__(
        self,
        text: str,
        detail: str,
        icon: str,
        tone: str,
        action: str,
        keys: Sequence[str],
        parent: QWidget,
    ) -> None:
        super().__init__("raised", 8, parent)
        self.setAccessibleName(f"{text}. {detail}" if detail else text)
        self.action = Button(action)
        if not action:
            self.action.hide()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Body(text, strong=True))
        if detail:
            words.addWidget(Secondary(detail))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 10, 10)
        row.setSpacing(10)
        row.addWidget(IconLabel(icon, tone))
        row.addLayout(words, 1)
        row.addWidget(self.action)
        if keys:
            row.addWidget(KeyCap(*keys))
        dismiss = IconButton("x", "Dismiss", "ghost")
        dismiss.clicked.connect(self.close_now)
        row.addWidget(dismiss)

    def close_now(self) -> None:
        """Take the notice away."""
        self.hide()
        self.closed.emit()


class Toasts(QWidget):
    """The pile of notices at the bottom left of the widget it is given.

    It never lies on those `above` which it stands, where somebody types or presses keys, the
    uppermost of them first, but begins where that does.
    """

    def __init__(self, over: QWidget, *above: QWidget) -> None:
        super().__init__(over)
        self._over, self._above = over, above
        self._shown: list[Toast] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        for part in (over, *above):
            part.installEventFilter(self)
        self.hide()

    @property
    def shown(self) -> tuple[Toast, ...]:
        """The notices on the screen, oldest first."""
        return tuple(self._shown)

    def show_toast(
        self,
        text: str,
        detail: str = "",
        icon: str = "circle-check",
        tone: str = "ok",
        action: str = "",
        keys: Sequence[str] = (),
        run: Callable[[], None] | None = None,
        seconds: float = 6,
    ) -> Toast:
        """Show a notice for some seconds; `run` is what its action does."""
        toast = Toast(text, detail, icon, tone, action, keys, self)
        toast.closed.connect(lambda: self._drop(toast))
        toast.action.clicked.connect(toast.close_now)
        if run is not None:
            toast.action.clicked.connect(run)
        QTimer.singleShot(round(seconds * 1_000), toast, toast.close_now)
        self._shown.append(toast)
        self._column.addWidget(toast)
        toast.show()
        for old in self._shown[:-_MOST]:
            old.close_now()
        self.place()
        say(self, toast.accessibleName())
        return toast

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self.place()
        return super().eventFilter(watched, event)

    def place(self) -> None:
        """Stand where nothing that is needed lies, and on top."""
        self.setVisible(bool(self._shown))
        left, foot = self._corner()
        width = min(_WIDTH, max(200, self._over.width() - left - 16))
        height = self._column.totalHeightForWidth(width)
        self.setGeometry(left, foot - height, width, height)
        self.raise_()

    def _drop(self, toast: Toast) -> None:
        if toast in self._shown:
            self._shown.remove(toast)
            self._column.removeWidget(toast)
            toast.deleteLater()
            self.place()

    def _corner(self) -> tuple[int, int]:
        for part in self._above:
            if part.isVisible():
                corner = part.mapTo(self._over, QPoint(0, 0))
                return max(16, corner.x()), corner.y() - 8
        return 16, self._over.height() - 16
