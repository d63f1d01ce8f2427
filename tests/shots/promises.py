"""Pictures of promises: the sum, “I said I would”, two that are late, what is still owed."""

from datetime import timedelta

from PySide6.QtWidgets import QLineEdit

from tests.shots.picture import Picture, show
from tests.shots.story import Night
from workstation.domain.claiming import ClaimReport
from workstation.domain.promising import MakePromise
from workstation.domain.report import Victim
from workstation.ui.select import Select
from workstation.views.report.needs_form import NEEDING
from workstation.views.report.promise_forms import INITIAL, SAYING
from workstation.views.shell import MainWindow
from workstation.views.work import OWED


def promise_sum(night: Night, window: MainWindow) -> None:
    """Every clock of a crime that was handed over: elapsed time, working days, what was said."""
    _say(night, window, "handed", "Ring the bakery", timedelta(hours=6))
    show(window, night, "handed")
    window.work.report.toggle_promises()


def i_said(night: Night, window: MainWindow) -> None:
    """One key, what and by when; what is typed is read back."""
    show(window, night, "burglary")
    window.work.report.ask(SAYING)
    form = window.work.report.form
    assert form is not None
    for name, words in (("what", "Call back when an officer is free"), ("when", "tomorrow 9")):
        editor = form.fields[name].editor
        assert isinstance(editor, QLineEdit)
        editor.setText(words)


def said(night: Night, window: MainWindow) -> None:
    """What was said stands on the page and in the row."""
    _say(night, window, "burglary", "Call back", timedelta(minutes=50))
    show(window, night, "burglary")


def two_late(night: Night, window: MainWindow) -> None:
    """Several clocks are late: page and row say which."""
    show(window, night, "complaint")


def initial_check(night: Night, window: MainWindow) -> None:
    """The first of the two stages."""
    show(window, night, "plates")
    window.work.report.ask(INITIAL)


def owed(night: Night, window: MainWindow) -> None:
    """Handed over, and the public not told."""
    window.go(OWED)
    show(window, night, "handed")


def needs(night: Night, window: MainWindow) -> None:
    """A crime against somebody: what she needs, and whether support was taken."""
    id = night["harassment"]
    window.desk.submit(ClaimReport(report=id))
    window.desk.record_crime(id, "195/94", Victim("person", "Marta Kowal"))
    show(window, night, "harassment")
    window.work.report.toggle_promises()
    window.work.report.ask(NEEDING)
    form = window.work.report.form
    assert form is not None
    found, support = form.fields["found"].editor, form.fields["support"].editor
    assert isinstance(found, QLineEdit)
    assert isinstance(support, Select)
    found.setText("Afraid to be alone; her daughter sleeps badly")
    support.setCurrentIndex(1)


def _say(night: Night, window: MainWindow, name: str, what: str, by: timedelta) -> None:
    due_at = window.desk.clock.now() + by
    made = MakePromise(report=night[name], promise=f"{name}-1", what=what, due_at=due_at)
    assert window.desk.submit(made) is None


PROMISES = (
    Picture("two_late", "kelly", two_late),
    Picture("initial_check", "kelly", initial_check),
    Picture("i_said", "kelly", i_said),
    Picture("said", "kelly", said),
    Picture("owed", "kelly", owed),
    Picture("promise_sum", "kelly", promise_sum),
    Picture("needs", "kelly", needs),
)
