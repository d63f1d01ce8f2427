"""Who works on what: a supervisor gives reports to somebody, and nobody works unknown."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget

from tests.journeys.stage import Seat, Store

SHED, PLATES = "OPN-0035", "OPN-0133"


def test_a_supervisor_gives_two_reports_to_a_handler_who_then_has_them(
    store: Store, sit_down: Callable[..., Seat]
) -> None:
    shed, plates = store.public.send(SHED), store.public.send(PLATES)
    supervisor = sit_down("supervisor")
    for report in (shed, plates):
        supervisor.stand_on(report)
        supervisor.hands.press("X")
    supervisor.hands.press("M")
    supervisor.until_reads("Give 2 reports to somebody")
    supervisor.hands.write("Mo")
    supervisor.hands.press("Tab")
    supervisor.hands.write("He knows Sawston.")
    supervisor.hands.press("Return")
    supervisor.until_reads("Given to Mo Ahmed.")
    supervisor.until_sent()
    for report in (shed, plates):
        given = store.event(report, "ReportReassigned")
        assert given["to"] == {"id": "handler2", "name": "Mo Ahmed"}
        assert given["reason"] == "He knows Sawston."
    mo = sit_down("handler2")
    for report in (shed, plates):
        seen = mo.agreed(mo.desk, report, lambda known: known.claim)
        assert seen.claim is not None
        assert seen.claim.by.name == "Mo Ahmed"


def test_a_wrong_password_is_told_in_a_sentence_and_the_right_one_then_opens_the_desk(
    store: Store, empty_seat: Seat
) -> None:
    empty_seat.sign_in("handler", "not the password")
    empty_seat.until_reads("The account or the password is not right.")
    assert not empty_seat.is_working
    empty_seat.hands.write(store.password)
    empty_seat.hands.press("Return")
    empty_seat.until(lambda: empty_seat.is_working)
    empty_seat.until_reads("Kelly Rowe")


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
def test_the_next_person_signs_in_where_the_last_one_signed_out(
    store: Store, handler: Seat
) -> None:
    shed = store.public.send(SHED)
    handler.stand_on(shed)
    handler.hands.press("Return", "F9")
    handler.until_sent()
    handler.tab_to("Kelly Rowe, Call handler")
    handler.hands.press("Space", "Down", "Return")
    handler.until(lambda: not handler.is_working)
    assert "Kelly Rowe" not in handler.reads()
    handler.sit()
    handler.tab_to("Account")
    handler.hands.press("Ctrl+A")
    handler.hands.write("dispatcher")
    handler.hands.press("Tab")
    handler.hands.write(store.password)
    handler.hands.press("Return")
    handler.until(lambda: handler.is_working)
    handler.until_reads("Jo Oakley")
    assert store.event(shed, "ReportClaimed")["stamp"]["by"]["name"] == "Kelly Rowe"  # type: ignore[index]


def test_the_keyboard_stays_on_the_list_through_an_empty_filter(
    store: Store, handler: Seat
) -> None:
    shed = store.public.send(SHED)
    handler.stand_on(shed)
    assert handler.has_keyboard_on_list()
    handler.hands.press("/")
    handler.hands.write("nothing has these words")
    handler.hands.press("Return")
    handler.until(lambda: not handler.main.work.list.rows.model.ids)
    handler.hands.press("/", "Escape")
    handler.until(lambda: shed in handler.main.work.list.rows.model.ids)
    assert handler.has_keyboard_on_list()


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
@pytest.mark.parametrize(
    ("downs", "name", "list_shown"),
    [(2, "Jo Oakley", "dispatch"), (3, "Sam Keane", "queue"), (4, "Priya Nair", "imu")],
)
def test_a_visitor_of_the_demonstration_can_be_everybody(
    visitor: Seat, downs: int, name: str, list_shown: str
) -> None:
    assert "DEMONSTRATION" in visitor.reads()
    visitor.tab_to("Kelly Rowe, Call handler")
    visitor.hands.press("Space", *["Down"] * downs, "Return")
    visitor.until(lambda: visitor.is_working and visitor.desk.person.name == name)
    visitor.until_reads(name)
    assert visitor.main.work.list_key == list_shown


def test_no_field_has_the_keyboard_any_more_when_its_desk_closes(
    store: Store, handler: Seat
) -> None:
    """A field that lost it later would read a closed desk."""
    handler.stand_on(store.public.send(SHED))
    handler.hands.press("Return", "F9", "Ctrl+L")
    handler.hands.write("He rang")
    focused: list[QWidget | None] = []
    window = handler.main
    handler.desk.closing.connect(lambda: focused.append(window.focusWidget()))
    handler.workstation.ask_who()
    assert focused == [None]
