"""Reading what was sent: strict, bounded, and every complaint names the field's path.

Checked before anything is decoded: size, UTF-8, nesting; then NUL, lone surrogates, huge numbers.
"""

import json
import logging
import re
from collections.abc import Iterator
from datetime import datetime
from typing import TypeVar

import msgspec

from workstation.domain.refusal import Refusal
from workstation.domain.report import ReportId
from workstation.store.fields import unknown_fields
from workstation.store.problems import ApiProblem
from workstation.wire.aside import AsideEnvelope
from workstation.wire.protocol import (
    BATCH,
    BODY_LIMIT,
    DEPTH_LIMIT,
    UNREADABLE,
    Address,
    CommandBatch,
    Envelope,
    envelope_decoder,
)
from workstation.wire.upcasting import NewerCommand, brought_up

alarm = logging.getLogger("workstation.store.alarm")
Wire = TypeVar("Wire")
STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.DOTALL)  # an unended one too
LONG_DIGITS = re.compile(rb"\d{16}|\d[eE]\+?\d")
LARGEST = 2**53
LONGEST_ID = 200
EARLIEST, LATEST = 1970, 9000
UNREAD = "The store cannot read this. Every word of it is kept; do it again in another way."


def read_body(body: bytes, shape: type[Wire]) -> Wire:
    """The request in these bytes, or the problem that says what is wrong and where."""
    _check_bytes(body)
    _check_values(body)
    try:
        read = msgspec.json.decode(body, type=shape)
    except msgspec.ValidationError as wrong:
        raise _invalid(str(wrong)) from wrong
    except (msgspec.DecodeError, ValueError, RecursionError) as wrong:
        raise ApiProblem(400, "json", f"This is not valid JSON: {wrong}.") from wrong
    _check_fields(body, shape, "")
    return read


class Unreadable(Address, frozen=True, kw_only=True):
    """A command that cannot be read here, set aside by its desk: kept, refused, in no way."""

    report: ReportId
    refusal: Refusal


def read_envelopes(batch: CommandBatch) -> tuple[Envelope | Unreadable, ...]:
    """Every envelope of a batch, checked; none is settled when one is not of this outbox.

    What comes before a command of a newer release is settled: the desk sends the rest again.
    """
    if len(batch.commands) > BATCH:
        raise ApiProblem(422, "batch", f"Send up to {BATCH} commands at once.", "commands")
    envelopes = tuple(_readable(batch))
    for n, envelope in enumerate(envelopes):
        at = f"commands[{n}]"
        if envelope.outbox_id != batch.outbox_id:
            raise ApiProblem(422, "outbox-mixed", "One outbox at a time.", f"{at}.outbox_id")
        if envelope.seq != envelopes[0].seq + n:
            expected = envelopes[0].seq + n
            detail = f"Number {expected} is missing before this one."
            raise ApiProblem(409, "outbox-gap", detail, f"{at}.seq", expected=expected)
    return envelopes


def check_time(at: datetime, field: str) -> None:
    """A time has its offset, and lies where calendars can still reckon with it."""
    if at.tzinfo is None:
        raise ApiProblem(422, "value", "Give the time with its offset from UTC.", field)
    if not EARLIEST <= at.year < LATEST:
        raise ApiProblem(422, "value", f"Give a time from {EARLIEST} on.", field)


def _readable(batch: CommandBatch) -> Iterator[Envelope | Unreadable]:
    """The envelopes up to the first that this store is too old for; it must not be the very first.

    Raises ApiProblem 503 `command-newer` where nothing comes before it.
    """
    for n, raw in enumerate(batch.commands):
        try:
            yield _read_or_set_aside(bytes(raw), n)
        except NewerCommand as newer:
            alarm.warning("a desk is newer than this store: %s", newer)
            if n:
                return
            detail = "This desk is newer than the store. Update the store; your work is kept."
            raise ApiProblem(503, "command-newer", detail, "commands[0]") from newer


def _read_or_set_aside(raw: bytes, n: int) -> Envelope | Unreadable:
    """The envelope; or what its desk sent in its place, because it could not be read here."""
    try:
        return _envelope(raw, n)
    except ApiProblem as wrong:
        try:
            aside = msgspec.json.decode(raw, type=AsideEnvelope)
        except (msgspec.MsgspecError, ValueError):
            raise wrong from None
        return _set_aside(aside, wrong)


