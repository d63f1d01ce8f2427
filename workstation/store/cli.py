"""`python -m workstation store …`: run and care for a central store from a shell."""

import argparse
import getpass
import logging
import os
import secrets
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from sqlalchemy.exc import SQLAlchemyError

from workstation.domain.pack import PackProblem
from workstation.domain.packing import compose_pack, encode_pack
from workstation.domain.roles import Person, PersonId, Role
from workstation.machine.clock import SystemClock
from workstation.machine.ids import Ids
from workstation.machine.lasting import make_folder, sync_folder
from workstation.machine.resources import (
    ResourceMissing,
    guide_texts,
    lexicon_texts,
    pack_forces,
    pack_text,
    reference_tables,
)
from workstation.machine.sealed import CannotOpen
from workstation.reading.lexicon import read_lexicon
from workstation.reading.phrases import MARKING_FILES, Marker, phrase_marker
from workstation.store import number_audit
from workstation.store.accounts import Accounts
from workstation.store.agreed_time import AgreedTime
from workstation.store.api import Api
from workstation.store.backup import TornCopy, back_up, check_whole
from workstation.store.database import Database
from workstation.store.epochs import RAISED_BY, new_epoch
from workstation.store.founding import AlreadyFounded, found
from workstation.store.migrating import migrate
from workstation.store.number_tasks import account_for, void_by_two
from workstation.store.problems import ApiProblem
from workstation.store.serving import Service
from workstation.store.shape import WrongShape, check_shape
from workstation.store.strict import read_body
from workstation.store.verify import verify
from workstation.store.versions import require
from workstation.wire.protocol import IntakeReport, VoidNumbers

IMPORTER = Person(PersonId("import"), "Import", (Role.INTAKE_MACHINE,))
PASSWORD_VARIABLE = "WORKSTATION_PASSWORD"
LAST_PORT = 65535
TOLD = (
    AlreadyFounded,
    ApiProblem,
    CannotOpen,
    LookupError,
    OSError,
    PackProblem,
    ResourceMissing,
    SQLAlchemyError,
    TornCopy,
    ValueError,
    WrongShape,
)


def main(argv: list[str]) -> int:
    """Do one task; 0 when it went well, 1 with a sentence when not."""
    logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    asked = _parser().parse_args(argv)
    task: Callable[[argparse.Namespace, Database], int] = asked.task
    try:
        database = open_database(asked.database, asked.key_file, new=asked.task is _init)
        try:
            if task not in (_init, _migrate):
                with database.read() as connection:
                    check_shape(connection, asked.database)
            return task(asked, database)
        finally:
            database.close()
    except TOLD as wrong:
        _say(str(wrong), sys.stderr)
        return 1


def open_database(address: str, key_file: str | None, *, new: bool) -> Database:
    """The database at a path or a postgresql URL; a new SQLite file gets a key file beside it."""
    if address.startswith("postgresql"):
        return Database.postgres(address)
    path = Path(address.removeprefix("sqlite:///"))
    if not new and not path.exists():
        raise FileNotFoundError(f"There is no store at {path}. Run “store init” first.")
    return Database.sqlite(path, _key(address, key_file, new=new))


