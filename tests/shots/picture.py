"""A picture: its name, who sits at the desk, and what they have done to see it."""

from collections.abc import Callable

from msgspec import Struct

from tests.shots.story import Night
from workstation.views.shell import MainWindow

Act = Callable[[Night, MainWindow], object]


class Picture(Struct, frozen=True):
    """One picture: `act` runs in the person's fresh window."""

    name: str
    who: str
    act: Act
    is_demonstration: bool = False


def show(window: MainWindow, night: Night, name: str) -> None:
    window.open_report(night[name])


def on_panel(index: int, report: str) -> Act:
    def act(night: Night, window: MainWindow) -> None:
        show(window, night, report)
        window.work.decide.open_panel(index)

    return act
