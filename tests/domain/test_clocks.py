"""Promises as the history makes them, and the queue: no late promise ever outranks danger."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.packs import PACK
from tests.domain.situations import (
    ASHA,
    BEN,
    DEE,
    MARK,
    NOW,
    R1,
    SAM,
    assess,
    assessed,
    done,
    graded,
    happening,
    minutes,
    promised,
    received,
    record_crime,
    redirected,
    with_crime,
)
from workstation.domain.claiming import ClaimReport
from workstation.domain.clocks import (
    Promise,
    PromiseKind,
    QueueKey,
    is_danger,
    promises,
    queue_key,
    running,
    tightest,
)
from workstation.domain.closing import CloseReport, ReopenReport
from workstation.domain.crime import RecordNotCrime
from workstation.domain.grading import EscalateEmergency, OpenByDispatch
from workstation.domain.initial_check import PassInitialCheck
from workstation.domain.judgement import CallerTold
from workstation.domain.pack import Band
from workstation.domain.promising import DropPromise, MakePromise
from workstation.domain.redirection import LogAgencyAnswer, RedirectReport
from workstation.domain.replying import LogReply
from workstation.domain.report import Channel, CrimeId, Grading, HandOff, Location, Report, Victim
from workstation.domain.sums import sum_of

CLOSE = CloseReport(report=R1, reason="advice", caller_told="no phone", told=CallerTold("no"))
REPLY = LogReply(report=R1, who="Ola", means="e-mail", words="35/66507/26")
NOT_CRIME = RecordNotCrime(report=R1, explanation="Civil", advice="Ask", agencies=("city",))


def place(report: Report) -> QueueKey:
    """Where a report stands."""
    return queue_key(report, tightest(report, PACK))


def promise(report: Report, kind: PromiseKind) -> Promise:
    """The report's promise of this kind."""
    return next(p for p in promises(report, PACK) if p.kind is kind)


def kinds(report: Report) -> set[PromiseKind]:
    """What has been promised about the report."""
    return {p.kind for p in promises(report, PACK)}


def test_a_new_report_runs_three_clocks_from_its_receipt() -> None:
    assert {p.kind: p.due_at for p in promises(received(), PACK)} == {
        PromiseKind.INITIAL_CHECK: minutes(15),
        PromiseKind.RECORDING: NOW + timedelta(hours=24),
        PromiseKind.PUBLIC: NOW + timedelta(hours=48),
    }


def test_intelligence_is_no_report_of_a_crime_and_runs_no_recording_clock() -> None:
    intelligence = replace(received(), channel=Channel.INTELLIGENCE)
    assert PromiseKind.RECORDING not in kinds(intelligence)


def test_the_tightest_clock_comes_first_and_says_its_sum() -> None:
    first = tightest(received(), PACK)
    assert first is not None
    assert first.kind is PromiseKind.INITIAL_CHECK
    assert "15 min from Sun 22 Nov 09:00 is Sun 22 Nov 09:15." in sum_of(first, PACK)


def test_an_older_overdue_promise_never_hides_when_officers_are_due() -> None:
    late = replace(received(), received_at=NOW - timedelta(hours=60))
    sent = done(late, EscalateEmergency(report=R1, why="knife"), at=NOW)
    shown = tightest(sent, PACK)
    assert shown is not None
    assert (shown.kind, shown.due_at) == (PromiseKind.ATTENDANCE, minutes(15))
    assert place(sent).due_at == minutes(15)
    owed = [p.kind for p in running(sent, PACK)]
    assert owed[:2] == [PromiseKind.ATTENDANCE, PromiseKind.RECORDING]


def test_emergencies_are_ordered_by_when_officers_are_due() -> None:
    late = replace(received(), received_at=NOW - timedelta(hours=60))
    first = done(received(), EscalateEmergency(report=R1, why="knife"), at=NOW)
    second = done(late, EscalateEmergency(report=R1, why="knife"), at=minutes(1))
    assert place(first) < place(second)


def test_looking_at_the_risk_keeps_the_initial_check() -> None:
    kept = promise(assessed(), PromiseKind.INITIAL_CHECK)
    assert (kept.is_running, kept.stopped_at) == (False, minutes(1))


def test_assessing_again_later_does_not_make_the_initial_check_late() -> None:
    again = done(assessed(), assess(), BEN, minutes(200))
    kept = promise(again, PromiseKind.INITIAL_CHECK)
    assert kept.stopped_at == minutes(1)


