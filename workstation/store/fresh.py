"""The states that a command puts on the feed: reports, lines of their stories, refused work."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import Raw, Struct

from workstation.domain.act import Event
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report
from workstation.store import cases, schema
from workstation.store.feed import Fresh
from workstation.store.headers import Headers
from workstation.store.sender import Sender
from workstation.store.strict import Unreadable
from workstation.store.writing import Judged
from workstation.wire.protocol import Case, Envelope


def holder_of(report: Report) -> str:
    """Whose claim time may still change: it is worked, or set aside; not yet detached."""
    claim = report.claim
    return claim.by.id if claim is not None and not claim.detached else ""


def fresh_of(
    sender: Sender,
    envelope: Envelope,
    raw: bytes,
    judged: Judged,
    now: datetime,
    settled: cases.Settlement | None,
    headers: Headers,
) -> list[Fresh]:
    """What is to be published: the case of a refusal, or what changed and its lines."""
    if judged.refusal:
        fresh = [case_of(sender, envelope, raw, judged.refusal, now)]
    else:
        fresh = [
            Fresh("report", id, report.version, id, headers.text(report), holder_of(report))
            for id, report in sorted(judged.changed.items())
        ]
        fresh += _entries(envelope.command_id, judged.events)
    if settled is not None and settled.state is not None:
        fresh.append(settled.state)
    return [
        msgspec.structs.replace(one, scope=headers.scopes.get(one.report, schema.FORCE_SCOPE))
        for one in fresh
    ]


def _entries(command_id: str, events: Sequence[Event]) -> list[Fresh]:
    made = [event.entry(f"{command_id}:{n}") for n, event in enumerate(events)]
    return [Fresh("entry", e.id, 1, e.report, _text(e)) for e in made if e is not None]


def case_of(
    sender: Sender, envelope: Envelope | Unreadable, raw: bytes, refusal: Refusal, now: datetime
) -> Fresh:
    author = sender.person
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
        released=sender.released,
    )
    return Fresh("case", case.id, 1, case.report, _text(case))


def _text(body: Struct) -> str:
    return msgspec.json.encode(body).decode()
