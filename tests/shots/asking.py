"""Pictures of what is asked and advised: question sets by guide, in every state."""

from datetime import timedelta

from tests.shots.camera import settle, wait_until
from tests.shots.picture import Picture
from tests.shots.story import Night
from workstation.domain.answering import AnswerQuestions, GiveAdvice
from workstation.domain.entry import Given
from workstation.domain.report import Channel, Facts, Location
from workstation.views.shell import TAKING, MainWindow

SAID_BY = "Karen Whitfield"


def _whole(window: MainWindow) -> None:
    """Questions are placed a turn each: the picture waits for the last of them."""
    form = window.work.report.guides.form
    assert form is not None
    wait_until(lambda: len(form.rows) == len(form.sheet.guide.questions))
    settle()


def not_asked(night: Night, window: MainWindow) -> None:
    """Suggested by marked words, and nobody has asked: it says not done."""
    window.open_report(night["harassment"])
    window.commands.run("report.questions")
    _whole(window)


def being_asked(night: Night, window: MainWindow) -> None:
    """Answers begun and not logged: one calls for officers, one for a flag."""
    not_asked(night, window)
    form = window.work.report.guides.form
    assert form is not None
    for question, choice in (("there-now", 1), ("can-talk", 0), ("hurt", 0), ("choked", 0)):
        row = form.row(question).choice
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
    _whole(window)


def missing(night: Night, window: MainWindow) -> None:
    """A missing person: what is typed is taken, and marked where it is doubtful."""
    window.open_report(night["missing"])
    tab = window.work.report.guides
    window.commands.run("report.questions")
    tab.choose("missing")
    assert tab.form is not None
    for question, words in (("name", "Jakub Nowak"), ("born", "31/02/2013")):
        line = tab.form.row(question).line
        assert line is not None
        line.setText(words)
        line.textEdited.emit(words)
    _whole(window)
    tab.form.row("born").take_focus()


def vehicle(night: Night, window: MainWindow) -> None:
    """Answers whose words need more than one line."""
    window.open_report(night["plates"])
    tab = window.work.report.guides
    window.commands.run("report.questions")
    tab.choose("vehicle")
    _whole(window)
    assert tab.form is not None
    row = tab.form.row("stolen").choice
    assert row is not None
    row.choose(2)


def advice(night: Night, window: MainWindow) -> None:
    """Advice to read out, some of it ticked."""
    window.open_report(night["burglary"])
    tab = window.work.report.guides
    window.commands.run("report.questions")
    tab.choose("property")
    assert tab.form is not None
    tab.form.advice["touch"].tick.click()
    _whole(window)
    tab.area.verticalScrollBar().setValue(tab.area.verticalScrollBar().maximum())


def strip(night: Night, window: MainWindow) -> None:
    """A note being typed: what was spoken of so far, and what is still unasked."""
    window.open_report(night["plates"])
    window.commands.run("log.note")
    box = window.work.report.composer.text
    box.setPlainText("A man in a grey hood was seen by the car park, no weapon")
    window.work.report.composer.strip.read()


def strip_taking(night: Night, window: MainWindow) -> None:
    """The same while a call is taken; the number given has a figure too few."""
    window.go(TAKING)
    window.taking.what.account.setPlainText("My ex is outside with a knife, he is shouting.")
    window.taking.what.strip.read()
    phone = window.taking.caller.phone
    phone.setText("07700 90012")
    phone.editingFinished.emit()


def doubtful(night: Night, window: MainWindow) -> None:
    """Facts that came from the public as nobody can have meant them."""
    known = night.reports
    if "doubtful" not in known:
        facts = Facts(
            title="Bike gone from the shed",
            reporter="Ann Other",
            phone="07700 90012",
            date_of_birth="30/02/1990",
            occurred="Thu 24 Dec 2026, 10:00",
        )
        where = Location(text="Mill Road", postcode="ZZ99 9ZZ")
        known["doubtful"] = night.hub.receive(
            Channel.ONLINE, "My bike was there last night.", timedelta(minutes=3), facts, where
        )
        night.exchange()
    window.open_report(known["doubtful"])


ASKING = (
    Picture("questions_not_asked", "kelly", not_asked),
    Picture("questions_begun", "kelly", being_asked),
    Picture("questions_asked", "kelly", asked),
    Picture("questions_missing", "kelly", missing),
    Picture("questions_vehicle", "kelly", vehicle),
    Picture("advice", "kelly", advice),
    Picture("strip", "kelly", strip),
    Picture("strip_taking", "kelly", strip_taking),
    Picture("doubtful", "kelly", doubtful),
)
