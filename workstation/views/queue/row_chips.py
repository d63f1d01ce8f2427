"""What a row's chips say: in full where there is room, in short where there is not.

None is left out unseen: what has no room even in short is counted.
"""

from collections.abc import Callable

from workstation.desk import QueueRow
from workstation.ui.chip import chip_width
from workstation.views.company import is_fresh, looking_words, whose
from workstation.views.due import clock_time
from workstation.views.queue.due_chips import LATE, SAID, short_late, short_said
from workstation.views.queue.sections import flag_icon, flag_tone

Words = tuple[str, str, str]
GAP = 6
UNSURE = "Your claim is not confirmed"
_SHORT = {
    UNSURE: "Not confirmed",
    "Happening now": "Now",
    "Supervisor asked": "Supervisor",
    "Lowering asked": "Lower?",
    "Assess again": "Again",
    "Told by voice": "Told",
    "Check by voice": "Check",
    "Correction proposed": "Proposed",
}
RISK, FLAG = "Risk: ", "flag"
_OFFERS = {
    "offered to you": ("accent", "user-plus"),
    "offered to": ("neutral", "user-plus"),
    "declined": ("warn", "user-x"),
}
_SHORT_STARTS = {
    "Offered to you by ": "Offered to you",
    "Offered to ": "Offered",
    "Declined by ": "Declined",
    "Held by ": "Offline",
    "Reserved for ": "Reserved",
    "Unsent words by ": "Unsent words",
    "You have this open at ": "Open twice",
    "Quotes ": "Identity not matched",
    "Update to ": "Update",
}
_LOOKING = " looking "


def chips_of(row: QueueRow) -> list[Words]:
    """Words, tone and icon of a row's chips, what matters most first."""
    chips = [_offer(row.offer)] if row.offer else []
    if row.returned_because:
        chips.append(("Returned", "warn", "rotate-ccw"))
    if row.offline_since is not None:
        since = clock_time(row.offline_since)
        chips.append((f"Held by {row.holder}, offline since {since}", "warn", "wifi-off"))
    if row.is_unsure:
        chips.append((UNSURE, "warn", "wifi-off"))
    if row.reserved_until is not None:
        until = clock_time(row.reserved_until)
        chips.append((f"Reserved for {row.holder} until {until}", "neutral", "user-check"))
    if row.marked:
        chips.append((", ".join(row.marked), "vuln", FLAG))
    flags = [(_upper(flag), flag_tone(flag), flag_icon(flag)) for flag in row.flags]
    return chips + flags + _company(row)


def _offer(words: str) -> Words:
    tone, icon = next(look for start, look in _OFFERS.items() if words.startswith(start))
    return _upper(words), tone, icon


def _company(row: QueueRow) -> list[Words]:
    chips = []
    if looking := looking_words(row.company):
        chips.append((looking, "accent" if is_fresh(row.company) else "neutral", "eye"))
    for one in row.company:
        if one.unsent_since is not None:
            words = f"Unsent words by {whose(one)} since {clock_time(one.unsent_since)}"
            chips.append((words, "warn", "pencil"))
    return chips


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def fitted(chips: list[Words], room: float) -> list[Words]:
    """The chips as they fit: the last are shortened first, and what is left over is counted."""
    forms = [_forms(text, icon) for text, _, icon in chips]
    shown = list(chips)
    for form in range(1, max((len(one) for one in forms), default=0)):
        for at in reversed(range(len(shown))):
            if _width(shown) <= room:
                return shown
            if form < len(forms[at]):
                shown[at] = (forms[at][form], *chips[at][1:])
    left_out = 0
    while len(shown) > 1 and _width([*shown, *_rest(left_out)]) > room:
        shown.pop()
        left_out += 1
    return [*shown, *_rest(left_out)]


def _rest(count: int) -> list[Words]:
    return [(f"+{count}", "neutral", "")] if count else []


def _width(chips: list[Words]) -> float:
    return sum(chip_width(text, icon) + GAP for text, _, icon in chips) - GAP


def _forms(text: str, icon: str) -> tuple[str, ...]:
    """In full, then ever shorter; an icon says what the words then leave out."""
    if icon in _BY_ICON:
        return _BY_ICON[icon](text)
    if text.startswith(RISK):
        return (*_listed(RISK, text.removeprefix(RISK).split(", ")), "Risk")
    if text.startswith("Crime "):
        return text, text.removeprefix("Crime ")
    for start, short in _SHORT_STARTS.items():
        if text.startswith(start):
            return text, short
    if _LOOKING in text:
        return text, text.partition(_LOOKING)[0].rsplit(" ", 1)[0]
    return (text, _SHORT[text]) if text in _SHORT else (text,)


def _listed(start: str, kinds: list[str]) -> tuple[str, ...]:
    most = reversed(range(1, len(kinds)))
    some = [f"{start}{', '.join(kinds[:n])} +{len(kinds) - n}" for n in most]
    return (f"{start}{', '.join(kinds)}", *some)


_BY_ICON: dict[str, Callable[[str], tuple[str, ...]]] = {
    FLAG: lambda text: _listed("", text.split(", ")),
    LATE: short_late,
    SAID: short_said,
}
