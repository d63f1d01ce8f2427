"""The pictures: for each its name, who sits at the desk, and what they have done to see it."""

from collections.abc import Callable

from msgspec import Struct

from tests.shots.story import Night
from workstation.domain.claiming import ClaimReport, ReassignReport
from workstation.domain.correcting import CorrectFacts
from workstation.domain.crime import RecordCrime
from workstation.domain.facts import FactChange
from workstation.domain.grading import EscalateEmergency
from workstation.domain.numbers import series_at, written
from workstation.domain.report import CrimeId, Location, Victim
from workstation.domain.roles import Author, PersonId
from workstation.domain.story import AddNote, CorrectNote, LogContact
from workstation.views.attention import AttentionPage
from workstation.views.report.log_acts import CHECKING
from workstation.views.shell import ATTENTION, HELP, SETTINGS, TAKING, MainWindow
from workstation.views.work import DISPATCH, IMU

Act = Callable[[Night, MainWindow], object]
WORDS = "Escalating pattern, attended workplace tonight. Caller safe at home."


class Picture(Struct, frozen=True):
    """One picture: `act` runs in the person's fresh window."""

    name: str
    who: str
    act: Act
    is_demonstration: bool = False


def _show(window: MainWindow, night: Night, name: str) -> None:
    window.open_report(night[name])


def _panel(index: int, report: str) -> Act:
    def act(night: Night, window: MainWindow) -> None:
        _show(window, night, report)
        window.work.decide.open_panel(index)

    return act


def handler(night: Night, window: MainWindow) -> None:
    """The report of the design with its risk assessed and a grade chosen."""
    _panel(0, "harassment")(night, window)
    grade = window.work.decide.grade
    for key, level in zip("THRIVE", (3, 2, 3, 2, 3, 0), strict=True):
        grade.rows.rows[key].choose(level)
    grade.pick("P")
    grade.reason.set_text(WORDS)


def redirect(night: Night, window: MainWindow) -> None:
    """Noise goes to the council."""
    _panel(1, "noise")(night, window)
    window.work.decide.redirect.key("0")
    window.work.decide.redirect.key("C")


def not_crime(night: Night, window: MainWindow) -> None:
    """Not a crime: why, what to do, who helps."""
    _panel(1, "complaint")(night, window)
    window.work.decide.redirect.key("0")
    window.work.decide.redirect.key("N")


def duplicate(night: Night, window: MainWindow) -> None:
    """The same matter as another report."""
    _panel(1, "burglary_again")(night, window)
    window.work.decide.redirect.key("0")
    window.work.decide.redirect.key("D")
    shown = window.desk.report(night["burglary"])
    window.work.decide.redirect.duplicate.reference.setText(
        shown.report.reference if shown else ""
    )


def close(night: Night, window: MainWindow) -> None:
    """Closed here, with the reason."""
    _panel(1, "no_title")(night, window)
    window.work.decide.redirect.key("0")
    window.work.decide.redirect.key("X")


def refused_field(night: Night, window: MainWindow) -> None:
    """No risk found is refused where risk is marked: the sentence stands beside its field."""
    _panel(1, "harassment")(night, window)
    window.work.decide.redirect.key("0")


def crime(night: Night, window: MainWindow) -> None:
    """Before the number is issued."""
    _panel(2, "burglary")(night, window)
    panel = window.work.decide.crime
    offence = window.desk.offences("burglary")[0]
    panel.offence.setText(f"{offence.code} {offence.common_name or offence.title}")
    panel.kind.choose(0)


def crime_issued(night: Night, window: MainWindow) -> None:
    """The number stands, not yet confirmed."""
    offence = window.desk.offences("burglary")[0]
    shown = window.desk.report(night["burglary"])
    if shown is not None and not shown.report.crimes:
        window.desk.record_crime(night["burglary"], offence.code, Victim("person", "Ann Other"))
    _panel(2, "burglary")(night, window)


def imu(night: Night, window: MainWindow) -> None:
    """What would help solve it."""
    _panel(3, "burglary")(night, window)
    for number, row in enumerate(window.work.decide.imu.rows.values()):
        row.set_chosen(number % 3)
    window.work.decide.imu.facts.set_text("Back door forced, CCTV at number 12 kept for 7 days.")


def emergency(night: Night, window: MainWindow) -> None:
    """A place and a line, then officers go."""
    _show(window, night, "knife")
    window.work.decide.send_now()


def taking(night: Night, window: MainWindow) -> None:
    """A call being typed."""
    window.go(TAKING)
    what = window.taking.what
    what.account.set_text("A man is trying car doors in our street, he has a crowbar.")
    what.where.place.setText("Cambridge")


