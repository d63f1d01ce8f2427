"""Packs: both forces' packs hold, a broken one is refused, saying where and what is allowed."""

import csv
import io
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime

import msgspec
import pytest

from workstation.domain.numbers import written
from workstation.domain.pack import Band, Pack, PackProblem
from workstation.domain.packing import compose_pack, decode_pack, encode_pack, pack_hash
from workstation.domain.places import agencies_for, council_for
from workstation.machine.resources import (
    guide_texts,
    pack_forces,
    pack_text,
    reference_tables,
    resource,
)

TABLES, GUIDES = reference_tables(), guide_texts()
CAMBRIDGE, PETERBOROUGH, CHARNWOOD = "E07000008", "E06000031", "E07000130"


def pack_of(force: str) -> Pack:
    return compose_pack(pack_text(force), TABLES, GUIDES)


def problem_of(old: str, new: str, force: str = "cambridgeshire") -> str:
    text = pack_text(force)
    assert old in text
    with pytest.raises(PackProblem) as caught:
        compose_pack(text.replace(old, new, 1), TABLES, GUIDES)
    return str(caught.value)


@dataclass(frozen=True)
class Edit:
    """One table with one text replaced."""

    table: str
    old: str
    new: str

    def tables(self) -> dict[str, str]:
        assert self.old in TABLES[self.table]
        return TABLES | {self.table: TABLES[self.table].replace(self.old, self.new, 1)}


@pytest.mark.parametrize("force", pack_forces())
def test_every_pack_travels_as_the_same_bytes_and_comes_back_the_same(force: str) -> None:
    pack = pack_of(force)
    data = encode_pack(pack)
    assert decode_pack(data) == pack
    assert encode_pack(decode_pack(data)) == data
    assert pack_hash(data) == pack_hash(encode_pack(pack_of(force)))
    assert len(pack_hash(data)) == 64


def test_another_pack_has_another_hash() -> None:
    one, other = (pack_hash(encode_pack(pack_of(force))) for force in pack_forces())
    assert one != other


def test_cambridgeshire_promises_two_days_and_says_prompt() -> None:
    pack = pack_of("cambridgeshire")
    assert (pack.promises.public_hours, pack.promises.recording_hours) == (48, 24)
    assert pack.grade_by_code["P"].name == "Prompt"
    assert pack.emergency_grade.code == "I"
    assert (pack.emergency_grade.target_minutes, pack.emergency_grade.rural_target_minutes) == (
        15,
        20,
    )
    assert pack.valid_from == date(2026, 1, 1)


def test_leicestershire_promises_one_day_and_marks_its_numbers_assumed() -> None:
    pack = pack_of("leicestershire")
    assert pack.promises.public_hours == 24
    assert pack.numbers.crime.assumption
    assert pack.numbers.incident.assumption
    assert all(grade.unverified for grade in pack.grades)


def test_numbers_are_written_as_the_published_examples() -> None:
    pack = pack_of("cambridgeshire")
    assert written(pack, "crime", 66507, datetime(2022, 9, 14, 12, tzinfo=UTC)) == "35/66507/22"
    assert written(pack, "incident", 401, datetime(2021, 1, 27, tzinfo=UTC)) == "CC-27012021-0401"


@pytest.mark.parametrize("force", pack_forces())
def test_thrive_has_six_elements_with_the_most_serious_last(force: str) -> None:
    elements = {element.key: element.levels for element in pack_of(force).thrive}
    assert "".join(elements) == "THRIVE"
    assert elements["T"] == elements["V"] == ("None", "Low", "Med", "High")
    assert elements["I"] == ("None", "Later", "Perishable")
    assert elements["E"] == ("Willing", "Unsure", "Won't")


@pytest.mark.parametrize("force", pack_forces())
def test_right_care_is_recorded_before_a_worry_leaves_the_hub_in_any_way(force: str) -> None:
    rule = next(one for one in pack_of(force).hard_rules if one.id == "right-care")
    assert {"close", "redirect", "not attend", "hand over"} <= set(rule.refuses)


