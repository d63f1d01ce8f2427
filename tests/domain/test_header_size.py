"""A report's header stays within 32 KiB, with every facet filled as far as people fill them."""

import msgspec
from msgspec.structs import replace

from tests.domain.packs import PACK
from tests.domain.samples import OTHERS
from tests.domain.situations import (
    ASHA,
    BEN,
    CALL_BACK,
    LOW,
    NOW,
    R1,
    SAM,
    WEB,
    after_late,
    ask,
    assess,
    assessed,
    context,
    done,
    given_away,
    minutes,
    receive,
    record_crime,
    told,
)
from tests.told import told_yes
from workstation.domain.answering import AnswerQuestions, GiveAdvice
from workstation.domain.claiming import AskSupervisor, ClaimReport
from workstation.domain.closing import CloseReport
from workstation.domain.contacting import SetSafeContact
from workstation.domain.correcting import CorrectFacts
from workstation.domain.crime import MOST_CRIMES
from workstation.domain.decider import apply, decide
from workstation.domain.entry import Given
from workstation.domain.facts import PROPOSED_BYTES, FactChange
from workstation.domain.grading import (
    CheckByVoice,
    EscalateEmergency,
    OpenByDispatch,
    TellByVoice,
)
from workstation.domain.guide_check import read_guides
from workstation.domain.handoff import SOLVABILITY, HandToImu
from workstation.domain.limits import NAME, fitted
from workstation.domain.offering import DeclineOffer, OfferReport
from workstation.domain.packing import LONGEST_FLAG, MOST_FLAGS
from workstation.domain.promising import MOST_OWED
from workstation.domain.refusal import Refusal
from workstation.domain.replying import LogReply
from workstation.domain.report import (
    CrimeId,
    EarlierContacts,
    Facts,
    Flag,
    Location,
    MarkedPhrase,
    Report,
    ReportId,
    Victim,
)
from workstation.domain.roles import Person, PersonId, Role
from workstation.domain.safe_contact import WAYS, Answer, Way
from workstation.domain.story import AddNote
from workstation.machine.resources import guide_texts

LIMIT = 32 * 1024
UUID = "0193a5b2-7c1e-7f00-8000-0123456789ab"


def heavy() -> Report:
    """A report with long facts, twenty hazards, fifty marks, ten crimes, and much besides."""
    line = "é" * 200
    report = assessed()
    report = replace(
        report,
        facts=Facts(*[line] * len(Facts.__struct_fields__)),
        marked=(MarkedPhrase(99_000, 99_030, "he said he will kill her", "threat"),) * 50,
        excerpt="é" * 240,
        duplicates=tuple(ReportId(UUID) for _ in range(20)),
    )
    for _ in range(25):
        report = done(report, AddNote(report=R1, text="Danger. " * 5000, hazard=True))
    for number in range(10):
        crime = replace(record_crime(), crime=CrimeId(UUID), serial=number)
        report = done(report, crime)
    earlier = EarlierContacts(50, True, tuple(ReportId(UUID) for _ in range(20)))
    words = dict.fromkeys(LOW, "é" * 500)
    report = done(report, replace(assess(), words=words, earlier=earlier), at=minutes(5))
    report = done(report, EscalateEmergency(report=R1, why=line))
    report = done(report, TellByVoice(report=R1, told=line))
    report = done(report, CheckByVoice(report=R1, found=line))
    dispatcher = Person(PersonId(UUID), "Dee", (Role.DISPATCHER,))
    report = done(report, OpenByDispatch(report=R1), dispatcher)
    report = done(
        report, HandToImu(report=R1, solvability=dict.fromkeys(SOLVABILITY, "yes"), facts=line)
    )
    return done(
        report,
        CloseReport(report=R1, reason=line, caller_told=line, told=told_yes(NOW)),
        SAM,
        reports=OTHERS,
    )


def test_a_header_with_heavy_facets_stays_within_its_limit() -> None:
    assert len(msgspec.json.encode(heavy())) <= LIMIT


def test_an_ordinary_header_is_small() -> None:
    assert len(msgspec.json.encode(assessed())) < 1024
    assert ASHA.name in msgspec.json.encode(assessed()).decode()


def test_a_caller_with_a_thousand_earlier_contacts_does_not_fill_the_header() -> None:
    many = EarlierContacts(1000, False, tuple(ReportId(UUID) for _ in range(1000)))
    report = done(assessed(), replace(assess(), earlier=many), at=minutes(5))
    assert report.thrive is not None
    assert report.thrive.earlier.count == 1000
    assert len(msgspec.json.encode(report)) < LIMIT


ESCAPED = "\x01"


