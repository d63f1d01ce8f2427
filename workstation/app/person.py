"""A person at this workstation: signing in, and opening the desk they work at.

Signing in waits for the network, so it runs on a thread of its own and answers by signal.
"""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache, partial
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from workstation.cache.confirmed import Standing
from workstation.cache.keys import NoKeys
from workstation.cache.reserve import RESERVE_BYTES
from workstation.desk.desk import Desk
from workstation.desk.opening import open_desk
from workstation.desk.stock import Fittings, KeyOf
from workstation.domain.pack import Pack
from workstation.domain.places import PlaceIndex
from workstation.machine.clock import SystemClock
from workstation.machine.ids import Ids
from workstation.machine.resources import (
    leaning_text,
    lexicon_texts,
    reference_tables,
    strip_texts,
)
from workstation.reading.agency import Directory
from workstation.reading.leaning import read_leaning
from workstation.reading.lexicon import read_lexicon
from workstation.reading.mentions import Mentions, mention_reader
from workstation.reading.phrases import MARKING_FILES, phrase_marker
from workstation.reading.suggestions import Suggester
from workstation.sync.courier import Courier, Greeting
from workstation.sync.credentials import Credentials, kept_key
from workstation.sync.link import Link, LiveLink
from workstation.sync.marks import Marks
from workstation.sync.transport import LinkDown, ServerRefused, SignedOut
from workstation.wire.protocol import Hello, SignedIn, SignIn


class Entry(Struct, frozen=True):
    """A sign-in the store took: which store, and the token it gave."""

    hello: Hello
    session: SignedIn


class Attempt(QObject):
    """One conversation with the store before a desk is open, off the window's thread.

    Signals: `done` (what came of it), `failed` (a sentence to show beside the form).
    """

    done = Signal(object)
    failed = Signal(str)

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address
        self._link = Link(address)
        self._is_given_up = False
        self._over = threading.Event()

    def begin(self) -> None:
        """Ask the store; one of the signals follows."""
        QThreadPool.globalInstance().start(_Task(self._run))

    def wait(self, seconds: float) -> bool:
        """Whether the attempt is over within so long."""
        return self._over.wait(seconds)

    def give_up(self) -> None:
        """Hang up: nothing is told any more, and nobody has to wait for the network."""
        self._is_given_up = True
        self._link.hang_up()

    def _asked(self) -> object:
        """What the store says."""
        raise NotImplementedError

    def _run(self) -> None:
        try:
            said = self._asked()
        except (SignedOut, NoKeys) as wrong:
            self._fail(str(wrong))
        except (LinkDown, ServerRefused) as wrong:
            self._fail(f"The store at {self._address} cannot be reached. {wrong}")
        else:
            if not self._is_given_up:
                self.done.emit(said)
        finally:
            self._link.close()
            self._over.set()

    def _fail(self, sentence: str) -> None:
        if not self._is_given_up:
            self.failed.emit(sentence)


class SigningIn(Attempt):
    """One attempt to sign in; `done` tells an Entry."""

    def __init__(self, address: str, ask: SignIn) -> None:
        super().__init__(address)
        self._ask = ask

    def _asked(self) -> Entry:
        return Entry(self._link.hello(), self._link.sign_in(self._ask))


class Meeting(Attempt):
    """What a desk that was never filled must have first; `done` tells a Greeting."""

    def __init__(self, address: str, credentials: Credentials) -> None:
        super().__init__(address)
        self._credentials = credentials

    def _asked(self) -> Greeting:
        return Courier(self._link, self._credentials).greet(Standing())


class _Task(QRunnable):
    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__()
        self._work = work

    def run(self) -> None:
        """Do it."""
        self._work()


class Workplace(Struct, frozen=True):
    """This desk: its name, the address of its store, and where its people's files lie."""

    name: str
    address: str
    profiles: Path


@cache
def _strip_reader() -> Mentions:
    """Made when first asked for, on the thread that reads."""
    return mention_reader(read_lexicon(strip_texts()))


def _suggester(places: PlaceIndex, pack: Pack) -> Suggester:
    """What reads the words of reports; it takes seconds to make, and is made off the window."""
    lexicon = read_lexicon(lexicon_texts())
    leaning = read_leaning(leaning_text(), lexicon)
    return Suggester(lexicon, leaning, {pack.force: Directory(pack, places)})


def desk_of(
    place: Workplace,
    store: str,
    force: str,
    credentials: Credentials,
    key: bytes,
    marks: Marks | None = None,
    greeting: Greeting | None = None,
    may_ask: bool = True,
    key_of: KeyOf = kept_key,
) -> AbstractContextManager[Desk]:
    """The desk of who is signed in, with the line to the store of this workplace."""
    clock = SystemClock()
    lexicon = read_lexicon(lexicon_texts(*MARKING_FILES))
    places = PlaceIndex.from_csv(reference_tables()["places"], force)
    fittings = Fittings(
        clock=clock,
        ids=Ids(clock),
        workstation=place.name,
        mark=phrase_marker(lexicon),
        find_mentions=lambda text: _strip_reader()(text),
        find_places=places.find,
        suggester=partial(_suggester, places),
        marks=marks,
        reserve_bytes=RESERVE_BYTES if marks is not None else 0,
        key_of=key_of,
    )

    def token() -> str | None:
        session = credentials.session()
        return session.token if session else None

    return open_desk(
        place.profiles,
        store,
        Link(place.address),
        credentials,
        fittings,
        key=key,
        live=LiveLink(place.address, token),
        greeting=greeting,
        may_ask=may_ask,
    )
