"""A colleague's kept work, let go by a supervisor at the PC where it waits.

Whose an outbox is and where it stands, the store's own rows say; who may let it go, its accounts.
Each command is judged by its author's authority, as if she had sent it herself; but on a report
that the supervisor may not see nothing is done, and nothing of it is read back.
"""

import sqlalchemy as sa

from workstation.domain.roles import PersonId, Release, Role
from workstation.store import epochs, schema
from workstation.store.accounts import Session
from workstation.store.problems import ApiProblem
from workstation.store.sender import Sender, author_of
from workstation.store.strict import Unreadable
from workstation.wire.protocol import Envelope, ReleasedBatch

MAY = frozenset({Role.SUPERVISOR})
LONGEST_WHY = 500
NOT_HERE = "Only work that waits at this PC is released here. Go to the PC where it was done."


def sender_of(
    connection: sa.Connection,
    session: Session,
    batch: ReleasedBatch,
    envelopes: tuple[Envelope | Unreadable, ...],
) -> Sender:
    """The author in whose name these are judged, with the supervisor who lets them go."""
    if not 1 <= len(batch.why.strip()) <= LONGEST_WHY:
        detail = f"Say in 1 to {LONGEST_WHY} characters why this work is released."
        raise ApiProblem(422, "value", detail, "why")
    authors = {envelope.author for envelope in envelopes}
    if len(authors) != 1 or session.person.id in authors:
        detail = "Release the work of one colleague at a time; send your own yourself."
        raise ApiProblem(422, "author-mixed", detail, "commands")
    (author,) = authors
    places = {envelope.workstation for envelope in envelopes}
    if places != {session.workstation} or not _stands_here(connection, session, batch, author):
        raise ApiProblem(403, "outbox-other", NOT_HERE, "outbox_id")
    released = Release(session.person.author, batch.why.strip())
    return author_of(connection, author, released, session.scopes)


def _stands_here(
    connection: sa.Connection, session: Session, batch: ReleasedBatch, author: PersonId
) -> bool:
    """Whether the outbox is that author's at this PC; one never seen may be, where she was seen.

    A store that was put back to a backup may have forgotten that, too.
    """
    table, here = schema.outbox, (author, session.workstation)
    query = sa.select(table.c.person, table.c.workstation)
    found = connection.execute(query.where(table.c.outbox_id == batch.outbox_id)).first()
    if found is not None:
        return (found.person, found.workstation) == here
    was_here = query.where(table.c.person == author, table.c.workstation == session.workstation)
    was_seen = connection.execute(was_here).first() is not None
    return was_seen or epochs.newest(connection) is not None
