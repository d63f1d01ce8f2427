"""Repeats: sent twice, seen by another, added to; and never on a name or a place alone."""

from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace

from tests.reading.reading import NOW, account, fresh_suggester
from workstation.demand.score import read_lines, score
from workstation.domain.pack import RepeatCheck
from workstation.reading.account import Account, Teller
from workstation.reading.repeats import Link, Repeats, alike

FRESH = Path(__file__).with_name("fresh.jsonl")
BIKE = "My red Trek, frame WU1234567, was stolen at the station on Tuesday."


def report(number: int, text: str, name: str, hours: float = 0.0, town: str = "Ely") -> Account:
    return replace(
        account(text, town=town),
        report_id=f"R-{number}",
        receipt_code=f"CAM-AB{number}C-D{number}EF",
        received_at=NOW + timedelta(hours=hours),
        reporter=Teller(name=name, email=f"{name.split()[0].lower()}@example.com"),
    )


def looked_up(*reports: Account, kind: str = "bike_theft") -> tuple[Link | None, Link | None]:
    repeats = Repeats()
    *_, last = [repeats.look_up(one, (kind,), RepeatCheck()) for one in reports]
    return last


def test_the_same_reporter_sending_it_again_is_found() -> None:
    repeat, _ = looked_up(
        report(1, BIKE, "Gemma Fen"), report(2, "Trek stolen in Ely on Tuesday", "Gemma Fen", 30)
    )
    assert repeat is not None
    assert repeat.report_id == "R-1"
    assert "reporter" in repeat.shared


def test_two_of_one_name_with_telephones_that_differ_are_not_one_reporter() -> None:
    first, second = (
        replace(
            report(number, text, "Gemma Fen", number),
            reporter=Teller(name="Gemma Fen", phone=f"07700 90000{number}"),
        )
        for number, text in ((1, "My bike is gone."), (2, "A BMX was taken."))
    )
    repeat, _ = looked_up(first, second)
    assert repeat is None


def test_for_how_many_days_it_may_be_one_event_is_said_by_the_pack() -> None:
    repeats, longer = Repeats(), RepeatCheck(same_reporter_days=30)
    for days, check, found in ((0, longer, False), (20, longer, True), (40, RepeatCheck(), False)):
        again = report(days + 1, BIKE, "Gemma Fen", 24 * days)
        repeat, _ = repeats.look_up(again, ("bike_theft",), check)
        assert (repeat is not None) is found


def test_another_person_telling_of_the_same_thing_is_found_by_what_they_share() -> None:
    repeat, _ = looked_up(
        report(1, BIKE, "Gemma Fen"), report(2, "I saw frame wu1234567 go", "Mo Ahmed", 1)
    )
    assert repeat is not None
    assert repeat.kind == "another reporter"


def test_a_matter_of_the_same_kind_elsewhere_is_no_repeat() -> None:
    repeat, _ = looked_up(
        report(1, BIKE, "Gemma Fen"), report(2, "My BMX is gone", "Mo Ahmed", 1, "March")
    )
    assert repeat is None


def test_an_update_is_found_by_its_reference_even_cut_short() -> None:
    for quoted in ("CAM-AB1C-D1EF", "cam ab1c d1ef", "CAM-AB1C-D1E"):
        _, update = looked_up(
            report(1, BIKE, "Gemma Fen"),
            report(2, f"Further to {quoted}: found", "Gemma Fen", 5),
        )
        assert update is not None
        assert update.report_id == "R-1"


def test_a_reference_of_no_report_here_attaches_to_nothing() -> None:
    _, update = looked_up(
        report(1, BIKE, "Gemma Fen"), report(2, "Further to CAM-ZZZZ-ZZZZ", "Gemma Fen", 5)
    )
    assert update is None


def test_two_accounts_of_one_event_are_suggested_with_all_they_share() -> None:
    first, again = report(1, "He hit me.", "Jo Hall"), report(2, "He hit me again.", "Jo Hall", 1)
    other = report(3, "My purse is gone.", "Jo Hall", 2)
    found = alike((again, ("injury",)), [(first, ("injury",)), (other, ("theft",))], RepeatCheck())
    assert list(found) == ["R-1"]
    assert {"reporter", "situation", "within two hours"} <= set(found["R-1"])


def test_two_of_one_kind_in_one_town_are_not_one_event_without_a_shared_detail() -> None:
    links = [
        link for link in fresh_links() if link is not None and link.kind == "another reporter"
    ]
    assert links == []


def fresh_links() -> list[Link | None]:
    """What is linked among reports of one town of which none repeats another."""
    reports = read_lines(FRESH.read_bytes().splitlines())
    return [said.duplicate_of for said in score(reports, fresh_suggester())[1]]
