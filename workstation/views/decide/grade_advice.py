"""What the words suggest beside the grades: an emergency, a grade at least, and risks to flag."""

from PySide6.QtCore import QObject, Signal

from workstation.desk import Suggested
from workstation.domain.flagging import SetFlag
from workstation.domain.pack import Grade
from workstation.domain.report import Report
from workstation.views.decide.advice import (
    FLAG,
    GRADE,
    emergency_line,
    flag_reasons,
    grade_lines,
)
from workstation.views.decide.desk_face import DeskFace
from workstation.views.decide.suggestion_box import SuggestionBox, reasons_in_words

MOST_WORDS = 4


class GradeAdvice(QObject):
    """Two boxes for the panel to lay out. Signals: `send_wanted` (officers), `picked` (a grade's

    code), `refused` (a Refusal).
    """

    send_wanted = Signal()
    picked = Signal(str)
    refused = Signal(object)

    def __init__(self, desk: DeskFace, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._report: Report | None = None
        self._suggested: Suggested | None = None
        self.alarm = SuggestionBox("Emergency now?")
        self.grade = SuggestionBox("What the words suggest")
        self.alarm.pressed.connect(lambda _: self.send_wanted.emit())
        self.grade.pressed.connect(self._take)

    def show_advice(
        self, report: Report, suggested: Suggested | None, chosen: Grade | None
    ) -> None:
        """Say what is suggested for a report, beside the grade that is chosen."""
        self._report, self._suggested = report, suggested
        now = self._desk.clock.now()
        self.alarm.show_told(emergency_line(report, suggested), now)
        self.grade.show_told(grade_lines(self._desk.pack, report, suggested, chosen), now)

    def _take(self, advice: str) -> None:
        """A grade is chosen and left to be given its reason; a flag is set, with its words."""
        if advice.startswith(GRADE):
            self.picked.emit(advice.removeprefix(GRADE))
        elif self._report is not None and self._suggested is not None:
            kind = self._desk.pack.flag_by_id[advice.removeprefix(FLAG)]
            found = [flag for flag in self._suggested.flags if flag in kind.suggested_by]
            reasons = flag_reasons(self._suggested, found)
            words = reasons_in_words(reasons, self._desk.clock.now(), MOST_WORDS)
            set_flag = SetFlag(report=self._report.id, flag=kind.id, reason=words)
            refusal = self._desk.submit(set_flag)
            if refusal is not None:
                self.refused.emit(refusal)
