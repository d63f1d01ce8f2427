"""How a force pack is composed of one TOML text and the reference tables, checked, and carried.

Every problem names where it is (line, or key path counting from 0) and what is allowed there;
a pack with any problem is refused whole, when composed and again when decoded.
"""

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from string import Formatter
from typing import TypeVar

import msgspec
from msgspec import Struct

from workstation.domain.guide_check import guide_problems, read_guides
from workstation.domain.judgement_checks import (
    hard_rule_problems,
    repeat_check_problems,
    thrive_model_problems,
)
from workstation.domain.pack import (
    Agency,
    Area,
    Band,
    Category,
    Claims,
    Dispatch,
    FlagKind,
    Grade,
    HardRule,
    Limb,
    Numbers,
    Offence,
    Pack,
    PackProblem,
    Promises,
    RedirectRule,
    RepeatCheck,
    TalkSafely,
    ThriveElement,
    VictimsCode,
)
from workstation.domain.pack_clocks import LONGEST, clock_problems
from workstation.domain.say_checks import say_problems
from workstation.domain.shorthand import shorthand_problems
from workstation.domain.working_days import BankHoliday
from workstation.domain.written import plain, raise_any, read_toml

BY_DISTRICT = "by_district"
EXCEPTION_TARGETS = ("", "police", "emergency", "oversight")
NUMBER_FIELDS = ("force_code", "serial", "yy", "yyyy", "mm", "dd")
SAMPLE = {"force_code": "35", "serial": 7, "yy": "26", "yyyy": "2026", "mm": "11", "dd": "22"}
SEPARATORS = {"topics": " ", "districts": " ", "keywords": "|"}
ENCODER = msgspec.json.Encoder(order="deterministic")

Row = TypeVar("Row", bound=Struct)
Tables = Mapping[str, str]


class PackText(Struct, frozen=True):
    """What the TOML file of a force says; the rest of a pack comes from the tables."""

    force: str
    force_name: str
    force_code: str
    valid_from: date
    grades: tuple[Grade, ...]
    promises: Promises
    numbers: Numbers
    thrive: tuple[ThriveElement, ...]
    dispatch: Dispatch
    areas: tuple[Area, ...]
    terms: dict[str, str]
    claims: Claims = Claims()
    flags: tuple[FlagKind, ...] = ()
    victims_code: VictimsCode = VictimsCode()
    repeat_check: RepeatCheck = RepeatCheck()
    shorthand: dict[str, str] = {}
    hard_rules: tuple[HardRule, ...] = ()
    right_care: tuple[Limb, ...] = ()
    thrive_model: str = "THRIVE"
    talk_safely: TalkSafely | None = None


def compose_pack(toml_text: str, tables: Tables, guides: Tables) -> Pack:
    """The pack of a force: its own text, those rows of the tables that concern it, and guides."""
    text = read_toml(toml_text, PackText)
    places = _rows(tables, "places")
    known = {row.get("district", "") for row in places if row.get("force") == text.force}
    raise_any(_district_problems(text.areas, known))
    districts = frozenset(code for area in text.areas for code in area.districts)
    agencies = _table(tables, "agencies", Agency)
    pack = Pack(
        **{name: getattr(text, name) for name in text.__struct_fields__},
        agencies=tuple(a for a in agencies if _concerns(a, text.force, districts)),
        redirect_rules=_table(tables, "redirect_rules", RedirectRule),
        offences=_table(tables, "offences", Offence),
        categories=_table(tables, "categories", Category),
        bank_holidays=_table(tables, "bank_holidays", BankHoliday),
        guides=read_guides(guides, [flag.id for flag in text.flags]),
    )
    raise_any(pack_problems(pack))
    return pack


def encode_pack(pack: Pack) -> bytes:
    """The pack as canonical JSON: the same pack always gives the same bytes."""
    return ENCODER.encode(pack)


def decode_pack(data: bytes) -> Pack:
    """The pack in these bytes, checked as if it were composed here."""
    try:
        pack = msgspec.json.decode(data, type=Pack)
    except msgspec.ValidationError as problem:
        raise PackProblem(plain(str(problem))) from problem
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:
        raise PackProblem(f"the pack is not JSON: {problem}") from problem
    raise_any(pack_problems(pack))
    return pack


