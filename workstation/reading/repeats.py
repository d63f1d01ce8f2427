"""Whether a report tells of what an earlier one told: sent twice, seen by another, or added to.

A suggestion names one earlier report and every detail they share. Two people who tell of one event
share a detail of it: in a big town the kind of event and the hour are not enough. An update needs
the other's reference, whole or cut short, and only one earlier report that it can mean.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec import Struct

from workstation.domain.pack import RepeatCheck
from workstation.reading.account import Account

CODE = re.compile(r"\b(CAM|LEI)[- ]?([A-Z0-9]{4})[- ]?([A-Z0-9]{2,4})(?![A-Z0-9])", re.IGNORECASE)
PLATE = re.compile(r"\b([A-Z]{2}\d{2})\s?([A-Z]{3})\b", re.IGNORECASE)
SERIAL = re.compile(r"\b(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{7,20}\b", re.IGNORECASE)
REFERENCE = re.compile(r"\b\d{2}/\d{3,6}/\d{2}\b")
TIME = re.compile(r"\b(\d{1,2})[:.]?(\d{2})\s?(am|pm|hrs)?\b", re.IGNORECASE)
ROAD = re.compile(r"\b[abm]\d{1,4}\b")
APOSTROPHE = re.compile("['’]")
ROAD_TEXT = re.compile(r"[^\w ]+")
SHORTEST_PLACE = 6
SHORTEST_CUT = 8
ENOUGH = 4.0
ENOUGH_OF_ANOTHER = 4.0
DETAILS = frozenset({"telephone", "plate or number", "place", "time"})
SHORTEST_WORD = 6
RARE, RARE_SHARE = 2, 50
STREETS = """road street lane drive close avenue way court park gardens rise hill terrace place
grove mews crescent walk yard row end wood view"""
NO_NAMES = frozenset((*STREETS.split(), "the", "and", "near", "outside"))
PLACE_WORDS = frozenset(STREETS.split())


class Link(Struct, frozen=True):
    """The earlier report this one seems to belong to, and what they share."""

    report_id: str
    kind: str
    shared: tuple[str, ...]


class Seen(Struct, frozen=True):
    """What is kept of an earlier report, to be compared with later ones."""

    report_id: str
    received_at: datetime
    reporter: frozenset[str]
    phone: str
    situations: tuple[str, ...]
    marks: frozenset[str]
    times: frozenset[str]
    place: str
    town: str
    text: str
    words: frozenset[str]


class Repeats:
    """The reports of one stream in their order, each compared with those before it."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._by_reporter: dict[str, list[Seen]] = defaultdict(list)
        self._by_town: dict[str, list[Seen]] = defaultdict(list)
        self._by_mark: dict[str, list[Seen]] = defaultdict(list)
        self._spoken: Counter[str] = Counter()
        self._count = 0

    def look_up(
        self, account: Account, situations: tuple[str, ...], check: RepeatCheck
    ) -> tuple[Link | None, Link | None]:
        """What this report repeats and what it adds to, if anything; then it is remembered."""
        update = self._update(account)
        seen = _seen(account, situations)
        repeat = None if quotes_reference(account.narrative) else self._repeat(seen, check)
        self._remember(account, seen)
        return repeat, update

    def _update(self, account: Account) -> Link | None:
        for match in CODE.finditer(account.narrative):
            code = "".join(match.groups()).upper()
            meant = {
                whole
                for whole in self._codes
                if whole == code or (len(code) >= SHORTEST_CUT and whole.startswith(code))
            }
            if len(meant) == 1:
                return Link(self._codes[meant.pop()], "update", (match[0],))
        return None

    def _repeat(self, seen: Seen, check: RepeatCheck) -> Link | None:
        compared = self._compared(seen, check)
        scored = [(score, other, shared) for other, score, shared in compared]
        best = max(scored, key=lambda found: (found[0], found[1].received_at), default=None)
        if best is None:
            return None
        kind = "same reporter" if _same_reporter(best[1], seen) else "another reporter"
        return Link(best[1].report_id, kind, best[2])

    def _compared(
        self, seen: Seen, check: RepeatCheck
    ) -> Iterator[tuple[Seen, float, tuple[str, ...]]]:
        near = {
            other.report_id: other
            for keys, index in (
                (seen.reporter, self._by_reporter),
                (seen.marks, self._by_mark),
                (
                    {town for town in self._by_town if town in seen.text} | {seen.town},
                    self._by_town,
                ),
            )
            for key in keys
            for other in index.get(key, ())
        }
        for other in near.values():
            shared = _shared(seen, other, check)
            if shared is None or shared[0] < _enough(seen, other):
                continue
            if _same_reporter(seen, other) or DETAILS & set(shared[1]):
                yield other, *shared
            elif self._share_a_rare_word(seen, other):
                yield other, shared[0], (*shared[1], "words")

    def _share_a_rare_word(self, seen: Seen, other: Seen) -> bool:
        """Whether both use a word that hardly any other report uses."""
        most = max(RARE, self._count // RARE_SHARE)
        return any(self._spoken[word] <= most for word in seen.words & other.words)

    def _remember(self, account: Account, seen: Seen) -> None:
        if account.receipt_code:
            code = re.sub(r"[^A-Z0-9]", "", account.receipt_code.upper())
            self._codes[code] = account.report_id
        for key in seen.reporter:
            self._by_reporter[key].append(seen)
        for mark in seen.marks:
            self._by_mark[mark].append(seen)
        if seen.town:
            self._by_town[seen.town].append(seen)
        self._spoken.update(seen.words)
        self._count += 1


def alike(
    one: tuple[Account, tuple[str, ...]],
    others: Iterable[tuple[Account, tuple[str, ...]]],
    check: RepeatCheck,
) -> dict[str, tuple[str, ...]]:
    """Which of the others may tell of the same event, and everything that each shares with it.

    Each comes with its situations. A suggestion: whether it is one event, a person says.
    """
    seen, found = _seen(*one), {}
    for account, situations in others:
        other = _seen(account, situations)
        shared = _shared(seen, other, check)
        if shared is not None and shared[0] >= _enough(seen, other):
            found[account.report_id] = shared[1]
    return found


def quotes_reference(text: str) -> bool:
    """Whether a receipt code is quoted: then it speaks of another report, and repeats none."""
    return CODE.search(text) is not None


def _seen(account: Account, situations: tuple[str, ...]) -> Seen:
    text, plain = account.narrative, _plain(account.narrative)
    marks = {"".join(match.groups()).upper() for match in PLATE.finditer(text)}
    marks |= {match[0].upper() for match in SERIAL.finditer(text) if not CODE.search(match[0])}
    marks |= {match[0] for match in REFERENCE.finditer(text)}
    times = {f"{int(m[1]) % 12}:{m[2]}" for m in TIME.finditer(text) if int(m[2]) < 60}
    return Seen(
        account.report_id,
        account.received_at,
        _reporter_keys(account),
        re.sub(r"\D", "", account.reporter.phone or "")[-10:],
        situations,
        frozenset(marks),
        frozenset(times),
        _plain_place(account.location.text or "", account.location.town or ""),
        (account.location.town or "").lower(),
        plain,
        frozenset(word for word in plain.split() if len(word) >= SHORTEST_WORD),
    )


def _reporter_keys(account: Account) -> frozenset[str]:
    reporter = account.reporter
    keys = {(reporter.email or "").lower()}
    name = (reporter.name or "").lower()
    if " " in name:
        keys.add(name)
    return frozenset(keys - {""})


def _plain(text: str) -> str:
    return " ".join(ROAD_TEXT.sub(" ", APOSTROPHE.sub("", text.lower())).split())


def _plain_place(text: str, town: str) -> str:
    """A place without its house number, its town and the, if enough is left to be one."""
    place = re.sub(r"^\d+ ", "", _plain(text.replace(town, ""))).removeprefix("the ").strip()
    return place if len(place) >= SHORTEST_PLACE else ""


def _enough(seen: Seen, other: Seen) -> float:
    return ENOUGH if _same_reporter(seen, other) else ENOUGH_OF_ANOTHER


def _same_reporter(seen: Seen, other: Seen) -> bool:
    """Whether one person sent both: a name alone is not enough where the telephones differ."""
    differ = bool(seen.phone and other.phone) and seen.phone != other.phone
    return bool(seen.reporter & other.reporter) and not differ


def _shared(seen: Seen, other: Seen, check: RepeatCheck) -> tuple[float, tuple[str, ...]] | None:
    """How much two reports have in common, or None where they cannot be about one event."""
    days = abs((seen.received_at - other.received_at).total_seconds()) / 86_400
    same_reporter = _same_reporter(seen, other)
    if days > (check.same_reporter_days if same_reporter else check.other_reporter_days):
        return None
    score, shared = 0.0, []
    for points, what, holds in (
        (2.5, "reporter", same_reporter),
        (1.0, "telephone", seen.phone and seen.phone == other.phone),
        (2.0, "situation", seen.situations[:1] == other.situations[:1] and seen.situations),
        (1.0, "situation", seen.situations[:1] != other.situations[:1]
         and set(seen.situations[:2]) & set(other.situations[:2])),
        (2.5, "plate or number", seen.marks & other.marks),
        (1.5, "place", _same_place(seen, other) or _same_road(seen, other)),
        (0.5, "town", _same_town(seen, other)),
        (0.5, "time", seen.times & other.times),
        (0.5, "within a day", days <= 1),
        (1.0, "within two hours", days <= 1 / 12),
    ):  # fmt: skip
        if holds:
            score += points
            shared.append(what)
    is_one_event = "situation" in shared or "plate or number" in shared
    return (score, tuple(shared)) if is_one_event else None


def _same_place(seen: Seen, other: Seen) -> bool:
    return any(
        place and (place == against.place or place in against.text)
        for place, against in ((seen.place, other), (other.place, seen))
    ) or bool(_places_in(seen) & _places_in(other))


def _same_road(seen: Seen, other: Seen) -> bool:
    """Whether both name the same numbered road near the same town."""
    return _same_town(seen, other) and bool(
        set(ROAD.findall(seen.text)) & set(ROAD.findall(other.text))
    )


def _same_town(seen: Seen, other: Seen) -> bool:
    return any(
        town and (town == against.town or town in against.text)
        for town, against in ((seen.town, other), (other.town, seen))
    )


def _places_in(seen: Seen) -> set[str]:
    """Pairs of words that end in what streets are called, as in *withy close*."""
    words = seen.text.split()
    return {
        f"{words[at - 1]} {word}"
        for at, word in enumerate(words)
        if at
        and word in PLACE_WORDS
        and words[at - 1] not in PLACE_WORDS
        and len(words[at - 1]) > 3
    }
