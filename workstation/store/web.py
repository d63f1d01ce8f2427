"""The store over HTTP: thin handlers, each in its lane; every error is an RFC 9457 problem."""

import logging
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa
from litestar import Litestar, Request, Response, get, post
from litestar.exceptions import HTTPException
from litestar.params import FromPath, RawBody
from litestar.response import Stream
from msgspec import Struct

from workstation.domain.roles import READERS
from workstation.store.admission import Admission
from workstation.store.api import SIGNED_IN, Api
from workstation.store.live import Heads
from workstation.store.openapi import describe
from workstation.store.problems import ApiProblem
from workstation.store.strict import read_body
from workstation.wire.digest import BUCKETS
from workstation.wire.protocol import (
    BODY_LIMIT,
    CommandBatch,
    Heartbeat,
    IntakeReport,
    LeaseBlock,
    ReleasedBatch,
    SignIn,
    VoidNumbers,
)
from workstation.wire.searching import Search

Wire = TypeVar("Wire", bound=Struct)
AnyRequest = Request[Any, Any, Any]
PROBLEM = "application/problem+json"
logger = logging.getLogger("workstation.store.web")


def application(api: Api, heads: Heads, admission: Admission) -> Litestar:
    """The web application over an `Api`; `heads` feeds the event streams."""
    return Litestar(
        route_handlers=[
            *_open_routes(api),
            *_desk_routes(api, admission),
            *_copying_routes(api, admission),
            *_reading_routes(api, heads, admission),
            *_record_routes(api, admission),
        ],
        exception_handlers={
            ApiProblem: _answer_problem,
            HTTPException: _answer_refused_by_web,
            sa.exc.InternalError: _answer_unreachable,  # PostgreSQL that only reads for now
            sa.exc.OperationalError: _answer_unreachable,
            sa.exc.TimeoutError: _answer_unreachable,
            Exception: _answer_failure,
        },
        request_max_body_size=BODY_LIMIT,
        openapi_config=None,
        logging_config=None,
    )


def _open_routes(api: Api) -> list[Any]:
    description = describe()

    @get("/v1/hello", sync_to_thread=True)
    def hello() -> Response[bytes]:
        return _json(api.hello())

    @post("/v1/sign-in", sync_to_thread=True, status_code=200)
    def sign_in(body: RawBody) -> Response[bytes]:
        return _json(api.sign_in(read_body(body, SignIn)))

    @post("/v1/sign-out", sync_to_thread=True, status_code=200)
    def sign_out(request: AnyRequest) -> Response[bytes]:
        api.sign_out(_token(request))
        return _json({})

    @get("/openapi.json", sync_to_thread=False)
    def openapi() -> Response[bytes]:
        return Response(description, media_type="application/json")

    return [hello, sign_in, sign_out, openapi]


def _desk_routes(api: Api, admission: Admission) -> list[Any]:
    @post("/v1/commands", status_code=200)
    async def commands(request: AnyRequest, body: RawBody) -> Response[bytes]:
        return await admission.command(
            lambda: _json(api.commands(_token(request), read_body(body, CommandBatch)))
        )

    @post("/v1/commands/release", status_code=200)
    async def release(request: AnyRequest, body: RawBody) -> Response[bytes]:
        return await admission.command(
            lambda: _json(api.release(_token(request), read_body(body, ReleasedBatch)))
        )

    @post("/v1/number-blocks", status_code=200)
    async def number_blocks(request: AnyRequest, body: RawBody) -> Response[bytes]:
        return await admission.command(
            lambda: _json(api.lease_block(_token(request), read_body(body, LeaseBlock)))
        )

    @post("/v1/number-blocks/void", status_code=200)
    async def void(request: AnyRequest, body: RawBody) -> Response[bytes]:
        return await admission.command(
            lambda: _json(api.void_numbers(_token(request), read_body(body, VoidNumbers)))
        )

    @post("/v1/intake/reports", status_code=200)
    async def intake(request: AnyRequest, body: RawBody) -> Response[bytes]:
        return await admission.command(
            lambda: _json(api.intake(_token(request), read_body(body, IntakeReport)))
        )

    @post("/v1/heartbeat", status_code=200)
    async def heartbeat(request: AnyRequest, body: RawBody) -> Response[bytes]:
        return await admission.command(
            lambda: _json(api.heartbeat(_token(request), read_body(body, Heartbeat)))
        )

    return [commands, release, number_blocks, void, intake, heartbeat]


def _copying_routes(api: Api, admission: Admission) -> list[Any]:
    """What keeps a desk's copy: changes, the first fill, and the proof that both are whole."""

    @get("/v1/changes")
    async def changes(request: AnyRequest) -> Response[bytes]:
        return await admission.pull(
            lambda: _json(
                api.changes(_token(request), _query(request, "cursor"), _schema(request))
            )
        )

    @get("/v1/scan")
    async def scan(request: AnyRequest) -> Response[bytes]:
        return await admission.pull(
            lambda: _json(api.scan(_token(request), _query(request, "after"), _schema(request)))
        )

    @get("/v1/digest")
    async def digest(request: AnyRequest) -> Response[bytes]:
        return await admission.pull(
            lambda: _json(api.digest(_token(request), _query(request, "cursor")))
        )

    @get("/v1/digest/{number:str}")
    async def bucket(request: AnyRequest, number: FromPath[str]) -> Response[bytes]:
        return await admission.pull(
            lambda: _json(api.bucket(_token(request), _bucket(number), _query(request, "after")))
        )

    return [changes, scan, digest, bucket]


