"""A contact from the public is on record exactly once, whatever happens on the way."""

import threading

import pytest

from tests.store.conftest import Store
from workstation.store.problems import ApiProblem


@pytest.mark.invariant("I3")
def test_the_same_contact_again_gets_the_same_receipt(store: Store) -> None:
    first = store.receive("My bicycle", "7")
    position = store.api.head()
    assert store.receive("My bicycle", "7") == first
    assert store.api.head() == position


def test_other_words_under_the_same_id_are_a_conflict(store: Store) -> None:
    store.receive("My bicycle", "7")
    with pytest.raises(ApiProblem) as problem:
        store.receive("My car", "7")
    assert (problem.value.problem.status, problem.value.problem.type) == (409, "intake-conflict")


@pytest.mark.invariant("I3")
def test_the_same_contact_from_many_lines_at_once_is_one_report(store: Store) -> None:
    reports: set[str] = set()
    threads = [
        threading.Thread(target=lambda: reports.add(store.receive("My bicycle", "7").report))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(reports) == 1
