"""A report on which several people act at once, or late: who meets whom, and what came of it."""

from dataclasses import dataclass
from typing import Any

from tests.flow.test_numbers import NOBODY, offence
from tests.told import repeats, told_yes
from tests.world import MORNING, Station, World
from workstation.domain.claiming import ReassignReport
from workstation.domain.closing import CloseReport
from workstation.domain.correcting import CorrectFacts
from workstation.domain.crime import RecordNotCrime
from workstation.domain.facts import FactChange
from workstation.domain.handoff import SOLVABILITY, HandToImu
from workstation.domain.redirection import RedirectReport
from workstation.domain.report import Report, ReportId
from workstation.domain.roles import Author, PersonId

BOB = Author(PersonId("bob"), "Bob Lee")
CATH = Author(PersonId("cath"), "Cath Lee")
CLOSE: dict[str, Any] = {
    "reason": "Advice given.",
    "caller_told": "Yes.",
    "told": told_yes(MORNING),
}


@dataclass
class Meeting:
    """A report that Ann holds, assessed; Bob and a supervisor at their desks; all see it so."""

    world: World
    ann: Station
    bob: Station
    sue: Station
    id: ReportId

    @property
    def report(self) -> Report:
        """As the store has it."""
        return self.world.states()[self.id]

    def both(self, *stations: Station) -> None:
        """They exchange one after the other, then once more to see each other's work."""
        for station in (*stations, *stations):
            assert station.exchange()

    def moves_to_bob(self) -> None:
        """A supervisor gives the report to Bob while Ann is away."""
        self.sue.do(ReassignReport(report=self.id, to=BOB, reason="Ann is offline."))
        self.both(self.sue, self.bob)

    def comes_back(self) -> None:
        """Ann's line is whole again."""
        self.ann.line.is_cut = False
        self.both(self.ann, self.bob, self.sue)

    def refused(self, station: Station) -> list[str]:
        """What needs this person's attention."""
        return [one.command for one in station.desk.attention() if one.mine]

    def told(self, station: Station) -> list[str]:
        """The words of the report's story on a desk."""
        return [one.entry.text for one in station.desk.entries(self.id)]


def exclusive(meeting: Meeting, name: str, id: ReportId) -> None:
    """Ann ends or hands over the report in one of the ways there are."""
    agency = meeting.ann.desk.pack.agencies[0].id
    if name == "HandToImu":
        number = meeting.ann.desk.record_crime(id, offence(meeting.ann), NOBODY)
        assert isinstance(number, str)
    commands = {
        "CloseReport": CloseReport(report=id, **CLOSE),
        "RedirectReport": RedirectReport(report=id, agency=agency, message="They have it."),
        "RecordNotCrime": RecordNotCrime(
            report=id, explanation="No crime.", advice="Ask them.", agencies=(agency,)
        ),
        "HandToImu": HandToImu(report=id, solvability=dict.fromkeys(SOLVABILITY, "no"), facts=""),
        "MarkDuplicate": repeats(report=id, of=some_other(meeting), at=MORNING),
    }
    meeting.ann.do(commands[name])


def some_other(meeting: Meeting) -> ReportId:
    """Another report of the day that is not in danger."""
    return next(id for id in sorted(meeting.world.states()) if id != meeting.id)


def correction(meeting: Meeting, station: Station, field: str, now: str) -> CorrectFacts:
    """A fact corrected from what this desk shows."""
    shown = station.desk.report(meeting.id)
    assert shown is not None
    was = getattr(shown.report.facts, field)
    return CorrectFacts(report=meeting.id, changes=(FactChange(field, was, now),))
