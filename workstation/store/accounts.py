"""Who may sign in, as what: argon2id passwords, tokens of twelve hours kept only as hashes."""

import hashlib
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from msgspec import Struct

from workstation.domain.roles import ON_RECORDS, Author, Person, PersonId, Role
from workstation.machine.clock import Clock
from workstation.machine.ids import Ids
from workstation.store import schema
from workstation.store.database import Database, at_instant, instant, put
from workstation.store.problems import ApiProblem
from workstation.wire.protocol import Colleague, SignedIn, SignIn

TOKEN_LIFE = timedelta(hours=12)
AT_ONCE = 2
LONGEST_WAIT_S = 5
SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 1000
_roles = msgspec.json.Decoder(tuple[Role, ...])
_scopes = msgspec.json.Decoder(tuple[str, ...])
_people, _tokens = schema.account.c, schema.token.c
_EVERYBODY = sa.select(_people.id, _people.name, _people.roles).order_by(_people.name)
_SESSION = (
    sa.select(
        _tokens.person,
        _tokens.workstation,
        _tokens.roles,
        _tokens.expires_at,
        _people.name,
        _people.scopes,
        _people.roles.label("held"),
    )
    .join(schema.account, _people.id == _tokens.person)
    .where(_tokens.sha256 == sa.bindparam("hashed"))
)


class Session(Struct, frozen=True):
    """A request's signed-in person: who, at which workstation, seeing what, until when."""

    person: Person
    workstation: str
    scopes: tuple[str, ...]
    expires_at: datetime


class Accounts:
    """Accounts and tokens; at most two passwords are checked at once, so memory stays bounded."""

    def __init__(
        self, database: Database, clock: Clock, ids: Ids, hasher: PasswordHasher | None = None
    ) -> None:
        self._database = database
        self._clock = clock
        self._ids = ids
        self._hasher = hasher or PasswordHasher(memory_cost=19456, time_cost=2, parallelism=1)
        self._limiter = threading.BoundedSemaphore(AT_ONCE)
        self._nobody = self._hasher.hash("nobody has this password")

    def add(
        self,
        id: str,
        name: str,
        roles: Sequence[Role],
        password: str,
        scopes: tuple[str, ...] = (schema.FORCE_SCOPE,),
    ) -> Person:
        """Add an account, or give an existing one this name, these roles and this password."""
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            raise ValueError(f"A password has at least {SHORTEST_PASSWORD} characters.")
        if not 1 <= len(id) <= 200 or id == "store":
            raise ValueError("An account has 1 to 200 characters and is not called “store”.")
        with self._limiter:
            hashed = self._hasher.hash(password)
        with self._database.write() as connection:
            put(
                connection,
                schema.account,
                id=id,
                name=name,
                roles=_json(tuple(roles)),
                scopes=_json(scopes),
                password_hash=hashed,
            )
        return Person(PersonId(id), name, tuple(roles))

    def sign_in(self, ask: SignIn) -> SignedIn:
        """A token for a person (or machine) at a workstation, with one role or all."""
        account = self._account(ask.account)
        self._check_password(account, ask.password)
        assert account is not None
        held = _roles.decode(account["roles"])
        if ask.role is not None and ask.role not in held:
            detail = f"This account is not a {ask.role}. Choose another role."
            raise ApiProblem(403, "role-not-held", detail, "role")
        roles = held if ask.role is None else (ask.role,)
        now = self._clock.now()
        expires_at = now + TOKEN_LIFE
        secret = self._ids.secret().hex()
        over = sa.delete(schema.token).where(schema.token.c.expires_at <= instant(now))
        with self._database.write() as connection:
            connection.execute(over)
            connection.execute(
                sa.insert(schema.token).values(
                    sha256=_hashed(secret),
                    person=ask.account,
                    workstation=ask.workstation,
                    roles=_json(roles),
                    expires_at=instant(expires_at),
                )
            )
        person = Person(PersonId(ask.account), account["name"], roles)
        scopes = _scopes.decode(account["scopes"])
        return SignedIn(secret, person, scopes, expires_at)

    def sign_out(self, secret: str) -> None:
        """The token is worth nothing from now on; twice is no mistake."""
        gone = sa.delete(schema.token).where(schema.token.c.sha256 == _hashed(secret))
        with self._database.write() as connection:
            connection.execute(gone)

    def session(self, connection: sa.Connection, secret: str) -> Session:
        """Who sends this token, as the account stands now."""
        row = connection.execute(_SESSION, {"hashed": _hashed(secret)}).first()
        expires_at = None if row is None else at_instant(row.expires_at)
        if row is None or expires_at is None or expires_at <= self._clock.now():
            raise ApiProblem(
                401, "sign-in", "Your sign-in has ended. Sign in again; work is kept."
            )
        held, wanted = _roles.decode(row.held), _roles.decode(row.roles)
        roles = tuple(role for role in wanted if role in held)
        if not roles:
            raise ApiProblem(
                401, "sign-in", "Your roles have changed. Sign in again; work is kept."
            )
        person = Person(PersonId(row.person), row.name, roles)
        return Session(person, row.workstation, _scopes.decode(row.scopes), expires_at)

    def _account(self, id: str) -> sa.RowMapping | None:
        query = sa.select(schema.account).where(schema.account.c.id == id)
        with self._database.read() as connection:
            return connection.execute(query).mappings().first()

    def _check_password(self, account: sa.RowMapping | None, password: str) -> None:
        """Takes as long for nobody as for somebody."""
        kept = account["password_hash"] if account is not None else self._nobody
        if not self._limiter.acquire(timeout=LONGEST_WAIT_S):
            raise ApiProblem(503, "busy", "Many people are signing in. Try again in a moment.")
        try:
            self._hasher.verify(kept, password[:LONGEST_PASSWORD])
        except VerificationError as wrong:
            raise _not_known() from wrong
        finally:
            self._limiter.release()
        if account is None:
            raise _not_known()


def _not_known() -> ApiProblem:
    return ApiProblem(401, "sign-in", "The account or the password is not right.", "password")


def colleagues(connection: sa.Connection) -> tuple[Colleague, ...]:
    """Everybody work can be given to, by name."""
    rows = connection.execute(_EVERYBODY).all()
    known = [Colleague(PersonId(id), name, _roles.decode(roles)) for id, name, roles in rows]
    return tuple(person for person in known if not ON_RECORDS.isdisjoint(person.roles))


def may_hold(connection: sa.Connection, id: PersonId) -> Author | None:
    """Somebody here whom work can be given to, by the name the account has."""
    table = schema.account
    query = sa.select(table.c.name, table.c.roles).where(table.c.id == id)
    found = connection.execute(query).first()
    if found is None or ON_RECORDS.isdisjoint(_roles.decode(found.roles)):
        return None
    return Author(id, found.name)


def _hashed(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
