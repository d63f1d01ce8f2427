"""A demonstration: an embedded store with people in every role, and demand that never stops.

Everything lives in one temporary folder and under throw-away keys; no real profile is touched.
"""

import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from msgspec import Struct

from workstation.app.children import child
from workstation.app.people import INTAKE, PASSWORD_VARIABLE


class Demonstration(Struct, frozen=True):
    """Where the embedded store answers, and the password all its people share."""

    url: str
    password: str


@contextmanager
def demonstration(folder: Path, force: str, backlog: int, rate: float) -> Iterator[Demonstration]:
    """Start the store and the demand; both end when the context is left.

    `backlog` reports stand in the queue at once; `rate` is reports a minute after that.
    """
    password = secrets.token_urlsafe(16)
    environment = {PASSWORD_VARIABLE: password}
    with ExitStack() as running:
        store = ["embedded", "--folder", str(folder), "--force", force]
        url = str(running.enter_context(child(store, environment))["url"])
        demand = ["demand", "--url", url, "--account", INTAKE.account, "--force", force]
        demand += ["--backlog", str(backlog), "--rate", str(rate), "--until-stdin-closes"]
        running.enter_context(child(demand, environment))
        yield Demonstration(url, password)
