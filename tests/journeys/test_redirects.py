"""Reports that are not for the police go to who can act, and everybody sees that they went."""

from tests.journeys.stage import Seat, Store
from workstation.desk.desk import Desk

NOISE, RAILWAY, LITTER = "OPN-0077", "OPN-0141", "OPN-0067"
MOST_KEYS = 8


def test_noise_is_redirected_to_the_council_in_at_most_eight_keystrokes(
    store: Store, handler: Seat, colleague: Desk
) -> None:
    noise = store.public.send(NOISE)
    handler.stand_on(noise)
    handler.hands.press("Return", "F3", "0", "C")
    handler.press_primary()
    handler.until_reads("Redirected to Fenland District Council.")
    assert handler.hands.keys <= MOST_KEYS
    handler.until_sent()
    assert store.told(noise)[-3:] == ["ReportClaimed", "RiskAssessed", "ReportRedirected"]
    redirected = store.event(noise, "ReportRedirected")
    assert redirected["agency"] == "fenland"
    assert "Fenland District Council deals with this" in str(redirected["message"])
    assert store.event(noise, "RiskAssessed")["no_risk_found"] is True
    seen = handler.agreed(colleague, noise, lambda report: report.redirection)
    assert seen.redirection is not None
    assert seen.redirection.by.name == "Kelly Rowe"
    assert not seen.is_open
    assert noise not in handler.main.work.list.rows.model.ids


def test_a_matter_of_the_railway_is_redirected_to_the_british_transport_police(
    store: Store, handler: Seat, colleague: Desk
) -> None:
    railway = store.public.send(RAILWAY)
    handler.stand_on(railway)
    handler.hands.press("Return", "F3")
    handler.until_reads("The words suggest British Transport Police")  # read beside the window
    handler.hands.press("0", "B")
    handler.press_primary()
    handler.until_reads("Redirected to British Transport Police.")
    handler.until_sent()
    assert store.event(railway, "ReportRedirected")["agency"] == "btp"
    seen = handler.agreed(colleague, railway, lambda report: report.redirection)
    assert seen.redirection is not None
    assert seen.redirection.agency_name.startswith("British Transport Police")


def test_the_same_few_keys_redirect_at_the_smallest_screen(
    store: Store, handler_at_small_screen: Seat
) -> None:
    handler = handler_at_small_screen
    litter = store.public.send(LITTER)
    handler.stand_on(litter)
    handler.hands.press("Return", "F3", "0", "C")
    handler.press_primary()
    handler.until_reads("Redirected to Fenland District Council.")
    assert handler.hands.keys <= MOST_KEYS
    handler.until_sent()
    assert store.event(litter, "ReportRedirected")["agency"] == "fenland"


def test_a_second_contact_from_one_person_stops_the_fast_path(store: Store, handler: Seat) -> None:
    store.public.send(NOISE)
    again = store.public.send(NOISE)
    handler.stand_on(again)
    handler.hands.press("Return", "F3", "0", "C")
    handler.press_primary()
    handler.until_reads("There are earlier contacts. Assess the six elements instead.")
    assert not {"RiskAssessed", "ReportRedirected"} & set(store.told(again))
