"""Leaving the desk: nobody walks away silently from what dispatch has NOT got.

Whatever else must be said before somebody leaves belongs here too.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from workstation.desk import Desk, Undelivered
from workstation.domain.report import ReportId
from workstation.ui.dialog import Answer, Dialog
from workstation.views.undelivered_bar import UndeliveredItem
from workstation.views.unsent_box import UnsentBox, unsaved

TITLE = "Dispatch has NOT got this"
TEXT = (
    "Ring dispatch, read the words, and log whom you told. If you leave without, it is sent only "
    "when you sign in at this PC again."
)
STAY, LEAVE = "", "leave"
_WIDTH = 900


class UnsentStop(Dialog):
    """What would be left behind, each with whom to ring, the words to read, and *Log it*."""

    def __init__(self, desk: Desk, left: Sequence[Undelivered], parent: QWidget) -> None:
        answers = (Answer(LEAVE, "Leave anyway", "danger"), Answer(STAY, "Stay here", "primary"))
        super().__init__(TITLE, TEXT, answers, parent)
        self.setMinimumWidth(min(_WIDTH, parent.width() - 40))
        self._desk = desk
        self.items: dict[ReportId, UndeliveredItem] = {}
        for one in left:
            item = UndeliveredItem(desk, one)
            item.show_it.hide()
            self.items[one.report] = item
            self.body.addWidget(item)
        desk.link_changed.connect(self._look_again)
        desk.undelivered_changed.connect(self._look_again)
        self._look_again()

    def _look_again(self) -> None:
        """What was told or confirmed goes; with nothing left, leaving goes on."""
        if self.answer == LEAVE:
            return
        left = {one.report: one for one in self._desk.unconfirmed()}
        for id, item in self.items.items():
            item.setVisible(id in left)
            if id in left:
                item.show_what(left[id])
        shown = [item for id, item in self.items.items() if id in left]
        if not shown:
            self.answer = LEAVE
            self.accept()
            return
        focused = self.focusWidget()
        if focused is None or not focused.isVisibleTo(self):
            shown[0].told.setFocus(Qt.FocusReason.OtherFocusReason)


class Leaving(QObject):
    """The one way out of a desk: signing out, changing roles and closing the window."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._is_over = False
        self.stop: UnsentStop | None = None

    def let_go(self) -> None:
        """The desk is closed, or the person insists: nothing holds the window any more."""
        self._is_over = True

    def is_held(self) -> bool:
        """Whether something must be said before the person may leave."""
        return not self._is_over and bool(self._desk.unconfirmed())

    def leave(self, then: Callable[[], object]) -> None:
        """Leave; what holds the person is asked about first."""
        if not self.is_held():
            then()
            return
        if self.stop is not None:
            self.stop.raise_()
            return
        stop = self.stop = UnsentStop(self._desk, self._desk.unconfirmed(), self._window)
        stop.finished.connect(lambda _: self._answered(stop, then))
        stop.open()

    def sign_out(self, then: Callable[[], object]) -> None:
        """Leave; of acts that are not sent she is told, unless officers were just asked about."""
        self.leave(then if self.is_held() else lambda: self._tell_unsent(then))

    def close(self, event: QCloseEvent) -> str:
        """The window is to be closed: it stays, and why, where acts are not on the disk yet."""
        if self._is_over:
            return ""
        if self._desk.link().unsaved:
            self._desk.tick()
        if (link := self._desk.link()).unsaved:
            event.ignore()
            return unsaved(link)
        event.setAccepted(not self.is_held())
        if self.is_held():
            self.leave(self._close_now)
        return ""

    def _tell_unsent(self, then: Callable[[], object]) -> None:
        acts, words = self._desk.waiting_acts(), self._desk.unsent_elsewhere()
        if not acts and not words:
            then()
            return
        self.unsent = UnsentBox(acts, words, self._window)
        self.unsent.left.connect(then)
        self.unsent.open()

    def _close_now(self) -> None:
        self.let_go()
        self._window.close()

    def _answered(self, stop: UnsentStop, then: Callable[[], object]) -> None:
        self.stop = None
        stop.deleteLater()
        if stop.answer == LEAVE:
            then()
