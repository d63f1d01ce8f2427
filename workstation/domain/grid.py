"""Ordnance Survey grid references as WGS84 latitude and longitude, without any data file.

Airy 1830 to WGS84 by the seven-parameter Helmert shift: right to about 5 m, which is less than the
square a reference names. A reference is answered by the middle of its square.
"""

import math
import re

from msgspec import Struct

LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"  # there is no I
WRITTEN = re.compile(r"([HNOST][A-HJ-Z])\s*(\d{2,5})\s+(\d{2,5})")
SHIFT_ACCURACY = 5

AIRY = (6_377_563.396, 6_356_256.909)
WGS84 = (6_378_137.0, 6_356_752.314245)
SCALE, TRUE_LAT, TRUE_LON = 0.9996012717, math.radians(49), math.radians(-2)
FALSE_EAST, FALSE_NORTH = 400_000.0, -100_000.0
MOVE = (446.448, -125.157, 542.060)
TURN = tuple(math.radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421))
GROWTH = -20.4894e-6


class GridPoint(Struct, frozen=True):
    """The middle of a grid square; `metres` is the square's side and so how rough it is."""

    reference: str
    lat: float
    lon: float
    metres: int


def read_grid(text: str) -> GridPoint | None:
    """The point of a reference of 4 to 10 figures, `TL 455 585` or `TL455585`; else None."""
    found = WRITTEN.fullmatch(text.strip().upper()) or _unspaced(text)
    if found is None or len(found[2]) != len(found[3]):
        return None
    letters, east, north = found.groups()
    metres = 10 ** (5 - len(east))
    square_east, square_north = _square(letters)
    if not 0 <= square_east < 700_000 or not 0 <= square_north < 1_300_000:
        return None
    lat, lon = to_wgs84(
        square_east + (int(east) + 0.5) * metres, square_north + (int(north) + 0.5) * metres
    )
    return GridPoint(f"{letters} {east} {north}", lat, lon, max(metres, SHIFT_ACCURACY))


def to_wgs84(east: float, north: float) -> tuple[float, float]:
    """Latitude and longitude (degrees, WGS84) of National Grid metres."""
    return _shifted(*_airy_position(east, north))


def _unspaced(text: str) -> re.Match[str] | None:
    found = re.fullmatch(r"([A-Z]{2})\s*(\d{4,10})", text.strip().upper())
    if found is None or len(found[2]) % 2:
        return None
    half = len(found[2]) // 2
    return WRITTEN.fullmatch(f"{found[1]} {found[2][:half]} {found[2][half:]}")


def _square(letters: str) -> tuple[int, int]:
    """The south-west corner of a 100 km square, in metres from the grid's origin."""
    first, second = (LETTERS.index(letter) for letter in letters)
    east = ((first - 2) % 5) * 5 + second % 5
    north = 19 - (first // 5) * 5 - second // 5
    return east * 100_000, north * 100_000


def _meridian_arc(lat: float) -> float:
    a, b = AIRY
    n = (a - b) / (a + b)
    less, more = lat - TRUE_LAT, lat + TRUE_LAT
    return (
        b
        * SCALE
        * (
            (1 + n + 1.25 * n**2 + 1.25 * n**3) * less
            - (3 * n + 3 * n**2 + 2.625 * n**3) * math.sin(less) * math.cos(more)
            + 1.875 * (n**2 + n**3) * math.sin(2 * less) * math.cos(2 * more)
            - 35 / 24 * n**3 * math.sin(3 * less) * math.cos(3 * more)
        )
    )


def _foot_latitude(north: float) -> float:
    """The latitude whose arc along the true meridian reaches this northing."""
    lat = TRUE_LAT
    rest = north - FALSE_NORTH
    while abs(rest) >= 1e-5:
        lat += rest / (AIRY[0] * SCALE)
        rest = north - FALSE_NORTH - _meridian_arc(lat)
    return lat


def _airy_position(east: float, north: float) -> tuple[float, float]:
    """Latitude and longitude on the Airy ellipsoid, in radians (the inverse projection)."""
    a, b = AIRY
    e2 = 1 - (b / a) ** 2
    foot = _foot_latitude(north)
    sine2 = math.sin(foot) ** 2
    nu = a * SCALE / math.sqrt(1 - e2 * sine2)
    rho = a * SCALE * (1 - e2) / (1 - e2 * sine2) ** 1.5
    eta2 = nu / rho - 1
    t, sec = math.tan(foot), 1 / math.cos(foot)
    d = east - FALSE_EAST
    lat = (
        foot
        - t / (2 * rho * nu) * d**2
        + t / (24 * rho * nu**3) * (5 + 3 * t**2 + eta2 - 9 * t**2 * eta2) * d**4
        - t / (720 * rho * nu**5) * (61 + 90 * t**2 + 45 * t**4) * d**6
    )
    lon = (
        TRUE_LON
        + sec / nu * d
        - sec / (6 * nu**3) * (nu / rho + 2 * t**2) * d**3
        + sec / (120 * nu**5) * (5 + 28 * t**2 + 24 * t**4) * d**5
        - sec / (5040 * nu**7) * (61 + 662 * t**2 + 1320 * t**4 + 720 * t**6) * d**7
    )
    return lat, lon


def _shifted(lat: float, lon: float) -> tuple[float, float]:
    """An Airy position in radians as WGS84 degrees, through the centre of the earth."""
    a, b = AIRY
    e2 = 1 - (b / a) ** 2
    nu = a / math.sqrt(1 - e2 * math.sin(lat) ** 2)
    x = nu * math.cos(lat) * math.cos(lon)
    y = nu * math.cos(lat) * math.sin(lon)
    z = (1 - e2) * nu * math.sin(lat)
    rx, ry, rz = TURN
    s = 1 + GROWTH
    return _from_centre(
        MOVE[0] + x * s - y * rz + z * ry,
        MOVE[1] + x * rz + y * s - z * rx,
        MOVE[2] - x * ry + y * rx + z * s,
    )


def _from_centre(x: float, y: float, z: float) -> tuple[float, float]:
    a, b = WGS84
    e2 = 1 - (b / a) ** 2
    flat = math.hypot(x, y)
    lat = math.atan2(z, flat * (1 - e2))
    for _ in range(6):
        nu = a / math.sqrt(1 - e2 * math.sin(lat) ** 2)
        lat = math.atan2(z + e2 * nu * math.sin(lat), flat)
    return math.degrees(lat), math.degrees(math.atan2(y, x))
