"""When each desk was last heard; never on the feed, only silence has consequences."""

from datetime import datetime

import msgspec
import sqlalchemy as sa

from workstation.store import schema
from workstation.store.accounts import Session
from workstation.store.database import instant, put
from workstation.wire.protocol import Heartbeat


def note(connection: sa.Connection, session: Session, beat: Heartbeat, now: datetime) -> None:
    """The desk is there, holds these reports and looks at this one."""
    put(
        connection,
        schema.heartbeat,
        person=session.person.id,
        workstation=session.workstation,
        outbox_id=beat.outbox_id,
        holds=msgspec.json.encode(beat.holds).decode(),
        viewing=beat.viewing or "",
        at=instant(now),
    )
