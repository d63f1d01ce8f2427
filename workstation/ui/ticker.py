"""One tick a second for the whole program, so that no timer runs of its own."""

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

_NAME = "workstation_ticker"


class Ticker(QObject):
    """Signals `tick` once a second while it lives."""

    tick = Signal()

    def __init__(self, parent: QObject, interval_ms: int = 1_000) -> None:
        super().__init__(parent)
        self.setObjectName(_NAME)
        self._timer = QTimer(self)
        self._timer.setInterval(interval_ms)
        self._timer.timeout.connect(self.tick)
        self._timer.start()

    def stop(self) -> None:
        """No more ticks."""
        self._timer.stop()


def ticker() -> Ticker:
    """The program's one ticker, made when first asked for."""
    app = QCoreApplication.instance()
    if app is None:
        raise RuntimeError("The ticker needs a running application.")
    found = app.findChild(Ticker, _NAME)
    return found if isinstance(found, Ticker) else Ticker(app)


def stop_ticking() -> None:
    """Nothing that ticks now ticks again: its window is about to lose what it reads."""
    old = ticker()
    old.setObjectName("")
    old.stop()
    old.deleteLater()
