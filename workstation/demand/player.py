"""When which report arrives: a Poisson process over the force's week, the same again for a seed.

Pure: time is an argument, and nothing is sent from here.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random

import msgspec
from msgspec import Struct

from workstation.demand.reports import DemoReport, channel_of
from workstation.domain.numbers import LONDON
from workstation.domain.report import Channel

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# How long a contact may have waited when a demonstration begins: nobody leaves a 999 call a day.
OLDEST = {
    Channel.CALL_999: timedelta(minutes=20),
    Channel.CHAT: timedelta(minutes=40),
    Channel.CALL_101: timedelta(hours=4),
    Channel.IN_PERSON: timedelta(hours=8),
    Channel.ONLINE: timedelta(hours=52),
    Channel.INTELLIGENCE: timedelta(hours=72),
}


class ChannelProfile(Struct, frozen=True):
    """Mean arrivals of one channel in each hour of each weekday, London time."""

    arrivals_per_hour: dict[str, tuple[float, ...]]


class OtherForce(Struct, frozen=True):
    """How another force's volume compares."""

    volume_multiplier: float


class Profile(Struct, frozen=True):
    """What arrives when: `demand.json` of the resources."""

    force: str
    channels: dict[str, ChannelProfile]
    other_forces: dict[str, OtherForce] = {}

    def per_hour(self, channel: str, at: datetime) -> float:
        """Mean arrivals of a channel in the hour of this moment."""
        local = at.astimezone(LONDON)
        return self.channels[channel].arrivals_per_hour[DAYS[local.weekday()]][local.hour]

    def total(self, at: datetime) -> float:
        """Mean arrivals of all channels in the hour of this moment."""
        return sum(self.per_hour(channel, at) for channel in self.channels)

    def volume(self, force: str) -> float:
        """How the force's volume compares with the profile's own."""
        other = self.other_forces.get(force)
        return other.volume_multiplier if other else 1.0

    def every_hour(self) -> list[float]:
        """The total of each of the week's 168 hours."""
        hours = (
            sum(c.arrivals_per_hour[day][hour] for c in self.channels.values())
            for day in DAYS
            for hour in range(24)
        )
        return list(hours)


class Pace(Struct, frozen=True, kw_only=True):
    """How fast: `per_minute` on average over the week (None: as the force really is), and how
    many times faster than the clock the demonstration's day goes by.
    """

    start: datetime
    per_minute: float | None = None
    factor: float = 1.0
    seed: int = 1


class Arrival(Struct, frozen=True):
    """A report that arrives so many seconds after the start."""

    after_s: float
    report: DemoReport


def read_profile(text: str) -> Profile:
    """The profile of a JSON text."""
    return msgspec.json.decode(text, type=Profile)


def arrivals(profile: Profile, reports: Sequence[DemoReport], pace: Pace) -> Iterator[Arrival]:
    """Without end: a candidate at the busiest hour's rate, kept as often as its hour is busy."""
    random = Random(pace.seed)
    decks = _decks(reports, random)
    scale = _per_second(profile, reports[0].force, pace)
    busiest = max(profile.every_hour())
    after = 0.0
    while True:
        after += random.expovariate(busiest * scale)
        at = pace.start + timedelta(seconds=after * pace.factor)
        if random.random() * busiest < profile.total(at):
            yield Arrival(after, next(decks[_channel(profile, at, decks, random)]))


RECENT = 5  # so that most of a backlog is hours old at most, and some is overdue


def backlog(
    reports: Sequence[DemoReport], count: int, now: datetime, seed: int
) -> list[tuple[datetime, DemoReport]]:
    """So many reports with when each was received, oldest first; some already overdue."""
    random = Random(seed)
    deck = _deck(list(reports), random)
    waiting = []
    for number in range(count):
        report = next(deck)
        share = ((number + random.random()) / count) ** RECENT
        waiting.append((now - share * OLDEST[channel_of(report)], report))
    return sorted(waiting, key=lambda one: one[0])


def _per_second(profile: Profile, force: str, pace: Pace) -> float:
    """What the profile's arrivals per hour are multiplied by to be arrivals per real second."""
    if pace.per_minute is None:
        return profile.volume(force) * pace.factor / 3600
    every = profile.every_hour()
    return pace.per_minute / 60 / (sum(every) / len(every))


def _channel(
    profile: Profile, at: datetime, decks: dict[str, Iterator[DemoReport]], random: Random
) -> str:
    names = [name for name in profile.channels if name in decks] or list(decks)
    weights = [profile.per_hour(n, at) if n in profile.channels else 1.0 for n in names]
    return random.choices(names, weights)[0]


def _decks(reports: Sequence[DemoReport], random: Random) -> dict[str, Iterator[DemoReport]]:
    by_channel: dict[str, list[DemoReport]] = defaultdict(list)
    for report in reports:
        by_channel[report.channel].append(report)
    return {name: _deck(several, random) for name, several in by_channel.items()}


def _deck(reports: list[DemoReport], random: Random) -> Iterator[DemoReport]:
    """Every report once in a random order, then every one again in another."""
    while True:
        yield from random.sample(reports, len(reports))
