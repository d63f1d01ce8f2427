"""One report as it is read: what the reporter gave, never what anybody has judged of it."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct


class Teller(Struct, frozen=True):
    """Who reports."""

    name: str | None = None
    anonymous: bool = False
    phone: str | None = None
    email: str | None = None
    role: str | None = None
    date_of_birth: str | None = None
    preferred_contact: str | None = None


class When(Struct, frozen=True):
    """When it happened, as given."""

    text: str | None = None
    from_: str | None = None


class Where(Struct, frozen=True):
    """Where it happened, as given."""

    text: str | None = None
    town: str | None = None
    postcode: str | None = None


class Account(Struct, frozen=True):
    """A report of any channel; every other field of its line is left unread."""

    report_id: str
    force: str
    channel: str
    form: str
    received_at: Annotated[datetime, Meta(tz=True)]
    narrative: str
    line: str | None = None
    receipt_code: str | None = None
    reporter: Teller = Teller()
    occurred: When = When()
    location: Where = Where()
