"""A profile of which there are two: put back to an old copy, or copied to another machine.

Both sides take contacts, before and after they meet the store: what one spoke the other has, too.
"""

from functools import partial
from typing import TYPE_CHECKING

from tests.faults.desk_side import DeskSide, Saved
from workstation.desk.numbering import SIZES
from workstation.domain.numbers import series_at
from workstation.sync.marks import HeldMarks

if TYPE_CHECKING:
    from tests.faults.simulator import Run

NO_MARK = 0.6


def wind_back(run: "Run", desk: DeskSide, saved: Saved) -> None:
    """An old copy of the profile is put back; often twice, with a number of its own each time."""
    _take_a_contact(run, desk)
    told = 0
    is_twice = run.random.random() < 0.6 and not _is_copied(run, desk)
    for _ in range(1 + is_twice):
        _put_back(run, desk, saved, 1.0 if is_twice else NO_MARK)
        run.history.met("a profile was wound back")
        told += is_twice and _tells_its_own_reference(run, desk)
    run.history.met("one copy put back twice told two of its own references", int(told > 1))
    _take_a_contact(run, desk)


def wind_back_over_a_return(run: "Run", desk: DeskSide) -> None:
    """A profile is copied, its numbers go back and are lent to another, then it is put back."""
    others = [one for one in run.desks if one.origin != desk.origin]
    if _is_copied(run, desk) or not others:
        return
    run.exchange(desk)
    saved = desk.save()
    desk.lives(desk.desk.give_back_numbers)
    run.exchange(desk)
    other = run.opened(run.random.choice(others))
    _lend_more(run, other)
    for one in (other, desk):
        if one is desk:
            _put_back(run, desk, saved)
            _meet_numbers_let_go(run, desk)
        run.acts.crime(one, run.acts.some_report())
        run.acts.take(one, run.acts.some_report())


def clone(run: "Run", source: DeskSide) -> None:
    """A profile is copied to another machine, where the same person works on."""
    name = f"C{len(run.desks)}"
    copy = DeskSide(
        run.store, run.weather, source.person, name, run.folder, run.random, source.clock
    )
    copy.files.mkdir(parents=True)
    for file, content in source.save().files.items():
        (copy.files / file).write_bytes(content)
    copy.typed = dict(source.typed)
    copy.origin = source.origin
    source.has_a_copy()
    copy.copied_in = source.copied_in
    copy.sign_in()
    run.desks.insert(0, copy)
    run.history.met("a profile was cloned")
    for desk in (source, copy):
        _take_a_contact(run, desk)


def _take_a_contact(run: "Run", desk: DeskSide) -> None:
    """A number is spoken, after the desk met the store or before."""
    is_met = run.random.random() < 0.5
    if is_met:
        run.exchange(desk)
    run.acts.take(run.opened(desk), run.acts.some_report())
    if not is_met:
        run.exchange(desk)


def _put_back(run: "Run", desk: DeskSide, saved: Saved, no_mark: float = NO_MARK) -> None:
    """The old files, with the keyring as it is now, or without what it had."""
    run.opened(desk)
    if run.random.random() < no_mark:
        desk.marks = HeldMarks()
    desk.wind_back(saved)


def _is_copied(run: "Run", desk: DeskSide) -> bool:
    """Whether another machine has this profile, too: what the one gives back the other speaks."""
    return any(one is not desk and one.origin == desk.origin for one in run.desks)


def _tells_its_own_reference(run: "Run", desk: DeskSide) -> bool:
    """It meets the store, gives its numbers back, and takes a contact: under one of its own.

    Whether it did, with the letters of an outbox that it has begun since it was put back.
    """
    run.exchange(desk)
    desk.lives(desk.desk.give_back_numbers)
    before = set(desk.did)
    run.acts.take(desk, run.acts.some_report())
    taken = [desk.did[id] for id in set(desk.did) - before]
    own = [done.copy for done in taken if done.spoken.startswith(f"{desk.workstation}-")]
    return any(copy is not None and copy.has_begun_anew for copy in own)


def _lend_more(run: "Run", desk: DeskSide) -> None:
    """It asks for numbers early, as it would once few are left: the lowest that went back."""
    for kind, size in SIZES.items():
        one = desk.desk  # another one where it was killed by what it asked before
        ask = partial(one.stock.blocks.ask, one.stock.outbox.outbox_id("main"))
        desk.lives(partial(ask, series_at(one.pack, kind, one.clock.now()), size))
    run.exchange(desk)


def _meet_numbers_let_go(run: "Run", desk: DeskSide) -> None:
    blocks, now = desk.desk.stock.blocks, desk.desk.clock.now()
    all_series = [series_at(desk.desk.pack, kind, now) for kind in SIZES]
    is_rid = not any(blocks.held(one) for one in all_series)
    run.history.met("numbers of an old copy were let go", int(is_rid))
