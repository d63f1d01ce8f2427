"""What is begun of every guide of one report, by the pack in force and of what it no longer has.

Nothing that was begun goes with a change of the pack: what fits no question stands beside them.
"""

from datetime import date

from PySide6.QtCore import QObject

from workstation.desk import Desk
from workstation.domain.act import Command
from workstation.domain.answering import AnswerQuestions, GiveAdvice
from workstation.domain.entry import Given
from workstation.domain.guide import Guide
from workstation.domain.report import ReportId
from workstation.domain.story import AddNote
from workstation.views.decide.drafts import Drafts
from workstation.views.report.guide_sheet import SAID_BY, Sheet

DRAFT = "guide."
DROPPED = "Questions that are no longer asked"


class Sheets:
    """The sheets by the id of their guide, each made when it is first needed."""

    def __init__(self, desk: Desk, drafts: Drafts, parent: QObject) -> None:
        self._desk, self._drafts, self._parent = desk, drafts, parent
        self._made: dict[str, Sheet] = {}

    def __getitem__(self, id: str) -> Sheet:
        if id not in self._made:
            sheet = self._made[id] = Sheet(self._in_force(id), self._parent)
            self._drafts.keep(DRAFT + id, sheet.text, sheet.set_text, sheet.edited)
        return self._made[id]

    def renew(self, report: ReportId) -> None:
        """Go by the pack in force, with a sheet for whatever was begun on this report."""
        begun = [one.field for one in self._desk.drafts(report) if one.field.startswith(DRAFT)]
        asked = (*self._desk.pack.guide_by_id, *(field.removeprefix(DRAFT) for field in begun))
        for id in dict.fromkeys((*self._made, *asked)):
            self[id].follow(self._in_force(id))

    def begun(self) -> list[Guide]:
        """The guides of which there is something to log."""
        return [sheet.guide for sheet in self._made.values() if not sheet.is_empty]

    def guide(self, id: str) -> Guide | None:
        """A guide of the pack, or one that it has no more and of which something is begun."""
        known = self._desk.pack.guide_by_id.get(id)
        if known is not None or id not in self._made or self._made[id].is_empty:
            return known
        return self._made[id].guide

    def _in_force(self, id: str) -> Guide:
        known = self._desk.pack.guide_by_id.get(id)
        return known or Guide(id=id, name=DROPPED, valid_from=date.min, source="")


def commands_of(sheet: Sheet, report: ReportId, said_by: str) -> tuple[Command, ...]:
    """What logs all that is begun: answers, advice, and as a note what fits no question."""
    guide = sheet.guide
    asked = [one.id for one in guide.questions if one.id in sheet.answers]
    given = tuple(Given(id, sheet.answers[id]) for id in asked)
    lines = tuple(line.id for line in guide.advice if line.id in sheet.advised)
    by = f"\n{SAID_BY}{said_by}" if said_by else ""
    answers = AnswerQuestions(report=report, guide=guide.id, answers=given, said_by=said_by)
    advice = GiveAdvice(report=report, guide=guide.id, lines=lines, told=said_by)
    note = AddNote(report=report, text=f"{guide.name}\n{sheet.rest.strip()}{by}")
    wanted = ((answers, given), (advice, lines), (note, sheet.rest.strip()))
    return tuple(command for command, is_begun in wanted if is_begun)
