"""The one list of commands: it feeds menus, the palette, the sheet of keys, and tests.

What cannot be done just now stays in the list and says why.
"""

from collections.abc import Callable
from functools import partial

from msgspec import Struct
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from workstation.ui.palette import PaletteEntry
from workstation.ui.shortcut_sheet import Shortcut
from workstation.ui.tip import plain_tip

EVERYWHERE, REPORT, LOG, QUEUE = "Everywhere", "Report", "Log", "Lists"
_NAMES = {"Return": "Enter", "Meta": "Win"}


def _always() -> str:
    return ""


class Spec(Struct, frozen=True, kw_only=True):
    """One command: what it is called, which keys do it, where, and why it may not be done now.

    `bound` is False where the widget that has the focus reads the keys itself.
    """

    id: str
    text: str
    run: Callable[[], object]
    keys: str = ""
    context: str = EVERYWHERE
    icon: str = "command"
    why_not: Callable[[], str] = _always
    bound: bool = True
    detail: str = ""


class Actions(QObject):
    """Every command of the window as a QAction, by its id."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._specs: dict[str, Spec] = {}
        self._actions: dict[str, QAction] = {}

    def add(self, spec: Spec, *on: QWidget) -> QAction:
        """Add a command; `on` are the widgets within which its keys work, else everywhere."""
        if spec.id in self._specs:
            raise ValueError(f"two commands are called {spec.id}")
        action = QAction(spec.text, self._window)
        action.setObjectName(spec.id)
        if spec.keys and spec.bound:
            action.setShortcut(QKeySequence(spec.keys))
        scope = Qt.ShortcutContext.WindowShortcut
        if on:
            scope = Qt.ShortcutContext.WidgetWithChildrenShortcut
        action.setShortcutContext(scope)
        action.triggered.connect(lambda: self.run(spec.id))
        for widget in on or (self._window,):
            widget.addAction(action)
        self._specs[spec.id], self._actions[spec.id] = spec, action
        return action

    def run(self, id: str) -> bool:
        """Do a command unless it cannot be done now; says whether it was done."""
        spec = self._specs[id]
        if spec.why_not():
            return False
        spec.run()
        return True

    def action(self, id: str) -> QAction:
        """One command, for a menu."""
        return self._actions[id]

    def specs(self) -> tuple[Spec, ...]:
        """All commands in the order they were added."""
        return tuple(self._specs.values())

    def why_not(self, id: str) -> str:
        """Why a command cannot be done now, or nothing."""
        return self._specs[id].why_not()

    def refresh(self) -> None:
        """Say on each action for a menu whether it can be done, and why not."""
        for id, spec in self._specs.items():
            why = spec.why_not()
            self._actions[id].setToolTip(plain_tip(why or spec.text))
            self._actions[id].setStatusTip(why)

    def entries(self, context: str) -> list[PaletteEntry]:
        """The commands of a part of the program, for the palette."""
        return [self._entry(spec) for spec in self._specs.values() if spec.context == context]

    def shortcuts(self) -> list[Shortcut]:
        """Every command that has keys, for the sheet."""
        return [
            Shortcut(spec.context, spec.text, key_names(spec.keys))
            for spec in self._specs.values()
            if spec.keys
        ]

    def _run(self, id: str) -> None:
        self.run(id)

    def _entry(self, spec: Spec) -> PaletteEntry:
        why = spec.why_not()
        return PaletteEntry(
            text=spec.text,
            detail=spec.detail,
            keys=key_names(spec.keys),
            enabled=not why,
            why_disabled=why,
            run=partial(self._run, spec.id),
            icon=spec.icon,
        )


def key_names(keys: str) -> tuple[str, ...]:
    """`Ctrl+Return` as the names on the caps."""
    if not keys:
        return ()
    return tuple(_NAMES.get(key, key) for key in keys.split("+"))
