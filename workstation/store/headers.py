"""Headers of reports as they stand on record: read under their locks, written whole.

What a later release put into a header, and this one does not know, is carried on as it came: the
processes of two neighbouring releases serve one database side by side.
"""

from collections.abc import Mapping, Sequence

import msgspec
import sqlalchemy as sa
from msgspec import Raw, Struct

from workstation.domain.report import Report, ReportId
from workstation.store import schema

report_decoder = msgspec.json.Decoder(Report)
_parts_decoder = msgspec.json.Decoder(dict[str, Raw])
_KNOWN = frozenset(Report.__struct_fields__)
_state = schema.state.c
_REPORTS = sa.and_(_state.kind == "report", _state.id.in_(sa.bindparam("ids", expanding=True)))
_LOCKED = (
    sa.select(_state.id, _state.body, _state.scope)
    .where(_REPORTS)
    .order_by(_state.id)
    .with_for_update()
)
_SCOPES = sa.select(_state.id, _state.scope).where(_REPORTS)


class Headers(Struct, frozen=True):
    """Reports, the scope each stands in, and what of each this release does not know."""

    reports: dict[ReportId, Report]
    scopes: Mapping[str, str]
    later: Mapping[str, dict[str, Raw]]

    def text(self, report: Report) -> str:
        """The header's new body."""
        body = msgspec.json.encode(report)
        if report.id in self.later:
            body = msgspec.json.encode(_parts_decoder.decode(body) | self.later[report.id])
        return body.decode()


def headers(connection: sa.Connection, ids: Sequence[ReportId]) -> Headers:
    """The reports on record among these, locked in the order of their ids."""
    rows = connection.execute(_LOCKED, {"ids": sorted(set(ids))}).all()
    parts = {row.id: _later(row.body) for row in rows}
    return Headers(
        {ReportId(row.id): report_decoder.decode(row.body) for row in rows},
        {row.id: row.scope for row in rows},
        {id: later for id, later in parts.items() if later},
    )


def load_reports(connection: sa.Connection, ids: Sequence[ReportId]) -> dict[ReportId, Report]:
    """The same, where only the reports matter."""
    return headers(connection, ids).reports


def scopes_of(connection: sa.Connection, ids: set[ReportId]) -> dict[str, str]:
    """In which scope each report stands: new lines of it stand there too."""
    return dict(connection.execute(_SCOPES, {"ids": sorted(ids)}).all())


def _later(body: str) -> dict[str, Raw]:
    return {name: part for name, part in _parts_decoder.decode(body).items() if name not in _KNOWN}
