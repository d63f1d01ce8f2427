"""The two stages of a report, and every promise: its sum in words, and whether it was kept."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QWidget

from workstation.desk import Desk
from workstation.domain.clocks import Promise, PromiseKind
from workstation.domain.initial_check import Stage, stages
from workstation.domain.report import ReportId
from workstation.domain.sums import sum_of
from workstation.ui.card import Card
from workstation.ui.label import Body, Secondary
from workstation.views.due import due, moment
from workstation.views.literal import literal

_LOGGED_BY = {
    PromiseKind.INITIAL_CHECK: "Ctrl+Shift+I",
    PromiseKind.PUBLIC: "Ctrl+Shift+R",
    PromiseKind.ACKNOWLEDGED: "Ctrl+Shift+R",
    PromiseKind.REASONS: "Ctrl+Shift+R",
    PromiseKind.NEEDS: "Ctrl+Shift+N",
    PromiseKind.SAID: "Ctrl+Shift+K",
}


class PromisesCard(Card):
    """What was promised, running promises first, each with its sum."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("What was promised, and how it is worked out", parent=parent)
        self._desk = desk

    def show_report(self, id: ReportId) -> None:
        """Write the sums out."""
        while (item := self.body.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        shown, now = self._desk.report(id), self._desk.clock.now()
        if shown is not None:
            self.body.addWidget(Secondary(stages_words(stages(shown.report), now)))
        for promise in self._desk.promises(id):
            lead = f"{title_of(promise)}: {standing_of(promise, now)}"
            self.body.addWidget(Body(literal(lead), strong=promise.is_running))
            how = _how(promise)
            self.body.addWidget(Secondary(literal(f"{sum_of(promise, self._desk.pack)}{how}")))


def title_of(promise: Promise) -> str:
    """What was promised, in a few words."""
    kind = promise.said.what if promise.said is not None else promise.kind.value
    return f"{kind[:1].upper()}{kind[1:]}"


def _how(promise: Promise) -> str:
    """By which keys it is said that a running promise was kept."""
    keys = _LOGGED_BY.get(promise.kind) if promise.is_running else None
    return f" Log it when it is done: {keys}." if keys else ""


def standing_of(promise: Promise, now: datetime) -> str:
    """How a promise stands: what is left of it, or whether it was kept in time."""
    if promise.stopped_at is None:
        return due(promise.due_at, now).spoken
    if promise.said is not None and not promise.said.kept:
        return f"let go, {moment(promise.stopped_at, now)}"
    if promise.kind is PromiseKind.ATTENDANCE:  # it ended with the report: nobody said who came
        return f"over, {moment(promise.stopped_at, now)}"
    word = "kept" if promise.stopped_at <= promise.due_at else "late"
    return f"{word}, {moment(promise.stopped_at, now)}"


def stages_words(both: Sequence[Stage], now: datetime) -> str:
    """Both stages, each with its owner, its start and its end."""
    return literal(" ".join(_stage_words(stage, now) for stage in both))


def _stage_words(stage: Stage, now: datetime) -> str:
    whose = stage.owner.name if stage.owner is not None else "nobody yet"
    until = moment(stage.ended_at, now) if stage.ended_at is not None else "now, not done"
    return f"{stage.name}: {whose}, {moment(stage.started_at, now)} to {until}."
