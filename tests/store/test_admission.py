"""Under load work comes in first; who only reads is sent away for a while, spread over time."""

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import pytest
import requests

from tests.store.conftest import Store
from workstation.domain.story import AddNote
from workstation.store.admission import LATEST_S, SOONEST_S, Admission, Room
from workstation.store.problems import ApiProblem
from workstation.store.serving import Background, Service
from workstation.store.verify import verify

SMALL = Room(commands=1, commands_inside=4, crowd=3, pulls=1, pulls_inside=2)


class Crowd:
    """Callers at one door; what they do takes until they are let go."""

    def __init__(self, admission: Admission) -> None:
        self.admission = admission
        self.go_on = threading.Event()
        self.asked: list[asyncio.Task[str]] = []

    async def ask(self, kind: str) -> asyncio.Task[str]:
        call = self.admission.command if kind == "command" else self.admission.pull
        task = asyncio.create_task(call(self._work))
        self.asked.append(task)
        await asyncio.wait({task}, timeout=0.02)
        return task

    async def answers(self) -> list[str]:
        self.go_on.set()
        told = await asyncio.gather(*self.asked, return_exceptions=True)
        return [one if isinstance(one, str) else str(type(one).__name__) for one in told]

    def _work(self) -> str:
        assert self.go_on.wait(10)
        return "done"


@pytest.mark.invariant("I38")
def test_pulls_are_shed_before_any_command() -> None:
    async def play() -> tuple[list[str], bool]:
        with Admission(SMALL) as admission:
            crowd = Crowd(admission)
            for kind in ("command", "command", "pull", "command", "pull", "command", "command"):
                await crowd.ask(kind)
            refused = crowd.asked[4].done()
            return await crowd.answers(), refused

    told, refused_at_once = asyncio.run(play())
    assert told == ["done", "done", "done", "done", "ApiProblem", "done", "ApiProblem"]
    assert refused_at_once


def test_readers_alone_are_let_in_as_far_as_there_is_room() -> None:
    async def play() -> list[str]:
        with Admission(SMALL) as admission:
            crowd = Crowd(admission)
            for kind in ("pull", "pull", "pull", "command"):
                await crowd.ask(kind)
            return await crowd.answers()

    assert asyncio.run(play()) == ["done", "done", "ApiProblem", "done"]


@pytest.mark.fault("F40")
def test_those_sent_away_do_not_come_back_together() -> None:
    async def sent_away(admission: Admission) -> int:
        with pytest.raises(ApiProblem) as problem:
            await admission.pull(str)
        assert (problem.value.problem.status, problem.value.problem.type) == (503, "shed")
        seconds = problem.value.more["retry_after"]
        assert isinstance(seconds, int)
        return seconds

    async def play() -> set[int]:
        with Admission(Room(pulls_inside=0)) as admission:
            return {await sent_away(admission) for _ in range(200)}

    waits = asyncio.run(play())
    assert min(waits) >= SOONEST_S
    assert max(waits) <= LATEST_S
    assert len(waits) > 10


def test_what_is_done_at_the_door_raises_as_it_would_without() -> None:
    def fail() -> str:
        raise ApiProblem(404, "nothing", "Nothing here.")

    async def play() -> int:
        with Admission(SMALL) as admission:
            for _ in range(10):
                with pytest.raises(ApiProblem):
                    await admission.pull(fail)
            return len(await admission.pull(lambda: "still open"))

    assert asyncio.run(play()) == 10


class Desks:
    """Several desks that speak HTTP at once."""

    def __init__(self, store: Store, url: str, threads: ThreadPoolExecutor) -> None:
        self.store = store
        self.url = url
        self.threads = threads

    def call(self, method: str, path: str, token: str, **more: Any) -> Future[requests.Response]:
        headers = {"Authorization": f"Bearer {token}"}

        def ask() -> requests.Response:
            with requests.Session() as http:
                http.trust_env = False
                return http.request(method, self.url + path, headers=headers, timeout=30, **more)

        return self.threads.submit(ask)


@pytest.fixture
def desks(store: Store) -> Iterator[Desks]:
    """A store with a narrow door, served on a free port."""
    room = Room(commands=2, commands_inside=50, crowd=4, pulls=1)
    service = Service(store.api, store.database, store.clock, room=room)
    with Background(service), ThreadPoolExecutor(20) as threads:
        yield Desks(store, service.url, threads)


@pytest.mark.invariant("I37", "I38")
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_store_that_cannot_write_sheds_pulls_and_then_takes_every_command(desks: Desks) -> None:
    store = desks.store
    report, token = store.receive().report, store.token("ann")
    authors = [store.desk("ann", f"W{n}") for n in range(12)]
    batches = [
        b'{"outbox_id":"%s","commands":[%s]}'
        % (author.outbox.encode(), author.seal(AddNote(report=report, text=f"Note {n}")))
        for n, author in enumerate(authors)
    ]
    with ExitStack() as held:
        held.enter_context(store.database.write())
        sent = [desks.call("POST", "/v1/commands", token, data=batch) for batch in batches]
        shed = _first_shed(desks, token)
        held.close()
    assert SOONEST_S <= int(shed.headers["retry-after"]) <= LATEST_S
    assert shed.json()["type"] == "shed"
    words = [future.result().json()["outcomes"][0]["word"] for future in sent]
    assert words == ["accepted"] * len(batches)
    assert desks.call("GET", "/v1/changes", token).result().status_code == 200
    assert verify(store.database) == []


def _first_shed(desks: Desks, token: str) -> requests.Response:
    """The commands arrive one by one; from the fourth on no reader is let in."""
    for _ in range(500):
        reply = desks.call("GET", "/v1/changes", token).result()
        if reply.status_code == 503:
            return reply
    raise AssertionError("no reader was ever sent away")
