"""The window system for the views' tests, and a desk in memory with two reports."""

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.gallery import prepare
from tests.views.deciding_desk import DecidingDesk, desk_with_reports
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


@pytest.fixture
def desk() -> DecidingDesk:
    """A noise complaint and a report of harassment."""
    return desk_with_reports()
