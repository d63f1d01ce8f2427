"""The district of a report's place: as recorded, else as its town or postcode says.

The public gives a town, never a district; without one no council could be offered.
"""

from workstation.domain.report import Location
from workstation.views.decide.desk_face import DeskFace


def district_of(desk: DeskFace, location: Location) -> str:
    """The code of the district, or nothing where the place is not known well enough."""
    if location.district:
        return location.district
    given = (location.town, location.postcode, location.text)
    found = (place for words in given if words for place in desk.places(words)[:1])
    return next((place.district for place in found if place.district), "")
