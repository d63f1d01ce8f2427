"""What somebody who searches means: by its shape a reference, a number, a plate or a postcode.

Else words: each is found by its beginning, and in names by its sound.
"""

import re
import unicodedata
from typing import Literal

from msgspec import Struct

from workstation.domain.report import Report
from workstation.domain.traces import (
    EMAIL,
    LOOK_ALIKE,
    PHONE,
    POSTCODE,
    RECEIPT_CODE,
    REFERENCE,
    VEHICLE,
    Trace,
    phone_key,
    plate_key,
    postcode_key,
    reference_key,
)

LONGEST = 200
LEAST = 2
MOST_WORDS = 12
LONGEST_WORD = 60
Shape = Literal["reference", "phone", "email", "postcode", "vehicle", "words"]
_WORD = re.compile(r"\w+")
_DASHES = re.compile(r"[\u2010-\u2015]")
_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?:tel|phone)?[ :.]*[+(]?\d[\d ().-]{8,18}(?: ?(?:ext|x)[ .]*\d+)?", re.I)
_POSTCODE = re.compile(r"([A-Z]{1,2})([\dIO])([A-Z\d]?)[\s.-]?([\dIO])([A-Z]{2})", re.IGNORECASE)
_PLATE = re.compile(
    r"[A-Z]{2}[ .-]?[\dIO]{2}[ .-]?[A-Z]{3}|[A-Z][ .-]?\d{1,3}[ .-]?[A-Z]{3}"
    r"|[A-Z]{3}[ .-]?\d{1,3}[A-Z]|[A-Z]{2}Z[ .-]?\d{1,4}",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"(?=.*\d)(?:[A-Z0-9]{1,5}(?:[-/][A-Z0-9]{1,8}){1,4}|[A-Z]{3} [A-Z0-9]{4} [A-Z0-9]{1,4}"
    r"|[A-Z]{3}[A-Z0-9]{8})",
    re.IGNORECASE,
)
# Three words may have this shape, too: both are looked for.
_SPACED_CODE = re.compile(r"[A-Z]{3}[ -][A-Z0-9]{4}[ -][A-Z0-9]{4}", re.IGNORECASE)
NOTHING_TYPED = "Type a reference, a telephone number, a postcode, a plate, a name or words."
TOO_SHORT = f"Type at least {LEAST} letters or digits."
TOO_LONG = f"Search for up to {LONGEST} characters."
ONLY_SIGNS = (
    "There is no letter or digit in this. Signs such as * and ? are not needed: a word is found "
    "by its beginning."
)


class Sought(Struct, frozen=True):
    """What was understood: exact `traces` by the shape, and the words it may be instead."""

    shape: Shape
    traces: tuple[Trace, ...]
    words: tuple[str, ...]


def read(typed: str) -> Sought | str:
    """What is looked for, or a sentence that says why that cannot be searched."""
    text = " ".join(typed.split())
    if not text:
        return NOTHING_TYPED
    if len(text) > LONGEST:
        return TOO_LONG
    words = words_in(text)
    if not words:
        return ONLY_SIGNS
    if sum(map(len, words)) < LEAST:
        return TOO_SHORT
    shape, traces = _by_shape(text)
    return Sought(shape, traces, tuple(words[:MOST_WORDS]))


def words_in(text: str) -> list[str]:
    """The words of a text as they are searched: each once, in small letters, without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in _WORD.findall(plain)))


def words_of(report: Report) -> list[str]:
    """The words of a header."""
    facts, where = report.facts, report.location
    texts = (facts.title, facts.reporter, facts.people, facts.occurred, where.text, where.town,
             where.postcode, report.incident_number, report.local_reference, report.receipt_code,
             *(crime.number for crime in report.crimes))  # fmt: skip
    return words_in("\n".join(texts))


def spoken(sought: Sought) -> str:
    """How it was understood, in words."""
    return {
        "reference": "as a reference",
        "phone": "as a telephone number",
        "email": "as an e-mail address",
        "postcode": "as a postcode",
        "vehicle": "as a number plate",
        "words": "as words, and names by their sound",
    }[sought.shape]


def _by_shape(text: str) -> tuple[Shape, tuple[Trace, ...]]:
    """A text may be a plate and a reference at once: then both are looked for."""
    reference = ((REFERENCE, reference_key(text)),)
    if _EMAIL.fullmatch(email := text.casefold().strip("<>.,;").removeprefix("mailto:")):
        return "email", ((EMAIL, email),)
    if postcode := _POSTCODE.fullmatch(_DASHES.sub("-", text)):
        return "postcode", ((POSTCODE, postcode_key(_with_figures(postcode))), *reference)
    if _PLATE.fullmatch(text):
        return "vehicle", ((VEHICLE, plate_key(text)), *reference)
    if _PHONE.fullmatch(_DASHES.sub("-", text)) and (phone := phone_key(text)):
        return "phone", ((PHONE, phone), *reference)
    if _REFERENCE.fullmatch(text) or RECEIPT_CODE.fullmatch(text):
        return "reference", reference
    return "words", reference if _SPACED_CODE.fullmatch(text) else ()


def _with_figures(postcode: re.Match[str]) -> str:
    """A postcode with figures where only figures may stand: CBI 2AB is CB1 2AB."""
    area, district, more, sector, unit = (part.upper() for part in postcode.groups())
    return f"{area}{district.translate(LOOK_ALIKE)}{more}{sector.translate(LOOK_ALIKE)}{unit}"
