"""How corrections of the key facts merge, and what becomes of those that came late."""

import msgspec
import pytest

from tests.domain.situations import (
    ASHA,
    BEN,
    PLACE,
    R1,
    SAM,
    after_late,
    ask,
    claimed,
    done,
    given_away,
    late,
    minutes,
    nowhere,
    received,
    told,
)
from workstation.domain.claiming import ReassignReport, ReleaseReport
from workstation.domain.correcting import CorrectFacts, SettleProposal
from workstation.domain.facts import PROPOSED_BYTES, FactChange
from workstation.domain.refusal import Refusal
from workstation.domain.report import Facts, Location

PHONE, OTHER = "07700 900123", "07700 900456"


def correct(*changes: FactChange) -> CorrectFacts:
    """A correction of the report."""
    return CorrectFacts(report=R1, changes=changes)


def test_a_known_place_is_never_wiped_out() -> None:
    for empty in (Location(), Location(text=" \n", town="Ely")):
        answer = ask(received(), CorrectFacts(report=R1, location=empty, location_was=PLACE))
        assert told(answer) == "facts/where"
        assert told(ask(nowhere(received()), CorrectFacts(report=R1, location=empty))) == [
            "FactsCorrected"
        ]


def test_two_people_correct_different_facts_and_both_stand() -> None:
    report = done(received(), correct(FactChange("phone", "", "07700 900100")), ASHA)
    report = done(report, correct(FactChange("people", "", "two men")), BEN)
    assert report.facts == Facts(phone="07700 900100", people="two men")


def test_a_fact_somebody_else_changed_meanwhile_is_shown_and_not_overwritten() -> None:
    report = done(received(), correct(FactChange("people", "", "two men")), ASHA)
    answer = ask(report, correct(FactChange("people", "", "three men")), BEN)
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.field) == ("facts/changed", "people")
    assert "two men" in answer.sentence


def test_two_people_who_write_the_same_agree() -> None:
    change = correct(FactChange("phone", "", "07700 900100"))
    assert told(ask(done(received(), change), change, BEN)) == ["FactsCorrected"]


def test_one_changed_fact_refuses_the_whole_correction() -> None:
    report = done(received(), correct(FactChange("injuries", "", "none")), ASHA)
    both = correct(FactChange("phone", "", "07700 900999"), FactChange("injuries", "", "a cut"))
    assert told(ask(report, both, BEN)) == "facts/changed"


def test_an_unknown_fact_is_refused() -> None:
    assert told(ask(received(), correct(FactChange("shoe_size", "", "9")))) == "facts/unknown"


def test_a_correction_keeps_the_old_words_in_the_log() -> None:
    report = done(received(), correct(FactChange("people", "", "two men")), at=minutes(1))
    answer = ask(report, correct(FactChange("people", "two men", "three men")), at=minutes(2))
    assert not isinstance(answer, Refusal)
    entry = answer[0].entry("e1")
    assert entry is not None
    assert entry.text == "people: two men → three men"


def test_a_place_is_corrected_and_an_unknown_place_says_why() -> None:
    unknown = Location(unknown_because="caller hung up")
    answer = ask(received(), CorrectFacts(report=R1, location=unknown, location_was=PLACE))
    assert not isinstance(answer, Refusal)
    entry = answer[0].entry("e1")
    assert entry is not None
    assert entry.text == f"where: {PLACE.text} → unknown: caller hung up"
    assert answer[0].evolve(received()).location == unknown


def test_a_place_somebody_else_corrected_meanwhile_is_shown_and_not_overwritten() -> None:
    mill, fen = Location(text="3 Mill Road"), Location(text="9 Fen Drove")
    report = done(received(), CorrectFacts(report=R1, location=mill, location_was=PLACE), ASHA)
    answer = ask(report, CorrectFacts(report=R1, location=fen, location_was=PLACE), BEN)
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.field) == ("facts/changed", "location")
    assert "3 Mill Road" in answer.sentence
    seen = CorrectFacts(report=R1, location=fen, location_was=mill)
    assert done(report, seen, BEN).location == fen


def test_the_same_place_from_two_people_and_another_fact_merge() -> None:
    mill = CorrectFacts(report=R1, location=Location(text="3 Mill Road"), location_was=PLACE)
    report = done(done(received(), mill, ASHA), mill, BEN)
    report = done(report, correct(FactChange("phone", "", "07700 900100")), BEN)
    assert (report.location.text, report.facts.phone) == ("3 Mill Road", "07700 900100")


def test_a_fact_is_given_once() -> None:
    twice = correct(FactChange("people", "", "two"), FactChange("people", "", "three"))
    answer = ask(received(), twice)
    assert isinstance(answer, Refusal)
    assert answer.code == "facts/twice"


def asha_says(take: bool, now: str = PHONE, was: str = "") -> SettleProposal:
    return SettleProposal(report=R1, by=ASHA.id, field="phone", now=now, was=was, take=take)


@pytest.mark.invariant("I19")
def test_a_correction_by_who_lost_the_report_is_only_proposed() -> None:
    report = after_late(
        given_away(), correct(FactChange("phone", "", PHONE), FactChange("people", "", "two"))
    )
    assert report.facts == given_away().facts
    assert [(one.field, one.now, one.by, one.late) for one in report.proposals] == [
        ("phone", PHONE, ASHA.author, True),
        ("people", "two", ASHA.author, True),
    ]


def test_what_is_proposed_already_stands_or_is_proposed_again_is_there_once() -> None:
    report = done(given_away(), correct(FactChange("phone", "", PHONE)), BEN)
    assert late(report, correct(FactChange("phone", "", PHONE))) == ()
    twice = after_late(after_late(given_away(), correct(FactChange("phone", "", PHONE))),
                 correct(FactChange("phone", "", PHONE)))  # fmt: skip
    assert [one.now for one in twice.proposals] == [PHONE]


