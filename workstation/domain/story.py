"""What anyone may add to a report at any time: notes, hazards, corrected notes, contacts."""

from typing import ClassVar, Literal, get_args

from msgspec.structs import replace

from workstation.domain.act import Command, Context, Decision, Event
from workstation.domain.entry import Entry, EntryKind
from workstation.domain.limits import LINE
from workstation.domain.news import with_news
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report, in_header
from workstation.domain.roles import ON_RECORDS, Role

HAZARDS_SHOWN = 20
HAZARD_EXCERPT = 160
Means = Literal["phone", "text", "e-mail", "letter", "in person"]
MEANS: tuple[Means, ...] = get_args(Means)
NOTE, HAZARD = "Note", "Hazard"
NOTE_CORRECTED, HAZARD_CORRECTED = "Note corrected", "Hazard corrected"


class NoteAdded(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Words for the log; a hazard stays pinned at its top."""

    text: str
    hazard: bool = False

    def evolve(self, report: Report) -> Report:
        return _pinned(report, self.text) if self.hazard else report

    def story(self) -> tuple[EntryKind, str, str]:
        if self.hazard:
            return EntryKind.HAZARD, HAZARD, self.text
        return EntryKind.NOTE, NOTE, self.text


class NoteCorrected(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A note instead of an earlier one, `note`, which stays readable; pinned hazards stay so."""

    note: str
    text: str
    hazard: bool = False

    def evolve(self, report: Report) -> Report:
        return _pinned(report, self.text) if self.hazard else report

    def story(self) -> tuple[EntryKind, str, str]:
        if self.hazard:
            return EntryKind.HAZARD, HAZARD_CORRECTED, self.text
        return EntryKind.NOTE, NOTE_CORRECTED, self.text

    def entry(self, id: str) -> Entry | None:
        made = super().entry(id)
        return None if made is None else replace(made, corrects=self.note)


class ContactLogged(Event, frozen=True, kw_only=True):
    """Somebody of the public was rung or written to, or it was tried."""

    who: str
    means: Means
    reached: bool
    words: str

    def evolve(self, report: Report) -> Report:
        """Who was reached may have said something that changes the risk."""
        if not self.reached:
            return report
        return with_news(report, self.at, self.by, f"{self.who} was spoken or written to"[:LINE])

    def story(self) -> tuple[EntryKind, str, str]:
        by = self.means if self.means == "in person" else f"by {self.means}"
        title = f"{self.who} reached {by}" if self.reached else f"{self.who} not reached {by}"
        return EntryKind.NOTE, title, self.words


class AddNote(Command, frozen=True, kw_only=True):
    """Add to the log of a report, whoever holds it and whatever its state."""

    text: str
    hazard: bool = False
    may: ClassVar[frozenset[Role]] = ON_RECORDS | {Role.STORE}

    def decide(self, report: Report, context: Context) -> Decision:
        """Only an empty note is refused."""
        if not self.text.strip():
            return Refusal("note/empty", "Write the note first.", "text")
        return (
            NoteAdded(
                stamp=context.stamp(report.id),
                text=self.text,
                hazard=self.hazard,
            ),
        )


class CorrectNote(Command, frozen=True, kw_only=True):
    """Write a note instead of one in the log, by the id of its line; nothing is ever edited."""

    note: str
    text: str
    hazard: bool = False
    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """Whoever wrote it and however late; two corrections of one note both stand."""
        if not self.note:
            return Refusal("note/which", "Choose the note that you correct.", "note")
        if not self.text.strip():
            return Refusal("note/empty", "Write what the note should say.", "text")
        return (
            NoteCorrected(
                stamp=context.stamp(report.id),
                note=self.note,
                text=self.text,
                hazard=self.hazard,
            ),
        )


class LogContact(Command, frozen=True, kw_only=True):
    """Log that somebody was rung or written to: who, by which means, whether they were reached."""

    who: str
    means: Means
    reached: bool
    words: str = ""
    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """Only a contact with nobody is refused."""
        if not self.who.strip():
            return Refusal("contact/who", "Say who was rung or written to.", "who")
        return (
            ContactLogged(
                stamp=context.stamp(report.id),
                who=self.who,
                means=self.means,
                reached=self.reached,
                words=self.words,
            ),
        )


def is_note(entry: Entry) -> bool:
    """Whether a line is words that somebody wrote for the log, and so may be corrected."""
    return entry.title in (NOTE, HAZARD, NOTE_CORRECTED, HAZARD_CORRECTED)


def _pinned(report: Report, hazard: str) -> Report:
    shown = in_header(hazard, HAZARD_EXCERPT)
    return replace(report, hazards=(*report.hazards, shown)[-HAZARDS_SHOWN:])
