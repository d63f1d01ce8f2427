"""A profile of which there are two: put back to an old copy, or copied to another machine.

Both sides take contacts, before and after they meet the store: what one spoke the other has, too.
"""

from typing import TYPE_CHECKING

from tests.faults.desk_side import DeskSide, Saved

if TYPE_CHECKING:
    from tests.faults.simulator import Run


def wind_back(run: "Run", desk: DeskSide, saved: Saved) -> None:
    """An old copy of the profile is put back."""
    _take_a_contact(run, desk)
    run.opened(desk).wind_back(saved)
    run.history.met("a profile was wound back")
    _take_a_contact(run, desk)


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
