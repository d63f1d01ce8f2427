"""What is looked up while typing, offline: places, offences and agencies."""

from workstation.desk import lookup, whereabouts
from workstation.desk.together import Together
from workstation.domain.earlier_places import EarlierPlace
from workstation.domain.pack import Agency, Offence
from workstation.domain.places import Place


class Finding(Together):
    """The part of a desk that a field asks for suggestions."""

    def places(self, text: str) -> list[Place]:
        """Places as typed, offline."""
        return self._fittings.find_places(text)

    def where(self, text: str) -> list[Place | EarlierPlace]:
        """Places as typed, with the streets and local names of earlier reports, offline."""
        return whereabouts.find(text, self._fittings.find_places, self._stock.shelf)

    def offences(self, text: str) -> list[Offence]:
        """Offences by words, code or common name, best first, at most 20."""
        return lookup.offences(self.pack, text)

    def agencies_for(self, topic: str, district: str) -> list[Agency]:
        """Who deals with a topic in a district, best first."""
        return lookup.agencies_for(self.pack, topic, district)
