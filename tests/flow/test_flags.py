"""The rows of the conflict policy about flags: both columns, two desks at once and one late."""

import pytest

from tests.flow.meeting import BOB, CLOSE, Meeting
from tests.flow.test_leases import calm, packet_of
from tests.world import HandClock, Station, World
from workstation.domain.claiming import ClaimReport
from workstation.domain.closing import CloseReport
from workstation.domain.flagging import ClearFlag, SetFlag
from workstation.store.verify import verify

CHILD = "safeguarding"


def sets(meeting: Meeting, station: Station, flag: str = CHILD, reason: str = "") -> None:
    station.do(SetFlag(report=meeting.id, flag=flag, reason=reason))


def clears(meeting: Meeting, station: Station, flag: str = CHILD) -> None:
    """Clears the flag as this desk shows it."""
    shown = station.desk.report(meeting.id)
    stands = shown.report.flag(flag) if shown is not None else None
    assert stands is not None
    station.do(
        ClearFlag(
            report=meeting.id, flag=flag, reason="No.", set_by=stands.by.id, set_at=stands.at
        )
    )


def flags(meeting: Meeting) -> dict[str, str]:
    return {flag.id: flag.by.name for flag in meeting.report.flags}


def test_flags_set_at_once_are_a_union(meeting: Meeting) -> None:
    sets(meeting, meeting.ann, reason="A child is there.")
    sets(meeting, meeting.bob, "domestic-abuse")
    sets(meeting, meeting.bob)
    meeting.both(meeting.ann, meeting.bob)
    assert set(flags(meeting)) == {CHILD, "domestic-abuse"}
    assert meeting.refused(meeting.ann) == meeting.refused(meeting.bob) == []
    titles = [one.entry.title for one in meeting.ann.desk.entries(meeting.id)]
    assert titles.count("Flag set: Safeguarding") == 2
    assert "A child is there." in meeting.told(meeting.bob)
    for station in (meeting.ann, meeting.bob):
        [row] = station.desk.rows([meeting.id])
        assert set(row.marked) == {"Safeguarding", "Domestic abuse"}


@pytest.mark.fault("F31")
@pytest.mark.parametrize("is_closed", [False, True])
def test_a_flag_is_set_however_late_it_comes(meeting: Meeting, is_closed: bool) -> None:
    meeting.ann.line.is_cut = True
    sets(meeting, meeting.ann)
    meeting.moves_to_bob()
    if is_closed:
        meeting.bob.do(CloseReport(report=meeting.id, **CLOSE))
        meeting.both(meeting.bob)
    meeting.world.clock.pass_by(minutes=20)
    meeting.comes_back()
    assert flags(meeting) == {CHILD: "Ann Lee"}
    assert meeting.refused(meeting.ann) == []


def test_clearing_over_a_flag_set_again_is_refused_and_the_flag_stands(meeting: Meeting) -> None:
    sets(meeting, meeting.ann)
    meeting.both(meeting.ann, meeting.bob)
    sets(meeting, meeting.bob, reason="She told me about her son.")
    clears(meeting, meeting.ann)
    meeting.both(meeting.bob, meeting.ann)
    assert flags(meeting) == {CHILD: "Bob Lee"}
    [shown] = [one for one in meeting.ann.desk.attention() if one.mine]
    assert (shown.command, shown.case.code) == ("ClearFlag", "flag/changed")
    assert "Bob Lee set “Safeguarding” again" in shown.case.sentence


def test_clearing_one_that_was_cleared_and_set_again_meanwhile_is_refused(
    meeting: Meeting,
) -> None:
    sets(meeting, meeting.ann)
    meeting.both(meeting.ann, meeting.sue)
    clears(meeting, meeting.sue)
    meeting.both(meeting.sue, meeting.bob)
    sets(meeting, meeting.bob)
    clears(meeting, meeting.ann)
    meeting.both(meeting.bob, meeting.ann)
    assert flags(meeting) == {CHILD: "Bob Lee"}
    assert meeting.refused(meeting.ann) == ["ClearFlag"]


def test_clearing_what_nobody_set_again_goes_through_and_tells_why(meeting: Meeting) -> None:
    sets(meeting, meeting.ann)
    sets(meeting, meeting.ann, "repeat-victim")
    clears(meeting, meeting.ann)
    meeting.both(meeting.ann, meeting.bob)
    assert flags(meeting) == {"repeat-victim": "Ann Lee"}
    assert "No." in meeting.told(meeting.bob)
    assert verify(meeting.world.database) == []


@pytest.mark.fault("F15")
def test_one_clears_ones_own_flag_though_the_clock_runs_ahead(world: World) -> None:
    id = world.a_day()[1]
    ahead = HandClock()
    ahead.time = world.clock.time
    ann = world.station("ann", "W01", ahead)
    ann.exchange()
    ann.assess(id)
    ann.exchange()
    ann.line.is_cut = True
    ahead.pass_by(seconds=1.5)
    ann.go_on(id)
    ann.do(SetFlag(report=id, flag=CHILD, reason="A child is there."))
    shown = ann.desk.report(id)
    stands = shown.report.flag(CHILD) if shown is not None else None
    assert stands is not None
    by, at = stands.by.id, stands.at
    ann.do(ClearFlag(report=id, flag=CHILD, reason="He is 30.", set_by=by, set_at=at))
    ann.line.is_cut = False
    ann.exchange()
    assert ann.desk.attention() == ()
    assert world.states()[id].flags == ()


@pytest.mark.fault("F31")
@pytest.mark.invariant("I19")
def test_clearing_late_is_refused_and_the_flag_stands(meeting: Meeting) -> None:
    sets(meeting, meeting.ann)
    meeting.both(meeting.ann, meeting.bob)
    meeting.ann.line.is_cut = True
    clears(meeting, meeting.ann)
    meeting.moves_to_bob()
    meeting.comes_back()
    assert flags(meeting) == {CHILD: "Ann Lee"}
    [shown] = [one for one in meeting.ann.desk.attention() if one.mine]
    assert shown.case.sentence.startswith(f"{BOB.name} holds this report now")


@pytest.mark.invariant("I18")
def test_what_becomes_flagged_leaves_its_packet_in_the_same_act(
    world: World, ann: Station, bob: Station
) -> None:
    [id] = calm(world, ann)
    bob.exchange()
    bob.exchange()
    [aside] = packet_of(bob)
    assert aside == id
    ann.exchange()
    ann.do(SetFlag(report=id, flag="domestic-abuse"))
    ann.exchange()
    assert world.states()[id].lease == "free"
    bob.line.is_cut = True
    bob.do(ClaimReport(report=id))
    bob.line.is_cut = False
    bob.exchange()
    claim = world.states()[id].claim
    assert claim is not None
    assert (claim.by, claim.is_packet) == (BOB, False)
