"""The pictures: for each its name, who sits at the desk, and what they have done to see it."""

from datetime import timedelta

from tests.shots.asking import ASKING
from tests.shots.camera import settle
from tests.shots.finding_out import FINDING_OUT
from tests.shots.judgement import JUDGEMENT
from tests.shots.nothing_lost import DISK_FULL, NOTHING_LOST, disk_low
from tests.shots.picture import Act, Picture, on_panel, show
from tests.shots.promises import PROMISES
from tests.shots.saying import SAYING
from tests.shots.story import Night
from tests.shots.while_away import WHILE_AWAY
from tests.told import told_yes
from workstation.domain.claiming import ClaimReport, ReassignReport
from workstation.domain.closing import CloseReport
from workstation.domain.correcting import CorrectFacts
from workstation.domain.facts import FactChange
from workstation.domain.grading import EscalateEmergency
from workstation.domain.report import Channel, Facts, Location, Victim
from workstation.domain.roles import Author, PersonId
from workstation.domain.story import AddNote
from workstation.views.attention import AttentionPage
from workstation.views.shell import ATTENTION, HELP, SETTINGS, TAKING, MainWindow
from workstation.views.work import DISPATCH, IMU

WORDS = "Escalating pattern, attended workplace tonight. Caller safe at home."


def handler(night: Night, window: MainWindow) -> None:
    """The report of the design with its risk assessed and a grade chosen."""
    on_panel(0, "harassment")(night, window)
    grade = window.work.decide.grade
    for key, level in zip("THRIVE", (3, 2, 3, 2, 3, 0), strict=True):
        grade.rows.rows[key].choose(level)
    for key, words in (("T", "He knows where she parks and her daughter's school"),
                       ("I", "Camera pictures are kept for a week"),
                       ("R", "He waited at the shop tonight"),
                       ("V", "Alone with her daughter; he has no key")):  # fmt: skip
        window.work.decide.risk.set_words(key, words)
    window.work.decide.risk.set_interim("He may come to the house tonight")
    window.work.decide.risk.set_rara(("avoid", "reduce"))
    grade.pick("P")
    grade.reason.set_text(WORDS)


def redirect(night: Night, window: MainWindow) -> None:
    """Noise goes to the council."""
    on_panel(1, "noise")(night, window)
    window.work.decide.redirect.key("0")
    window.work.decide.redirect.key("C")


def other_agency(night: Night, window: MainWindow) -> None:
    """An agency named by typing; what fits stands with the field in sight."""
    on_panel(1, "complaint")(night, window)
    form = window.work.decide.redirect
    form.key("0")
    form.key("O")
    settle()
    form.agency.search.setText("professional standards")
    form.agency.search.offer("professional standards")


def not_crime(night: Night, window: MainWindow) -> None:
    """Not a crime: why, what to do, who helps."""
    on_panel(1, "complaint")(night, window)
    window.work.decide.redirect.key("0")
    window.work.decide.redirect.key("N")


def suggested(night: Night, window: MainWindow) -> None:
    """Danger in what a colleague noted later: emergency now, a grade at least, risks to flag."""
    note = "Rang back: child crying, she is screaming get off me, he is hitting her now."
    mo = night.seats["mo"]
    mo.do(AddNote(report=night["noise"], text=note))
    night.exchange()
    on_panel(0, "noise")(night, window)


def suggested_offences(night: Night, window: MainWindow) -> None:
    """The first three offences by the words, all of their reasons shown."""
    on_panel(2, "stalking")(night, window)
    window.work.decide.crime.advised.more.click()


def suggested_stays(night: Night, window: MainWindow) -> None:
    """A matter that by its words stays with the police."""
    on_panel(1, "elderly")(night, window)


def nothing_matched(night: Night, window: MainWindow) -> None:
    """No word matched, which is not the same as no risk."""
    ago, facts, place = timedelta(minutes=1), Facts(title="As discussed"), Location(town="Ely")
    id = night.hub.receive(Channel.ONLINE, "As discussed.", ago, facts, place)
    night.exchange()
    window.open_report(id)
    window.work.decide.open_panel(0)


def duplicate(night: Night, window: MainWindow) -> None:
    """The same matter as another report."""
    on_panel(1, "burglary_again")(night, window)
    window.work.decide.redirect.key("0")
    window.work.decide.redirect.key("D")
    shown = window.desk.report(night["burglary"])
    form = window.work.decide.redirect.duplicate
    form.reference.setText(shown.report.reference if shown else "")
    form.told.answer.choose(0)
    form.told.what.setText("Officers were told already; keep the door shut")


def close(night: Night, window: MainWindow) -> None:
    """Closed here, with the reason."""
    on_panel(1, "no_title")(night, window)
    window.work.decide.redirect.key("0")
    window.work.decide.redirect.key("X")


def refused_field(night: Night, window: MainWindow) -> None:
    """No risk found is refused where risk is marked: the sentence stands beside its field."""
    on_panel(1, "harassment")(night, window)
    window.work.decide.redirect.key("0")


def crime(night: Night, window: MainWindow) -> None:
    """Before the number is issued."""
    on_panel(2, "burglary")(night, window)
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
    on_panel(2, "burglary")(night, window)


def imu(night: Night, window: MainWindow) -> None:
    """What would help solve it."""
    on_panel(3, "burglary")(night, window)
    for number, row in enumerate(window.work.decide.imu.rows.values()):
        row.set_chosen(number % 3)
    window.work.decide.imu.facts.set_text("Back door forced, CCTV at number 12 kept for 7 days.")


