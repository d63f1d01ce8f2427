"""The first words of an account as a name for it: no speaker's tag, cut between words."""

import re

from workstation.views.literal import literal

LONGEST = 80
_TAG = re.compile(r"^(?:\s*\[[^\[\]]{1,24}\]\s*:?)+\s*")


def one_line(text: str) -> str:
    """The text where there is room for one line: every kind of line end is a space."""
    return " ".join(literal(text).split())


def first_words(text: str, longest: int = LONGEST) -> str:
    """One line of at most so many letters; what was left out is shown as left out.

    Marks that turn text round are spelt out: a name must read as it was sent.
    """
    line = one_line(text)
    bare = _TAG.sub("", line) or line
    if len(bare) <= longest:
        return bare
    whole = bare[:longest].rsplit(" ", 1)[0] if " " in bare[:longest] else bare[:longest]
    return f"{whole.rstrip(' ,.;:')}\N{HORIZONTAL ELLIPSIS}"
