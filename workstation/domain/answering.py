"""Answers to a guide's questions, and advice read out: added at any time, by anybody on records.

Answers add up: a later one stands beside the earlier, both in the log with who asked, when, and
who said so. An answer may set a flag and is remembered as bearing on risk; none takes either away.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import ClassVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from workstation.domain.act import Command, Context, Decision, Event
from workstation.domain.answered import Answered, Raised, Settled, settled_of
from workstation.domain.entry import Entry, EntryKind, Given
from workstation.domain.flagging import FlagSet
from workstation.domain.guide import NOT_KNOWN, AdviceLine, Guide, Question
from workstation.domain.pack import Pack
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report, in_header
from workstation.domain.roles import ON_RECORDS, Role
from workstation.domain.typed import is_false_birth

RAISED_SHOWN, RAISED_WHERE_FULL = 8, 2
ANSWERED_BYTES = 4 * 1024
LATER = "; later: "
NO_GUIDE = Refusal("guide/unknown", "This force has no such question set: choose one.", "guide")


class AnswerGiven(Struct, frozen=True, omit_defaults=True):
    """A question as it was asked, its answer, and in a few words why it bears on risk, if so.

    `settles`: a hard rule of the force asked for it.
    """

    question: str
    ask: str
    words: str
    short: str = ""
    settles: bool = False


class QuestionsAnswered(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Questions of a guide were asked and answered."""

    guide: str
    name: str
    answers: tuple[AnswerGiven, ...]
    said_by: str = ""

    def evolve(self, report: Report) -> Report:
        before = report.answered_of(self.guide)
        asked = before.questions if before is not None else ()
        now = tuple(dict.fromkeys((*asked, *(one.question for one in self.answers))))
        made = Answered(
            at=self.at,
            by=self.by,
            guide=self.guide,
            name=self.name,
            asked=max(before.asked if before is not None else 0, len(now)),
            questions=now,
            raised=_raised(before.raised if before is not None else (), self.answers),
            advised=before.advised if before is not None else (),
        )
        return replace(_with(report, made), settled=self._settled(report))

    def _settled(self, report: Report) -> tuple[Settled, ...]:
        settled = {(one.guide, one.question): one for one in report.settled}
        for one in self.answers:
            if one.settles:
                settled[self.guide, one.question] = Settled(
                    at=self.at,
                    by=self.by,
                    guide=self.guide,
                    question=one.question,
                    words=in_header(one.words),
                )
        return tuple(settled.values())

    def story(self) -> tuple[EntryKind, str, str]:
        count = "1 answer" if len(self.answers) == 1 else f"{len(self.answers)} answers"
        told = [f"{one.ask} {_capital(one.words)}" for one in self.answers]
        said = [f"Said by {self.said_by}"] if self.said_by else []
        return EntryKind.DECISION, f"Questions, {self.name}: {count}", "\n".join([*told, *said])

    def entry(self, id: str) -> Entry | None:
        """The line carries the answers, so that any desk can show who said what when."""
        made = super().entry(id)
        given = tuple(Given(one.question, one.words) for one in self.answers)
        if made is None:
            return None
        return replace(made, guide=self.guide, given=given, said_by=self.said_by)


