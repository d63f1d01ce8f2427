"""Whose matter it is, by name: the directory's agency for the topic, where the place is."""

from msgspec import Struct

from workstation.domain.pack import Pack
from workstation.domain.places import PlaceIndex, agencies_for
from workstation.reading.account import Account
from workstation.reading.judge import Judged
from workstation.reading.meaning import Meaning

BY_DISTRICT = "by_district"
FORCE = "force_"


class Directory(Struct, frozen=True):
    """What a force knows of agencies and places."""

    pack: Pack
    places: PlaceIndex


class Whose(Struct, frozen=True):
    """The decision suggested, the agencies by id, the other force, and the rule's number."""

    decision: str
    agency_ids: tuple[str, ...] = ()
    other_force_id: str | None = None
    rule_ids: tuple[str, ...] = ()


def whose(judged: Judged, account: Account, meaning: Meaning, directory: Directory) -> Whose:
    """Who should deal with what was judged; the police where nobody else was found."""
    rules = tuple(rule.id for rule in directory.pack.redirect_rules if rule.topic == judged.topic)
    if judged.whose == "police":
        return Whose("police", rule_ids=rules)
    if judged.whose == "other_force":
        return Whose("other_force", judged.agencies, _other_force(account, meaning), rules)
    ids: list[str] = []
    for agency in judged.agencies:
        ids += (
            _by_district(judged.topic, account, directory) if agency == BY_DISTRICT else [agency]
        )
    return Whose(judged.whose, tuple(dict.fromkeys(ids)), rule_ids=rules)


def _by_district(topic: str, account: Account, directory: Directory) -> list[str]:
    district = district_of(account, directory.places)
    fit = agencies_for(directory.pack, topic, district)
    return [agency.id for agency in fit[:1]]


def district_of(account: Account, places: PlaceIndex) -> str:
    """The district of the place as given, "" if it is not known."""
    where = account.location
    for text in (where.town, where.postcode, where.text, account.narrative[:200]):
        for place in places.find(text) if text else ():
            if place.district and (place.kind != "ward" or text == where.text):
                return place.district
    return ""


def _other_force(account: Account, meaning: Meaning) -> str | None:
    """The force whose area is named; our own never is another."""
    named = [
        (hits[0].first, name.removeprefix(FORCE))
        for name in meaning.names()
        if name.startswith(FORCE) and (hits := meaning.hits(name))
    ]
    others = [force for _, force in sorted(named) if force != account.force]
    return others[0] if others else None
