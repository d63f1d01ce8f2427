"""Rules may refuse lowering; none may refuse or delay sending officers."""

import pytest
from msgspec.structs import replace

from tests.domain.situations import (
    ASHA,
    BEN,
    DEE,
    NOW,
    PLACE,
    R1,
    SAM,
    WEB,
    after_late,
    ask,
    assess,
    assessed,
    claimed,
    done,
    graded,
    happening,
    late,
    minutes,
    nowhere,
    received,
    told,
)
from tests.told import told_yes
from workstation.domain.act import Command
from workstation.domain.closing import CloseReport
from workstation.domain.grading import (
    CheckByVoice,
    EscalateEmergency,
    GradeReport,
    OpenByDispatch,
    TellByVoice,
)
from workstation.domain.pack import Band
from workstation.domain.redirection import RedirectReport
from workstation.domain.refusal import Refusal
from workstation.domain.report import Location, Report
from workstation.domain.roles import Person


def grade(code: str, was: str = "", reason: str = "as described") -> GradeReport:
    """The command that grades the report."""
    return GradeReport(report=R1, code=code, reason=reason, was=was)


def closed() -> Report:
    """A closed report, once graded R."""
    return done(
        graded("R"), CloseReport(report=R1, reason="advice", caller_told="yes", told=told_yes(NOW))
    )


def redirected() -> Report:
    """A report that went to the council."""
    return done(graded("R"), RedirectReport(report=R1, agency="city", message="They have it."))


def again(code: str) -> Report:
    """A graded report whose risk was assessed after its grading."""
    return done(graded(code), assess(), at=minutes(5))


ESCALATE = EscalateEmergency(report=R1, why="man with a knife")
EMPTY = replace(ESCALATE, location=Location())
BLANK = replace(ESCALATE, location=Location(text=" \n"))
NO_STREET = replace(ESCALATE, location=Location(unknown_because="caller whispers"))
GRADED = ["ReportGraded"]

SENDING: list[tuple[str, Report, Command, Person, list[str] | str]] = [
    ("a free, unassessed report is sent to", received(), grade("I"), ASHA, GRADED),
    ("a prompt grade sends before THRIVE too", received(), grade("P"), ASHA, GRADED),
    ("a dispatcher sends", received(), grade("I"), DEE, GRADED),
    ("a colleague's report is raised", graded("S"), grade("P"), BEN, GRADED),
    ("a closed report is raised", closed(), grade("I"), BEN, GRADED),
    ("a redirected report is raised", redirected(), grade("P"), BEN, GRADED),
    ("a stale author raises", graded("S"), grade("I", was="R"), BEN, GRADED),
    ("raising without officers needs no holder", graded("R"), grade("A"), BEN, GRADED),
    ("officers need a place", nowhere(received()), grade("I"), ASHA, "emergency/where"),
    (
        "raising needs a place for officers",
        nowhere(graded("R")),
        grade("P"),
        BEN,
        "emergency/where",
    ),
    ("no officers, no place needed", nowhere(assessed()), grade("R"), ASHA, GRADED),
    ("every grade needs a reason", received(), grade("I", reason=" "), ASHA, "grade/reason"),
    ("a grade of another force", received(), grade("Z"), ASHA, "grade/unknown"),
    ("the public grades nothing", received(), grade("I"), WEB, "role/not-yours"),
    ("an emergency on a free report", received(), ESCALATE, ASHA, GRADED),
    ("an emergency on a colleague's report", claimed(), ESCALATE, BEN, GRADED),
    ("an emergency on a closed report", closed(), ESCALATE, BEN, GRADED),
    ("an emergency on a redirected report", redirected(), ESCALATE, BEN, GRADED),
    ("an emergency twice", graded("I"), ESCALATE, BEN, GRADED),
    ("an emergency needs one line", received(), replace(ESCALATE, why=" "), ASHA, "emergency/why"),
    ("an emergency needs a place", nowhere(received()), ESCALATE, ASHA, "emergency/where"),
    ("no place, and why, is enough", nowhere(received()), NO_STREET, ASHA, GRADED),
    ("blanks are no place", nowhere(received()), BLANK, ASHA, "emergency/where"),
    ("an empty place is no place", nowhere(received()), EMPTY, ASHA, "emergency/where"),
    ("an empty place leaves the known one", received(), EMPTY, ASHA, GRADED),
]

