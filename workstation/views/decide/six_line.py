"""The six fields of a crime beside the acts that rest on them: what is on record, what is not."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.domain.report import Report
from workstation.domain.six_fields import six_doubts, six_words
from workstation.ui.icon_label import IconLabel
from workstation.ui.label import Secondary
from workstation.views.decide.desk_face import DeskFace
from workstation.views.literal import literal


class SixLine(QWidget):
    """Tells, and stops nothing."""

    def __init__(self, desk: DeskFace) -> None:
        super().__init__()
        self._desk = desk
        self.told, self.doubts = Secondary(), Secondary()
        self._mark = IconLabel("triangle-alert", "warn", 14)
        doubtful = QHBoxLayout()
        doubtful.setSpacing(6)
        doubtful.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        doubtful.addWidget(self.doubts, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.told)
        column.addLayout(doubtful)

    def show_report(self, report: Report, offence: str = "") -> None:
        """Tell it of this report; `offence` is about to be recorded."""
        pack, now = self._desk.pack, self._desk.clock.now()
        self.told.setText(six_words(report, pack))
        words = " ".join(six_doubts(report, pack, now, offence))
        self.doubts.setText(literal(words))
        for part in (self._mark, self.doubts):
            part.setVisible(bool(words))
