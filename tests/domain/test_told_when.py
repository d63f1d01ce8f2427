"""When the caller was told, as a close takes it; and what the first release did not ask."""

from datetime import datetime

import pytest
from msgspec.structs import replace

from tests.domain.situations import NOW, R1, R2, ask, assessed, minutes, told
from tests.told import told_yes
from workstation.domain.closing import CloseReport, MarkDuplicate
from workstation.domain.judgement import CallerTold
from workstation.domain.refusal import Refusal

CLOSE = CloseReport(report=R1, reason="advice given", caller_told="by phone", told=told_yes(NOW))
OTHERS = {R2: assessed(R2)}


@pytest.mark.parametrize("early", [minutes(-5), minutes(0)])
def test_clocks_that_differ_a_little_do_not_make_told_before_it_came(early: datetime) -> None:
    close = replace(CLOSE, told=CallerTold(answer="yes", at=early, by="Asha"))
    assert told(ask(assessed(), close)) == ["ReportClosed"]


def test_a_desk_whose_clock_is_behind_the_receipt_may_still_say_that_the_caller_was_told() -> None:
    behind = minutes(-600)
    close = replace(CLOSE, told=CallerTold(answer="yes", at=behind, by="Asha"))
    assert told(ask(assessed(), close, at=behind)) == ["ReportClosed"]


def test_a_duplicate_of_the_first_release_says_that_nobody_was_asked() -> None:
    old = MarkDuplicate(report=R1, of=R2, reason="same", told=CallerTold(answer="as written"))
    events = ask(assessed(), old, reports=OTHERS)
    assert not isinstance(events, Refusal)
    entry = events[0].entry("e1")
    assert entry is not None
    assert "same\nWhether the caller was told was not asked." in entry.text
    assert events[0].evolve(assessed()).reply is None
