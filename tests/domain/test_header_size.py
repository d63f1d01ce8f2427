"""A report's header stays within 32 KiB, with every facet filled as far as people fill them."""

import msgspec
from msgspec.structs import replace

from tests.domain.samples import OTHERS
from tests.domain.situations import (
    ASHA,
    LOW,
    R1,
    SAM,
    assess,
    assessed,
    done,
    minutes,
    record_crime,
)
from workstation.domain.closing import CloseReport
from workstation.domain.grading import EscalateEmergency, OpenByDispatch, TellByVoice
from workstation.domain.handoff import SOLVABILITY, HandToImu
from workstation.domain.report import (
    CrimeId,
    EarlierContacts,
    Facts,
    MarkedPhrase,
    Report,
    ReportId,
)
from workstation.domain.roles import Person, PersonId, Role
from workstation.domain.story import AddNote

LIMIT = 32 * 1024
UUID = "0193a5b2-7c1e-7f00-8000-0123456789ab"


def heavy() -> Report:
    """A report with long facts, twenty hazards, fifty marks, ten crimes, and much besides."""
    line = "é" * 200
    report = assessed()
    report = replace(
        report,
        facts=Facts(*[line] * len(Facts.__struct_fields__)),
        marked=(MarkedPhrase(99_000, 99_030, "he said he will kill her", "threat"),) * 50,
        excerpt="é" * 240,
        duplicates=tuple(ReportId(UUID) for _ in range(20)),
    )
    for _ in range(25):
        report = done(report, AddNote(report=R1, text="Danger. " * 5000, hazard=True))
    for number in range(10):
        crime = replace(record_crime(), crime=CrimeId(UUID), serial=number)
        report = done(report, crime)
    earlier = EarlierContacts(50, True, tuple(ReportId(UUID) for _ in range(20)))
    words = dict.fromkeys(LOW, "é" * 500)
    report = done(report, replace(assess(), words=words, earlier=earlier), at=minutes(5))
    report = done(report, EscalateEmergency(report=R1, why=line))
    report = done(report, TellByVoice(report=R1, told=line))
    dispatcher = Person(PersonId(UUID), "Dee", (Role.DISPATCHER,))
    report = done(report, OpenByDispatch(report=R1), dispatcher)
    report = done(
        report, HandToImu(report=R1, solvability=dict.fromkeys(SOLVABILITY, "yes"), facts=line)
    )
    return done(report, CloseReport(report=R1, reason=line, caller_told=line), SAM, reports=OTHERS)


def test_a_header_with_heavy_facets_stays_within_its_limit() -> None:
    assert len(msgspec.json.encode(heavy())) <= LIMIT


def test_an_ordinary_header_is_small() -> None:
    assert len(msgspec.json.encode(assessed())) < 1024
    assert ASHA.name in msgspec.json.encode(assessed()).decode()


def test_a_caller_with_a_thousand_earlier_contacts_does_not_fill_the_header() -> None:
    many = EarlierContacts(1000, False, tuple(ReportId(UUID) for _ in range(1000)))
    words = {f"element {n}": "é" * 500 for n in range(100)}
    report = done(assessed(), replace(assess(), earlier=many, words=words), at=minutes(5))
    assert report.thrive is not None
    assert report.thrive.earlier.count == 1000
    assert len(msgspec.json.encode(report)) < LIMIT
