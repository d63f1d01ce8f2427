"""A victim's needs: who waits for an assessment, from when, and what ends the wait."""

import pytest
from msgspec.structs import replace

from tests.domain.packs import PACK
from tests.domain.samples import NEEDS
from tests.domain.situations import (
    DEE,
    R1,
    ask,
    assessed,
    done,
    minutes,
    record_crime,
    told,
    with_crime,
)
from workstation.domain.clocks import Promise, PromiseKind, promises
from workstation.domain.needs import AssessNeeds, people_harmed
from workstation.domain.replying import LogReply
from workstation.domain.report import CrimeId, Report, Victim

REPLY = LogReply(report=R1, who="Ola", means="e-mail", words="35/66507/26")


def needs(report: Report) -> Promise:
    """The clock of the needs that wait."""
    return next(one for one in promises(report, PACK) if one.kind is PromiseKind.NEEDS)


def test_a_victims_needs_wait_until_somebody_says_what_was_found() -> None:
    waits = needs(with_crime())
    assert (waits.started_at, waits.days, waits.is_running) == (with_crime().crimes[0].at, 2, True)
    written = done(with_crime(), REPLY, at=minutes(5))
    assert needs(written).is_running
    assessed_later = done(written, NEEDS, at=minutes(50))
    assert needs(assessed_later).stopped_at == minutes(50)
    late = done(assessed_later, NEEDS, at=minutes(20))
    assert needs(late).stopped_at == minutes(20)


def test_each_person_who_was_harmed_has_needs_of_their_own() -> None:
    first = done(with_crime(), NEEDS, at=minutes(5))
    other = replace(record_crime(), crime=CrimeId("c2"), number="35/66508/26", serial=66508,
                    victim=Victim("person", "Ben Ali"))  # fmt: skip
    both = done(first, other, at=minutes(8))
    waits = needs(both)
    assert (waits.started_at, waits.is_running) == (minutes(8), True)
    assert "35/66508/26" in waits.rule
    assert [[crime.id for crime in crimes] for crimes in people_harmed(both)] == [["c1"], ["c2"]]


def test_a_firm_has_no_needs_of_a_person() -> None:
    firm = replace(record_crime(), victim=Victim("organisation", "Fen Foods"))
    assert PromiseKind.NEEDS not in {p.kind for p in promises(done(assessed(), firm), PACK)}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (replace(NEEDS, crimes=()), "needs/crime"),
        (replace(NEEDS, crimes=(CrimeId("c9"),)), "needs/crime"),
        (replace(NEEDS, found=" "), "needs/found"),
        (replace(NEEDS, service=""), "needs/service"),
        (replace(NEEDS, support="declined", service=""), ["NeedsAssessed"]),
    ],
)
def test_that_needs_were_assessed_is_said_in_words(said: AssessNeeds, code: object) -> None:
    assert told(ask(with_crime(), said, DEE)) == code
