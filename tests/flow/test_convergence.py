"""Whatever is done in whatever order, with lost replies, repeats and restarts: all converge."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.told import repeats, told_yes
from tests.world import MORNING, Station, World, a_world, listed
from workstation.cache.shelf import Shelf
from workstation.desk import QueueFilter
from workstation.domain.act import Command
from workstation.domain.claiming import AskSupervisor, ClaimReport, ReleaseReport
from workstation.domain.closing import CloseReport, ReopenReport
from workstation.domain.correcting import CorrectFacts
from workstation.domain.decider import event_decoder
from workstation.domain.facts import FactChange
from workstation.domain.flagging import ClearFlag, SetFlag
from workstation.domain.grading import EscalateEmergency, GradeReport, TellByVoice
from workstation.domain.offering import AcceptOffer, DeclineOffer, OfferReport, WithdrawOffer
from workstation.domain.report import Channel, EarlierContacts, Facts, Location, ReportId, Victim
from workstation.domain.risk import AssessRisk, lowest_levels
from workstation.domain.roles import Author, PersonId
from workstation.domain.story import AddNote
from workstation.store.verify import verify
from workstation.wire.protocol import JournalLine

PEOPLE = ("ann", "bob", "sue")
ACTS = (
    "note",
    "claim",
    "release",
    "assess",
    "facts",
    "raise",
    "lower",
    "emergency",
    "voice",
    "close",
    "reopen",
    "duplicate",
    "ask",
    "offer",
    "accept",
    "decline",
    "withdraw",
    "flag",
    "unflag",
    "crime",
    "take",
)
LINE = (
    "exchange",
    "exchange",
    "exchange",
    "cut",
    "mend",
    "lose a reply",
    "restart",
    "a minute",
    "break",
)
STEPS = st.lists(
    st.tuples(st.integers(0, len(PEOPLE) - 1), st.sampled_from(ACTS + LINE), st.integers(0, 4)),
    min_size=12,
    max_size=45,
)


@pytest.mark.fault("F2")
@pytest.mark.invariant("I3", "I9", "I12", "I13", "I14", "I23", "I24", "I37")
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
@given(STEPS)
def test_all_desks_come_to_hold_what_the_store_holds(
    steps: list[tuple[int, str, int]],
) -> None:
    with TemporaryDirectory() as folder, a_world(Path(folder)) as world:
        ids = world.a_day()
        stations = [world.station(name, f"W{n}") for n, name in enumerate(PEOPLE)]
        for station in stations:
            station.exchange()
        numbers: list[str] = []
        written: list[tuple[int, ReportId, str]] = []
        for n, (who, what, which) in enumerate(steps):
            world.clock.pass_by(milliseconds=7)
            if what == "note":
                written.append((who, ids[which], f"note {n}"))
                stations[who].do(AddNote(report=ids[which], text=f"note {n}"))
            else:
                _step(world, stations[who], what, ids[which], ids[0], numbers)
            _assert_nothing_written_is_gone(stations, written)
        _settle_down(stations)
        assert max(Counter(numbers).values(), default=1) == 1
        assert verify(world.database) == []
        for station in stations:
            _assert_like_the_store(world, station)


def _step(
    world: World, station: Station, what: str, id: ReportId, first: ReportId, numbers: list[str]
) -> None:
    desk = station.desk
    if what in LINE:
        _on_the_line(world, station, what)
    elif what == "crime":
        code = desk.pack.offences[0].code
        number = desk.record_crime(id, code, Victim(kind="not yet known"))
        if isinstance(number, str):
            numbers.append(number)
    elif what == "take":
        desk.take_contact(Channel.CALL_101, "He says", Facts(), Location(text="Mill Road"))
    else:
        desk.submit(_command(station, what, id, first))


def _on_the_line(world: World, station: Station, what: str) -> None:
    if what == "exchange":
        station.exchange()
    elif what in ("cut", "mend"):
        station.line.is_cut = what == "cut"
    elif what == "lose a reply":
        station.line.lost_replies += 1
    elif what == "break":
        station.line.breaks_after_sending = True
    elif what == "restart":
        station.restart()
    else:
        world.clock.pass_by(minutes=1)


def _command(station: Station, what: str, id: ReportId, first: ReportId) -> Command:
    desk = station.desk
    shown = desk.report(id)
    grading = shown.report.grading if shown is not None else None
    was = grading.code if grading is not None else ""
    title = shown.report.facts.title if shown is not None else ""
    change = FactChange("title", title, f"{title}!"[-20:])
    place = shown.report.location if shown is not None else Location()
    corrected = CorrectFacts(
        report=id, changes=(change,), location=Location(text="Ely"), location_was=place
    )
    commands: dict[str, Command] = {
        "claim": ClaimReport(report=id),
        "release": ReleaseReport(report=id),
        "assess": AssessRisk(
            report=id,
            levels=lowest_levels(desk.pack),
            earlier=EarlierContacts(),
            interim="Nobody is near",
            rara=("avoid",),
        ),
        "facts": corrected,
        "raise": GradeReport(report=id, code="P", reason="r", was=was),
        "lower": GradeReport(report=id, code="R", reason="r", was=was),
        "emergency": EscalateEmergency(report=id, why="w", location=Location(text="Here")),
        "voice": TellByVoice(report=id, told="Cole"),
        "close": CloseReport(report=id, reason="r", caller_told="yes", told=told_yes(MORNING)),
        "reopen": ReopenReport(report=id, reason="r"),
        "duplicate": repeats(report=id, of=first, at=MORNING),
        "ask": AskSupervisor(report=id),
        **_offers_and_flags(station, id),
    }
    return commands[what]


def _offers_and_flags(station: Station, id: ReportId) -> dict[str, Command]:
    """To Bob, and his answer to what his desk shows; a flag, and its end as this desk shows it."""
    shown, me = station.desk.report(id), station.desk.person.id
    claim = shown.report.claim if shown is not None else None
    holder, fence = claim.by.id if claim else me, shown.report.fence if shown is not None else 0
    flag = shown.report.flag("safeguarding") if shown is not None else None
    by, at = (flag.by.id, flag.at) if flag else (me, station.desk.clock.now())
    to = Author(PersonId("bob"), "Bob Lee")
    return {
        "offer": OfferReport(report=id, to=to, reason="r"),
        "accept": AcceptOffer(report=id, holder=holder, fence=fence),
        "decline": DeclineOffer(report=id, holder=holder, fence=fence),
        "withdraw": WithdrawOffer(report=id),
        "flag": SetFlag(report=id, flag="safeguarding"),
        "unflag": ClearFlag(report=id, flag="safeguarding", reason="r", set_by=by, set_at=at),
    }


def _assert_nothing_written_is_gone(
    stations: list[Station], written: list[tuple[int, ReportId, str]]
) -> None:
    """What a person wrote is on their screen once, in every moment, wherever it is."""
    for who, id, text in written:
        texts = [one.entry.text for one in stations[who].desk.entries(id)]
        assert texts.count(text) == 1


def _settle_down(stations: list[Station]) -> None:
    for station in stations:
        station.line.is_cut, station.line.lost_replies = False, 0
        station.line.breaks_after_sending = False
    for _ in range(4):  # a desk that was offline gives back and sets aside what it need not hold
        for station in stations:
            assert station.exchange(), station.desk.link().problem


def _is_told(line: JournalLine) -> bool:
    return event_decoder.decode(line.event).entry("") is not None


def _assert_like_the_store(world: World, station: Station) -> None:
    desk, states = station.desk, world.states()
    shelf: Shelf = desk.stock.shelf
    assert desk.link().waiting == 0
    assert shelf.reports(list(states)) == states
    assert set(listed(desk, QueueFilter(view="all"))) == set(states)
    for id, report in states.items():
        shown = desk.report(id)
        assert shown is not None
        assert (shown.report, shown.pending, shown.stage) == (report, (), "confirmed")
        events = [line for line in world.journal(id).lines if _is_told(line)]
        told = [one.entry.id for one in desk.entries(id)]
        assert len(set(told)) == len(told)
        assert sorted(told) == sorted(f"{line.command_id}:{line.ordinal}" for line in events)
        assert not any(one.pending for one in desk.entries(id))
    queue = desk.rows(listed(desk, QueueFilter()))
    keys = [(not row.danger, row.band) for row in queue]
    assert keys == sorted(keys)
