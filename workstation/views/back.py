"""Back where I was: one key returns to what was interrupted, by whatever came between.

Places are kept in memory, for this window alone; the words themselves are drafts and need no help.
"""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from workstation.domain.report import ReportId
from workstation.views.actions import Actions, Spec
from workstation.views.place import (
    Place,
    doing,
    field_of,
    open_parts,
    parts_of,
    put_cursor,
)
from workstation.views.window import Window

MOST = 12
TAKING = "taking"
NOTHING = "Nothing was interrupted here."
GONE = "{} is not shown to you any more."
KEPT = " What you began there is kept: Needs attention (Ctrl+4)."


class Back(QObject):
    """A place is noted when a report leaves the screen with the keyboard in it, or a call does.

    What was decided is finished, and no place to go back to; nor is a report only looked at from
    the list.
    """

    def __init__(self, window: Window, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._places: list[Place] = []
        self._field: QWidget | None = None
        self._shown: ReportId | None = None
        self._finished: ReportId | None = None
        self._is_going = False
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)
        window.work.leaving.connect(self.note)
        window.work.showing.connect(self._on_shown)
        window.work.decide.done.connect(self._on_done)

    def note(self) -> None:
        """Something else comes on screen: keep where the person is."""
        place = None if self._is_going else self._here()
        if place is None:
            return
        self._forget(place.report)
        self._places = [place, *self._places][:MOST]

    def why_not(self) -> str:
        """Why one cannot go back; nothing where one can."""
        return "" if self._places else NOTHING

    def go(self) -> None:
        """Return to the newest place and say what was done there; what is left waits behind."""
        here = self._here()
        if here is not None and self._is_in_work(QApplication.focusWidget()):
            self._forget(here.report)
            self._places.append(here)
        if not self._places:
            return
        place = self._places.pop(0)
        self._is_going = True
        try:
            said = self._return_to(place)
        finally:
            self._is_going = False
        self._window.toasts.show_toast(said, icon="undo-2", tone="neutral")

    def add_key(self, actions: Actions) -> None:
        """Put it in the one list of commands."""
        actions.add(
            Spec(id="window.back", text="Back where I was", run=self.go, keys="Ctrl+B",
                 icon="undo-2", why_not=self.why_not)
        )  # fmt: skip

    def _return_to(self, place: Place) -> str:
        window = self._window
        if place.report is None:
            window.go(TAKING)
            put_cursor(window.taking, place.field)
            return place.words(window.desk.clock.now())
        if window.desk.report(place.report) is None:
            kept = KEPT if window.desk.unsent_on(place.report) is not None else ""
            return GONE.format(place.reference or "That report") + kept
        if window.work.list_key != place.list_key:
            window.go(place.list_key)
        window.open_report(place.report)
        open_parts(window.work.report, window.work.decide, place.parts)
        put_cursor(window.work, place.field)
        return place.words(window.desk.clock.now())

    def _here(self) -> Place | None:
        """Where the person is, as far as that is worth coming back to."""
        window, field = self._window, self._field
        if field is None or not isValid(field):
            return None
        now, work = window.desk.clock.now(), window.work
        if window.taking.isAncestorOf(field):
            if window.desk.begun_call() is None:
                return None
            words = "taking a call"
            return Place(now, None, "", work.list_key, words, field_of(window.taking, field))
        id = work.report.report_id
        shown = window.desk.report(id) if id is not None else None
        if shown is None or id == self._finished:
            return None
        parts = parts_of(work.report, work.decide, field)
        words = doing(work.report, work.decide, field)
        place = field_of(work, field)
        return Place(now, id, shown.report.reference, work.list_key, words, place, parts)

    def _forget(self, report: ReportId | None) -> None:
        self._places = [one for one in self._places if one.report != report]

    def _is_in_work(self, part: QWidget | None) -> bool:
        work = self._window.work
        rooms = (work.report, work.decide, self._window.taking)
        return part is not None and any(room.isAncestorOf(part) for room in rooms)

    def _on_focus(self, _: QWidget | None, now: QWidget | None) -> None:
        """The last field of the work: a bar, the palette or the list is no place."""
        if self._is_in_work(now):
            self._field = now

    def _on_shown(self, id: ReportId) -> None:
        """Another report: nobody has been in it, but where the keyboard stands in it already."""
        if id == self._shown:
            return
        self._shown, self._finished = id, None
        focus = QApplication.focusWidget()
        self._field = focus if self._is_in_work(focus) else None

    def _on_done(self, _: str) -> None:
        """It is finished: the list goes on by itself."""
        self._finished = self._window.work.report.report_id
        self._forget(self._finished)
