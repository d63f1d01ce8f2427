"""The one entry point: `python -m workstation [desk|demo|store|demand]`, frozen or not.

The window is painted before the rest is imported: importing takes twice as long as opening it,
and a store needs no Qt. These are the only late imports there are.
"""

import os
import sys

USAGE = """Usage: python -m workstation [desk | demo | store ... | demand ...]
  desk     open the workstation (the default)
  demo     open it on an embedded store with live demonstration demand
  store    run or care for a central store: init, serve, user add, import, verify
  demand   play demonstration reports into a store; score FILE: suggestions beside labels"""


def main(arguments: list[str]) -> int:
    """Do what the first word asks; the result is the exit status."""
    task, rest = (arguments[0], arguments[1:]) if arguments else ("desk", [])
    if task == "store":
        from workstation.store.cli import main as store

        return store(rest)
    if task == "demand":
        from workstation.demand.cli import main as demand

        return demand(rest)
    if task == "embedded":
        from workstation.app.embedded import main as embedded

        return embedded(rest)
    if task in ("desk", "demo"):
        return _window(task, rest)
    print(USAGE, file=sys.stderr)
    return 2


def _window(task: str, rest: list[str]) -> int:
    if sys.platform.startswith("linux") and not _has_screen():
        print(
            "There is no screen here: set DISPLAY or WAYLAND_DISPLAY, or use `make run`, which "
            "starts a virtual one.",
            file=sys.stderr,
        )
        return 2
    from workstation.ui.first_window import first_window

    application, window = first_window()
    from workstation.app.start import start

    return start(task, rest, application, window)


def _has_screen() -> bool:
    return any(os.environ.get(n) for n in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
