"""What the store answers when a request cannot be taken at all: one exception, one shape."""

import msgspec

from workstation.wire.protocol import Problem

TITLES = {
    400: "Malformed request",
    401: "Sign in first",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    409: "Conflict",
    413: "Too large",
    415: "Wrong media type",
    422: "Cannot be taken",
    426: "Upgrade required",
    429: "Too many requests",
    500: "Internal error",
    503: "Busy",
}


LONGEST = 500


class ApiProblem(Exception):
    """An RFC 9457 problem; `more` holds its extension members, such as `expected`."""

    def __init__(
        self, status: int, code: str, detail: str, field: str = "", **more: object
    ) -> None:
        super().__init__(f"{status} {code}: {detail}")
        title = TITLES.get(status, "Problem")
        self.problem = Problem(code, title, status, _clipped(detail), _clipped(field))
        self.more = more

    def body(self) -> bytes:
        """The `application/problem+json` document."""
        return msgspec.json.encode(msgspec.to_builtins(self.problem) | self.more)


def _clipped(text: str) -> str:
    """What was sent is told back only in part: a name may be as long as the request."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
