"""The pictures of what came while somebody was away: late words, kept work, claims in doubt."""

from tests.shots.picture import Picture, on_panel, show
from tests.shots.story import Night
from tests.told import told_yes
from workstation.desk import SETTLING
from workstation.domain.act import Command
from workstation.domain.claiming import ClaimReport, ReassignReport
from workstation.domain.closing import CloseReport
from workstation.domain.correcting import CorrectFacts
from workstation.domain.crime import RecordCrime
from workstation.domain.facts import FactChange
from workstation.domain.grading import EscalateEmergency
from workstation.domain.numbers import series_at, written
from workstation.domain.report import CrimeId, EarlierContacts, Location, Victim
from workstation.domain.risk import AssessRisk, lowest_levels
from workstation.domain.roles import Author, PersonId
from workstation.domain.story import AddNote, CorrectNote, LogContact
from workstation.views.report.log_acts import CHECKING
from workstation.views.shell import ATTENTION, MainWindow
from workstation.views.work import DISPATCH


def proposed(night: Night, window: MainWindow) -> None:
    """Alex, whose line was down, corrected what is Kelly's by now: nothing of it is lost."""
    _offline_meanwhile(night)
    window.open_report(night["elderly"])
    window.work.report.edit_facts()
    window.work.report.facts.form.leave()


def voice_check(night: Night, window: MainWindow) -> None:
    """An emergency that came long after it was sent is to be checked by voice."""
    _offline_meanwhile(night)
    window.go(DISPATCH)
    window.open_report(night["bike"])


def voice_check_logged(night: Night, window: MainWindow) -> None:
    """What the check came to; and a note that was corrected, beside a contact."""
    voice_check(night, window)
    report, sam = night["bike"], night.seats["sam"]
    sam.do(AddNote(report=report, text="He left towards the river."))
    sam.exchange()
    note = sam.desk.entries(report)[-1].entry.id
    sam.do(
        CorrectNote(report=report, note=note, text="He left towards the station."),
        LogContact(report=report, who="Ola Nowak", means="phone", reached=False, words=""),
    )
    night.seats["jo"].exchange()
    window.work.report.ask(CHECKING)


def contact_form(night: Night, window: MainWindow) -> None:
    """Somebody was rung, and it is logged."""
    show(window, night, "harassment")
    window.commands.run("log.contact")


def _offline_meanwhile(night: Night) -> None:
    """Alex corrects facts and sends officers offline; Sam gives the report to Kelly meanwhile."""
    alex, sam, kelly = (night.seats[who] for who in ("alex", "sam", "kelly"))
    shown = alex.desk.report(night["elderly"])
    if shown is None or shown.report.proposals:
        return
    night.hub.until(minutes=-7)
    alex.line.is_cut = True
    stood = shown.report.facts
    told = {"phone": "07700 900123", "safety": "The neighbour has a key and waits at the door"}
    changes = tuple(FactChange(name, str(getattr(stood, name)), now) for name, now in told.items())
    assert alex.desk.submit(CorrectFacts(report=night["elderly"], changes=changes)) is None
    where = Location(text="Quayside bus station", town="St Neots")
    sent = EscalateEmergency(report=night["bike"], why="He is back with a bat", location=where)
    assert alex.desk.submit(sent) is None
    author = Author(PersonId("kelly"), "Kelly Rowe")
    sam.exchange()
    sam.do(ReassignReport(report=night["elderly"], to=author, reason="Alex is offline"))
    kelly.exchange()
    ours = FactChange("phone", stood.phone, "07700 900456")
    kelly.do(CorrectFacts(report=night["elderly"], changes=(ours,)))
    night.hub.until(minutes=-20)
    alex.line.is_cut = False
    night.exchange()
    night.exchange()


def kept_work(night: Night, window: MainWindow) -> None:
    """Mo left an emergency and notes unsent at the supervisor's own PC, and Alex at Kelly's."""
    if not window.desk.left_here():
        night.hub.until(minutes=12)
        report = night["burglary"]
        sent = EscalateEmergency(report=report, why="They are back, with a crowbar")
        notes = [AddNote(report=report, text=text) for text in ("Back door is open", "Dog is out")]
        _leave_unsent(night, "alex", "W07", *notes, sent)
        _leave_unsent(night, "mo", "S01", sent, *notes)
        night.hub.until()
        night.seats["kelly"].exchange()
        night.seats["sam"].exchange()
    window.go(ATTENTION)


def _leave_unsent(night: Night, who: str, where: str, *acts: Command) -> None:
    with night.hub.seat(who, where) as seat:
        seat.exchange()
        seat.line.is_cut = True
        for act in acts:
            seat.desk.submit(act)


