"""Pictures of what is asked and advised: question sets by guide, in every state."""

from tests.shots.camera import settle
from tests.shots.picture import Picture
from tests.shots.story import Night
from workstation.domain.answering import AnswerQuestions, GiveAdvice
from workstation.domain.entry import Given
from workstation.views.shell import MainWindow

SAID_BY = "Karen Whitfield"


def not_asked(night: Night, window: MainWindow) -> None:
    """Suggested by marked words, and nobody has asked: it says not done."""
    window.open_report(night["harassment"])
    window.commands.run("report.questions")


def being_asked(night: Night, window: MainWindow) -> None:
    """Answers begun and not logged: one calls for officers, one for a flag."""
    not_asked(night, window)
    form = window.work.report.guides.form
    assert form is not None
    for question, choice in (("there-now", 1), ("can-talk", 0), ("hurt", 0), ("choked", 0)):
        row = form.rows[question].choice
        assert row is not None
        row.choose(choice)


def asked(night: Night, window: MainWindow) -> None:
    """In the log: answers of two people, one corrected, advice read out."""
    kelly = night.seats["kelly"]
    shown = kelly.desk.report(night["earlier"])
    if shown is not None and not shown.report.answered:
        first = (Given("there-now", "no"), Given("choked", "yes"), Given("children", "yes"))
        later = (Given("choked", "not known"), Given("afraid-of", "That he waits at the school"))
        lines = ("keep", "phone")
        of, guide = night["earlier"], "domestic-abuse"
        kelly.do(AnswerQuestions(report=of, guide=guide, answers=first, said_by=SAID_BY))
        kelly.do(AnswerQuestions(report=of, guide=guide, answers=later, said_by="Her sister"))
        kelly.do(GiveAdvice(report=of, guide=guide, lines=lines, told=SAID_BY))
    window.open_report(night["earlier"])
    window.commands.run("report.questions")


def missing(night: Night, window: MainWindow) -> None:
    """A missing person: what is typed is taken, and marked where it is doubtful."""
    window.open_report(night["missing"])
    tab = window.work.report.guides
    window.commands.run("report.questions")
    tab.choose("missing")
    assert tab.form is not None
    for question, words in (("name", "Jakub Nowak"), ("born", "31/02/2013")):
        line = tab.form.rows[question].line
        assert line is not None
        line.setText(words)
        line.textEdited.emit(words)
    tab.form.rows["born"].take_focus()


def advice(night: Night, window: MainWindow) -> None:
    """Advice to read out, some of it ticked."""
    window.open_report(night["burglary"])
    tab = window.work.report.guides
    window.commands.run("report.questions")
    tab.choose("property")
    assert tab.form is not None
    tab.form.advice["touch"].tick.click()
    settle()
    tab.area.verticalScrollBar().setValue(tab.area.verticalScrollBar().maximum())


ASKING = (
    Picture("questions_not_asked", "kelly", not_asked),
    Picture("questions_begun", "kelly", being_asked),
    Picture("questions_asked", "kelly", asked),
    Picture("questions_missing", "kelly", missing),
    Picture("advice", "kelly", advice),
)
