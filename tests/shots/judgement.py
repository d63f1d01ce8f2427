"""Pictures of the handler's judgement: lowering, hard rules, a risk to assess again, closing."""

from tests.shots.camera import settle, wait_until
from tests.shots.picture import Picture, on_panel, show
from tests.shots.story import Night
from tests.told import thrive
from workstation.domain.act import Command
from workstation.domain.answering import AnswerQuestions
from workstation.domain.claiming import ClaimReport
from workstation.domain.closing import ReopenReport
from workstation.domain.contacting import SetSafeContact
from workstation.domain.entry import Given
from workstation.domain.flagging import SetFlag
from workstation.domain.grading import EscalateEmergency, GradeReport
from workstation.domain.report import ReportId
from workstation.domain.risk import lowest_levels
from workstation.views.report.lowering_form import LOWERING
from workstation.views.report.right_care_form import CARING
from workstation.views.report.safe_contact_form import REACHING
from workstation.views.report.settling_form import settling
from workstation.views.shell import ATTENTION, SETTINGS, MainWindow


def _ask_to_lower(night: Night) -> ReportId:
    """Kelly would lower an emergency of hers; everybody has it."""
    kelly, report = night.seats["kelly"], night["harassment"]
    shown = kelly.desk.report(report)
    if shown is None or shown.report.lowering is None:
        night.hub.until(minutes=1)
        kelly.do(EscalateEmergency(report=report, why="He is outside her door"))
        night.hub.until(minutes=0)
        kelly.do(thrive(report, lowest_levels(kelly.desk.pack), {"T": "He has left the town"}))
        lower = GradeReport(report=report, code="P", reason="He left; she is at hers", was="I")
        kelly.do(lower)
        night.exchange()
    return report


def lowering(night: Night, window: MainWindow) -> None:
    """What who asked reads: the emergency stands."""
    _ask_to_lower(night)
    on_panel(0, "harassment")(night, window)
    window.work.decide.grade.pick("S")


def lowering_answer(night: Night, window: MainWindow) -> None:
    """What a supervisor reads, and how it is answered."""
    _ask_to_lower(night)
    show(window, night, "harassment")
    window.work.report.ask(LOWERING)


def lowering_attention(night: Night, window: MainWindow) -> None:
    """Where a supervisor finds it."""
    _ask_to_lower(night)
    window.go(ATTENTION)


def _do(night: Night, *commands: Command) -> None:
    kelly = night.seats["kelly"]
    for command in commands:
        refusal = kelly.desk.submit(command)
        assert refusal is None, refusal


def hard_rule(night: Night, window: MainWindow) -> None:
    """A home burglary is refused where it would be left unattended."""
    report = night["burglary_again"]
    levels = lowest_levels(night.seats["kelly"].desk.pack)
    _do(night, ReopenReport(report=report, reason="It is another house"),
        ClaimReport(report=report), SetFlag(report=report, flag="home-burglary"),
        thrive(report, levels))  # fmt: skip
    on_panel(0, "burglary_again")(night, window)
    grade = window.work.decide.grade
    grade.pick("R")
    grade.reason.set_text("Advice is enough")
    settle()
    wait_until(lambda: not window.work.decide.hold.is_settling)
    window.press_primary()


def hard_rule_redirect(night: Night, window: MainWindow) -> None:
    """A concern for welfare is sent nowhere before the caller was told whether police attend."""
    report = night["bike"]
    levels = lowest_levels(night.seats["kelly"].desk.pack)
    _do(night, ClaimReport(report=report), SetFlag(report=report, flag="welfare"),
        thrive(report, levels))  # fmt: skip
    on_panel(1, "bike")(night, window)
    window.work.decide.redirect.key("P")
    settle()
    wait_until(lambda: not window.work.decide.hold.is_settling)
    window.press_primary()


def right_care(night: Night, window: MainWindow) -> None:
    """Which limb it is, and what the caller was told."""
    _do(night, SetFlag(report=night["bike"], flag="welfare"))
    show(window, night, "bike")
    window.work.report.ask(CARING)