def _key(address: str, key_file: str | None, *, new: bool) -> bytes:
    """The key of a SQLite store, by default beside it."""
    path = Path(key_file or address.removeprefix("sqlite:///") + ".key")
    if new and not path.exists():
        make_folder(path.parent)
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(made, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(made)
        sync_folder(path.parent)
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except ValueError as wrong:
        raise ValueError(f"{path} holds no key: 64 hexadecimal digits are needed.") from wrong
    if len(key) != 32:
        raise ValueError(f"{path} holds no key: 64 hexadecimal digits are needed.")
    return key


def _init(asked: argparse.Namespace, database: Database) -> int:
    pack = encode_pack(compose_pack(pack_text(asked.force), reference_tables(), guide_texts()))
    found(database, pack, Ids(SystemClock()), demonstration=asked.demonstration)
    _say(f"A store for {asked.force} is ready. Add people with “store user add”.")
    return 0


def _serve(asked: argparse.Namespace, database: Database) -> int:
    check_whole(database, asked.database)
    clock = AgreedTime(SystemClock())
    clock.agree(database)
    api = Api(database, clock, Ids(clock), _marker())
    api.hello()
    service = Service(api, database, clock, asked.host, asked.port)
    if asked.until_stdin_closes:
        threading.Thread(target=_stop_at_end_of_input, args=(service,), daemon=True).start()
    _say(f"listening {service.url}")
    service.run()
    return 0


def _marker() -> Marker:
    """Marks risk phrases by the lexicon that ships with the product."""
    return phrase_marker(read_lexicon(lexicon_texts(*MARKING_FILES)))


def _stop_at_end_of_input(service: Service) -> None:
    while os.read(sys.stdin.fileno(), 1024):  # unbuffered: a buffer's lock would outlive us
        pass
    service.stop()


def _user_add(asked: argparse.Namespace, database: Database) -> int:
    clock = SystemClock()
    password = _password(PASSWORD_VARIABLE, "Password: ")
    roles = [Role(role) for role in asked.role]
    Accounts(database, clock, Ids(clock)).add(asked.account, asked.name, roles, password)
    _say(f"{asked.name} may sign in as {asked.account}: {', '.join(roles)}.")
    return 0


def _import(asked: argparse.Namespace, database: Database) -> int:
    """Each line of the file is one contact, as intake takes it; again is no mistake."""
    clock = SystemClock()
    api = Api(database, clock, Ids(clock), _marker())
    count = 0
    with Path(asked.file).open("rb") as file:
        for count, line in enumerate(file, 1):
            try:
                api.intake_as(IMPORTER, read_body(line, IntakeReport))
            except ApiProblem as wrong:
                problem = wrong.problem
                where = ", ".join(filter(None, (f"line {count}", problem.field)))
                said = f"{asked.file}, {where}: {problem.detail}"
                raise ValueError(said) from wrong
    _say(f"{count} reports are on record.")
    return 0


def _migrate(asked: argparse.Namespace, database: Database) -> int:
    """PostgreSQL: processes of the release before may go on serving meanwhile."""
    if not asked.database.startswith("postgresql"):
        _say(
            "A copy of this store from before is the only way back: stop every process that uses "
            "it, make one by “store backup”, and keep a copy of its key."
        )
    before, after = migrate(database)
    said = f"The tables are at {after}"
    _say(f"{said} already." if before == after else f"{said}; they were at {before or 'none'}.")
    return 0


def _backup(asked: argparse.Namespace, database: Database) -> int:
    if asked.database.startswith("postgresql"):
        raise ValueError("PostgreSQL has its own means: pg_dump, or pg_basebackup.")
    key = _key(asked.database, asked.key_file, new=False)
    said = f"{asked.to} is a whole copy, sealed with the same key. Keep copies of both, apart."
    return _report(back_up(database, key, Path(asked.to)), said)


def _new_epoch(asked: argparse.Namespace, database: Database) -> int:
    clock = SystemClock()
    raised = new_epoch(database, Ids(clock), clock.now(), asked.reason, asked.raise_by)
    _say(
        "A new epoch has begun: every desk fills its copy again and sends what this store lacks.\n"
        "Numbers that a desk may hold from the time that was lost are left out, and alarmed if "
        "one is used."
    )
    for series, first in raised.items():
        _say(f"{series}  from {first} on")
    return 0


def _require(asked: argparse.Namespace, database: Database) -> int:
    require(database, asked.pull, asked.build)
    _say("Set. An older desk sends what it has, but shows nothing new until it is updated.")
    return 0


def _verify(_: argparse.Namespace, database: Database) -> int:
    return _report(verify(database), "The store is whole.")


def _audit(_: argparse.Namespace, database: Database) -> int:
    with database.read() as connection:
        for line in account_for(connection, SystemClock().now()):
            _say(line)
        return _report(number_audit.audit(connection), "Every serial is accounted for.")


def _void(asked: argparse.Namespace, database: Database) -> int:
    what = VoidNumbers(asked.reason, asked.block, asked.series, asked.serial)
    people = [asked.account, *([asked.second] if asked.second else [])]
    standing = void_by_two(database, what, people, _password_of)
    if standing.confirmed_by:
        names = f"certified by {standing.certified_by}, confirmed by {standing.confirmed_by}"
        _say(f"{standing.voided} numbers of {standing.target} are void: {names}.")
    else:
        _say(f"{standing.target}: certified by {standing.certified_by}. A second must confirm.")
    return 0


def _password_of(account: str) -> str:
    return _password(f"{PASSWORD_VARIABLE}_{account.upper()}", f"Password of {account}: ")


def _password(variable: str, prompt: str) -> str:
    try:
        return os.environ.get(variable) or getpass.getpass(prompt)
    except EOFError as wrong:
        said = f"No password was typed, and nothing was done. Type it, or put it in {variable}."
        raise ValueError(said) from wrong


def _report(findings: list[str], fine: str) -> int:
    for finding in findings:
        _say(finding)
    if not findings:
        _say(fine)
    return 1 if findings else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="workstation store", description=__doc__)
    parser.add_argument("--database", default="store.db", help="a path, or postgresql://…")
    parser.add_argument("--key-file", help="of a SQLite store; by default <database>.key")
    tasks = parser.add_subparsers(required=True)
    init = tasks.add_parser("init", help="make a new store")
    init.add_argument("--force", required=True, choices=pack_forces())
    init.add_argument("--demonstration", action="store_true")
    init.set_defaults(task=_init)
    serve = tasks.add_parser("serve", help="serve desks over HTTP")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=_port, default=0, help="0 takes a free one")
    serve.add_argument("--until-stdin-closes", action="store_true")
    serve.set_defaults(task=_serve)
    tasks.add_parser("migrate", help="bring an older store's tables up to date").set_defaults(
        task=_migrate
    )
    backup = tasks.add_parser("backup", help="copy a SQLite store, also while it is served")
    backup.add_argument("--to", required=True, help="the file to make")
    backup.set_defaults(task=_backup)
    epoch = tasks.add_parser("new-epoch", help="after a backup was restored, or a tail was lost")
    epoch.add_argument("--reason", required=True, help="what happened, for the record")
    leave_out = (
        "numbers to leave out: more than were lent since that backup was made, the time after it "
        "was put back before included"
    )
    epoch.add_argument("--raise-by", type=int, default=RAISED_BY, help=leave_out)
    epoch.set_defaults(task=_new_epoch)
    asks = tasks.add_parser("require", help="which programs may still read from this store")
    asks.add_argument("--pull", type=int, help="the oldest schema of states")
    asks.add_argument("--build", help="the oldest program, as desks are told")
    asks.set_defaults(task=_require)
    _user_parser(tasks)
    brought = tasks.add_parser("import", help="take contacts from a file of JSON lines")
    brought.add_argument("file")
    brought.set_defaults(task=_import)
    tasks.add_parser("verify", help="prove the store is whole").set_defaults(task=_verify)
    _numbers_parser(tasks)
    return parser