@pytest.mark.parametrize("force", pack_forces())
def test_the_dispatch_number_reaches_nobody_real(force: str) -> None:
    assert pack_of(force).dispatch.phone.startswith("01632 960")
    assert "demonstration" in pack_of(force).dispatch.phone


def test_a_pack_holds_only_the_agencies_of_its_force_and_the_nationwide() -> None:
    ids = set(pack_of("cambridgeshire").agency_by_id)
    assert {"cambridge-city", "btp", "report-fraud", "force-leicestershire"} <= ids
    assert not {"leicester-city", "psd-leics", "force-cambridgeshire"} & ids


def test_everyday_offences_come_first() -> None:
    offences = pack_of("cambridgeshire").offences
    named = [bool(offence.common_name) for offence in offences]
    assert named == sorted(named, reverse=True)
    assert sum(named) == 96


def test_every_label_of_the_demo_reports_is_in_the_packs() -> None:
    packs = {force: pack_of(force) for force in pack_forces()}
    for line in resource("demo", "reports.jsonl").read_text("utf-8").splitlines():
        report = json.loads(line)
        pack, gold = packs[report["force"]], report["gold"]
        assert set(gold["agency"]["agency_ids"]) <= set(pack.agency_by_id)
        assert set(gold["offence_codes"]) <= set(pack.offence_by_code)
        assert gold["incident_category"] in {category.id for category in pack.categories}


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('code = "I"', 'code = "I', "line 10"),
        ("[promises]", "[promises\n", "line "),
        ("[[grades]]", "[[grades]]\n= 3", "line 10"),
    ],
)
def test_broken_syntax_names_the_line(old: str, new: str, line: str) -> None:
    assert problem_of(old, new).startswith(line)


def test_text_that_ends_too_early_names_the_last_line() -> None:
    with pytest.raises(PackProblem, match=r"^line 2: .*end of the text"):
        compose_pack('force = "x"\ngrades = [', TABLES, GUIDES)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("band = 2", "band = 7", "grades[1].band: 7 is not one of 1, 2, 3, 4"),
        ('"octagon"', '"star"', "grades[0].shape: star is not one of circle, octagon"),
        ("band = 2", 'band = "two"', "grades[1].band: expected `int`"),
        ("band = 2", "bend = 2", "grades[1]: contains unknown field `bend`; allowed: code, name"),
        ('name = "Prompt"\n', "", "grades[1]: object missing required field `name`"),
        ('code = "P"', 'code = "I"', "grades: code 'I' is given 2 times"),
        ("band = 1", "band = 2", "grades: none has band 1"),
        ("sends_officers = true", "sends_officers = false", "grades[0].sends_officers"),
        ("target_minutes = 15", "target_minutes = 0", "grades[0].target_minutes: 0"),
        ("public_hours = 48", "public_hours = -1", "promises.public_hours: -1"),
        ("public_hours = 48", "public_hours = 99999999999", "promises.public_hours: 99999999999"),
        ("{serial}/", "{serail}/", "numbers.crime.pattern: serail is not a field; allowed: force"),
        ("{serial}/", "{serial.x}/", "numbers.crime.pattern: serial.x is not a field"),
        ("{serial}/", "{serial/", "numbers.crime.pattern"),
        ("{serial}/", "", "numbers.crime.pattern: {serial} is missing"),
        ("{serial:04}", "{serial:zz}", "numbers.incident.pattern"),
        ("{dd}{mm}", "", "numbers.incident.pattern: restarts each day, so needs dd, mm"),
        ('"day"', '"week"', "numbers.incident.restarts: week is not one of day, year"),
        (CAMBRIDGE, "E07000999", "areas[0].districts: E07000999 is not a known district of: E06"),
        (CAMBRIDGE, CHARNWOOD, "areas[0].districts: E07000130 is not a known district of: E06"),
        ('["Willing", "Unsure", "Won\'t"]', '["Willing"]', "thrive[5].levels: needs two or more"),
        ('force_code = "35"', 'force_code = "CC"', "force_code: 'CC' is not a force code"),
        ("valid_from = 2026-01-01", 'valid_from = "soon"', "valid_from: invalid"),
    ],
)
def test_broken_content_names_the_key_path_and_what_is_allowed(
    old: str, new: str, sentence: str
) -> None:
    assert sentence in problem_of(old, new)


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (Edit("redirect_rules", ",btp,", ",bpt,"), "redirect_rules[16].target: 'bpt' is neither"),
        (
            Edit("redirect_rules", "R02,litter,", "R02,moonlight,"),
            "no agency for moonlight in E06",
        ),
        (Edit("redirect_rules", ",police\n", ",polcie\n"), "redirect_rules[0].exception_target"),
        (Edit("offences", "2/00,", "1/01,"), "offences: code '1/01' is given 2 times"),
        (Edit("agencies", "id,name", "id,title"), "agencies, row 1: "),
    ],
)
def test_a_broken_table_is_refused_too(edit: Edit, sentence: str) -> None:
    with pytest.raises(PackProblem) as caught:
        compose_pack(pack_text("cambridgeshire"), edit.tables(), GUIDES)
    assert sentence in str(caught.value)