def taking_emergency(night: Night, window: MainWindow) -> None:
    """A call for which officers are to go, without a place yet."""
    taking(night, window)
    window.taking.what.where.place.clear()
    window.taking.send_officers()


def dispatch(night: Night, window: MainWindow) -> None:
    """Open incidents."""
    window.go(DISPATCH)
    _show(window, night, "missing")


def moving(night: Night, window: MainWindow) -> None:
    """Three rows picked, and whom they go to."""
    rows = window.work.queue.rows
    for name in ("shoplift", "plates", "noise"):
        rows.model.pick(rows.model.place_of(night[name]))
    _show(window, night, "noise")
    window.commands.run("list.move")


def imu_list(night: Night, window: MainWindow) -> None:
    """What was handed over."""
    window.go(IMU)
    _show(window, night, "handed")


def attention(night: Night, window: MainWindow) -> None:
    """Refused after it was done here."""
    _refuse(night)
    window.go(ATTENTION)
    assert isinstance(window.pages.currentWidget(), AttentionPage)


def _refuse(night: Night) -> None:
    """Alex takes a report while the line is down; Mo had it first."""
    alex, mo = night.seats["alex"], night.seats["mo"]
    if alex.desk.attention():
        return
    alex.line.is_cut = True
    alex.desk.submit(ClaimReport(report=night["bike"]))
    mo.do(ClaimReport(report=night["bike"]))
    alex.line.is_cut = False
    alex.exchange()


def offline(night: Night, window: MainWindow) -> None:
    """The line is down, and a grade that sends officers has not arrived."""
    seat = night.seats["mo"]
    seat.line.is_cut = True
    seat.exchange()
    shown = seat.desk.report(night["knife"])
    if shown is not None and shown.report.grading is None:
        why = "Man with a knife in the flat, child on the line"
        place = Location(text="The Old Maltings", town="Girton")
        escalate = EscalateEmergency(report=night["knife"], why=why, location=place)
        note = AddNote(report=night["knife"], text="Child hides in the bathroom.")
        for command in (escalate, note):
            refusal = seat.desk.submit(command)
            assert refusal is None, refusal
    night.hub.until(minutes=-1)
    seat.desk.tick()
    _show(window, night, "knife")


def unopened(night: Night, window: MainWindow) -> None:
    """No dispatcher has opened an emergency in time."""
    seat = night.seats["kelly"]
    shown = seat.desk.report(night["chat"])
    if shown is not None and shown.report.grading is None:
        seat.do(EscalateEmergency(report=night["chat"], why="Dog thief is armed and still there"))
    night.hub.until(minutes=-6)
    window.unopened.fill(window.desk.unopened())
    _show(window, night, "chat")


def palette(night: Night, window: MainWindow) -> None:
    """Commands and reports that fit what is typed."""
    _show(window, night, "noise")
    window.open_palette("re")


def report(name: str) -> Act:
    """A report on the page, its grade panel open."""
    return lambda night, window: _show(window, night, name)


def go(key: str) -> Act:
    """A place of the rail."""
    return lambda _, window: window.go(key)


def loading(night: Night, window: MainWindow) -> None:
    """Before the first rows are read."""
    window.work.queue.rows.show_loading()


def more(night: Night, window: MainWindow) -> None:
    """What else can be done with a report."""
    _show(window, night, "burglary")
    window.work.report.header.more_asked.emit()


def roles(night: Night, window: MainWindow) -> None:
    """In a demonstration one is anybody."""
    window.top.person_asked.emit()


def draft_kept(night: Night, window: MainWindow) -> None:
    """What was typed before the program was killed."""
    desk, report = window.desk, night["earlier"]
    desk.save_draft(report, "note", "He has been outside her door since half past")
    desk.save_draft(report, "grade.reason", "Third report in a week, he is getting")
    desk.save_draft(report, "choice.grade", "P")
    window.open_report(report)


def meanwhile(night: Night, window: MainWindow) -> None:
    """A colleague changed what was being corrected."""
    desk, report = window.desk, night["earlier"]
    shown = desk.report(report)
    was = shown.report.facts.people if shown is not None else ""
    desk.save_draft(report, "facts.people", "Dean Whitfield, in a grey van", was)
    change = FactChange("people", was, "Dean Whitfield, 37")
    night.seats["mo"].exchange()
    night.seats["mo"].do(CorrectFacts(report=report, changes=(change,)))
    night.seats["kelly"].exchange()
    window.open_report(report)


