"""What is said once something was decided, and the way to what the caller is told of it."""

from functools import partial

from PySide6.QtCore import QObject

from workstation.domain.report import ReportId
from workstation.domain.say_lines import decided
from workstation.views.actions import key_names
from workstation.views.report.say_form import READING, SAY_THIS, SayForm
from workstation.views.window import Window

SAY_LAST_KEYS = "Ctrl+Alt+S"
_NO_CARD = "Open what to say first (Ctrl+Shift+S)."


class Afterwards(QObject):
    """A decision may take its report off the screen while its caller is still on the line."""

    def __init__(self, window: Window, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._last: ReportId | None = None
        decide = window.work.decide
        decide.done.connect(self._on_done)
        decide.said.connect(self._on_said)
        decide.waits.connect(self._on_waits)

    def say_last(self) -> None:
        """Open the report that was decided last, with what its caller is told."""
        if self._last is not None:
            self._window.open_report(self._last)
            self._window.work.report.ask(READING)

    def why_no_last(self) -> str:
        """Why that cannot be done; nothing where it can."""
        return "" if self._has_words() else "You have decided nothing here yet."

    def tell(self) -> None:
        """Log that the caller was told what stands on the card."""
        form = self._window.work.report.form
        if isinstance(form, SayForm):
            form.send()

    def why_not_tell(self) -> str:
        """Why it cannot be logged; nothing where it can."""
        form = self._window.work.report.form
        return form.why_not if isinstance(form, SayForm) else _NO_CARD

    def _on_done(self, sentence: str) -> None:
        """Before the list goes on to another report."""
        self._tell(sentence)
        self._window.work.go_on()

    def _on_said(self, sentence: str) -> None:
        self._tell(sentence)

    def _on_waits(self, sentence: str) -> None:
        """What dispatch has yet to get: never with the mark of what is done."""
        self._last = self._window.work.report.report_id
        self._window.toasts.waits(sentence, self._last)

    def _tell(self, sentence: str) -> None:
        self._last = self._window.work.report.report_id
        if not self._has_words():
            self._window.say(sentence)
            return
        run = partial(self._say_of, self._last)
        keys = key_names(SAY_LAST_KEYS)
        self._window.toasts.show_toast(sentence, action=SAY_THIS, keys=keys, run=run)

    def _say_of(self, id: ReportId | None) -> None:
        self._last = id
        self.say_last()

    def _has_words(self) -> bool:
        shown = self._window.desk.report(self._last) if self._last is not None else None
        return shown is not None and decided(shown.report) is not None