def missing_level(night: Night, window: MainWindow) -> None:
    """Somebody is missing, and nobody has judged how great the risk is."""
    _do(night, SetFlag(report=night["missing"], flag="missing"))
    show(window, night, "missing")
    window.work.report.ask(settling("missing", "level"))
    form = window.work.report.form
    assert form is not None
    form.fields["words"].editor.setProperty("currentIndex", 2)


def offender_there(night: Night, window: MainWindow) -> None:
    """A courier is on his way: not redirected, and not ended before somebody judged that."""
    answers = (Given("there", "yes"), Given("vulnerable", "yes"))
    _do(night, AnswerQuestions(report=night["noise"], guide="fraud", answers=answers))
    show(window, night, "noise")


def missing_judged(night: Night, window: MainWindow) -> None:
    """The level that was judged, by whom, and what each level means."""
    level = (Given("level", "High"),)
    _do(night, AnswerQuestions(report=night["missing"], guide="missing", answers=level,
                               said_by="Kelly Rowe"))  # fmt: skip
    show(window, night, "missing")
    window.commands.run("report.questions")
    tab = window.work.report.guides
    tab.choose("missing")
    assert tab.form is not None
    row = tab.form.row("level")
    row.take_focus()
    settle()
    tab.area.ensureWidgetVisible(row, 0, 12)


def assess_again(night: Night, window: MainWindow) -> None:
    """A flag came in after the risk was assessed."""
    report = night["noise"]
    night.hub.until(minutes=1)
    levels = lowest_levels(night.seats["kelly"].desk.pack)
    _do(night, ClaimReport(report=report), thrive(report, levels, {"H": "Nobody is hurt"}))
    night.hub.until(minutes=0)
    _do(night, SetFlag(report=report, flag="domestic-abuse"))
    on_panel(0, "noise")(night, window)


def caller_told(night: Night, window: MainWindow) -> None:
    """Closing: when, by whom and what the caller was told."""
    on_panel(1, "no_title")(night, window)
    redirect = window.work.decide.redirect
    redirect.key("0")
    redirect.key("X")
    redirect.close_form.reason.set_text("The caller found it again")
    redirect.close_form.told.answer.choose(0)
    redirect.close_form.told.what.setText("Nobody will come; ring again if it is gone")


def _say_how_to_reach(night: Night) -> None:
    _do(night, SetSafeContact(
        report=night["harassment"], ways={"phone": "unsafe", "text": "safe"},
        not_when="17:00 to 08:00", hidden_from="Dean Whitfield, who checks her phone",
    ))  # fmt: skip


def safe_contact(night: Night, window: MainWindow) -> None:
    """What is to be heeded before anybody rings or writes."""
    _say_how_to_reach(night)
    show(window, night, "harassment")


def safe_contact_form(night: Night, window: MainWindow) -> None:
    """How it is set, and changed."""
    _say_how_to_reach(night)
    show(window, night, "harassment")
    window.work.report.ask(REACHING)


def own_shorthand(_: Night, window: MainWindow) -> None:
    """Settings: a person's own shorthand, and a line of it that is wrong."""
    window.go(SETTINGS)
    field = window.settings.shorthand
    field.area.setFocus()
    field.area.insertPlainText(";bk Rang back at {time}, left my number.\n;nfa Mine")
    field.keep()


JUDGEMENT = (
    Picture("own_shorthand", "kelly", own_shorthand),
    Picture("safe_contact", "kelly", safe_contact),
    Picture("safe_contact_form", "kelly", safe_contact_form),
    Picture("hard_rule", "kelly", hard_rule),
    Picture("offender_there", "kelly", offender_there),
    Picture("hard_rule_redirect", "kelly", hard_rule_redirect),
    Picture("right_care", "kelly", right_care),
    Picture("missing_level", "kelly", missing_level),
    Picture("missing_judged", "kelly", missing_judged),
    Picture("assess_again", "kelly", assess_again),
    Picture("caller_told", "kelly", caller_told),
    Picture("lowering", "kelly", lowering),
    Picture("lowering_answer", "sam", lowering_answer),
    Picture("lowering_attention", "sam", lowering_attention),
)
