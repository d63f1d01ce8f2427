"""What records are found by at the store: exact keys, words by their beginning, sounds.

One table on both engines. It is filled behind the feed, by position, so that no command waits for
it and what a process of the release before wrote is found as well.
"""

import msgspec
import sqlalchemy as sa
from msgspec import Raw

from workstation.domain.entry import Entry
from workstation.domain.report import Report, ReportId
from workstation.domain.searching import words_in, words_of
from workstation.domain.sounding import sound_of
from workstation.domain.traces import SOUND, identity, references, said, sounds
from workstation.store import feed, schema
from workstation.store.database import insert_if_absent
from workstation.store.headers import report_decoder
from workstation.store.problems import ApiProblem
from workstation.wire.protocol import Change
from workstation.wire.searching import LONGEST_WORD, MOST_FOUND, MOST_TRACES, MOST_WORDS, Search

UPTO = "searched_upto"
WORD = "word"
SLICE, SLICES = 400, 5
BEYOND = chr(0x10FFFF)
_trace, _state, _meta = schema.trace.c, schema.state.c, schema.meta.c
_entry_decoder = msgspec.json.Decoder(Entry)
_UPTO = sa.select(_meta.value).where(_meta.name == UPTO)
_NEW = (
    sa.select(_state.kind, _state.id, _state.body, _state.position)
    .where(_state.position > sa.bindparam("upto"))
    .order_by(_state.position)
    .limit(SLICE)
)
_FORGET = sa.delete(schema.trace).where(
    _trace.report == sa.bindparam("of"), _trace.line == sa.bindparam("on")
)
_STAND = sa.update(schema.meta).where(_meta.name == UPTO)
_ADD = sa.insert(schema.trace)
Row = tuple[str, str]


def is_behind(connection: sa.Connection) -> bool:
    """Whether anything on the feed is not taken in yet."""
    return int(connection.scalar(_UPTO) or 0) < feed.head(connection)


def catch_up(connection: sa.Connection) -> bool:
    """Take in the next slice of what changed; True while there is more."""
    insert_if_absent(connection, schema.meta, name=UPTO, value="0")
    upto = int(connection.execute(_UPTO.with_for_update()).scalar_one())
    rows = connection.execute(_NEW, {"upto": upto}).all()
    if not rows:
        return False
    lines = {}
    for row in rows:
        if row.kind == "report":
            lines[row.id, ""] = _of_report(report_decoder.decode(row.body))
        elif row.kind == "entry":
            entry = _entry_decoder.decode(row.body)
            lines[entry.report, entry.id] = _of_entry(entry)
    _put(connection, lines)
    connection.execute(_STAND.values(value=str(rows[-1].position)))
    return len(rows) == SLICE


def check(search: Search) -> None:
    """Refuse what nobody looks for."""
    if len(search.traces) > MOST_TRACES:
        raise ApiProblem(422, "value", f"Up to {MOST_TRACES} traces at once.", "traces")
    if len(search.words) > MOST_WORDS:
        raise ApiProblem(422, "value", f"Up to {MOST_WORDS} words at once.", "words")
    if not (search.traces or search.words):
        raise ApiProblem(422, "value", "Say what to look for.", "words")
    for text in (*search.words, *(part for trace in search.traces for part in trace)):
        if not 1 <= len(text) <= LONGEST_WORD:
            detail = f"Each has 1 to {LONGEST_WORD} characters."
            raise ApiProblem(422, "value", detail, "words")
    if not 1 <= search.most <= MOST_FOUND:
        raise ApiProblem(422, "value", f"Up to {MOST_FOUND} reports at once.", "most")


def find(
    connection: sa.Connection, search: Search, scopes: tuple[str, ...]
) -> tuple[tuple[Change, ...], bool]:
    """The newest that fit, of what the reader may see, and whether there are more."""
    fits: list[sa.ColumnElement[bool]] = []
    if search.traces:
        fits.append(_state.id.in_(_by_traces(search.traces)))
    if search.words:
        fits.append(sa.and_(*(_state.id.in_(_by_word(word)) for word in search.words)))
    query = sa.select(_state.id, _state.version, _state.position, _state.body).where(
        _state.kind == "report", _state.scope.in_(scopes), sa.or_(*fits)
    )
    rows = connection.execute(query.order_by(_state.id.desc()).limit(search.most + 1)).all()
    found = tuple(
        Change("report", row.id, row.version, row.position, Raw(row.body.encode()))
        for row in rows[: search.most]
    )
    return found, len(rows) > search.most


def with_reference(connection: sa.Connection, key: str) -> list[ReportId]:
    """The reports that are known by this very reference."""
    query = sa.select(_trace.report).where(_trace.kind == "reference", _trace.value == key)
    return [ReportId(id) for id in connection.scalars(query.order_by(_trace.report))]


def _by_traces(traces: tuple[tuple[str, str], ...]) -> sa.Select[tuple[str]]:
    fits = (sa.and_(_trace.kind == kind, _trace.value == value) for kind, value in traces)
    return sa.select(_trace.report).where(sa.or_(*fits))


def _by_word(word: str) -> sa.Select[tuple[str]]:
    """By the beginning of a word, or the sound of a name."""
    plain = " ".join(words_in(word)) or word.casefold()
    begins = sa.and_(_trace.kind == WORD, _trace.value >= plain, _trace.value < plain + BEYOND)
    fits = [begins, sa.and_(_trace.kind == SOUND, _trace.value == sound_of(word))]
    return sa.select(_trace.report).where(sa.or_(*fits))


def _of_report(report: Report) -> set[Row]:
    return {
        *identity(report),
        *references(report),
        *sounds(report),
        *((WORD, word) for word in words_of(report)),
    }


def _of_entry(entry: Entry) -> set[Row]:
    return {*said(entry.text), *((WORD, word) for word in words_in(entry.text))}


def _put(connection: sa.Connection, lines: dict[tuple[str, str], set[Row]]) -> None:
    if not lines:
        return
    connection.execute(_FORGET, [{"of": report, "on": line} for report, line in lines])
    rows = {
        (kind, value[:LONGEST_WORD], report, line)
        for (report, line), found in lines.items()
        for kind, value in found
    }
    if rows:
        names = ("kind", "value", "report", "line")
        connection.execute(_ADD, [dict(zip(names, row, strict=True)) for row in rows])
