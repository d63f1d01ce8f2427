"""One run: a seed makes the people, the faults and their order; the same seed makes the same run.

Everything is the real program; only time, network, disk and chance are ours. At the end all faults
are mended, everybody speaks with the store, and then the checkers look at what is really there.
"""

import shutil
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from random import Random

from msgspec import Struct

from tests.faults.acts import Acts
from tests.faults.befall import FAULTS, TEN_YEARS_S, Befall
from tests.faults.checks import check_all, check_while_running, read_through
from tests.faults.clocks import MachineClock, TrueTime
from tests.faults.desk_side import DeskSide
from tests.faults.disk import copied
from tests.faults.founded import DESKS, STARTS, Ground, desk_files
from tests.faults.history import History
from tests.faults.store_side import StoreSide
from tests.faults.wire import AFTER, BEFORE, Weather
from workstation.cache.confirmed import CacheDamaged

STEPS = 24
CAST = (3, 3, 4)
ACTS, EXCHANGES, PUBLIC, LOOKS = 0.56, 0.77, 0.81, 0.84
SKEWS_S = (0, 0, 0, 1, -1, 90, -90, 3600, -3600, TEN_YEARS_S, -TEN_YEARS_S)
PAUSES_S = (0.05, 0.4, 2.0, 9.0, 31.0, 95.0, 600.0)
SELDOM_STARTS = 0.25
ROUNDS = 6
LONGEST_HOLD = timedelta(minutes=3)  # what is sent again may wait for reports of other desks


class Outcome(Struct, frozen=True):
    """What came of one run."""

    seed: int
    seconds: float
    violations: tuple[str, ...]
    sometimes: dict[str, int]
    digest: str
    last: tuple[str, ...] = ()


