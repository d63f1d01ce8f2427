"""What a person's own files hold beside the reports, and what she has to know of them."""

from PySide6.QtCore import Signal

from workstation.desk.records import Records
from workstation.desk.shown import LinkState
from workstation.domain.report import ReportId


class Keeping(Records):
    """The part of a desk that keeps work until it is saved, sent and dealt with."""

    reports_changed = Signal(object)
    queue_changed = Signal()
    link_changed = Signal(object)
    attention_changed = Signal()
    has_work = Signal()

    def link(self) -> LinkState:
        """The truth about the line."""
        raise NotImplementedError

    def read_notice(self, sentence: str) -> None:
        """The person has read what happened to her files."""
        self._stock.notices.read(sentence)
        self.link_changed.emit(self.link())

    def settle(self, case_id: str, words: str) -> None:
        """A refusal was dealt with; the words say how."""
        self._stock.jottings.settle(case_id, words, self.clock.now())
        self._stock.outbox.settle_refused(case_id, words)
        self.attention_changed.emit()

    def _save_again(self) -> None:
        """What another program kept off the disk, once it is free."""
        before = len(self._stock.unsaved.acts())
        self._stock.unsaved.retry()
        if before != len(self._stock.unsaved.acts()):
            self._tell(self._lay_over())
            self.link_changed.emit(self.link())
            self.has_work.emit()

    def _tell(self, touched: frozenset[ReportId]) -> None:
        if touched:
            self.reports_changed.emit(touched)
            self.queue_changed.emit()