def test_recording_a_crime_keeps_the_recording_rule_but_the_public_waits_to_be_told() -> None:
    report = done(assessed(), record_crime(), at=minutes(40))
    assert promise(report, PromiseKind.RECORDING).stopped_at == minutes(40)
    assert promise(report, PromiseKind.PUBLIC).is_running
    told = done(report, replace(REPLY, means="phone"), at=minutes(55))
    assert promise(told, PromiseKind.PUBLIC).stopped_at == minutes(55)
    again = done(told, REPLY, at=minutes(90))
    assert promise(again, PromiseKind.PUBLIC).stopped_at == minutes(55)


def test_a_word_by_telephone_is_no_written_acknowledgement() -> None:
    report = done(with_crime(), replace(REPLY, means="phone"), at=minutes(5))
    assert promise(report, PromiseKind.ACKNOWLEDGED).is_running
    written = done(report, REPLY, at=minutes(9))
    assert promise(written, PromiseKind.ACKNOWLEDGED).stopped_at == minutes(9)


def test_a_second_crime_is_acknowledged_by_itself() -> None:
    first = done(with_crime(), REPLY, at=minutes(5))
    second = replace(record_crime(), crime=CrimeId("c2"), number="35/66508/26", serial=66508)
    waits = promise(done(first, second, at=minutes(8)), PromiseKind.ACKNOWLEDGED)
    assert (waits.started_at, waits.is_running) == (minutes(8), True)
    assert "35/66508/26" in waits.rule


def test_a_victim_not_yet_known_cannot_be_written_to() -> None:
    nobody = replace(record_crime(), victim=Victim("not yet known"))
    assert PromiseKind.ACKNOWLEDGED not in kinds(done(assessed(), nobody))


@pytest.mark.invariant("I50")
def test_closing_stops_the_hubs_own_clocks_and_the_reply_is_still_owed() -> None:
    closed = done(graded("R"), CLOSE, at=minutes(9))
    assert [p.kind for p in running(closed, PACK)] == [PromiseKind.PUBLIC]
    told = done(closed, REPLY, at=minutes(12))
    assert running(told, PACK) == ()
    by_voice = replace(CLOSE, told=CallerTold("yes", minutes(8), "Asha"))
    assert running(done(graded("R"), by_voice, at=minutes(9)), PACK) == ()
    again = done(told, ReopenReport(report=R1, reason="new"), at=minutes(20))
    assert promise(again, PromiseKind.RECORDING).is_running
    assert not promise(again, PromiseKind.PUBLIC).is_running


def test_no_crime_leaves_reasons_owed_to_who_came_to_the_police() -> None:
    ended = done(assessed(), NOT_CRIME, at=minutes(9))
    assert promise(ended, PromiseKind.REASONS).is_running
    told = done(ended, REPLY, at=minutes(12))
    assert promise(told, PromiseKind.REASONS).stopped_at == minutes(12)
    before = done(done(assessed(), REPLY, at=minutes(5)), NOT_CRIME, at=minutes(9))
    assert promise(before, PromiseKind.REASONS).is_running
    explained = done(done(before, REPLY, at=minutes(14)), REPLY, at=minutes(30))
    assert promise(explained, PromiseKind.REASONS).stopped_at == minutes(14)
    assert promise(explained, PromiseKind.PUBLIC).stopped_at == minutes(5)
    reopened = done(explained, ReopenReport(report=R1, reason="new"), at=minutes(40))
    again = done(done(reopened, ClaimReport(report=R1)), NOT_CRIME, at=minutes(50))
    assert promise(again, PromiseKind.REASONS).is_running
    assert promise(done(again, REPLY, at=minutes(55)), PromiseKind.REASONS).stopped_at == (
        minutes(55)
    )


def test_an_agency_that_says_nothing_leaves_its_answer_owed() -> None:
    report = redirected(minutes(3))
    waits = promise(report, PromiseKind.AGENCY)
    assert (waits.is_running, waits.days) == (True, 2)
    assert "Cambridge City Council says that it has this" in waits.rule
    answer = LogAgencyAnswer(report=R1, words="Mr Day, ref. 81")
    answered = done(report, answer, at=minutes(60))
    assert promise(answered, PromiseKind.AGENCY).stopped_at == minutes(60)
    again = done(answered, ReopenReport(report=R1, reason="new"), at=minutes(70))
    assert PromiseKind.AGENCY not in kinds(again)
    way = RedirectReport(report=R1, agency="psd", message="They have it.")
    elsewhere = done(done(again, ClaimReport(report=R1)), way, at=minutes(80))
    assert promise(elsewhere, PromiseKind.AGENCY).is_running


