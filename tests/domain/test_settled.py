"""The answer a hard rule asks for: kept with who gave it; apart, the more careful one stands."""

from tests.domain.situations import ASHA, BEN, R1, done, minutes, received
from workstation.domain.answered import settled_of
from workstation.domain.answering import AnswerQuestions
from workstation.domain.entry import Given
from workstation.domain.report import Report


def level(words: str) -> AnswerQuestions:
    """The risk level, as somebody judged it."""
    return AnswerQuestions(report=R1, guide="missing", answers=(Given("level", words),))


def stands(report: Report) -> tuple[str, str] | None:
    """The level that stands, and whose it is."""
    settled = settled_of(report.settled, "missing", "level")
    return (settled.words, settled.by.name) if settled is not None else None


HIGH = done(received(), level("High"), ASHA, minutes(1))


def test_the_level_stands_with_who_judged_it_and_flags_who_is_missing() -> None:
    assert stands(received()) is None
    assert stands(HIGH) == ("High", "Asha")
    assert [flag.id for flag in HIGH.flags] == ["missing"]


def test_a_higher_level_stands_at_once_whatever_its_author_had_seen() -> None:
    low = done(received(), level("Low"), ASHA, minutes(1))
    assert stands(done(low, level("High"), BEN, minutes(2), seen={R1: 1})) == ("High", "Ben")


def test_a_lower_level_stands_where_its_author_had_read_the_one_before() -> None:
    assert stands(done(HIGH, level("Low"), BEN, minutes(2))) == ("Low", "Ben")


def test_a_lower_level_judged_apart_leaves_the_more_careful_one() -> None:
    apart = done(HIGH, level("Low"), BEN, minutes(2), seen={R1: 1})
    assert stands(apart) == ("High", "Asha")
    assert [one.words for one in apart.raised] == ["high or not known; later: Low"]


def test_not_known_takes_no_level_away() -> None:
    assert stands(done(HIGH, level("not known"), BEN, minutes(2))) == ("High", "Asha")


def test_what_no_rule_asks_for_is_only_in_the_log() -> None:
    plate = AnswerQuestions(report=R1, guide="missing", answers=(Given("plate", "AB12 CDE"),))
    assert done(received(), plate).settled == ()
