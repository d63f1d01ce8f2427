"""Where a typed text may be, offline: towns, wards, postcode districts, grid, coordinates, words.

A place always says how it was found (`kind`) and, in `note`, what it does not know; nothing is
guessed to be finer than it is. The whole table is a few hundred rows, so a look-up reads them all.
"""

import csv
import io
import math
import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from workstation.domain.grid import read_grid
from workstation.domain.pack import Agency, Pack

Kind = Literal["town", "ward", "postcode", "grid", "coordinates", "three words"]

POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][0-9A-Z]?)\s*([0-9][A-Z]{0,2})?\b")
OUTCODE_START = re.compile(r"[A-Z]{1,2}[0-9]{0,2}")
COORDINATES = re.compile(
    r"([+-]?\d{1,2}(?:\.\d+)?)\s*°?\s*([NS]?)\s*[,\s]\s*([+-]?\d{1,3}(?:\.\d+)?)\s*°?\s*([EW]?)"
)
THREE_WORDS = re.compile(r"/{0,3}([^\W\d_]{2,})\.([^\W\d_]{2,})\.([^\W\d_]{2,})")
GREAT_BRITAIN = (49.0, 61.0, -9.0, 2.5)
NEAR_KM = 8.0
SAME_KM = 2.0
LONGEST_TEXT = 200
COMMON_WORDS = (
    " avenue bridge church close court drive great green house little lower market north park"
    " road south station street upper "
)
KIND_ORDER = {"town": 0, "ward": 1, "postcode": 2}
VERIFIED_ORDER = {"seed": 0, "lookup": 0, "weak": 1, "unverified": 2}
COUNCILS = ("unitary_council", "district_council", "county_council")

WORDS_NOTE = "Three words cannot be placed offline. Ask for the nearest road or town as well."
AMBIGUOUS_NOTE = "This postcode district crosses a boundary. Ask for the full address."
LIKE_NOTE = "No place of that name is known; this one is like it."
TOWN_NOTE = "Only the town is known; the street was not looked up."


class Place(Struct, frozen=True):
    """One answer to a typed text; without a position `lat` and `lon` are None and `note` says why.

    `rural` is None where it is not known; the urban target then stands. `within` is the district's
    name. `note` tells a person the accuracy, or what to ask.
    """

    name: str
    kind: Kind
    lat: float | None
    lon: float | None
    district: str
    area: str
    rural: bool | None
    force: str
    within: str = ""
    note: str = ""
    population: int = 0


class PlaceIndex:
    """The known places, searched as a person types; those of the own force come first."""

    def __init__(self, places: Iterable[Place], force: str = "") -> None:
        self._places = sorted(places, key=lambda place: _standing(place, force))
        self._keys = [folded(place.name) for place in self._places]
        self._towns = [
            (key, place)
            for key, place in zip(self._keys, self._places, strict=True)
            if place.kind == "town"
        ]
        self._postcodes = {p.name: p for p in self._places if p.kind == "postcode"}

    @classmethod
    def from_csv(cls, text: str, force: str = "") -> "PlaceIndex":
        """The index over the reference table `places`."""
        return cls((_place(row) for row in csv.DictReader(io.StringIO(text))), force)

    def find(self, text: str, limit: int = 8) -> list[Place]:
        """The places a text may mean, likeliest first; an empty list if none is known."""
        text = " ".join(text[:LONGEST_TEXT].split())
        if len(text) < 2:
            return []
        exact = self._three_words(text) or self._coordinates(text) or self._grid(text)
        if exact is not None:
            return [exact]
        within = self._by_town_within(text) or self._by_town_begun(text)
        found = [*self._by_postcode(text), *self._by_name(text), *within]
        return _each_once(found or self._by_likeness(text))[:limit]

    def nearest(self, lat: float, lon: float) -> Place | None:
        """The town or ward whose centre is nearest, if any is within a few kilometres."""
        here = [p for p in self._places if p.kind != "postcode"]
        best = min(here, key=lambda place: _kilometres(place, lat, lon), default=None)
        return best if best and _kilometres(best, lat, lon) <= NEAR_KM else None

    def _by_name(self, text: str) -> list[Place]:
        wanted = folded(text)
        ranked = [
            (rank, at)
            for at, key in enumerate(self._keys)
            if (rank := match(wanted, key)) is not None
        ]
        return [self._places[at] for _, at in sorted(ranked)]

    def _by_town_within(self, text: str) -> list[Place]:
        """Street-like text: the longest names of towns in it, the last written first."""
        padded = f" {folded(text)} "
        hits = [(padded.rfind(f" {key} "), key, town) for key, town in self._towns]
        found = [(at, key, town) for at, key, town in hits if at >= 0]
        whole = [
            (at, town)
            for at, key, town in found
            if not any(key != other and f" {key} " in f" {other} " for _, other, _ in found)
        ]
        whole.sort(key=lambda hit: -hit[0])
        return [replace(town, note=TOWN_NOTE) for _, town in whole]

    def _by_town_begun(self, text: str) -> list[Place]:
        """After a street and a comma: the towns that begin with what is typed of one so far."""
        street, _, begun = text.rpartition(",")
        wanted = folded(begun)
        if not street.strip() or len(wanted) < 2:
            return []
        begin = [town for key, town in self._towns if key.startswith(wanted)]
        return [replace(town, note=TOWN_NOTE) for town in begin]

    def _by_likeness(self, text: str) -> list[Place]:
        """For misspelt towns, and villages known only by a ward bearing part of their name."""
        wanted = folded(text)
        keys = [key for key, _ in self._towns]
        close = get_close_matches(wanted, keys, n=3, cutoff=0.8)
        found = [place for key, place in self._towns if key in close]
        words = [w for w in wanted.split() if len(w) > 4 and f" {w} " not in COMMON_WORDS]
        for word in sorted(words, key=len, reverse=True):
            found += self._by_name(word)
        return [replace(place, note=LIKE_NOTE) for place in found]

    def _by_postcode(self, text: str) -> list[Place]:
        upper = text.upper()
        known = [self._postcodes.get(m[1]) for m in POSTCODE.finditer(upper)]
        unspaced = re.fullmatch(r"([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9][A-Z]{2})", upper)
        if unspaced:
            known = [self._postcodes.get(unspaced[1])]
        found = [place for place in known if place is not None]
        if not unspaced and OUTCODE_START.fullmatch(upper):
            starts = [p for name, p in self._postcodes.items() if name.startswith(upper)]
            found += sorted(starts, key=lambda place: (len(place.name), place.name))
        return found

    def _three_words(self, text: str) -> Place | None:
        found = THREE_WORDS.fullmatch(text)
        if found is None or found[1].lower() == "www":
            return None
        name = "///" + ".".join(found.groups()).lower()
        return Place(name, "three words", None, None, "", "", None, "", note=WORDS_NOTE)

    def _grid(self, text: str) -> Place | None:
        point = read_grid(text)
        if point is None:
            return None
        return self._located(
            point.reference, "grid", point.lat, point.lon, f"Within about {point.metres} m."
        )

    def _coordinates(self, text: str) -> Place | None:
        found = COORDINATES.fullmatch(text.upper())
        if found is None or "." not in text:
            return None
        lat = float(found[1]) * (-1 if found[2] == "S" else 1)
        lon = float(found[3]) * (-1 if found[4] == "W" else 1)
        south, north, west, east = GREAT_BRITAIN
        if not (south <= lat <= north and west <= lon <= east):
            return None
        return self._located(f"{lat:.5f}, {lon:.5f}", "coordinates", lat, lon, "")

    def _located(self, name: str, kind: Kind, lat: float, lon: float, accuracy: str) -> Place:
        """A point with the district of the nearest known centre, and that said."""
        near = self.nearest(lat, lon)
        if near is None:
            note = f"{accuracy} No known place is near: it may be another force's.".strip()
            return Place(name, kind, lat, lon, "", "", None, "", note=note)
        centre = f"{near.name} ward" if near.kind == "ward" else near.name
        where = f"Nearest known centre: {centre}. Confirm the district: {near.within}."
        return replace(
            near,
            name=name,
            kind=kind,
            lat=lat,
            lon=lon,
            rural=near.rural if _kilometres(near, lat, lon) <= SAME_KM else None,
            note=f"{accuracy} {where}".strip(),
            population=0,
        )