def test_a_missing_table_is_named() -> None:
    with pytest.raises(PackProblem, match="agencies: the table is missing"):
        compose_pack(pack_text("cambridgeshire"), {"places": TABLES["places"]}, GUIDES)


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[]", b'{"force":"x"}'])
def test_bytes_that_are_no_pack_are_refused(data: bytes) -> None:
    with pytest.raises(PackProblem):
        decode_pack(data)


def test_a_carried_pack_is_checked_again() -> None:
    pack = pack_of("cambridgeshire")
    quiet = tuple(grade for grade in pack.grades if grade.band is not Band.EMERGENCY)
    with pytest.raises(PackProblem, match="none has band 1"):
        decode_pack(encode_pack(msgspec.structs.replace(pack, grades=quiet)))


def test_the_district_or_the_county_answers_as_the_topic_says() -> None:
    pack = pack_of("cambridgeshire")
    assert [a.id for a in agencies_for(pack, "noise", CAMBRIDGE)] == ["cambridge-city"]
    assert [a.id for a in agencies_for(pack, "parking", CAMBRIDGE)] == ["cambridgeshire-cc"]
    assert [a.id for a in agencies_for(pack, "parking", PETERBOROUGH)] == ["peterborough"]
    assert agencies_for(pack, "railway", "")[0].id == "btp"
    assert agencies_for(pack, "out_of_force", CAMBRIDGE)[0].id == "other-force"
    assert agencies_for(pack, "sorcery", CAMBRIDGE) == []


def test_with_no_district_every_agency_of_the_topic_is_offered() -> None:
    assert len(agencies_for(pack_of("cambridgeshire"), "noise", "")) == 6


def test_the_nearest_council_stands_before_the_county() -> None:
    found = council_for(pack_of("leicestershire"), CHARNWOOD)
    assert [agency.id for agency in found] == ["charnwood", "leicestershire-cc"]


@pytest.mark.parametrize("force", pack_forces())
def test_every_rule_finds_somebody_in_every_district(force: str) -> None:
    pack = pack_of(force)
    for rule in pack.redirect_rules:
        for area in pack.areas:
            for district in area.districts:
                assert agencies_for(pack, rule.topic, district), (rule.id, district)


def test_tables_have_no_stray_cells() -> None:
    for name, text in TABLES.items():
        for row in csv.DictReader(io.StringIO(text)):
            assert None not in row, name
            assert None not in row.values(), name
