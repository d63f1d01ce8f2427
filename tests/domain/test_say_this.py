"""What is read to a caller: only what is so, and nothing unasked where contact may be unsafe."""

from collections.abc import Callable, Collection
from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.domain.packs import PACK
from tests.domain.samples import CLOSE, HAND
from tests.domain.situations import (
    ASHA,
    DEE,
    MARK,
    NOW,
    R1,
    R2,
    assess,
    assessed,
    claimed,
    done,
    flagged,
    graded,
    minutes,
    promised,
    received,
    record_crime,
    redirected,
    with_crime,
)
from workstation.domain.answering import AnswerQuestions
from workstation.domain.closing import MarkDuplicate
from workstation.domain.crime import RecordNotCrime
from workstation.domain.entry import Given
from workstation.domain.grading import OpenByDispatch, TellByVoice
from workstation.domain.judgement import CallerTold
from workstation.domain.pack import Pack, PackProblem, TalkSafely
from workstation.domain.packing import compose_pack, decode_pack, encode_pack
from workstation.domain.redirection import LogAgencyAnswer
from workstation.domain.replying import LogReply
from workstation.domain.report import Facts, Location, Report
from workstation.domain.say_lines import Decided
from workstation.domain.say_this import DANGER, SILENT, Saying, say_this
from workstation.machine.resources import guide_texts, pack_forces, pack_text, reference_tables

SAFE = TalkSafely(
    ask="Can you talk safely now?",
    source="test",
    flags=("domestic-abuse",),
    risks=("stalking",),
    marks=("domestic or stalking",),
    offences=("30C",),
    classes=("Rape",),
)
CALM = replace(
    PACK,
    talk_safely=SAFE,
    agencies=(
        replace(PACK.agencies[0], phone="01223 457000 (office hours)"),
        replace(PACK.agencies[1], phone="01234 842538", verified="unverified"),
    ),
)
NOT_CRIME = RecordNotCrime(
    report=R1, explanation="It is a civil matter", advice="Ask a solicitor.", agencies=("city",)
)
REPLY = LogReply(report=R1, who="Ola", means="phone", words="No crime")


def numbered(report: Report) -> Report:
    return replace(report, incident_number="CC-22112026-0007")


def duplicate() -> Report:
    told = CallerTold(answer="no")
    of = MarkDuplicate(report=R1, of=R2, caller_told="Nobody was reached", told=told)
    return done(assessed(), of, reports={R2: done(received(R2), assess(R2))}, seen={R1: 9})


def handed() -> Report:
    return done(with_crime(), HAND, at=minutes(9))


def said(
    report: Report,
    at: float = 5,
    pending: Collection[str] = (),
    pack: Pack = CALM,
    risks: Collection[str] = (),
) -> Saying:
    told = say_this(numbered(report), pack, minutes(at), pending, risks)
    assert told is not None
    return told


def heard(saying: Saying) -> str:
    """Everything that is read out."""
    return " ".join(line for part in saying.parts for line in part.lines)


STANDING: list[tuple[Decided, Callable[[], Report], tuple[str, ...]]] = [
    (Decided.SENT, lambda: graded("I"), ("We have asked for officers.", "by 09:22 today")),
    (Decided.GRADED, lambda: graded("A"), ("We aim to have dealt with it by 09:02 on Tuesday",)),
    (Decided.REDIRECTED, redirected,
     ("This is for Cambridge City Council, not for the police.", "ring them on 01223 457000.",
      "not told us yet", "by the end of Tuesday 24 November.")),
    (Decided.CRIME, with_crime,
     ("We have recorded a crime: Common assault.", "in writing by the end of Friday 27 November",
      "the crime number and the incident number")),
    (Decided.NOT_CRIME, lambda: done(assessed(), NOT_CRIME),
     ("not as a crime. It is a civil matter.", "What you can do: Ask a solicitor.",
      "Cambridge City Council may be able to help.")),
    (Decided.CLOSED, lambda: done(graded("R"), CLOSE, at=minutes(4)),
     ("We have closed your report.", "Then we can open it again.")),
    (Decided.DUPLICATE, duplicate, ("We already have a report of this.",)),
    (Decided.HANDED, handed, ("Your report is with our investigators.", "I cannot give you")),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "made", "lines"), STANDING, ids=[one[0] for one in STANDING])
def test_each_decision_says_what_it_is_what_comes_next_by_when_and_what_to_keep(
    kind: Decided, made: Callable[[], Report], lines: tuple[str, ...]
) -> None:
    told = said(made())
    assert told.decided is kind
    for line in lines:
        assert line in heard(told)
    assert told.numbers[-1].written == "CC-22112026-0007"
    headings = [part.heading for part in told.parts]
    assert headings[0] == "What is decided"
    assert headings[-2:] == ["What to keep", "If it gets worse"]
    assert heard(told).endswith(DANGER)


