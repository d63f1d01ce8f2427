"""By what the same person, address or vehicle is found again: pairs of a kind and a plain value.

Kinds that speak of who and where (`identity`) are what the check for earlier contacts compares
(row A9.1); references and the sound of names are for searching only.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from workstation.domain.earlier_places import street_key, without_house
from workstation.domain.report import Facts, Location, Report
from workstation.domain.sounding import name_words, sound_of
from workstation.domain.typed import read_date

Trace = tuple[str, str]
PHONE, EMAIL, PERSON, ADDRESS = "phone", "email", "person", "address"
UPRN, POSTCODE, VEHICLE = "uprn", "postcode", "vehicle"
REFERENCE, SOUND = "reference", "sound"
SPOKEN = {
    PHONE: "telephone",
    EMAIL: "e-mail",
    PERSON: "name and birth date",
    ADDRESS: "address",
    UPRN: "UPRN",
    POSTCODE: "postcode",
    VEHICLE: "vehicle",
    REFERENCE: "reference",
    SOUND: "name that sounds alike",
}
LEAST_DIGITS = 6
LATEST_BIRTH = date(2026, 12, 31)  # of two figures; indexes keep what was read

_ANY = re.compile(r"[\d@]")
_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w/])(?:\+44|0044|0)(?:[ ()-]{0,3}\d){9,13}(?![\w/])")
_EXTENSION = re.compile(r"\b(?:ext|extension|x)\b.*", re.IGNORECASE | re.DOTALL)
_UPRN = re.compile(r"\bUPRN\W{0,3}(\d{6,12})\b", re.IGNORECASE)
_PLATES = (
    re.compile(r"\b([A-Z]{2}\d{2})\s?([A-Z]{3})\b", re.IGNORECASE),
    re.compile(r"\b([A-Z]{2}[\dIO]{2})\s?([A-Z]{3})\b"),
    re.compile(r"\b([A-Z]\d{1,3})\s?([A-Z]{3})\b"),
    re.compile(r"\b([A-Z]{3})\s?(\d{1,3}[A-Z])\b"),
    re.compile(r"\b([A-Z]{2}Z)\s?(\d{1,4})\b"),  # of Northern Ireland; with an I it may be a PIN
)
_QUOTED = re.compile(  # looked ahead for, so that a word before a reference hides none of it
    r"\b(?=([A-Z]{2,4}[- ][A-Z0-9]{4,8}[- ][A-Z0-9]{2,6}\b|[A-Z]{3}[A-Z0-9]{8}\b"
    r"|\d{2}/\d{3,6}/\d{2}\b))",
    re.IGNORECASE,
)
# A tenth of them have no digit.
RECEIPT_CODE = re.compile(r"[A-Z]{3}-[A-Z0-9]{4}-[A-Z0-9]{4}", re.IGNORECASE)
LOOK_ALIKE = str.maketrans("OI", "01")


def identity(report: Report) -> list[Trace]:
    """What speaks of who and where in a report, as far as its header has its words."""
    return list(dict.fromkeys((*facts_of(report), *said(report.excerpt))))


def facts_of(report: Report) -> list[Trace]:
    """The same of its key facts alone; the words of its account stand in its story."""
    facts, where = report.facts, report.location
    texts = (facts.title, facts.people, where.text)
    found = (*_reached(facts), *_person(facts), *_placed(where), *said("\n".join(texts)))
    return list(dict.fromkeys(found))


def said(text: str) -> list[Trace]:
    """Numbers, addresses of e-mail and plates that words mention; most words mention none."""
    if not _ANY.search(text):
        return []
    phones = (phone_key(found) for found in _PHONE.findall(text))
    plates = ("".join(found) for plate in _PLATES for found in plate.findall(text))
    found = [
        *((PHONE, phone) for phone in phones if phone),
        *((EMAIL, email.casefold()) for email in (_EMAIL.findall(text) if "@" in text else ())),
        *((VEHICLE, plate_key(plate)) for plate in plates),
        *((UPRN, number) for number in _UPRN.findall(text)),
    ]
    return list(dict.fromkeys(found))


def who(facts: Facts) -> list[Trace]:
    """What speaks of who somebody is, as far as they gave it themselves."""
    return list(dict.fromkeys((*_reached(facts), *_person(facts))))


def quoted(text: str) -> list[str]:
    """What reads like the reference of a report in somebody's words, each once as written."""
    found = (match[1] for match in _QUOTED.finditer(text))
    spoken = (one for one in found if RECEIPT_CODE.fullmatch(one) or any(c.isdigit() for c in one))
    return list(dict.fromkeys(spoken))


