"""The window system for the views' tests, and real desks with the reports they open."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.gallery import prepare
from tests.views import sample
from tests.views.stage import Night, a_night
from workstation.desk import Desk
from workstation.domain.report import ReportId
from workstation.ui.theme import apply_theme
from workstation.ui.tokens import DARK


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> QApplication:
    """Start every test in the night theme, with the product's fonts and icons."""
    if not qapp.property("gallery_ready"):
        prepare(qapp)
        qapp.setProperty("gallery_ready", True)
    apply_theme(qapp, DARK)
    return qapp


@pytest.fixture(scope="session")
def still_night(
    qapp: QApplication,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Night]:
    """The nine reports of a night, for the tests that only look at them."""
    with a_night(tmp_path_factory.mktemp("night")) as night:
        sample.fill(night)
        yield night


@pytest.fixture
def night(qapp: QApplication, tmp_path: Path) -> Iterator[Night]:
    """The nine reports of a night, for one test to work on."""
    with a_night(tmp_path) as night:
        sample.fill(night)
        yield night


@pytest.fixture
def quiet_night(qapp: QApplication, tmp_path: Path) -> Iterator[Night]:
    """A noise complaint and a report of harassment, and nothing else."""
    with a_night(tmp_path) as night:
        sample.fill_two(night)
        yield night


@pytest.fixture
def desk(quiet_night: Night) -> Desk:
    """Kelly's desk on the quiet night."""
    return quiet_night.desk


@pytest.fixture
def noise(quiet_night: Night) -> ReportId:
    """The noise complaint."""
    return quiet_night["noise"]


@pytest.fixture
def harassment(quiet_night: Night) -> ReportId:
    """The report of harassment."""
    return quiet_night["harassment"]