SETTLING: list[tuple[str, Report, Command, Person, list[str] | str]] = [
    ("not sending needs a holder", received(), grade("R"), ASHA, "claim/free"),
    ("not sending is for the holder", assessed(), grade("R"), BEN, "claim/held"),
    ("a supervisor may, unheld", done(received(), assess()), grade("R"), SAM, GRADED),
    ("not sending needs THRIVE", claimed(), grade("A"), ASHA, "thrive/owed"),
    ("not sending while it happens", happening(assessed()), grade("R"), ASHA, "grade/now"),
    ("a closed report is not settled again", closed(), grade("R"), SAM, "report/closed"),
    ("same band, no officers, by a colleague", graded("S"), grade("A", "S"), BEN, "claim/held"),
    ("same band, no officers, by its holder", graded("S"), grade("A", "S"), ASHA, GRADED),
    ("lowering needs a new THRIVE", graded("P"), grade("R", "P"), ASHA, "grade/re-thrive"),
    ("lowering after a new THRIVE", again("P"), grade("R", "P"), ASHA, GRADED),
    ("lowering unheld", again("P"), grade("R", "P"), BEN, "claim/held"),
    ("lowering an emergency is asked for", again("I"), grade("P", "I"), ASHA, ["LoweringAsked"]),
    ("a supervisor lowers an emergency", again("I"), grade("P", "I"), SAM, GRADED),
    ("even a supervisor needs THRIVE", graded("I"), grade("P", "I"), SAM, "grade/re-thrive"),
    ("a stale lowering", again("I"), grade("R", "P"), SAM, "grade/stale"),
    ("a grade by who saw none", again("I"), grade("P"), SAM, "grade/stale"),
    ("lowering while it happens", happening(again("P")), grade("R", "P"), ASHA, "grade/now"),
]
ROWS = SENDING + SETTLING


@pytest.mark.parametrize(
    ("report", "command", "who", "expected"),
    [row[1:] for row in ROWS],
    ids=[row[0] for row in ROWS],
)
def test_grades(report: Report, command: Command, who: Person, expected: list[str] | str) -> None:
    assert told(ask(report, command, who, minutes(6))) == expected


@pytest.mark.invariant("I21")
@pytest.mark.parametrize("order", [("P", "I"), ("I", "P")])
def test_when_two_grades_meet_the_more_urgent_stands(order: tuple[str, str]) -> None:
    report = claimed()
    for code, who in zip(order, (ASHA, BEN), strict=True):
        answer = ask(report, grade(code), who, minutes(3))
        if not isinstance(answer, Refusal):
            report = answer[0].evolve(report)
    assert report.grading is not None
    assert report.grading.code == "I"


@pytest.mark.invariant("I17")
def test_a_thrive_after_the_grade_is_new_though_the_store_gave_both_one_time() -> None:
    same_moment = done(graded("P"), assess(), at=minutes(2))
    assert told(ask(same_moment, grade("R", "P"))) == GRADED


def test_a_thrive_of_before_the_grade_is_not_new_though_it_came_later() -> None:
    came_later = done(graded("P"), assess(), at=minutes(1))
    assert told(ask(came_later, grade("R", "P"))) == "grade/re-thrive"


def test_a_grade_is_not_lowered_by_the_thrive_it_was_given_with() -> None:
    one_moment = done(assessed(), grade("P"), at=minutes(1))
    assert told(ask(one_moment, grade("R", "P"))) == "grade/re-thrive"


def test_the_stale_author_reads_whose_grade_stands() -> None:
    answer = ask(again("I"), grade("R", was="P"), SAM)
    assert isinstance(answer, Refusal)
    assert answer.sentence.startswith("Asha graded this Immediate meanwhile")


def test_an_emergency_takes_the_place_given_with_it() -> None:
    report = done(nowhere(received()), replace(ESCALATE, location=PLACE))
    assert report.is_emergency
    assert report.location == PLACE


def test_an_emergency_with_an_empty_place_keeps_the_known_place() -> None:
    assert done(received(), EMPTY).location == PLACE


def test_raising_begins_a_closed_report_again() -> None:
    assert done(closed(), ESCALATE, BEN).is_open


def test_a_grade_tells_what_it_was_before() -> None:
    answer = ask(graded("P"), ESCALATE)
    assert not isinstance(answer, Refusal)
    entry = answer[0].entry("e1")
    assert entry is not None
    assert entry.title == "Graded Immediate (was Prompt)"


def test_the_emergency_grade_is_the_packs_most_urgent() -> None:
    report = done(received(), ESCALATE)
    assert report.grading is not None
    assert (report.grading.code, report.grading.band) == ("I", Band.EMERGENCY)


def test_a_new_grade_must_be_seen_by_dispatch_again() -> None:
    seen = done(graded("P"), OpenByDispatch(report=R1), DEE)
    told_too = done(seen, TellByVoice(report=R1, told="Priya, 09:04"), at=minutes(4))
    raised = done(told_too, ESCALATE, at=minutes(5))
    assert seen.opened is not None
    assert told_too.told_by_voice is not None
    assert (raised.opened, raised.told_by_voice) == (None, None)


def test_a_dispatcher_opens_each_grade_once() -> None:
    opening = OpenByDispatch(report=R1)
    assert told(ask(received(), opening, DEE)) == []
    assert told(ask(graded("I"), opening, DEE)) == ["DispatchOpened"]
    assert told(ask(done(graded("I"), opening, DEE), opening, DEE)) == []


def test_telling_by_voice_needs_a_name() -> None:
    assert told(ask(graded("I"), TellByVoice(report=R1, told=" "))) == "voice/who"


