"""The embedded store of a demonstration: a child process on a free port that ends with its parent.

Its accounts and its reports are invented; its file lives in a folder that is thrown away.
"""

import argparse
import logging
import os
import sys
import threading
from pathlib import Path

import msgspec

from workstation.app.people import INTAKE, PASSWORD_VARIABLE, PEOPLE
from workstation.domain.packing import compose_pack, encode_pack
from workstation.machine.clock import SystemClock
from workstation.machine.ids import Ids
from workstation.machine.resources import (
    guide_texts,
    lexicon_texts,
    pack_text,
    reference_tables,
)
from workstation.reading.lexicon import read_lexicon
from workstation.reading.phrases import MARKING_FILES, phrase_marker
from workstation.store.api import Api
from workstation.store.database import Database
from workstation.store.founding import found
from workstation.store.serving import Service


def main(argv: list[str]) -> int:
    """Found the store, add its people, serve until standard input closes."""
    asked = _parser().parse_args(argv)
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    clock = SystemClock()
    ids = Ids(clock)
    key = ids.secret()
    if asked.key_file is not None:
        asked.key_file.write_text(key.hex(), encoding="ascii")
    database = Database.sqlite(asked.folder / "store.db", key)
    try:
        pack = encode_pack(compose_pack(pack_text(asked.force), reference_tables(), guide_texts()))
        found(database, pack, ids, demonstration=True)
        lexicon = read_lexicon(lexicon_texts(*MARKING_FILES))
        api = Api(database, clock, ids, phrase_marker(lexicon))
        for person in (*PEOPLE, INTAKE):
            password = os.environ[PASSWORD_VARIABLE]
            api.accounts.add(person.account, person.name, [person.role], password)
        _serve(Service(api, database, clock))
    finally:
        database.close()
    return 0


def _serve(service: Service) -> None:
    threading.Thread(target=_stop_at_end_of_input, args=(service,), daemon=True).start()
    sys.stdout.write(msgspec.json.encode({"url": service.url}).decode() + "\n")
    sys.stdout.flush()
    service.run()


def _stop_at_end_of_input(service: Service) -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    service.stop()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="workstation embedded", description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--force", required=True)
    parser.add_argument("--key-file", type=Path, help="keep the key, to look into it afterwards")
    return parser
