"""What the force pack answers as a person types, and who the colleagues are."""

import msgspec

from workstation.cache.parcel import Colleague
from workstation.cache.work import MET, WorkFile
from workstation.domain import places
from workstation.domain.pack import Agency, Offence, Pack

MOST = 20


def offences(pack: Pack, text: str) -> list[Offence]:
    """Offences by code, common name, title or class, best first, at most 20."""
    words = text.casefold().split()
    if not words:
        return []
    ranked = [
        (rank, at)
        for at, offence in enumerate(pack.offences)
        if (rank := _rank(offence, words)) is not None
    ]
    return [pack.offences[at] for _, at in sorted(ranked)[:MOST]]


def agencies_for(pack: Pack, topic: str, district: str) -> list[Agency]:
    """Who deals with a topic in a district, best first."""
    return places.agencies_for(pack, topic, district)


def kept_colleagues(work: WorkFile) -> tuple[Colleague, ...]:
    """The colleagues as the store last named them."""
    kept = work.setting(MET)
    return () if kept is None else msgspec.json.decode(kept, type=tuple[Colleague, ...])


def keep_colleagues(work: WorkFile, colleagues: tuple[Colleague, ...]) -> None:
    """Keep them for work offline."""
    work.set(MET, msgspec.json.encode(colleagues).decode())


def _rank(offence: Offence, words: list[str]) -> tuple[int, int] | None:
    """0 the code, 1 the common name begins so, 2 it is in the common name, 3 in the title."""
    joined = " ".join(words)
    common, title = offence.common_name.casefold(), offence.title.casefold()
    length = len(common or title)
    if offence.code.casefold() == joined:
        return 0, length
    if common.startswith(joined):
        return 1, length
    if common and all(word in common for word in words):
        return 2, length
    if all(word in title for word in words):
        return 3, length
    everything = f"{common} {title} {offence.class_title.casefold()} {offence.code}"
    return (4, length) if all(word in everything for word in words) else None