def pack_hash(data: bytes) -> str:
    """The name of a pack: SHA-256 of its encoded bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def pack_problems(pack: Pack) -> Iterator[str]:
    """Everything wrong with a pack whose types are right, as `key path: what, and what may be`."""
    yield from _repeated("grades", "code", [grade.code for grade in pack.grades])
    yield from _grade_problems(pack.grades)
    yield from clock_problems(pack)
    yield from _claim_problems(pack.claims)
    yield from _pattern_problems("numbers.crime", pack.numbers.crime.pattern, {"serial"})
    yield from _pattern_problems("numbers.incident", pack.numbers.incident.pattern, {"serial"})
    yield from _restart_problems(pack.numbers)
    yield from _repeated("thrive", "key", [element.key for element in pack.thrive])
    yield from _thrive_problems(pack.thrive)
    yield from thrive_model_problems(pack)
    yield from _flag_problems(pack.flags)
    yield from hard_rule_problems(pack)
    yield from repeat_check_problems(pack.repeat_check)
    yield from _repeated("areas", "id", [area.id for area in pack.areas])
    yield from _repeated("agencies", "id", [agency.id for agency in pack.agencies])
    yield from _repeated("redirect_rules", "id", [rule.id for rule in pack.redirect_rules])
    yield from _repeated("offences", "code", [offence.code for offence in pack.offences])
    yield from _repeated("categories", "id", [category.id for category in pack.categories])
    yield from _rule_problems(pack)
    yield from shorthand_problems(pack.shorthand)
    yield from say_problems(pack)
    yield from guide_problems(pack.guides, [flag.id for flag in pack.flags])
    if not re.fullmatch(r"[0-9]{1,3}", pack.force_code):
        yield f"force_code: {pack.force_code!r} is not a force code; allowed: 1 to 3 digits"
    if not pack.dispatch.phone.strip():
        yield "dispatch.phone: is empty; give the number that reaches the dispatch room by voice"


def _rows(tables: Tables, name: str) -> Iterator[dict[str, str]]:
    if name not in tables:
        raise PackProblem(f"{name}: the table is missing; given: {', '.join(sorted(tables))}")
    reader = csv.DictReader(io.StringIO(tables[name]), strict=True)
    try:
        yield from reader
    except csv.Error as problem:
        raise PackProblem(f"{name}, line {reader.line_num}: {problem}") from problem


def _table(tables: Tables, name: str, kind: type[Row]) -> tuple[Row, ...]:
    return tuple(
        _row(f"{name}, row {count}", row, kind) for count, row in enumerate(_rows(tables, name), 1)
    )


def _row(where: str, row: dict[str, str], kind: type[Row]) -> Row:
    cells: dict[str, object] = dict(row)
    for column, separator in SEPARATORS.items():
        if column in cells:
            cells[column] = [part for part in (row[column] or "").split(separator) if part]
    try:
        raise_any(f"unknown column `{one}`" for one in cells if one not in kind.__struct_fields__)
        return msgspec.convert(cells, type=kind)
    except (msgspec.ValidationError, TypeError, PackProblem) as problem:
        columns = ", ".join(kind.__struct_fields__)
        raise PackProblem(f"{where}: {plain(str(problem))}; columns: {columns}") from problem


def _concerns(agency: Agency, force: str, districts: frozenset[str]) -> bool:
    """Nationwide, or serving a district of the force; a force is no agency to itself."""
    here = not agency.districts or not districts.isdisjoint(agency.districts)
    return here and agency.id != f"force-{force}"


def _repeated(where: str, key: str, values: list[str]) -> Iterator[str]:
    if not values:
        yield f"{where}: is empty; at least one is needed"
    for value, count in Counter(values).items():
        if not value.strip():
            yield f"{where}: a {key} is empty"
        elif count > 1:
            yield f"{where}: {key} {value!r} is given {count} times; each must be its own"


def _district_problems(areas: tuple[Area, ...], known: set[str]) -> Iterator[str]:
    for index, area in enumerate(areas):
        for code in area.districts:
            if code not in known:
                allowed = ", ".join(sorted(known)) or "none: no place of this force is known"
                yield f"areas[{index}].districts: {code} is not a known district of: {allowed}"
        if not area.districts:
            yield f"areas[{index}].districts: is empty; at least one is needed"


def _grade_problems(grades: tuple[Grade, ...]) -> Iterator[str]:
    emergencies = [grade for grade in grades if grade.band is Band.EMERGENCY]
    if not emergencies:
        yield "grades: none has band 1; a force needs an emergency grade"
    for index, grade in enumerate(grades):
        if grade.band is Band.EMERGENCY and not grade.sends_officers:
            yield f"grades[{index}].sends_officers: false; an emergency grade must send officers"
        for name in ("target_minutes", "rural_target_minutes"):
            minutes = getattr(grade, name)
            if minutes is not None and not 1 <= minutes <= LONGEST:
                yield f"grades[{index}].{name}: {minutes} is not allowed; give 1 to {LONGEST}"


def _claim_problems(claims: Claims) -> Iterator[str]:
    most = {"offline_hold_minutes": 24 * 60, "packet_size": 10, "packet_minutes": 60}
    for name, top in most.items():
        value, least = getattr(claims, name), int(name == "packet_minutes")
        if not least <= value <= top:
            yield f"claims.{name}: {value} is not allowed; give {least} to {top}"


def _pattern_fields(pattern: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}


def _pattern_problems(where: str, pattern: str, needed: set[str]) -> Iterator[str]:
    allowed = ", ".join(NUMBER_FIELDS)
    try:
        fields = _pattern_fields(pattern)
        if not fields <= set(NUMBER_FIELDS):
            strange = ", ".join(sorted(fields - set(NUMBER_FIELDS))) or "an unnamed field"
            yield f"{where}.pattern: {strange} is not a field; allowed: {allowed}"
            return
        pattern.format(**SAMPLE)
    except (ValueError, KeyError, IndexError, AttributeError) as problem:
        yield f"{where}.pattern: {pattern!r} cannot be written ({problem}); allowed: {allowed}"
        return
    for name in sorted(needed - fields):
        yield f"{where}.pattern: {{{name}}} is missing, so that numbers would repeat"


def _restart_problems(numbers: Numbers) -> Iterator[str]:
    """A series that begins again must say in the number since when, or numbers would repeat."""
    for where, series in (("crime", numbers.crime), ("incident", numbers.incident)):
        try:
            fields = _pattern_fields(series.pattern)
        except ValueError:
            continue  # told by the check of the pattern itself
        wanted = {"dd", "mm"} if series.restarts == "day" else set()
        if not fields & {"yy", "yyyy"} or not wanted <= fields:
            need = "dd, mm and yy or yyyy" if wanted else "yy or yyyy"
            yield f"numbers.{where}.pattern: restarts each {series.restarts}, so needs {need}"


def _thrive_problems(elements: tuple[ThriveElement, ...]) -> Iterator[str]:
    for index, element in enumerate(elements):
        levels = element.levels
        if len(levels) < 2 or len(set(levels)) != len(levels):
            yield f"thrive[{index}].levels: needs two or more levels, all different"


MOST_FLAGS, LONGEST_FLAG = 12, 40  # each stands in a report's header, and in its row


def _flag_problems(flags: tuple[FlagKind, ...]) -> Iterator[str]:
    """A force need not have flags; those it has can be told apart and fit beside a report."""
    if not flags:
        return
    yield from _repeated("flags", "id", [flag.id for flag in flags])
    yield from _repeated("flags", "name", [flag.name for flag in flags])
    if len(flags) > MOST_FLAGS:
        yield f"flags: {len(flags)} are given; a report's header holds up to {MOST_FLAGS}"
    for index, flag in enumerate(flags):
        if len(flag.id) > LONGEST_FLAG or len(flag.name) > LONGEST_FLAG:
            yield f"flags[{index}]: id and name hold up to {LONGEST_FLAG} characters each"


def _rule_problems(pack: Pack) -> Iterator[str]:
    districts = sorted({code for area in pack.areas for code in area.districts})
    for index, rule in enumerate(pack.redirect_rules):
        where = f"redirect_rules[{index}]"
        if rule.target == BY_DISTRICT:
            bare = [code for code in districts if not _served(pack, rule.topic, code)]
            if bare:
                yield f"{where}.topic: no agency for {rule.topic} in {', '.join(bare)}"
        else:
            named = rule.target.split() or [""]
            for agency in (name for name in named if name not in pack.agency_by_id):
                yield f"{where}.target: {agency!r} is neither {BY_DISTRICT} nor an agency's id"
        known = rule.exception_target in EXCEPTION_TARGETS
        if not known and rule.exception_target not in pack.agency_by_id:
            allowed = ", ".join(filter(None, EXCEPTION_TARGETS))
            yield f"{where}.exception_target: not one of {allowed}, nor an agency's id"


def _served(pack: Pack, topic: str, district: str) -> bool:
    return any(topic in a.topics and district in a.districts for a in pack.agencies)
