"""An emergency reaches a dispatcher, and who graded it knows whether dispatch has it."""

from collections.abc import Callable

import pytest

from tests.journeys.relay import Relay
from tests.journeys.stage import Seat, Store
from workstation.desk.desk import Desk
from workstation.domain.report import ReportId

BURGLARS = "OPN-0299"
NOT_GOT = "Dispatch has NOT got this. Ring 01632 960035"
LONG_MS = 60_000


def send_officers(there: Seat, report: ReportId, why: str) -> None:
    """Two fields and a key, from the list."""
    there.stand_on(report)
    there.hands.press("Return", "Ctrl+Shift+E")
    there.hands.write(why)
    there.press_primary()


def test_an_emergency_is_seen_by_a_dispatcher_and_the_handler_sees_who_has_it(
    store: Store, handler: Seat, colleague: Desk, sit_down: Callable[..., Seat]
) -> None:
    burglars = store.public.send(BURGLARS)
    send_officers(handler, burglars, "Two men breaking in, children upstairs")
    handler.until_sent()
    assert NOT_GOT not in handler.reads()
    graded = store.event(burglars, "ReportGraded")
    assert (graded["code"], graded["band"]) == ("I", 1)
    dispatcher = sit_down("dispatcher")
    dispatcher.stand_on(burglars)
    dispatcher.hands.press("Return")
    dispatcher.until_reads("Two men breaking in, children upstairs")
    dispatcher.until_sent()
    assert store.told(burglars)[-1] == "DispatchOpened"
    handler.sit()
    handler.until_reads("Dispatcher has it,")
    handler.until_reads("Jo Oakley")
    seen = handler.agreed(colleague, burglars, lambda report: report.opened)
    assert seen.is_emergency
    assert seen.opened is not None
    assert seen.opened.by.name == "Jo Oakley"


@pytest.mark.timeout(180)
def test_an_emergency_graded_offline_warns_until_dispatch_is_told_by_voice(
    store: Store, wired: tuple[Seat, Relay], colleague: Desk
) -> None:
    handler, wire = wired
    burglars = store.public.send(BURGLARS)
    handler.stand_on(burglars)
    wire.cut()
    send_officers(handler, burglars, "Two men breaking in")
    handler.until_reads(NOT_GOT)
    handler.until_reads("Offline")
    handler.hands.press("Ctrl+Shift+D")
    handler.hands.write("Jo Oakley, 02:47")
    handler.hands.press("Return")
    handler.until(lambda: NOT_GOT not in handler.reads())
    assert handler.has_keyboard_on_list()
    wire.heal()
    handler.until_sent(LONG_MS)
    assert "Jo Oakley, 02:47" in str(store.event(burglars, "DispatchTold"))
    seen = handler.agreed(colleague, burglars, lambda report: report.told_by_voice)
    assert seen.is_emergency


@pytest.mark.timeout(180)
def test_an_emergency_graded_offline_stops_warning_once_the_store_has_it(
    store: Store, wired: tuple[Seat, Relay], colleague: Desk
) -> None:
    handler, wire = wired
    burglars = store.public.send(BURGLARS)
    handler.stand_on(burglars)
    wire.cut()
    send_officers(handler, burglars, "Two men breaking in")
    handler.until_reads(NOT_GOT)
    assert "ReportGraded" not in store.told(burglars)
    wire.heal()
    handler.until(lambda: NOT_GOT not in handler.reads(), LONG_MS)
    assert "ReportGraded" in store.told(burglars)
    seen = handler.agreed(colleague, burglars, lambda report: report.is_emergency)
    assert seen.told_by_voice is None


@pytest.mark.timeout(180)
def test_an_emergency_left_behind_unsent_stands_over_the_sign_in_until_its_author_is_back(
    store: Store, wired: tuple[Seat, Relay]
) -> None:
    handler, wire = wired
    burglars = store.public.send(BURGLARS)
    handler.stand_on(burglars)
    wire.cut()
    send_officers(handler, burglars, "Two men breaking in")
    handler.main.sign_out()
    assert handler.is_working
    stop = handler.main.leaving.stop
    assert stop is not None
    stop.buttons["leave"].click()
    handler.until(lambda: not handler.is_working)
    handler.until_reads("Kelly Rowe’s unsent emergency")
    assert "Sign in as Kelly Rowe to send it." in handler.reads()
    wire.heal()
    handler.sign_in("handler", store.password)
    handler.until(lambda: handler.is_working, LONG_MS)
    handler.until_sent(LONG_MS)
    assert "ReportGraded" in store.told(burglars)
    assert "unsent emergency" not in handler.reads()
