"""Words begun and not submitted: kept on this PC, whoever holds the report now."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from PySide6.QtCore import Signal

from workstation.cache.columns import title_of
from workstation.cache.drafts import Draft
from workstation.cache.parcel import CONTACT
from workstation.desk.attention import SETTLING
from workstation.desk.finding import Finding
from workstation.desk.sendable import readable
from workstation.desk.shown import BegunCall, UnsavedWords, Unsent
from workstation.desk.stock import Fittings, Stock
from workstation.desk.unsent import unsent
from workstation.domain.pack import Pack
from workstation.domain.report import ReportId
from workstation.domain.roles import Person

_CHOICES = ("thrive", "choice.")
RELEASE = ReportId("release")
TOLD = "told_by_voice"
_ELSEWHERE = (SETTLING, "release.", TOLD)
_NAMES = {
    "note": "",
    "grade.reason": "Why this grade",
    "grade.where": "Where officers are to go",
    "grade.unknown": "Why the place is unknown",
    "emergency.why": "Why officers are needed now",
    "emergency.where": "Where officers are to go",
    "emergency.unknown": "Why the place is unknown",
    "redirect.message": "Message to the reporter",
    "redirect.agency": "Other agency",
    "not_crime.explanation": "Why this is not a crime",
    "not_crime.advice": "What they can do",
    "not_crime.agency": "Who can help",
    "imu.facts": "Facts for the IMU",
    "crime.when": "When it happened",
    "close.reason": "Why it is closed",
    "closing.reason": "Why it is closed",
    "close.told": "Was the caller told",
    "close.when": "When the caller was told",
    "close.by": "Who told the caller",
    "duplicate.told": "Was the caller told",
    "duplicate.when": "When the caller was told",
    "duplicate.by": "Who told the caller",
    "closing.told_at": "When the caller was told",
    "closing.told_by": "Who told the caller",
    "closing.caller_told": "Was the caller told",
    "repeats.told_at": "When the caller was told",
    "repeats.told_by": "Who told the caller",
    "repeats.caller_told": "Was the caller told",
    "reopen.reason": "What is new",
    "reopening.reason": "What is new",
    "ask.question": "What a supervisor should look at",
    "giving.reason": "Why it moves",
    "offering.reason": "Why it is offered",
    "declining.word": "A word on declining it",
    "flagging.reason": "Why it is flagged",
    "clearing.reason": "Why a flag no longer holds",
    "facts.unknown": "Why the place is unknown",
    "contacting.who": "Who was rung or written to",
    "contacting.words": "What was said",
    "answering.words": "Why a grade is lowered or stays",
    "reaching.not_when": "When they may not be reached",
    "reaching.hidden_from": "Who must not hear of it",
    "reaching.needs": "What is needed to reach them",
    "reaching.why": "Who said how they may be reached",
    "caring.told": "What the caller was told about attendance",
    "checking.found": "Voice check",
    TOLD: "Told by voice",
}


class Drafting(Finding):
    """The part of a desk that keeps what is being typed.

    Signals: `drafts_wanted` (keep now what waits to be kept), `drafts_changed` (an id: words of
    that report went elsewhere than from their own control), `draft_saved` (a datetime;
    None: nothing is left to save), `draft_not_saved` (a sentence), `closing` (nothing is kept
    after it).
    """

    drafts_wanted = Signal()
    drafts_changed = Signal(object)
    draft_saved = Signal(object)
    draft_not_saved = Signal(str)
    closing = Signal()

    def __init__(self, stock: Stock, fittings: Fittings, person: Person, pack: Pack) -> None:
        super().__init__(stock, fittings, person, pack)
        self.left_behind: set[ReportId] = set()  # a bar asks about somebody else's emergency

    def save_draft(
        self, report: ReportId, field: str, text: str, base: str = ""
    ) -> datetime | None:
        """Keep what is being typed; `base` is what stood before it."""
        return self.save_drafts(report, {field: (text, base)})

    def save_drafts(
        self, report: ReportId, typed: Mapping[str, tuple[str, str]]
    ) -> datetime | None:
        """The same of several fields: what is typed and what stood before it, by field.

        When everything typed at this desk was on disk. None: some of it is not, which is told; it
        is kept here meanwhile, whatever report is on screen, and tried again every second.
        """
        now, known = self.clock.now(), self._overlay.report(report)
        fence = known.fence if known is not None else -1
        made = [
            Draft(report, field, readable(text), now, now, base, fence)
            for field, (text, base) in typed.items()
        ]
        self._hold(made)
        return self._tell_words(now)

    def _hold(self, made: Iterable[Draft]) -> None:
        self._stock.drafts.hold(made)
        self._stock.unsaved.do(self._stock.drafts.save_held)

    def _tell_words(self, at: datetime | None) -> datetime | None:
        """Never are they called saved while any are not, of whatever report they are."""
        if self._stock.drafts.held():
            self.draft_not_saved.emit(self._stock.unsaved.trouble)
            return None
        self.draft_saved.emit(at)
        return at

    def draft(self, report: ReportId, field: str) -> Draft | None:
        """What was being typed."""
        return self._stock.drafts.one(report, field)

    def drafts(self, report: ReportId) -> list[Draft]:
        """Everything that was being typed on a report."""
        return self._stock.drafts.of(report)

    def put_back(self, drafts: Iterable[Draft]) -> None:
        """They were thrown away, and are wanted after all."""
        self._hold(drafts)

    def rebase_draft(self, report: ReportId, field: str, base: str) -> None:
        """The person has seen what stands now and still means to change it."""
        self._stock.unsaved.do(lambda: self._stock.drafts.rebase(report, field, base))

    def drop_draft(self, report: ReportId, *fields: str) -> None:
        """They were submitted or thrown away."""
        if not fields:
            return
        kept = self._stock.drafts
        was_held = kept.held()
        kept.let_go(report, fields)
        self._stock.unsaved.do(lambda: kept.drop_gone(report, fields))
        if was_held and not kept.held():
            self._tell_words(None)

    def on_page(self, report: ReportId) -> list[Draft]:
        """What was begun on the report's own page: words and choices."""
        return [one for one in self.drafts(report) if not one.field.startswith(_ELSEWHERE)]

    def unsaved_words(self) -> tuple[UnsavedWords, ...]:
        """What was typed here and is not on the disk yet, the oldest first."""
        return tuple(self._unsaved_words(one) for one in self._stock.drafts.held())

    def _unsaved_words(self, draft: Draft) -> UnsavedWords:
        known = self._overlay.report(draft.report)
        return UnsavedWords(
            name=_NAMES.get(draft.field, _spoken(draft.field)) or "Note",
            reference=known.reference if known is not None else "",
            title=title_of(known) if known is not None else "",
            text="" if draft.field.startswith(_CHOICES) else draft.text,
            begun_at=draft.begun_at,
        )

    def unsent(self) -> dict[ReportId, datetime]:
        """The reports with words that were begun here and not sent, and since when."""
        found: dict[ReportId, datetime] = {}
        for draft in self._stock.drafts.everything():
            if _is_words(draft) or self._is_told_of_nothing(draft):
                found.setdefault(draft.report, draft.begun_at)
        return found

    def begun_call(self) -> BegunCall | None:
        """The contact that was begun here and is not on record, where any word of it is typed."""
        words = [one for one in self.drafts(CONTACT) if _is_typed(one)]
        if not words:
            return None
        words.sort(key=lambda one: one.field != "account")
        return BegunCall(min(one.begun_at for one in words), words[0].text)

    def unsent_elsewhere(self) -> tuple[Unsent, ...]:
        """Words begun here on reports that this person has no more, the oldest first."""
        found = (self.unsent_on(id) for id in self.unsent())
        return tuple(one for one in found if one is not None)

    def unsent_on(self, id: ReportId) -> Unsent | None:
        """Such words on one report."""
        drafts = [one for one in self.drafts(id) if _is_words(one)]
        told = [one for one in self.drafts(id) if self._is_told_of_nothing(one)]
        report = self._overlay.report(id)
        is_filling = report is None and self._stock.shelf.standing().scanning
        if not (drafts or told) or is_filling:
            return None
        return unsent(id, report, drafts, told, self.person.id, _text, self.last_move(id))

    def asked_of(self, id: ReportId) -> list[Draft]:
        """All that goes where its author discards what is asked of a report: choices, too."""
        asked = self.unsent_on(id)
        fields = asked.fields if asked is not None else ()
        wanted = [one for one in self.drafts(id) if one.field in fields]
        page = self.on_page(id)
        if not any(one in page for one in wanted):
            return wanted
        return [*page, *(one for one in wanted if one not in page)]

    def _is_told_of_nothing(self, draft: Draft) -> bool:
        """Whom dispatch was told through, where no bar asks for that any more."""
        if draft.field != TOLD or not draft.text.strip() or draft.report in self.left_behind:
            return False
        return all(one.report != draft.report for one in self.unconfirmed())


def _is_typed(draft: Draft) -> bool:
    """Whether it is words of a contact: not its channel, nor the id it will have."""
    return (
        draft.field != "contact"
        and not draft.field.startswith(_CHOICES)
        and bool(draft.text.strip())
    )


def _is_words(draft: Draft) -> bool:
    other = draft.field.startswith(_CHOICES + _ELSEWHERE) or draft.report == CONTACT
    return not other and bool(draft.text.strip() or draft.base)


def _text(drafts: Collection[Draft]) -> str:
    """All of it as one note: a note as it was typed, every other field under its name."""
    named = [(_NAMES.get(one.field, _spoken(one.field)), one.text) for one in drafts]
    named.sort(key=lambda one: bool(one[0]))
    return "\n".join(f"{name}: {text}" if name else text for name, text in named)


def _spoken(field: str) -> str:
    words = field.partition(".")[2] or field
    return words[:1].upper() + words[1:].replace("_", " ")
