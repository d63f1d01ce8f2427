"""A program that starts, says `painted` when its window is, and ends with its standard input.

`bare`: a QMainWindow. `first`: our first window. `queue FILE`: ours, until the queue is painted.
"""

import sys


def main(arguments: list[str]) -> None:
    """Start as the first word says."""
    if arguments[0] == "bare":
        bare()
    elif arguments[0] == "first":
        from workstation.ui.first_window import first_window  # noqa: PLC0415 - it is what is timed

        kept = first_window()
        tell("painted")
        del kept
    else:
        from tests.bench.start_queue import queue  # noqa: PLC0415 - it is what is timed

        queue(arguments[1], tell)


def bare() -> None:
    """The least a window in Python can be."""
    from PySide6.QtWidgets import QApplication, QMainWindow  # noqa: PLC0415 - it is what is timed

    application = QApplication([])
    window = QMainWindow()
    window.resize(1366, 768)
    window.show()
    application.processEvents()
    tell("painted")


def tell(word: str) -> None:
    """One word on standard output, at once."""
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
