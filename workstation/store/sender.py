"""Under whose authority a command is judged: its author's, as the store's own accounts have it."""

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from workstation.domain.act import Command
from workstation.domain.crime import RecordCrime
from workstation.domain.refusal import Refusal
from workstation.domain.roles import Person, PersonId, Release, Role
from workstation.store import schema

NOT_SENT = "If it sends officers, tell dispatch by voice now."
IN_DOUBT = Refusal(
    "held/author",
    "Who did this may not do it any more. It is held with every word; a supervisor must look. "
    f"{NOT_SENT}",
)
UNKNOWN = Refusal("report/unknown", "This report is not on record here. Check its number.")
OUT_OF_SIGHT = Refusal(
    "held/scope",
    "The supervisor who let this leave may not see this report. It is held with every word, and "
    f"nothing is done yet: its author, or a supervisor who may see it, must look. {NOT_SENT}",
)


class Sender(Struct, frozen=True):
    """The author of commands and what they may see: None is everything, the store's own view.

    `released`: kept on a PC that its author has left, and let go by a supervisor, who sees only
    what `through` names.
    """

    person: Person
    scopes: tuple[str, ...] | None
    released: Release | None = None
    through: tuple[str, ...] | None = None

    def may_not_act(self, scopes: set[str]) -> Refusal | None:
        """Nobody acts on what they, or who lets it go, may not see; the store itself may."""
        if self.through is not None and not scopes <= set(self.through):
            return OUT_OF_SIGHT
        return None if self.scopes is None or scopes <= set(self.scopes) else UNKNOWN


def author_of(
    connection: sa.Connection, id: PersonId, released: Release, through: tuple[str, ...]
) -> Sender:
    """Somebody who is not here, as the accounts have them now; a removed one may do nothing."""
    table = schema.account
    query = sa.select(table.c.name, table.c.roles, table.c.scopes).where(table.c.id == id)
    found = connection.execute(query).first()
    if found is None:
        return Sender(Person(id, id, ()), (), released, through)
    roles = msgspec.json.decode(found.roles, type=tuple[Role, ...])
    scopes = msgspec.json.decode(found.scopes, type=tuple[str, ...])
    return Sender(Person(id, found.name, roles), scopes, released, through)


def in_doubt(sender: Sender, command: Command, *, waited: bool) -> Refusal | None:
    """What waited while its author lost the right to do it is held, its number with it.

    A crime is held however fresh: its number may have been spoken already.
    """
    may_wait = sender.released or waited or isinstance(command, RecordCrime)
    return IN_DOUBT if may_wait and not sender.person.is_any(command.may) else None
