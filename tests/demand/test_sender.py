"""The sender is patient with a store that is away or busy, and sends the same contact again."""

from collections.abc import Iterator
from random import Random

import pytest

from tests.demand.stores import PASSWORD, FakeStore, fake_store
from tests.domain.situations import NOW
from workstation.demand.sender import LONGEST_WAIT_S, TRIES, NotTaken, Sender
from workstation.domain.report import Channel
from workstation.wire.protocol import IntakeReport

CONTACT = IntakeReport(
    source="demonstration",
    external_id="p-000001",
    channel=Channel.ONLINE,
    received_at=NOW,
    account="Hello",
)


@pytest.fixture
def store() -> Iterator[FakeStore]:
    """A store over HTTP."""
    with fake_store() as listening:
        yield listening


@pytest.fixture
def waits() -> list[float]:
    """How long the sender would have waited, each time."""
    return []


@pytest.fixture
def sender(store: FakeStore, waits: list[float]) -> Iterator[Sender]:
    """A sender that never really waits."""
    with Sender(store.url, "web", PASSWORD, wait=waits.append, random=Random(1)) as made:
        yield made


def test_a_contact_is_sent_under_a_token(store: FakeStore, sender: Sender) -> None:
    assert sender.send(CONTACT).incident_number == "CC-22112026-0001"
    assert store.contacts[0]["token"] == "Bearer token-1"
    assert store.sign_ins == [
        {"account": "web", "password": PASSWORD, "workstation": "demand", "role": None}
    ]


def test_one_token_serves_many_contacts(store: FakeStore, sender: Sender) -> None:
    for _ in range(5):
        sender.send(CONTACT)
    assert len(store.sign_ins) == 1


def test_an_ended_token_is_replaced(store: FakeStore, sender: Sender) -> None:
    sender.send(CONTACT)
    store.answers_first = [401]
    sender.send(CONTACT)
    assert store.contacts[-1]["token"] == "Bearer token-2"


@pytest.mark.parametrize("first", [503, 429, 500, None])
def test_a_busy_or_broken_answer_is_tried_again_with_the_same_bytes(
    store: FakeStore, sender: Sender, waits: list[float], first: int | None
) -> None:
    store.answers_first = [first, first]
    sender.send(CONTACT)
    assert len(set(store.bodies)) == 1
    assert len(store.bodies) == 3
    assert len(waits) == 2


def test_each_wait_is_longer_up_to_a_limit(
    store: FakeStore, sender: Sender, waits: list[float]
) -> None:
    store.answers_first = [503] * TRIES
    with pytest.raises(NotTaken, match="did not answer after 10 tries"):
        sender.send(CONTACT)
    assert len(waits) == TRIES - 1
    assert waits[0] < 1 < waits[-1] <= LONGEST_WAIT_S


def test_a_refusal_is_told_and_not_tried_again(
    store: FakeStore, sender: Sender, waits: list[float]
) -> None:
    store.answers_first = [422]
    with pytest.raises(NotTaken, match=r"Refused: Not this time\."):
        sender.send(CONTACT)
    assert waits == []


def test_a_wrong_password_is_told(store: FakeStore, waits: list[float]) -> None:
    wrong = Sender(store.url, "web", "guess", wait=waits.append, random=Random(1))
    with wrong, pytest.raises(NotTaken, match="Account or password is wrong"):
        wrong.sign_in()


def test_a_store_that_is_away_is_told_after_all_tries(waits: list[float]) -> None:
    with fake_store() as gone:
        url = gone.url
    away = Sender(url, "web", PASSWORD, wait=waits.append, random=Random(1))
    with away, pytest.raises(NotTaken, match="Is it running"):
        away.send(CONTACT)
    assert len(waits) == TRIES - 1