def emergency(night: Night, window: MainWindow) -> None:
    """A place and a line, then officers go."""
    show(window, night, "knife")
    window.work.decide.send_now()


def taking(night: Night, window: MainWindow) -> None:
    """A call being typed."""
    window.go(TAKING)
    what = window.taking.what
    what.account.set_text("A man is trying car doors in our street, he has a crowbar.")
    what.strip.read()
    what.where.place.setText("Cambridge")
    window.taking.caller.back.safe.set_chosen(2)
    window.taking.caller.back.hidden.setText("His brother, who has the other phone")


def taking_emergency(night: Night, window: MainWindow) -> None:
    """A call for which officers are to go, without a place yet."""
    taking(night, window)
    window.taking.what.where.place.clear()
    window.taking.send_officers()


def dispatch(night: Night, window: MainWindow) -> None:
    """Open incidents."""
    window.go(DISPATCH)
    show(window, night, "missing")


def moving(night: Night, window: MainWindow) -> None:
    """Three rows picked, and whom they go to."""
    rows = window.work.queue.rows
    for name in ("shoplift", "plates", "noise"):
        rows.model.pick(rows.model.place_of(night[name]))
    show(window, night, "noise")
    window.commands.run("list.move")


def imu_list(night: Night, window: MainWindow) -> None:
    """What was handed over."""
    window.go(IMU)
    show(window, night, "handed")


def attention(night: Night, window: MainWindow) -> None:
    """Refused after it was done here."""
    _refuse(night)
    window.go(ATTENTION)
    assert isinstance(window.pages.currentWidget(), AttentionPage)


def _refuse(night: Night) -> None:
    """While Alex's line is down: Mo takes one report first, corrects a fact of another, and a
    supervisor moves a third, which Alex closes.
    """
    alex, mo, sam = (night.seats[who] for who in ("alex", "mo", "sam"))
    if alex.desk.attention():
        return
    alex.line.is_cut = True
    close = CloseReport(
        report=night["shed"],
        reason="Caller has his tools back",
        caller_told="Yes, by phone",
        told=told_yes(alex.desk.clock.now()),
    )
    his, theirs = FactChange("people", "", "Two boys on BMXs"), FactChange("people", "", "One man")
    for command in (
        ClaimReport(report=night["bike"]),
        CorrectFacts(report=night["no_title"], changes=(his,)),
        close,
    ):
        refusal = alex.desk.submit(command)
        assert refusal is None, refusal
    mo.do(ClaimReport(report=night["bike"]))
    mo.do(CorrectFacts(report=night["no_title"], changes=(theirs,)))
    to = Author(PersonId("mo"), "Mo Ahmed")
    sam.do(ReassignReport(report=night["shed"], to=to, reason="Alex's desk is offline"))
    alex.line.is_cut = False
    alex.exchange()
    mo.exchange()
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
    show(window, night, "knife")


def unopened(night: Night, window: MainWindow) -> None:
    """No dispatcher has opened an emergency in time."""
    seat = night.seats["kelly"]
    shown = seat.desk.report(night["chat"])
    if shown is not None and shown.report.grading is None:
        seat.do(EscalateEmergency(report=night["chat"], why="Dog thief is armed and still there"))
    night.hub.until(minutes=-6)
    window.unopened.fill(window.desk.unopened())
    show(window, night, "chat")


def palette(night: Night, window: MainWindow) -> None:
    """Commands and reports that fit what is typed."""
    show(window, night, "noise")
    window.open_palette("re")


def palette_redirect(night: Night, window: MainWindow) -> None:
    """A matter that is named: who deals with it is chosen, and nothing is sent."""
    show(window, night, "noise")
    window.open_palette("red no")


def report(name: str) -> Act:
    """A report on the page, its grade panel open."""
    return lambda night, window: show(window, night, name)


def go(key: str) -> Act:
    """A place of the rail."""
    return lambda _, window: window.go(key)


def loading(night: Night, window: MainWindow) -> None:
    """Before the first rows are read."""
    window.work.queue.rows.show_loading()


def more(night: Night, window: MainWindow) -> None:
    """What else can be done with a report."""
    show(window, night, "burglary")
    window.work.report.header.more_asked.emit()


def roles(night: Night, window: MainWindow) -> None:
    """In a demonstration one is anybody."""
    window.top.person_asked.emit()


DECIDING = (
    Picture("handler", "kelly", handler),
    Picture("redirect", "kelly", redirect),
    Picture("other_agency", "kelly", other_agency),
    Picture("redirect_refused", "kelly", refused_field),
    Picture("not_crime", "kelly", not_crime),
    Picture("suggested", "kelly", suggested),
    Picture("suggested_offences", "mo", suggested_offences),
    Picture("suggested_stays", "kelly", suggested_stays),
    Picture("nothing_matched", "kelly", nothing_matched),
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
    Picture("palette_redirect", "kelly", palette_redirect),
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
)

# Each has a night of its own: what one picture does must not spoil those of another chapter.
CHAPTERS = (
    DECIDING,
    NOTHING_LOST,
    PROMISES,
    WHILE_AWAY,
    FINDING_OUT,
    ASKING,
    JUDGEMENT,
    SAYING,
    (Picture("disk_low", "jo", disk_low), *DISK_FULL),  # the disks of those desks stay full
)