def _reading_routes(api: Api, heads: Heads, admission: Admission) -> list[Any]:
    @get("/v1/packs/{name:str}")
    async def pack(request: AnyRequest, name: FromPath[str]) -> Response[bytes]:
        def found() -> Response[bytes]:
            pack = api.pack(_token(request), _plain(name, "hash"))
            return Response(pack, media_type="application/json")

        return await admission.pull(found)

    @get("/v1/colleagues")
    async def colleagues(request: AnyRequest) -> Response[bytes]:
        return await admission.pull(lambda: _json(api.colleagues(_token(request))))

    @get("/v1/waiting", sync_to_thread=True)
    def waiting(request: AnyRequest) -> Response[bytes]:
        return _json(api.waiting(_token(request)))

    @get("/v1/presence", sync_to_thread=True)
    def presence(request: AnyRequest) -> Response[bytes]:
        return _json(api.presence(_token(request)))

    @get("/v1/live", sync_to_thread=True)
    def live(request: AnyRequest) -> Stream:
        session = api.session(_token(request), SIGNED_IN)
        scopes = session.scopes if session.person.is_any(READERS) else None
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        return Stream(heads.stream(scopes), media_type="text/event-stream", headers=headers)

    return [pack, colleagues, waiting, presence, live]


def _record_routes(api: Api, admission: Admission) -> list[Any]:
    """What one report's story is, and which reports there are."""

    @get("/v1/reports/{report:str}/journal")
    async def journal(request: AnyRequest, report: FromPath[str]) -> Response[bytes]:
        return await admission.pull(
            lambda: _json(api.journal(_token(request), _plain(report, "id")))
        )

    @post("/v1/search", status_code=200)
    async def search(request: AnyRequest, body: RawBody) -> Response[bytes]:
        return await admission.pull(
            lambda: _json(api.search(_token(request), read_body(body, Search)))
        )

    return [journal, search]


def _json(value: object) -> Response[bytes]:
    headers = {"cache-control": "no-store"}
    return Response(msgspec.json.encode(value), media_type="application/json", headers=headers)


def _token(request: AnyRequest) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise ApiProblem(401, "sign-in", "Sign in first and send the token.")
    return token


def _query(request: AnyRequest, name: str) -> str:
    return _plain(str(request.query_params.get(name, "")), name)


def _schema(request: AnyRequest) -> int:
    """The schema of states that a desk reads; one that does not say reads the first."""
    text = _query(request, "schema") or "1"
    if not (text.isdecimal() and text.isascii() and len(text) < 10):
        raise ApiProblem(400, "value", "A schema is a whole number.", "schema")
    return int(text)


def _bucket(text: str) -> int:
    if not (text.isdecimal() and text.isascii() and int(text[:4]) < BUCKETS):
        raise ApiProblem(404, "bucket-unknown", f"Buckets are 0 to {BUCKETS - 1}.", "bucket")
    return int(text[:4])


def _plain(text: str, name: str) -> str:
    """Text from an address, which no database may choke on."""
    if len(text) > 2000 or not text.isprintable():
        raise ApiProblem(400, "value", "This part of the address cannot be read.", name)
    return text


def _answer_problem(_: AnyRequest, problem: ApiProblem) -> Response[bytes]:
    headers = {}
    if problem.problem.status == 503:
        headers["retry-after"] = str(problem.more.get("retry_after", 1))
    if problem.problem.status == 401:
        headers["www-authenticate"] = "Bearer"
    return Response(
        problem.body(), status_code=problem.problem.status, media_type=PROBLEM, headers=headers
    )


def _answer_refused_by_web(request: AnyRequest, refused: HTTPException) -> Response[bytes]:
    said = {
        404: "There is nothing at this address.",
        405: "This address does not take that method.",
        413: "A request has up to 1 MiB. Send less at once.",
    }
    status = refused.status_code
    detail = said.get(status, refused.detail)
    return _answer_problem(request, ApiProblem(status, f"http-{status}", detail))


def _answer_unreachable(request: AnyRequest, failure: Exception) -> Response[bytes]:
    logger.error("%s %s: no database", request.method, request.url.path, exc_info=failure)
    problem = ApiProblem(503, "busy", "The store cannot reach its records.")
    answer = _answer_problem(request, problem)
    answer.headers["Connection"] = "close"  # the next call may find another store that can
    return answer


def _answer_failure(request: AnyRequest, failure: Exception) -> Response[bytes]:
    logger.error("%s %s failed", request.method, request.url.path, exc_info=failure)
    detail = "The store failed to do this. It is logged; the same call may be sent again."
    return _answer_problem(request, ApiProblem(500, "internal", detail))
