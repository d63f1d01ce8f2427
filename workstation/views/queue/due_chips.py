"""The chips of a row that go by the time: which promises are late, what we said we would do."""

import re
from datetime import datetime

from workstation.desk import QueueRow
from workstation.domain.sums import late_words, listed
from workstation.views.due import moment
from workstation.views.words import first_words, one_line

LATE, SAID, LONGEST = "triangle-alert", "calendar-clock", 30
OWED = "send"
_FIRST = re.compile(r",| and ")
_MORE = re.compile(r"and (\d+) more overdue$")


def due_chips(row: QueueRow, now: datetime) -> list[tuple[str, str, str]]:
    """Words, tone and icon; where one clock alone is late its time says so.

    A row that only stands there for what is owed says what that is.
    """
    chips = []
    if is_late_twice(row, now):
        late = late_words([name for name, at in row.clocks if at < now])
        chips.append((one_line(late), "danger", LATE))
    elif row.owed and row.clocks:
        owed = listed([name for name, _ in row.clocks], "owed")
        chips.append((one_line(owed), "neutral", OWED))
    if row.said:
        what, at = min(row.said, key=lambda one: one[1])
        more = f" +{len(row.said) - 1}" if len(row.said) > 1 else ""
        words = f"{first_words(what, LONGEST)} by {moment(at, now)}{more}"
        chips.append((words[:1].upper() + words[1:], "warn" if at < now else "neutral", SAID))
    return chips


def is_late_twice(row: QueueRow, now: datetime) -> bool:
    """Whether the time left alone does not say what is late."""
    return sum(at < now for _, at in row.clocks) > 1


def short_late(text: str) -> tuple[str, ...]:
    """In short: the first that is late and how many more, then only how many."""
    more = _MORE.search(text)
    others = 1 + (int(more[1]) if more else 0)
    first = _FIRST.split(text)[0]
    return text, f"{first} +{others} overdue", f"{1 + others} overdue"


def short_said(text: str) -> tuple[str, ...]:
    """In short: by when."""
    return text, f"By {text.rpartition(' by ')[2]}"
