"""Opening a desk: local files first, the store if it can be reached, offline where it cannot."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from workstation.cache.confirmed import CacheDamaged
from workstation.desk.desk import Desk
from workstation.desk.stock import Fittings, Stock
from workstation.desk.threads import running
from workstation.domain.pack import Pack
from workstation.domain.roles import Person
from workstation.sync.courier import Courier, take_greeting
from workstation.sync.credentials import Credentials
from workstation.sync.live import Live
from workstation.sync.transport import LinkDown, ServerRefused, SignedOut, Transport


class NotReady(Exception):
    """The desk cannot open yet: the sentence says what is needed first."""


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
) -> Iterator[Desk]:
    """The desk of who is signed in; leaving the context ends its threads and closes its files.

    `store` names the folder, `key` wraps the files' keys. Without the store it opens as it was
    left; only the very first time needs the store.
    """
    session = credentials.session()
    if session is None:
        raise NotReady("Sign in first.")
    courier = Courier(link, credentials)
    files = (profile, store, session.person.id, key, fittings.ids, fittings.reserve_bytes)
    open_files = partial(Stock, *files)
    try:
        stock, desk = _desk_over(open_files, courier, fittings, session.person)
    except CacheDamaged:  # it was set aside, and begins again
        stock, desk = _desk_over(open_files, courier, fittings, session.person)
    try:
        stock.unsaved.do(lambda: stock.outbox.tidy(fittings.clock.now()))
        desk.tell_of_others()
        if threads:
            with running(desk, courier, live):
                yield desk
        else:
            yield desk
    finally:
        try:
            desk.leave()
        finally:
            stock.close()


def _desk_over(
    open_files: Callable[[], Stock], courier: Courier, fittings: Fittings, person: Person
) -> tuple[Stock, Desk]:
    stock = open_files()
    try:
        pack = stock.shelf.pack() or _first_pack(stock, courier)
        return stock, Desk(stock, fittings, person, pack)
    except BaseException:
        stock.close()
        raise


def _first_pack(stock: Stock, courier: Courier) -> Pack:
    try:
        take_greeting(stock.confirmed, courier.greet(stock.confirmed.standing()))
    except (LinkDown, SignedOut, ServerRefused) as wrong:
        raise NotReady(
            f"This desk has never been filled, and the store cannot be read now. {wrong}"
        ) from wrong
    pack = stock.shelf.pack()
    if pack is None:
        raise NotReady("The store named no force pack. Ask IT.")
    return pack
