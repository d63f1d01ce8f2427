"""Flags of risk: always set, cleared only as they were seen, and never in a packet."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from tests.domain.samples import CLOSE
from tests.domain.situations import (
    ASHA,
    BEN,
    DEE,
    R1,
    SAM,
    ask,
    assess,
    assessed,
    calm,
    claimed,
    context,
    done,
    flagged,
    minutes,
    received,
    silent,
    told,
)
from workstation.domain.act import Command
from workstation.domain.clocks import is_danger
from workstation.domain.decider import decide
from workstation.domain.flagging import ClearFlag, SetFlag
from workstation.domain.leases import held_off_until
from workstation.domain.packets import is_calm
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report
from workstation.domain.roles import Person

SET = SetFlag(report=R1, flag="safeguarding")
WHY = replace(SET, reason="A child is there")
CLEAR = ClearFlag(
    report=R1, flag="safeguarding", reason="He is 30", set_by=ASHA.id, set_at=minutes(0)
)
OF_BEN = replace(CLEAR, set_by=BEN.id)
Row = tuple[str, Report, Command, Person, list[str] | str]

ACTS: list[Row] = [
    ("anybody sets one", received(), SET, DEE, ["FlagSet"]),
    ("also on what somebody else holds", claimed(), WHY, BEN, ["FlagSet"]),
    ("also on what has ended", done(assessed(), CLOSE), SET, BEN, ["FlagSet"]),
    ("twice by one person is once", flagged(claimed()), SET, ASHA, []),
    ("with a reason it is told again", flagged(claimed()), WHY, ASHA, ["FlagSet"]),
    ("and by somebody else", flagged(claimed()), SET, BEN, ["FlagSet"]),
    ("only those of the force", claimed(), replace(SET, flag="evil"), ASHA, "flag/unknown"),
    ("its holder clears it", flagged(claimed()), CLEAR, ASHA, ["FlagCleared"]),
    ("a supervisor clears it", flagged(claimed()), CLEAR, SAM, ["FlagCleared"]),
    ("nobody else", flagged(claimed()), CLEAR, BEN, "claim/held"),
    ("not without holding it", flagged(received()), CLEAR, ASHA, "claim/free"),
    ("not without a reason", flagged(claimed()), replace(CLEAR, reason=" "), ASHA, "flag/reason"),
    ("not as it was not seen", flagged(claimed(), BEN, minutes(1)), OF_BEN, ASHA, "flag/changed"),
    ("her own by whatever clock", flagged(claimed(), at=minutes(1)), CLEAR, ASHA, ["FlagCleared"]),
    ("what is cleared is cleared", claimed(), CLEAR, ASHA, []),
]


@pytest.mark.parametrize(
    ("report", "command", "who", "expected"), [row[1:] for row in ACTS], ids=[r[0] for r in ACTS]
)
def test_flags(report: Report, command: Command, who: Person, expected: list[str] | str) -> None:
    assert told(ask(report, command, who)) == expected


def test_flags_are_a_union_and_each_says_who_set_it_and_when() -> None:
    report = flagged(claimed())
    report = done(report, replace(SET, flag="repeat-victim"), BEN, minutes(3))
    told = [(flag.name, flag.by.name, flag.at) for flag in report.flags]
    assert told == [
        ("Safeguarding", "Asha", minutes(0)),
        ("Repeat victim", "Ben", minutes(3)),
    ]
    left = done(report, CLEAR)
    assert [flag.id for flag in left.flags] == ["repeat-victim"]


def test_a_flag_cleared_and_set_again_meanwhile_is_not_cleared_by_who_saw_the_first() -> None:
    again = flagged(done(flagged(claimed()), CLEAR), BEN, minutes(4))
    answer = ask(again, CLEAR)
    assert isinstance(answer, Refusal)
    assert answer.code == "flag/changed"
    assert answer.sentence.startswith("Ben set “Safeguarding” again at 09:04")


@pytest.mark.invariant("I19")
def test_clearing_under_a_former_lease_is_refused() -> None:
    report = replace(flagged(claimed()), fence=3)
    late = decide(report, CLEAR, context(ASHA, fence=1, reports={R1: report}))
    assert isinstance(late, Refusal)
    assert late.code == "claim/changed"


RISKS: list[tuple[str, Callable[[], bool]]] = [
    ("no packet holds it", lambda: is_calm(calm()) and not is_calm(flagged(calm()))),
    ("unassessed it is danger", lambda: is_danger(flagged(claimed()))),
    ("assessed it is not", lambda: not is_danger(flagged(assessed()))),
    ("a silent desk keeps it from nobody",
     lambda: held_off_until(silent(flagged(claimed())), context().pack) == minutes(0)),
]  # fmt: skip


@pytest.mark.parametrize("holds", [row[1] for row in RISKS], ids=[row[0] for row in RISKS])
def test_a_flag_counts_as_a_mark_of_risk(holds: Callable[[], bool]) -> None:
    assert holds()


def test_no_risk_found_cannot_be_said_of_what_is_flagged() -> None:
    answer = ask(flagged(claimed()), assess(nothing=True))
    assert isinstance(answer, Refusal)
    assert answer.code == "thrive/flag"
