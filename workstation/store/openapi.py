"""The description of `/v1` for programs: made of the wire's own types, so that it cannot lag."""

from typing import Any

import msgspec
from msgspec import Struct

from workstation.wire import protocol, searching


class Call(Struct, frozen=True):
    """One call: where, what it takes and what it gives."""

    method: str
    path: str
    says: str
    takes: Any = None
    gives: Any = None
    query: str = ""
    open: bool = False


CALLS = (
    Call("get", "/v1/hello", "Which store this is", gives=protocol.Hello, open=True),
    Call("post", "/v1/sign-in", "A token", protocol.SignIn, protocol.SignedIn, open=True),
    Call("post", "/v1/sign-out", "End the token"),
    Call("post", "/v1/commands", "Settle", protocol.CommandBatch, protocol.CommandReply),
    Call("post", "/v1/commands/release", "For one", protocol.ReleasedBatch, protocol.CommandReply),
    Call("get", "/v1/changes", "After a cursor", gives=protocol.Changes, query="cursor"),
    Call("get", "/v1/scan", "The first fill", gives=protocol.Scan, query="after"),
    Call("get", "/v1/digest", "Bucket sums", gives=protocol.Digest, query="cursor"),
    Call("get", "/v1/digest/{bucket}", "Its states", gives=protocol.Bucket, query="after"),
    Call("get", "/v1/live", "Pokes as server-sent events"),
    Call("post", "/v1/number-blocks", "Lease", protocol.LeaseBlock, protocol.LeasedBlock),
    Call("post", "/v1/number-blocks/void", "Void", protocol.VoidNumbers, protocol.VoidStanding),
    Call("get", "/v1/packs/{hash}", "A force pack"),
    Call("post", "/v1/search", "Find records", searching.Search, searching.Found),
    Call("get", "/v1/reports/{id}/journal", "The story of a report", gives=protocol.Journal),
    Call("post", "/v1/intake/reports", "A contact", protocol.IntakeReport, protocol.Receipt),
    Call("post", "/v1/heartbeat", "A desk is there", protocol.Heartbeat, protocol.StillHeld),
    Call("get", "/v1/presence", "Who looks at what", gives=protocol.Presence),
    Call("get", "/v1/waiting", "What waits where", gives=tuple[protocol.WaitingWork, ...]),
    Call("get", "/v1/colleagues", "Who there is", gives=tuple[protocol.Colleague, ...]),
)
REFERENCE = "#/components/schemas/{name}"


def describe() -> bytes:
    """The OpenAPI document."""
    shapes = [shape for call in CALLS for shape in (call.takes, call.gives) if shape is not None]
    shapes += [protocol.Problem, protocol.Envelope, protocol.Outcome, protocol.Case]
    made, components = msgspec.json.schema_components(shapes, ref_template=REFERENCE)
    schema_of = {id(shape): schema for shape, schema in zip(shapes, made, strict=True)}
    paths: dict[str, dict[str, Any]] = {}
    for call in CALLS:
        paths.setdefault(call.path, {})[call.method] = _operation(call, schema_of)
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Demand Hub store", "version": str(protocol.PROTOCOL)},
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }
    return msgspec.json.encode(document)


def _operation(call: Call, schema_of: dict[int, Any]) -> dict[str, Any]:
    problem = {"application/problem+json": {"schema": {"$ref": REFERENCE.format(name="Problem")}}}
    reply: dict[str, Any] = {"description": call.says}
    if call.gives is not None:
        reply["content"] = {"application/json": {"schema": schema_of[id(call.gives)]}}
    operation: dict[str, Any] = {
        "summary": call.says,
        "responses": {"200": reply, "default": {"description": "A problem", "content": problem}},
        "parameters": _parameters(call),
        "security": [] if call.open else [{"token": []}],
    }
    if call.takes is not None:
        content = {"application/json": {"schema": schema_of[id(call.takes)]}}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _parameters(call: Call) -> list[dict[str, Any]]:
    in_path = [part[1:-1] for part in call.path.split("/") if part.startswith("{")]
    made = [{"name": name, "in": "path", "required": True} for name in in_path]
    if call.query:
        made.append({"name": call.query, "in": "query", "required": False})
    return [{**one, "schema": {"type": "string"}} for one in made]
