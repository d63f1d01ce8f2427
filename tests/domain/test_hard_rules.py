"""Hard rules refuse lowering, closing, redirecting, not attending. Sending they never refuse."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.packs import PACK
from tests.domain.samples import ACTS, HAND, OTHERS
from tests.domain.situations import (
    ASHA,
    BEN,
    DEE,
    NOW,
    PLACE,
    R1,
    R2,
    SAM,
    ask,
    assess,
    assessed,
    calm,
    claimed,
    context,
    done,
    graded,
    minutes,
    received,
    record_crime,
    reserved,
    told,
)
from tests.told import repeats, told_yes
from workstation.domain.act import Command
from workstation.domain.answering import AnswerQuestions
from workstation.domain.claiming import ClaimReport, ReleaseReport
from workstation.domain.closing import CloseReport
from workstation.domain.crime import RecordNotCrime
from workstation.domain.decider import apply, decide
from workstation.domain.entry import Given
from workstation.domain.flagging import SetFlag
from workstation.domain.grading import EscalateEmergency, GradeReport, OpenByDispatch
from workstation.domain.hard_rules import forbids, rules_of
from workstation.domain.pack import HardAct, HardRule, Pack
from workstation.domain.packing import pack_problems
from workstation.domain.redirection import RedirectReport
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report, ReportId
from workstation.domain.right_care import RecordRightCare
from workstation.domain.roles import Person
from workstation.domain.story import AddNote, LogContact

CLOSE = CloseReport(report=R1, reason="advice", caller_told="yes", told=told_yes(NOW))
REDIRECT = RedirectReport(report=R1, agency="city", message="They have it.")
NOT_CRIME = RecordNotCrime(report=R1, explanation="Civil", advice="Ask", agencies=("city",))
RESOLVE = GradeReport(report=R1, code="R", reason="advice is enough")
SIGNPOST = RecordRightCare(report=R1, limb="signpost", told="No, ring her doctor")
ATTEND = RecordRightCare(report=R1, limb="life", told="Yes, on our way")
GIVE_BACK = ReleaseReport(report=R1)
LEVEL, UNKNOWN = (
    AnswerQuestions(report=R1, guide="missing", answers=(Given("level", words),))
    for words in ("Low", "not known")
)


def fraud(words: str) -> AnswerQuestions:
    """Whether an offender is at the door."""
    return AnswerQuestions(report=R1, guide="fraud", answers=(Given("there", words),))


SENDING: tuple[Command, ...] = (
    EscalateEmergency(report=R1, why="He has a knife", location=PLACE),
    GradeReport(report=R1, code="I", reason="He has a knife"),
    AddNote(report=R1, text="He has a knife", hazard=True),
    SetFlag(report=R1, flag="safeguarding", reason="A child is there"),
    LogContact(report=R1, who="Ola", means="phone", reached=True),
    ATTEND,
    LEVEL,
    UNKNOWN,
    fraud("yes"),
)


def marked(report: Report, flag: str) -> Report:
    """The same report with a flag that a hard rule goes by."""
    return done(report, SetFlag(report=report.id, flag=flag), BEN, minutes(4))


def burgled(report: Report | None = None) -> Report:
    """Somebody broke into a home."""
    return marked(report or assessed(), "home-burglary")


def lowered(code: str, was: str) -> GradeReport:
    """A lowering by who saw the grade that stands."""
    return GradeReport(report=R1, code=code, reason="Gone", was=was)


def again(report: Report) -> Report:
    """Its risk assessed once more."""
    return done(report, assess(), at=minutes(5))


def set_aside(form: str) -> Report:
    """A report that a desk set aside and nobody has begun."""
    return replace(reserved(calm(), minutes(60)), form=form)


BURGLED = again(burgled(graded("P")))
WELFARE = marked(assessed(), "welfare")
RAPE = done(assessed(), record_crime(offence="19/08"), at=minutes(3))
BURGLARY = done(assessed(), record_crime(offence="28/03"), at=minutes(3))
ABUSE = marked(assessed(), "domestic-abuse")
ABUSE_CRIME = done(ABUSE, record_crime(), at=minutes(6))
HANDED = done(done(ABUSE_CRIME, HAND), ClaimReport(report=R1))
SENT_TO = done(burgled(graded("P")), OpenByDispatch(report=R1), DEE)
CARED_FOR = done(WELFARE, SIGNPOST, at=minutes(5))
ATTENDED = done(WELFARE, ATTEND, at=minutes(5))

GONE = marked(assessed(), "missing")
GONE_CRIME = done(GONE, record_crime(), at=minutes(6))
BEGUN = done(
    assessed(),
    AnswerQuestions(report=R1, guide="missing", answers=(Given("plate", "AB12 CDE"),)),
    BEN,
    minutes(4),
)
JUDGED = done(GONE, LEVEL, BEN, minutes(5))

ROWS: list[tuple[str, Report, Command, list[str] | str]] = [
    ("a home burglary is not left unattended", burgled(), RESOLVE, "rule/home-burglary"),
    ("nor seen by appointment", burgled(), replace(RESOLVE, code="A"), "rule/home-burglary"),
    ("its crime says so without a flag", BURGLARY, RESOLVE, "rule/home-burglary"),
    ("nor closed", burgled(), CLOSE, "rule/home-burglary"),
    ("nor redirected", burgled(), REDIRECT, "rule/home-burglary"),
    ("nor no crime", burgled(), NOT_CRIME, "rule/home-burglary"),
    ("nor lowered to nobody", BURGLED, lowered("R", "P"), "rule/home-burglary"),
    ("a later attendance is attendance", BURGLED, lowered("S", "P"), ["ReportGraded"]),
    ("it closes once dispatch has it", SENT_TO, CLOSE, ["ReportClosed"]),
    ("officers on their way are not taken back", again(SENT_TO), lowered("R", "P"),
     "rule/home-burglary"),
    ("nor handed to the IMU", BURGLARY, HAND, "rule/home-burglary"),
    ("with officers on their way it is", done(SENT_TO, record_crime()), HAND, ["HandedToImu"]),
    ("a shop is no home", done(assessed(), record_crime(offence="30C")), RESOLVE,
     ["ReportGraded"]),
    ("a worry is not closed before the caller knows", WELFARE, CLOSE, "rule/right-care"),
    ("nor redirected before", WELFARE, REDIRECT, "rule/right-care"),
    ("nor graded to nobody before", WELFARE, RESOLVE, "rule/right-care"),
    ("nor lowered before", again(marked(graded("P"), "welfare")), lowered("S", "P"),
     "rule/right-care"),
    ("nor handed to the IMU before", done(WELFARE, record_crime()), HAND, "rule/right-care"),
    ("who was told has their crime handed over", done(CARED_FOR, record_crime()), HAND,
     ["HandedToImu"]),
    ("who was told is signposted", CARED_FOR, REDIRECT, ["ReportRedirected"]),
    ("and closed", CARED_FOR, CLOSE, ["ReportClosed"]),
    ("on a limb police attend", ATTENDED, RESOLVE, "rule/right-care"),
    ("and it is not redirected", ATTENDED, REDIRECT, "rule/right-care"),
    ("its crime goes to the IMU", done(ATTENDED, record_crime()), HAND, ["HandedToImu"]),
    ("rape is investigated", RAPE, RESOLVE, "rule/must-investigate"),
    ("abuse with a crime is investigated", ABUSE_CRIME, RESOLVE, "rule/must-investigate"),
    ("a flag alone is no crime", ABUSE, RESOLVE, ["ReportGraded"]),
    ("with the IMU it is", HANDED, CLOSE, ["ReportClosed"]),
    ("who is missing is not closed unjudged", GONE, CLOSE, "rule/missing-level"),
    ("the form of the report says so, too", replace(assessed(), form="missing"), CLOSE,
     "rule/missing-level"),
    ("nor redirected", GONE, REDIRECT, "rule/missing-level"),
    ("nor no crime", GONE, NOT_CRIME, "rule/missing-level"),
    ("nor graded to nobody", GONE, RESOLVE, "rule/missing-level"),
    ("nor lowered", again(marked(graded("P"), "missing")), lowered("S", "P"),
     "rule/missing-level"),
    ("nor handed to the IMU", GONE_CRIME, HAND, "rule/missing-level"),
    ("nor given back to the queue", GONE, GIVE_BACK, "rule/missing-level"),
    ("by who had only begun to ask, neither", BEGUN, GIVE_BACK, "rule/missing-level"),
    ("nor closed by them", BEGUN, CLOSE, "rule/missing-level"),
    ("what was only set aside goes back", set_aside("missing"), GIVE_BACK, ["ReportReleased"]),
    ("any other goes back", burgled(), GIVE_BACK, ["ReportReleased"]),
    ("that the level is not known is no level", done(GONE, UNKNOWN), CLOSE,
     "rule/missing-level"),
    ("judged, by whomever, it is closed", JUDGED, CLOSE, ["ReportClosed"]),
    ("and given back", JUDGED, GIVE_BACK, ["ReportReleased"]),
    ("and graded", JUDGED, RESOLVE, ["ReportGraded"]),
    ("and handed over", done(GONE_CRIME, LEVEL), HAND, ["HandedToImu"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("report", "command", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_hard_rules(report: Report, command: Command, expected: list[str] | str) -> None:
    assert told(ask(report, command, at=minutes(9))) == expected


def test_a_refusal_names_the_rule_what_to_do_and_the_source() -> None:
    answer = ask(burgled(), CLOSE)
    assert isinstance(answer, Refusal)
    assert answer.sentence == (
        "A burglary of a home is attended. Grade it so that an officer goes (F2). "
        "Source: NPCC, 2022."
    )


BESIDE: list[tuple[Report, Command, str]] = [
    (burgled(), CLOSE, "reason"),
    (burgled(), NOT_CRIME, "explanation"),
    (burgled(), repeats(report=R1, of=R2, at=NOW), "of"),
    (burgled(), RESOLVE, "code"),
    (BURGLED, lowered("R", "P"), "code"),
    (WELFARE, REDIRECT, "agency"),
]


@pytest.mark.parametrize(
    ("report", "command", "field"), BESIDE, ids=[type(row[1]).__name__ for row in BESIDE]
)
def test_a_refusal_stands_beside_the_field_that_the_act_is_chosen_in(
    report: Report, command: Command, field: str
) -> None:
    answer = ask(report, command, at=minutes(9), reports=OTHERS)
    assert isinstance(answer, Refusal)
    assert answer.code.startswith("rule/")
    assert answer.field == field


def test_a_duplicate_leaves_its_rule_only_to_a_report_under_the_same_rule() -> None:
    repeat = repeats(report=R1, of=R2, at=NOW)
    assert told(ask(burgled(), repeat, reports=OTHERS)) == "rule/home-burglary"
    other = {R2: burgled(assessed(R2))}
    assert told(ask(burgled(), repeat, reports=other)) == ["ReportClosed", "DuplicateLinked"]


def test_that_police_attend_is_taken_back_only_by_the_holder() -> None:
    assert told(ask(received(), ATTEND, DEE)) == ["RightCareRecorded"]
    assert told(ask(ATTENDED, SIGNPOST, BEN)) == "claim/held"
    assert told(ask(ATTENDED, SIGNPOST)) == ["RightCareRecorded"]
    assert told(ask(claimed(), replace(SIGNPOST, told=" "))) == "care/told"
    assert told(ask(claimed(), replace(SIGNPOST, limb="x"))) == "care/limb"


FLAGS = ("home-burglary", "welfare", "domestic-abuse", "safeguarding", "missing")
LIKELY: list[tuple[Command, Person]] = [
    *((command, who) for command, report, who in ACTS if report is not None),
    *((SetFlag(report=R1, flag=flag), DEE) for flag in FLAGS),
    *((record_crime(offence=code), ASHA) for code in ("28/03", "19/08")),
    *((GradeReport(report=R1, code=code, reason="so"), SAM) for code in "IPSAR"),
    (SIGNPOST, ASHA),
    (LEVEL, BEN),
    (UNKNOWN, BEN),
    (ATTEND, ASHA),
    *((fraud(words), BEN) for words in ("yes", "not known", "no")),
]
ENDING: dict[HardAct, tuple[Command, ...]] = {
    "close": (CLOSE, NOT_CRIME),
    "redirect": (REDIRECT,),
    "not attend": (RESOLVE, replace(RESOLVE, code="A")),
    "hand over": (HAND,),
}
histories = st.lists(st.sampled_from(LIKELY), max_size=12)


def played(acts: list[tuple[Command, Person]]) -> Report:
    """The state these acts lead to from an assessed report; what is refused is left out."""
    state: dict[ReportId, Report] = {R1: assessed()}
    for number, (command, who) in enumerate(acts):
        answer = decide(state[R1], command, context(who, minutes(number), reports=OTHERS))
        if not isinstance(answer, Refusal):
            state |= apply({**OTHERS, **state}, answer, who.id)
    return state[R1]


@pytest.mark.invariant("I21")
@given(histories, st.sampled_from([ASHA, BEN, DEE, SAM]))
def test_no_hard_rule_refuses_sending_raising_or_words(
    acts: list[tuple[Command, Person]], who: Person
) -> None:
    report = played(acts)
    for command in (*SENDING, *raising(report)):
        answer = ask(report, command, who, minutes(60), reports=OTHERS)
        assert not (isinstance(answer, Refusal) and answer.code.startswith("rule/")), command


def raising(report: Report) -> list[Command]:
    """Every grade of the force more urgent than the one that stands, or that sends officers."""
    if report.grading is None:
        more = [grade for grade in PACK.grades if grade.sends_officers]
    else:
        more = [grade for grade in PACK.grades if grade.band < report.grading.band]
    return [GradeReport(report=R1, code=grade.code, reason="Worse") for grade in more]


@given(histories, st.sampled_from([ASHA, SAM]))
@settings(max_examples=200)
def test_whatever_a_rule_that_holds_forbids_is_refused(
    acts: list[tuple[Command, Person]], who: Person
) -> None:
    report = played(acts)
    for rule in rules_of(report, PACK):
        for act, commands in ENDING.items():
            if forbids(rule, report, act):
                for command in (*commands, *lowering(report, act)):
                    assert isinstance(ask(report, seen(command, report), who), Refusal), (
                        rule.id, command,
                    )  # fmt: skip


def lowering(report: Report, act: HardAct) -> list[Command]:
    """Every lowering to nobody, by who saw the grade that stands."""
    grading = report.grading
    if grading is None or act != "not attend":
        return []
    less = [one for one in PACK.grades if one.band > grading.band and not one.sends_officers]
    return [lowered(one.code, grading.code) for one in less]


def seen(command: Command, report: Report) -> Command:
    """The command as who saw the standing grade would give it; raising is not in question."""
    if isinstance(command, GradeReport) and report.grading is not None:
        grade = PACK.grade_by_code[command.code]
        if grade.band < report.grading.band:
            return CLOSE
        return replace(command, was=report.grading.code)
    return command


@pytest.mark.parametrize("rule", PACK.hard_rules, ids=lambda rule: rule.id)
def test_every_rule_has_a_source_and_says_what_to_do(rule: HardRule) -> None:
    assert rule.source
    assert rule.instead.endswith((".", ")"))


LEVELLED = next(rule for rule in PACK.hard_rules if rule.until == "answered")
PROBLEMS: list[tuple[HardRule, str]] = [
    (replace(LEVELLED, guide="x"), "hard_rules[0].guide: 'x' is no guide; allowed: "),
    (replace(LEVELLED, question="x"), "hard_rules[0].question: 'x' is not asked by it; allowed: "),
    (replace(PACK.hard_rules[0], flags=("x",)), "hard_rules[0].flags: 'x' is no flag"),
    (replace(PACK.hard_rules[0], classes=("x",)), "hard_rules[0].classes: 'x' is no class"),
    (replace(PACK.hard_rules[0], classes=(), flags=()), "hard_rules[0]: names neither flags"),
    (replace(PACK.hard_rules[0], source=" "), "hard_rules[0].source: is empty"),
]


@pytest.mark.parametrize(("rule", "sentence"), PROBLEMS, ids=[one[1] for one in PROBLEMS])
def test_a_rule_that_could_not_hold_is_told_with_its_key_path(
    rule: HardRule, sentence: str
) -> None:
    told_of = list(pack_problems(replace(PACK, hard_rules=(rule,))))
    assert any(one.startswith(sentence) for one in told_of), told_of


def test_limbs_have_to_say_both_that_police_attend_and_that_they_do_not() -> None:
    bare: Pack = replace(PACK, right_care=PACK.right_care[:1])
    assert any(one.startswith("right_care: needs a limb") for one in pack_problems(bare))


def test_a_report_without_such_a_rule_is_bound_by_none() -> None:
    assert not list(rules_of(assessed(), PACK))
