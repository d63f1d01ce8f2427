"""One full example of each command and event, made by the rules wherever the rules make it."""

from msgspec.structs import replace

from tests.domain.situations import (
    ASHA,
    BEN,
    CALL_BACK,
    DEE,
    MARK,
    NOW,
    PLACE,
    R1,
    R2,
    SAM,
    STORE,
    WEB,
    ask,
    assess,
    assessed,
    calm,
    claimed,
    done,
    flagged,
    given_away,
    graded,
    late,
    lowering_asked,
    minutes,
    numbered_twice,
    offered,
    promised,
    proposed,
    reassessed,
    receive,
    received,
    record_crime,
    redirected,
    reserved,
    silent,
    with_crime,
)
from tests.told import repeats, told_yes
from workstation.domain.act import Command, Event
from workstation.domain.answering import AnswerQuestions, GiveAdvice
from workstation.domain.claiming import (
    AskSupervisor,
    ClaimReport,
    DetachClaim,
    ReassignReport,
    ReleaseReport,
    ResumeClaim,
)
from workstation.domain.closing import CloseReport, ReopenReport
from workstation.domain.contacting import SetSafeContact
from workstation.domain.correcting import CorrectFacts, SettleProposal
from workstation.domain.crime import RecordNotCrime
from workstation.domain.entry import Given
from workstation.domain.facts import FactChange
from workstation.domain.flagging import ClearFlag, SetFlag
from workstation.domain.grading import (
    CheckByVoice,
    EscalateEmergency,
    GradeReport,
    OpenByDispatch,
    TellByVoice,
)
from workstation.domain.handoff import SOLVABILITY, HandToImu
from workstation.domain.initial_check import PassInitialCheck
from workstation.domain.intake import CreateReport, IncidentNumberGiven
from workstation.domain.lowering import AnswerLowering
from workstation.domain.merging import MergeCrimes
from workstation.domain.needs import AssessNeeds
from workstation.domain.offering import AcceptOffer, DeclineOffer, OfferReport, WithdrawOffer
from workstation.domain.on_the_phone import WorkOnThePhone
from workstation.domain.packets import EndPacket, ReservePacket
from workstation.domain.promising import DropPromise, KeepPromise
from workstation.domain.redirection import LogAgencyAnswer, RedirectReport
from workstation.domain.refusal import Refusal
from workstation.domain.replying import LogReply
from workstation.domain.report import Channel, CrimeId, Facts, Location, Quoted, Report, ReportId
from workstation.domain.right_care import RecordRightCare
from workstation.domain.roles import Person
from workstation.domain.settling import ReleaseHeld, SettleCase
from workstation.domain.story import AddNote, CorrectNote, LogContact

CREATE = CreateReport(
    report=R1,
    channel=Channel.CALL_999,
    account="Knife!",
    facts=Facts(reporter="Ola"),
    location=PLACE,
    local_reference="W07-0003",
    happening_now=True,
    marked=(MARK,),
)
CLOSE = CloseReport(report=R1, reason="advice", caller_told="yes", told=told_yes(NOW))
HAND = HandToImu(report=R1, solvability=dict.fromkeys(SOLVABILITY, "yes"), facts="CCTV")
CLEAR = ClearFlag(
    report=R1, flag="safeguarding", reason="He is 30", set_by=ASHA.id, set_at=minutes(0)
)
MERGE = MergeCrimes(report=R1, main=CrimeId("c1"), other=CrimeId("c2"), reason="The same bicycle")

PEOPLE = CorrectFacts(
    report=R1, changes=(FactChange("people", "", "two"),), location=Location(text="3 Fen Drove")
)
NEEDS = AssessNeeds(
    report=R1,
    crimes=(CrimeId("c1"),),
    found="Sleeps badly",
    support="referred",
    service="Victim Support",
)
KNIFE = EscalateEmergency(report=R1, why="knife", location=PLACE)

