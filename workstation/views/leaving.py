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
from workstation.views.unsaved_box import SAVED, UnsavedBox, is_unsaved
from workstation.views.unsent_box import UnsentBox

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
        self.unsaved: UnsavedBox | None = None

    def let_go(self) -> None:
        """The desk is about to close: nothing holds the window, and no field turns to it again."""
        self._is_over = True
        field = self._window.focusWidget()
        if field is not None:
            field.clearFocus()

    def is_held(self) -> bool:
        """Whether something must be said before the person may leave."""
        return not self._is_over and bool(self._desk.unconfirmed())

    def leave(self, then: Callable[[], object]) -> None:
        """Leave; what holds the person is asked about first."""
        self._past_dispatch(lambda: self.once_saved(then))

    def sign_out(self, then: Callable[[], object]) -> None:
        """Leave; of acts that are not sent she is told, unless officers were just asked about."""
        last = then if self.is_held() else lambda: self._tell_unsent(then)
        self._past_dispatch(lambda: self.once_saved(last))

    def close(self, event: QCloseEvent) -> None:
        """The window is to be closed: at once, or once nothing holds the person."""
        is_free = self._is_over or not (self.is_held() or self._is_unsaved())
        event.setAccepted(is_free)
        if not is_free:
            self.leave(self._close_now)

    def once_saved(self, then: Callable[[], object]) -> None:
        """Leave, unless something would be lost: then as soon as it is on the disk."""
        if self._is_over or not self._is_unsaved():
            then()
        elif self.unsaved is None:
            box = self.unsaved = UnsavedBox(self._desk, self._window)
            box.finished.connect(lambda _: self._saved(box, then))
            box.open()
        else:
            self.unsaved.raise_()

    def _past_dispatch(self, then: Callable[[], object]) -> None:
        if not self.is_held():
            then()
            return
        if self.stop is not None:
            self.stop.raise_()
            return
        stop = self.stop = UnsentStop(self._desk, self._desk.unconfirmed(), self._window)
        stop.finished.connect(lambda _: self._answered(stop, then))
        stop.open()

    def _is_unsaved(self) -> bool:
        """Whether something is not on the disk, though it was just tried once more."""
        self._desk.drafts_wanted.emit()
        if is_unsaved(self._desk):
            self._desk.tick()
        return is_unsaved(self._desk)

    def _tell_unsent(self, then: Callable[[], object]) -> None:
        desk = self._desk
        acts, call, words = desk.waiting_acts(), desk.begun_call(), desk.unsent_elsewhere()
        if not acts and call is None and not words:
            then()
            return
        self.unsent = UnsentBox(acts, call, words, self._window)
        self.unsent.left.connect(then)
        self.unsent.open()

    def _close_now(self) -> None:
        self.let_go()
        self._window.close()

    def _saved(self, box: UnsavedBox, then: Callable[[], object]) -> None:
        self.unsaved = None
        box.deleteLater()
        if box.answer == SAVED:
            then()

    def _answered(self, stop: UnsentStop, then: Callable[[], object]) -> None:
        self.stop = None
        stop.deleteLater()
        if stop.answer == LEAVE:
            then()
