"""Working days: Monday to Friday that are no bank holiday of England and Wales, by the local date.

The day on which something happened does not count; what is due ends with the last day that does.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

LONDON = ZoneInfo("Europe/London")
SATURDAY, FEWEST_IN_A_YEAR = 5, 8
_DAY = timedelta(days=1)
_LAST = time(23, 59, 59)


class BankHoliday(Struct, frozen=True):
    """A bank holiday, and who says so."""

    day: date
    name: str
    source: str


class Reckoned(Struct, frozen=True):
    """Which days counted, which did not and why, and when the last of them ends.

    `unknown`: years whose bank holidays are not in the table, so that it may be due later.
    """

    due_at: datetime
    counted: tuple[date, ...]
    left_out: tuple[tuple[date, str], ...]
    unknown: tuple[int, ...]


class WorkingDays:
    """The calendar of working days, as far as its table of bank holidays goes."""

    def __init__(self, holidays: Sequence[BankHoliday] = ()) -> None:
        self._names = {one.day: one.name for one in holidays}
        self._years = {one.day.year for one in holidays}

    def after(self, start: datetime, days: int) -> Reckoned:
        """So many working days after the day of `start`, in London."""
        counted: list[date] = []
        left_out: list[tuple[date, str]] = []
        day = start.astimezone(LONDON).date()
        passed = {day.year}
        while len(counted) < days:
            day += _DAY
            passed.add(day.year)
            if why := self._is_off(day):
                left_out.append((day, why))
            else:
                counted.append(day)
        due_at = datetime.combine(day, _LAST, LONDON).astimezone(UTC)
        unknown = tuple(sorted(passed - self._years))
        return Reckoned(due_at, tuple(counted), tuple(left_out), unknown)

    def _is_off(self, day: date) -> str:
        """Why nobody is expected to work on a day; a holiday not known of is a working day."""
        if day in self._names:
            return self._names[day]
        return f"{day:%A}" if day.weekday() >= SATURDAY else ""


def holiday_problems(holidays: Sequence[BankHoliday]) -> Iterator[str]:
    """A year with only some of its bank holidays would be reckoned wrong without a word."""
    for day, count in Counter(one.day for one in holidays).items():
        if count > 1:
            yield f"bank_holidays: {day} is given {count} times; give each day once"
    for year, count in sorted(Counter(one.day.year for one in holidays).items()):
        if count < FEWEST_IN_A_YEAR:
            yield f"bank_holidays: {year} has {count}; a year has {FEWEST_IN_A_YEAR} or more"
