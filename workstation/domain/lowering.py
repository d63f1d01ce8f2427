"""Lowering a grade: with a reason and a new THRIVE; an emergency only with a supervisor's word.

Until a supervisor approves, the more urgent grade and its clock stand.
"""

from typing import ClassVar

from msgspec.structs import replace

from workstation.domain.act import (
    Command,
    Context,
    Decision,
    Event,
    first_refusal,
    is_decided,
    unseen_changes,
)
from workstation.domain.entry import EntryKind
from workstation.domain.grading import happens_first, lowering_acts, newly_graded
from workstation.domain.hard_rules import forbidden
from workstation.domain.judgement import Lowering
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report
from workstation.domain.roles import PersonId, Role
from workstation.domain.wording import has_words


def is_left(report: Report, context: Context) -> Refusal | None:
    """Ending an emergency that dispatch has not got lowers it to nobody: a supervisor's word."""
    got = report.opened is not None or report.told_by_voice is not None
    if not report.is_emergency or got or Role.SUPERVISOR in context.who.roles:
        return None
    sentence = (
        "Dispatch has not got this emergency yet. Until then only a supervisor ends it (F8)."
    )
    return Refusal("emergency/left", sentence)


class LoweringRefused(Event, frozen=True, kw_only=True):
    """A supervisor said no: the grade stays."""

    name: str
    stays: str
    words: str

    def evolve(self, report: Report) -> Report:
        return replace(report, lowering=None)

    def story(self) -> tuple[EntryKind, str, str]:
        return EntryKind.DECISION, f"Not lowered to {self.name}: still {self.stays}", self.words


class AnswerLowering(Command, frozen=True, kw_only=True):
    """A supervisor approves a lowering that was asked for, or refuses it with words.

    `was`, `code` and `asked_by` are the grade and the request as they stood on screen.
    """

    approve: bool
    was: str
    code: str
    asked_by: PersonId
    words: str = ""
    may: ClassVar[frozenset[Role]] = frozenset({Role.SUPERVISOR})

    def decide(self, report: Report, context: Context) -> Decision:
        """Only of the very request that was seen, over the grade that was seen."""
        asked = report.lowering
        if asked is None or (asked.code, asked.by.id) != (self.code, self.asked_by):
            return self._over(report)
        if report.grading is None or report.grading.code != self.was:
            return self._over(report)
        if not self.approve:
            return self._refused(report, context, asked)
        grade = context.pack.grade_by_code.get(asked.code)
        acts = lowering_acts(grade is not None and grade.sends_officers)
        refusal = first_refusal(
            is_decided(report),
            happens_first(report),
            forbidden(report, context.pack, *acts, field="approve"),
            unseen_changes(report, context),
        )
        if refusal is not None:
            return refusal
        reason = f"{asked.reason}\n{self.words}".strip()
        return (newly_graded(report, context, asked.code, reason, asked_by=asked.by),)

    def _refused(self, report: Report, context: Context, asked: Lowering) -> Decision:
        if not has_words(self.words):
            return Refusal("lowering/words", "Say in a line why the grade stays.", "words")
        stays = report.grading.name if report.grading is not None else ""
        stamp = context.stamp(report.id)
        return (LoweringRefused(stamp=stamp, name=asked.name, stays=stays, words=self.words),)

    def _over(self, report: Report) -> Refusal:
        grading = report.grading
        if grading is None or grading.code == self.was:
            sentence = "This request was answered or withdrawn meanwhile. The grade stands."
        else:
            sentence = (
                f"{grading.by.name} graded this {grading.name} meanwhile. It stands: "
                "a lowering is asked for again, with a new THRIVE."
            )
        return Refusal("lowering/over", sentence)
