"""Who may do what: the roles, and the people who act in them (need to know, need to act)."""

from datetime import datetime
from enum import StrEnum
from typing import NewType

from msgspec import Struct

PersonId = NewType("PersonId", str)


STORE_ID = PersonId("store")


class Role(StrEnum):
    """What a person is signed in as; a machine account has a role of its own."""

    HANDLER = "handler"
    DISPATCHER = "dispatcher"
    SUPERVISOR = "supervisor"
    IMU_REVIEWER = "imu reviewer"
    ADMINISTRATOR = "administrator"
    INTAKE_MACHINE = "intake machine"
    STORE = "store"


class Author(Struct, frozen=True):
    """Who did something, as it stands in the record for good."""

    id: PersonId
    name: str


class Facet(Struct, frozen=True, kw_only=True):
    """What somebody set on a report: by whom and when."""

    at: datetime
    by: Author


class Release(Struct, frozen=True):
    """A supervisor let a colleague's kept work leave: who, and why."""

    by: Author
    why: str


class Person(Struct, frozen=True):
    """Somebody signed in, with the roles the store gave."""

    id: PersonId
    name: str
    roles: tuple[Role, ...]

    @property
    def author(self) -> Author:
        """The person as the record names them."""
        return Author(self.id, self.name)

    def is_any(self, roles: frozenset[Role]) -> bool:
        """Whether the person holds one of these roles."""
        return not roles.isdisjoint(self.roles)


ON_RECORDS = frozenset({Role.HANDLER, Role.DISPATCHER, Role.SUPERVISOR, Role.IMU_REVIEWER})
DECIDERS = frozenset({Role.HANDLER, Role.SUPERVISOR})
READERS = ON_RECORDS