class AdviceGiven(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Advice was read out, in these words."""

    guide: str
    name: str
    lines: tuple[AdviceLine, ...]
    told: str = ""

    def evolve(self, report: Report) -> Report:
        before = report.answered_of(self.guide)
        read = before.advised if before is not None else ()
        lines = tuple(dict.fromkeys((*read, *(line.id for line in self.lines))))
        if before is not None:
            return _with(report, replace(before, at=self.at, by=self.by, advised=lines))
        made = Answered(at=self.at, by=self.by, guide=self.guide, name=self.name, advised=lines)
        return _with(report, made)

    def story(self) -> tuple[EntryKind, str, str]:
        to = [f"To {self.told}"] if self.told else []
        words = "\n".join([*(line.words for line in self.lines), *to])
        return EntryKind.DECISION, f"Advice given: {self.name}", words

    def entry(self, id: str) -> Entry | None:
        made = super().entry(id)
        lines = tuple(line.id for line in self.lines)
        return None if made is None else replace(made, guide=self.guide, advised=lines)


class AnswerQuestions(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Log answers to questions of a guide, and who gave them."""

    guide: str
    answers: tuple[Given, ...]
    said_by: str = ""
    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """Whoever holds it, however late; refused only where the record would be false."""
        guide = context.pack.guide_by_id.get(self.guide)
        if guide is None:
            return NO_GUIDE
        if not self.answers:
            return Refusal("answers/none", "Answer a question first.", "answers")
        for one in self.answers:
            if (refusal := _refused(guide, one, context)) is not None:
                return refusal
        return (self._answered(guide, report, context), *self._flags(guide, report, context))

    def _answered(self, guide: Guide, report: Report, context: Context) -> Event:
        asked = ((question, one) for one in self.answers if (question := _of(guide, one)))
        return QuestionsAnswered(
            stamp=context.stamp(report.id),
            guide=guide.id,
            name=guide.name,
            answers=tuple(
                AnswerGiven(
                    q.id,
                    q.ask,
                    one.words,
                    q.short if one.words in q.raises else "",
                    _settles(guide, q, one.words, report, context),
                )
                for q, one in asked
            ),
            said_by=self.said_by,
        )

    def _flags(self, guide: Guide, report: Report, context: Context) -> tuple[Event, ...]:
        """The flags that the answers set, each once, where they do not stand yet."""
        found: dict[str, str] = {}
        for one in self.answers:
            question = _of(guide, one)
            if question is not None and question.flag and one.words in question.raises:
                found.setdefault(question.flag, f"{guide.name}: {question.short}")
        stamp, kinds = context.stamp(report.id), context.pack.flag_by_id
        return tuple(
            FlagSet(stamp=stamp, flag=id, name=kinds[id].name, reason=why)
            for id, why in found.items()
            if id in kinds and report.flag(id) is None
        )


class GiveAdvice(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Log which advice of a guide was read out, and to whom."""

    guide: str
    lines: tuple[str, ...]
    told: str = ""
    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """Whoever holds it, however late; twice is logged twice."""
        guide = context.pack.guide_by_id.get(self.guide)
        if guide is None:
            return NO_GUIDE
        lines = [guide.advice_line(id) for id in self.lines]
        known = tuple(line for line in lines if line is not None)
        if not known or len(known) < len(lines):
            return Refusal("advice/lines", "Tick what was read out, of this guide.", "lines")
        stamp = context.stamp(report.id)
        return (
            AdviceGiven(stamp=stamp, guide=guide.id, name=guide.name, lines=known, told=self.told),
        )


def _of(guide: Guide, one: Given) -> Question | None:
    return guide.question(one.question)


def _refused(guide: Guide, one: Given, context: Context) -> Refusal | None:
    question, field = _of(guide, one), f"answers.{one.question}"
    if question is None:
        return Refusal("answers/question", f"“{one.question}” is no question of it.", "answers")
    if not one.words.strip():
        return Refusal("answers/empty", "Give the answer, or leave it unasked.", field)
    if question.choices and one.words not in question.choices:
        allowed = ", ".join(question.choices)
        return Refusal("answers/choice", f"“{question.ask}” is answered by: {allowed}.", field)
    if question.kind == "birth-date" and is_false_birth(one.words, context.now):
        return Refusal("answers/birth", "Nobody was born after today. Ask again.", field)
    return None


def _settles(
    guide: Guide, question: Question, words: str, report: Report, context: Context
) -> bool:
    """Whether a hard rule rests on this answer from now on.

    A choice is settled by choosing. One less serious than what stands counts where its author
    had read that: of two who judged apart from each other, the more careful stands.
    """
    asks = context.pack.rests_on(guide.id, question.id)
    if not asks and not context.pack.heeds(guide.id, question.id):
        return False
    if asks and question.choices and words == NOT_KNOWN:
        return False
    stands = settled_of(report.settled, guide.id, question.id)
    if stands is None or question.rank(words) <= question.rank(stands.words):
        return True
    seen = context.seen.get(report.id, report.version)
    return not report.changed_by_others_since(seen, context.who.id)


def _raised(before: tuple[Raised, ...], answers: tuple[AnswerGiven, ...]) -> tuple[Raised, ...]:
    """What was once told stays, with what was said later; of many, the first are kept."""
    raised = {one.question: one for one in before}
    for one in answers:
        if one.short:
            raised[one.question] = Raised(one.question, one.short)
        elif one.question in raised:
            was = raised[one.question].words.partition(LATER)[0]
            raised[one.question] = Raised(one.question, f"{was}{LATER}{one.words[:16]}")
    return tuple(raised.values())[:RAISED_SHOWN]


def _with(report: Report, made: Answered) -> Report:
    others = tuple(one for one in report.answered if one.guide != made.guide)
    return replace(report, answered=_fitting((*others, made)))


def _fitting(answered: tuple[Answered, ...]) -> tuple[Answered, ...]:
    """Where the header has no room, the guide worked longest ago keeps its count and its risks."""
    for at, one in enumerate(answered):
        if len(msgspec.json.encode(answered)) <= ANSWERED_BYTES:
            break
        slim = replace(one, questions=(), advised=(), raised=one.raised[:RAISED_WHERE_FULL])
        answered = (*answered[:at], slim, *answered[at + 1 :])
    return answered


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


class Suggested(Struct, frozen=True):
    """A guide that something of the report speaks for, and what."""

    guide: Guide
    why: str


SURE = ("by the form", "by a flag", "by the crime")


def suggested(
    report: Report, pack: Pack, day: date, read: Mapping[str, Collection[str]]
) -> tuple[Suggested, ...]:
    """The guides that the report's form, flags, crimes, words or marks speak for, in that order.

    `read`: what was found in the words, the likeliest first, and by which. None suggested is not
    the same as nothing to ask.
    """
    flags = [flag.id for flag in report.flags]
    offences = [crime.offence for crime in report.crimes]
    marks = [marked.kind for marked in report.marked]
    found = [
        Suggested(guide, "; ".join(reasons))
        for guide in pack.guides
        if guide.is_in_force(day)
        and (reasons := list(guide.suits_by(report.form, flags, offences, marks, read)))
    ]
    names = tuple(read)

    def place(one: Suggested) -> tuple[bool, int]:
        told = [names.index(name) for name in one.guide.suits.read if name in names]
        return not one.why.startswith(SURE), min(told, default=len(names))

    return tuple(sorted(found, key=place))
