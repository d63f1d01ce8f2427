"""A real desk over a real socket to a store elsewhere: with its threads, or step by step."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.world import DESK_KEY, PASSWORD, mark_knives
from workstation.desk import Desk, Fittings, open_desk
from workstation.desk.exchange import Exchange
from workstation.domain.report import ReportId
from workstation.domain.story import AddNote
from workstation.machine.clock import SystemClock
from workstation.machine.ids import Ids
from workstation.sync.courier import Courier
from workstation.sync.credentials import HeldCredentials
from workstation.sync.link import Link, LiveLink
from workstation.wire.protocol import SignIn


class Station:
    """A person's desk at an address."""

    def __init__(self, desk: Desk, courier: Courier) -> None:
        self.desk = desk
        self._courier = courier

    def exchange(self) -> bool:
        """One whole exchange on this thread; for a desk without threads."""
        return Exchange(self.desk).once(self._courier)


@contextmanager
def station(
    url: str, folder: Path, person: str, *, threads: bool, signs_in_at: str = ""
) -> Iterator[Station]:
    """A desk until the end; it signs in past the harmful wire where told."""
    name = f"W-{person}"
    first = Link(signs_in_at or url)
    credentials = HeldCredentials(first.sign_in(SignIn(person, PASSWORD, name)))
    first.close()
    session = credentials.session()
    assert session is not None
    clock = SystemClock()
    link = Link(url)
    fittings = Fittings(clock=clock, ids=Ids(clock), workstation=name, mark=mark_knives)
    live = LiveLink(url, lambda: session.token) if threads else None
    with open_desk(
        folder / "profiles", "store", link, credentials, fittings,
        key=DESK_KEY, live=live, threads=threads,
    ) as desk:  # fmt: skip
        yield Station(desk, Courier(link, credentials))
    link.close()


def note(at: Station, report: ReportId, text: str) -> None:
    """A note that the desk keeps."""
    assert at.desk.submit(AddNote(report=report, text=text)) is None
