"""The keys for what a caller is told: open the words, say that they were told."""

from functools import partial

from workstation.views.actions import REPORT, Actions, Spec
from workstation.views.afterwards import SAY_LAST_KEYS, Afterwards
from workstation.views.reasons import Reasons
from workstation.views.report.say_form import READING
from workstation.views.window import Window


def add_telling(window: Window, actions: Actions, why: Reasons, afterwards: Afterwards) -> None:
    """Put them in the one list."""
    ask = partial(window.work.report.ask, READING)
    rows = (
        ("say", "Say this: what to read to the caller", ask, "Ctrl+Shift+S", "volume-2",
         why.nothing_to_say),
        ("say_last", "Say this of what you decided last", afterwards.say_last, SAY_LAST_KEYS,
         "volume-2", afterwards.why_no_last),
        ("told", "Told caller: log it with the time", afterwards.tell, "Ctrl+Shift+T",
         "check-check", afterwards.why_not_tell),
    )  # fmt: skip
    for id, text, run, keys, icon, reason in rows:
        actions.add(
            Spec(id=f"report.{id}", text=text, run=run, keys=keys, context=REPORT, icon=icon,
                 why_not=reason)
        )  # fmt: skip
