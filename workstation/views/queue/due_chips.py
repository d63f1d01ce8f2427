"""The chips of a row that go by the time: which promises are late, what we said we would do."""

import re
from datetime import datetime

from workstation.desk import QueueRow
from workstation.domain.sums import late_words
from workstation.views.due import moment
from workstation.views.words import first_words, one_line

LATE, SAID, LONGEST = "triangle-alert", "calendar-clock", 30
_MORE = re.compile(r"and (\d+) more overdue$")


def due_chips(row: QueueRow, now: datetime) -> list[tuple[str, str, str]]:
    """Words, tone and icon; none where one clock alone is late: its time says so."""
    chips = []
    if is_late_twice(row, now):
        late = late_words([name for name, at in row.clocks if at < now])
        chips.append((one_line(late), "danger", LATE))
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
    """In short: how many are late."""
    more = _MORE.search(text)
    return text, f"{2 + int(more[1]) if more else 2} overdue"


def short_said(text: str) -> tuple[str, ...]:
    """In short: by when."""
    return text, f"By {text.rpartition(' by ')[2]}"