def test_a_reply_that_nobody_is_owed_is_let_go_with_a_reason() -> None:
    closed = done(graded("R"), CLOSE, at=minutes(9))
    dropped = DropPromise(report=R1, promise="reply", reason="Anonymous: nobody to tell.")
    over = done(closed, dropped, at=minutes(10))
    assert running(over, PACK) == ()


def test_attendance_runs_from_the_grading_by_urban_or_rural() -> None:
    urban = graded("I")
    rural = replace(urban, location=Location(text="Fen Drove", rural=True))
    assert promise(urban, PromiseKind.ATTENDANCE).due_at == minutes(2 + 15)
    assert promise(rural, PromiseKind.ATTENDANCE).due_at == minutes(2 + 20)


def test_where_nobody_knows_whether_it_is_town_or_country_the_shorter_target_stands() -> None:
    unknown = promise(graded("I"), PromiseKind.ATTENDANCE)
    assert unknown.due_at == minutes(2 + 15)
    assert "not known which" in unknown.rule


def test_a_grade_without_a_target_promises_no_attendance() -> None:
    assert PromiseKind.ATTENDANCE not in kinds(graded("R"))


def test_officers_sent_first_leave_a_thrive_owed() -> None:
    command = EscalateEmergency(report=R1, why="knife")
    sent = done(received(), command, at=minutes(1))
    owed = promise(sent, PromiseKind.OWED_THRIVE)
    assert (owed.is_running, owed.due_at) == (True, minutes(31))
    given = done(sent, assess(), at=minutes(12))
    assert promise(given, PromiseKind.OWED_THRIVE).stopped_at == minutes(12)


def test_an_emergency_after_the_hand_over_runs_its_own_clocks() -> None:
    handed = HandOff(at=minutes(5), by=ASHA.author, crimes=(), solvability={}, facts="")
    report = replace(graded("S"), hand_off=handed, thrive=None)
    urgent = done(report, EscalateEmergency(report=R1, why="He is back"), at=minutes(30))
    assert promise(urgent, PromiseKind.ATTENDANCE).is_running
    assert promise(urgent, PromiseKind.OWED_THRIVE).is_running
    assert urgent.is_back


def test_officers_stay_due_after_the_hand_over_until_dispatch_has_it_or_it_ends() -> None:
    urgent = done(graded("S"), EscalateEmergency(report=R1, why="He is back"), at=minutes(30))
    handed = HandOff(at=minutes(50), by=ASHA.author, crimes=(), solvability={}, facts="")
    report = replace(urgent, hand_off=handed)
    assert promise(report, PromiseKind.ATTENDANCE).is_running
    late = done(report, OpenByDispatch(report=R1), DEE, minutes(55))
    assert promise(late, PromiseKind.ATTENDANCE).stopped_at == minutes(55)
    first = replace(late, hand_off=replace(handed, at=minutes(60)))
    assert promise(first, PromiseKind.ATTENDANCE).stopped_at == minutes(60)
    ended = done(replace(report, claim=None), CLOSE, SAM, minutes(70))
    assert promise(ended, PromiseKind.ATTENDANCE).stopped_at == minutes(70)


def test_a_day_is_twenty_four_real_hours_when_the_clocks_go_back() -> None:
    evening_before = datetime(2026, 10, 24, 20, 0, tzinfo=UTC)
    due = promise(replace(received(), received_at=evening_before), PromiseKind.RECORDING).due_at
    assert due - evening_before == timedelta(hours=24)
    assert due == datetime(2026, 10, 25, 20, 0, tzinfo=UTC)


def test_danger_is_happening_now_an_emergency_or_an_unassessed_risk() -> None:
    marked = replace(received(), marked=(MARK,))
    assert not is_danger(received())
    assert is_danger(happening(received()))
    assert is_danger(graded("I"))
    assert is_danger(marked)
    assert not is_danger(done(marked, assess()))
    assert not is_danger(done(graded("I"), CLOSE, SAM))


def test_an_ungraded_report_stands_with_priority_until_somebody_has_looked() -> None:
    assert place(received()).band == Band.PRIORITY
    assert place(graded("S")).band == Band.SCHEDULED


def test_within_a_band_the_least_time_left_comes_first() -> None:
    older = replace(received(), received_at=NOW - timedelta(minutes=5))
    assert place(older) < place(received())


