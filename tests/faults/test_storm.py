"""A small control room comes back at once, and every command has its outcome."""

import pytest

from tests.faults.storm import storm


@pytest.mark.fault("F40")
@pytest.mark.invariant("I2", "I3", "I4", "I9")
def test_every_command_has_its_outcome_after_all_desks_reconnect_at_once(
    postgres_database: str,
) -> None:
    found = storm(postgres_database, desks=30, commands=10)
    assert found.faults == []
    assert sum(one.words.total() for one in found.desks) == 300
