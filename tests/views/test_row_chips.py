"""A row's chips give way in words, never in what they tell."""

from workstation.ui.chip import chip_width
from workstation.views.queue.row_chips import GAP, fitted

RISK = ("Risk: domestic or stalking, happening now", "vuln", "heart-pulse")
CRIME = ("Crime 35/66507/22", "neutral", "hash")
HAZARD = ("Hazard", "danger", "octagon-alert")
NARROW = 230


def words(chips: list[tuple[str, str, str]], room: float = NARROW) -> list[str]:
    return [text for text, _, _ in fitted(chips, room)]


def test_where_there_is_room_chips_stand_in_full() -> None:
    assert words([RISK, CRIME], 800) == [RISK[0], CRIME[0]]


def test_a_crime_number_stays_on_a_narrow_row_beside_a_long_risk() -> None:
    assert words([RISK, CRIME]) == ["Risk", "35/66507/22"]


def test_a_long_risk_alone_says_its_first_kind_and_counts_the_others() -> None:
    assert words([RISK]) == ["Risk: domestic or stalking +1"]


def test_what_has_no_room_even_in_short_is_counted() -> None:
    chips = [HAZARD, RISK, ("Supervisor asked", "warn", "hand"), CRIME, CRIME]
    shown = fitted(chips, NARROW)
    assert shown[0] == HAZARD
    assert shown[-1][0].startswith("+")
    assert sum(chip_width(text, icon) + GAP for text, _, icon in shown) - GAP <= NARROW