@pytest.mark.parametrize("kind", [one[0] for one in STANDING])
@pytest.mark.parametrize("force", pack_forces())
def test_nothing_that_is_read_out_has_an_unfilled_slot(force: str, kind: Decided) -> None:
    made = next(made for one, made, _ in STANDING if one is kind)
    pack = compose_pack(pack_text(force), reference_tables(), guide_texts())
    for report in (made(), replace(made(), location=Location(), facts=Facts())):
        told = say_this(report, pack, minutes(5))
        assert told is not None
        for words in (told.words, told.ask, *told.notes, *told.reasons):
            assert not set("{}[]<>…_") & set(words)
            assert "None" not in words
            assert "  " not in words
        assert all(line.rstrip().endswith((".", "?", "!")) for part in told.parts
                   for line in part.lines)  # fmt: skip


def test_where_nothing_is_decided_there_is_nothing_to_tell() -> None:
    assert say_this(assessed(), CALM, NOW) is None
    assert say_this(flagged(received()), CALM, NOW) is None


def test_officers_are_asked_for_until_dispatch_is_known_to_have_them() -> None:
    sent = graded("I")
    waits = heard(said(sent, pending=["GradeReport"]))
    assert "Our control room has not confirmed that yet." in waits
    assert "The request is with our control room." in heard(said(sent, pending=["AddNote"]))
    told = done(sent, TellByVoice(report=R1, told="Jo, 09:03"), at=minutes(3))
    assert "told our control room by voice" in heard(said(told, pending=["GradeReport"]))
    opened = done(sent, OpenByDispatch(report=R1), DEE, minutes(3))
    assert "A dispatcher in our control room has your report." in heard(said(opened))
    for report in (sent, told, opened):
        assert "on their way" not in heard(said(report))


def test_a_target_is_an_aim_and_a_missed_one_is_owned() -> None:
    town = replace(graded("I"), location=Location(text="Mill Road", rural=False))
    assert "We aim to be with you by 09:17 today. I cannot promise that time." in heard(said(town))
    unknown = replace(town, location=Location(text="Mill Road"))
    assert "by 09:22 today" in heard(said(unknown))
    late = heard(said(town, at=60))
    assert "We aimed to be with you by 09:17 today. That has passed, and I am sorry." in late


@pytest.mark.parametrize(
    ("made", "command"),
    [(redirected, "RedirectReport"), (handed, "HandToImu"),
     (lambda: done(assessed(), NOT_CRIME), "RecordNotCrime"),
     (lambda: done(graded("R"), CLOSE, at=minutes(4)), "CloseReport")],
)  # fmt: skip
def test_what_the_store_may_still_refuse_is_not_told_as_done(
    made: Callable[[], Report], command: str
) -> None:
    unsure = "Our records have not confirmed this yet, so it may still change."
    assert unsure in heard(said(made(), pending=[command]))
    assert unsure not in heard(said(made()))
    assert unsure not in heard(said(made(), pending=["AddNote"]))


def test_a_crime_number_stands_before_it_is_confirmed_and_says_so() -> None:
    told = said(with_crime(), pending=["RecordCrime"])
    assert [one.written for one in told.numbers] == ["35/66507/26", "CC-22112026-0007"]
    assert "not confirmed this yet. The number stays the same." in heard(told)


def test_only_numbers_that_were_issued_are_read_out() -> None:
    bare = replace(graded("R"), incident_number="", local_reference="", receipt_code="")
    told = say_this(bare, CALM, NOW)
    assert told is not None
    assert told.numbers == ()
    assert "write down" not in heard(told)
    own = say_this(replace(bare, local_reference="W07-asha-0003"), CALM, NOW)
    assert own is not None
    assert own.numbers[0].aloud.startswith("Our reference: Whiskey, zero seven, dash, Alfa")


def test_an_agency_has_it_only_once_it_said_so_and_an_unverified_number_is_not_read_out() -> None:
    answered = done(redirected(), LogAgencyAnswer(report=R1, words="Mr Day"), at=minutes(20))
    assert "They have told us that they have your report." in heard(said(answered, at=30))
    psd = done(assessed(), replace(NOT_CRIME, agencies=("psd",)))
    told = said(psd)
    assert "01234" not in heard(told)
    assert "Professional Standards, 01234 842538: not verified. Check it before you give it." in (
        told.notes
    )


def test_a_beginning_of_long_words_is_not_read_out() -> None:
    long = done(assessed(), replace(NOT_CRIME, explanation="It is civil. " * 60))
    told = said(long)
    assert "civil" not in heard(told)
    assert "The explanation is too long for this card: read it from the log." in told.notes


def test_the_reason_on_record_is_for_who_reads_and_never_read_out() -> None:
    told = said(done(graded("R"), replace(CLOSE, reason="Known time-waster"), at=minutes(4)))
    assert "time-waster" not in told.words
    assert "Say why in your own words. On record: Known time-waster." in told.notes


