"""The keys that the decision panels read by themselves, for the sheet of keys: letters and digits.

They work outside a text, in the panel under whose name they stand.
"""

from functools import partial

from workstation.views.actions import Actions, Spec
from workstation.views.decide.column import GRADE, REDIRECT
from workstation.views.decide.grade_words import short_name
from workstation.views.decide.redirect_panel import WAY_LETTERS, WAYS
from workstation.views.reasons import Reasons
from workstation.views.window import Window

IN_GRADE, IN_REDIRECT = "In Assess and grade", "In Redirect"


def add_panel_keys(window: Window, actions: Actions, why: Reasons) -> None:
    """Put them in the one list, from the pack and the panels themselves."""
    pack, press = window.desk.pack, partial(_press, window)
    rows = [
        *((IN_GRADE, f"{one.name} (THRIVE)", one.key, one.key) for one in pack.thrive),
        *((IN_GRADE, f"Grade {short_name(g)}", f"Alt+{g.code}", g.code) for g in pack.grades),
        *((IN_REDIRECT, WAYS[at], letter, letter) for letter, at in WAY_LETTERS.items()),
        (IN_GRADE, "No risk found", "0", "0"),
        (IN_REDIRECT, "No risk found", "0", "0"),
    ]
    for context, text, keys, key in rows:
        actions.add(
            Spec(id=f"{context}/{keys}", text=text, run=partial(press, context, keys, key),
                 keys=keys, context=context, why_not=why.not_mine_to_write, bound=False)
        )  # fmt: skip


def _press(window: Window, context: str, keys: str, key: str) -> None:
    column = window.work.decide
    column.open_panel(GRADE if context == IN_GRADE else REDIRECT)
    if keys.startswith("Alt"):
        column.grade.pick(key)
    elif column.panel is not None:
        column.panel.key(key)