# Each command, the report it acts on, and who asks.
ACTS: list[tuple[Command, Report | None, Person]] = [
    (receive(), None, WEB),
    (CREATE, None, ASHA),
    (ClaimReport(report=R1), received(), ASHA),
    (ReleaseReport(report=R1), claimed(), ASHA),
    (ReassignReport(report=R1, to=BEN.author, reason="shift ends"), claimed(), SAM),
    (OfferReport(report=R1, to=BEN.author, reason="shift ends"), claimed(), ASHA),
    (AcceptOffer(report=R1, holder=ASHA.id, fence=1), offered(claimed()), BEN),
    (DeclineOffer(report=R1, holder=ASHA.id, fence=1, word="On a 999"), offered(claimed()), BEN),
    (WithdrawOffer(report=R1), offered(claimed()), ASHA),
    (DetachClaim(report=R1), graded("P"), STORE),
    (ResumeClaim(report=R1, workstation="W07"), silent(graded("P")), STORE),
    (ReservePacket(report=R1), calm(), ASHA),
    (EndPacket(report=R1), reserved(calm(), minutes(-1)), STORE),
    (AskSupervisor(report=R1, question="Is this ours?"), claimed(), DEE),
    (AddNote(report=R1, text="Dog in the yard", hazard=True), received(), DEE),
    (
        CorrectFacts(report=R1, changes=(FactChange("people", "", "two"),), location=PLACE),
        received(),
        BEN,
    ),
    (
        SettleProposal(report=R1, by=ASHA.id, field="people", now="two", take=True),
        proposed(),
        BEN,
    ),
    (CorrectNote(report=R1, note="c1:0", text="Two dogs", hazard=True), received(), DEE),
    (
        LogContact(report=R1, who="Ola", means="phone", reached=False, words="No answer."),
        claimed(),
        ASHA,
    ),
    (LogReply(report=R1, who="Ola", means="e-mail", words="35/66507/26."), with_crime(), ASHA),
    (NEEDS, with_crime(), ASHA),
    (CALL_BACK, claimed(), ASHA),
    (KeepPromise(report=R1, promise="p1", words="She is well."), promised(), ASHA),
    (DropPromise(report=R1, promise="p1", reason="She rang us."), promised(), ASHA),
    (PassInitialCheck(report=R1, whose="ours", words="A bicycle"), received(), ASHA),
    (SetFlag(report=R1, flag="safeguarding", reason="A child is there"), received(), DEE),
    (CLEAR, flagged(claimed()), ASHA),
    (
        AnswerQuestions(report=R1, guide="abuse", answers=(Given("neck", "yes"),), said_by="Ola"),
        received(),
        DEE,
    ),
    (GiveAdvice(report=R1, guide="abuse", lines=("keep",), told="Ola"), received(), DEE),
    (assess(), claimed(), ASHA),
    (GradeReport(report=R1, code="P", reason="alone"), assessed(), ASHA),
    (
        AnswerLowering(report=R1, approve=False, was="I", code="P", asked_by=ASHA.id, words="No"),
        lowering_asked(),
        SAM,
    ),
    (KNIFE, received(), ASHA),
    (TellByVoice(report=R1, told="Priya"), graded("I"), ASHA),
    (CheckByVoice(report=R1, found="Asha: he is still there"), graded("I"), DEE),
    (OpenByDispatch(report=R1), graded("I"), DEE),
    (RecordRightCare(report=R1, limb="signpost", told="Ring her doctor"), received(), DEE),
    (
        SetSafeContact(report=R1, ways={"phone": "unsafe", "text": "safe"}, hidden_from="Dean"),
        received(),
        DEE,
    ),
    (RedirectReport(report=R1, agency="city", message="They have it."), assessed(), ASHA),
    (LogAgencyAnswer(report=R1, words="Mr Day, ref. 81"), redirected(), ASHA),
    (record_crime(), assessed(), ASHA),
    (
        RecordNotCrime(report=R1, explanation="Civil", advice="Ask", agencies=("city",)),
        assessed(),
        ASHA,
    ),
    (MERGE, numbered_twice(), ASHA),
    (HAND, with_crime(), ASHA),
    (CLOSE, assessed(), ASHA),
    (repeats(report=R1, of=R2, at=NOW, reason="same"), assessed(), ASHA),
    (ReopenReport(report=R1, reason="a witness rang"), done(assessed(), CLOSE), BEN),
    (ReleaseHeld(report=R1, case="c1", why="The PC was offline."), claimed(), SAM),
    (WorkOnThePhone(report=R1), claimed(), ASHA),
    (SettleCase(report=R1, case="c1", how="set aside", why="Said twice."), claimed(), BEN),
]
QUOTING = replace(receive(), quotes=Quoted("CC-22112026-0001", R2, ("telephone",)))
COMMANDS: list[Command] = [command for command, _, _ in ACTS]
OTHERS: dict[ReportId, Report] = {R2: assessed(R2)}


def _events() -> list[Event]:
    made: list[Event] = []
    acts = [
        *ACTS,
        (DetachClaim(report=R1), claimed(), STORE),
        (GradeReport(report=R1, code="P", reason="He left", was="I"), reassessed("I"), ASHA),
        (ClaimReport(report=R1, over_detached=True), silent(claimed()), BEN),
        (
            SettleProposal(report=R1, by=ASHA.id, field="people", now="two", take=False),
            proposed(),
            BEN,
        ),
    ]
    answers = [ask(report, command, who, reports=OTHERS) for command, report, who in acts]
    answers += [late(given_away(), PEOPLE), late(received(), KNIFE)]
    answers.append(ask(None, QUOTING, WEB, reports=OTHERS))
    for answer in answers:
        assert not isinstance(answer, Refusal), answer
        made.extend(answer)
    made.append(IncidentNumberGiven(stamp=made[0].stamp, incident_number="CC-22112026-0007"))
    return made


EVENTS: list[Event] = _events()
