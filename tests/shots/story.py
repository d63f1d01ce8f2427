"""What happened this night, told through the desks of those who did it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

from tests.shots.morning import Hub, Seat, a_hub
from workstation.domain.claiming import AskSupervisor, ClaimReport
from workstation.domain.grading import EscalateEmergency, GradeReport, OpenByDispatch
from workstation.domain.handoff import ANSWERS, SOLVABILITY, HandToImu
from workstation.domain.report import Channel, Facts, Location, ReportId, Victim
from workstation.domain.risk import AssessRisk, lowest_levels
from workstation.domain.story import AddNote

HARASSMENT = (
    "My ex has been messaging me from new numbers since we split in August, sometimes 30 times a "
    "day. Tonight he was outside the shop when I finished my shift and he knows where I park. He "
    "said I will regret it if I don't talk to him. My manager walked me to my car. I have "
    "screenshots and the shop has cameras. I'm worried he will turn up at my daughter's school on "
    "Monday."
)
MINUTE = timedelta(minutes=1)
CAME_IN = (
    ("complaint", "OPN-0012", 3000, "Complaint about the Chief Constable"),
    ("plates", "OPN-0031", 400, "Both number plates stolen"),
    ("long", "OPN-0004", 300, "Couple at number 16 bang on the ceiling and shout"),
    ("shed", "OPN-0097", 260, "Detached garage entered, tools gone"),
    ("handed", "OPN-0028", 180, "Burglary at business, safe taken"),
    ("stalking", "OPN-0026", 130, "Stalked by a man from the gym"),
    ("shoplift", "OPN-0020", 110, "Theft from shop, spirits"),
    ("burglary", "OPN-0023", 95, "Burglary at home, back door forced"),
    ("hostile", "OPN-0024", 75, "<b>Phone</b> taken from bag <img src=x onerror=alert(1)>"),
    ("wide", "OPN-0070", 66, ""),
    ("zalgo", "OPN-0145", 52, ""),
    ("noise", "OPN-0077", 43, "Loud music from the flat above"),
    ("elderly", "OPN-0066", 35, "Neighbour not seen for four days"),
    ("rtl", "OPN-0042", 30, ""),
    ("bike", "OPN-0250", 25, "Bike taken from the station"),
    ("burglary_again", "OPN-0426", 20, "Neighbour rings about the burglary"),
    ("chat", "OPN-0364", 16, ""),
    ("live_da", "OPN-0321", 12, "Woman screaming, line open"),
    ("missing", "OPN-0301", 9, "Boy of 13 not home from school"),
    ("no_title", "OPN-0171", 6, ""),
    ("knife", "OPN-0319", 4, "Man with a knife, child caller"),
)
SAFE = "Text only, after 18:00. Never ring: he may answer."


class Night:
    """The hub, the seats of everybody, and the reports by what pictures call them."""

    def __init__(self, hub: Hub, seats: dict[str, Seat]) -> None:
        self.hub = hub
        self.seats = seats
        self.reports: dict[str, ReportId] = {}

    def __getitem__(self, name: str) -> ReportId:
        return self.reports[name]

    def exchange(self) -> None:
        """Everybody sends and fetches."""
        for seat in self.seats.values():
            seat.exchange()


@contextmanager
def a_night(folder: Path) -> Iterator[Night]:
    """The night up to NOW."""
    with ExitStack() as open_until_the_end:
        hub = open_until_the_end.enter_context(a_hub(folder))
        desks = {
            "kelly": "W07",
            "mo": "W09",
            "alex": "W11",
            "jo": "D02",
            "sam": "S01",
            "priya": "I04",
        }
        seats = {
            who: open_until_the_end.enter_context(hub.seat(who, desk))
            for who, desk in desks.items()
        }
        night = Night(hub, seats)
        _begin(night)
        _work(night)
        hub.until()
        night.exchange()
        yield night


def _begin(night: Night) -> None:
    hub, known = night.hub, night.reports
    place = Location(text="Car park, Chequers Court", town="Huntingdon", postcode="PE29 3LR")
    facts = Facts(
        title="Harassment by ex-partner, messages and at work",
        reporter="Karen Whitfield",
        reporter_role="victim",
        phone="07700 900412",
        email="k.whitfield@example.org",
        prefers=SAFE,
        occurred="Sat 21 Nov 2026, 22:05 to 22:20",
        people="Dean Whitfield, 37, ex-partner",
        injuries="None",
        safety="At home, doors locked",
    )
    known["harassment"] = hub.receive(Channel.ONLINE, HARASSMENT, 55 * MINUTE, facts, place)
    earlier = Facts(title="Ex-partner sends messages", phone="07700 900412")
    words = "He keeps texting me although I asked him to stop."
    known["earlier"] = hub.receive(Channel.ONLINE, words, 9 * 60 * MINUTE, earlier, place)
    _receive(night, 100_000, 30)


def _receive(night: Night, from_minutes: int, to_minutes: int) -> None:
    """What came in between so many minutes before NOW and so many, each at its time."""
    for name, id, minutes, title in CAME_IN:
        if from_minutes > minutes >= to_minutes:
            night.hub.until(minutes=min(minutes, 40))
            night.reports[name] = night.hub.demo(id, minutes * MINUTE, title)
    night.exchange()


def _work(night: Night) -> None:
    kelly, mo, alex = (night.seats[who] for who in ("kelly", "mo", "alex"))
    night.hub.until(minutes=30)
    assessed(kelly, night["burglary"], "Householder is away; no one hurt.")
    kelly.do(
        GradeReport(report=night["burglary"], code="P", reason="Scene open, offender may return")
    )
    assessed(mo, night["handed"], "Premises closed, no one at risk.")
    mo.do(GradeReport(report=night["handed"], code="S", reason="Nobody at risk, forensic window"))
    record(mo, night["handed"], Victim("organisation", "Cottage Bakery Ltd"))
    mo.do(HandToImu(report=night["handed"], solvability=answers(), facts="CCTV kept for 7 days."))
    assessed(alex, night["shed"], "No one was in.")
    alex.do(
        GradeReport(report=night["shed"], code="A", reason="Visit by the local team is enough")
    )
    mo.do(ClaimReport(report=night["stalking"]))
    mo.do(AddNote(report=night["stalking"], text="He is said to carry a blade.", hazard=True))
    alex.do(ClaimReport(report=night["elderly"]))
    _receive(night, 30, 8)
    night.hub.until(minutes=8)
    kelly.beat()
    night.hub.detach_silent()
    night.exchange()
    _emergencies(night)
    _receive(night, 8, 0)
    night.hub.until(minutes=2)
    kelly.do(ClaimReport(report=night["harassment"]))
    kelly.do(
        AddNote(
            report=night["harassment"], text="Rang the shop: she left at 22:30 with a colleague."
        )
    )


def _emergencies(night: Night) -> None:
    mo, alex, jo = (night.seats[who] for who in ("mo", "alex", "jo"))
    night.hub.until(minutes=7)
    mo.do(EscalateEmergency(report=night["missing"], why="13, last seen at the bus station, dark"))
    alex.do(EscalateEmergency(report=night["live_da"], why="Screaming, blows heard, children"))
    jo.exchange()
    for name in ("missing", "live_da"):
        jo.do(OpenByDispatch(report=night[name]))
    mo.do(ClaimReport(report=night["chat"]), AskSupervisor(report=night["chat"], question="Dog?"))


def assessed(seat: Seat, report: ReportId, words: str) -> None:
    """Take a report and assess its risk as low."""
    seat.exchange()
    earlier = seat.desk.earlier_contacts(report)
    levels = lowest_levels(seat.desk.pack)
    seat.do(
        ClaimReport(report=report),
        AssessRisk(report=report, levels=levels, words={"T": words}, earlier=earlier),
    )


def record(seat: Seat, report: ReportId, victim: Victim) -> str:
    """Record a burglary of no home and give its number."""
    offence = next(one for one in seat.desk.pack.offences if one.code == "30/02")
    number = seat.desk.record_crime(report, offence.code, victim)
    assert isinstance(number, str), number
    seat.exchange()
    return number


def answers() -> dict[str, str]:
    """An answer for each factor of solvability, in turn."""
    return {factor: ANSWERS[n % len(ANSWERS)] for n, factor in enumerate(SOLVABILITY)}
