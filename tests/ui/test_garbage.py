"""Cycles are collected on the window's thread, and afterwards by whoever did it before."""

import gc

import pytest
from PySide6.QtWidgets import QApplication

from workstation.ui.garbage import Garbage


@pytest.mark.parametrize("was_automatic", [True, False], ids=["Python's own", "nobody's"])
def test_collecting_goes_back_to_who_did_it_before(
    qapp: QApplication, was_automatic: bool
) -> None:
    before = gc.isenabled()
    gc.enable() if was_automatic else gc.disable()
    try:
        garbage = Garbage()
        assert not gc.isenabled()
        garbage.end()
        assert gc.isenabled() is was_automatic
    finally:
        gc.enable() if before else gc.disable()
