"""An update is a report of its own, assessed at once; a match of identity only adds a line."""

import pytest
from msgspec.structs import replace

from tests.domain.situations import (
    R1,
    R2,
    WEB,
    ask,
    assess,
    assessed,
    done,
    receive,
    received,
    told,
)
from workstation.domain.clocks import is_danger
from workstation.domain.entry import EntryKind
from workstation.domain.refusal import Refusal
from workstation.domain.report import Quoted
from workstation.domain.traces import quoted

REFERENCE = "CC-22112026-0001"
UNMATCHED = replace(receive(account="He is back."), quotes=Quoted(REFERENCE))
MATCHED = replace(UNMATCHED, quotes=Quoted(REFERENCE, R2, ("telephone",)))
OTHERS = {R2: assessed(R2)}


def test_without_a_match_nothing_is_said_of_the_other_report() -> None:
    assert UNMATCHED.reports() == (R1,)
    assert told(ask(None, UNMATCHED, WEB, reports=OTHERS)) == ["ReportReceived"]


def test_with_a_match_the_other_report_gets_a_line_and_keeps_its_state() -> None:
    assert MATCHED.reports() == (R1, R2)
    answer = ask(None, MATCHED, WEB, reports=OTHERS)
    assert told(answer) == ["ReportReceived", "UpdateCame"]
    assert not isinstance(answer, Refusal)
    assert answer[1].evolve(OTHERS[R2]) == OTHERS[R2]
    kind, title, text = answer[1].story() or ("", "", "")
    assert (kind, text) == (EntryKind.NOTE, "He is back.")
    assert title.endswith("by the same telephone")


def test_a_report_that_is_gone_meanwhile_does_not_hold_up_the_update() -> None:
    assert told(ask(None, MATCHED, WEB)) == ["ReportReceived"]


@pytest.mark.parametrize("command", [UNMATCHED, MATCHED])
def test_an_update_stands_with_danger_until_it_is_assessed(command: object) -> None:
    report = done(None, command, WEB, reports=OTHERS)  # type: ignore[arg-type]
    assert report.risk_is_unassessed
    assert is_danger(report)
    after = done(replace(report, claim=None), assess())
    assert not is_danger(after)
    assert not is_danger(received())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("My ref CAM-7Q4K-29PX, he is back", ["CAM-7Q4K-29PX"]),
        ("about cam 7q4k 29px", ["cam 7q4k 29px"]),
        ("code CAM7Q4K29PX", ["CAM7Q4K29PX"]),
        ("crime 35/66507/22 and CC-22112026-0001", ["35/66507/22", "CC-22112026-0001"]),
        ("the day-night-shift of 12/03/1984", []),
        ("", []),
    ],
)
def test_what_reads_like_a_reference_is_known(text: str, found: list[str]) -> None:
    assert quoted(text) == found


def test_a_receipt_code_without_a_digit_is_a_reference_too() -> None:
    assert quoted("My code is CAM-TWVJ-GPTG.") == ["CAM-TWVJ-GPTG"]
    assert quoted("my wife is very upset") == []
