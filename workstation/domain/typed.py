"""What a person typed of a known shape (date, plate, postcode, telephone), and what is doubtful.

Nothing is changed and little is refused: a person may be right. What is doubtful is told in one
sentence beside the words, which stand as typed.
"""

import re
from collections.abc import Callable
from datetime import date, datetime

from workstation.domain.numbers import LONDON

OLDEST_YEARS = 115
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<m>{'|'.join(MONTHS)})[a-z]*\.?"
_DAY = r"\b(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})\b",
        r"\b(?P<d>\d{1,2})[-/.–](?P<m>\d{1,2})[-/.–](?P<y>\d{4}|\d{2})\b",
        r"\b(?P<d>\d{1,2}) (?P<m>\d{1,2}) (?P<y>\d{4})\b",
        rf"{_DAY}(?:\.? |-|\s+of\s+|\s+)\s*{_MONTH},?[ -]+(?P<y>\d{{4}}|['’]?\d{{2}})\b(?!:)",
        rf"\b{_MONTH}\s+{_DAY},?\s+(?P<y>\d{{4}})\b",
    )
)
_PLATES = (
    r"[A-Z]{2}\d{2}[A-Z]{3}", r"[A-Z]\d{1,3}[A-Z]{3}", r"[A-Z]{3}\d{1,3}[A-Z]",
    r"[A-Z]{1,3}\d{1,4}", r"\d{1,4}[A-Z]{1,3}", r"\d{3}[DX]\d{3}",
)  # fmt: skip
_PLATE = re.compile("|".join(_PLATES))
_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})?")
_AROUND_DIGITS = re.compile(r"[\s().+/-]|\(0\)")
_SHORT_NUMBERS = frozenset({"999", "101", "111", "112", "105", "116123"})

IsKnown = Callable[[str], bool]


def _anywhere(_outcode: str) -> bool:
    return True


def doubt(kind: str, text: str, now: datetime, is_known: IsKnown = _anywhere) -> str:
    """What is doubtful about it, in a sentence; nothing where nothing is, or nothing is typed."""
    words = text.strip()
    if not words:
        return ""
    if kind == "postcode":
        return _postcode_doubt(words, is_known)
    check = _CHECKS.get(kind)
    return check(words, now) if check is not None else ""


def is_false_birth(text: str, now: datetime) -> bool:
    """Whether it says that somebody was born after today: no record may say so."""
    read = read_date(text, _today(now))
    return isinstance(read, date) and read > _today(now)


def read_date(text: str, latest: date | None = None) -> date | str | None:
    """The first date in it; as words where no calendar has that day; None where there is none.

    Two figures of a year are of this century, or of the last where that would be after `latest`.
    """
    for pattern in _DATES:
        found = pattern.search(text)
        if found is not None:
            day, month, year = found["d"], found["m"], found["y"].lstrip("'’")
            read = _day(day, month, year if len(year) == 4 else f"20{year}")
            if len(year) == 2 and latest is not None and read is not None and read > latest:
                read = _day(day, month, f"19{year}")
            return read or found[0]
    return None


def _day(day: str, month: str, year: str) -> date | None:
    number = MONTHS.index(month[:3].lower()) + 1 if month.isalpha() else int(month)
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None


def _today(now: datetime) -> date:
    return now.astimezone(LONDON).date()


def _date_doubt(text: str, now: datetime) -> str:
    read = read_date(text)
    if isinstance(read, str):
        return f"There is no {read}: no calendar has that day. Ask again; it stands as typed."
    if read is not None and read > _today(now):
        return f"{_spoken(read)} is still to come. Ask again when it was; it stands as typed."
    return ""


def _birth_doubt(text: str, now: datetime) -> str:
    today = _today(now)
    read = read_date(text, today)
    if read is None:
        return "Not read as a date: write it as 3 Nov 1988, or leave it as said."
    if isinstance(read, str):
        return _date_doubt(text, now)
    if read > today:
        return f"{_spoken(read)} is still to come: nobody was born then."
    years = today.year - read.year - ((today.month, today.day) < (read.month, read.day))
    return (
        f"That makes them {years}. Ask again; it stands as typed." if years > OLDEST_YEARS else ""
    )


def _number_doubt(text: str, _now: datetime) -> str:
    return "" if re.search(r"\d", text) else "No figure in it. It stands as typed."


def _plate_doubt(text: str, _now: datetime) -> str:
    plate = re.sub(r"[\s-]", "", text.upper())
    if _PLATE.fullmatch(plate):
        return ""
    return (
        f"“{text}” has not the shape of a British plate: spell it back (O or 0, I or 1). "
        "It stands as typed; a foreign plate may be right."
    )


def _postcode_doubt(text: str, is_known: IsKnown) -> str:
    found = _POSTCODE.fullmatch(" ".join(text.upper().split()))
    if found is None:
        return f"“{text}” has not the shape of a postcode. Spell it back; it stands as typed."
    if not is_known(found[1]):
        return f"{found[1]} is not known to this desk: misheard, or out of the area? Ask the town."
    return "" if found[2] else "Half a postcode: ask for the other half, or a house number."


def _phone_doubt(text: str, _now: datetime) -> str:
    """Any style is read: spaces, brackets, +44, 0044, an extension."""
    number = re.split(r"\b(?:ext|extension|x)\b", text.lower())[0]
    digits = _AROUND_DIGITS.sub("", number.replace("(0)", ""))
    if not digits.isdigit():
        return f"“{text}” is not only figures. Read it back; it stands as typed."
    if digits in _SHORT_NUMBERS:
        return ""
    national = re.sub(r"^(?:0044|44)0?", "0", digits) if _is_abroad(number) else digits
    if national.startswith("00") or (_is_abroad(number) and not national.startswith("0")):
        return "" if 8 <= len(digits) <= 17 else _count(digits)
    lengths = (11,) if national.startswith("07") else (10, 11)
    return "" if national.startswith("0") and len(national) in lengths else _count(national)


def _is_abroad(number: str) -> bool:
    return number.strip().startswith(("+", "00"))


def _count(digits: str) -> str:
    return (
        f"{len(digits)} figures; a British number has 10 or 11, a mobile 11, and begins with 0. "
        "Read it back; it stands as typed."
    )


def _spoken(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"


_CHECKS: dict[str, Callable[[str, datetime], str]] = {
    "date": _date_doubt,
    "birth-date": _birth_doubt,
    "number": _number_doubt,
    "plate": _plate_doubt,
    "phone": _phone_doubt,
}
