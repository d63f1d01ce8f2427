"""What is begun of a guide and not logged yet, and what the log has of it already.

Begun answers are kept as words a person can read: they may end up as a note.
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
    """The answers begun for one guide, the advice ticked, and who answers."""

    edited = Signal()

    def __init__(self, guide: Guide, parent: QObject) -> None:
        super().__init__(parent)
        self.guide = guide
        self.answers: dict[str, str] = {}
        self.advised: dict[str, None] = {}
        self.said_by = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to log."""
        return not self.answers and not self.advised

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

    def text(self) -> str:
        """All of it in words; nothing where nothing is begun."""
        lines = [
            f"{question.ask} {self.answers[question.id]}"
            for question in self.guide.questions
            if question.id in self.answers
        ]
        advice = (line for line in self.guide.advice if line.id in self.advised)
        lines += [f"{READ_OUT}{line.words}" for line in advice]
        lines += [f"{SAID_BY}{self.said_by}"] if self.said_by else []
        return "\n".join(lines)

    def set_text(self, text: str) -> None:
        """Take up what was begun before; no edit is told."""
        self.answers, self.advised, self.said_by = {}, {}, ""
        for line in text.split("\n"):
            self._take_up(line)

    def _take_up(self, line: str) -> None:
        if line.startswith(SAID_BY):
            self.said_by = line.removeprefix(SAID_BY)
            return
        for advice in self.guide.advice:
            if line == READ_OUT + advice.words:
                self.advised[advice.id] = None
                return
        asked = [q for q in self.guide.questions if line.startswith(f"{q.ask} ")]
        if asked:
            question = max(asked, key=lambda one: len(one.ask))
            self.answers[question.id] = line.removeprefix(f"{question.ask} ")


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
