"""A whole copy of a SQLite store while it is served, and the refusal of a copy that is not whole.

A file copied by other means lacks what its log still holds, and may mix pages of two moments.
"""

from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from workstation.machine.lasting import sync_folder
from workstation.store.database import Database
from workstation.store.verify import unfit, verify

NO_COPY = (
    "No copy could be made at {} ({}). The store is as it was. Name a folder that is there, may "
    "be written and has room for the whole store."
)


class TornCopy(Exception):
    """The database is not whole: the sentence says what to do instead of serving it."""


def back_up(database: Database, key: bytes, to: Path) -> list[str]:
    """Make the copy, look at it, and give it its name; what is wrong with it, then there is none.

    It is sealed with the store's own key.
    """
    if to.exists():
        raise FileExistsError(f"{to} is there already. Nothing was changed; choose another name.")
    fresh = to.with_name(to.name + ".new")
    fresh.unlink(missing_ok=True)
    try:
        database.copy_into(fresh)
    except sqlcipher.Error as wrong:
        fresh.unlink(missing_ok=True)
        raise OSError(NO_COPY.format(to, wrong)) from wrong
    copy = Database.sqlite(fresh, key)
    try:
        found = verify(copy)
    finally:
        copy.close()
    if found:
        fresh.unlink()
        return found
    fresh.replace(to)
    sync_folder(to.parent)
    return []


def check_whole(database: Database, address: str) -> None:
    """Refuse to serve a file that is not whole, or whose feed does not bear itself out."""
    if found := unfit(database):
        raise TornCopy(
            f"The store at {address} is not whole ({found[0]}). Nothing was started or changed. "
            "A file that was copied while a store served it, or without its -wal file, looks so. "
            "Put back a copy made by “store backup” and begin a new epoch (“store new-epoch”). "
            f"All that is wrong: python -m workstation store --database {address} verify"
        )
