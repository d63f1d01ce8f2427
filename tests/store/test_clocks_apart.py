"""Two hosts of one database whose clocks are minutes apart serve as one: by the database's."""

from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from msgspec import Raw

from tests.store.conftest import PASSWORD, DeskOf, Store, mark_knives
from workstation.domain.claiming import ClaimReport
from workstation.domain.report import ReportId
from workstation.machine.clock import SystemClock
from workstation.machine.ids import Ids
from workstation.store.agreed_time import AgreedTime
from workstation.store.api import Api
from workstation.store.timekeeper import Timekeeper
from workstation.wire.protocol import CommandBatch, Heartbeat, OutboxId, SignIn

FIVE = timedelta(minutes=5)
SLACK = timedelta(seconds=20)


class Skewed(SystemClock):
    """A host's clock that is off."""

    def __init__(self, by: timedelta) -> None:
        self.by = by

    def now(self) -> datetime:
        """What this host takes for the time."""
        return datetime.now(UTC) + self.by


class Host:
    """A serving process on a host with a clock of its own."""

    def __init__(self, store: Store, by: timedelta) -> None:
        self.machine = Skewed(by)
        self.clock = AgreedTime(self.machine)
        self.clock.agree(store.database)
        hasher = PasswordHasher(memory_cost=8, time_cost=1, parallelism=1)
        self.api = Api(store.database, self.clock, Ids(self.clock), mark_knives, hasher)
        self.timekeeper = Timekeeper(store.database, self.api.ledger, self.clock)


@pytest.fixture
def hosts(store: Store) -> tuple[Host, Host]:
    """One that is five minutes behind, one that is five before."""
    return Host(store, -FIVE), Host(store, FIVE)


@pytest.mark.fault("F16")
@pytest.mark.invariant("I22", "I41")
def test_no_desk_is_taken_for_silent_because_two_hosts_disagree(
    store: Store, hosts: tuple[Host, Host]
) -> None:
    slow, fast = hosts
    id, token, outbox = claimed(store, slow)
    beat = Heartbeat(outbox, (id,))
    slow.api.heartbeat(token, beat)
    assert fast.timekeeper.detach_silent() == []
    assert slow.timekeeper.detach_silent() == []
    slow.machine.by -= timedelta(hours=1)
    slow.clock.agree(store.database)
    slow.api.heartbeat(token, beat)
    assert fast.timekeeper.detach_silent() == []


@pytest.mark.fault("F16")
def test_a_sign_in_at_one_host_holds_at_the_other_and_both_tell_one_time(
    hosts: tuple[Host, Host],
) -> None:
    slow, fast = hosts
    signed = fast.api.sign_in(SignIn("ann", PASSWORD, "W01"))
    assert slow.api.colleagues(signed.token)
    assert abs(slow.api.hello().server_time - fast.api.hello().server_time) < SLACK
    assert abs(slow.api.hello().server_time - datetime.now(UTC)) < SLACK


def claimed(store: Store, host: Host) -> tuple[ReportId, str, OutboxId]:
    """A report that Ann claimed at a host, her token there, and her outbox."""
    id = store.receive().report
    desk = DeskOf(store, "ann", "W01")
    raw = Raw(desk.seal(ClaimReport(report=id)))
    token = host.api.sign_in(SignIn("ann", PASSWORD, "W01")).token
    host.api.commands(token, CommandBatch(desk.outbox, (raw,)))
    assert store.report(id).claim is not None
    return id, token, desk.outbox
