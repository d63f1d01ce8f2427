"""Running the web service on a port until told to stop; port 0 takes a free one and says which."""

import socket
import threading
from types import TracebackType
from typing import Self

import uvicorn

from workstation.machine.clock import Clock
from workstation.store.admission import Admission, Room
from workstation.store.api import Api
from workstation.store.database import Database
from workstation.store.live import Heads
from workstation.store.receipt import PromptProtocol, allow_many_connections
from workstation.store.timekeeper import Timekeeper
from workstation.store.web import application


class Service:
    """One serving process: socket, web server, door, head watcher and timekeeper."""

    def __init__(
        self,
        api: Api,
        database: Database,
        clock: Clock,
        host: str = "127.0.0.1",
        port: int = 0,
        room: Room | None = None,
    ) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._heads = Heads(api.head, api.rooms)
        self._timekeeper = Timekeeper(database, api.ledger, clock)
        self._admission = Admission(room)
        config = uvicorn.Config(
            application(api, self._heads, self._admission),
            http=PromptProtocol,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=3,
            lifespan="off",
        )
        self._server = uvicorn.Server(config)
        self._socket = socket.create_server((host, port), family=family)
        # Without it each answer waits 40 ms for the other end's delayed acknowledgement.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.port: int = self._socket.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        self.url = f"http://{shown}:{self.port}"

    def run(self) -> None:
        """Serve until `stop` or a signal."""
        allow_many_connections()
        with self._socket, self._heads, self._timekeeper, self._admission:
            self._server.run(sockets=[self._socket])

    def stop(self) -> None:
        """Finish what is being answered, end the streams, and return from `run`."""
        self._heads.close()
        self._server.should_exit = True


class Background:
    """A service in a thread of its own, as tests and other programs of ours run it."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._thread = threading.Thread(target=service.run, name="store")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._service.stop()
        self._thread.join()

    @property
    def url(self) -> str:
        """Where it answers; the socket listens already."""
        return self._service.url
