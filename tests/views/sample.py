"""A small morning's work for tests and pictures of screens: a pack and a desk with ten reports."""

from datetime import UTC, datetime, timedelta
from functools import cache

from tests.views.desk_on_paper import DeskOnPaper, StillClock
from workstation.domain.claiming import ClaimReport
from workstation.domain.grading import EscalateEmergency, GradeReport
from workstation.domain.intake import ReceiveReport
from workstation.domain.pack import Pack
from workstation.domain.packing import compose_pack
from workstation.domain.report import Channel, Facts, Location, MarkedPhrase, ReportId
from workstation.domain.roles import Person, PersonId, Role
from workstation.domain.story import AddNote
from workstation.machine.resources import pack_text, reference_tables

NOW = datetime(2026, 11, 22, 2, 47, 28, tzinfo=UTC)
KELLY = Person(PersonId("kr"), "Kelly Rowe", (Role.HANDLER,))
MO = Person(PersonId("ma"), "Mo Ahmed", (Role.HANDLER,))
EX_PARTNER = (
    "My ex has been messaging me from new numbers since we split in August, sometimes 30 times a "
    "day. Tonight he was outside the shop when I finished my shift and he knows where I park. He "
    "said I will regret it if I don't talk to him. My manager walked me to my car. I have "
    "screenshots and the shop has cameras. I'm worried he will turn up at my daughter's school on "
    "Monday."
)
_PHRASES = ("knows where I park", "said I will regret it", "my daughter")
_OTHERS = (
    ("r2", "Shed break-in, two e-bikes stolen", Channel.ONLINE, "St Neots", "PE19 1AB", 18),
    ("r3", "Neighbour dispute, shouting in street", Channel.CALL_101, "Wisbech", "PE13 2CD", 12),
    ("r4", "Missing teenager, not home from school", Channel.CHAT, "Peterborough", "PE1 4EF", 9),
    ("r5", "Loud music every night from flat above", Channel.ONLINE, "Cambridge", "CB4 1GH", 43),
    ("r6", "Catalytic converter theft, Toyota Auris", Channel.ONLINE, "Ely", "CB7 5JK", 6),
    ("r7", "Fly-tipping at farm gate, fridge", Channel.ONLINE, "March", "PE15 8LM", 4),
    ("r8", "Hit and run in car park, driver seen", Channel.ONLINE, "Cambridge", "CB4 2NP", 2),
    ("r9", "Fraud, bank transfer after phone call", Channel.IN_PERSON, "Soham", "CB7 5QR", 1),
)


@cache
def cambridgeshire() -> Pack:
    """The whole force pack, as it is shipped."""
    return compose_pack(pack_text("cambridgeshire"), reference_tables())


def ex_partner_report() -> ReceiveReport:
    """The report that every picture shows."""
    marks = tuple(
        MarkedPhrase(EX_PARTNER.index(words), EX_PARTNER.index(words) + len(words), words, kind)
        for words, kind in zip(_PHRASES, ("Stalking", "Threat", "Child"), strict=True)
    )
    return ReceiveReport(
        report=ReportId("r1"),
        channel=Channel.ONLINE,
        received_at=NOW - timedelta(minutes=55),
        source="web",
        receipt_code="CAM-7K2M-9PQX",
        account=EX_PARTNER,
        facts=Facts(
            title="Harassment by ex-partner, messages and at work",
            reporter="Karen Whitfield",
            phone="07700 900412",
            prefers="Text message",
            occurred="Sat 21 Nov 2026, 22:05 to 22:20",
            people="Dean Whitfield, 37, ex-partner",
            safety="At home, doors locked",
        ),
        location=Location(text="Car park, Chequers Court", town="Huntingdon", postcode="PE29 3LR"),
        marked=marks,
    )


def sample_desk(person: Person = KELLY) -> DeskOnPaper:
    """A desk with the reports above, some held and graded."""
    clock = StillClock(NOW)
    desk = DeskOnPaper(person, cambridgeshire(), clock)
    desk.receive(ex_partner_report())
    for id, title, channel, town, postcode, minutes in _OTHERS:
        desk.receive(
            ReceiveReport(
                report=ReportId(id),
                channel=channel,
                received_at=NOW - timedelta(minutes=minutes),
                source="web",
                receipt_code=f"CAM-AAAA-{id.upper()}",
                account=f"{title}. It happened near the shops.",
                facts=Facts(title=title, phone="07700 900412" if id == "r5" else ""),
                location=Location(town=town, postcode=postcode),
            )
        )
    _work(desk)
    return desk


def _work(desk: DeskOnPaper) -> None:
    minutes = timedelta(minutes=1)
    desk.act_as(KELLY, ClaimReport(report=ReportId("r1")), NOW - 2 * minutes)
    desk.act_as(MO, ClaimReport(report=ReportId("r3")), NOW - 9 * minutes)
    weapon = AddNote(report=ReportId("r3"), text="Neighbour is said to keep a dog", hazard=True)
    desk.act_as(MO, weapon, NOW - 8 * minutes)
    prompt = GradeReport(report=ReportId("r3"), code="P", reason="Shouting, children in house")
    desk.act_as(MO, prompt, NOW - 7 * minutes)
    missing = EscalateEmergency(report=ReportId("r4"), why="Aged 14, last seen at bus station")
    desk.act_as(MO, missing, NOW - 3 * minutes)