def _set_aside(aside: AsideEnvelope, wrong: ApiProblem) -> Unreadable:
    """What a desk sends in the place of a command that was a problem here before."""
    named = (aside.command_id, aside.outbox_id, aside.author, aside.workstation)
    if aside.seq < 1 or not all(1 <= len(name) <= LONGEST_ID for name in named):
        raise wrong
    return Unreadable(
        command_id=aside.command_id,
        outbox_id=aside.outbox_id,
        seq=aside.seq,
        author=aside.author,
        workstation=aside.workstation,
        report=ReportId(aside.command.report[:LONGEST_ID]),
        refusal=Refusal(UNREADABLE, f"{UNREAD} ({aside.command.why})"),
    )


def _envelope(raw: bytes, n: int) -> Envelope:
    at = f"commands[{n}]"
    try:
        raw = brought_up(raw)
        envelope = envelope_decoder.decode(raw)
    except msgspec.ValidationError as wrong:
        raise _invalid(str(wrong), at) from wrong
    except (msgspec.DecodeError, ValueError) as wrong:
        raise ApiProblem(400, "json", f"This is not valid JSON: {wrong}.", at) from wrong
    check_time(envelope.made_at, f"{at}.made_at")
    _check_fields(raw, Envelope, f"{at}.")
    if envelope.seq < 1:
        raise ApiProblem(422, "value", "An outbox counts from 1.", f"{at}.seq")
    for name, value in _ids_of(envelope):
        if not 1 <= len(value) <= LONGEST_ID:
            detail = f"{name} has 1 to {LONGEST_ID} characters."
            raise ApiProblem(422, "value", detail, f"{at}.{name}")
    return envelope


def _ids_of(envelope: Envelope) -> Iterator[tuple[str, str]]:
    yield "command_id", envelope.command_id
    yield "outbox_id", envelope.outbox_id
    yield "workstation", envelope.workstation
    for report in envelope.command.reports():
        yield "command.report", report
    for name in ("crime", "series", "number"):
        if hasattr(envelope.command, name):
            yield f"command.{name}", getattr(envelope.command, name)


def _check_bytes(body: bytes) -> None:
    if len(body) > BODY_LIMIT:
        raise ApiProblem(413, "too-large", "A request has up to 1 MiB. Send less at once.")
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as wrong:
        detail = f"Send UTF-8; byte {wrong.start} is not."
        raise ApiProblem(400, "not-utf-8", detail) from wrong
    depth = 0
    for byte in STRING.sub(b"", body):
        if byte in b"[{":
            depth += 1
            if depth > DEPTH_LIMIT:
                raise ApiProblem(400, "too-deep", f"Nest at most {DEPTH_LIMIT} deep.")
        elif byte in b"]}":
            depth -= 1


def _check_values(body: bytes) -> None:
    """No name given twice in one place, and no text or number that no field may hold."""
    try:
        document = json.loads(body, object_pairs_hook=_once)
    except (ValueError, RecursionError) as wrong:
        raise ApiProblem(400, "json", f"This is not valid JSON: {wrong}.") from wrong
    if b"\\u" not in body and not LONG_DIGITS.search(STRING.sub(b'""', body)):
        return
    for path, value in _leaves(document, ""):
        if isinstance(value, str) and "\x00" in value:
            raise ApiProblem(422, "nul", "Text may not hold the NUL character.", path)
        if isinstance(value, str) and any("\ud800" <= c <= "\udfff" for c in value):
            raise ApiProblem(422, "surrogate", "Text holds half of a character.", path)
        if isinstance(value, int | float) and not abs(value) <= LARGEST:
            raise ApiProblem(422, "number", "This number is too large.", path)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    read = dict(pairs)
    if len(read) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        named = twice.encode("utf-8", "replace").decode()
        raise ApiProblem(400, "named-twice", "Give this field once.", named)
    return read


def _check_fields(body: bytes, shape: object, at: str) -> None:
    for path in unknown_fields(msgspec.json.decode(body), shape):
        raise ApiProblem(422, "invalid", "There is no such field here.", f"{at}{path}")


def _leaves(value: object, path: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            at = f"{path}.{key}".lstrip(".")
            yield at.encode("utf-8", "replace").decode(), key
            yield from _leaves(inner, at.encode("utf-8", "replace").decode())
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from _leaves(inner, f"{path}[{n}]")
    else:
        yield path, value


def _invalid(sentence: str, at: str = "") -> ApiProblem:
    """msgspec says `what - at `$.path``, or names a key in it; the path is ours to give."""
    what, _, where = sentence.partition(" - at ")
    path = where.rpartition("`$")[2].rstrip("`") if where else ""
    named = re.search(r"(?:unknown|required) field `([^`]*)`", what)
    if named:
        path = f"{path}.{named[1]}"
    joined = f"{at}{path if path.startswith('[') or not path else '.' + path.lstrip('.')}"
    return ApiProblem(422, "invalid", f"{what}.", joined.lstrip("."))
