"""Shorthand: a semicolon and a few letters that become a sentence, with the time where it says so.

Nothing that is typed without the semicolon is ever changed.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from workstation.domain.numbers import LONDON

BEGINS = ";"
TIME = "{time}"
LONGEST_KEY, LONGEST_WORDS = 12, 240
MOST_OWN, PROBLEMS_TOLD = 100, 5
_KEY = re.compile(r"[a-z0-9]+")
_TYPED = re.compile(r"(?:^|(?<=[\s(]));([a-z0-9]{1,12})$", re.IGNORECASE)


def expanded(shorthand: Mapping[str, str], before: str, now: datetime) -> tuple[int, str] | None:
    """How many of the last characters typed are shorthand, and what they become; None if none."""
    found = _TYPED.search(before)
    words = shorthand.get(found[1].lower()) if found is not None else None
    if found is None or words is None:
        return None
    time = f"{now.astimezone(LONDON):%H:%M}"
    return len(found[0]), words.replace(TIME, time)


def read_own(text: str, force: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """A person's own, a line each as `;bk Rang back`: what it holds, and what is wrong in it.

    A line that is wrong, or that would change what the force's letters mean, expands nothing.
    """
    own: dict[str, str] = {}
    problems: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        key, _, words = line.strip().removeprefix(BEGINS).partition(" ")
        if not line.strip():
            continue
        problem = _own_problem(line.strip(), key, words.strip(), force, own)
        if problem:
            problems.append(f"Line {number}: {problem}")
        else:
            own[key] = words.strip()
    return own, problems[:PROBLEMS_TOLD]


def _own_problem(
    line: str, key: str, words: str, force: Mapping[str, str], own: Mapping[str, str]
) -> str:
    if not line.startswith(BEGINS):
        return f"begin with {BEGINS} and the letters, as {BEGINS}bk Rang back."
    if key in force:
        return f"{BEGINS}{key} is the force's: “{force[key]}” Choose other letters."
    if key in own:
        return f"{BEGINS}{key} stands above already. Choose other letters."
    if len(own) >= MOST_OWN:
        return f"up to {MOST_OWN} are read; take another away."
    if not words:
        return f"say after a space what {BEGINS}{key} becomes."
    return next((one.partition(": ")[2] for one in shorthand_problems({key: words})), "")


def shorthand_problems(shorthand: Mapping[str, str]) -> Iterator[str]:
    """Everything wrong with a force's shorthand."""
    for key, words in shorthand.items():
        if not _KEY.fullmatch(key) or len(key) > LONGEST_KEY:
            allowed = f"1 to {LONGEST_KEY} small letters and digits"
            yield f"shorthand: {key!r} cannot be typed; allowed: {allowed}"
        if not words.strip() or len(words) > LONGEST_WORDS:
            yield f"shorthand.{key}: has {len(words)} characters; allowed: 1 to {LONGEST_WORDS}"
        strange = set(re.findall(r"\{[^}]*\}?", words)) - {TIME}
        if strange:
            yield f"shorthand.{key}: {sorted(strange)[0]} is not filled in; allowed: {TIME}"
