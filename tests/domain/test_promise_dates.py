"""Each clock against a table of dates that were worked out by hand with a paper calendar."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.situations import (
    R1,
    SAM,
    assessed,
    done,
    flagged,
    minutes,
    received,
    record_crime,
)
from workstation.domain.act import Command
from workstation.domain.clocks import Promise, PromiseKind, promises
from workstation.domain.grading import GradeReport
from workstation.domain.pack import Pack
from workstation.domain.packing import compose_pack
from workstation.domain.promising import MakePromise
from workstation.domain.report import Location, Redirection, Report
from workstation.domain.sums import sum_of
from workstation.domain.working_days import LONDON, BankHoliday, WorkingDays, holiday_problems
from workstation.machine.resources import guide_texts, pack_text, reference_tables

PACKS = {
    f: compose_pack(pack_text(f), reference_tables(), guide_texts())
    for f in ("cambridgeshire", "leicestershire")
}
TABLE = Path(__file__).with_name("promise_dates.csv")
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
OFFSETS = {"GMT": timedelta(), "BST": timedelta(hours=1)}
ADDRESS = Location(text="12 Mill Road", rural=False)


def instant(text: str) -> datetime:
    """A moment as the table writes it: the time on the clock, and which clock."""
    clock, _, zone = text.rpartition(" ")
    return (datetime.fromisoformat(clock) - OFFSETS[zone]).replace(tzinfo=UTC)


def came(at: datetime) -> Report:
    return replace(received(), received_at=at, location=ADDRESS)


def act(at: datetime, command: Command) -> Report:
    return done(replace(assessed(), location=ADDRESS), command, SAM, at)


def grade(at: datetime, code: str, *, rural: bool = False) -> Report:
    graded = act(at, GradeReport(report=R1, code=code, reason="as said"))
    return replace(graded, location=replace(ADDRESS, rural=rural))


def redirected(at: datetime) -> Report:
    way = Redirection(at=at, by=SAM.author, agency="city", agency_name="City", message="m")
    return replace(received(), redirection=way)


def called(start: datetime, due: datetime) -> Report:
    said = MakePromise(report=R1, promise="p1", what="Call back", due_at=due)
    return act(start, said)


def made(row: dict[str, str]) -> tuple[Report, PromiseKind, Pack]:
    """The report of a row, made by the rules at the row's moment."""
    start, cambridge = instant(row["start"]), PACKS["cambridgeshire"]
    kinds = PromiseKind
    crime = act(start, record_crime())
    return {
        "public 48 h": (came(start), kinds.PUBLIC, cambridge),
        "public 24 h": (came(start), kinds.PUBLIC, PACKS["leicestershire"]),
        "recording": (came(start), kinds.RECORDING, cambridge),
        "initial check": (came(start), kinds.INITIAL_CHECK, cambridge),
        "urban emergency": (grade(start, "I"), kinds.ATTENDANCE, cambridge),
        "rural emergency": (grade(start, "I", rural=True), kinds.ATTENDANCE, cambridge),
        "prompt": (grade(start, "P"), kinds.ATTENDANCE, cambridge),
        "THRIVE owed": (grade(start, "I"), kinds.OWED_THRIVE, cambridge),
        "victim": (crime, kinds.ACKNOWLEDGED, cambridge),
        "enhanced": (flagged(crime), kinds.ACKNOWLEDGED, cambridge),
        "needs": (crime, kinds.NEEDS, cambridge),
        "needs enhanced": (flagged(crime), kinds.NEEDS, cambridge),
        "agency": (redirected(start), kinds.AGENCY, cambridge),
        "call back": (called(start, instant(row["due"])), kinds.SAID, cambridge),
    }[row["promise"]]


def promise_in(row: dict[str, str]) -> Promise:
    report, kind, pack = made(row)
    return next(one for one in promises(report, pack) if one.kind is kind)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['promise']}, {row['why']}")
def test_every_clock_ends_when_the_calendar_on_the_wall_says(row: dict[str, str]) -> None:
    report, kind, pack = made(row)
    promise = next(one for one in promises(report, pack) if one.kind is kind)
    assert promise.started_at == instant(row["start"])
    assert promise.due_at.replace(second=0) == instant(row["due"])
    local = instant(row["due"]).astimezone(LONDON)
    assert f"{local:%H:%M}" in sum_of(promise, pack)


