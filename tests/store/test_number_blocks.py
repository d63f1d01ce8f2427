"""A block is lent once however often it is asked for, and comes back without what was shown."""

import pytest

from tests.store.conftest import DeskOf, Store
from tests.store.test_numbers import SERIES, crime, lease, totals
from workstation.store.problems import ApiProblem
from workstation.store.verify import verify
from workstation.wire.protocol import LeaseBlock, LeasedBlock


def ask(desk: DeskOf, block: str, size: int = 10) -> LeasedBlock:
    asked = LeaseBlock(desk.outbox, SERIES, size, block=block)
    return desk.store.api.lease_block(desk.token, asked)


def give_back(desk: DeskOf, block: str, first: int) -> LeasedBlock:
    asked = LeaseBlock(desk.outbox, SERIES, returns=block, returned_from=first)
    return desk.store.api.lease_block(desk.token, asked)


def problem_of(desk: DeskOf, block: str) -> str:
    with pytest.raises(ApiProblem) as problem:
        ask(desk, block)
    return problem.value.problem.type


def test_asking_again_under_one_id_brings_the_same_block(store: Store) -> None:
    ann = store.desk("ann")
    first = ask(ann, "b1")
    assert (first.id, first.lo, first.hi, first.next) == ("b1", 1, 10, 1)
    assert ask(ann, "b1") == first
    assert totals(store) == {"allocated": 10}
    assert ask(ann, "b2").lo == 11


def test_a_block_asked_for_again_leaves_out_what_was_used_since(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    ask(ann, "b1")
    assert ann.do(crime(ann, report, 1)).word == "accepted"
    assert ask(ann, "b1").next == 2


def test_the_id_of_anothers_block_brings_nothing(store: Store) -> None:
    ann, bob = store.desk("ann"), store.desk("bob")
    ask(ann, "b1")
    assert problem_of(bob, "b1") == "block-other"


def test_a_block_that_was_given_back_is_not_lent_again_under_its_id(store: Store) -> None:
    ann = store.desk("ann")
    block = ask(ann, "b1")
    give_back(ann, "b1", block.lo)
    assert problem_of(ann, "b1") == "block-over"
    assert ask(ann, "b2").lo == 1


def test_two_blocks_in_use_are_enough(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    ask(ann, "b1", 5)
    ask(ann, "b2", 5)
    assert problem_of(ann, "b3") == "blocks-enough"
    assert ask(ann, "b2", 5).lo == 6
    assert ann.do(crime(ann, report, 1)).word == "accepted"
    assert ask(ann, "b3", 5).lo == 11


@pytest.mark.invariant("I27")
@pytest.mark.expects_log("came back with serials that were used")
def test_a_desk_that_gives_back_what_it_used_gets_nothing_lent_again(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    block = ask(ann, "b1")
    assert ann.do(crime(ann, report, 3)).word == "accepted"
    give_back(ann, "b1", block.lo)
    assert totals(store) == {"allocated": 9, "issued": 1}
    assert lease(store.desk("bob")).lo == 11
    assert verify(store.database) == []