def words_on_closed(night: Night, window: MainWindow) -> None:
    """A supervisor closed the report while Kelly was writing on it."""
    report, kelly, sam = night["shoplift"], night.seats["kelly"], night.seats["sam"]
    if kelly.desk.unsent_on(report) is None:
        kelly.do(ClaimReport(report=report))
        levels = lowest_levels(kelly.desk.pack)
        kelly.do(AssessRisk(report=report, levels=levels, earlier=EarlierContacts()))
        kelly.exchange()
        kelly.desk.save_draft(report, "note", "The manager knows him from last week: he is")
        sam.exchange()
        why = "The shop withdrew it"
        sam.do(
            CloseReport(
                report=report,
                reason=why,
                caller_told="By phone",
                told=told_yes(sam.desk.clock.now()),
            )
        )
        kelly.exchange()
    window.open_report(report)


def words_on_closed_attention(night: Night, window: MainWindow) -> None:
    """The same where everything that needs attention stands."""
    words_on_closed(night, window)
    window.go(ATTENTION)


def settled_meanwhile(night: Night, window: MainWindow) -> None:
    """Alex settled his own refusal while the supervisor was typing what was done about it."""
    report, alex, sam = night["plates"], night.seats["alex"], night.seats["sam"]
    if not sam.desk.drafts(report):
        alex.exchange()
        alex.line.is_cut = True
        alex.do(ClaimReport(report=report))
        sam.do(ClaimReport(report=report))
        sam.exchange()
        alex.line.is_cut = False
        night.exchange()
        (one,) = [one for one in alex.desk.attention() if one.case.report == report]
        field = f"{SETTLING}{one.case.id}"
        sam.desk.save_draft(report, field, "Rang Alex: the keeper is at the garage, ring him")
        sam.desk.drafts_changed.emit(report)
        alex.desk.settle(one.case.id, "Left it to Sam")
        night.exchange()
    window.go(ATTENTION)


def unsure(night: Night, window: MainWindow) -> None:
    """The store has not heard this desk for two minutes: what only one may do is dead."""
    seat = night.seats["alex"]
    seat.exchange()
    seat.desk.submit(ClaimReport(report=night["noise"]))
    seat.exchange()
    seat.line.is_cut = True
    seat.exchange()
    night.hub.until(minutes=-3)
    seat.desk.tick()
    on_panel(1, "noise")(night, window)
    window.work.decide.redirect.key("C")


def on_the_phone(night: Night, window: MainWindow) -> None:
    """The same, and she went on: the caller is on the line."""
    unsure(night, window)
    if window.work.report.unsure.action.isVisibleTo(window):
        window.work.report.unsure.go_on()


def release(night: Night, window: MainWindow) -> None:
    """A number that is held, as a supervisor sees it."""
    _hold(night)
    night.seats["sam"].exchange()
    window.go(ATTENTION)


def held_number(night: Night, window: MainWindow) -> None:
    """The same at the desk of who recorded the crime."""
    _hold(night)
    window.go(ATTENTION)


def _hold(night: Night) -> None:
    """Kelly records a crime under a number that was lent to Mo's desk."""
    kelly, report = night.seats["kelly"], night["burglary"]
    if any(one.case.code.startswith("held/") for one in kelly.desk.attention()):
        return
    series = series_at(kelly.desk.pack, "crime", kelly.desk.clock.now())
    serial = night.seats["mo"].desk.stock.blocks.take(series)
    assert serial is not None
    offence = kelly.desk.offences("burglary")[0]
    crime = RecordCrime(
        report=report,
        crime=CrimeId("held"),
        offence=offence.code,
        victim=Victim("person", "Ann Other"),
        series=series,
        serial=serial,
        number=written(kelly.desk.pack, "crime", serial, kelly.desk.clock.now()),
    )
    kelly.do(crime)
    kelly.exchange()


WHILE_AWAY = (
    Picture("proposed", "kelly", proposed),
    Picture("voice_check", "jo", voice_check),
    Picture("voice_check_log", "jo", voice_check_logged),
    Picture("contact_form", "kelly", contact_form),
    Picture("kept_work", "sam", kept_work),
    Picture("held_number", "kelly", held_number),
    Picture("release", "sam", release),
    Picture("unsure", "alex", unsure),
    Picture("on_the_phone", "alex", on_the_phone),
    Picture("words_on_closed", "kelly", words_on_closed),
    Picture("words_on_closed_attention", "kelly", words_on_closed_attention),
    Picture("settled_meanwhile", "sam", settled_meanwhile),
)
