"""The store that is measured, in a process of its own: founds it, fills it, serves it.

`python -m tests.bench.store_child FOLDER COUNT`: the first line printed is where it answers, and
it ends when its standard input closes.
"""

import sys
import threading
from collections.abc import Sequence
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path

import msgspec

from tests.bench.rig import FORCE, HASHER, PASSWORD, PEOPLE
from workstation.demand.reports import contact, read_reports
from workstation.domain.packing import compose_pack, encode_pack
from workstation.domain.roles import Person
from workstation.machine.clock import SystemClock
from workstation.machine.ids import Ids
from workstation.machine.resources import (
    guide_texts,
    lexicon_texts,
    pack_text,
    reference_tables,
    resource,
)
from workstation.reading.lexicon import read_lexicon
from workstation.reading.phrases import MARKING_FILES, phrase_marker
from workstation.store.api import Api
from workstation.store.database import Database
from workstation.store.founding import found
from workstation.store.serving import Service
from workstation.wire.protocol import IntakeReport, SignIn

BATCH = 250


def main(folder: Path, count: int) -> None:
    """Serve so many reports until standard input closes."""
    clock = SystemClock()
    ids = Ids(clock)
    database = Database.sqlite(folder / "store.db", ids.secret())
    try:
        found(
            database,
            encode_pack(compose_pack(pack_text(FORCE), reference_tables(), guide_texts())),
            ids,
        )
        lexicon = read_lexicon(lexicon_texts(*MARKING_FILES))
        api = Api(database, clock, ids, phrase_marker(lexicon), HASHER)
        for id, (name, role) in PEOPLE.items():
            api.accounts.add(id, name, [role], PASSWORD)
        _fill(api, database, _contacts(clock, count))
        service = Service(api, database, clock)
        threading.Thread(target=_stop_at_end_of_input, args=(service,), daemon=True).start()
        sys.stdout.write(msgspec.json.encode({"url": service.url}).decode() + "\n")
        sys.stdout.flush()
        service.run()
    finally:
        database.close()


def _contacts(clock: SystemClock, count: int) -> list[IntakeReport]:
    text = resource("demo", "reports.jsonl").read_text(encoding="utf-8")
    reports = read_reports(text.splitlines(), FORCE)
    now = clock.now()
    return [
        contact(report, now - timedelta(seconds=20 * (count - number)), str(number))
        for number, report in enumerate(islice(cycle(reports), count))
    ]


def _fill(api: Api, database: Database, contacts: Sequence[IntakeReport]) -> None:
    """As intake does, with many contacts in one transaction: filling is not what is measured."""
    machine = api.session(api.sign_in(SignIn("web", PASSWORD, "web")).token).person
    for start in range(0, len(contacts), BATCH):
        _submit(api, database, machine, contacts[start : start + BATCH])


def _submit(api: Api, database: Database, machine: Person, part: Sequence[IntakeReport]) -> None:
    intake = api._intake
    with database.write() as connection:
        for sent in part:
            intake._submit(connection, machine, sent, intake._mark(sent.account))


def _stop_at_end_of_input(service: Service) -> None:
    while sys.stdin.buffer.read(1024):
        pass
    service.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
