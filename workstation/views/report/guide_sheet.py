"""What is begun of a guide and not logged yet, and what the log has of it already.

Begun answers are kept as words a person can read: they may end up as a note. Under the words of
each question: an answer stands for what was asked, never for what the force asks instead.
"""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from workstation.desk import ShownEntry
from workstation.domain.guide import Guide
from workstation.views.due import moment
from workstation.views.literal import literal

SAID_BY, READ_OUT = "Said by: ", "Read out: "


class Sheet(QObject):
    """The answers begun for one guide, the advice ticked, and who answers.

    `rest`: what was begun and fits no question or advice of the guide as it is now.
    """

    edited = Signal()

    def __init__(self, guide: Guide, parent: QObject) -> None:
        super().__init__(parent)
        self.guide = guide
        self.answers: dict[str, str] = {}
        self.advised: dict[str, None] = {}
        self.said_by = self.rest = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to log."""
        return not self.answers and not self.advised and not self.rest.strip()

    def follow(self, guide: Guide) -> None:
        """Go on with the guide as it is now; no word of what is begun goes."""
        if guide != self.guide:
            begun, self.guide = self.text(), guide
            self.set_text(begun)

    def answer(self, question: str, words: str) -> None:
        """The person gave this answer; no words take it back."""
        self.answers.pop(question, None)
        if words.strip():
            self.answers[question] = words
        self.edited.emit()

    def tick(self, line: str, is_said: bool) -> None:
        """The person read this advice out, or takes the tick back."""
        self.advised.pop(line, None)
        if is_said:
            self.advised[line] = None
        self.edited.emit()

    def name(self, said_by: str) -> None:
        """The person says who answers."""
        self.said_by = said_by
        self.edited.emit()

    def keep_rest(self, words: str) -> None:
        """The person changes or clears what fits no question."""
        self.rest = words
        self.edited.emit()

    def text(self) -> str:
        """All of it in words; nothing where nothing is begun."""
        lines = [
            f"{question.ask} {self.answers[question.id]}".replace("\n", " ")
            for question in self.guide.questions
            if question.id in self.answers
        ]
        advice = (line for line in self.guide.advice if line.id in self.advised)
        lines += [f"{READ_OUT}{line.words}" for line in advice]
        lines += [self.rest] if self.rest else []
        lines += [f"{SAID_BY}{self.said_by}"] if self.said_by else []
        return "\n".join(lines)

    def set_text(self, text: str) -> None:
        """Take up what was begun before; no edit is told."""
        self.answers, self.advised, self.said_by = {}, {}, ""
        unknown = [line for line in text.split("\n") if not self._take_up(line)]
        self.rest = "\n".join(unknown).strip()

    def _take_up(self, line: str) -> bool:
        """Whether it has a place in the guide, or says who answers."""
        if line.startswith(SAID_BY):
            self.said_by = line.removeprefix(SAID_BY)
            return True
        read_out = (one for one in self.guide.advice if line == READ_OUT + one.words)
        if (advice := next(read_out, None)) is not None:
            self.advised[advice.id] = None
            return True
        return self._take_answer(line)

    def _take_answer(self, line: str) -> bool:
        """Only under the very words of a question, and as one of its choices."""
        unanswered = (one for one in self.guide.questions if one.id not in self.answers)
        asked = [one for one in unanswered if line.startswith(f"{one.ask} ")]
        question = max(asked, key=lambda one: len(one.ask), default=None)
        if question is None:
            return False
        words = line.removeprefix(f"{question.ask} ")
        if question.choices and words not in question.choices:
            return False
        self.answers[question.id] = words
        return True


class Told(Struct, frozen=True):
    """One answer in the log: what, told by whom, asked by whom and when, in which line."""

    words: str
    said_by: str
    asked_by: str
    at: datetime
    entry: str
    pending: bool

    def in_words(self, now: datetime) -> str:
        """The answer with where it is from."""
        by = self.said_by or "nobody named"
        parts = [f"{self.words[:1].upper()}{self.words[1:]}", f"said by {by}"]
        parts.append(f"asked by {self.asked_by}, {moment(self.at, now)}")
        parts += ["not yet confirmed"] if self.pending else []
        return literal(" \N{MIDDLE DOT} ".join(parts))


class History(Struct, frozen=True):
    """What the log has of one guide: answers by question, the newest last, and advice by line."""

    answers: dict[str, tuple[Told, ...]] = {}
    advised: dict[str, Told] = {}
    newest: Told | None = None

    def given(self) -> dict[str, str]:
        """The answer to each question that stands now."""
        return {id: told[-1].words for id, told in self.answers.items()}


def history_of(guide: str, entries: Iterable[ShownEntry]) -> History:
    """What these lines of the log say of a guide, in the order it was said."""
    answers: dict[str, tuple[Told, ...]] = {}
    advised: dict[str, Told] = {}
    newest: Told | None = None
    mine = [one for one in entries if one.entry.guide == guide]
    for one in sorted(mine, key=lambda one: one.entry.at):
        entry = one.entry
        for given in entry.given:
            newest = _told(one, given.words)
            answers[given.question] = (*answers.get(given.question, ()), newest)
        for line in entry.advised:
            newest = advised[line] = _told(one, "")
    return History(answers, advised, newest)


def _told(one: ShownEntry, words: str) -> Told:
    entry = one.entry
    return Told(words, entry.said_by, entry.by.name, entry.at, entry.id, one.pending)
