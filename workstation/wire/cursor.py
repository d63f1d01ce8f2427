"""How far a reader has read: opaque on the wire, and of one store, epoch and set of scopes."""

import base64

import msgspec
from msgspec import Struct


class Cursor(Struct, frozen=True):
    """How far a reader has read, of which store, epoch and scopes. Opaque on the wire."""

    store_id: str
    epoch: str
    scopes: tuple[str, ...]
    position: int

    def text(self) -> str:
        """The cursor as it travels."""
        return base64.urlsafe_b64encode(msgspec.json.encode(self)).decode("ascii")


def read_cursor(text: str) -> Cursor:
    """The cursor a reader sent; raises ValueError when it is not one of ours."""
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(text.encode("ascii")), type=Cursor)
    except (ValueError, msgspec.MsgspecError) as wrong:
        raise ValueError("not a cursor of this service") from wrong
