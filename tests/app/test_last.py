"""Who worked here last: a convenience, never in the way of work."""

from pathlib import Path

import pytest

from workstation.app.last import Last, keep_last, read_last

ANN = Last("http://store", "store", "cambridgeshire", "ann")


def test_who_signed_in_is_remembered(tmp_path: Path) -> None:
    keep_last(tmp_path / "profiles", ANN)
    assert read_last(tmp_path / "profiles") == ANN


@pytest.mark.fault("F18")
@pytest.mark.invariant("I42")
@pytest.mark.expects_log("not remembered")
@pytest.mark.expects_log("cannot be read")
def test_a_disk_that_neither_takes_nor_gives_it_keeps_nobody_from_working(
    tmp_path: Path,
) -> None:
    """On a full disk a desk opens in the room of its reserve."""
    (tmp_path / "taken").write_bytes(b"")
    keep_last(tmp_path / "taken" / "profiles", ANN)
    assert read_last(tmp_path / "taken" / "profiles") is None
