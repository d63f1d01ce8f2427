"""When somebody says that the caller was told: a time of day as people type it, read back."""

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta

from PySide6.QtWidgets import QLineEdit

from workstation.domain.by_when import moments
from workstation.domain.judgement import CallerTold
from workstation.domain.working_days import LONDON
from workstation.ui.form import Field

WHEN, BY, WHAT, WHY_NOT = "When? As 14:05", "By whom?", "What were they told?", "Why not?"
TOLD = "Was the caller told?"
ANSWERS = ("yes", "no")
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]?([0-5]\d)")


def told_at(typed: str, now: datetime) -> datetime | None:
    """The newest moment with this time of day in London that has come; None if it is no time."""
    found = _TIME.fullmatch(typed.strip())
    if found is None:
        return None
    today = now.astimezone(LONDON).date()
    wanted = time(int(found[1]), int(found[2]))
    known = (*moments(today, wanted), *moments(today - timedelta(days=1), wanted))
    return max(at for at in known if at <= now + timedelta(minutes=1))


def day_meant(typed: str, now: datetime) -> str:
    """That a time of day is yesterday's, in words; nothing where it is today's, or no time."""
    at = told_at(typed, now)
    if at is None or at.astimezone(LONDON).date() == now.astimezone(LONDON).date():
        return ""
    day = at.astimezone(LONDON)
    return f"This means yesterday, {day.day} {day:%B}: today it has not come yet."


def say_day(field: Field, line: QLineEdit, now: Callable[[], datetime]) -> None:
    """Beside a time that is typed it stands which day is meant, where it is not today."""

    def say(typed: str) -> None:
        field.set_doubt(day_meant(typed, now()))

    line.textChanged.connect(say)
    say(line.text())


def caller_told(answer: str, when: str, by: str, now: datetime) -> CallerTold | None:
    """What the form says, as it is recorded; None while nobody has answered."""
    if answer == "no":
        return CallerTold(answer="no")
    if answer != "yes":
        return None
    return CallerTold(answer="yes", at=told_at(when, now), by=by.strip())
