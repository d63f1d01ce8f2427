"""Two numbers of one crime: both stand until a person says they are one; then both find it."""

import pytest
from msgspec.structs import replace

from tests.domain.packs import PACK
from tests.domain.samples import MERGE
from tests.domain.situations import (
    ASHA,
    BEN,
    R1,
    SAM,
    ask,
    done,
    numbered_twice,
    record_crime,
    told,
    with_crime,
)
from workstation.cache.columns import columns
from workstation.domain.handoff import SOLVABILITY, HandToImu
from workstation.domain.merging import MergeCrimes
from workstation.domain.report import CrimeId, Report, Victim
from workstation.domain.roles import Person

TWICE = numbered_twice()
MERGED = done(TWICE, MERGE)
OTHER_OFFENCE = replace(TWICE.crimes[1], offence="1")
BACK = MergeCrimes(report=R1, main=CrimeId("c2"), other=CrimeId("c1"), reason="?")
ROWS: list[tuple[str, Report, MergeCrimes, Person, list[str] | str]] = [
    ("the holder", TWICE, MERGE, ASHA, ["CrimesMerged"]),
    ("a supervisor", TWICE, MERGE, SAM, ["CrimesMerged"]),
    ("somebody else", TWICE, MERGE, BEN, "claim/held"),
    ("no reason", TWICE, replace(MERGE, reason=" "), ASHA, "merge/why"),
    ("one crime only", with_crime(), MERGE, ASHA, "merge/which"),
    ("with itself", TWICE, replace(MERGE, other=MERGE.main), ASHA, "merge/which"),
    ("said twice", MERGED, MERGE, ASHA, []),
    ("the other way round afterwards", MERGED, BACK, ASHA, "merge/alias"),
    (
        "another offence",
        replace(TWICE, crimes=(TWICE.crimes[0], OTHER_OFFENCE)),
        MERGE,
        ASHA,
        "merge/unlike",
    ),
]


@pytest.mark.parametrize(
    ("report", "command", "who", "expected"), [row[1:] for row in ROWS], ids=[r[0] for r in ROWS]
)
def test_who_may_merge_what(
    report: Report, command: MergeCrimes, who: Person, expected: list[str] | str
) -> None:
    assert told(ask(report, command, who)) == expected


def test_a_crime_numbered_on_two_desks_is_shown_as_a_possible_double_until_merged() -> None:
    ((one, other),) = TWICE.possible_doubles
    assert (one.number, other.number) == ("35/66507/26", "35/66601/26")
    assert MERGED.possible_doubles == ()
    assert [crime.number for crime in MERGED.standing_crimes] == ["35/66507/26"]


def test_another_victim_is_no_double() -> None:
    again = replace(record_crime(), crime=CrimeId("c2"), victim=Victim("person", "Jo"))
    assert done(with_crime(), again, BEN).possible_doubles == ()


def test_one_person_may_record_two_crimes_alike() -> None:
    again = replace(record_crime(), crime=CrimeId("c2"))
    assert done(with_crime(), again).possible_doubles == ()


def test_both_numbers_go_on_finding_the_report() -> None:
    words = str(columns(MERGED, PACK, b"", 0)[-1])
    assert "35/66507/26" in words
    assert "35/66601/26" in words


def test_an_alias_owes_the_imu_nothing_more() -> None:
    handed = done(with_crime(), HandToImu(report=R1, solvability=dict.fromkeys(SOLVABILITY, "yes"),
                                          facts="CCTV"))  # fmt: skip
    again = replace(record_crime(), crime=CrimeId("c2"), number="35/66601/26")
    twice = done(handed, again, BEN)
    assert twice.is_back
    assert not done(twice, MERGE, SAM).is_back


def test_an_alias_of_what_becomes_an_alias_follows_it() -> None:
    third = replace(record_crime(), crime=CrimeId("c3"), number="35/1/26")
    first = done(done(TWICE, third, BEN), replace(MERGE, main=CrimeId("c2"), other=CrimeId("c3")))
    both = done(first, MERGE)
    assert [crime.alias_of for crime in both.crimes] == [None, "c1", "c1"]