def test_a_place_that_is_known_is_never_lost_to_unknown() -> None:
    unknown = Location(unknown_because="caller hung up")
    sent = done(received(), EscalateEmergency(report=R1, why="screams", location=unknown))
    assert sent.location == PLACE
    sent = done(nowhere(received()), EscalateEmergency(report=R1, why="screams", location=unknown))
    assert sent.location == unknown


def test_the_same_grade_again_keeps_its_clock_and_what_dispatch_has_of_it() -> None:
    seen = done(graded("I"), OpenByDispatch(report=R1), DEE)
    voiced = done(seen, TellByVoice(report=R1, told="Priya, 09:04"), at=minutes(4))
    assert voiced.told_by_voice is not None
    again_so = done(voiced, grade("I", was="I", reason="he is back"), BEN, at=minutes(10))
    assert again_so.grading == voiced.grading
    assert again_so.opened == voiced.opened
    assert again_so.told_by_voice == voiced.told_by_voice


def test_the_reason_for_the_same_grade_is_a_line_of_the_story() -> None:
    answer = ask(graded("I"), grade("I", was="I", reason="he is back"), BEN)
    assert not isinstance(answer, Refusal)
    entry = answer[0].entry("e1")
    assert entry is not None
    assert (entry.title, entry.text) == ("Still Immediate", "he is back")


def test_the_same_grade_begins_again_on_what_has_ended_or_was_handed_over() -> None:
    ended = done(
        graded("I"),
        CloseReport(report=R1, reason="advice", caller_told="yes", told=told_yes(NOW)),
        SAM,
    )
    assert not ended.is_open
    begun = done(ended, grade("I", was="I"), BEN, at=minutes(9))
    assert begun.is_open
    assert begun.grading is not None
    assert begun.grading.at == minutes(9)


def test_officers_sent_for_again_must_be_seen_by_dispatch_again() -> None:
    seen = done(graded("I"), OpenByDispatch(report=R1), DEE)
    assert done(seen, ESCALATE, BEN, at=minutes(9)).opened is None


@pytest.mark.parametrize("command", [ESCALATE, grade("I")])
def test_an_emergency_that_waited_long_is_applied_and_to_be_checked(command: Command) -> None:
    report = received()
    assert told(late(report, command, waited=5)) == ["ReportGraded"]
    events = late(report, command, waited=13)
    assert not isinstance(events, Refusal)
    assert told(events) == ["ReportGraded", "VoiceCheckAsked"]
    story = events[1].story()
    assert story is not None
    assert story[2] == "Sent 09:00, arrived 09:13: check by voice that it still holds."
    report = after_late(report, command, waited=13)
    assert report.is_emergency
    assert report.voice_check is not None
    assert report.voice_check.workstation == "W07"
    assert (report.voice_check.at, report.voice_check.arrived) == (minutes(0), minutes(13))


def test_what_is_no_emergency_and_what_stands_already_is_not_checked() -> None:
    assert told(late(assessed(), grade("P"), waited=13)) == ["ReportGraded"]
    assert told(late(graded("I"), grade("I", was="I"), waited=13)) == ["ReportGraded"]


def test_the_check_ends_with_the_answer_or_a_grade_that_came_at_once() -> None:
    sent = after_late(received(), ESCALATE, waited=13)
    told_too = done(sent, TellByVoice(report=R1, told="Priya, 09:43"), at=minutes(43))
    assert told_too.voice_check is not None
    answer = CheckByVoice(report=R1, found="Asha: he is still there")
    answered = done(sent, answer, DEE, at=minutes(13))
    assert answered.voice_check is None
    assert answered.checked_by_voice is not None
    assert answered.checked_by_voice.found == "Asha: he is still there"
    assert done(answered, ESCALATE, BEN, at=minutes(20)).checked_by_voice is None
    assert done(sent, ESCALATE, BEN).voice_check is None
    assert told(ask(sent, CheckByVoice(report=R1, found=" "), DEE)) == "voice/found"
    assert told(ask(graded("I"), CheckByVoice(report=R1, found="Holds"))) == ["VoiceChecked"]


def test_a_word_given_before_a_later_emergency_is_no_word_of_it() -> None:
    word = TellByVoice(report=R1, told="Priya, 09:04")
    sent = done(graded("I"), ESCALATE, BEN, at=minutes(9))
    assert told(ask(sent, word, at=minutes(4))) == ["DispatchTold"]
    assert done(sent, word, at=minutes(4)).told_by_voice is None
    assert done(sent, word, at=minutes(9)).told_by_voice is not None


def test_an_answer_given_before_a_later_emergency_came_does_not_end_its_check() -> None:
    sent = after_late(received(), ESCALATE, waited=13)
    answer = CheckByVoice(report=R1, found="He left")
    assert told(ask(sent, answer, at=minutes(12))) == ["VoiceChecked"]
    assert done(sent, answer, at=minutes(12)).voice_check is not None
