"""What the check for earlier contacts comes to, and the words it is told in."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.domain.packs import PACK
from tests.domain.situations import MARK, assess, assessed, done, received
from workstation.domain.earlier_contacts import (
    contradiction,
    found,
    in_words,
    recorded,
    said_never,
    where_in_words,
)
from workstation.domain.pack import RepeatCheck
from workstation.domain.packing import compose_pack, pack_problems
from workstation.domain.report import EarlierContacts, Flag, Report, ReportId
from workstation.domain.roles import Author, PersonId
from workstation.machine.resources import guide_texts, pack_forces, pack_text, reference_tables

NOW = received()
ABUSE = Flag(at=NOW.received_at, by=Author(PersonId("ann"), "Ann"), id="da", name="Domestic abuse")


def before(days: float, **more: object) -> Report:
    """A report so many days earlier."""
    at = NOW.received_at - timedelta(days=days)
    return replace(received(), id=ReportId(f"before-{days}"), received_at=at, **more)


def test_contacts_are_counted_in_fourteen_days_and_by_their_risks() -> None:
    others = [before(1, flags=(ABUSE,)), before(13.9, flags=(ABUSE,)), before(14, marked=(MARK,))]
    result = found(NOW, others, PACK, "this desk and the store")
    assert in_words(result) == "3 contacts in 14 days, domestic abuse twice, weapon once"
    assert where_in_words(result) == "on this desk and at the store"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((), "No earlier contact found"),
        ((2,), "1 contact in 14 days"),
        ((20,), "1 earlier contact, none in 14 days"),
        ((2, 3, 20), "3 earlier contacts, 2 in 14 days"),
    ],
)
def test_the_result_in_words(days: tuple[float, ...], words: str) -> None:
    assert in_words(found(NOW, map(before, days), PACK, "this desk")) == words


def test_how_many_days_count_and_how_many_are_named_is_the_forces() -> None:
    pack = replace(PACK, repeat_check=RepeatCheck(days=28, contacts=2))
    result = found(NOW, [before(3), before(20), before(30)], pack, "this desk")
    assert in_words(result) == "3 earlier contacts, 2 in 28 days"
    kept = recorded(result, NOW, pack)
    assert kept.reports == ("before-3", "before-20")
    assert kept.count == 3


@pytest.mark.parametrize(
    ("check", "sentence"),
    [
        (RepeatCheck(days=0), "repeat_check.days: 0 is not allowed; give 1 to 366"),
        (
            RepeatCheck(other_reporter_days=0),
            "repeat_check.other_reporter_days: 0 is not allowed; give 1 to 366",
        ),
        (RepeatCheck(contacts=21), "repeat_check.contacts: 21 is not allowed; give 1 to 20"),
    ],
)
def test_a_check_that_counts_nothing_is_told_with_its_key_path(
    check: RepeatCheck, sentence: str
) -> None:
    assert sentence in list(pack_problems(replace(PACK, repeat_check=check)))


@pytest.mark.parametrize("force", pack_forces())
def test_every_force_says_where_its_days_are_from(force: str) -> None:
    check = compose_pack(pack_text(force), reference_tables(), guide_texts()).repeat_check
    assert "No published rule sets a number of days" in check.source
    assert check.unverified


def test_the_newest_come_first() -> None:
    result = found(NOW, [before(3), before(1), before(2)], PACK, "this desk")
    assert result.reports == ("before-1", "before-2", "before-3")


def test_somebody_vulnerable_before_is_told() -> None:
    levels = {**assess().levels, "V": "High"}
    thrive = replace(assess(), levels=levels, words={"V": "Lives alone, frail"})
    vulnerable = replace(done(received(), thrive), id=ReportId("v"))
    assert found(NOW, [vulnerable], PACK, "this desk").vulnerable
    assert not found(NOW, [replace(assessed(), id=ReportId("v"))], PACK, "this desk").vulnerable


@pytest.mark.parametrize(
    "account",
    [
        "I have never reported this before.",
        "We haven't called the police about it.",
        "It is the first time I have contacted you.",
        "Not reported it before, sorry.",
        "Reported before? No",
        "I've never told you lot",
        "This is the first time I've had to report this",
        "We've not been in touch before",
        "We haven't been in touch before",
        "No previous reports",
        "I have not previously reported this",
        "I never once reported this",
        "I never reported it to anyone",
        "Nobody has ever reported it",
    ],
)
def test_who_says_never_reported_before_is_heard(account: str) -> None:
    assert said_never(account)


@pytest.mark.parametrize(
    "account",
    [
        "I reported it before.",
        "He never reported to his probation officer.",
        "He has not been seen.",
        "He never called back.",
        "It was the first time he hit me.",
        "",
    ],
)
def test_other_words_say_nothing_of_the_kind(account: str) -> None:
    assert said_never(account) == ""


def test_it_is_told_only_where_there_is_something() -> None:
    said = EarlierContacts(count=1, said_never="never reported this before")
    assert contradiction(said) == (
        "They say “never reported this before”, and 1 contact is on record."
    )
    assert contradiction(replace(said, count=0)) == ""
    assert contradiction(replace(said, said_never="")) == ""


def test_a_header_holds_no_more_than_it_has_room_for() -> None:
    many = EarlierContacts(
        count=900,
        about={f"{n}{'x' * 90}": n for n in range(50)},
        said_never="never " * 80,
        reports=tuple(ReportId(str(n)) for n in range(900)),
    )
    thrive = done(received(), replace(assess(), earlier=many)).thrive
    assert thrive is not None
    assert thrive.earlier.count == 900
    assert (len(thrive.earlier.about), len(thrive.earlier.reports)) == (4, 20)
    assert all(len(risk) <= 60 for risk in thrive.earlier.about)
    assert len(thrive.earlier.said_never) <= 120
