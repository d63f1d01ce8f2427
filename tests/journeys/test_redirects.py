"""Reports that are not for the police go to who can act, and everybody sees that they went."""

from tests.journeys.stage import Seat, Store
from workstation.desk.desk import Desk

NOISE, RAILWAY = "OPN-0077", "OPN-0141"


def test_noise_is_redirected_to_the_council_in_at_most_eight_keystrokes(
    store: Store, handler: Seat, colleague: Desk
) -> None:
    noise = store.public.send(NOISE)
    handler.until(lambda: noise in handler.main.work.list.rows.model.ids)
    handler.stand_on(noise)
    handler.hands.press("Return", "F3", "0", "C")
    handler.press_primary()
    handler.until_sent()
    assert handler.hands.keys <= 8
