"""A colleague's kept work, sent by a supervisor from the PC where it was done.

The colleague's own file is opened, under the lock of her profile: her bytes leave unchanged, in
her outbox, and their outcomes are kept there for her. Nobody reads a word of it here.
"""

import logging
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from workstation.cache import left_behind
from workstation.cache.keys import open_keys
from workstation.cache.notices import Notices
from workstation.cache.outbox import Batch, Outbox
from workstation.cache.parcel import CommandReply, OutboxId, Settled
from workstation.cache.profile import Profile, ProfileInUse
from workstation.cache.salvage import open_work
from workstation.cache.work import CannotKeep, Locked
from workstation.desk.left_here import LeftHere
from workstation.desk.recovery import IsHere
from workstation.desk.sending import MENDED, Sending, Work
from workstation.desk.stock import Fittings
from workstation.domain.roles import Author, Release
from workstation.sync.courier import Courier
from workstation.sync.transport import ServerRefused

log = logging.getLogger("workstation.desk")
Call = Callable[[Courier], object]
IN_USE = "{} has the workstation open on this PC. What is kept there leaves from that window."
BUSY = "The store is busy. Release it again in a moment."
LOCKED = (
    "The file of {}'s work on this PC is locked by another program. What is kept there stays "
    "kept. Close other programs that search or copy files, then release it again."
)
NOT_KEPT = (
    "What came of {}'s work could not be kept on this PC. Free some space, then release it again: "
    "what has left is not done twice. ({})"
)
NOT_OPENED = (
    "{}'s unsent work cannot be opened on this PC. Nothing was changed or deleted. "
    "Ask IT before it is released again. ({})"
)


class Released(Struct, frozen=True):
    """What came of it so far; with `is_over`, `left` acts are still kept, `problem` says why.

    `sends`: how many of those refused send officers, and nobody told dispatch by voice.
    """

    name: str
    accepted: int = 0
    refused: int = 0
    left: int = 0
    problem: str = ""
    is_over: bool = False
    sends: int = 0


class Releasing:
    """One release, from the opening of the file until everything has its outcome."""

    def __init__(
        self, mine: Profile, left: LeftHere, release: Release, fittings: Fittings, is_here: IsHere
    ) -> None:
        self.person = Author(left.person, left.name)
        self.told = Released(left.name, left=left.count)
        self._release = release
        try:
            self._profile = mine.of(left.person).acquire()
        except ProfileInUse as taken:
            raise ProfileInUse(IN_USE.format(left.name)) from taken
        with ExitStack() as undone:
            undone.callback(self._profile.release)
            keys = open_keys(self._profile.folder, fittings.key_of(left.person))
            self._file = open_work(self._profile.work, keys.work, fittings.ids.new, was_here=True)
            undone.callback(self._file.close)
            self._outbox = Outbox(self._file, fittings.ids.new)
            self._notices = Notices(self._file)
            undone.pop_all()
        work = Work(self._file, self._outbox, self._notices)
        self._sending = Sending(work, is_here, fittings.clock, f"{left.name}'s")
        self._clock = fittings.clock
        self._batch: Batch | None = None
        self._was_asked = False
        self._is_under_way = False

    def next_call(self) -> Call | None:
        """What to ask of the store next, on the line's own thread; None: nothing just now."""
        if self._is_under_way or self.told.is_over:
            return None
        call = self._send() if self._was_asked else self._ask()
        self._is_under_way = call is not None
        return call

    def take(self, answer: object) -> None:
        """The store's answer to that, or why it would not."""
        self._is_under_way = False
        try:
            if isinstance(answer, ServerRefused):
                self._refused(answer)
            elif isinstance(answer, CommandReply):
                self._settle(answer)
            else:
                self._sending.recovery.compare(cast(Mapping[OutboxId, Settled], answer))
                self._was_asked = True
            left, problem = self._outbox.waiting(), self._sending.problem
        except CannotKeep as wrong:
            self.stop(not_now(self.person.name, wrong))
            return
        is_over = self.told.is_over or not left or bool(problem)
        said = self.told.problem or problem
        self.told = replace(self.told, left=left, problem=said, is_over=is_over)

    def stop(self, why: str) -> None:
        """No more of it leaves now; what is left is kept as it was."""
        self.told = replace(self.told, problem=why, is_over=True)

    def close(self, epoch: str) -> None:
        """Say in the colleague's own file what was done, and let it go."""
        try:
            if count := self.told.accepted + self.told.refused:
                acts = "1 act" if count == 1 else f"{count} acts"
                self._notices.add(
                    f"{self._release.by.name} released {acts} of yours from this PC: "
                    f"{self._release.why}"
                )
            if self._was_asked:
                folder = self._profile.folder
                call = left_behind.call_of(folder)
                left_behind.note(folder, self.person, self._outbox, epoch, call)
        except (CannotKeep, OSError) as wrong:  # her work is kept; only she is not told of it
            log.info("what was released could not be noted: %s", wrong)
        finally:
            self._file.close()
            self._profile.release()

    def _ask(self) -> Call:
        ids = self._sending.recovery.outboxes()
        return lambda courier: {id: courier.settled(id) for id in ids}

    def _send(self) -> Call | None:
        batch, why = self._sending.next_batch(), self._release.why
        self._batch = batch
        return None if batch is None else lambda courier: courier.release(batch, why)

    def _settle(self, reply: CommandReply) -> None:
        count, sends = {"accepted": 0, "refused": 0}, 0
        for raw in reply.outcomes:
            with self._file.transaction():
                kept = self._outbox.settle(bytes(raw), self._clock.now())
                if kept is None or kept.outcome is None:
                    continue
                self._sending.recovery.settled_elsewhere(kept.envelope.command_id)
            self._sending.arrived(kept)
            count[kept.outcome.word] += 1
            if kept.sends and kept.outcome.word == "accepted":
                self._outbox.arrived(kept.envelope.command.report)
            sends += kept.sends and not kept.voiced and kept.outcome.word == "refused"
        if not any(count.values()):
            self.stop(BUSY)
        told = self.told
        self.told = replace(
            told,
            accepted=told.accepted + count["accepted"],
            refused=told.refused + count["refused"],
            sends=told.sends + sends,
        )

    def _refused(self, wrong: ServerRefused) -> None:
        """Only what is said of her commands touches them: the reason is none of hers."""
        batch = self._batch
        if batch is not None and (_is_of_hers(wrong) or _can_be_split(batch, wrong)):
            self._sending.refused(batch, wrong)
        else:
            self.stop(str(wrong))


def not_now(name: str, wrong: Exception) -> str:
    """Why the work of this colleague cannot be released now, for a supervisor."""
    if isinstance(wrong, ProfileInUse):
        return str(wrong)
    if isinstance(wrong, Locked):
        return LOCKED.format(name)
    sentence = NOT_KEPT if isinstance(wrong, CannotKeep) else NOT_OPENED
    return sentence.format(name, type(wrong).__name__)


def _is_of_hers(wrong: ServerRefused) -> bool:
    return wrong.code in MENDED or (wrong.status != 403 and wrong.field.startswith("commands["))


def _can_be_split(batch: Batch, wrong: ServerRefused) -> bool:
    return wrong.status == 413 and len(batch.bodies) > 1
