"""What crosses from the desk to screens: frozen structs, and nothing else."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from workstation.cache.parcel import Case
from workstation.desk.presence import Present
from workstation.domain.entry import Entry
from workstation.domain.report import Channel, Report, ReportId

Stage = Literal["confirmed", "on this desk", "sent"]


class Shown(Struct, frozen=True):
    """A report as it is in effect; `pending` names the commands without an outcome.

    `doubt`: why it is not sure that nobody else works it. `held_back`: why what only one person
    may do is dead here, which it is not where she said that she is on the phone. `unsaved`: some
    of it is not even on this PC's disk yet.
    """

    report: Report
    pending: tuple[str, ...]
    stage: Stage
    doubt: str = ""
    held_back: str = ""
    unsaved: bool = False


class ShownEntry(Struct, frozen=True):
    """A line of the story; `is_new` since this person last looked."""

    entry: Entry
    pending: bool
    is_new: bool


class LinkState(Struct, frozen=True):
    """The truth about the line; `problem` is a sentence, empty when all is well.

    `unsaved` acts are not on this PC's disk yet, and `unsaved_why`.
    `disk` says that this PC's disk is nearly full, or full, or the file of her work damaged.
    `leapt` is how far this PC's clock was moved since the store last said what time it is.
    `notices` tell what happened to this PC's files or to the store, until they are read.
    """

    online: bool = False
    since: datetime | None = None
    waiting: int = 0
    synced_at: datetime | None = None
    blocks_left: int = 0
    problem: str = ""
    notices: tuple[str, ...] = ()
    unsaved: int = 0
    unsaved_why: str = ""
    disk: str = ""
    leapt: timedelta = timedelta()


class WaitingAct(Struct, frozen=True):
    """An act of this person that is not sent: which command, and on which report."""

    command: str
    reference: str
    title: str
    made_at: datetime


class UnsavedWords(Struct, frozen=True):
    """What is typed in one field and is not on this PC's disk yet; `text` where it is words."""

    name: str
    reference: str
    title: str
    text: str
    begun_at: datetime


class BegunCall(Struct, frozen=True):
    """A contact that was begun and is not on record: since when, and its first words."""

    since: datetime
    text: str


class Undelivered(Struct, frozen=True):
    """A grade that sends officers which dispatch has NOT got; `refused` is the sentence if so."""

    report: ReportId
    reference: str
    title: str
    grade: str
    made_at: datetime
    refused: str
    place: str
    why: str


class Counters(Struct, frozen=True):
    """The figures of the top bar; `owed`: of reports the hub has finished with."""

    by_channel: Mapping[str, int]
    overdue: int
    open: int
    attention: int
    owed: int = 0
    owed_late: int = 0


class Unopened(Struct, frozen=True):
    """An emergency that no dispatcher has opened in time."""

    report: ReportId
    reference: str
    graded_at: datetime
    grade: str


class Unsent(Struct, frozen=True):
    """Words begun on a report that their author has no more, and `why`: to be sent or discarded.

    `is_held`: somebody else has it, and `move` tells how it came to them, where this desk knows.
    Without `can_send` the report is out of her sight, and so is what it is called.
    """

    report: ReportId
    reference: str
    title: str
    why: str
    is_held: bool
    can_send: bool
    since: datetime
    fields: tuple[str, ...]
    text: str
    move: Entry | None = None


class Offered(Struct, frozen=True):
    """What a colleague offers this person, or declined of what this person offered."""

    report: ReportId
    title: str
    by: str
    words: str
    is_declined: bool


class Attention(Struct, frozen=True):
    """A refused command with all its words, until a person settles it.

    `number`: that of a crime, which somebody may have been told.
    """

    case: Case
    command: str
    text: str
    mine: bool
    number: str = ""


class QueueFilter(Struct, frozen=True):
    """Which rows of which list."""

    channel: Channel | None = None
    words: str = ""
    mine: bool = False
    view: Literal["queue", "dispatch", "imu", "owed", "all", "lowering"] = "queue"


class Question(Struct, frozen=True):
    """What a screen asks of a list: its first rows, `most` of them, or as far as `down_to`.

    `asker` tells whose question it is, `number` which of theirs.
    """

    asker: int
    number: int
    filter: QueueFilter
    most: int
    down_to: ReportId | None


class Listing(Struct, frozen=True):
    """The answer: the first rows in their order, and how many there are in all."""

    question: Question
    ids: tuple[ReportId, ...]
    total: int


class Hit(Struct, frozen=True):
    """One report that was found: its row, by what, and whether this desk has it yet."""

    row: "QueueRow"
    by: tuple[str, ...]
    is_here: bool = True


class Results(Struct, frozen=True):
    """What is known so far of what was searched for, exact finds first, then the newest.

    `understood`: how it was read; `problem`: why it cannot be searched; `store`: what the store
    said, empty where it was not asked; `is_looking`: more may come.
    """

    typed: str
    understood: str = ""
    problem: str = ""
    hits: tuple[Hit, ...] = ()
    is_more: bool = False
    is_looking: bool = False
    store: str = ""


class Account(Struct, frozen=True):
    """What one caller told of an event: the words, and the THRIVE of that very account.

    `is_kept`: this report keeps the work, the others point at it.
    """

    row: "QueueRow"
    account: str
    levels: Mapping[str, str]
    is_kept: bool


class QueueRow(Struct, frozen=True, kw_only=True):
    """One row of a list.

    `marked` names the risks people flagged; `offer` says what is offered to or by this person.
    `clocks` are all that run, by name and time; `said` is what somebody said they would do.
    `waits`: its initial check is done, so it may wait. `owed`: only what is promised is left.
    """

    id: ReportId
    title: str
    reference: str
    place: str
    channel: Channel
    due_at: datetime | None
    due_kind: str
    danger: bool
    band: int
    grade_code: str
    grade_name: str
    grade_shape: str
    holder: str
    holder_id: str
    detached: bool
    flags: tuple[str, ...]
    pending: bool
    returned_because: str
    received_at: datetime
    opened_by: str
    has_new: bool
    offline_since: datetime | None = None
    reserved_until: datetime | None = None
    company: tuple[Present, ...] = ()
    offer: str = ""
    marked: tuple[str, ...] = ()
    is_unsure: bool = False
    clocks: tuple[tuple[str, datetime], ...] = ()
    said: tuple[tuple[str, datetime], ...] = ()
    waits: bool = True
    owed: bool = False
