"""Reports set aside for a desk: calm ones only, for so long only, and never by force."""

from datetime import datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.packs import PACK
from tests.domain.samples import OTHERS
from tests.domain.situations import (
    ASHA,
    BEN,
    DEE,
    MARK,
    NOW,
    PLACE,
    R1,
    SAM,
    STORE,
    ask,
    assess,
    calm,
    claimed,
    context,
    done,
    flagged,
    graded,
    happening,
    minutes,
    received,
    reserved,
    told,
)
from tests.told import told_yes
from workstation.domain.act import Command
from workstation.domain.claiming import (
    ClaimReport,
    DetachClaim,
    ReassignReport,
    ReleaseReport,
)
from workstation.domain.closing import CloseReport, ReopenReport
from workstation.domain.decider import apply, decide
from workstation.domain.flagging import ClearFlag, SetFlag
from workstation.domain.grading import EscalateEmergency, GradeReport
from workstation.domain.pack import PackProblem
from workstation.domain.packets import EndPacket, ReservePacket
from workstation.domain.packing import decode_pack, encode_pack
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report
from workstation.domain.roles import Person
from workstation.domain.story import AddNote

RESERVE = ReservePacket(report=R1)
UNTIL = minutes(60)
DOG = AddNote(report=R1, text="a dog", hazard=True)
FLAG = SetFlag(report=R1, flag="safeguarding")
EMERGENCY = EscalateEmergency(report=R1, why="a knife", location=PLACE)

RESERVING: list[tuple[str, Report, Person, list[str] | str]] = [
    ("a calm free report", calm(), ASHA, ["PacketReserved"]),
    ("not ungraded", received(), ASHA, []),
    ("not an emergency", replace(calm(), grading=graded("I").grading), ASHA, []),
    ("not with marked risk", replace(calm(), marked=(MARK,)), ASHA, []),
    ("not with a hazard", done(calm(), DOG), ASHA, []),
    ("not what is flagged", flagged(calm()), ASHA, []),
    ("not happening now", happening(calm()), ASHA, []),
    ("not held", graded("R"), BEN, []),
    ("not reserved already", reserved(calm(), UNTIL), BEN, []),
    ("not by a dispatcher", calm(), DEE, "role/not-yours"),
]


@pytest.mark.parametrize(
    ("report", "who", "expected"), [row[1:] for row in RESERVING], ids=[r[0] for r in RESERVING]
)
def test_what_may_be_set_aside(report: Report, who: Person, expected: list[str] | str) -> None:
    assert told(ask(report, RESERVE, who)) == expected


def test_it_is_set_aside_for_an_hour_of_the_clock_of_the_store() -> None:
    asked = context(ASHA, minutes(-900), recorded_at=minutes(0), reports={R1: calm()})
    assert decide(calm(), RESERVE, asked) == ()  # it waited offline: of no use any more
    report = done(calm(), RESERVE, at=minutes(10))
    assert report.claim is not None
    assert (report.claim.packet_until, report.lease) == (minutes(70), "packet")
    assert report.fence == calm().fence + 1


def test_a_pack_may_switch_packets_off() -> None:
    off = replace(PACK, claims=replace(PACK.claims, packet_size=0))
    assert decide(calm(), RESERVE, context(ASHA, pack=off)) == ()


def test_a_pack_that_says_nothing_of_claims_travels_as_it_did() -> None:
    assert b"claims" not in encode_pack(PACK)
    other = replace(PACK, claims=replace(PACK.claims, offline_hold_minutes=10))
    assert msgspec.json.decode(encode_pack(other), type=type(PACK)).claims == other.claims
    wrong = replace(PACK, claims=replace(PACK.claims, packet_minutes=90))
    with pytest.raises(PackProblem, match=r"claims.packet_minutes: 90 is not allowed; give 1 to"):
        decode_pack(encode_pack(wrong))


