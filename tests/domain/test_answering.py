"""Questions of a guide and advice read out: additive, kept both ways, and never lowering risk."""

import msgspec
import pytest
from msgspec.structs import replace

from tests.domain.packs import ABUSE, PACK
from tests.domain.samples import CLOSE
from tests.domain.situations import (
    ASHA,
    BEN,
    DEE,
    NOW,
    R1,
    ask,
    assess,
    assessed,
    claimed,
    done,
    flagged,
    minutes,
    received,
    told,
)
from workstation.domain.answered import Raised
from workstation.domain.answering import (
    AnswerQuestions,
    GiveAdvice,
    QuestionsAnswered,
    suggested,
)
from workstation.domain.clocks import is_danger
from workstation.domain.entry import EntryKind, Given
from workstation.domain.guide import Guide, Suits
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report
from workstation.domain.roles import Person


def answer(*pairs: tuple[str, str], said_by: str = "Ola") -> AnswerQuestions:
    given = tuple(Given(question, words) for question, words in pairs)
    return AnswerQuestions(report=R1, guide="abuse", answers=given, said_by=said_by)


CHOKED, NOT_CHOKED = answer(("neck", "yes")), answer(("neck", "no"))
ADVICE = GiveAdvice(report=R1, guide="abuse", lines=("keep", "out"), told="Ola")
SAID = ["QuestionsAnswered", "FlagSet"]
Row = tuple[str, Report, AnswerQuestions | GiveAdvice, Person, list[str] | str]