def _numbers_parser(tasks: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    number = tasks.add_parser("numbers").add_subparsers(required=True)
    number.add_parser("audit", help="account for every serial").set_defaults(task=_audit)
    void = number.add_parser("void", help="two people declare numbers void that nobody will use")
    void.add_argument("--block", default="", help="a stranded block, as the audit names it")
    void.add_argument("--series", default="", help="with --serial: one number")
    void.add_argument("--serial", type=int, default=0)
    void.add_argument("--reason", required=True, help="what became of the PC, or of the number")
    void.add_argument("--account", required=True, help="who certifies it")
    void.add_argument("--second", help="who confirms it; may do so later")
    void.set_defaults(task=_void)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > LAST_PORT:
        raise argparse.ArgumentTypeError(f"{text} is no port: give 0 to {LAST_PORT}")
    return int(text)


def _user_parser(tasks: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    user = tasks.add_parser("user").add_subparsers(required=True)
    add = user.add_parser("add", help=f"password from {PASSWORD_VARIABLE}, or asked for")
    add.add_argument("account")
    add.add_argument("--name", required=True)
    roles = [role.value for role in Role if role is not Role.STORE]
    add.add_argument("--role", action="append", required=True, choices=roles)
    add.set_defaults(task=_user_add)


def _say(sentence: str, stream: TextIO | None = None) -> None:
    out = stream or sys.stdout
    out.write(f"{sentence}\n")
    out.flush()
