"""Keeps what is typed: every text is a draft on this desk 300 ms after the last key.

Of steady typing, what is a second old is kept too; and all of it when the focus goes, the window
is left, hidden or closed, the screen is locked (which takes the focus from every window), or the
desk ends. Only submitting it and its author's *Discard* drop a draft.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QLineEdit

from workstation.desk import Draft
from workstation.domain.limits import LINE, WORDS
from workstation.domain.report import ReportId
from workstation.ui.text_area import TextArea
from workstation.views.decide.desk_face import DeskFace
from workstation.views.limit import Limit

SAVE_AFTER_MS, SAVE_BY_MS = 300, 700
BOUND = "draft"
NOT_SAVED = "desk/not-saved"
ANY_LENGTH = 2**24
_LEAVING = (QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.WindowDeactivate)


def _nothing() -> str:
    return ""


def kept_index(text: str) -> int | None:
    """The number of the option that was kept; what is no number chooses none."""
    return int(text) if text.isdecimal() else None


@dataclass(frozen=True)
class _Kept:
    read: Callable[[], str]
    write: Callable[[str], None]
    stood: Callable[[], str]
    base: Callable[[], str]
    is_choice: bool


class Drafts(QObject):
    """The drafts of one report at a time.

    `saved(datetime)` tells when they were last kept; `found` whether words or choices came back
    (a datetime) or are gone on with (None); `rewritten` that the controls say something else now,
    which nobody typed.
    """

    saved = Signal(object)
    found = Signal(object)
    rewritten = Signal()

    def __init__(self, desk: DeskFace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._report: ReportId | None = None
        self._kept: dict[str, _Kept] = {}
        self._bases: dict[str, str] = {}
        self._unsaved: set[str] = set()
        self._discarded: list[Draft] = []
        self._timer, self._latest = self._make_timer(), self._make_timer()
        desk.drafts_wanted.connect(self.flush)
        desk.drafts_changed.connect(self._on_changed)
        desk.closing.connect(self._let_go)

    def keep_area(self, field: str, area: TextArea, most: int = WORDS, **more: Any) -> None:
        """Keep the words of a box; `most` is how many letters it holds."""
        self.keep(field, lambda: area.text, area.set_text, area.edited, **more)
        self.bind(field, area, most)

    def keep_line(self, field: str, line: QLineEdit, most: int = LINE, **more: Any) -> None:
        """Keep the words of a line; what is pasted is never cut."""
        line.setMaxLength(ANY_LENGTH)
        self.keep(field, line.text, line.setText, line.textEdited, **more)
        self.bind(field, line, most)

    def keep(
        self,
        field: str,
        read: Callable[[], str],
        write: Callable[[str], None],
        edited: Any,
        *,
        stood: Callable[[], str] = _nothing,
        base: Callable[[], str] | None = None,
        is_choice: bool = False,
    ) -> None:
        """Keep any value that reads and writes as text, whenever `edited` is signalled.

        `stood` is what the control says with nothing typed; `base` what the words will change. A
        choice is only ever written where one was kept: its owner shows what else is chosen.
        """
        self._kept[field] = _Kept(read, write, stood, base or stood, is_choice)
        edited.connect(partial(self._on_edit, field))

    @property
    def can_undo(self) -> bool:
        """Whether what was thrown away can be put back."""
        return bool(self._discarded)

    def show_report(self, report: ReportId | None) -> None:
        """Save what stands, then show the drafts of another report."""
        self.flush()
        self._report = report
        self._discarded = []
        self._write()

    def take_up(self) -> str:
        """Write what was kept over what else was shown; the name of the newest of it."""
        found = self._found()
        for field in (field for field in self._kept if field in found):
            self._kept[field].write(found[field].text)
        newest = max(found.values(), key=lambda one: one.saved_at, default=None)
        return newest.field if newest is not None else ""

    def rewrite(self) -> None:
        """What is kept was changed elsewhere: make the controls say it."""
        self._write()
        self.rewritten.emit()

    def _write(self) -> None:
        found = self._found()
        self._unsaved.clear()
        self._bases = {field: draft.base for field, draft in found.items()}
        for field, kept in self._kept.items():
            if not kept.is_choice:
                kept.write(found[field].text if field in found else "")
        self.found.emit(max((one.saved_at for one in found.values()), default=None))

    def has(self, field: str) -> bool:
        """Whether something was typed here and not submitted."""
        return field in self._bases

    def base(self, field: str, otherwise: str = "") -> str:
        """What stood when the person began to type there."""
        return self._bases.get(field, otherwise)

    def rebase(self, field: str, base: str) -> None:
        """The person was shown what stands now."""
        if self._report is not None and field in self._bases:
            self.flush()
            self._bases[field] = base
            self._desk.rebase_draft(self._report, field, base)

    def flush(self) -> None:
        """Save now whatever waits; what cannot be saved the desk has from here on."""
        self._timer.stop()
        self._latest.stop()
        if self._report is not None and self._unsaved:
            self._save(self._report)

    def drop(self, fields: tuple[str, ...]) -> None:
        """Forget drafts whose words are on record now."""
        for field in fields:
            self._unsaved.discard(field)
            self._bases.pop(field, None)
            if not self._kept[field].is_choice:
                self._kept[field].write("")
        if self._report is not None:
            self._desk.drop_draft(self._report, *fields)
        if not self._bases:
            self.found.emit(None)

    def discard(self) -> None:
        """The person throws away what was typed; until the page changes it can be undone."""
        self.flush()
        if self._report is None:
            return
        self._discarded = list(self._found().values())
        self._desk.drop_draft(self._report, *(one.field for one in self._discarded))
        self.rewrite()

    def undo(self) -> None:
        """Put back what was thrown away."""
        self._desk.put_back(self._discarded)
        self._discarded = []
        self.rewrite()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Where the person leaves a control, what was typed in it is saved at once."""
        if event.type() in _LEAVING and self._unsaved:
            self.flush()
        return super().eventFilter(watched, event)

    def _save(self, report: ReportId) -> None:
        """What says again what stood is no draft any more; the rest is kept, all at once."""
        texts = {field: self._kept[field].read() for field in sorted(self._unsaved)}
        as_stood = [field for field, text in texts.items() if text == self._kept[field].stood()]
        self._desk.drop_draft(report, *as_stood)
        typed = {
            field: (text, self._bases.get(field, ""))
            for field, text in texts.items()
            if field not in as_stood
        }
        at = self._desk.save_drafts(report, typed)
        for field in as_stood:
            self._bases.pop(field, None)
        self._unsaved.clear()
        if at is not None:
            self.saved.emit(at)

    def _found(self) -> dict[str, Draft]:
        drafts = self._desk.drafts(self._report) if self._report is not None else []
        return {one.field: one for one in drafts if one.field in self._kept}

    def _on_edit(self, field: str, *_: object) -> None:
        if field not in self._bases:
            self._bases[field] = self._kept[field].base()
        self._discarded = []
        self.found.emit(None)
        self._unsaved.add(field)
        self._timer.start(SAVE_AFTER_MS)
        if not self._latest.isActive():
            self._latest.start(SAVE_BY_MS)

    def _on_changed(self, report: ReportId) -> None:
        if report == self._report:
            self.rewrite()

    def _let_go(self) -> None:
        self._report = None
        self._unsaved.clear()

    def bind(self, field: str, editor: QLineEdit | TextArea, most: int) -> None:
        """The words of this control are, or are part of, what is kept under this name."""
        editor.setProperty(BOUND, field)
        editor.installEventFilter(self)
        Limit(editor, most)

    def _make_timer(self) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(self.flush)
        return timer
