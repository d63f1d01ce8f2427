"""Words being typed, on disk before they are submitted; only their author drops them.

Each keeps when it was begun, and what stood then: what it is sent as a change of.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from workstation.cache.work import CannotKeep, Locked, WorkFile
from workstation.domain.report import ReportId

_SELECT = (
    "SELECT report, field, text, saved_at, coalesce(begun_at, saved_at), coalesce(base, ''),"
    " coalesce(fence, -1) FROM draft LEFT JOIN draft_begun USING (report, field)"
)


class Draft(Struct, frozen=True):
    """Words being typed, kept on this PC.

    `base` is what stood when they were begun, `fence` the report's then: -1 where nobody noted it.
    """

    report: ReportId
    field: str
    text: str
    saved_at: datetime
    begun_at: datetime
    base: str = ""
    fence: int = -1


class Drafts:
    """The drafts of work.db."""

    def __init__(self, file: WorkFile) -> None:
        self._file = file
        self._held: dict[tuple[ReportId, str], Draft] = {}
        self._gone: set[tuple[ReportId, str]] = set()

    def hold(self, drafts: Iterable[Draft]) -> None:
        """What is being typed, whether the disk has it yet or not."""
        for draft in drafts:
            self._held[draft.report, draft.field] = draft
            self._gone.discard((draft.report, draft.field))

    def let_go(self, report: ReportId, fields: Iterable[str]) -> None:
        """These are dropped, whether the disk has heard of it yet or not."""
        for field in fields:
            self._held.pop((report, field), None)
            self._gone.add((report, field))

    def held(self) -> tuple[Draft, ...]:
        """What the disk does not have yet, the oldest first."""
        return tuple(sorted(self._held.values(), key=lambda one: one.begun_at))

    @contextmanager
    def undone_together(self) -> Iterator[None]:
        """What fails on the way is undone on the disk; so it is here."""
        held, gone = dict(self._held), set(self._gone)
        try:
            yield
        except BaseException:
            self._held, self._gone = held, gone
            raise

    def save_held(self) -> None:
        """Put on the disk what it does not have yet; where it will not take all, what it will."""
        held = self.held()
        try:
            self.save_all(held)
        except Locked:
            raise
        except CannotKeep:
            for draft in held:
                with suppress(CannotKeep):
                    self.save_all([draft])
            if self._held:
                raise

    def save_all(self, drafts: Collection[Draft]) -> None:
        """Keep all of them, on disk when this returns, or none."""
        with self._file.transaction():
            for draft in drafts:
                self.save(draft)
            self._file.once_kept(lambda: self._are_kept(drafts))

    def _are_kept(self, drafts: Iterable[Draft]) -> None:
        for draft in drafts:
            if self._held.get((draft.report, draft.field)) is draft:
                del self._held[draft.report, draft.field]

    def save(self, draft: Draft) -> None:
        """Keep it, with the beginning it had before; on disk when this returns."""
        key = (draft.report, draft.field)
        with self._file.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?)",
                (*key, draft.text, draft.saved_at.timestamp()),
            )
            connection.execute(
                "INSERT OR IGNORE INTO draft_begun VALUES (?, ?, ?, ?, ?)",
                (*key, draft.begun_at.timestamp(), draft.base, draft.fence),
            )

    def rebase(self, report: ReportId, field: str, base: str) -> None:
        """Its author has seen what stands now."""
        with self._file.transaction() as connection:
            connection.execute(
                "UPDATE draft_begun SET base = ? WHERE report = ? AND field = ?",
                (base, report, field),
            )

    def one(self, report: ReportId, field: str) -> Draft | None:
        """What was being typed there."""
        found = self._all("WHERE report = ? AND field = ?", report, field)
        return next(iter(self._with_held(found, lambda it: it == (report, field))), None)

    def of(self, report: ReportId) -> list[Draft]:
        """What was being typed on a report."""
        found = self._all("WHERE report = ? ORDER BY field", report)
        held = self._with_held(found, lambda it: it[0] == report)
        return sorted(held, key=lambda one: one.field)

    def everything(self) -> list[Draft]:
        """Every draft, the oldest first."""
        found = self._with_held(self._all("ORDER BY 5, report, field"), lambda _: True)
        return sorted(found, key=lambda one: (one.begun_at, one.report, one.field))

    def drop_gone(self, report: ReportId, fields: Iterable[str]) -> None:
        """Those of these that were let go are dropped, unless they were begun anew since."""
        self.drop(report, [field for field in fields if (report, field) in self._gone])

    def drop(self, report: ReportId, fields: Collection[str]) -> None:
        """These were submitted, or their author threw them away."""
        with self._file.transaction() as connection:
            for field in fields:
                for table in ("draft", "draft_begun"):
                    connection.execute(
                        f"DELETE FROM {table} WHERE report = ? AND field = ?", (report, field)
                    )
            dropped = {(report, field) for field in fields}
            self._file.once_kept(lambda: self._gone.difference_update(dropped))

    def _with_held(
        self, saved: Iterable[Draft], is_wanted: Callable[[tuple[ReportId, str]], bool]
    ) -> list[Draft]:
        """The saved ones with what is typed since; each keeps the beginning it had."""
        found = {(one.report, one.field): one for one in saved}
        for name in self._gone:
            found.pop(name, None)
        for name, held in self._held.items():
            if is_wanted(name):
                first = found.get(name, held)
                found[name] = replace(
                    held, begun_at=first.begun_at, base=first.base, fence=first.fence
                )
        return list(found.values())

    def _all(self, where: str, *values: str) -> list[Draft]:
        return [_draft(row) for row in self._file.read(f"{_SELECT} {where}", values)]


def _draft(row: tuple[Any, ...]) -> Draft:
    saved_at, begun_at = (datetime.fromtimestamp(at, UTC) for at in row[3:5])
    return Draft(ReportId(row[0]), row[1], row[2], saved_at, begun_at, row[5], row[6])
