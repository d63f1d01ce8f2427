"""What the feed is given of a settled command: lines of the story, cases, and their scopes."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
import sqlalchemy as sa
from msgspec import Raw, Struct

from workstation.domain.act import Event
from workstation.domain.refusal import Refusal
from workstation.domain.report import ReportId
from workstation.domain.roles import Author
from workstation.store import schema
from workstation.store.feed import Fresh
from workstation.store.strict import Unreadable
from workstation.wire.protocol import Case, Envelope

_state = schema.state.c
_REPORTS = sa.and_(_state.kind == "report", _state.id.in_(sa.bindparam("ids", expanding=True)))
_SCOPES = sa.select(_state.id, _state.scope).where(_REPORTS)


def entries_of(command_id: str, events: Sequence[Event]) -> list[Fresh]:
    """The lines that these events add to their reports' stories."""
    made = [event.entry(f"{command_id}:{n}") for n, event in enumerate(events)]
    return [Fresh("entry", e.id, 1, e.report, text_of(e)) for e in made if e is not None]


def case_of(
    author: Author, envelope: Envelope | Unreadable, raw: bytes, refusal: Refusal, now: datetime
) -> Fresh:
    """The refused command as *Needs attention* shows it."""
    report = envelope.command.report if isinstance(envelope, Envelope) else envelope.report
    case = Case(
        id=envelope.command_id,
        report=report,
        author=author.id,
        author_name=author.name,
        at=now,
        code=refusal.code,
        sentence=refusal.sentence,
        envelope=Raw(raw),
    )
    return Fresh("case", case.id, 1, case.report, text_of(case))


def scopes_of(connection: sa.Connection, ids: set[ReportId]) -> dict[str, str]:
    """New lines of a report stand in the report's own scope."""
    return dict(connection.execute(_SCOPES, {"ids": sorted(ids)}).all())


def text_of(body: Struct) -> str:
    """A body as the feed carries it."""
    return msgspec.json.encode(body).decode()
