"""Pictures of what is read to the caller, and of coming back after an interruption."""

from msgspec.structs import replace

from tests.shots.picture import Picture, show
from tests.shots.story import Night
from tests.told import thrive
from workstation.domain.claiming import ClaimReport
from workstation.domain.grading import EscalateEmergency
from workstation.domain.redirection import RedirectReport
from workstation.domain.report import Victim
from workstation.domain.risk import lowest_levels
from workstation.views.report.say_form import READING
from workstation.views.shell import MainWindow


def say_crime(night: Night, window: MainWindow) -> None:
    """The crime number in groups and letter by letter, what comes next, by when, what to keep."""
    desk = window.desk
    shown = desk.report(night["burglary"])
    if shown is not None and not shown.report.crimes:
        offence = desk.offences("burglary")[0]
        desk.record_crime(night["burglary"], offence.code, Victim("person", "Ann Other"))
    show(window, night, "burglary")
    window.work.report.ask(READING)


def say_redirected(night: Night, window: MainWindow) -> None:
    """An agency that has not said yet that it has it; after it, the notice that led here."""
    desk, id = window.desk, night["noise"]
    shown = desk.report(id)
    if shown is not None and shown.report.redirection is None:
        risk = replace(thrive(id, lowest_levels(desk.pack)), interim="", rara=())
        go = RedirectReport(report=id, agency="cambridge-city", message="The council has this.")
        for command in (ClaimReport(report=id), risk, go):
            refusal = desk.submit(command)
            assert refusal is None, refusal
    show(window, night, "noise")
    window.work.report.ask(READING)


def decided_last(night: Night, window: MainWindow) -> None:
    """The list has gone on; a notice leads to the words for the report that was decided."""
    say_redirected(night, window)
    window.work.decide.done.emit("Redirected to Cambridge City Council.")


def say_ask_first(night: Night, window: MainWindow) -> None:
    """Contact may be unsafe: the question, and none of the words."""
    desk, id = window.desk, night["harassment"]
    shown = desk.report(id)
    if shown is not None and shown.report.grading is None:
        refusal = desk.submit(EscalateEmergency(report=id, why="He is outside her house"))
        assert refusal is None, refusal
    show(window, night, "harassment")
    window.work.report.ask(READING)


def say_after_yes(night: Night, window: MainWindow) -> None:
    """The same after they said yes: nothing to write down, and how to be in danger silently."""
    say_ask_first(night, window)
    form = window.work.report.form
    assert form is not None
    form.send()


def back(night: Night, window: MainWindow) -> None:
    """After an interruption: the same report, panel, field and cursor, and what was done there."""
    show(window, night, "plates")
    window.work.decide.open_panel(0)
    reason = window.work.decide.grade.reason
    reason.setFocus()
    reason.insertPlainText("Both plates are gone, and")
    night.hub.until(minutes=6)
    show(window, night, "knife")
    night.hub.until()
    window.back.go()


SAYING = (
    Picture("say_crime", "kelly", say_crime),
    Picture("say_redirected", "kelly", say_redirected),
    Picture("decided_last", "kelly", decided_last),
    Picture("say_ask_first", "kelly", say_ask_first),
    Picture("say_after_yes", "kelly", say_after_yes),
    Picture("back", "kelly", back),
)
