"""What befalls the machines of a run besides the network: lines, programs, files, clocks, store.

Each fault is one function; a run is given some of them.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from tests.day import DAY
from tests.faults.copies import clone, wind_back, wind_back_over_a_return
from tests.faults.desk_side import DeskSide, Saved
from tests.faults.disk import Fate
from tests.faults.spare import Spare
from tests.faults.together import MOST_DESKS, correct_late, leave_behind
from workstation.domain.report import Facts, Location, ReportId
from workstation.store.problems import ApiProblem
from workstation.sync.transport import ServerRefused
from workstation.wire.protocol import IntakeReport

if TYPE_CHECKING:
    from tests.faults.simulator import Run

BACKED_UP = 0.3
KILLS: tuple[Fate, ...] = ("killed before", "killed after")
TEN_YEARS_S = 86400 * 3653
JUMPS_S = (-3600, -40, 40, 3600, 86400 * 400, -86400 * 400, TEN_YEARS_S, -TEN_YEARS_S)
SLEEPS_H = (1, 3, 8, 14)
SLIP = timedelta(milliseconds=1)
NIGHTS_H = (13, 13, 13, 90)


class Befall:
    """The faults of a run, with what they need to remember."""

    def __init__(self, run: "Run") -> None:
        self._run = run
        self._random = run.random
        self._history = run.history
        self._saved: dict[str, tuple[DeskSide, Saved]] = {}
        self._spare = Spare(run)
        self._sent: list[IntakeReport] = []
        self._reports_then: list[ReportId] = list(run.acts.reports)

    def cut(self) -> None:
        """A line is cut, or mended."""
        wire = self._random.choice(self._run.desks).wire
        wire.is_cut = not wire.is_cut

    def restart(self) -> None:
        """A program is ended in order and started again."""
        desk = self._open_desk()
        desk.close()
        self._started_again(desk)

    def crash(self) -> None:
        """A program is killed and started again."""
        desk = self._open_desk()
        desk.kill()
        self._started_again(desk)

    def killed_at_a_commit(self) -> None:
        """A program will be killed just before or after one of its next commits."""
        desk = self._open_desk()
        fate: Fate = self._random.choice(KILLS)
        of, most = self._random.choice((("work", 6), ("cache", 2)))
        desk.disk.will(fate, self._random.randrange(most), of)
        if self._random.random() < 0.5:
            self._run.exchange(desk)

    def full_disk(self) -> None:
        """A desk's disk is full, or there is room again."""
        disk = self._open_desk().disk
        disk.will("" if disk.fate == "full" else "full")

    def lose_the_cache(self) -> None:
        """cache.db is gone when the program starts again."""
        desk = self._open_desk()
        desk.close()
        for tail in ("", "-wal", "-shm"):
            (desk.files / f"cache.db{tail}").unlink(missing_ok=True)
        self._reopen_without_cache(desk, "the cache was lost and filled again")

    def damage_the_cache(self) -> None:
        """A program is killed, and a page of its cache.db is rubbish when it starts again."""
        desk = self._open_desk()
        desk.kill()
        self._damage(desk)

    def damage_a_closed_cache(self) -> None:
        """The same after an ordinary end, when the file says that all was well."""
        desk = self._open_desk()
        desk.close()
        self._damage(desk)

    def heal(self) -> None:
        """Whoever is told that the cache cannot be read closes the program and opens it again."""
        for desk in self._run.desks:
            if desk.is_open and not desk.is_sound:
                desk.note_what_is_kept()
                desk.close()
                self._reopen_without_cache(desk, "damage was met while the program ran")

    def _damage(self, desk: DeskSide) -> None:
        path = desk.files / "cache.db"
        if not path.exists():
            self._reopen_without_cache(desk, "the cache was lost and filled again")
            return
        whole = bytearray(path.read_bytes())
        at = self._random.randrange(max(1, len(whole) - 64))
        whole[at : at + 64] = self._random.randbytes(64)
        path.write_bytes(bytes(whole))
        desk.was_damaged = True
        self._reopen_without_cache(desk, "a damaged cache was opened")

    def wind_back(self) -> None:
        """An old copy of a profile is taken, or put back."""
        if not self._saved:
            desk = self._open_desk()
            self._saved[desk.name] = desk, desk.save()
            return
        _, (desk, saved) = self._saved.popitem()
        wind_back(self._run, desk, saved)

    def wind_back_over_a_return(self) -> None:
        """A copy is put back whose numbers went back, and were lent to others, since."""
        wind_back_over_a_return(self._run, self._open_desk())

    def clone(self) -> None:
        """A profile is copied to another machine, where the same person works on."""
        if len(self._run.desks) < MOST_DESKS:
            clone(self._run, self._open_desk())

    def clock_jumps(self) -> None:
        """A machine's clock is set to another time."""
        desk = self._random.choice(self._run.desks)
        before = desk.desk.clock.now() if desk.is_open else None
        desk.clock.skew += timedelta(seconds=self._random.choice(JUMPS_S))
        if before is not None:
            _moves_no_record(desk, before)

    def machine_sleeps(self) -> None:
        """A machine sleeps for hours; the store looks, others work on, and then it wakes.

        Whoever sits there goes on where they stopped, before the program has met the store.
        """
        run, desk = self._run, self._open_desk()
        if not desk.is_open:
            return
        held = desk.exchange.holds()
        desk.clock.sleep(timedelta(hours=self._random.choice(SLEEPS_H)))
        run.store.look()
        awake = [one for one in run.desks if one.clock is not desk.clock]
        if awake:
            run.exchange(self._random.choice(awake))
        lost = run.store.lost_to(desk.person, held)
        self._history.met("what a sleeping machine held was lost meanwhile", len(lost))
        if lost and self._random.random() < 0.7:
            ended = run.acts.finish(desk, self._random.choice(lost))
            self._history.met("who woke went on with what was lost", int(ended))

    def store_clock_goes_back(self) -> None:
        """The store's own clock is set back by up to an hour."""
        self._run.store.set_back(timedelta(seconds=self._random.choice((5, 60, 3000))))

    def store_restarts(self) -> None:
        """The store's process ends and starts again, or stays away for a while."""
        store = self._run.store
        store.is_up = not store.is_up if self._random.random() < 0.4 else True
        store.restart()

    def store_disk_full(self) -> None:
        """The next commits of the store fail."""
        self._run.store.fails_commits = self._random.randrange(1, 4)

    def store_is_restored(self) -> None:
        """The store is backed up, or put back to its last backup; desks refill it.

        Until there is a newer one the last backup is that of the night before.
        """
        run = self._run
        if self._random.random() < BACKED_UP:
            run.ground.back_up()
            self._reports_then = list(run.acts.reports)
            return
        run.store.fails_commits = 0
        lost = run.store.api.head()
        run.ground.restore()
        run.store.goes_back()
        run.acts.reports[:] = self._reports_then
        for desk in run.desks:
            run.store.forgets(desk.credentials.session())
        self._history.met("the store was restored from a backup")
        self._history.met("a restored store had lost work", int(run.store.api.head() < lost))

    def public(self) -> None:
        """The public sends something, new or again."""
        if self._sent and self._random.random() < 0.4:
            self._run.store.receive(self._random.choice(self._sent))
            return
        channel, account, town = self._random.choice(DAY)
        sent = IntakeReport(
            source="web",
            external_id=str(len(self._sent)),
            channel=channel,
            received_at=self._run.true.time,
            account=account,
            facts=Facts(title=account[:30]),
            location=Location(text=town),
            happening_now=self._random.random() < 0.1,
        )
        self._sent.append(sent)
        receipt = self._run.store.receive(sent)
        if receipt is not None and receipt.report not in self._run.acts.reports:
            self._run.acts.reports.append(receipt.report)

    def night(self) -> None:
        """Thirteen hours, or a long weekend: every sign-in has ended."""
        self._run.true.pass_by(timedelta(hours=self._random.choice(NIGHTS_H)))

    def numbers_come_back(self) -> None:
        """Another client leases numbers and gives some back; they are lent again to others."""
        if self._spare_did(self._spare.lends_and_returns):
            self._history.met("numbers were given back")

    def a_number_is_held(self) -> None:
        """Another client uses a number that was not lent to it; a supervisor lets the crime."""
        run, report = self._run, self._run.acts.some_report()
        if not self._spare_did(partial(self._spare.uses_anothers, report)):
            return
        for senior in [one for one in run.desks if one.person == "sue"]:
            run.exchange(senior)
            run.acts.release_held(senior, report)

    def a_correction_comes_late(self) -> None:
        """A report is moved while its holder corrects it."""
        correct_late(self._run, self._open_desk())

    def a_colleagues_work_is_released(self) -> None:
        """Somebody leaves with work unsent, and a supervisor lets it leave."""
        gone = self._open_desk()
        leave_behind(self._run, gone)
        if not gone.is_open and self._random.random() < 0.5:
            self._started_again(gone)

    def _spare_did(self, work: Callable[[], None]) -> bool:
        try:
            work()
        except (ApiProblem, ServerRefused) as wrong:
            self._history.tell("fail", "spare", "numbers", said=str(wrong))
            return False
        return True

    def _open_desk(self) -> DeskSide:
        run = self._run
        opened = [desk for desk in run.desks if desk.is_open]
        return self._random.choice(opened) if opened else run.opened(run.desks[0])

    def _started_again(self, desk: DeskSide) -> None:
        """All that was typed is there; often a crime is recorded next, under a fresh number."""
        desk.open()
        desk.check_typed()
        if self._random.random() < 0.5:
            self._run.acts.crime(desk, self._run.acts.some_report())

    def _reopen_without_cache(self, desk: DeskSide, met: str) -> None:
        """It may need the store for the force pack, as on its first day."""
        desk.versions.clear()
        desk.open()
        self._history.met(met)
        desk.check_typed()


