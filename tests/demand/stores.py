"""A small stand-in for a store's intake, over real HTTP: it answers as it is told to."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PASSWORD = "open sesame"
EXPIRES = "2026-11-22T21:00:00Z"


class FakeStore(ThreadingHTTPServer):
    """What came in, and what is answered before the ordinary answer."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.contacts: list[dict[str, Any]] = []
        self.bodies: list[bytes] = []
        self.sign_ins: list[dict[str, Any]] = []
        self.answers_first: list[int | None] = []

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}"


@contextmanager
def fake_store() -> Iterator[FakeStore]:
    """A store that listens until the end."""
    store = FakeStore()
    thread = threading.Thread(target=store.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield store
    finally:
        store.shutdown()
        thread.join()
        store.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: FakeStore
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/v1/sign-in":
            self._sign_in(json.loads(body))
        else:
            self._intake(body)

    def _sign_in(self, asked: dict[str, Any]) -> None:
        self.server.sign_ins.append(asked)
        if asked["password"] != PASSWORD:
            self._problem(401, "Account or password is wrong.")
            return
        person = {"id": "web", "name": "Web", "roles": ["intake machine"]}
        signed = {"token": f"token-{len(self.server.sign_ins)}", "person": person}
        self._answer(200, signed | {"scopes": [], "expires_at": EXPIRES})

    def _intake(self, body: bytes) -> None:
        self.server.bodies.append(body)
        if self.server.answers_first:
            first = self.server.answers_first.pop(0)
            if first is None:
                self.close_connection = True
                return
            self._problem(first, "Not this time.")
            return
        self.server.contacts.append(json.loads(body) | {"token": self.headers["Authorization"]})
        number = f"CC-22112026-{len(self.server.contacts):04}"
        self._answer(200, {"report": "r", "receipt_code": "CAM", "incident_number": number})

    def _problem(self, status: int, detail: str) -> None:
        problem = {"type": "t", "title": "Refused", "status": status, "detail": detail}
        self._answer(status, problem)

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        raw = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library names it
        """Say nothing."""