@pytest.mark.invariant("I51")
def test_what_nobody_has_looked_at_stands_before_what_may_wait_however_late_that_is() -> None:
    late = replace(graded("P"), received_at=NOW - timedelta(hours=60))
    assert place(received()) < place(late)
    checked = done(received(), PassInitialCheck(report=R1, whose="ours"), at=minutes(3))
    assert place(received()) < place(checked)
    assert place(checked).band == Band.PRIORITY
    assert place(graded("I")) < place(received())


@pytest.mark.invariant("I51")
def test_a_risk_that_nobody_assessed_stands_before_what_is_late_by_days() -> None:
    marked = replace(received(), marked=(MARK,), grading=_grading("R"))
    late = replace(graded("P"), received_at=NOW - timedelta(hours=60))
    assert is_danger(marked)
    assert place(marked) < place(late)


def test_a_call_promised_for_six_gives_the_report_its_place() -> None:
    soon = MakePromise(report=R1, promise="p1", what="Call back", due_at=minutes(30))
    called = done(assessed(), soon, at=minutes(4))
    shown = tightest(called, PACK)
    assert shown is not None
    assert (shown.kind, shown.due_at) == (PromiseKind.SAID, minutes(30))
    assert place(called) < place(assessed())


def test_a_report_without_a_running_clock_stands_last_of_its_band() -> None:
    finished = done(done(assessed(), record_crime(), at=minutes(2)), REPLY, at=minutes(3))
    finished = replace(finished, grading=replace(_grading("R"), at=minutes(3)))
    waiting = replace(assessed(), grading=_grading("R"))
    assert place(waiting) < place(finished)


def _grading(code: str) -> Grading:
    grade = PACK.grade_by_code[code]
    return Grading(
        at=minutes(2),
        by=ASHA.author,
        code=code,
        name=grade.name,
        band=grade.band,
        sends_officers=grade.sends_officers,
        reason="test",
    )


ages = st.integers(min_value=-60, max_value=60 * 24 * 365).map(lambda age: minutes(-age))
gradings = st.none() | st.sampled_from(list(PACK.grade_by_code)).map(_grading)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report of any age, channel, grade and risk, worked or not."""
    base = draw(
        st.sampled_from([received(), assessed(), done(assessed(), record_crime()), promised()])
    )
    grading = draw(gradings)
    graded_at = draw(ages)
    return replace(
        base,
        channel=draw(st.sampled_from(list(Channel))),
        received_at=draw(ages),
        happening_now=draw(st.booleans()),
        marked=draw(st.sampled_from([(), (MARK,)])),
        grading=replace(grading, at=graded_at) if grading else None,
        location=draw(st.sampled_from([Location(), Location(text="x", rural=True)])),
    )


@pytest.mark.invariant("I51")
@given(reports(), reports())
def test_no_late_promise_ever_outranks_danger(one: Report, other: Report) -> None:
    if is_danger(one) and not is_danger(other):
        assert place(one) < place(other)


@given(reports(), reports())
def test_no_late_promise_outranks_a_more_urgent_band(one: Report, other: Report) -> None:
    first, second = place(one), place(other)
    if is_danger(one) == is_danger(other) and first.band < second.band:
        assert first < second


@given(reports(), reports())
def test_within_band_and_stage_the_order_is_by_time_left_alone(one: Report, other: Report) -> None:
    first, second = place(one), place(other)
    same = (first.calm, first.band, first.waits) == (second.calm, second.band, second.waits)
    if same and first.due_at < second.due_at:
        assert first < second


@given(reports(), st.integers(min_value=1, max_value=60 * 24))
def test_the_older_of_two_equal_reports_never_stands_behind(report: Report, age: int) -> None:
    by = timedelta(minutes=age)
    graded_at = report.grading
    older = replace(
        report,
        received_at=report.received_at - by,
        grading=replace(graded_at, at=graded_at.at - by) if graded_at else None,
    )
    assert place(older) <= place(report)


@given(st.lists(reports(), max_size=12))
def test_the_queue_shows_all_danger_before_anything_else(several: list[Report]) -> None:
    in_order = sorted(several, key=lambda report: place(report))
    danger = [is_danger(report) for report in in_order]
    assert danger == sorted(danger, reverse=True)


@given(reports())
def test_a_promise_is_due_after_it_starts_and_running_ones_come_first(report: Report) -> None:
    made = promises(report, PACK)
    assert all(promise.due_at > promise.started_at for promise in made)
    still = [promise.is_running for promise in made]
    assert still == sorted(still, reverse=True)