def test_who_corrects_their_own_proposal_has_one_and_else_both_stand() -> None:
    first = after_late(given_away(), correct(FactChange("phone", "", PHONE)))
    mended = after_late(first, correct(FactChange("phone", PHONE, OTHER)))
    assert [one.now for one in mended.proposals] == [OTHER]
    beside = after_late(first, correct(FactChange("phone", "", OTHER)))
    assert [one.now for one in beside.proposals] == [PHONE, OTHER]


def test_a_late_place_is_proposed_whole() -> None:
    mill = Location(text="3 Mill Road", town="Ely", lat=52.4, lon=0.26)
    report = after_late(given_away(), CorrectFacts(report=R1, location=mill, location_was=PLACE))
    assert report.location == PLACE
    take = SettleProposal(
        report=R1, by=ASHA.id, field="location", location=mill, location_was=PLACE, take=True
    )
    assert done(report, take, BEN).location == mill


def test_who_never_held_the_report_corrects_it_as_before() -> None:
    answer = ask(given_away(), correct(FactChange("phone", "", PHONE)), SAM)
    assert told(answer) == ["FactsCorrected"]


def test_while_nobody_else_holds_it_a_former_holder_corrects_it() -> None:
    hers = ReassignReport(report=R1, to=ASHA.author, reason="hers")
    given = done(done(claimed(), ReleaseReport(report=R1)), hers, SAM)
    for report in (given, received()):
        assert told(late(report, correct(FactChange("phone", "", PHONE)))) == ["FactsCorrected"]


def test_taking_a_proposal_corrects_the_fact_in_the_names_of_both() -> None:
    report = after_late(given_away(), correct(FactChange("phone", "", PHONE)))
    answer = ask(report, asha_says(take=True), BEN)
    assert not isinstance(answer, Refusal)
    story = answer[0].story()
    assert story is not None
    assert story[1:] == ("Facts corrected, as Asha proposed", f"phone: {PHONE}")
    assert answer[0].by == BEN.author
    after = answer[0].evolve(report)
    assert (after.facts.phone, after.proposals) == (PHONE, ())


def test_leaving_a_proposal_is_told_with_its_words() -> None:
    report = after_late(given_away(), correct(FactChange("phone", "", PHONE)))
    answer = ask(report, asha_says(take=False), BEN)
    assert not isinstance(answer, Refusal)
    story = answer[0].story()
    assert story is not None
    assert story[1:] == ("Not taken: what Asha proposed", f"phone: {PHONE}")
    assert answer[0].evolve(report).proposals == ()
    assert answer[0].evolve(report).facts.phone == ""


def test_a_proposal_is_settled_once() -> None:
    report = after_late(given_away(), correct(FactChange("phone", "", PHONE)))
    taken, left = (done(report, asha_says(take), BEN) for take in (True, False))
    assert ask(taken, asha_says(take=True), SAM) == ()
    assert ask(left, asha_says(take=False), SAM) == ()
    assert told(ask(left, asha_says(take=True), SAM)) == "proposal/gone"


def test_a_fact_that_changed_since_is_not_overwritten_by_taking() -> None:
    report = after_late(given_away(), correct(FactChange("phone", "", PHONE)))
    report = done(report, correct(FactChange("phone", "", OTHER)), BEN)
    answer = ask(report, asha_says(take=True), SAM)
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.field) == ("facts/changed", "phone")
    assert done(report, asha_says(take=True, was=OTHER), SAM).facts.phone == PHONE


def test_who_lost_the_report_settles_nothing_late() -> None:
    report = after_late(given_away(), correct(FactChange("phone", "", PHONE)))
    assert told(late(report, asha_says(take=True))) == "claim/changed"


@pytest.mark.parametrize("field", ["phone", "email", "prefers"])
def test_of_two_ways_to_reach_a_person_given_at_once_both_are_kept(field: str) -> None:
    report = done(received(), correct(FactChange(field, "", "one")), ASHA)
    both = correct(FactChange(field, "", "two"), FactChange("people", "", "three men"))
    report = done(report, both, BEN)
    assert getattr(report.facts, field) == "one"
    assert report.facts.people == "three men"
    assert [(one.field, one.now, one.by) for one in report.proposals] == [
        (field, "two", BEN.author)
    ]


def test_a_number_is_wiped_out_only_by_who_saw_it() -> None:
    report = done(received(), correct(FactChange("phone", "", PHONE)), ASHA)
    answer = ask(report, correct(FactChange("phone", OTHER, "")), BEN)
    assert told(answer) == "facts/changed"
    assert done(report, correct(FactChange("phone", PHONE, "")), BEN).facts.phone == ""


def test_a_correction_to_what_was_proposed_settles_it() -> None:
    report = after_late(given_away(), correct(FactChange("phone", "", PHONE)))
    report = done(report, correct(FactChange("phone", "", PHONE)), BEN)
    assert report.proposals == ()


def test_the_header_holds_so_many_proposals_and_counts_those_in_the_log() -> None:
    report = given_away()
    for number in range(60):
        words = f"{number} " + "x" * 200
        report = after_late(report, correct(FactChange("people", f"saw {number}", words)))
    assert len(msgspec.json.encode(report.proposals)) <= PROPOSED_BYTES
    assert len(report.proposals) + report.proposed_beyond == 60
    for one in report.proposals:
        left = SettleProposal(report=R1, by=ASHA.id, field="people", now=one.now, take=False)
        report = done(report, left, BEN)
    assert (report.proposals, report.proposed_beyond) == ((), 0)
