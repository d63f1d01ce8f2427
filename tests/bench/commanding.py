"""How long until the store's word on a command is on this desk's disk."""

from pathlib import Path

from tests.bench.figures import Figure, Sizes, timed
from tests.bench.rig import Station
from tests.world import listed
from workstation.desk import Desk, QueueFilter
from workstation.desk.exchange import Exchange
from workstation.domain.story import AddNote


def acknowledged(station: Station, folder: Path, sizes: Sizes) -> tuple[Figure, Figure]:
    """A note from the press of its key; and the part of it that the person waits for."""
    whole, local, floor = [], [], []
    with station.desk(folder / "profiles") as desk:
        exchange = Exchange(desk)
        exchange.once(station.courier)
        ids = listed(desk, QueueFilter())
        for number in range(sizes.commands):
            note = AddNote(report=ids[number % len(ids)], text=f"Rang back, note {number}.")
            local.append(timed(lambda note=note: _submit(desk, note)))  # type: ignore[misc]
            whole.append(local[-1] + timed(lambda: _settle(exchange, station)))
            floor.append(timed(station.link.hello))
            if number % 20 == 19:
                exchange.once(station.courier)
    bare = "GET /v1/hello by the same session"
    return (
        Figure("command acknowledged, outcome on disk", whole, floor, bare),
        Figure("command kept here, key to screen", local, floor, bare),
    )


def _submit(desk: Desk, note: AddNote) -> None:
    refusal = desk.submit(note)
    assert refusal is None, refusal


def _settle(exchange: Exchange, station: Station) -> None:
    batch = exchange.next_batch()
    assert batch is not None
    assert exchange.settle(station.courier.send(batch))
