"""What the tests of kills and of lost power share."""

import shutil
from collections.abc import Iterator

import pytest

from tests.faults.kill_nursery import Nursery, nursery


@pytest.fixture(scope="module")
def nest() -> Iterator[Nursery]:
    """Where the shifts come from."""
    if shutil.which("strace") is None:
        pytest.fail("strace is not installed here: `make test` installs it on Debian.")
    with nursery() as one:
        yield one
