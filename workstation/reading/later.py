"""Words that came after the account: read with it, and what they change may only raise.

An account is judged as it came, once more with everything that was added, and each addition on its
own, as what a handler wrote down. Of these the most careful counts, value by value: no later word
makes an emergency or a risk disappear, and no long account drowns a short note.
"""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from workstation.reading.account import Account
from workstation.reading.agency import Whose
from workstation.reading.judge import BANDS, RANKED, Because
from workstation.reading.suggestions import Suggester, Suggestions

BETWEEN = "\n\n"
CAREFUL = ("police", "split", "other_force", "redirect")


class Place(Struct, frozen=True):
    """Which text words stand in: 0 is the account, 1 the first that came later."""

    text: int
    start: int
    end: int


def suggest_with(suggester: Suggester, account: Account, later: Sequence[str]) -> Suggestions:
    """What is suggested for an account and the words that came later, as one text."""
    first = suggester.alone(account)
    if not later:
        return first
    whole = replace(account, narrative=BETWEEN.join((account.narrative, *later)))
    found = more_careful(first, suggester.alone(whole))
    begins = len(account.narrative) + len(BETWEEN)
    for text in later:
        noted = suggester.alone(replace(account, narrative=text, form="call", channel="101"))
        if noted.emergency or BANDS.index(noted.grade) < BANDS.index(found.grade):
            found = more_careful(found, _moved(noted, begins))
        begins += len(text) + len(BETWEEN)
    return found


def place_of(because: Because, account: str, later: Sequence[str]) -> Place:
    """Where the words of a reason stand, told of the text they are in."""
    begins = 0
    for number, text in enumerate((account, *later)):
        if because.start <= begins + len(text):
            return Place(number, because.start - begins, because.end - begins)
        begins += len(text) + len(BETWEEN)
    raise ValueError(f"{because.words!r} stands beyond what was read")


def more_careful(one: Suggestions, other: Suggestions) -> Suggestions:
    """Of two suggestions the graver of each value, with its own reasons; flags of both."""
    graded = min((other, one), key=lambda each: BANDS.index(each.grade))
    alarmed = next((each for each in (other, one) if each.emergency), other)
    kept = min((other, one), key=lambda each: CAREFUL.index(each.agency.decision))
    reasons: dict[str, tuple[Because, ...]] = {}
    for name, told in (("grade", graded), ("emergency", alarmed), ("agency", kept)):
        reasons |= _of(told.because, name)
    reasons |= _of({**one.because, **other.because}, "offence")
    return replace(
        other,
        situations=other.situations or one.situations,
        emergency=alarmed.emergency,
        grade=graded.grade,
        agency=_careful(kept.agency, other.agency),
        offences=_joined((*other.offences[:2], *one.offences, *other.offences)),
        flags={**one.flags, **other.flags},
        because=reasons,
        note=other.note and one.note,
    )


def _moved(noted: Suggestions, by: int) -> Suggestions:
    """The reasons as they stand in the whole text."""

    def there(reasons: tuple[Because, ...]) -> tuple[Because, ...]:
        return tuple(replace(why, start=why.start + by, end=why.end + by) for why in reasons)

    return replace(
        noted,
        situations=tuple(replace(one, because=there(one.because)) for one in noted.situations),
        flags={flag: there(reasons) for flag, reasons in noted.flags.items()},
        because={what: there(reasons) for what, reasons in noted.because.items()},
    )


def _of(because: Mapping[str, tuple[Because, ...]], name: str) -> dict[str, tuple[Because, ...]]:
    return {name: because[name]} if name in because else {}


def _careful(kept: Whose, other: Whose) -> Whose:
    return other if other.decision == kept.decision else kept


def _joined(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))[:RANKED]
