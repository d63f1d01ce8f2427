"""Ids sort by the time they were made; receipt codes can be read out."""

import random
import re
from uuid import UUID

from tests.machine.clocks import StoppedClock
from workstation.machine.clock import SystemClock
from workstation.machine.ids import RECEIPT_LETTERS, Ids, receipt_code


def test_an_id_is_a_version_seven_uuid_of_the_rfc_variant() -> None:
    ids = Ids(SystemClock())
    made = [UUID(ids.new()) for _ in range(500)]
    assert {id.version for id in made} == {7}
    assert {id.variant for id in made} == {"specified in RFC 4122"}


def test_an_id_holds_its_millisecond() -> None:
    clock = StoppedClock()
    assert UUID(Ids(clock).new()).int >> 80 == int(clock.now().timestamp() * 1000)


def test_ids_made_later_sort_later() -> None:
    clock = StoppedClock()
    ids = Ids(clock)
    made = []
    for _ in range(200):
        made.append(ids.new())
        clock.move(0.002)
    assert made == sorted(made)


def test_no_two_ids_of_one_millisecond_are_the_same() -> None:
    ids = Ids(StoppedClock())
    assert len({ids.new() for _ in range(5000)}) == 5000


def test_the_same_randomness_and_clock_make_the_same_ids_again() -> None:
    first, second = (Ids(StoppedClock(), random.Random(7).randbytes) for _ in range(2))
    assert [first.new() for _ in range(5)] == [second.new() for _ in range(5)]


def test_a_secret_is_thirty_two_bytes_and_never_the_same() -> None:
    ids = Ids(SystemClock())
    assert len(ids.secret()) == 32
    assert ids.secret() != ids.secret()


def test_a_receipt_code_has_no_letter_that_is_mistaken_for_a_digit() -> None:
    assert len(set(RECEIPT_LETTERS)) == 32
    assert not set("IO01") & set(RECEIPT_LETTERS)
    assert re.fullmatch(
        r"CAM-[A-Z2-9]{4}-[A-Z2-9]{4}", receipt_code("CAM", Ids(SystemClock()).secret())
    )
