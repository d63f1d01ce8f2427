"""What a typed place may be: the reference tables' answers and those of earlier reports."""

from workstation.cache.shelf import Shelf
from workstation.desk.stock import FindPlaces
from workstation.domain.earlier_places import EarlierPlace, is_exact, offered
from workstation.domain.places import Place


def find(text: str, known_places: FindPlaces, shelf: Shelf) -> list[Place | EarlierPlace]:
    """At most eight, likeliest first; a point or three words stand alone."""
    known = known_places(text)
    if is_exact(known):
        return list(known)
    return offered(text, known, shelf.earlier_places(text))
