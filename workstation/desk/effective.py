"""Effective = confirmed with this person's pending commands applied by the shared rules.

A pending command leaves the overlay only when the cache is at or past the place of its effect, so
that no screen ever falls back to an older state for a moment. One on which a rule breaks here only
waits: it is sent as it is, and the others stand.
"""

import logging
from collections.abc import Iterable

from workstation.cache import columns
from workstation.cache.confirmed import CacheDamaged, Standing
from workstation.cache.outbox import Kept
from workstation.cache.parcel import CommandId, Envelope
from workstation.cache.shelf import Shelf
from workstation.desk.shown import Stage
from workstation.domain import decider
from workstation.domain.act import Command, Context, Decision
from workstation.domain.entry import Entry
from workstation.domain.pack import Pack
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report, ReportId
from workstation.domain.roles import Person

log = logging.getLogger("workstation.desk")


class Overlay:
    """The reports that pending commands touch, as they will be."""

    def __init__(self, shelf: Shelf, person: Person, pack: Pack) -> None:
        self._shelf = shelf
        self._person = person
        self.pack = pack
        self._reports: dict[ReportId, Report] = {}
        self._entries: dict[ReportId, list[Entry]] = {}
        self._waiting: dict[ReportId, list[str]] = {}
        self._broken: set[CommandId] = set()

    def rebuild(self, kept: Iterable[Kept]) -> frozenset[ReportId]:
        """Replay everything pending; returns the reports that were or are in the overlay.

        Where the cache turns out to be damaged, what stood on screen stays: no word goes from it.
        """
        before = frozenset(self._reports) | frozenset(self._waiting)
        was = self._reports, self._entries, self._waiting
        self._reports, self._entries, self._waiting = {}, {}, {}
        try:
            standing = self._shelf.standing()
            for one in kept:
                if not self._has_arrived(one, standing):
                    self._replay(one)
        except CacheDamaged:
            self._reports, self._entries, self._waiting = was
            raise
        return before | frozenset(self._reports) | frozenset(self._waiting)

    def add(self, one: Kept) -> frozenset[ReportId]:
        """Replay one more command; returns the reports it touches."""
        self._replay(one)
        return frozenset(one.envelope.command.reports())

    def decide(self, command: Command, envelope: Envelope) -> Decision:
        """What the rules say of a command in the state that is in effect."""
        return self._decided(command, envelope, self._states(command))

    def _decided(
        self, command: Command, envelope: Envelope, states: dict[ReportId, Report]
    ) -> Decision:
        context = Context(
            who=self._person,
            at=envelope.made_at,
            pack=self.pack,
            workstation=envelope.workstation,
            seen=envelope.seen,
            reports=states,
            fence=envelope.fence,
        )
        return decider.decide(states.get(command.report), command, context)

    def report(self, id: ReportId) -> Report | None:
        """The report in effect."""
        return self._reports.get(id) or self._shelf.report(id)

    def confirmed(self, id: ReportId) -> Report | None:
        """The report as the store last said."""
        return self._shelf.report(id)

    def reports(self, ids: list[ReportId]) -> dict[ReportId, Report]:
        """These reports in effect, those that are here."""
        plain = [id for id in ids if id not in self._reports]
        mine = {id: self._reports[id] for id in ids if id in self._reports}
        return self._shelf.reports(plain) | mine

    def pending(self) -> Iterable[Report]:
        """The reports that pending commands touch, as they will be."""
        return self._reports.values()

    def entries(self, id: ReportId) -> list[Entry]:
        """The lines that pending commands add to a report's story."""
        return self._entries.get(id, [])

    def waiting(self, id: ReportId) -> tuple[str, ...]:
        """The commands on this report without an outcome."""
        return tuple(self._waiting.get(id, ()))

    def stage(self, id: ReportId) -> Stage:
        """The honest word for where this report's newest state is."""
        if self._waiting.get(id):
            return "on this desk"
        return "sent" if id in self._reports else "confirmed"

    def row(self, id: ReportId) -> columns.Columns | None:
        """The effective row of a report in the overlay."""
        report = self._reports.get(id)
        return None if report is None else columns.columns(report, self.pack, b"", 0)

    def rows(self) -> list[columns.Columns]:
        """The effective rows of every report in the overlay."""
        return [columns.columns(r, self.pack, b"", 0) for r in self._reports.values()]

    def _has_arrived(self, one: Kept, standing: Standing) -> bool:
        if one.outcome is not None:
            if one.outcome.position <= standing.position or one.outcome.word == "refused":
                return True
            if versions := one.outcome.versions:
                seen = self._shelf.reports(list(versions))
                return all(id in seen and seen[id].version >= v for id, v in versions.items())
        return self._shelf.has_entry(f"{one.envelope.command_id}:0")

    def _states(self, command: Command) -> dict[ReportId, Report]:
        return self.reports(list(command.reports()))

    def _replay(self, one: Kept) -> None:
        command = one.envelope.command
        if one.outcome is None:
            for id in command.reports():
                self._waiting.setdefault(id, []).append(type(command).__name__)
        states = self._states(command)
        try:
            reports, entries = self._effect(one.envelope, states)
        except Exception:
            if one.envelope.command_id not in self._broken:
                self._broken.add(one.envelope.command_id)
                log.exception("command %s breaks a rule here: it waits", one.envelope.command_id)
            return
        self._reports |= reports
        for entry in entries:
            self._entries.setdefault(entry.report, []).append(entry)

    def _effect(
        self, envelope: Envelope, states: dict[ReportId, Report]
    ) -> tuple[dict[ReportId, Report], list[Entry]]:
        """The reports a command changes and the lines it adds; nothing where it is refused."""
        decision = self._decided(envelope.command, envelope, states)
        if isinstance(decision, Refusal):
            return {}, []
        told = [e.entry(f"{envelope.command_id}:{n}") for n, e in enumerate(decision)]
        changed = decider.apply(states, decision, self._person.id)
        return changed, [entry for entry in told if entry is not None]
