"""THRIVE: the risk of a report, element by element, each assessment a version of its own.

Nothing found is never the same as no risk: *no risk found* is the handler's own statement.
"""

from datetime import datetime
from typing import ClassVar

import msgspec
from msgspec.structs import replace

from workstation.domain import earlier_contacts
from workstation.domain.act import Command, Context, Decision, Event
from workstation.domain.earlier_contacts import REPORTS_SHOWN
from workstation.domain.entry import EntryKind
from workstation.domain.initial_check import looked_at
from workstation.domain.judgement import LevelChange, Safeguard
from workstation.domain.pack import Pack
from workstation.domain.refusal import Refusal
from workstation.domain.report import EarlierContacts, Report, Thrive, in_header
from workstation.domain.roles import ON_RECORDS, Role
from workstation.domain.wording import has_words

LEAST_LETTERS = 2  # DA and OD are words


class RiskAssessed(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A THRIVE is on record."""

    levels: dict[str, str]
    words: dict[str, str]
    earlier: EarlierContacts
    no_risk_found: bool = False
    model: str = "THRIVE"
    again: bool = False
    changes: tuple[LevelChange, ...] = ()
    interim: str = ""
    rara: tuple[Safeguard, ...] = ()

    def evolve(self, report: Report) -> Report:
        number = report.thrive.number + 1 if report.thrive else 1
        thrive = Thrive(
            at=self.at,
            by=self.by,
            levels=self.levels,
            words={k: in_header(text) for k, text in self.words.items()},
            earlier=replace(self.earlier, reports=self.earlier.reports[:REPORTS_SHOWN]),
            number=number,
            no_risk_found=self.no_risk_found,
            changes=self.changes,
            interim=in_header(self.interim),
            rara=self.rara,
        )
        unknown = tuple(one for one in report.news if one.at > self.at)
        looked = looked_at(report, self.at, self.by)
        return replace(report, thrive=thrive, news=unknown, initial_check=looked)

    def story(self) -> tuple[EntryKind, str, str]:
        """What differs from the assessment before comes first."""
        model = f"RE-{self.model}" if self.again else self.model
        title = f"{model}: no risk found" if self.no_risk_found else f"{model} assessed"
        told = [difference(self.changes)] if self.again else []
        told.append(" · ".join(f"{key} {level}" for key, level in self.levels.items()))
        told += [f"{key}: {text}" for key, text in self.words.items() if text]
        if self.interim:
            told.append(f"Before officers arrive: {self.interim}")
        if self.rara:
            told.append(f"Safeguarding: {', '.join(self.rara)}")
        return EntryKind.DECISION, title, "\n".join([*told, *_checked(self.earlier)])


def difference(changes: tuple[LevelChange, ...]) -> str:
    """An assessment against the one before, in words."""
    told = " · ".join(f"{one.element} {one.was} → {one.now}" for one in changes)
    return told or "No level changed"


class AssessRisk(Command, frozen=True, kw_only=True):
    """Assess the six elements, or state in one key that no risk was found."""

    levels: dict[str, str]
    words: dict[str, str] = msgspec.field(default_factory=dict)
    answered: tuple[str, ...] = ()
    earlier: EarlierContacts | None = None
    no_risk_found: bool = False
    interim: str = ""
    rara: tuple[Safeguard, ...] = ()
    unworded: bool = False
    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """Every element has a level of the pack; a repeat or marked risk stops the fast path."""
        if self.earlier is None:
            sentence = "The check for earlier contacts was not made. Open the report again."
            return Refusal("thrive/earlier", sentence, "earlier")
        earlier = earlier_contacts.recorded(self.earlier, report, context.pack)
        refusal = self._fast_path(report, context.pack, earlier) if self.no_risk_found else None
        named = {*self.levels, *self.words}
        refusal = refusal or _levels_refused(self.levels, named, context.pack)
        refusal = refusal or self._words_owed(context.pack)
        refusal = refusal or self._interim_owed(report, context.at)
        if refusal is not None:
            return refusal
        before = report.thrive.levels if report.thrive is not None else {}
        return (
            RiskAssessed(
                stamp=context.stamp(report.id),
                levels=self.levels,
                words=self.words,
                earlier=earlier,
                no_risk_found=self.no_risk_found,
                model=context.pack.thrive_model,
                again=report.thrive is not None,
                changes=_changes(before, self.levels, context.pack),
                interim=self.interim,
                rara=self.rara,
            ),
        )

    def _words_owed(self, pack: Pack) -> Refusal | None:
        """The most serious level of an element is never a bare letter (rows A2.1, A2.6)."""
        if self.unworded:
            return None
        for element in pack.thrive:
            level = self.levels[element.key]
            said = self.words.get(element.key, "")
            if level == element.levels[-1] and not has_words(said, LEAST_LETTERS):
                sentence = f"Say in words why {element.name} is {level}."
                return Refusal("thrive/words", sentence, f"thrive.{element.key}")
        return None

    def _interim_owed(self, report: Report, at: datetime) -> Refusal | None:
        """Where officers are on their way: what may happen until then, and what is done.

        A grade that sends them overtakes the THRIVE it was made by: that one knew of nobody.
        """
        if self.unworded or self.no_risk_found or not is_awaited(report):
            return None
        if report.grading is not None and at < report.grading.at:
            return None
        if not has_words(self.interim):
            sentence = "Say what could happen before officers arrive."
            return Refusal("thrive/interim", sentence, "interim")
        if not self.rara:
            sentence = "Choose what is done about it: remove, avoid, reduce or accept."
            return Refusal("thrive/rara", sentence, "interim")
        return None

    def _fast_path(self, report: Report, pack: Pack, earlier: EarlierContacts) -> Refusal | None:
        if self.levels != lowest_levels(pack):
            sentence = "“No risk found” means the lowest level of each element."
            return Refusal("thrive/levels", sentence, "thrive")
        open_words = [m.words for m in report.marked if m.words not in self.answered]
        if open_words:
            sentence = f"“{open_words[0]}” may speak of risk. Assess the six elements instead."
            return Refusal("thrive/marked", sentence, "thrive")
        if report.hazards:
            sentence = f"“{report.hazards[-1]}” is pinned as a hazard. Assess the six elements."
            return Refusal("thrive/hazard", sentence, "thrive")
        if report.flags:
            sentence = f"“{report.flags[-1].name}” is flagged. Assess the six elements."
            return Refusal("thrive/flag", sentence, "thrive")
        if report.raised:
            sentence = f"“{report.raised[-1].words}” was answered. Assess the six elements."
            return Refusal("thrive/answer", sentence, "thrive")
        if report.happening_now:
            return Refusal("thrive/now", "It is happening now. Assess the six elements.", "thrive")
        if earlier.count or earlier.vulnerable:
            sentence = "There are earlier contacts. Assess the six elements instead."
            return Refusal("thrive/repeat", sentence, "thrive")
        return None


def _checked(earlier: EarlierContacts) -> list[str]:
    """The result of the check as the log tells it, and where was looked."""
    if not earlier.searched:  # a desk of an earlier release says only how many
        return [f"Earlier contacts on screen: {earlier.count}"]
    where = earlier_contacts.where_in_words(earlier)
    said = earlier_contacts.contradiction(earlier)
    line = f"Checked for earlier contacts: {earlier_contacts.in_words(earlier)} ({where})"
    return [line, said] if said else [line]


def is_awaited(report: Report) -> bool:
    """Whether officers are to come to it and somebody may still come to harm before they do."""
    grading = report.grading
    return report.is_open and grading is not None and grading.sends_officers


def _changes(
    before: dict[str, str], levels: dict[str, str], pack: Pack
) -> tuple[LevelChange, ...]:
    pairs = ((e.name, before.get(e.key, ""), levels.get(e.key, "")) for e in pack.thrive)
    return tuple(LevelChange(name, was, now) for name, was, now in pairs if was and was != now)


def lowest_levels(pack: Pack) -> dict[str, str]:
    """The first level of each element, as *no risk found* records them."""
    return {element.key: element.levels[0] for element in pack.thrive}


def _levels_refused(levels: dict[str, str], named: set[str], pack: Pack) -> Refusal | None:
    for element in pack.thrive:
        if element.key not in levels:
            return Refusal("thrive/incomplete", f"Set {element.name}.", f"thrive.{element.key}")
        if levels[element.key] not in element.levels:
            allowed = ", ".join(element.levels)
            sentence = f"{element.name} is one of {allowed}."
            return Refusal("thrive/level", sentence, f"thrive.{element.key}")
    unknown = named - {element.key for element in pack.thrive}
    if unknown:
        return Refusal("thrive/element", f"There is no element {sorted(unknown)[0]}.", "thrive")
    return None
