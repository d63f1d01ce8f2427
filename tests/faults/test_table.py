"""The table of faults is what the tests themselves say."""

from tests.faults.table import README, unknown_ids, written


def test_the_table_of_faults_is_current() -> None:
    assert README.read_text(encoding="utf-8") == written(), "run: python -m tests.faults.table"


def test_every_mark_names_a_fault_or_an_invariant_that_there_is() -> None:
    assert unknown_ids() == set()
