"""“I said I would”: made by anybody, owed by who holds the report, kept or let go."""

import msgspec
import pytest
from msgspec.structs import replace

from tests.domain.packs import PACK
from tests.domain.situations import (
    ASHA,
    BEN,
    CALL_BACK,
    DEE,
    NOW,
    R1,
    SAM,
    after_late,
    ask,
    assessed,
    claimed,
    done,
    given_away,
    graded,
    happening,
    late,
    minutes,
    promised,
    received,
    redirected,
    told,
)
from tests.told import told_yes
from workstation.domain.claiming import ReassignReport, ReleaseReport
from workstation.domain.clocks import Promise, PromiseKind, promises
from workstation.domain.closing import CloseReport
from workstation.domain.initial_check import PassInitialCheck, may_wait, stages
from workstation.domain.promising import (
    ENDED_SHOWN,
    FARTHEST,
    MOST_OWED,
    DropPromise,
    KeepPromise,
    MakePromise,
)
from workstation.domain.redirection import LogAgencyAnswer
from workstation.domain.replying import LogReply
from workstation.domain.report import Report
from workstation.domain.sums import late_words, overdue_words, sum_of

KEEP = KeepPromise(report=R1, promise="p1", words="She is well.")
DROP = DropPromise(report=R1, promise="p1", reason="She rang us.")
HAND_OVER = ReassignReport(report=R1, to=BEN.author, reason="shift ends")
CLOSE = CloseReport(report=R1, reason="advice", caller_told="yes", told=told_yes(NOW))


def clock(report: Report) -> Promise:
    return next(p for p in promises(report, PACK) if p.kind is PromiseKind.SAID)


def test_a_promise_has_its_clock_and_says_who_made_it() -> None:
    made = clock(promised())
    assert (made.started_at, made.due_at, made.is_running) == (NOW, minutes(120), True)
    assert sum_of(made, PACK) == (
        "Asha said we would: Call back. Said Sun 22 Nov 09:00, by Sun 22 Nov 11:00."
    )


def test_who_is_given_the_report_owes_the_promise_and_its_maker_stays_named() -> None:
    given = done(promised(), HAND_OVER, SAM, minutes(5))
    assert given.owner == BEN.author
    assert clock(given).rule == "Asha said we would: Call back; Ben owes it."
    free = done(given, ReleaseReport(report=R1), BEN, minutes(6))
    assert free.owner == BEN.author
    assert clock(free).is_running


@pytest.mark.invariant("I50")
def test_a_report_that_has_ended_still_owes_what_was_said() -> None:
    closed = done(promised(graded("R")), CLOSE, at=minutes(9))
    assert clock(closed).is_running
    kept = done(closed, KEEP, BEN, minutes(30))
    assert clock(kept).stopped_at == minutes(30)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"what": " "}, "promise/what"),
        ({"due_at": NOW}, "promise/when"),
        ({"due_at": minutes(-1)}, "promise/when"),
        ({"due_at": NOW + FARTHEST + FARTHEST}, "promise/when"),
        ({"promise": "reply"}, "promise/id"),
    ],
)
def test_a_promise_needs_words_and_a_time_to_come(change: dict[str, object], code: str) -> None:
    assert told(ask(claimed(), replace(CALL_BACK, **change))) == code


def test_anybody_on_records_may_say_so_whoever_holds_the_report() -> None:
    assert told(ask(claimed(), CALL_BACK, DEE)) == ["PromiseMade"]
    assert told(ask(received(), CALL_BACK, BEN)) == ["PromiseMade"]


def test_the_same_promise_said_twice_is_one() -> None:
    assert told(ask(promised(), CALL_BACK)) == []


def test_so_many_may_be_owed_and_then_one_is_kept_first() -> None:
    report = claimed()
    for number in range(MOST_OWED):
        report = done(report, replace(CALL_BACK, promise=f"p{number}"))
    assert told(ask(report, replace(CALL_BACK, promise="p99"))) == "promise/full"
    report = done(report, KEEP)
    assert told(ask(report, replace(CALL_BACK, promise="p99"))) == ["PromiseMade"]


def test_of_promises_that_are_over_the_header_keeps_the_last_few() -> None:
    report = claimed()
    for number in range(ENDED_SHOWN + 3):
        report = done(report, replace(CALL_BACK, promise=f"p{number}"), at=minutes(number))
        report = done(report, replace(KEEP, promise=f"p{number}"), at=minutes(number + 1))
    assert [one.id for one in report.promised] == [f"p{n}" for n in range(3, ENDED_SHOWN + 3)]
    assert told(ask(report, replace(KEEP, promise="p0"))) == "promise/gone"


