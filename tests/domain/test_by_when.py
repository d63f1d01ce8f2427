"""By when, in the ways people type it, over midnight, both changes of the clocks and the year."""

from datetime import UTC, datetime

import pytest

from workstation.domain.by_when import by_when

SUNDAY = "2026-11-22 14:30"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "now", "meant"),
    [
        ("18:00", SUNDAY, "2026-11-22 18:00"),
        ("by 18.00", SUNDAY, "2026-11-22 18:00"),
        ("1800", SUNDAY, "2026-11-22 18:00"),
        ("6pm", SUNDAY, "2026-11-22 18:00"),
        ("12 am", SUNDAY, "2026-11-23 00:00"),
        ("noon", SUNDAY, "2026-11-23 12:00"),
        ("9", SUNDAY, "2026-11-23 09:00"),
        ("02:00", "2026-11-22 23:50", "2026-11-23 02:00"),
        ("in 2 h", SUNDAY, "2026-11-22 16:30"),
        ("2h", SUNDAY, "2026-11-22 16:30"),
        ("in 1 h 30", SUNDAY, "2026-11-22 16:00"),
        ("90 min", SUNDAY, "2026-11-22 16:00"),
        ("in 3 days", SUNDAY, "2026-11-25 14:30"),
        ("tomorrow 9", SUNDAY, "2026-11-23 09:00"),
        ("Tomorrow", SUNDAY, "2026-11-23 09:00"),
        ("tonight 22:00", SUNDAY, "2026-11-22 22:00"),
        ("fri 10:30", SUNDAY, "2026-11-27 10:30"),
        ("Sunday", SUNDAY, "2026-11-29 09:00"),
        ("24/12 9:15", SUNDAY, "2026-12-24 09:15"),
        ("24 Dec at 9", SUNDAY, "2026-12-24 09:00"),
        ("2 january 8", SUNDAY, "2027-01-02 08:00"),
        ("tomorrow 00:30", "2026-12-31 23:00", "2027-01-01 00:30"),
        ("29 feb 9", "2028-01-10 12:00", "2028-02-29 09:00"),
        ("tomorrow 9", "2026-03-28 12:00", "2026-03-29 08:00"),
        ("in 2 h", "2026-03-29 00:30", "2026-03-29 02:30"),
        ("01:30", "2026-03-28 23:00", "2026-03-29 01:30"),
        ("tomorrow 9", "2026-10-24 12:00", "2026-10-25 09:00"),
        ("01:30", "2026-10-24 23:00", "2026-10-25 00:30"),
        ("01:30", "2026-10-25 00:40", "2026-10-25 01:30"),
        ("today 1:30", "2026-10-25 00:40", "2026-10-25 01:30"),
        ("01:30", "2026-10-25 01:40", "2026-10-26 01:30"),
        ("01:30", "2027-03-28 00:10", "2027-03-28 01:30"),
        ("18:00", "2026-06-21 12:00", "2026-06-21 17:00"),
    ],
)
def test_what_is_typed_is_the_moment_that_was_meant(typed: str, now: str, meant: str) -> None:
    assert by_when(typed, at(now)) == at(meant)


@pytest.mark.parametrize(
    "typed", ["", "soon", "25:00", "18:75", "30 feb", "13pm", "today 9", "12 xyz"]
)
def test_what_cannot_be_read_or_has_passed_is_no_moment(typed: str) -> None:
    assert by_when(typed, at(SUNDAY)) is None
