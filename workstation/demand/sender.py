"""Sending contacts to a store's public intake: time-outs, and patience that has an end.

A contact is encoded once, so that a repeat after a lost answer is the same contact to the store.
"""

import ssl
from collections.abc import Callable
from random import Random
from typing import Any

import msgspec
import requests
import truststore
from requests.adapters import HTTPAdapter

from workstation.wire.protocol import IntakeReport, Problem, Receipt, SignedIn, SignIn

TIMEOUT_S = (3.05, 20.0)
FIRST_WAIT_S, LONGEST_WAIT_S = 0.25, 15.0
TRIES = 10
TRY_AGAIN = frozenset({429, 500, 502, 503, 504})
JSON = {"Content-Type": "application/json"}


class NotTaken(Exception):
    """The store refused the contact or the sign-in, or could not be reached: a sentence."""


class SystemTrust(HTTPAdapter):
    """Trusts what the operating system trusts."""

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        """Every pool with the system's certificates."""
        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        super().init_poolmanager(*arguments, ssl_context=context, **options)


class Sender:
    """An intake machine's conversation with one store; `wait` passes the time between tries."""

    def __init__(
        self,
        url: str,
        account: str,
        password: str,
        *,
        wait: Callable[[float], object],
        random: Random,
    ) -> None:
        self._url = url.rstrip("/")
        self._sign_in = SignIn(account, password, "demand")
        self._wait = wait
        self._random = random
        self._token = ""
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.mount("https://", SystemTrust())

    def __enter__(self) -> "Sender":
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def sign_in(self) -> None:
        """Take a token; NotTaken when account or password are wrong."""
        reply = self._post("/v1/sign-in", msgspec.json.encode(self._sign_in))
        self._token = msgspec.json.decode(_taken(reply), type=SignedIn).token

    def send(self, contact: IntakeReport) -> Receipt:
        """Proof that the store has the contact; signs in when there is no token that holds."""
        body = msgspec.json.encode(contact)
        if not self._token:
            self.sign_in()
        reply = self._post("/v1/intake/reports", body)
        if reply.status_code == 401:
            self.sign_in()
            reply = self._post("/v1/intake/reports", body)
        return msgspec.json.decode(_taken(reply), type=Receipt)

    def _post(self, path: str, body: bytes) -> requests.Response:
        """The store's answer; tries again, ever more slowly, while it is away or busy."""
        said = ""
        for tried in range(TRIES):
            if tried:
                self._wait(self._pause(tried))
            try:
                reply = self._once(path, body)
            except (requests.ConnectionError, requests.Timeout) as away:
                said = str(away)
                continue
            if reply.status_code not in TRY_AGAIN:
                return reply
            said = f"status {reply.status_code}"
        raise NotTaken(f"{self._url} did not answer after {TRIES} tries ({said}). Is it running?")

    def _once(self, path: str, body: bytes) -> requests.Response:
        headers = JSON | ({"Authorization": f"Bearer {self._token}"} if self._token else {})
        return self._session.post(
            self._url + path, body, headers=headers, timeout=TIMEOUT_S, allow_redirects=False
        )

    def _pause(self, tried: int) -> float:
        longest = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2.0**tried)
        return longest * (0.5 + self._random.random() / 2)


def _taken(reply: requests.Response) -> bytes:
    if reply.status_code == 200:
        return reply.content
    try:
        problem = msgspec.json.decode(reply.content, type=Problem)
    except msgspec.MsgspecError as wrong:
        raise NotTaken(f"The store answered {reply.status_code}; is this its address?") from wrong
    raise NotTaken(f"{problem.title}: {problem.detail}")
