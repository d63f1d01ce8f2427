"""How somebody may be reached: more careful is always taken, less only by who holds and saw it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.situations import (
    ASHA,
    BEN,
    DEE,
    NOW,
    R1,
    R2,
    SAM,
    ask,
    assessed,
    claimed,
    done,
    told,
)
from tests.told import repeats
from workstation.domain.contacting import SetSafeContact
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report
from workstation.domain.safe_contact import (
    WAYS,
    ContactTerms,
    cautions,
    in_a_line,
    is_looser,
    most_careful,
    terms_of,
)

NO_PHONE = SetSafeContact(
    report=R1, ways={"phone": "unsafe", "text": "safe"}, not_when="17:00 to 08:00",
    hidden_from="Dean",
)  # fmt: skip
HEEDED = done(claimed(), NO_PHONE, DEE)
SAFE_NOW = replace(NO_PHONE, ways={"phone": "safe", "text": "safe"}, saw_number=1)
FREED = replace(SAFE_NOW, why="Karen, 14:00: he moved out")


def terms(report: Report) -> ContactTerms:
    return terms_of(report.safe_contact)


def test_anybody_says_how_they_may_be_reached_and_the_log_tells_it() -> None:
    events = ask(claimed(), NO_PHONE, DEE)
    assert not isinstance(events, Refusal)
    entry = events[0].entry("e1")
    assert entry is not None
    assert "Do not phone. Said to be safe: text. Not known: voicemail, e-mail and post." in (
        entry.text
    )
    contact = HEEDED.safe_contact
    assert contact is not None
    assert (contact.by.name, contact.number) == (DEE.name, 1)


def test_what_nobody_said_is_not_known() -> None:
    assert not terms(claimed()).ways
    assert "safe" not in in_a_line(ContactTerms()).replace("Said to be safe", "")
    assert told(ask(claimed(), SetSafeContact(report=R1))) == "contact/nothing"


def test_less_care_is_for_the_holder_with_a_reason_and_keeps_its_history() -> None:
    assert told(ask(HEEDED, SAFE_NOW)) == "contact/why"
    assert told(ask(HEEDED, FREED, BEN)) == "claim/held"
    events = ask(HEEDED, FREED)
    assert not isinstance(events, Refusal)
    entry = events[0].entry("e1")
    assert entry is not None
    assert "Before: Do not phone." in entry.text
    assert "Why: Karen, 14:00: he moved out" in entry.text
    assert terms(done(HEEDED, FREED)).ways["phone"] == "safe"
    assert told(ask(HEEDED, FREED, SAM)) == ["SafeContactSet"]


def test_a_word_that_warns_is_not_dropped_by_the_way() -> None:
    dropped = replace(NO_PHONE, hidden_from="", saw_number=1)
    assert told(ask(HEEDED, dropped)) == "contact/why"
    more = replace(NO_PHONE, hidden_from="Dean and his brother")
    assert told(ask(HEEDED, more, BEN)) == ["SafeContactSet"]


@pytest.mark.invariant("I21")
def test_of_two_who_set_it_unseen_by_each_other_the_more_careful_stands() -> None:
    text = SetSafeContact(report=R1, ways={"text": "unsafe", "phone": "safe"}, why="he reads them")
    for who in (ASHA, BEN, SAM):
        both = terms(done(HEEDED, text, who))
        assert both.ways == {"phone": "unsafe", "text": "unsafe"}
        assert both.hidden_from == "Dean"
    assert told(ask(HEEDED, replace(FREED, saw_number=0), SAM)) == "contact/changed"


def test_the_report_that_keeps_the_work_takes_the_care_of_its_duplicate() -> None:
    one = done(assessed(), replace(NO_PHONE, ways={"phone": "unsafe", "email": "safe"}))
    other = done(assessed(R2), SetSafeContact(report=R2, ways={"phone": "safe"}, needs="BSL"))
    events = ask(one, repeats(report=R1, of=R2, at=NOW), reports={R2: other})
    assert not isinstance(events, Refusal)
    kept = terms(events[1].evolve(other))
    assert kept == ContactTerms({"phone": "unsafe"}, "17:00 to 08:00", "Dean", "BSL")
    entry = events[1].entry("e1")
    assert entry is not None
    assert "Safe contact of its caller: Do not phone." in entry.text
    assert terms(events[0].evolve(one)) == terms(one)


def test_a_duplicate_of_whose_caller_nothing_is_known_changes_nothing() -> None:
    other = done(assessed(R2), SetSafeContact(report=R2, ways={"phone": "safe"}))
    events = ask(assessed(), repeats(report=R1, of=R2, at=NOW), reports={R2: other})
    assert not isinstance(events, Refusal)
    assert events[1].evolve(other).safe_contact == other.safe_contact


words = st.sampled_from(["", "Dean", "17:00 to 08:00", "after work", "x" * 200])
answers = st.dictionaries(st.sampled_from(WAYS), st.sampled_from(["safe", "unsafe"]))
anything = st.builds(ContactTerms, answers, words, words, words)


@given(anything, anything)
def test_both_together_are_never_less_careful_than_either(
    one: ContactTerms, other: ContactTerms
) -> None:
    both = most_careful(one, other)
    assert {*one.unsafe, *other.unsafe} == set(both.unsafe)
    assert not is_looser(most_careful(one, cautions(one)), one)
    assert set(both.ways) == {*one.ways, *other.ways}
    for field in ("not_when", "hidden_from", "needs"):
        said = getattr(both, field)
        assert len(said) <= 200
        assert bool(said) == bool(getattr(one, field) or getattr(other, field))
