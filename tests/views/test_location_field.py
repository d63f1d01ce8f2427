"""Where, by keyboard: a street of an earlier report is offered, taken, and said to be one."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.views.decide_stage import press, settle
from tests.views.stage import Night
from tests.views.test_taking import type_text
from workstation.desk import Desk
from workstation.domain.report import Facts, Location
from workstation.ui.list_base import Index
from workstation.views.decide.location_field import (
    FROM_EARLIER,
    NOTHING_FITS,
    POSITION_FROM_EARLIER,
    LocationField,
)


@pytest.fixture
def where(qtbot: QtBot, desk: Desk) -> LocationField:
    field = LocationField(desk)
    qtbot.addWidget(field)
    field.resize(480, 400)
    field.show()
    field.activateWindow()
    field.place.setFocus()
    settle()
    return field


def offered(where: LocationField) -> list[str]:
    """What the list under the field reads out, from the top; nothing when it is hidden."""
    rows = where.place.popup.model()
    if not where.place.popup.isVisible():
        return []
    at: list[Index] = [rows.index(row, 0) for row in range(rows.rowCount())]
    return [str(index.data(Qt.ItemDataRole.AccessibleTextRole)) for index in at]


def received(night: Night, name: str, location: Location) -> None:
    night.clock.pass_by(seconds=1)
    night.receive(name, "It happened there.", Facts(), location)
    night.seat().exchange()


def test_a_street_of_an_earlier_report_is_offered_and_taken_by_keyboard(
    quiet_night: Night, where: LocationField
) -> None:
    received(quiet_night, "one", Location(text="12 Mill Road", town="Cambridge"))
    received(quiet_night, "two", Location(text="Mill Rd, Cambridge", town="Cambridge"))
    type_text("mill r")
    assert "in 2 earlier reports" in offered(where)[0]
    press(Qt.Key.Key_Return)
    taken = where.location()
    assert taken is not None
    assert (taken.text, taken.town) == ("Mill Rd, Cambridge", "Cambridge")
    assert (taken.area, taken.lat, taken.postcode) == ("CAM-CITY", None, "")
    assert where.note.text() == FROM_EARLIER
    assert where.note.isVisible()


def test_a_local_name_is_offered_with_the_number_that_was_typed(where: LocationField) -> None:
    type_text("8 histon ro")
    press(Qt.Key.Key_Return)
    taken = where.location()
    assert taken is not None
    assert (taken.text, taken.district) == ("8 Histon Road", "E07000008")


def test_enter_never_chooses_the_town_of_a_street_that_is_in_several(
    quiet_night: Night, where: LocationField
) -> None:
    received(quiet_night, "ely", Location(text="4 High Street", town="Ely"))
    received(quiet_night, "soham", Location(text="High Street", town="Soham"))
    type_text("9 high street")
    assert [words.split(",")[0] for words in offered(where)] == ["9 high street"] + 2 * [
        "9 High Street"
    ]
    press(Qt.Key.Key_Return)
    assert where.location() == Location(text="9 high street")


def test_a_position_that_came_from_an_earlier_report_is_to_be_checked(
    quiet_night: Night, where: LocationField
) -> None:
    received(quiet_night, "rec", Location(text="The Rec", town="Ely", lat=52.4, lon=0.26))
    type_text("the rec")
    assert "check its position" in offered(where)[0]
    press(Qt.Key.Key_Return)
    taken = where.location()
    assert taken is not None
    assert (taken.lat, taken.lon) == (52.4, 0.26)
    assert where.note.text() == POSITION_FROM_EARLIER


def test_where_nothing_fits_it_is_said_and_what_was_typed_stands(where: LocationField) -> None:
    type_text("zzyzx way")
    assert offered(where) == []
    assert where.note.isVisible()
    assert where.note.text() == NOTHING_FITS
    assert where.place.accessibleDescription() == NOTHING_FITS
    assert where.location() == Location(text="zzyzx way")


def test_a_note_goes_with_the_text_it_was_said_of(where: LocationField) -> None:
    type_text("8 histon ro")
    press(Qt.Key.Key_Return)
    type_text("w")
    assert where.note.text() != FROM_EARLIER
    where.clear()
    assert not where.note.isVisible()


def test_a_report_out_of_sight_offers_nothing(desk: Desk, where: LocationField) -> None:
    type_text("chequers")
    assert any("1 earlier report" in words for words in offered(where))
    where.clear()
    desk.stock.confirmed.begin(desk.stock.confirmed.standing())
    type_text("chequers")
    assert not any("earlier report" in words for words in offered(where))