def unsent_words(night: Night, window: MainWindow) -> None:
    """A supervisor gave the report to somebody else while it was being written on."""
    _take_away(night, window)
    window.open_report(night["burglary"])


def unsent_attention(night: Night, window: MainWindow) -> None:
    """The same where everything that needs attention stands."""
    _take_away(night, window)
    window.go(ATTENTION)


def _take_away(night: Night, window: MainWindow) -> None:
    report, sam = night["burglary"], night.seats["sam"]
    if window.desk.unsent_on(report) is not None:
        return
    window.desk.save_draft(report, "note", "Neighbour at 14 saw a white van")
    window.desk.save_draft(report, "imu.facts", "CCTV at number 12 covers the")
    sam.exchange()
    mo = Author(PersonId("mo"), "Mo Ahmed")
    sam.do(ReassignReport(report=report, to=mo, reason="Kelly takes 999 calls now"))
    night.seats["kelly"].exchange()


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
    _show(window, night, "harassment")
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
    """Mo left work unsent at the supervisor's own PC, and Alex at Kelly's."""
    if not window.desk.left_here():
        night.hub.until(minutes=12)
        _leave_unsent(night, "alex", "W07", "He rang from the car park", "Gate code is 4471")
        _leave_unsent(night, "mo", "S01", "Back door is open", "Dog in the yard", "Key at no. 9")
        night.hub.until()
        night.seats["kelly"].exchange()
        night.seats["sam"].exchange()
    window.go(ATTENTION)


def _leave_unsent(night: Night, who: str, where: str, *notes: str) -> None:
    with night.hub.seat(who, where) as seat:
        seat.exchange()
        seat.line.is_cut = True
        for text in notes:
            seat.desk.submit(AddNote(report=night["burglary"], text=text))


def unsure(night: Night, window: MainWindow) -> None:
    """The store has not heard this desk for two minutes: what only one may do is dead."""
    seat = night.seats["alex"]
    seat.exchange()
    seat.line.is_cut = True
    seat.exchange()
    night.hub.until(minutes=-3)
    seat.desk.tick()
    _panel(1, "shed")(night, window)
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


PICTURES = (
    Picture("handler", "kelly", handler),
    Picture("redirect", "kelly", redirect),
    Picture("redirect_refused", "kelly", refused_field),
    Picture("not_crime", "kelly", not_crime),
    Picture("duplicate", "kelly", duplicate),
    Picture("close", "kelly", close),
    Picture("crime", "kelly", crime),
    Picture("crime_issued", "kelly", crime_issued),
    Picture("imu", "kelly", imu),
    Picture("emergency", "kelly", emergency),
    Picture("taking", "kelly", taking),
    Picture("taking_emergency", "kelly", taking_emergency),
    Picture("dispatch", "jo", dispatch),
    Picture("supervisor", "sam", moving),
    Picture("imu_list", "priya", imu_list),
    Picture("attention_empty", "kelly", go(ATTENTION)),
    Picture("attention", "alex", attention),
    Picture("palette", "kelly", palette),
    Picture("shortcuts", "kelly", go(HELP)),
    Picture("settings", "kelly", go(SETTINGS)),
    Picture("loading", "kelly", loading),
    Picture("held", "kelly", report("shed")),
    Picture("returned", "kelly", report("stalking")),
    Picture("hostile", "kelly", report("hostile")),
    Picture("wide_word", "kelly", report("wide")),
    Picture("right_to_left", "kelly", report("rtl")),
    Picture("zalgo", "kelly", report("zalgo")),
    Picture("long", "kelly", report("long")),
    Picture("chat", "mo", report("chat")),
    Picture("more", "kelly", more),
    Picture("roles", "kelly", roles, is_demonstration=True),
    Picture("offline", "mo", offline),
    Picture("unopened", "kelly", unopened),
    Picture("draft_kept", "kelly", draft_kept),
    Picture("draft_meanwhile", "kelly", meanwhile),
    Picture("unsent_words", "kelly", unsent_words),
    Picture("unsent_attention", "kelly", unsent_attention),
    Picture("proposed", "kelly", proposed),
    Picture("voice_check", "jo", voice_check),
    Picture("voice_check_log", "jo", voice_check_logged),
    Picture("contact_form", "kelly", contact_form),
    Picture("kept_work", "sam", kept_work),
    Picture("held_number", "kelly", held_number),
    Picture("release", "sam", release),
    Picture("unsure", "alex", unsure),
    Picture("on_the_phone", "alex", on_the_phone),
)
