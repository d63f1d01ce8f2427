"""How a report leaves the hub: redirected, not a crime, handed over, closed; and begins again."""

from typing import Any

import pytest
from msgspec.structs import replace

from tests.domain.situations import (
    ASHA,
    BEN,
    DEE,
    NOW,
    R1,
    R2,
    R3,
    SAM,
    STORE,
    VICTIM,
    ask,
    assess,
    assessed,
    claimed,
    done,
    graded,
    happening,
    minutes,
    received,
    record_crime,
    told,
    with_crime,
)
from tests.told import repeats, told_yes
from workstation.domain.act import Command
from workstation.domain.claiming import ClaimReport, DetachClaim, ResumeClaim
from workstation.domain.closing import CloseReport, ReopenReport
from workstation.domain.crime import RecordNotCrime
from workstation.domain.grading import OpenByDispatch, TellByVoice
from workstation.domain.handoff import SOLVABILITY, HandToImu
from workstation.domain.judgement import CallerTold
from workstation.domain.redirection import RedirectReport
from workstation.domain.refusal import Refusal
from workstation.domain.report import CrimeId, Report, Victim
from workstation.domain.roles import Person
from workstation.domain.story import AddNote

CLOSE = CloseReport(
    report=R1, reason="advice given", caller_told="yes, by phone", told=told_yes(NOW)
)
REDIRECT = RedirectReport(report=R1, agency="city", message="The council has your report.")
NOT_CRIME = RecordNotCrime(
    report=R1, explanation="Civil", advice="Ask a solicitor", agencies=("city",)
)
HAND = HandToImu(report=R1, solvability=dict.fromkeys(SOLVABILITY, "not known"), facts="CCTV")
REOPEN = ReopenReport(report=R1, reason="a witness rang")
CRIME = record_crime()
NO_ONE = replace(CRIME, victim=Victim("person", " "))
UNKNOWN_VICTIM = replace(CRIME, victim=Victim("not yet known"))
HANDED = done(with_crime(), HAND)
FREE = done(received(), assess())
FOUR = replace(HAND, solvability=dict.fromkeys(SOLVABILITY[:4], "yes"))
MAYBE = replace(HAND, solvability={**HAND.solvability, "witness": "maybe"})
NO_HELP = replace(NOT_CRIME, agencies=())
STRANGE_HELP = replace(NOT_CRIME, agencies=("?",))
UNTOLD = replace(CLOSE, caller_told="")
UNSAID = replace(CLOSE, told=None)
NOT_TOLD = replace(CLOSE, caller_told="No number", told=CallerTold(answer="no"))
TOLD_NEVER = replace(CLOSE, told=CallerTold(answer="yes", by="Asha"))
TOLD_LATER = replace(CLOSE, told=CallerTold(answer="yes", at=minutes(60), by="Asha"))
TOLD_BEFORE = replace(CLOSE, told=CallerTold(answer="yes", at=minutes(-6), by="Asha"))
TOLD_BY_NOBODY = replace(CLOSE, told=CallerTold(answer="yes", at=minutes(0), by=" "))
AS_WRITTEN = replace(CLOSE, told=CallerTold(answer="as written"))
NO_ADVICE = replace(NOT_CRIME, advice="")

WITH_DISPATCH = done(graded("I"), OpenByDispatch(report=R1), DEE)
TOLD_DISPATCH = done(graded("I"), TellByVoice(report=R1, told="Jo"), at=minutes(3))

