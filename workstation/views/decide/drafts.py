"""Keeps what is typed: every text is a draft on this desk 300 ms after the last key."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QLineEdit

from workstation.domain.report import ReportId
from workstation.ui.text_area import TextArea
from workstation.views.decide.desk_face import DeskFace

SAVE_AFTER_MS = 300


@dataclass(frozen=True)
class _Kept:
    read: Callable[[], str]
    write: Callable[[str], None]


class Drafts(QObject):
    """The drafts of one report at a time; `saved(datetime)` tells when they were last kept."""

    saved = Signal(object)

    def __init__(self, desk: DeskFace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._report: ReportId | None = None
        self._kept: dict[str, _Kept] = {}
        self._unsaved: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER_MS)
        self._timer.timeout.connect(self.flush)

    def keep_area(self, field: str, area: TextArea) -> None:
        """Keep the words of a box."""
        self.keep(field, lambda: area.text, area.set_text, area.edited)

    def keep_line(self, field: str, line: QLineEdit) -> None:
        """Keep the words of a line."""
        self.keep(field, line.text, line.setText, line.textEdited)

    def keep(
        self, field: str, read: Callable[[], str], write: Callable[[str], None], edited: Any
    ) -> None:
        """Keep any value that reads and writes as text, whenever `edited` is signalled."""
        self._kept[field] = _Kept(read, write)
        edited.connect(partial(self._on_edit, field))

    def show_report(self, report: ReportId | None) -> None:
        """Save what stands, then show the drafts of another report."""
        self.flush()
        self._report = report
        for field, kept in self._kept.items():
            draft = self._desk.draft(report, field) if report is not None else None
            kept.write(draft.text if draft is not None else "")

    def flush(self) -> None:
        """Save now whatever waits."""
        self._timer.stop()
        unsaved, self._unsaved = sorted(self._unsaved), set()
        if self._report is None:
            return
        for field in unsaved:
            self.saved.emit(self._desk.save_draft(self._report, field, self._kept[field].read()))

    def drop(self, fields: tuple[str, ...]) -> None:
        """Forget drafts whose words are on record now."""
        for field in fields:
            self._unsaved.discard(field)
            self._kept[field].write("")
            if self._report is not None:
                self._desk.drop_draft(self._report, field)

    def _on_edit(self, field: str, *_: object) -> None:
        self._unsaved.add(field)
        self._timer.start()