ENDING: list[tuple[str, Report, Command, Person, datetime, list[str]]] = [
    ("its time is up", reserved(calm(), UNTIL), EndPacket(report=R1), STORE, UNTIL,
     ["PacketEnded"]),
    ("not before", reserved(calm(), UNTIL), EndPacket(report=R1), STORE, minutes(59), []),
    ("not what is worked", claimed(), EndPacket(report=R1), STORE, UNTIL, []),
    ("given back", reserved(calm(), UNTIL), ReleaseReport(report=R1), ASHA, minutes(9),
     ["ReportReleased"]),
    ("an emergency leaves it", reserved(calm(), UNTIL), EMERGENCY, BEN, minutes(9),
     ["ReportGraded", "PacketEnded"]),
    ("a hazard leaves it", reserved(calm(), UNTIL), DOG, BEN, minutes(9),
     ["NoteAdded", "PacketEnded"]),
    ("a flag leaves it", reserved(calm(), UNTIL), FLAG, BEN, minutes(9),
     ["FlagSet", "PacketEnded"]),
    ("a note does not", reserved(calm(), UNTIL), AddNote(report=R1, text="x"), BEN, minutes(9),
     ["NoteAdded"]),
    ("silence ends no packet", reserved(calm(), UNTIL), DetachClaim(report=R1), STORE,
     minutes(9), []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("report", "command", "who", "at", "expected"),
    [row[1:] for row in ENDING],
    ids=[row[0] for row in ENDING],
)
def test_how_a_packet_ends(
    report: Report, command: Command, who: Person, at: datetime, expected: list[str]
) -> None:
    assert told(ask(report, command, who, at)) == expected


def test_a_supervisor_moves_what_is_set_aside() -> None:
    move = ReassignReport(report=R1, to=BEN.author, reason="the line is down")
    report = done(reserved(calm(), UNTIL), move, SAM)
    assert (report.lease, report.claim and report.claim.by) == ("active", BEN.author)


def test_what_leaves_a_packet_is_free_with_a_fence_more() -> None:
    aside = reserved(calm(), UNTIL)
    freed = done(aside, EMERGENCY, BEN)
    assert (freed.lease, freed.fence) == ("free", aside.fence + 1)


PLAY: list[Command] = [
    RESERVE,
    RESERVE,
    ClaimReport(report=R1),
    ReleaseReport(report=R1),
    assess(),
    GradeReport(report=R1, code="R", reason="calm"),
    GradeReport(report=R1, code="P", reason="alone"),
    GradeReport(report=R1, code="R", reason="calmer", was="P"),
    EMERGENCY,
    DOG,
    FLAG,
    ClearFlag(report=R1, flag="safeguarding", reason="over", set_by=ASHA.id, set_at=minutes(5)),
    CloseReport(report=R1, reason="advice", caller_told="yes", told=told_yes(NOW)),
    ReopenReport(report=R1, reason="a witness rang"),
    ReassignReport(report=R1, to=BEN.author, reason="shift ends"),
    DetachClaim(report=R1),
    EndPacket(report=R1),
]


@given(
    st.lists(
        st.tuples(st.sampled_from(PLAY), st.sampled_from((ASHA, BEN, SAM, STORE))), max_size=30
    ),
    st.booleans(),
)
def test_no_packet_ever_holds_an_ungraded_marked_or_emergency_report(
    acts: list[tuple[Command, Person]], begins_calm: bool
) -> None:
    state = {**OTHERS, R1: calm() if begins_calm else received()}
    for number, (command, who) in enumerate(acts):
        asked = context(who, minutes(5 * number), reports=dict(state))
        before = state[R1]
        answer = decide(before, command, asked)
        if not isinstance(answer, Refusal):
            state |= apply(state, answer, who.id)
        after = state[R1]
        if after.lease == "packet":
            assert after.grading is not None
            assert (after.is_emergency, after.happening_now) == (False, False)
            assert (after.marked, after.hazards, after.flags) == ((), (), ())
        _holder_changes_only_with_the_fence(before, after)


def _holder_changes_only_with_the_fence(before: Report, after: Report) -> None:
    holder = [one.claim.by.id if one.claim else None for one in (before, after)]
    assert after.fence > before.fence or holder[0] == holder[1]