def agencies_for(pack: Pack, topic: str, district: str) -> list[Agency]:
    """Who deals with a topic in a district, best first: named by a rule, local, verified.

    With the district not known (""), every agency of the topic is given, so that a person chooses.
    """
    named = [
        agency
        for rule in pack.redirect_rules
        if rule.topic == topic
        for agency in rule.target.split()
    ]
    fit = [
        agency
        for agency in pack.agencies
        if (topic in agency.topics or agency.id in named) and _serves(agency, district)
    ]
    return sorted(fit, key=lambda agency: _preference(agency, named))


def council_for(pack: Pack, district: str) -> list[Agency]:
    """The councils of a district, the one that deals with most matters first."""
    fit = [a for a in pack.agencies if a.kind in COUNCILS and district in a.districts]
    return sorted(fit, key=lambda agency: COUNCILS.index(agency.kind))


def _serves(agency: Agency, district: str) -> bool:
    return not district or not agency.districts or district in agency.districts


def _preference(agency: Agency, named: list[str]) -> tuple[int, int, int]:
    order = named.index(agency.id) if agency.id in named else len(named)
    reach = len(agency.districts) or 1_000
    return order, reach, VERIFIED_ORDER.get(agency.verified, 3)


def _place(row: dict[str, str]) -> Place:
    kind: Kind = "town" if row["kind"] == "town" else "ward"
    if row["kind"] == "postcode":
        kind = "postcode"
    return Place(
        name=row["name"],
        kind=kind,
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        district=row["district"],
        area=row["area"],
        rural={"yes": True, "no": False}.get(row["rural"]),
        force=row["force"],
        within=row["district_name"],
        note=AMBIGUOUS_NOTE if row["ambiguous"] == "yes" else "",
        population=int(row["population"]),
    )


def _each_once(places: list[Place]) -> list[Place]:
    """The first of each place, in their order."""
    once: dict[tuple[str, str, str], Place] = {}
    for place in places:
        once.setdefault((place.kind, place.name, place.district), place)
    return list(once.values())


def _standing(place: Place, force: str) -> tuple[bool, int, int, str]:
    return place.force != force, KIND_ORDER[place.kind], -place.population, place.name


def folded(text: str) -> str:
    """Lower case without accents and points; `Saint` and `St.` and `&` and `and` are the same."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", " ", plain.replace("&", " and ").replace("'", "")).split()
    return " ".join("st" if word == "saint" else word for word in words)


def match(wanted: str, key: str) -> int | None:
    """How well a name answers: 0 the same, 1 begins so, 2 a word begins so; None not at all."""
    if not wanted:
        return None
    if key == wanted:
        return 0
    if key.startswith(wanted):
        return 1
    return 2 if f" {wanted}" in f" {key}" else None


def _kilometres(place: Place, lat: float, lon: float) -> float:
    """Flat-earth distance: right to a few metres over the few kilometres it is used for."""
    if place.lat is None or place.lon is None:
        return math.inf
    narrower = math.cos(math.radians(lat))
    return 111.2 * math.hypot(place.lat - lat, (place.lon - lon) * narrower)