def test_letting_go_needs_a_reason_and_is_for_who_owes_or_made_it() -> None:
    assert told(ask(promised(), replace(DROP, reason=""))) == "promise/reason"
    assert told(ask(promised(), DROP, BEN)) == "claim/held"
    assert told(ask(promised(), DROP, SAM)) == ["PromiseDropped"]
    given = done(promised(), HAND_OVER, SAM, minutes(5))
    assert told(ask(given, DROP, ASHA)) == ["PromiseDropped"]


def test_that_it_was_done_stands_over_that_it_was_let_go() -> None:
    dropped = done(promised(), DROP, at=minutes(4))
    assert clock(dropped).stopped_at == minutes(4)
    assert told(ask(dropped, DROP)) == []
    kept = done(dropped, KEEP, BEN, minutes(6))
    assert [one.kept for one in kept.promised] == [True]
    assert done(kept, DROP).promised == kept.promised


def test_work_that_waited_offline_adds_its_promise_and_says_that_one_was_kept() -> None:
    again = after_late(given_away(), CALL_BACK)
    assert again.owed_promises[0].by == ASHA.author
    assert after_late(again, KEEP).owed_promises == ()
    taken = done(promised(), HAND_OVER, SAM, minutes(1))
    by_her = replace(DROP, promise="p2")
    assert (
        told(late(done(taken, replace(CALL_BACK, promise="p2"), BEN), by_her)) == "claim/changed"
    )


def test_two_late_promises_say_which_they_are() -> None:
    report = promised(graded("P"))
    late_at = minutes(60 * 49)
    assert overdue_words(promises(report, PACK), late_at) == (
        "Attendance, call back and 2 more overdue"
    )
    at_two = overdue_words(promises(report, PACK), minutes(130))
    assert at_two == "Attendance and call back overdue"
    assert late_words(["reply"]) == ""
    assert late_words(["attendance", "reply"]) == "Attendance and reply overdue"


def test_the_two_stages_have_an_owner_a_start_and_an_end() -> None:
    (first,) = stages(received())
    assert (first.name, first.owner, first.ended_at) == ("Initial check", None, None)
    checked = done(received(), PassInitialCheck(report=R1, whose="ours"), BEN, minutes(4))
    check, review = stages(checked)
    assert (check.owner, check.ended_at) == (BEN.author, minutes(4))
    assert (review.started_at, review.ended_at, review.owner) == (minutes(4), None, None)
    closed = done(done(assessed(), CALL_BACK), CLOSE, at=minutes(9))
    check, review = stages(closed)
    assert (check.ended_at, review.owner, review.ended_at) == (minutes(1), ASHA.author, minutes(9))


def test_what_says_it_is_happening_now_never_passes_the_initial_check() -> None:
    check = PassInitialCheck(report=R1, whose="ours")
    assert told(ask(happening(received()), check)) == "check/now"
    assert not may_wait(received())
    assert may_wait(done(received(), check))
    assert told(ask(done(received(), check), check)) == []


def test_of_two_first_looks_the_earlier_one_stands_in_whatever_order_they_come() -> None:
    later = done(received(), PassInitialCheck(report=R1, whose="ours"), BEN, minutes(9))
    early = done(later, PassInitialCheck(report=R1, whose="ours", words="x"), ASHA, minutes(3))
    assert early.initial_check is not None
    assert (early.initial_check.by, early.initial_check.at) == (ASHA.author, minutes(3))


def test_a_reply_says_who_was_told_and_what() -> None:
    reply = LogReply(report=R1, who="Ola", means="phone", words="35/66507/26")
    assert told(ask(claimed(), replace(reply, who=" "))) == "reply/who"
    assert told(ask(claimed(), replace(reply, words=" "))) == "reply/words"
    assert told(ask(claimed(), reply, DEE)) == ["ReplyGiven"]


def test_only_what_was_redirected_has_an_agency_that_answers() -> None:
    answer = LogAgencyAnswer(report=R1, words="Mr Day")
    assert told(ask(claimed(), answer)) == "agency/none"
    assert told(ask(redirected(), replace(answer, words=""))) == "agency/words"


def test_a_time_without_a_zone_is_not_read() -> None:
    written = msgspec.json.encode(CALL_BACK).replace(b"11:00:00Z", b"11:00:00")
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(written, type=MakePromise)
