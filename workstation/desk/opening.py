"""Opening a desk: local files first, the store if it can be reached, offline where it cannot."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from PySide6.QtCore import QCoreApplication, QEvent

from workstation.cache.confirmed import CacheDamaged
from workstation.cache.reserve import wants_room
from workstation.cache.work import CannotKeep
from workstation.desk.conversation import running
from workstation.desk.desk import Desk
from workstation.desk.stock import Fittings, Stock
from workstation.domain.pack import Pack
from workstation.domain.roles import Person
from workstation.machine.sealed import CannotOpen
from workstation.sync.courier import Courier, Greeting, PackUnread, take_greeting
from workstation.sync.credentials import Credentials
from workstation.sync.live import Live
from workstation.sync.transport import LinkDown, ServerRefused, SignedOut, Transport

NEVER_FILLED = "This desk has never been filled, and the store cannot be read now. {}"
NO_ROOM = (
    "There is no room on this PC's disk to open your work. Nothing was changed or deleted. Free "
    "some space, or tell IT, then try again."
)
NOT_READ = (
    "The files of your work on this PC cannot be opened now. Nothing was changed or deleted. "
    "Close other programs that search or copy files, then try again; if this stays, tell IT. ({})"
)


class NotReady(Exception):
    """The desk cannot open yet: the sentence says what is needed first."""


class NeedsPack(NotReady):
    """This desk has never been filled: the store is to be met first, off the window's thread."""


@contextmanager
def open_desk(
    profile: Path,
    store: str,
    link: Transport,
    credentials: Credentials,
    fittings: Fittings,
    *,
    key: bytes,
    live: Live | None = None,
    threads: bool = True,
    greeting: Greeting | None = None,
    may_ask: bool = True,
) -> Iterator[Desk]:
    """The desk of who is signed in; leaving the context ends its threads and closes its files.

    `store` names the folder, `key` wraps the files' keys. Without the store it opens as it was
    left; only the very first time needs the store: `greeting` is what it said. Without that the
    store is asked here and now where that `may` be; a window never waits for it.
    """
    session = credentials.session()
    if session is None:
        raise NotReady("Sign in first.")
    courier = Courier(link, credentials)
    first = _First(courier, greeting, may_ask)
    files = (profile, store, session.person.id, key, fittings.ids, fittings.reserve_bytes)
    open_files = partial(Stock, *files)
    with _told(profile):
        try:
            stock, desk = _desk_over(open_files, first, fittings, session.person)
        except CacheDamaged:  # it was set aside, and begins again
            stock, desk = _desk_over(open_files, first, fittings, session.person)
    try:
        with ExitStack() as beside:
            with _told(profile):
                _tidy(stock, desk)
                desk.tell_of_others()
                if threads:
                    for part in (desk.lists, desk.mentions, desk.suggesting):
                        beside.enter_context(part.beside())
                    beside.enter_context(running(desk, courier, live))
                desk.count()
            try:
                yield desk
            finally:
                desk.drafts_wanted.emit()
                desk.closing.emit()
    finally:
        _leave(stock, desk)


@contextmanager
def _told(profile: Path) -> Iterator[None]:
    """What stands in the way of opening the files is told as what it is to a person."""
    try:
        yield
    except (OSError, sqlcipher.Error, CannotOpen, CannotKeep, CacheDamaged) as wrong:
        raise NotReady(_why(wrong, profile)) from wrong


def _why(wrong: Exception, profile: Path) -> str:
    if wants_room(wrong, profile):
        return NO_ROOM
    said = wrong.__cause__ if isinstance(wrong, CannotOpen) else wrong
    return NOT_READ.format(said) if isinstance(said, OSError | sqlcipher.Error) else str(wrong)


def _leave(stock: Stock, desk: Desk) -> None:
    """What another thread told the desk last comes no more: its files are closed then."""
    QCoreApplication.removePostedEvents(desk, QEvent.Type.MetaCall)
    try:
        desk.stop_releasing("The workstation was closed.")
        desk.leave()
    finally:
        stock.close()


def _desk_over(
    open_files: Callable[[], Stock], first: "_First", fittings: Fittings, person: Person
) -> tuple[Stock, Desk]:
    stock = open_files()
    try:
        pack = stock.shelf.pack() or stock.reserve.make_room_for(lambda: first.pack(stock))
        return stock, Desk(stock, fittings, person, pack)
    except BaseException:
        stock.close()
        raise


def _tidy(stock: Stock, desk: Desk) -> None:
    """By the time of the last exchange, at most: a clock that leapt makes no work old."""
    standing = stock.shelf.standing()
    if standing.synced_at is not None:
        now, at = min(desk.clock.now(), standing.synced_at), standing.position
        stock.unsaved.do(lambda: stock.outbox.tidy(now, at))


class _First:
    """The pack of a desk that has none: of the greeting that is here, or asked for."""

    def __init__(self, courier: Courier, greeting: Greeting | None, may_ask: bool) -> None:
        self._courier = courier
        self._greeting = greeting
        self._may_ask = may_ask

    def pack(self, stock: Stock) -> Pack:
        """The pack, in the cache as well."""
        greeting = self._greeting or self._asked(stock)
        try:
            take_greeting(stock.confirmed, greeting)
        except PackUnread as wrong:
            raise NotReady(NEVER_FILLED.format(wrong)) from wrong
        pack = stock.shelf.pack()
        if pack is None:
            raise NotReady("The store named no force pack. Ask IT.")
        return pack

    def _asked(self, stock: Stock) -> Greeting:
        if not self._may_ask:
            raise NeedsPack(NEVER_FILLED.format("It is asked now."))
        try:
            return self._courier.greet(stock.confirmed.standing())
        except (LinkDown, SignedOut, ServerRefused) as wrong:
            raise NotReady(NEVER_FILLED.format(wrong)) from wrong
