"""How a name sounds, as a short code: names that are written differently and sound alike share it.

Our own and small on purpose: codes stand in indexes of desks and stores for years, so no release
of a library may change them unseen. Made for names as they occur in England: Smith and Smyth,
Stephen and Steven, Mohammed and Muhammad, McDonald and MacDonald, Siobhan and Shivaun.
"""

import re
import unicodedata
from functools import lru_cache

TITLES = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "rev", "sir", "lady", "prof"))
# Letters that no accent sets apart from the English one.
_ENGLISH = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "þ": "th", "æ": "ae"})
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_RULES = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"^ma?c(?=[^aeiouy])", "mk"),
        (r"^(?:kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^wh", "w"),
        (r"^(?:x|z)", "s"),
        (r"^y", "i"),
        (r"sch|tch|sh", "s"),
        (r"chr", "kr"),
        (r"ch", "s"),
        (r"ph|bh|v", "f"),
        (r"^gh", "g"),
        (r"gh", ""),
        (r"th", "t"),
        (r"dg(?=[eiy])", "j"),
        (r"g(?=[eiy])", "j"),
        (r"c(?=[eiy])", "s"),
        (r"[cq]", "k"),
        (r"x", "ks"),
        (r"z", "s"),
        (r"mps", "ms"),
    )
)


def name_words(name: str) -> list[str]:
    """The words of a name, without its titles."""
    return [word for word in _WORD.findall(name.casefold()) if word not in TITLES]


@lru_cache(maxsize=4096)
def sound_of(word: str) -> str:
    """The code of one word: its consonants as they are heard, a vowel only at its beginning.

    A word of another script is its own code: people who have none in common are not one.
    """
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_ENGLISH))
    text = "".join(c for c in plain if "a" <= c <= "z")
    if not text:
        return plain
    for pattern, to in _RULES:
        text = pattern.sub(to, text)
    text = re.sub(r"(.)\1+", r"\1", text)
    head, tail = text[:1], re.sub(r"[aeiouyhw]", "", text[1:])
    return ("a" if head in "aeiou" and head else head) + tail


def sounds_of(name: str) -> frozenset[str]:
    """The codes of a name's words."""
    return frozenset(code for word in name_words(name) if (code := sound_of(word)))
