"""A line of a report's story: one immutable entry, as the log shows it and the feed carries it."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from workstation.domain.report import ReportId
from workstation.domain.roles import Author, Release


class EntryKind(StrEnum):
    """What sort of line of a report's story this is."""

    ACCOUNT = "account"
    NOTE = "note"
    HAZARD = "hazard"
    CORRECTION = "correction"
    DECISION = "decision"
    CLAIM = "claim"
    VOICE = "voice"


class Given(Struct, frozen=True, forbid_unknown_fields=True):
    """One question of a guide, as it was answered."""

    question: str
    words: str


class Entry(Struct, frozen=True, omit_defaults=True):
    """One immutable line of a report's story; `title` is ours, `text` is somebody's words.

    `late`: it waited on a desk that was offline, and its author was not the holder. `corrects`:
    the id of the note that this one corrects. `released`: a supervisor let it leave the PC where
    it was kept. `guide`: whose questions were answered (`given`, as told by `said_by`), or whose
    advice was read out (`advised`).
    """

    id: str
    report: ReportId
    kind: EntryKind
    at: datetime
    by: Author
    title: str
    text: str = ""
    recorded_at: datetime | None = None
    late: bool = False
    corrects: str = ""
    released: Release | None = None
    guide: str = ""
    given: tuple[Given, ...] = ()
    said_by: str = ""
    advised: tuple[str, ...] = ()