def worst_held() -> Report:
    """Every field as full as the rules let a raw client make it, six bytes a character, held."""
    line, words = ESCAPED * 500, f"a{ESCAPED * 9_999}"
    contact = replace(
        receive(),
        account=ESCAPED * 100_000,
        facts=Facts(*[line] * len(Facts.__struct_fields__)),
        location=Location(line, line, line, line, line, None, None, None, line),
        form=ESCAPED * 200,
        source=ESCAPED * 200,
        receipt_code=ESCAPED * 200,
        marked=(MarkedPhrase(99_000, 99_900, "he" + ESCAPED * 900, "threat"),) * 50,
    )
    report = done(done(None, contact, WEB), ClaimReport(report=R1))
    for _ in range(20):
        report = done(report, AddNote(report=R1, text=words, hazard=True))
    many = EarlierContacts(1000, True, (ReportId("i" * 64),) * 1000)
    report = done(report, replace(assess(), words=dict.fromkeys(LOW, words), earlier=many))
    for number in range(MOST_CRIMES):
        crime = replace(record_crime(), crime=CrimeId(f"{number:064}"), serial=number)
        report = done(report, replace(crime, victim=Victim("person", ESCAPED * 200)))
    report = done(report, EscalateEmergency(report=R1, why=words))
    report = done(report, TellByVoice(report=R1, told=words))
    report = done(report, AskSupervisor(report=R1, question=words))
    for number in range(MOST_OWED):
        said = replace(CALL_BACK, promise=f"{number:064}", what=ESCAPED * NAME)
        report = done(report, said)
    written = LogReply(report=R1, who=ESCAPED * NAME, means="letter", words=words)
    report = done(report, written, at=minutes(5))
    flag = Flag(at=NOW, by=ASHA.author, id="i" * LONGEST_FLAG, name=ESCAPED * LONGEST_FLAG)
    report = replace(report, flags=(flag,) * MOST_FLAGS)
    name = ESCAPED * NAME
    ways: dict[Way, Answer] = dict.fromkeys(WAYS, "unsafe")
    report = done(report, SetSafeContact(
        report=R1, ways=ways, not_when=name, hidden_from=name, needs=name,
    ))  # fmt: skip
    report = done(report, OfferReport(report=R1, to=BEN.author, reason=words))
    decline = DeclineOffer(report=R1, holder=ASHA.id, fence=report.fence, word=words)
    return done(report, decline, BEN)


def worst() -> Report:
    """The same at its end."""
    words = f"a{ESCAPED * 9_999}"
    hand = HandToImu(report=R1, solvability=dict.fromkeys(SOLVABILITY, "yes"), facts=words)
    return done(
        done(worst_held(), hand),
        CloseReport(report=R1, reason=words, caller_told=words, told=told_yes(NOW)),
        SAM,
    )


def test_proposals_keep_every_letter_in_a_full_header() -> None:
    report = replace(worst(), claim=given_away().claim, closing=None)
    line = ESCAPED * 200
    for field in Facts.__struct_fields__:
        wanted = CorrectFacts(report=R1, changes=(FactChange(field, line, line),))
        report = after_late(report, wanted)
    size = len(msgspec.json.encode(report.proposals))
    assert PROPOSED_BYTES // 2 < size <= PROPOSED_BYTES
    kept = fitted(replace(report, excerpt="x" * 32_000))
    assert {one.now for one in kept.proposals} == {line}
    assert report.proposed_beyond == len(Facts.__struct_fields__) - len(report.proposals)
    assert len(msgspec.json.encode(kept)) <= LIMIT


def test_a_header_that_a_raw_client_fills_stays_within_its_limit() -> None:
    report = worst()
    assert len(msgspec.json.encode(report)) <= LIMIT
    assert len(report.crimes) == MOST_CRIMES
    assert (report.id, report.risk_is_unassessed) == (R1, False)


def test_a_header_with_every_flag_and_an_answered_offer_stays_within_its_limit() -> None:
    report = worst_held()
    assert len(msgspec.json.encode(report)) <= LIMIT
    assert len(report.flags) == MOST_FLAGS
    assert report.offer is not None
    assert report.offer.declined is not None


def test_a_header_with_every_guide_answered_stays_within_its_limit() -> None:
    """Also where a raw client fills all else; each guide then still says that it was asked."""
    guides = read_guides(guide_texts(), [flag.id for flag in PACK.flags])
    full = context(pack=replace(PACK, guides=guides))
    report = worst_held()
    for guide in guides:
        given = tuple(
            Given(q.id, (q.raises or q.choices or ("a word",))[0]) for q in guide.questions
        )
        told = AnswerQuestions(report=R1, guide=guide.id, answers=given, said_by="é" * 500)
        advice = GiveAdvice(
            report=R1, guide=guide.id, lines=tuple(line.id for line in guide.advice)
        )
        for command in (told, advice) if given else (advice,):
            events = decide(report, command, full)
            assert not isinstance(events, Refusal), events
            report = apply({R1: report}, events, ASHA.id)[R1]
    assert len(msgspec.json.encode(report)) <= LIMIT
    asked = {one.guide: one.asked for one in report.answered}
    assert asked == {guide.id: len(guide.questions) for guide in guides}
    assert report.risk_is_unassessed or report.thrive is not None


def test_key_facts_are_cut_last() -> None:
    facts = Facts(phone="07700 900100 " * 38)
    full = replace(worst(), facts=facts, location=Location(text="Mill Road " * 50))
    kept = fitted(replace(full, excerpt="x" * 32_000))
    assert (kept.facts, kept.location) == (full.facts, full.location)
    assert kept.excerpt.endswith("…")


def test_a_report_takes_a_given_number_of_crimes() -> None:
    report = assessed()
    for number in range(MOST_CRIMES):
        report = done(report, replace(record_crime(), serial=number))
    assert told(ask(report, record_crime())) == "crime/full"