def references(report: Report) -> list[Trace]:
    """Every number or code that people know the report or a crime of it by."""
    numbers = (crime.number for crime in report.crimes)
    spoken = (report.incident_number, report.local_reference, report.receipt_code, *numbers)
    return [(REFERENCE, reference_key(one)) for one in dict.fromkeys(spoken) if one]


def sounds(report: Report) -> list[Trace]:
    """How the names in the header sound."""
    words = name_words(f"{report.facts.reporter} {report.facts.people}")
    codes = (sound_of(word) for word in words if len(word) > 1)
    return [(SOUND, code) for code in dict.fromkeys(codes) if code]


def reference_key(spoken: str) -> str:
    """A reference without how it is written: CAM-7Q4K-2 and cam 7q4k 2 are one."""
    return re.sub(r"[^A-Z0-9]", "", spoken.upper())


def phone_key(phone: str) -> str:
    """The digits as dialled at home; nothing where there are too few to tell anybody apart."""
    spoken = _EXTENSION.sub("", unicodedata.normalize("NFKC", phone))
    digits = "".join(str(int(c)) for c in spoken if c.isdecimal())
    digits = digits.removeprefix("00")
    if digits.startswith("44") and len(digits) > 10:
        digits = "0" + digits.removeprefix("44").removeprefix("0")
    return digits if len(digits) >= LEAST_DIGITS else ""


def plate_key(plate: str) -> str:
    """A plate as it is read: O and nought, I and one look alike."""
    return re.sub(r"[^A-Z0-9]", "", plate.upper()).translate(LOOK_ALIKE)


def postcode_key(postcode: str) -> str:
    """A postcode without its spaces."""
    return re.sub(r"\s", "", postcode).upper()


def birth_date(written: str) -> str:
    """A birth date in any usual style as one; what is none stays as it is written."""
    read = read_date(written, LATEST_BIRTH)
    return read.isoformat() if isinstance(read, date) else written.strip().casefold()


def _reached(facts: Facts) -> Iterable[Trace]:
    """Each number and address where a field holds more than one; else the field as it is."""
    written = said(f"{facts.phone}\n{facts.email}")
    reached = [one for one in written if one[0] in (PHONE, EMAIL)]
    kinds = {kind for kind, _ in reached}
    if PHONE not in kinds and (phone := phone_key(facts.phone)):
        yield PHONE, phone
    if EMAIL not in kinds and (email := facts.email.strip().casefold()):
        yield EMAIL, email
    yield from reached


def _person(facts: Facts) -> Iterable[Trace]:
    """First and last name by their sound, in either order, with the birth date."""
    words = name_words(facts.reporter)
    if words and facts.date_of_birth.strip():
        codes = sorted({sound_of(words[0]), sound_of(words[-1])})
        yield PERSON, f"{' '.join(codes)}/{birth_date(facts.date_of_birth)}"


def _placed(where: Location) -> Iterable[Trace]:
    """The house: with its postcode, and with its street; the postcode as well."""
    written, street = without_house(where.text)
    house = re.sub(r"[^a-z0-9]", "", written.casefold())
    postcode = postcode_key(where.postcode)
    if house and postcode:
        yield ADDRESS, f"{house}/{postcode}"
    if house and street:
        town = where.town or ""
        yield ADDRESS, f"{house}/{street_key(street.split(',')[0])}/{street_key(town)}"
    if postcode:
        yield POSTCODE, postcode
