"""Who may sign in, for how long, and as what."""

from datetime import timedelta

import pytest

from tests.store.conftest import PASSWORD, Store
from workstation.domain.roles import Role
from workstation.store.problems import ApiProblem
from workstation.wire.protocol import Heartbeat, OutboxId, SignIn


def refused(store: Store, account: str, password: str, role: Role | None = None) -> str:
    with pytest.raises(ApiProblem) as problem:
        store.api.sign_in(SignIn(account, password, "W01", role))
    return problem.value.problem.type


def test_a_token_lasts_twelve_hours(store: Store) -> None:
    token = store.token("ann")
    store.clock.pass_by(timedelta(hours=11, minutes=59))
    store.api.changes(token)
    store.clock.pass_by(timedelta(minutes=1))
    with pytest.raises(ApiProblem) as problem:
        store.api.changes(token)
    assert problem.value.problem.status == 401


def test_signing_out_ends_the_token(store: Store) -> None:
    token = store.token("ann")
    store.api.sign_out(token)
    store.api.sign_out(token)
    with pytest.raises(ApiProblem):
        store.api.colleagues(token)


def test_a_wrong_password_and_an_unknown_account_are_told_alike(store: Store) -> None:
    assert refused(store, "ann", "wrong") == refused(store, "nobody", PASSWORD) == "sign-in"


def test_somebody_of_many_roles_may_act_in_one(store: Store) -> None:
    store.api.accounts.add("all", "All", [Role.HANDLER, Role.SUPERVISOR], PASSWORD)
    one = store.api.sign_in(SignIn("all", PASSWORD, "W01", Role.HANDLER))
    assert one.person.roles == (Role.HANDLER,)
    assert store.api.session(one.token).person.roles == (Role.HANDLER,)
    assert refused(store, "all", PASSWORD, Role.DISPATCHER) == "role-not-held"


@pytest.mark.fault("F27")
@pytest.mark.invariant("I36")
def test_a_role_taken_away_is_gone_from_tokens_at_once(store: Store) -> None:
    token = store.token("sue")
    store.api.accounts.add("sue", "Sue", [Role.HANDLER], PASSWORD)
    with pytest.raises(ApiProblem) as problem:
        store.api.colleagues(token)
    assert problem.value.problem.status == 401


@pytest.mark.parametrize("person", ["web"])
def test_a_machine_is_no_desk(store: Store, person: str) -> None:
    with pytest.raises(ApiProblem) as problem:
        store.api.heartbeat(store.token(person), Heartbeat(OutboxId("1"), ()))
    assert problem.value.problem.status == 403


def test_a_short_password_is_not_taken(store: Store) -> None:
    with pytest.raises(ValueError):
        store.api.accounts.add("new", "New", [Role.HANDLER], "short")
