"""Every deliberate bug can still be put in: its place is in the source once, its tests exist."""

import pytest

from tests.faults.mutations.records import ROOT, Mutation, missing_tests, mutations
from tests.faults.mutations.table import TABLE, written

FEWEST = 25


@pytest.mark.parametrize("mutation", mutations(), ids=lambda mutation: mutation.name)
def test_a_deliberate_bug_still_has_its_place_and_its_tests(mutation: Mutation) -> None:
    assert mutation.applied(ROOT) != (ROOT / mutation.file).read_text(encoding="utf-8")
    assert mutation.breaks
    assert mutation.tests
    assert missing_tests(mutation) == []


def test_there_are_enough_deliberate_bugs_and_each_has_its_own_name() -> None:
    names = [mutation.name for mutation in mutations()]
    assert len(set(names)) == len(names) >= FEWEST


def test_the_table_of_deliberate_bugs_is_current() -> None:
    told = TABLE.read_text(encoding="utf-8")
    assert told == written(), "run: python -m tests.faults.mutations.table"
