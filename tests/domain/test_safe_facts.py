"""Being safe is a fact of minutes: who said it, when, and from when on nobody knows."""

from msgspec.structs import replace

from tests.domain.packs import PACK
from tests.domain.situations import BEN, NOW, R1, WEB, done, minutes, receive, received
from workstation.domain.correcting import CorrectFacts
from workstation.domain.facts import FactChange
from workstation.domain.report import Facts, Report
from workstation.domain.safe_facts import is_lapsed, said_of

SAFE = done(
    None, replace(receive(), facts=Facts(reporter="Ola", safety="In her car, locked")), WEB
)


def said_again(report: Report, words: str, at: float) -> Report:
    """Somebody was told anew how it stands."""
    change = FactChange("safety", report.facts.safety, words)
    return done(report, CorrectFacts(report=R1, changes=(change,)), BEN, minutes(at))


def test_the_first_words_are_those_of_the_person_reporting_from_when_it_came() -> None:
    said = said_of(SAFE, "safety")
    assert said is not None
    assert (said.who, said.at) == ("Ola", NOW)


def test_after_the_minutes_of_the_pack_nobody_knows_any_more() -> None:
    said = said_of(SAFE, "safety")
    assert said is not None
    assert not is_lapsed(said, minutes(14.9), PACK)
    assert is_lapsed(said, minutes(15), PACK)


def test_said_again_it_counts_from_then_and_by_whom() -> None:
    again = said_again(SAFE, "At her sister's", 20)
    said = said_of(again, "safety")
    assert said is not None
    assert (said.who, said.at) == ("Ben", minutes(20))
    assert not is_lapsed(said, minutes(30), PACK)


def test_what_nobody_said_is_nothing_and_other_facts_do_not_age() -> None:
    assert said_of(received(), "safety") is None
    assert said_of(SAFE, "reporter") is None


def test_a_report_of_an_earlier_release_counts_from_its_receipt() -> None:
    said = said_of(replace(SAFE, said={}), "safety")
    assert said is not None
    assert (said.who, said.at) == ("Ola", NOW)