def _moves_no_record(desk: DeskSide, before: datetime) -> None:
    """The clock of its PC was set: time on record goes on as it did (I28)."""
    moved = desk.desk.clock.now() - before
    sentence = f"the clock of {desk.name}'s PC was set, and its records moved by {moved}"
    desk.history.hold("I28", abs(moved) < SLIP, sentence)
    desk.history.met("a PC's clock was set while its program ran")


FAULTS: dict[str, Callable[[Befall], None]] = {
    "cut or mend": Befall.cut,
    "restart": Befall.restart,
    "crash": Befall.crash,
    "killed at a commit": Befall.killed_at_a_commit,
    "full disk": Befall.full_disk,
    "lose the cache": Befall.lose_the_cache,
    "damage the cache": Befall.damage_the_cache,
    "damage a closed cache": Befall.damage_a_closed_cache,
    "wind back": Befall.wind_back,
    "wind back over a return": Befall.wind_back_over_a_return,
    "clone": Befall.clone,
    "clock jumps": Befall.clock_jumps,
    "a machine sleeps": Befall.machine_sleeps,
    "store clock goes back": Befall.store_clock_goes_back,
    "store restarts": Befall.store_restarts,
    "store disk full": Befall.store_disk_full,
    "store restored": Befall.store_is_restored,
    "a night goes by": Befall.night,
    "numbers come back": Befall.numbers_come_back,
    "a number is held": Befall.a_number_is_held,
    "a correction comes late": Befall.a_correction_comes_late,
    "a colleague's work is released": Befall.a_colleagues_work_is_released,
}