ACTS: list[Row] = [
    ("anybody on records answers", received(), answer(("children", "no")), DEE, SAID[:1]),
    ("also on what somebody else holds", claimed(), answer(("afraid", "Fire")), BEN, SAID[:1]),
    ("also on what has ended", done(assessed(), CLOSE), CHOKED, BEN, SAID),
    ("what raises sets its flag", received(), CHOKED, ASHA, SAID),
    ("not known is no reassurance", received(), answer(("neck", "not known")), ASHA, SAID),
    ("no sets none", received(), NOT_CHOKED, ASHA, SAID[:1]),
    ("a flag that stands is not set again",
     flagged(claimed(), kind="domestic-abuse"), CHOKED, ASHA, SAID[:1]),
    ("a question not asked is no answer", received(), answer(), ASHA, "answers/none"),
    ("nor is an empty one", received(), answer(("afraid", " ")), ASHA, "answers/empty"),
    ("a choice is one of its own", received(), answer(("seen", "Twice")), ASHA, "answers/choice"),
    ("but not known always is", received(), answer(("seen", "not known")), ASHA, SAID[:1]),
    ("nobody is born tomorrow", received(), answer(("born", "1/1/2030")), ASHA, "answers/birth"),
    ("a day no calendar has is as said", received(), answer(("born", "31/2/90")), ASHA, SAID[:1]),
    ("only questions of the guide", received(), answer(("x", "yes")), ASHA, "answers/question"),
    ("only guides of the force", received(), replace(CHOKED, guide="x"), ASHA, "guide/unknown"),
    ("advice is logged", received(), ADVICE, DEE, ["AdviceGiven"]),
    ("advice of the guide only", received(), replace(ADVICE, lines=("x",)), DEE, "advice/lines"),
    ("and some of it", received(), replace(ADVICE, lines=()), DEE, "advice/lines"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("report", "command", "who", "expected"), [row[1:] for row in ACTS], ids=[r[0] for r in ACTS]
)
def test_answers_and_advice(
    report: Report,
    command: AnswerQuestions | GiveAdvice,
    who: Person,
    expected: list[str] | str,
) -> None:
    assert told(ask(report, command, who)) == expected


def test_what_nobody_asked_is_not_done() -> None:
    assert received().answered_of("abuse") is None
    advised = done(received(), ADVICE).answered_of("abuse")
    assert advised is not None
    assert (advised.questions, advised.advised) == ((), ("keep", "out"))


def test_the_header_says_what_was_asked_and_what_bears_on_risk_and_the_log_has_every_word() -> (
    None
):
    made = answer(("neck", "yes"), ("children", "no"), ("afraid", "He has my keys. " * 90))
    report = done(received(), made, BEN, minutes(3))
    stands = report.answered_of("abuse")
    assert stands is not None
    assert (stands.questions, stands.by.name) == (("neck", "children", "afraid"), "Ben")
    assert stands.raised == (Raised("neck", "strangled"),)
    assert b"He has my keys" not in msgspec.json.encode(report)
    event = ask(received(), made)[0]  # type: ignore[index]
    assert isinstance(event, QuestionsAnswered)
    entry = event.entry("c1:0")
    assert entry is not None
    assert (entry.kind, entry.title) == (EntryKind.DECISION, "Questions, Abuse at home: 3 answers")
    assert entry.text.startswith("Hands round your neck? Yes\nAre there children? No\n")
    assert entry.text.endswith("\nSaid by Ola")
    assert (entry.given, entry.said_by, entry.guide) == (made.answers, "Ola", "abuse")


def test_a_later_answer_stands_beside_the_earlier_and_takes_no_risk_away() -> None:
    report = done(done(received(), CHOKED), NOT_CHOKED, BEN, minutes(5))
    assert report.raised == (Raised("neck", "strangled; later: no"),)
    assert [flag.id for flag in report.flags] == ["domestic-abuse"]
    again = done(report, CHOKED, ASHA, minutes(6))
    assert again.raised == (Raised("neck", "strangled"),)
    other = done(report, answer(("children", "yes")), BEN)
    stands = other.answered_of("abuse")
    assert stands is not None
    assert stands.questions == ("neck", "children")


def test_a_risk_that_was_told_is_danger_until_assessed_and_stops_no_risk_found() -> None:
    report = replace(done(claimed(), CHOKED), flags=())
    assert is_danger(report)
    refusal = ask(report, assess(nothing=True))
    assert isinstance(refusal, Refusal)
    assert refusal.code == "thrive/answer"
    assert not is_danger(done(report, assess()))


def test_a_question_is_asked_only_where_the_one_it_hangs_on_calls_for_it() -> None:
    def asked(**given: str) -> list[str]:
        return [one.id for one in ABUSE.to_ask(given)]

    assert asked() == ["neck", "children", "afraid", "born"]
    assert asked(children="yes") == ["neck", "children", "seen", "afraid", "born"]
    assert asked(children="no") == asked(children="not known") == asked()


def test_a_guide_is_suggested_by_form_flag_offence_words_or_marks() -> None:
    guide: Guide = msgspec.convert(
        msgspec.to_builtins(ABUSE)
        | {
            "suits": {
                "forms": ["rtc"],
                "flags": ["f"],
                "offences": ["1/01"],
                "marks": ["child"],
                "read": ["fall", "wound"],
            }
        },
        Guide,
    )
    assert list(guide.suits_by("rtc", [], [], [], {})) == ["by the form"]
    assert list(guide.suits_by("asb", ["f"], ["1/01"], ["child", "weapon"], {})) == [
        "by a flag", "by the crime", "“child” marked in the account",
    ]  # fmt: skip
    said = {"wound": ("cut", "bled"), "row": ("shouted",), "fall": ("fell", "cut", "slipped")}
    assert list(guide.suits_by("", [], [], [], said)) == ["by the words “cut”, “bled”, “fell”"]
    assert list(guide.suits_by("", [], [], [], {"row": ("shouted",)})) == []
    assert list(guide.suits_by("", [], [], [], {})) == []
    assert PACK.guide_by_id["abuse"] is ABUSE


def test_what_is_sure_comes_first_then_the_likeliest_by_the_words_and_none_is_hidden() -> None:
    def guide(id: str, *read: str, form: str = "") -> Guide:
        return replace(ABUSE, id=id, suits=Suits(forms=(form,) if form else (), read=read))

    pack = replace(PACK, guides=(guide("a", "row"), guide("b", "fall"), guide("c", form="rtc"),
                                 guide("d", "flood")))  # fmt: skip
    report = replace(received(), form="rtc")
    said = {"fall": ("fell",), "row": ("shouted",)}
    offered = suggested(report, pack, NOW.date(), said)
    assert [(one.guide.id, one.why) for one in offered] == [
        ("c", "by the form"),
        ("b", "by the words “fell”"),
        ("a", "by the words “shouted”"),
    ]
    assert [one.guide.id for one in suggested(report, pack, NOW.date(), {})] == ["c"]
