"""A small night's work for tests of screens: nine reports, some held and graded."""

from collections.abc import Callable

from tests.views.stage import KELLY, MO, Night
from workstation.domain.claiming import ClaimReport
from workstation.domain.grading import EscalateEmergency, GradeReport
from workstation.domain.report import Channel, Facts, Location
from workstation.domain.story import AddNote

EX_PARTNER = (
    "My ex has been messaging me from new numbers since we split in August, sometimes 30 times a "
    "day. Tonight he was outside the shop when I finished my shift and he knows where I park. He "
    "said I will regret it if I don't talk to him. My manager walked me to my car. I have "
    "screenshots and the shop has cameras. I'm worried he will turn up at my daughter's school on "
    "Monday."
)
PHRASES = ["knows where I park", "said I will regret it", "my daughter's school"]
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
TOLD = "The flat above plays very loud music every night until 4 in the morning."
FEARED = "My ex was outside the shop tonight. He said I will regret it."


def fill(night: Night) -> None:
    """Let everything come in and be done in its order, and Kelly's desk have it."""
    steps: list[tuple[float, Callable[[], object]]] = [(55, lambda: ex_partner(night))]
    steps += [(one[-1], lambda one=one: _other(night, one)) for one in _OTHERS]  # type: ignore[misc]
    steps += [(8.5, lambda: _mo_works(night)), (3, lambda: _mo_escalates(night))]
    steps.append((2, lambda: _kelly_claims(night)))
    for minutes, step in sorted(steps, key=lambda one: -one[0]):
        night.until(minutes)
        step()
    night.until()
    night.seat(KELLY).exchange()


def ex_partner(night: Night, name: str = "r1") -> None:
    """The report that most tests open."""
    facts = Facts(
        title="Harassment by ex-partner, messages and at work",
        reporter="Karen Whitfield",
        phone="07700 900412",
        prefers="Text message",
        occurred="Sat 21 Nov 2026, 22:05 to 22:20",
        people="Dean Whitfield, 37, ex-partner",
        safety="At home, doors locked",
    )
    where = Location(text="Car park, Chequers Court", town="Huntingdon", postcode="PE29 3LR")
    night.receive(name, EX_PARTNER, facts, where)


def fill_two(night: Night) -> None:
    """A noise complaint in Cambridge, and a report of harassment with marked words."""
    night.until()
    noise = Facts(title="Loud music every night from flat above", reporter="Owen Fairclough")
    where = Location(text="Flat 6, Histon Road", postcode="CB4 3JP", district="E07000008")
    night.receive("noise", TOLD, noise, where)
    feared = Facts(
        title="Harassment by ex-partner",
        reporter="Karen Whitfield",
        reporter_role="victim",
        occurred="21 Nov, 22:05 to 22:20",
    )
    there = Location(text="Chequers Court, Huntingdon", district="E07000011")
    night.receive("harassment", FEARED, feared, there)
    night.seat(KELLY).exchange()


def _other(night: Night, one: tuple[str, str, Channel, str, str, int]) -> None:
    name, title, channel, town, postcode, _ = one
    facts = Facts(title=title, phone="07700 900412" if name == "r5" else "")
    where = Location(town=town, postcode=postcode)
    night.receive(name, f"{title}. It happened near the shops.", facts, where, channel)


def _mo_works(night: Night) -> None:
    mo, r3 = night.seat(MO), night["r3"]
    mo.do(ClaimReport(report=r3))
    mo.do(AddNote(report=r3, text="Neighbour is said to keep a dog", hazard=True))
    mo.do(GradeReport(report=r3, code="P", reason="Shouting, children in house"))
    mo.exchange()


def _mo_escalates(night: Night) -> None:
    missing = EscalateEmergency(report=night["r4"], why="Aged 14, last seen at bus station")
    night.seat(MO).do(missing)
    night.seat(MO).exchange()


def _kelly_claims(night: Night) -> None:
    night.seat(KELLY).do(ClaimReport(report=night["r1"]))
    night.seat(KELLY).exchange()