def test_the_table_holds_sixty_dates_and_every_clock() -> None:
    assert len(ROWS) >= 60
    assert {made(row)[1] for row in ROWS} == set(PromiseKind) - {PromiseKind.REASONS}


def test_the_sum_says_which_days_did_not_count_and_why() -> None:
    row = {"promise": "enhanced", "start": "2026-12-24 10:00 GMT", "due": "2026-12-29 23:59 GMT"}
    assert sum_of(promise_in(row), PACKS["cambridgeshire"]) == (
        "Victims' Code, with Enhanced Rights (Safeguarding): crime 35/66507/26 is acknowledged to "
        "its victim in writing, from its recording. 1 working day after Thu 24 Dec 10:00: "
        "Tue 29 Dec. Not counted: Fri 25 Dec (Christmas Day), Sat 26 Dec, Sun 27 Dec, "
        "Mon 28 Dec (Boxing Day (substitute day)). It ends Tue 29 Dec 23:59."
    )


def test_the_sum_of_elapsed_time_says_that_the_clocks_changed() -> None:
    row = {
        "promise": "public 48 h",
        "start": "2026-10-24 10:00 BST",
        "due": "2026-10-26 09:00 GMT",
    }
    assert sum_of(promise_in(row), PACKS["cambridgeshire"]) == (
        "Cambridgeshire Constabulary promises the public a reply, from when they submitted it. "
        "48 h from Sat 24 Oct 10:00, nights, weekends and bank holidays counted, is "
        "Mon 26 Oct 09:00. The clocks go back in between, so the time on the clock is another."
    )


def test_beyond_the_years_in_the_table_the_sum_says_that_it_may_be_due_later() -> None:
    crime = act(datetime(2028, 12, 29, 9, 0, tzinfo=UTC), record_crime())
    pack = PACKS["cambridgeshire"]
    promise = next(p for p in promises(crime, pack) if p.kind is PromiseKind.ACKNOWLEDGED)
    assert promise.due_at.date() == date(2029, 1, 5)
    assert "The bank holidays of 2029 are not known here" in sum_of(promise, pack)


def test_the_table_of_bank_holidays_covers_these_years_whole() -> None:
    years = {one.day.year for one in PACKS["cambridgeshire"].bank_holidays}
    assert years == {2024, 2025, 2026, 2027, 2028}


def test_a_year_with_only_some_of_its_bank_holidays_is_no_table() -> None:
    few = [BankHoliday(date(2030, 12, 25), "Christmas Day", "us")]
    assert list(holiday_problems(few * 2)) == [
        "bank_holidays: 2030-12-25 is given 2 times; give each day once",
        "bank_holidays: 2030 has 2; a year has 8 or more",
    ]


@given(st.datetimes(datetime(2024, 1, 2), datetime(2028, 12, 1)), st.integers(1, 9))
def test_so_many_working_days_always_end_on_a_working_day_and_more_end_later(
    start: datetime, days: int
) -> None:
    calendar = PACKS["cambridgeshire"].working_days
    moment = start.replace(tzinfo=UTC)
    reckoned, longer = calendar.after(moment, days), calendar.after(moment, days + 1)
    assert len(reckoned.counted) == days
    assert all(day.weekday() < 5 for day in reckoned.counted)
    assert moment.astimezone(LONDON).date() < reckoned.counted[0]
    assert reckoned.due_at.astimezone(LONDON).date() == reckoned.counted[-1]
    assert moment < reckoned.due_at < longer.due_at
    assert calendar.after(moment + timedelta(days=1), days).due_at >= reckoned.due_at


def test_a_force_may_count_attendance_from_the_receipt() -> None:
    pack = PACKS["cambridgeshire"]
    early = replace(pack, promises=replace(pack.promises, attendance_starts="received"))
    graded = grade(minutes(30), "P")
    due = {p.kind: p.due_at for p in promises(graded, early)}
    assert due[PromiseKind.ATTENDANCE] == minutes(60)
    due = {p.kind: p.due_at for p in promises(graded, pack)}
    assert due[PromiseKind.ATTENDANCE] == minutes(90)


def test_a_calendar_without_a_table_counts_monday_to_friday() -> None:
    friday = datetime(2026, 11, 27, 12, tzinfo=UTC)
    assert WorkingDays().after(friday, 1).counted == (date(2026, 11, 30),)
