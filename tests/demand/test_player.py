"""The schedule of a play: the same for a seed, and as busy as the force's week."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile

import pytest
from msgspec.structs import replace

from workstation.demand.player import (
    OLDEST,
    Arrival,
    Pace,
    Profile,
    arrivals,
    backlog,
    read_profile,
)
from workstation.demand.reports import DemoReport, channel_of
from workstation.domain.report import Channel
from workstation.machine.resources import resource

PROFILE = read_profile(resource("demo", "demand.json").read_text(encoding="utf-8"))
MONDAY = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
REPORTS = tuple(
    DemoReport(f"{channel}-{number}", "cambridgeshire", channel, "words")
    for channel in ("online", "101", "999", "webchat", "intelligence")
    for number in range(10)
)
PACE = Pace(start=MONDAY, per_minute=6.0, seed=7)


def first(count: int, pace: Pace = PACE) -> list[Arrival]:
    """The first arrivals."""
    return list(islice(arrivals(PROFILE, REPORTS, pace), count))


def within(seconds: float, pace: Pace, profile: Profile = PROFILE) -> list[Arrival]:
    """Everything that arrives in so many seconds."""
    return list(takewhile(lambda a: a.after_s <= seconds, arrivals(profile, REPORTS, pace)))


def test_the_same_seed_plays_the_same_again() -> None:
    assert first(200) == first(200)


def test_another_seed_plays_otherwise() -> None:
    assert first(20) != first(20, replace(PACE, seed=8))


def test_arrivals_come_one_after_another_from_the_start_on() -> None:
    times = [arrival.after_s for arrival in first(200)]
    assert times == sorted(times)
    assert times[0] > 0


def test_the_rate_is_the_mean_of_a_week() -> None:
    week = 7 * 24 * 3600
    played = within(week, replace(PACE, per_minute=1.0))
    assert len(played) / (week / 60) == pytest.approx(1.0, rel=0.05)


def test_without_a_rate_the_force_gets_what_it_really_gets() -> None:
    a_day = len(within(24 * 3600, replace(PACE, per_minute=None)))
    expected = sum(PROFILE.every_hour()[:24])
    assert a_day == pytest.approx(expected, rel=0.1)


def test_noon_is_busier_than_the_small_hours() -> None:
    hours = Counter(int(a.after_s // 3600) for a in within(24 * 3600, PACE))
    assert hours[11] > 3 * hours[4]


def test_a_factor_lets_the_day_go_by_faster() -> None:
    an_hour_as_a_day = within(3600, replace(PACE, factor=24.0))
    sixths = Counter(int(a.after_s // 600) for a in an_hour_as_a_day)
    assert sixths[3] > 2 * sixths[0]


def test_hours_are_london_hours() -> None:
    summer = datetime(2026, 7, 6, 11, 30, tzinfo=UTC)
    assert (
        PROFILE.per_hour("101", summer) == PROFILE.channels["101"].arrivals_per_hour["Monday"][12]
    )


def test_another_force_has_its_own_volume() -> None:
    assert PROFILE.volume("leicestershire") == 1.27
    assert PROFILE.volume("cambridgeshire") == 1.0


def test_every_report_of_a_channel_is_played_before_any_is_repeated() -> None:
    online = [a.report.report_id for a in first(400) if a.report.channel == "online"]
    assert len(set(online[:10])) == 10


def test_a_force_without_a_channel_is_played_without_it() -> None:
    online = tuple(report for report in REPORTS if report.channel == "online")
    played = list(islice(arrivals(PROFILE, online, PACE), 20))
    assert {a.report.channel for a in played} == {"online"}


def test_a_backlog_is_as_long_as_asked_oldest_first_and_all_in_the_past() -> None:
    waiting = backlog(REPORTS, 40, MONDAY, 7)
    times = [received_at for received_at, _ in waiting]
    assert len(waiting) == 40
    assert times == sorted(times)
    assert times[-1] <= MONDAY


def test_some_of_a_backlog_is_overdue_and_some_is_fresh() -> None:
    ages = [MONDAY - received_at for received_at, _ in backlog(REPORTS, 40, MONDAY, 7)]
    assert sum(age > timedelta(hours=24) for age in ages) >= 3
    assert sum(age < timedelta(minutes=15) for age in ages) >= 5


def test_no_emergency_call_of_a_backlog_has_waited_for_hours() -> None:
    for received_at, report in backlog(REPORTS, 50, MONDAY, 7):
        assert MONDAY - received_at <= OLDEST[channel_of(report)]
    assert OLDEST[Channel.CALL_999] <= timedelta(minutes=20)
    assert set(OLDEST) == set(Channel)


def test_an_empty_backlog_is_empty_and_a_long_one_repeats_reports() -> None:
    assert backlog(REPORTS, 0, MONDAY, 7) == []
    assert len(backlog(REPORTS, 120, MONDAY, 7)) == 120
