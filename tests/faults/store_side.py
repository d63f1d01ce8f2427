"""The store of a run: a copy of a founded one, its restarts, and everything it ever answered."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from random import Random
from typing import Any

import sqlalchemy as sa
from argon2 import PasswordHasher
from msgspec import Struct

from tests.faults.clocks import TickingClock, TrueTime
from tests.faults.disk import FallibleDatabase
from tests.faults.history import History
from tests.faults.wire import Wire
from tests.world import PASSWORD, mark_knives
from workstation.domain.claiming import ClaimReport, ReassignReport
from workstation.domain.intake import CreateReport
from workstation.domain.leases import LEASE
from workstation.domain.offering import AcceptOffer
from workstation.domain.report import Report, ReportId
from workstation.machine.ids import Ids
from workstation.store import schema
from workstation.store.api import Api
from workstation.store.epochs import new_epoch
from workstation.store.headers import report_decoder
from workstation.store.problems import ApiProblem
from workstation.store.timekeeper import Timekeeper
from workstation.sync.transport import LinkDown, ServerRefused, SignedOut
from workstation.wire.protocol import Envelope, IntakeReport, Outcome, Receipt, SignedIn, SignIn

MAKE_CLAIMS = (AcceptOffer, ClaimReport, CreateReport, ReassignReport)
RAISED_BY = 200  # more than is lent between two put-backs; each is a row to write
_HELD = sa.select(schema.state.c.body).where(
    schema.state.c.kind == "report", schema.state.c.holder != ""
)
CHEAP = PasswordHasher(memory_cost=8, time_cost=1, parallelism=1)


class Answer(Struct, frozen=True):
    """What the store said to one command for good."""

    envelope: Envelope
    raw: bytes
    body: bytes
    outcome: Outcome


class StoreSide:
    """The store and its clock; `answers` holds its word on every command it ever settled."""

    def __init__(
        self, database: FallibleDatabase, true: TrueTime, random: Random, history: History
    ) -> None:
        self.database = database
        self.history = history
        self.true = true
        self.clock = TickingClock(true)
        self.is_up = True
        self.late: list[tuple[Wire, str, tuple[Any, ...]]] = []
        self.answers: dict[str, Answer] = {}
        self.places: dict[str, set[int]] = defaultdict(set)
        self.came_in: dict[str, str] = {}
        self.receipts: dict[tuple[str, str], Receipt] = {}
        self.heard_at: dict[str, float] = {}
        self.claimed_at: dict[str, float] = {}
        self.claimed_version: dict[str, int] = {}
        self.doubted_at = float("-inf")  # its clock or its records went back
        self._is_set_back_unseen = False
        self.fails_commits = 0
        self._put_back = 0
        self._forgotten: set[str] = set()
        self._random = random
        self.machine: SignedIn | None = None
        self.api = self._opened()

    @property
    def fails_commits(self) -> int:
        """How many of the next commits fail."""
        return self.database.fails_commits

    @fails_commits.setter
    def fails_commits(self, times: int) -> None:
        self.database.fails_commits = times

    def set_back(self, by: timedelta) -> None:
        """Its clock is set back: what was written before lies ahead now.

        It looks before and after, as every ten seconds.
        """
        self._look_if_up()
        self.clock.skew -= by
        self._is_set_back_unseen = True
        self.doubted_at = self.clock.monotonic()
        self._look_if_up()

    def goes_back(self) -> None:
        """The store was restored from a backup: a new epoch begins, and what it said is void."""
        self.doubted_at = self.clock.monotonic()
        self.late.clear()
        self.claimed_version.clear()
        self.answers.clear()
        self.receipts.clear()
        self.machine = None
        self.fails_commits = 0
        ids = Ids(self.clock, self._random.randbytes)
        self._put_back += 1  # the same backup, perhaps: past what was lent since it, all told
        raised_by = RAISED_BY * self._put_back
        new_epoch(self.database, ids, self.clock.now(), "The disk died.", raised_by)
        self.restart()

    def forgets(self, signed: SignedIn | None) -> None:
        """Whoever signed in since the backup finds that the store does not know the sign-in."""
        if signed is not None:
            try:
                self.api.session(signed.token)
            except ApiProblem:
                self._forgotten.add(signed.token)

    def is_over(self, signed: SignedIn) -> bool:
        """Whether a token has ended, or nearly, or is not known any more."""
        is_known = signed.token not in self._forgotten
        return not is_known or signed.expires_at - self.clock.now() < timedelta(minutes=1)

    def restart(self) -> None:
        """End the process of the store and start it again."""
        self.database.close()
        self.api = self._opened()

    def sign_in(self, person: str, workstation: str) -> SignedIn:
        """A token for a person; whoever cannot sign in tries again until it works."""
        self.fails_commits = 0
        return self.api.sign_in(SignIn(person, PASSWORD, workstation))

    def receive(self, sent: IntakeReport) -> Receipt | None:
        """A contact from the public; None where the store could not take it."""
        try:
            receipt = self._sent_by_machine(sent)
        except sa.exc.DBAPIError:
            return None
        key = (sent.source, sent.external_id)
        if key in self.receipts:
            self.history.met("the same contact came again")
            same = self.receipts[key] == receipt
            self.history.hold("I3", same, f"contact {key} got another receipt: {receipt}")
        self.receipts[key] = receipt
        return receipt

    def look(self) -> None:
        """The timekeeper's look, and whether what it detached had really been silent (I22).

        A clock that was set back is found by the first look that its disk takes.
        """
        keeper = Timekeeper(self.database, self.api.ledger, self.clock)
        try:
            held = self._held()
            detached = keeper.detach_silent()
            self._found_set_back()
            self._check_nobody_silent_is_left()
        except sa.exc.DBAPIError:
            return
        if detached:
            self.history.met("a silent desk's claim was detached", len(detached))
        for id in detached:
            self.history.tell("ok", "store", "detach", report=id)
            self._check_silence(id, held[id])

    def lost_to(self, person: str, held: Sequence[ReportId]) -> list[ReportId]:
        """Those of these reports that this person does not hold as before."""
        try:
            now = self._held()
        except sa.exc.DBAPIError:
            return []
        mine = {id for id, one in now.items() if one.lease == "active" and _holder(one) == person}
        return [id for id in held if id not in mine]

    def heard(self, name: str) -> None:
        """A desk was heard."""
        self.heard_at[name] = self.clock.monotonic()

    def answered(self, envelope: Envelope, raw: bytes, body: bytes, outcome: Outcome) -> None:
        """The store settled a command; the second time it must say the same (I3)."""
        id = envelope.command_id
        self.places[envelope.outbox_id].add(envelope.seq)
        self.history.tell("ok", "store", outcome.word, id=id, said=outcome.code)
        before = self.answers.get(id)
        if before is not None:
            self.history.met("a repeat was answered from the stored outcome")
            same = before.body == body
            self.history.hold("I3", same, f"command {id} got another outcome: {body!r}")
            return
        first = self.came_in.setdefault(id, envelope.outbox_id)
        self.history.met("what was lost came in a new outbox", int(first != envelope.outbox_id))
        self.answers[id] = Answer(envelope, raw, body, outcome)
        if outcome.word == "accepted" and isinstance(envelope.command, MAKE_CLAIMS):
            self._claimed(envelope.command.report, outcome.versions)

    def _claimed(self, report: str, versions: Mapping[ReportId, int]) -> None:
        """A lease begins; who claims what she holds already changes nothing, and renews none."""
        version = versions.get(ReportId(report), 0)
        if version > self.claimed_version.get(report, 0):
            self.claimed_version[report] = version
            self.claimed_at[report] = self.clock.monotonic()

    def deliver_late(self) -> None:
        """Requests that were delayed arrive now, after whatever came later."""
        late, self.late = self.late, []
        for wire, name, asked in late:
            self.history.met("a late request arrived after later ones")
            try:
                wire.arrives(name, asked)
            except (ApiProblem, LinkDown, ServerRefused, SignedOut) as wrong:
                self.history.tell("fail", "network", f"late {name}", said=str(wrong))

    def _opened(self) -> Api:
        ids = Ids(self.clock, self._random.randbytes)
        return Api(self.database, self.clock, ids, mark_knives, CHEAP)

    def _found_set_back(self) -> None:
        if self._is_set_back_unseen:
            self._is_set_back_unseen = False
            self.doubted_at = self.clock.monotonic()

    def _look_if_up(self) -> None:
        if self.is_up:
            self.look()

    def _sent_by_machine(self, sent: IntakeReport) -> Receipt:
        """Whatever the token looks like: where the store does not take it, it signs in again."""
        if self.machine is not None:
            try:
                return self.api.intake(self.machine.token, sent)
            except ApiProblem as wrong:
                if wrong.problem.status != 401:
                    raise
        self.machine = self.sign_in("web", "web")
        return self.api.intake(self.machine.token, sent)

    def _held(self) -> dict[str, Report]:
        with self.database.read() as connection:
            held = [report_decoder.decode(body) for body in connection.scalars(_HELD)]
        return {report.id: report for report in held}

    def _check_silence(self, id: str, report: Report) -> None:
        """A claim may be detached only where its desk has not been heard for 90 seconds.

        Of what was heard before its clock or its records went back the store may know nothing.
        """
        last = self._heard_last(report)
        silent_s = self.clock.monotonic() - last
        was_silent = silent_s >= LEASE.total_seconds() - 1 or last <= self.doubted_at
        sentence = f"{id} was detached from {_holder(report)}, heard {silent_s:.0f} s before"
        self.history.hold("I22", was_silent, sentence)

    def _check_nobody_silent_is_left(self) -> None:
        """Whoever was not heard for 90 seconds is detached, whatever any clock shows.

        Where the store's own clock went back since, it may take twice as long from then on: its
        disk may have been full before.
        """
        for id, report in self._held().items():
            if report.lease == "active":
                last = self._heard_last(report)
                silent_s = self.clock.monotonic() - max(last, self.doubted_at)
                most = LEASE.total_seconds() * (2 if last <= self.doubted_at else 1) + 1
                sentence = f"{id} is held by {_holder(report)}, silent for {silent_s:.0f} s"
                self.history.hold("I22", silent_s <= most, sentence)

    def _heard_last(self, report: Report) -> float:
        """When the desk that holds it was last heard, counted as nobody can set it."""
        claim = report.claim
        assert claim is not None
        who: tuple[str, ...] = (f"{claim.by.id}@{claim.workstation}",)
        if not claim.workstation:
            who = tuple(name for name in self.heard_at if name.startswith(f"{claim.by.id}@"))
        heard = [self.heard_at[name] for name in who if name in self.heard_at]
        return max([*heard, self.claimed_at.get(report.id, float("-inf"))])


def _holder(report: Report) -> str:
    return report.claim.by.id if report.claim is not None else ""
