"""What the queue sorts, filters and finds a report by, computed once from its state.

The same columns stand for confirmed reports (cache.db) and pending ones (a temporary table).
"""

from workstation.domain.clocks import is_owed, queue_key, tightest
from workstation.domain.pack import Pack
from workstation.domain.report import Report

NAMES = (
    "id",
    "version",
    "position",
    "body",
    "calm",
    "band",
    "waits",
    "due_at",
    "due_kind",
    "channel",
    "open",
    "handed",
    "owed",
    "sends",
    "holder",
    "offered",
    "asked",
    "opened",
    "graded_at",
    "title",
    "place",
    "words",
)
Columns = tuple[object, ...]
# A row keeps its number: what is found by its words is found by that.
PUT = (
    f"INSERT INTO report VALUES ({', '.join('?' * len(NAMES))}) ON CONFLICT (id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in NAMES[1:])
)


def columns(report: Report, pack: Pack, body: bytes, position: int) -> Columns:
    """The report as one row, in the order of NAMES."""
    due = tightest(report, pack)
    key = queue_key(report, due)
    grading = report.grading
    return (
        report.id,
        report.version,
        position,
        body,
        key.calm,
        key.band,
        key.waits,
        key.due_at.timestamp(),
        due.kind.value if due else "",
        report.channel.value,
        int(report.is_open),
        _handed(report),
        int(due is not None and is_owed(report)),
        int(grading is not None and grading.sends_officers),
        report.claim.by.id if report.claim else "",
        _offered(report),
        _asked(report),
        int(report.opened is not None),
        grading.at.timestamp() if grading else 0.0,
        title_of(report),
        place_of(report),
        _words(report),
    )


def _handed(report: Report) -> int:
    """1 with the IMU, 2 with the IMU and back in the queue as well."""
    return 0 if report.hand_off is None else 1 + report.is_back


def _asked(report: Report) -> int:
    """1 where a supervisor is asked to look, 2 where one is asked to lower an emergency."""
    return 2 if report.lowering is not None else int(report.asked is not None)


def _offered(report: Report) -> str:
    """Whom an offer waits for: its colleague, and once declined who made it."""
    if report.offer is None:
        return ""
    return (report.offer.to if report.offer.declined is None else report.offer.by).id


def title_of(report: Report) -> str:
    """What a row is called: its title, or the first words of the account."""
    return report.facts.title or " ".join(report.excerpt.split())[:80]


def place_of(report: Report) -> str:
    """Where, in a few words."""
    where = report.location
    return where.text or where.town or where.postcode


def header_words(report: Report) -> list[str]:
    """The words of a header, but for the beginning of the account: its story has it all."""
    where, facts = report.location, report.facts
    parts = (
        report.incident_number,
        report.local_reference,
        report.receipt_code,
        *(crime.number for crime in report.crimes),
        facts.title,
        facts.reporter,
        facts.people,
        where.text,
        where.town,
        where.postcode,
        report.claim.by.name if report.claim else "",
    )
    return [part for part in parts if part]


def _words(report: Report) -> str:
    return "\n".join((*header_words(report), report.excerpt)).casefold()
