"""What the public sends comes on record: every channel alike, each contact exactly once.

The same (source, external id) with the same content gets the same receipt, however often sent;
with other words it is another contact, on record beside the first and assessed on its own. The
report id and receipt code follow from it: sent again to a store that was put back to a backup, a
contact comes back under its old id, and the work that desks kept on it finds it.
"""

import hashlib
import hmac
import logging

import msgspec
import sqlalchemy as sa
from msgspec import Struct
from msgspec.structs import replace

from workstation.domain.intake import ReceiveReport
from workstation.domain.limits import NARRATIVE
from workstation.domain.report import MarkedPhrase, ReportId
from workstation.domain.roles import Person
from workstation.domain.story import AddNote
from workstation.machine.clock import Clock
from workstation.machine.ids import Ids, receipt_code
from workstation.reading.phrases import Marker
from workstation.store import schema
from workstation.store.database import Database, insert_if_absent
from workstation.store.headers import load_reports
from workstation.store.ledger import STORE, Ledger
from workstation.store.packs import meta_value
from workstation.store.problems import ApiProblem
from workstation.store.strict import check_time
from workstation.wire.protocol import IntakeReport, Outcome, Receipt

alarm = logging.getLogger("workstation.store.alarm")
SENT_BEFORE = "This came under an id that its sender used before, with other words, for"


class Intake:
    """Takes contacts from machine accounts and answers with proof of submission."""

    def __init__(
        self, database: Database, ledger: Ledger, clock: Clock, ids: Ids, mark: Marker
    ) -> None:
        self._database = database
        self._ledger = ledger
        self._clock = clock
        self._ids = ids
        self._mark = mark

    def submit(self, machine: Person, sent: IntakeReport) -> Receipt:
        """Put the contact on record, or answer as the first time."""
        _check(sent)
        marked = self._mark(sent.account)
        return self._database.transact(lambda c: self._submit(c, machine, sent, marked))

    def _submit(
        self,
        connection: sa.Connection,
        machine: Person,
        sent: IntakeReport,
        marked: tuple[MarkedPhrase, ...],
    ) -> Receipt:
        """Who names a contact first has its row; any other who sends it waits for the receipt."""
        command = self._command(connection, sent, marked)
        sha256 = hashlib.sha256(msgspec.json.encode(sent)).digest()
        names = {"source": sent.source, "external_id": sent.external_id}
        row = {"report": command.report, "sha256": sha256, "reply": b""}
        insert_if_absent(connection, schema.intake, **names, **row)
        known = _known(connection, sent)
        if known.sha256 != sha256:
            return self._beside(connection, machine, sent, marked)
        if known.reply:
            return msgspec.json.decode(known.reply, type=Receipt)
        raw = self._ledger.act_as_store(connection, machine, command)
        outcome = msgspec.json.decode(raw, type=Outcome)
        if outcome.word != "accepted":
            raise ApiProblem(422, outcome.code, outcome.sentence, outcome.field)
        report = load_reports(connection, [command.report])[command.report]
        receipt = Receipt(report.id, report.receipt_code, report.incident_number)
        mine = sa.update(schema.intake).where(_named(sent))
        connection.execute(mine.values(reply=msgspec.json.encode(receipt)))
        return receipt

    def _beside(
        self,
        connection: sa.Connection,
        machine: Person,
        sent: IntakeReport,
        marked: tuple[MarkedPhrase, ...],
    ) -> Receipt:
        """Other words under an id that is taken: nobody may guess which of the two is meant."""
        content = hashlib.sha256(msgspec.json.encode(sent)).hexdigest()
        other = replace(sent, external_id=f"{sent.external_id[:100]} {content}", receipt_code="")
        if (again := _known_as(connection, other)) is not None:
            return again
        alarm.warning("%s sent %s again with other words", sent.source, sent.external_id)
        receipt = self._submit(connection, machine, other, marked)
        first = load_reports(connection, [_known(connection, sent).report])
        references = " ".join(report.reference for report in first.values())
        words = f"{SENT_BEFORE} {references}. Both are on record: read both."
        self._ledger.act_as_store(connection, STORE, AddNote(report=receipt.report, text=words))
        return receipt

    def _command(
        self, connection: sa.Connection, sent: IntakeReport, marked: tuple[MarkedPhrase, ...]
    ) -> ReceiveReport:
        names = (meta_value(connection, "store_id"), sent.source, sent.external_id)
        return ReceiveReport(
            report=ReportId(self._ids.derived(sent.received_at, *names)),
            channel=sent.channel,
            received_at=min(sent.received_at, self._clock.now()),
            source=sent.source,
            receipt_code=sent.receipt_code or _receipt_code(connection, names),
            account=sent.account,
            facts=sent.facts,
            location=sent.location,
            form=sent.form,
            happening_now=sent.happening_now,
            marked=marked,
        )


def _receipt_code(connection: sa.Connection, names: tuple[str, ...]) -> str:
    """A code that nobody can work out who has not this store's own key."""
    key = bytes.fromhex(meta_value(connection, "receipt_key"))
    lot = hmac.digest(key, msgspec.json.encode(names), "sha256")
    return receipt_code(meta_value(connection, "force")[:3].upper(), lot)


def _named(sent: IntakeReport) -> sa.ColumnElement[bool]:
    table = schema.intake
    return sa.and_(table.c.source == sent.source, table.c.external_id == sent.external_id)


class _Known(Struct, frozen=True):
    report: ReportId
    sha256: bytes
    reply: bytes


def _known(connection: sa.Connection, sent: IntakeReport) -> _Known:
    """What came under this id; its reply is empty while it is only just named."""
    table = schema.intake.c
    query = sa.select(table.report, table.sha256, table.reply).where(_named(sent))
    found = connection.execute(query).one()
    return _Known(ReportId(found.report), bytes(found.sha256), bytes(found.reply))


def _known_as(connection: sa.Connection, sent: IntakeReport) -> Receipt | None:
    reply = connection.scalar(sa.select(schema.intake.c.reply).where(_named(sent)))
    return msgspec.json.decode(bytes(reply), type=Receipt) if reply else None


def _check(sent: IntakeReport) -> None:
    for name in ("source", "external_id"):
        if not 1 <= len(getattr(sent, name)) <= 200:
            raise ApiProblem(422, "value", f"{name} has 1 to 200 characters.", name)
    if len(sent.receipt_code) > 200:
        raise ApiProblem(422, "value", "receipt_code has up to 200 characters.", "receipt_code")
    check_time(sent.received_at, "received_at")
    if len(sent.account) > NARRATIVE:
        detail = f"An account has up to {NARRATIVE:,} characters."
        raise ApiProblem(422, "text/too-long", detail, "account")