class Run:
    """The world of one seed."""

    def __init__(self, seed: int, ground: Ground, faults: Sequence[str] | None = None) -> None:
        self.ground = ground
        self.random = Random(seed)
        self.history = History()
        self.start = self._some_start()
        self.template = ground.fresh(self.start)
        self.true = TrueTime(self.template.start + timedelta(seconds=self.random.uniform(60, 900)))
        self.folder = ground.folder / "run"
        self.store = StoreSide(ground.database, self.true, self.random, self.history)
        self.store.machine = self.template.signed["web"]
        some = self._some(tuple(FAULTS))
        self.faults = some if faults is None else tuple(faults)
        self.weather = Weather(self.random, self._some((*BEFORE, *AFTER)))
        self.acts = Acts(self.random, list(self.template.reports))
        self.desks = self._people()
        self.befall = Befall(self)

    def go(self) -> None:
        """Everything that happens, and then the truth."""
        for _ in range(STEPS):
            self._heals(self._step)
        self._settle_down()
        check_all(self)

    def end(self) -> None:
        """Close what is open."""
        for desk in self.desks:
            if desk.is_open:
                desk.close()

    def opened(self, desk: DeskSide) -> DeskSide:
        """The desk, opened if need be."""
        if not desk.files.exists():
            source = desk_files(self.template, desk.workstation, desk.person)
            copied(source, desk.files)
        if desk.credentials.session() is None and desk.name in self.template.signed:
            desk.credentials.keep(self.template.signed[desk.name])
        if not desk.is_open:
            desk.open()
        return desk

    def exchange(self, desk: DeskSide) -> bool:
        """One exchange of a desk with the store; then it must not have gone back in time."""
        self.opened(desk)
        self._signed_in(desk)
        is_well = bool(desk.lives(desk.exchange_once))
        kind = "ok" if is_well else "fail"
        self.history.tell(kind, desk.name, "exchange", said=desk.desk.link().problem)  # type: ignore[arg-type]
        check_while_running(desk, self.acts.some_report())
        return is_well

    def _signed_in(self, desk: DeskSide) -> None:
        """Whoever's sign-in has ended signs in again, sooner or later."""
        signed = desk.credentials.session()
        if signed is None:
            desk.sign_in()
        elif self.store.is_over(signed) and (self.weather.is_fair or self.random.random() < 0.5):
            self.history.met(
                "signed in again with work waiting", int(desk.desk.link().waiting > 0)
            )
            desk.sign_in()

    def _step(self) -> None:
        self._time_passes()
        chance = self.random.random()
        if chance < ACTS:
            desk = self.opened(self._somebody())
            self.acts.one(desk)
            check_while_running(desk, self.acts.some_report())
        elif chance < EXCHANGES:
            self.exchange(self._somebody())
        elif chance < PUBLIC:
            self.befall.public()
        elif chance < LOOKS or not self.faults:
            self.store.look()
        else:
            name = self.random.choice(self.faults)
            self.history.tell("info", "world", name)
            FAULTS[name](self.befall)

    def _heals(self, work: Callable[[], object]) -> None:
        """Do something in which a damaged cache may be met; then its program is started anew."""
        with suppress(CacheDamaged):
            work()
        self.befall.heal()

    def _time_passes(self) -> None:
        self.true.pass_by(timedelta(seconds=self.random.choice(PAUSES_S)))
        self.history.now_s = self.true.gone_s
        if self.store.late and self.random.random() < 0.3:
            self.store.deliver_late()

    def _settle_down(self) -> None:
        """Everything is mended, everybody is back, and nothing more is done."""
        self.history.tell("info", "world", "all is mended")
        self.weather.is_fair = True
        self.store.is_up, self.store.fails_commits = True, 0
        for desk in self.desks:
            desk.wire.is_cut, desk.disk.fate = False, ""
        self.store.deliver_late()
        for desk in self.desks:
            if desk.files.exists():
                self.opened(desk)
        there = [desk for desk in self.desks if desk.is_open]
        self.all_hear_all(there)

    def all_hear_all(self, there: list[DeskSide]) -> None:
        """Every desk speaks with the store until each holds all, and nothing waits.

        Whoever has something to send goes first: what the others then read is whole at once.
        """
        behind = sorted(there, key=_has_nothing_to_send)
        for _ in range(ROUNDS):
            for desk in behind:
                self._heals(partial(self.exchange, desk))
                self._heals(partial(read_through, desk, self.acts.reports))
            head = self.store.api.head()
            behind = [desk for desk in there if not _is_up_to_date(desk, head)]
            if not behind:
                return
            self.true.pass_by(LONGEST_HOLD)

    def _people(self) -> list[DeskSide]:
        clocks: dict[str, MachineClock] = {}
        people = []
        for person, workstation in self.random.sample(DESKS, self.random.choice(CAST)):
            skew = timedelta(seconds=self.random.choice(SKEWS_S))
            clock = clocks.setdefault(workstation, MachineClock(self.true, skew))
            people.append(
                DeskSide(
                    self.store, self.weather, person, workstation, self.folder, self.random, clock
                )
            )
        return people

    def _somebody(self) -> DeskSide:
        """A few people do most of it."""
        n = len(self.desks)
        return self.desks[min(self.random.randrange(n), self.random.randrange(n))]

    def _some_start(self) -> str:
        names = list(STARTS)
        is_plain = self.random.random() > SELDOM_STARTS
        return names[0] if is_plain else self.random.choice(names[1:])

    def _some(self, all_of_them: tuple[str, ...]) -> tuple[str, ...]:
        """A part of the faults: runs with few of them reach further than runs with all."""
        share = self.random.choice((0.0, 0.2, 0.5, 1.0))
        return tuple(one for one in all_of_them if self.random.random() < share)


def run(
    seed: int, ground: Ground, *, faults: Sequence[str] | None = None, last: int = 40
) -> Outcome:
    """Run one seed to its end; what it found wrong comes with the last happenings.

    `faults` are the only ones of this run; without them the seed chooses.
    """
    began = time.process_time()
    shutil.rmtree(ground.folder / "run", ignore_errors=True)
    one = Run(seed, ground, faults)
    try:
        one.go()
    except Exception as wrong:  # noqa: BLE001 - whatever the product raises is a finding
        one.history.wrong("raised", f"{type(wrong).__name__}: {wrong}\n{_where(wrong)}")
    finally:
        _ended(one)
    found = tuple(str(violation) for violation in one.history.violations)
    return Outcome(
        seed=seed,
        seconds=time.process_time() - began,
        violations=found,
        sometimes=dict(one.history.sometimes),
        digest=one.history.digest(),
        last=tuple(one.history.lines(last)) if found else (),
    )


def _has_nothing_to_send(desk: DeskSide) -> bool:
    return desk.desk.stock.outbox.waiting() == 0


def _is_up_to_date(desk: DeskSide, head: int) -> bool:
    stock = desk.desk.stock
    return stock.shelf.standing().position == head and stock.outbox.waiting() == 0


def _ended(one: Run) -> None:
    try:
        one.end()
    except Exception as wrong:  # noqa: BLE001 - the same
        one.history.wrong("raised", f"{type(wrong).__name__}: {wrong}\n{_where(wrong)}")


def _where(wrong: BaseException) -> str:
    return "".join(traceback.format_tb(wrong.__traceback__)[-6:])
