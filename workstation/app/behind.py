"""What people left behind unsent at this PC: kept in the program's memory and in no file."""

from workstation.desk import Desk
from workstation.domain.roles import PersonId
from workstation.views.left_behind import LeftBehind, left_behind


class Behind:
    """Every emergency whose author left before dispatch had it, the oldest first."""

    def __init__(self) -> None:
        self._left: list[LeftBehind] = []

    def all(self) -> tuple[LeftBehind, ...]:
        """What is left behind just now."""
        return tuple(self._left)

    def leave(self, desk: Desk) -> None:
        """A person leaves this desk, which is still open."""
        self.come(desk.person.id)
        self._left += left_behind(desk)

    def come(self, person: PersonId) -> tuple[LeftBehind, ...]:
        """A person sits down: their own is at their own desk again; the rest is told."""
        self._left = [one for one in self._left if one.author != person]
        return self.all()

    def told(self, report: str) -> None:
        """Dispatch was told of it by voice."""
        self._left = [one for one in self._left if one.what.report != report]
