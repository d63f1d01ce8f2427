"""A window over a disk that takes nothing: it shows one report, and lets nobody lose her words."""

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from tests.faults.disk import Disk, WatchedConnection
from tests.views.screens import a_window
from tests.views.stage import Night


@pytest.fixture
def disk(night: Night) -> Disk:
    """What befalls Kelly's work.db."""
    made, work = Disk(), night.desk.stock.work
    work.connection = WatchedConnection(work.connection, made, "work")
    return made


@pytest.mark.fault("F18")
@pytest.mark.invariant("I42")
def test_on_a_full_disk_the_decision_is_of_the_report_on_the_page(
    night: Night, disk: Disk
) -> None:
    with a_window(night.desk) as window:
        window.open_report(night["r1"])
        disk.will("full")
        for name in ("r2", "r3"):
            window.open_report(night[name])
            assert window.work.report.report_id == window.work.decide.report_id == night[name]
            assert window.work.list.rows.current_id == night[name]
            assert window.work.decide.isEnabled()
        disk.will("")


@pytest.mark.invariant("I19")
def test_where_the_page_cannot_be_shown_nothing_can_be_decided(night: Night) -> None:
    with a_window(night.desk) as window:
        window.open_report(night["r1"])
        night.desk.stock.confirmed.connection.execute("DROP TABLE entry")
        with pytest.raises(sqlcipher.OperationalError):
            window.work.show_report(night["r2"])
        assert window.work.decide.report_id is None
        assert not window.work.decide.isEnabled()
