"""The program as `python -m workstation` starts it where somebody is still signed in.

The first window is painted before the rest is imported, as the product does.
"""

from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec import Struct

from workstation.ui.first_window import first_window


class Resumed(Struct, frozen=True):
    """What the keyring and the profile would have told: read from a file of the bench."""

    profiles: str
    url: str
    session: bytes


def queue(file: str, tell: Callable[[str], None]) -> None:
    """Open the desk over its filled cache and tell when the queue's rows are painted."""
    application, first = first_window()
    from tests.bench.rig import DESK_KEY, FORCE, STORE  # noqa: PLC0415 - after the first window
    from tests.bench.window import Painted, queue_list  # noqa: PLC0415
    from workstation.app.person import Workplace, desk_of  # noqa: PLC0415
    from workstation.app.start import dress  # noqa: PLC0415
    from workstation.sync.credentials import HeldCredentials  # noqa: PLC0415
    from workstation.views.shell import MainWindow  # noqa: PLC0415
    from workstation.wire.protocol import SignedIn  # noqa: PLC0415

    was = msgspec.json.decode(Path(file).read_bytes(), type=Resumed)
    dress(application, "dark")
    session = msgspec.json.decode(was.session, type=SignedIn)
    place = Workplace("W07", was.url, Path(was.profiles))
    with desk_of(place, STORE, FORCE, HeldCredentials(session), DESK_KEY) as desk:
        window = MainWindow(desk)
        window.resize(first.size())
        rows = queue_list(window)
        painted = Painted(rows.viewport())
        window.show()
        first.hide()
        painted.wait(lambda: rows.model().rowCount() > 0)
        tell("painted")
        window.close()
