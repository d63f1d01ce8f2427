"""A choice that was kept and is none of those offered now: everything opens, nothing is chosen."""

import pytest

from tests.views.screens import a_window
from tests.views.stage import Night
from workstation.cache.parcel import CONTACT
from workstation.views.shell import TAKING

WORDS = "She has a knife under the pillow"


@pytest.mark.parametrize("choice", ["way", "victim", "imu", "told", "duplicate_told"])
def test_a_kept_choice_that_is_none_opens_with_nothing_chosen(night: Night, choice: str) -> None:
    night.desk.save_draft(night["r1"], f"choice.{choice}", "neither")
    with a_window(night.desk) as window:
        window.open_report(night["r1"])
        assert window.work.decide.isEnabled()


@pytest.mark.parametrize("choice", ["channel", "back"])
def test_a_kept_choice_of_a_contact_that_is_none_opens_the_contact(
    night: Night, choice: str
) -> None:
    night.desk.save_draft(CONTACT, "account", WORDS)
    night.desk.save_draft(CONTACT, f"choice.{choice}", "neither")
    with a_window(night.desk) as window:
        window.go(TAKING)
        assert window.taking.what.account.text == WORDS
