"""A store that says nonsense in the store's own words is a line that is down."""

from datetime import UTC, datetime

import msgspec
import pytest
from msgspec.structs import replace

from workstation.cache.confirmed import Standing
from workstation.cache.outbox import Batch
from workstation.domain.roles import Person, PersonId
from workstation.sync.courier import Courier, was_cut_short
from workstation.sync.credentials import HeldCredentials
from workstation.sync.transport import Call, LinkDown, Transport
from workstation.wire.protocol import PROTOCOL, CommandReply, OutboxId, SignedIn

AT = '"server_time":"2026-11-22T10:00:00Z"'
BATCH = Batch("main", OutboxId("o"), (b"{}", b"{}"), 2)
DONE = '{"command_id":"a","seq":1,"word":"accepted"}'
BUSY = '{"command_id":"b","seq":2,"word":"retry"}'


class Parrot(Transport):
    """Answers every call alike."""

    def __init__(self, answer: str) -> None:
        self._answer = answer.encode()

    def carry(self, call: Call) -> bytes:
        """Whatever was asked."""
        assert call.path.startswith("/v1/")
        return self._answer


def courier(answer: str) -> Courier:
    """A courier to a store that always says this."""
    at = datetime(2026, 11, 22, 22, tzinfo=UTC)
    session = SignedIn("token", Person(PersonId("ann"), "Ann Lee", ()), ("force",), at)
    return Courier(Parrot(answer), HeldCredentials(session))


@pytest.mark.fault("F10")
def test_a_store_that_says_more_and_never_moves_is_not_asked_for_ever() -> None:
    changes = f'{{"changes":[],"cursor":"c","head":9,"more":true,{AT}}}'
    with pytest.raises(LinkDown, match="gives nothing"):
        courier(changes).pull(Standing(scanning=False, cursor="c"))
    scan = f'{{"changes":[],"after":"a",{AT}}}'
    with pytest.raises(LinkDown, match="gives nothing"):
        courier(scan).pull(Standing(after="a"))


@pytest.mark.invariant("I12")
def test_a_store_of_another_epoch_is_read_from_the_beginning() -> None:
    hello = f"""{{"store_id":"s","epoch":"new","force":"f","protocols":[{PROTOCOL}],"pack":"p",
        "head":7,"limits":{{}},{AT}}}"""
    there = Standing("s", "old", scanning=False, cursor="c", position=9, pack="p")
    fresh = courier(hello).greet(there).fresh
    assert fresh is not None
    assert (fresh.epoch, fresh.scanning, fresh.after, fresh.position) == ("new", True, "", 0)
    assert courier(hello).greet(replace(there, epoch="new")).fresh is None


@pytest.mark.fault("F10")
@pytest.mark.invariant("I1")
def test_outcomes_that_are_none_settle_nothing() -> None:
    reply = f'{{"outcomes":[{DONE},{{"word":"perhaps"}}],"applied_upto":2,{AT}}}'
    with pytest.raises(LinkDown, match="could not be read"):
        courier(reply).send(BATCH)


@pytest.mark.parametrize(
    ("outcomes", "is_short"),
    [((DONE, DONE), False), ((DONE, BUSY), True), ((DONE,), True), ((), True)],
)
def test_a_reply_that_stops_early_is_told_from_a_whole_one(
    outcomes: tuple[str, ...], is_short: bool
) -> None:
    text = f'{{"outcomes":[{",".join(outcomes)}],"applied_upto":2,{AT}}}'
    assert was_cut_short(BATCH, msgspec.json.decode(text, type=CommandReply)) is is_short
