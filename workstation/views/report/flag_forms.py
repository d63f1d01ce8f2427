"""Flagging a risk to somebody, and clearing a flag: a form each."""

from datetime import datetime

from PySide6.QtWidgets import QLineEdit

from workstation.desk import Desk
from workstation.domain.flagging import ClearFlag, SetFlag
from workstation.domain.refusal import Refusal
from workstation.domain.report import Flag, Report, ReportId
from workstation.ui.select import Select
from workstation.views.due import moment
from workstation.views.literal import literal
from workstation.views.report.ask_form import AskForm, Keeping, Wanted

FLAGGING, CLEARING = "flagging", "clearing"
NO_FLAGS = "This force has no flags in its pack."
_NONE = Refusal("flag/unknown", "Choose the flag to clear.", "flag")


def flag_words(flag: Flag, now: datetime) -> str:
    """A flag with who set it, and when."""
    return literal(f"{flag.name} (set by {flag.by.name} {moment(flag.at, now)})")


def flag_form(desk: Desk, id: ReportId) -> AskForm:
    """Which risk; why may be left out. Those that nobody has set come first."""
    flags = _flags(desk, id)
    box = Select([], "Which risk?")
    kinds = sorted(desk.pack.flags, key=lambda kind: kind.id in flags)
    for kind in kinds:
        again = ", set already" if kind.id in flags else ""
        box.addItem(literal(f"{kind.name}{again}"), kind.id)

    def answer(said: dict[str, str]) -> Refusal | None:
        return desk.submit(SetFlag(report=id, flag=said["flag"], reason=said["reason"]))

    wanted = (
        Wanted("flag", "Which risk?", box, kinds[0].meaning if kinds else NO_FLAGS),
        Wanted("reason", "How do you know?", QLineEdit(), "Optional, logged"),
    )
    kept = Keeping(desk, id, FLAGGING)
    form = AskForm("Flag a risk to somebody", wanted, "Set flag", answer, kept)
    means = form.fields["flag"].hint
    box.currentIndexChanged.connect(lambda n: means.setText(literal(kinds[n].meaning)))
    return form


def clear_form(desk: Desk, id: ReportId) -> AskForm:
    """Which flag, as it stands on this screen, and why it no longer holds."""
    flags, now = _flags(desk, id), desk.clock.now()
    box = Select([], "Which flag?")
    for flag in flags.values():
        box.addItem(flag_words(flag, now), flag.id)

    def answer(said: dict[str, str]) -> Refusal | None:
        flag = flags.get(said["flag"])
        if flag is None:
            return _NONE
        seen = ClearFlag(
            report=id,
            flag=flag.id,
            reason=said["reason"],
            set_by=flag.by.id,
            set_at=flag.at,
        )
        return desk.submit(seen)

    wanted = (
        Wanted("flag", "Which flag?", box),
        Wanted("reason", "Why does it no longer hold? It is logged.", QLineEdit()),
    )
    return AskForm("Clear a flag", wanted, "Clear flag", answer, Keeping(desk, id, CLEARING))


def _flags(desk: Desk, id: ReportId) -> dict[str, Flag]:
    shown = desk.report(id)
    report: Report | None = shown.report if shown is not None else None
    return {flag.id: flag for flag in report.flags} if report is not None else {}