ROWS: list[tuple[str, Report, Command, Person, list[str] | str]] = [
    ("redirect: all is said", assessed(), REDIRECT, ASHA, ["ReportRedirected"]),
    ("redirect: nobody holds it", FREE, REDIRECT, ASHA, "claim/free"),
    ("redirect: a supervisor, unheld", FREE, REDIRECT, SAM, ["ReportRedirected"]),
    ("redirect: a colleague holds it", assessed(), REDIRECT, BEN, "claim/held"),
    ("redirect: before THRIVE", claimed(), REDIRECT, ASHA, "thrive/owed"),
    ("redirect: it happens now", happening(assessed()), REDIRECT, ASHA, "redirect/now"),
    ("redirect: an emergency", graded("I"), REDIRECT, ASHA, "redirect/emergency"),
    ("redirect: a crime left behind", with_crime(), REDIRECT, ASHA, "redirect/imu"),
    ("redirect: its crime is with the IMU", HANDED, REDIRECT, SAM, ["ReportRedirected"]),
    ("redirect: to nobody", assessed(), replace(REDIRECT, agency="?"), ASHA, "redirect/agency"),
    ("redirect: unsaid", assessed(), replace(REDIRECT, message=""), ASHA, "redirect/message"),
    ("redirect: a dispatcher", assessed(), REDIRECT, DEE, "role/not-yours"),
    ("not a crime: all is said", assessed(), NOT_CRIME, ASHA, ["NotCrimeRecorded"]),
    ("not a crime: before THRIVE", claimed(), NOT_CRIME, ASHA, "thrive/owed"),
    ("not a crime: unheld", FREE, NOT_CRIME, ASHA, "claim/free"),
    ("not a crime: it happens now", happening(assessed()), NOT_CRIME, ASHA, "not-crime/now"),
    ("not a crime: with a crime", with_crime(), NOT_CRIME, ASHA, "not-crime/crime"),
    ("not a crime: why?", assessed(), replace(NOT_CRIME, explanation=" "), ASHA, "not-crime/why"),
    ("not a crime: advice?", assessed(), NO_ADVICE, ASHA, "not-crime/advice"),
    ("not a crime: who helps?", assessed(), NO_HELP, ASHA, "not-crime/agency"),
    ("not a crime: who is that?", assessed(), STRANGE_HELP, ASHA, "not-crime/agency"),
    ("crime: recorded", assessed(), CRIME, ASHA, ["CrimeRecorded"]),
    ("crime: recorded before THRIVE", received(), CRIME, ASHA, ["CrimeRecorded"]),
    ("crime: the number was told already", assessed(), CRIME, BEN, ["CrimeRecorded"]),
    ("crime: on a closed report", done(assessed(), CLOSE), CRIME, ASHA, ["CrimeRecorded"]),
    ("crime: of no code", assessed(), replace(CRIME, offence="?"), ASHA, "crime/offence"),
    ("crime: a victim without a name", assessed(), NO_ONE, ASHA, "crime/victim"),
    ("crime: the victim is not yet known", assessed(), UNKNOWN_VICTIM, ASHA, ["CrimeRecorded"]),
    ("hand-off: all is answered", with_crime(), HAND, ASHA, ["HandedToImu"]),
    ("hand-off: no crime", assessed(), HAND, ASHA, "imu/crime"),
    ("hand-off: twice", HANDED, HAND, SAM, "imu/already"),
    ("hand-off: a colleague holds it", with_crime(), HAND, BEN, "claim/held"),
    ("hand-off: four answers", with_crime(), FOUR, ASHA, "imu/solvability"),
    ("hand-off: maybe is no answer", with_crime(), MAYBE, ASHA, "imu/solvability"),
    ("close: all is said", assessed(), CLOSE, ASHA, ["ReportClosed"]),
    ("close: unheld", FREE, CLOSE, ASHA, "claim/free"),
    ("close: before THRIVE", claimed(), CLOSE, ASHA, "thrive/owed"),
    ("close: it happens now", happening(assessed()), CLOSE, ASHA, "close/now"),
    ("close: it happened, officers went", happening(WITH_DISPATCH), CLOSE, ASHA, ["ReportClosed"]),
    ("close: dispatch was told by voice", TOLD_DISPATCH, CLOSE, ASHA, ["ReportClosed"]),
    ("close: signs tell nobody anything", assessed(), replace(CLOSE, caller_told="-"), ASHA,
     "close/caller_told"),
    ("close: nor does what nobody sees", assessed(), replace(CLOSE, caller_told="\u200b"), ASHA,
     "close/caller_told"),
    ("close: dispatch has not got it", graded("I"), CLOSE, ASHA, "emergency/left"),
    ("close: a supervisor may", graded("I"), CLOSE, SAM, ["ReportClosed"]),
    ("close: nothing urgent waits for dispatch", graded("P"), CLOSE, ASHA, ["ReportClosed"]),
    ("not a crime: dispatch has not got it", graded("I"), NOT_CRIME, ASHA, "emergency/left"),
    ("close: a crime outside the IMU", with_crime(), CLOSE, ASHA, "close/imu"),
    ("close: the IMU has it", HANDED, CLOSE, SAM, ["ReportClosed"]),
    ("close: why?", assessed(), replace(CLOSE, reason=" "), ASHA, "close/reason"),
    ("close: was the caller told?", assessed(), UNSAID, ASHA, "close/told"),
    ("close: told what?", assessed(), UNTOLD, ASHA, "close/caller_told"),
    ("close: not told, and why", assessed(), NOT_TOLD, ASHA, ["ReportClosed"]),
    ("close: why not?", assessed(), replace(NOT_TOLD, caller_told=""), ASHA,
     "close/caller_told"),
    ("close: told when?", assessed(), TOLD_NEVER, ASHA, "close/told_at"),
    ("close: told tomorrow", assessed(), TOLD_LATER, ASHA, "close/told_at"),
    ("close: told before it came", assessed(), TOLD_BEFORE, ASHA, "close/told_at"),
    ("close: told by whom?", assessed(), TOLD_BY_NOBODY, ASHA, "close/told_by"),
    ("close: as an earlier release wrote it", assessed(), AS_WRITTEN, ASHA, ["ReportClosed"]),
    ("close: twice", done(assessed(), CLOSE), CLOSE, ASHA, "report/closed"),
    ("reopen: an open report", assessed(), REOPEN, ASHA, []),
    ("reopen: a closed one", done(assessed(), CLOSE), REOPEN, BEN, ["ReportReopened"]),
    ("reopen: a redirected one", done(assessed(), REDIRECT), REOPEN, BEN, ["ReportReopened"]),
    ("reopen: not a crime", done(assessed(), NOT_CRIME), REOPEN, DEE, ["ReportReopened"]),
    ("reopen: from the IMU", HANDED, REOPEN, ASHA, ["ReportReopened"]),
    ("reopen: why?", HANDED, replace(REOPEN, reason=" "), ASHA, "close/reason"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("report", "command", "who", "expected"),
    [row[1:] for row in ROWS],
    ids=[row[0] for row in ROWS],
)
def test_endings(report: Report, command: Command, who: Person, expected: list[str] | str) -> None:
    assert told(ask(report, command, who)) == expected


def _name(command: Command) -> str:
    return type(command).__name__


ENDINGS = [REDIRECT, NOT_CRIME, CLOSE, repeats(report=R1, of=R2, at=NOW)]
OTHERS = {R2: assessed(R2), R3: assessed(R3)}


@pytest.mark.invariant("I19")
@pytest.mark.parametrize("command", ENDINGS, ids=_name)
def test_no_report_ends_while_a_colleagues_note_is_unread(command: Command) -> None:
    before = assessed()
    after = done(before, AddNote(report=R1, text="He has a key."), BEN)
    stale = ask(after, command, seen={R1: before.version}, reports=OTHERS)
    assert told(stale) == "report/changed"
    assert not isinstance(ask(after, command, seen={R1: after.version}, reports=OTHERS), Refusal)


@pytest.mark.parametrize("command", ENDINGS, ids=_name)
def test_ones_own_later_note_does_not_stop_the_end(command: Command) -> None:
    before = assessed()
    after = done(before, AddNote(report=R1, text="He has a key."), ASHA)
    answer = ask(after, command, seen={R1: before.version}, reports=OTHERS)
    assert not isinstance(answer, Refusal)


def test_what_was_seen_too_long_ago_counts_as_changed() -> None:
    before = report = assessed()
    for number in range(8):
        report = done(report, DetachClaim(report=R1), STORE)
        report = done(report, AddNote(report=R1, text=f"note {number}"), ASHA)
        report = done(report, ResumeClaim(report=R1, workstation="W1"), STORE)
    assert told(ask(report, CLOSE, seen={R1: before.version})) == "report/changed"


@pytest.mark.parametrize("command", [REDIRECT, NOT_CRIME, CLOSE], ids=_name)
def test_an_ended_report_is_nobodys_and_the_fence_rises(command: Command) -> None:
    report = assessed()
    ended = done(report, command)
    assert (ended.claim, ended.fence) == (None, report.fence + 1)
    assert not ended.is_open


def test_a_duplicate_closes_and_the_original_points_at_it() -> None:
    answer = ask(assessed(), repeats(report=R1, of=R2, at=NOW), reports=OTHERS)
    assert told(answer) == ["ReportClosed", "DuplicateLinked"]
    assert not isinstance(answer, Refusal)
    closed, linked = answer[0].evolve(assessed()), answer[1].evolve(OTHERS[R2])
    assert closed.closing is not None
    assert closed.closing.duplicate_of == R2
    assert linked.duplicates == (R1,)
    assert linked.is_open


@pytest.mark.parametrize("of", [R1, R3])
def test_a_duplicate_is_of_another_known_report(of: str) -> None:
    command = replace(repeats(report=R1, of=R2, at=NOW), of=of)
    assert told(ask(assessed(), command, reports={R2: assessed(R2)})) == "duplicate/of"


def test_each_account_has_a_thrive_of_its_own_before_they_are_one_matter() -> None:
    command = repeats(report=R1, of=R2, at=NOW)
    assert told(ask(assessed(), command, reports={R2: claimed(R2)})) == "duplicate/thrive"
    assert told(ask(claimed(), command, reports=OTHERS)) == "thrive/owed"


UNASKED = [
    ("told or not?", {"told": None}, "close/told"),
    ("told what?", {"caller_told": " "}, "close/caller_told"),
    ("told when?", {"told": CallerTold(answer="yes", by="Asha")}, "close/told_at"),
    ("told before?", {"told": CallerTold("yes", minutes(-576000), "Asha")}, "close/told_at"),
    ("told by whom?", {"told": CallerTold(answer="yes", at=minutes(4))}, "close/told_by"),
    ("why not?", {"told": CallerTold(answer="no"), "caller_told": ""}, "close/caller_told"),
]


@pytest.mark.invariant("I50")
@pytest.mark.parametrize(
    ("change", "code"), [row[1:] for row in UNASKED], ids=[row[0] for row in UNASKED]
)
def test_a_duplicate_says_as_a_close_does_whether_its_caller_was_told(
    change: dict[str, Any], code: str
) -> None:
    command = replace(repeats(report=R1, of=R2, at=NOW), **change)
    assert told(ask(assessed(), command, reports=OTHERS)) == code


def test_a_duplicate_whose_caller_was_not_told_keeps_the_promise_running() -> None:
    untold = replace(
        repeats(report=R1, of=R2, at=NOW), told=CallerTold(answer="no"), caller_told="No number"
    )
    for command, words, replied in (
        (repeats(report=R1, of=R2, at=NOW), "Somebody has it.", True),
        (untold, "Caller NOT told: No number", False),
    ):
        events = ask(assessed(), command, reports=OTHERS)
        assert not isinstance(events, Refusal)
        entry = events[0].entry("e1")
        assert entry is not None
        assert words in entry.text
        assert (events[0].evolve(assessed()).reply is not None) == replied


@pytest.mark.parametrize(
    ("report", "original", "expected"),
    [
        (graded("I"), graded("P", R2), "duplicate/grade"),
        (graded("I"), assessed(R2), "duplicate/grade"),
        (graded("P"), graded("R", R2), "duplicate/grade"),
        (graded("I"), done(graded("R", R2), replace(CLOSE, report=R2)), "emergency/left"),
        (WITH_DISPATCH, done(graded("R", R2), replace(CLOSE, report=R2)), None),
        (graded("I"), graded("I", R2), None),
        (graded("P"), graded("I", R2), None),
        (graded("R"), assessed(R2), None),
    ],
)
def test_no_duplicate_takes_officers_away(
    report: Report, original: Report, expected: str | None
) -> None:
    """Merged into what is less urgent, an emergency would be lowered without a word."""
    answer = ask(report, repeats(report=R1, of=R2, at=NOW), reports={R2: original})
    assert told(answer) == (expected or ["ReportClosed", "DuplicateLinked"])


def test_a_duplicate_of_a_duplicate_is_refused_so_that_no_circle_closes() -> None:
    second = done(assessed(R2), repeats(report=R2, of=R3, at=NOW), reports=OTHERS)
    command = repeats(report=R1, of=R2, at=NOW)
    assert told(ask(assessed(), command, reports={R2: second})) == "duplicate/circle"


def test_a_duplicate_is_assessed_like_any_report() -> None:
    command = repeats(report=R1, of=R2, at=NOW)
    assert told(ask(claimed(), command, reports=OTHERS)) == "thrive/owed"
    assert told(ask(happening(assessed()), command, reports=OTHERS)) == "close/now"
    assert told(ask(with_crime(), command, reports=OTHERS)) == "close/imu"


def test_a_duplicate_is_for_the_holder_or_a_supervisor() -> None:
    command = repeats(report=R1, of=R2, at=NOW)
    assert told(ask(assessed(), command, BEN, reports=OTHERS)) == "claim/held"
    assert told(ask(FREE, command, reports=OTHERS)) == "claim/free"
    assert told(ask(FREE, command, SAM, reports=OTHERS)) == ["ReportClosed", "DuplicateLinked"]


ENDED = [
    (done(assessed(), REDIRECT), "report/redirected"),
    (done(assessed(), NOT_CRIME), "report/not-crime"),
    (done(assessed(), CLOSE), "report/closed"),
]


@pytest.mark.parametrize(("ended", "code"), ENDED, ids=[code for _, code in ENDED])
@pytest.mark.parametrize("command", [*ENDINGS, ClaimReport(report=R1)], ids=_name)
def test_an_ended_report_is_reopened_before_it_is_worked(
    command: Command, ended: Report, code: str
) -> None:
    assert told(ask(ended, command, SAM, reports=OTHERS)) == code
    again = done(ended, REOPEN)
    assert not isinstance(ask(again, command, SAM, reports=OTHERS), Refusal)


def test_a_crime_under_a_colleagues_claim_is_a_possible_double() -> None:
    mine = done(assessed(), CRIME)
    answer = ask(assessed(), CRIME, BEN)
    assert not isinstance(answer, Refusal)
    entry = answer[0].entry("e1")
    assert entry is not None
    assert "Possible double" in entry.text
    assert mine.crimes[0].number == "35/66507/26"
    assert mine.crimes[0].victim == VICTIM


@pytest.mark.parametrize(("ended", "code"), ENDED, ids=[code for _, code in ENDED])
def test_a_crime_recorded_on_an_ended_report_begins_it_again(ended: Report, code: str) -> None:
    again = done(ended, CRIME, BEN)
    assert (again.is_open, again.crimes_left) == (True, again.crimes)
    assert told(ask(again, CLOSE, SAM)) == "close/imu"
    answer = ask(ended, CRIME, BEN)
    assert not isinstance(answer, Refusal)
    assert "Possible double" in str(answer[0].story())


def test_a_second_crime_by_a_colleague_on_a_free_report_is_a_possible_double() -> None:
    answer = ask(HANDED, CRIME, BEN)
    assert not isinstance(answer, Refusal)
    assert "Possible double" in str(answer[0].story())


def test_a_crime_is_named_as_people_say_it() -> None:
    assert done(assessed(), CRIME).crimes[0].offence_title == "Common assault"
    burglary = replace(CRIME, offence="30C")
    assert done(assessed(), burglary).crimes[0].offence_title == "Burglary - business"


def test_a_crime_recorded_after_the_hand_over_is_handed_over_too() -> None:
    second = replace(CRIME, crime=CrimeId("c2"), serial=66508, number="35/66508/26")
    left = done(done(HANDED, second, at=minutes(8)), ClaimReport(report=R1), at=minutes(9))
    for command in (CLOSE, REDIRECT):
        refusal = ask(left, command)
        assert isinstance(refusal, Refusal)
        assert "35/66508/26 is not with the IMU" in refusal.sentence
    assert left.is_back
    both = done(left, HAND, at=minutes(10))
    assert both.hand_off is not None
    assert both.hand_off.crimes == ("c1", "c2")
    assert told(ask(done(both, ClaimReport(report=R1)), HAND)) == "imu/already"


def test_reopening_keeps_the_crime_and_its_number() -> None:
    again = done(HANDED, REOPEN)
    assert again.crimes == HANDED.crimes
    assert again.hand_off is None


SAID = [
    (
        CallerTold(answer="yes", at=minutes(4), by="Asha"),
        "Caller told 09:04 on 22 November by Asha: It is dealt",
    ),
    (CallerTold(answer="no"), "Caller NOT told: It is dealt"),
    (CallerTold(answer="as written"), "Caller told: It is dealt"),
]


@pytest.mark.parametrize(("answer", "words"), SAID, ids=lambda one: str(one)[:30])
def test_the_log_says_whether_when_and_by_whom_the_caller_was_told(
    answer: CallerTold, words: str
) -> None:
    close = replace(CLOSE, caller_told="It is dealt with", told=answer)
    events = ask(assessed(), close, at=minutes(5))
    assert not isinstance(events, Refusal)
    entry = events[0].entry("e1")
    assert entry is not None
    assert words in entry.text
    closing = events[0].evolve(assessed()).closing
    assert closing is not None
    assert closing.told == answer