def test_what_we_said_we_would_do_is_said_again_with_its_time() -> None:
    report = done(promised(assessed()), replace(NOT_CRIME), at=minutes(4))
    assert "We said that we would do this by 11:00 today: Call back." in heard(said(report))


def asked_about_abuse() -> Report:
    answers = AnswerQuestions(report=R1, guide="abuse", answers=(Given("children", "no"),))
    return done(with_crime(), answers)


UNSAFE: list[tuple[str, Callable[[], Report], str]] = [
    ("flag", lambda: flagged(with_crime(), kind="domestic-abuse"), "Domestic abuse is flagged"),
    ("mark", lambda: replace(with_crime(), marked=(replace(MARK, kind="domestic or stalking"),)),
     "the account says “knife”"),
    ("class", lambda: done(assessed(), record_crime(offence="19/08")), "Rape of a female is"),
    ("offence", lambda: done(assessed(), record_crime(offence="30C")), "Burglary - business is"),
    ("prefers", lambda: replace(with_crime(), facts=Facts(prefers="not while he is home")),
     "they prefer “not while he is home”"),
]  # fmt: skip


@pytest.mark.parametrize(("_", "made", "reason"), UNSAFE, ids=[one[0] for one in UNSAFE])
def test_where_contact_may_be_unsafe_they_are_asked_first_and_nothing_is_to_be_kept(
    _: str, made: Callable[[], Report], reason: str
) -> None:
    told = said(made())
    assert told.ask == "Can you talk safely now?"
    assert any(one.startswith(reason) for one in told.reasons)
    words = heard(told)
    assert "How can we do that safely?" in words
    assert "27 November" not in words
    assert "write down" not in words
    assert "You do not have to write anything down" in words
    assert words.endswith(SILENT)
    assert told.words.startswith("Asked first: Can you talk safely now? They said yes.\n")


def test_a_risk_found_in_the_words_and_questions_on_abuse_ask_first_as_well() -> None:
    assert said(with_crime()).ask == ""
    assert said(with_crime(), risks=["stalking"]).ask
    guide = replace(PACK.guides[0], suits=replace(PACK.guides[0].suits, flags=("domestic-abuse",)))
    pack = replace(CALM, guides=(guide,))
    assert said(asked_about_abuse(), pack=pack).reasons == (
        "questions were asked on Abuse at home",
    )


def test_a_pack_that_does_not_say_for_whom_it_is_safe_asks_everybody() -> None:
    assert said(with_crime(), pack=replace(CALM, talk_safely=None)).ask


def test_a_way_of_contact_is_told_to_who_reads() -> None:
    told = said(replace(with_crime(), facts=Facts(prefers="email")))
    assert told.ask == ""
    assert "On record they prefer: email." in told.notes


def test_that_the_caller_was_told_counts_from_the_decision_on() -> None:
    before = done(assessed(), REPLY, at=minutes(1))
    ended = done(before, NOT_CRIME, at=minutes(3))
    assert said(ended).told_at is None
    told = done(ended, REPLY, ASHA, at=minutes(4))
    assert said(told).told_at == minutes(4)
    assert said(done(told, REPLY, at=minutes(8))).told_at == minutes(4)


def test_a_force_that_leaves_a_slot_or_names_what_is_not_there_gets_no_pack() -> None:
    whole = compose_pack(pack_text("cambridgeshire"), reference_tables(), guide_texts())
    rule = whole.talk_safely
    assert rule is not None
    slot = replace(whole, grades=(replace(whole.grades[0], say="By {time}."), *whole.grades[1:]))
    with pytest.raises(PackProblem, match=r"grades\[0\].say: holds a slot that nobody fills"):
        decode_pack(encode_pack(slot))
    for name, wrong in (("flags", "x"), ("offences", "9/9"), ("classes", "Fun")):
        other = replace(whole, talk_safely=replace(rule, **{name: (wrong,)}))
        with pytest.raises(PackProblem, match=rf"talk_safely\.{name}: '{wrong}' is no "):
            decode_pack(encode_pack(other))
    for name in ("ask", "source"):
        empty = replace(whole, talk_safely=replace(rule, **{name: " "}))
        with pytest.raises(PackProblem, match=rf"talk_safely\.{name}: is empty"):
            decode_pack(encode_pack(empty))


@pytest.mark.parametrize("force", pack_forces())
def test_each_force_has_words_for_the_grades_that_send_nobody(force: str) -> None:
    pack = compose_pack(pack_text(force), reference_tables(), guide_texts())
    assert pack.talk_safely is not None
    assert all(grade.say for grade in pack.grades if not grade.sends_officers)


def test_a_letter_that_is_late_is_not_promised_for_a_day_that_has_passed() -> None:
    told = say_this(with_crime(), CALM, NOW + timedelta(days=9))
    assert told is not None
    assert "We should have confirmed the crime in writing by Friday 27 November." in heard(told)
    assert say_this(claimed(), CALM, NOW) is None
