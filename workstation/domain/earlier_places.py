"""Streets and local names as earlier reports gave them: the reference tables know none.

What a house alone has is not carried over: its number, its postcode and its position. A text that
speaks of a person, or is long enough to be an account, is not offered as a place.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from workstation.domain.places import LIKE_NOTE, THREE_WORDS, Place, folded, match
from workstation.domain.report import Location

LONGEST_NAME = 80
SHORTEST_TYPED = 2
KEPT_FOR_EARLIER = 3
NO_RANK = 3
EXACT_KINDS = ("grid", "coordinates", "three words")

HOUSE = re.compile(
    r"(?:(?:flat|unit|apartment|apt|room)\s+\w{1,4}\b[\s,]*)?"
    r"(?:(?:no\.?\s*)?\d{1,4}[a-z]?(?:\s*[-–/]\s*\d{1,4}[a-z]?)?\b[\s,]*)?",
    re.IGNORECASE,
)
TELEPHONE = re.compile(r"\d[\d ()-]{4,}\d")
PERSONAL = re.compile(
    r"\b(my|his|her|their|our(?! lad))\b|^(at )?(home|here|work|unknown|same|not known)\b"
)
NAMED = re.compile(r"[a-z]{3}|\b[abm]\d{1,4}\b")
WRITTEN_SHORT = {
    "street": "st", "rd": "road", "ave": "avenue", "av": "avenue", "ln": "lane", "dr": "drive",
    "cl": "close", "ct": "court", "sq": "square", "cres": "crescent", "terr": "terrace",
    "tce": "terrace", "gdns": "gardens", "pk": "park", "pl": "place", "grn": "green",
    "hse": "house",
}  # fmt: skip


class EarlierPlace(Struct, frozen=True):
    """A place that earlier reports of this desk name; `location` is what choosing it fills in."""

    name: str
    location: Location
    uses: int
    last: datetime

    @property
    def note(self) -> str:
        """How it is known; a position that came with it is to be checked."""
        where, said = self.location, "in 1 earlier report"
        if self.uses > 1:
            said = f"in {self.uses} earlier reports"
        if not (where.town or where.district or where.area):
            said += " · town not recorded"
        return said if where.lat is None else f"{said} · check its position"


def to_keep(location: Location) -> Location | None:
    """What of a report's place may be offered again, its text being the name; or None."""
    house, name = without_house("".join(c if c.isprintable() else " " for c in location.text))
    key = folded(name)
    if not _is_a_name(name, key) or key == folded(location.town):
        return None
    if location.town and f" {folded(location.town)} " not in f" {key} ":
        name = f"{name}, {' '.join(location.town.split())}"
    if len(name) > LONGEST_NAME:
        return None
    kept = replace(location, text=name, postcode="", unknown_because="")
    return replace(kept, lat=None, lon=None) if house else kept


def without_house(text: str) -> tuple[str, str]:
    """The number of the house as written, which may be empty, and the rest."""
    text = " ".join(text.split())
    found = HOUSE.match(text)
    house = found[0] if found else ""
    rest = text[len(house) :]
    return (house.strip(), rest) if rest else ("", text)


def street_key(name: str) -> str:
    """By what a name is found: lower case, no points, St and Street, Rd and Road the same."""
    return " ".join(WRITTEN_SHORT.get(word, word) for word in folded(name).split())


def typed_keys(text: str) -> tuple[str, ...]:
    """The beginnings a typed text may mean: its last word may be short for, or half of, a word."""
    *before, last = folded(without_house(text)[1]).split() or [""]
    ends = [last, WRITTEN_SHORT.get(last, last)]
    if len(last) > 1 and ("street".startswith(last) or "saint".startswith(last)):
        ends.append("st")
    head = street_key(" ".join(before))
    keys = dict.fromkeys(f"{head} {end}".strip() for end in ends)
    return tuple(key for key in keys if len(key) >= SHORTEST_TYPED)


def is_exact(known: Sequence[Place]) -> bool:
    """Whether the text is a point or three words, of which no earlier report can say more."""
    return any(place.kind in EXACT_KINDS for place in known)


def offered(
    text: str, known: Sequence[Place], earlier: Iterable[EarlierPlace], limit: int = 8
) -> list[Place | EarlierPlace]:
    """Both together: the name, what begins so, what has a word that does; then the rest.

    Of the earlier the most used come first, then the newest; each also offers the typed number.
    """
    keys = typed_keys(text)
    names = {folded(place.name) for place in known}
    mine = sorted(
        (e for e in earlier if folded(e.name) not in names),
        key=lambda e: (_rank(keys, e.name), -e.uses, -e.last.timestamp(), e.name),
    )
    if mine:
        room = limit - min(len(mine), KEPT_FOR_EARLIER)
        known = [place for place in known if place.note != LIKE_NOTE][:room]
    house = without_house(text)[0]
    found: list[Place | EarlierPlace] = [*known, *(_numbered(e, house) for e in mine)]
    return sorted(found, key=lambda one: _rank_of(keys, one))[:limit]


def is_in_several(text: str, found: Iterable[Place | EarlierPlace]) -> bool:
    """Whether the street is typed in full and earlier reports name it in more than one place."""
    typed = street_key(without_house(text)[1])
    earlier = [one.name for one in found if isinstance(one, EarlierPlace)]
    streets = [street_key(without_house(name)[1].split(",")[0]) for name in earlier]
    return streets.count(typed) > 1


def with_area_of_town(location: Location, known: Iterable[Place]) -> Location:
    """With the area of its town where none was recorded and one town alone has that name."""
    towns = [p for p in known if p.kind == "town" and folded(p.name) == folded(location.town)]
    if location.district or location.area or len(towns) != 1:
        return location
    town = towns[0]
    rural = town.rural if location.rural is None else location.rural
    return replace(location, district=town.district, area=town.area, rural=rural)


def _is_a_name(name: str, key: str) -> bool:
    if TELEPHONE.search(name) or "@" in name or THREE_WORDS.fullmatch(name):
        return False
    return NAMED.search(key) is not None and PERSONAL.search(key) is None


def _numbered(place: EarlierPlace, house: str) -> EarlierPlace:
    if not house:
        return place
    name = f"{house} {place.name}"
    return replace(place, name=name, location=replace(place.location, text=name))


def _rank_of(keys: Iterable[str], one: Place | EarlierPlace) -> int:
    if isinstance(one, Place):
        return 0 if one.kind == "postcode" else _rank(keys, one.name)
    return _rank(keys, without_house(one.name)[1])


def _rank(keys: Iterable[str], name: str) -> int:
    ranks = [match(key, street_key(name)) for key in keys]
    return min((rank for rank in ranks if rank is not None), default=NO_RANK)
