"""Each command and each role: who may ask, told as one table."""

import pytest

from tests.domain.samples import COMMANDS
from tests.domain.situations import context, received
from workstation.domain import decider
from workstation.domain.act import Command
from workstation.domain.refusal import Refusal
from workstation.domain.report import ReportId
from workstation.domain.roles import Person, PersonId, Role

ON_RECORDS = {"handler", "dispatcher", "supervisor", "imu reviewer"}
DECIDERS = {"handler", "supervisor"}
MAY = {
    "ReceiveReport": {"intake machine"},
    "CreateReport": DECIDERS,
    "ClaimReport": ON_RECORDS,
    "ReleaseReport": ON_RECORDS,
    "ReassignReport": {"supervisor"},
    "OfferReport": ON_RECORDS,
    "AcceptOffer": ON_RECORDS,
    "DeclineOffer": ON_RECORDS,
    "WithdrawOffer": ON_RECORDS,
    "DetachClaim": {"store"},
    "ResumeClaim": {"store"},
    "ReservePacket": DECIDERS,
    "EndPacket": {"store"},
    "AskSupervisor": ON_RECORDS,
    "WorkOnThePhone": ON_RECORDS,
    "AddNote": ON_RECORDS | {"store"},
    "CorrectNote": ON_RECORDS,
    "LogContact": ON_RECORDS,
    "LogReply": ON_RECORDS,
    "AssessNeeds": ON_RECORDS,
    "MakePromise": ON_RECORDS,
    "KeepPromise": ON_RECORDS,
    "DropPromise": ON_RECORDS,
    "PassInitialCheck": DECIDERS,
    "LogAgencyAnswer": ON_RECORDS,
    "CorrectFacts": ON_RECORDS,
    "SettleProposal": ON_RECORDS,
    "SetFlag": ON_RECORDS,
    "ClearFlag": DECIDERS,
    "AnswerQuestions": ON_RECORDS,
    "GiveAdvice": ON_RECORDS,
    "AssessRisk": ON_RECORDS,
    "GradeReport": ON_RECORDS,
    "AnswerLowering": {"supervisor"},
    "EscalateEmergency": ON_RECORDS,
    "TellByVoice": ON_RECORDS,
    "CheckByVoice": ON_RECORDS,
    "OpenByDispatch": {"dispatcher"},
    "RecordRightCare": ON_RECORDS,
    "SetSafeContact": ON_RECORDS,
    "RedirectReport": DECIDERS,
    "RecordCrime": DECIDERS,
    "RecordNotCrime": DECIDERS,
    "MergeCrimes": DECIDERS,
    "HandToImu": DECIDERS,
    "CloseReport": DECIDERS,
    "MarkDuplicate": DECIDERS,
    "ReopenReport": ON_RECORDS,
    "SettleCase": ON_RECORDS,
    "ReleaseHeld": {"supervisor"},
}
TABLE = [(command, role) for command in COMMANDS for role in Role]


def test_the_table_names_every_command() -> None:
    assert {type(command).__name__ for command in COMMANDS} == set(MAY)
    assert {kind.__name__ for kind in decider.AnyCommand.__args__} == set(MAY)


@pytest.mark.invariant("I36")
@pytest.mark.parametrize(
    ("command", "role"), TABLE, ids=[f"{type(c).__name__} by {role}" for c, role in TABLE]
)
def test_who_may_ask(command: Command, role: Role) -> None:
    who = Person(PersonId("p"), "P", (role,))
    begins = type(command).__name__ in ("ReceiveReport", "CreateReport")
    answer = decider.decide(None if begins else received(), command, context(who))
    refused_for_role = isinstance(answer, Refusal) and answer.code == "role/not-yours"
    assert refused_for_role == (role not in MAY[type(command).__name__])


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: type(c).__name__)
def test_somebody_without_a_role_may_do_nothing(command: Command) -> None:
    nobody = Person(PersonId("n"), "N", ())
    answer = decider.decide(received(ReportId("r1")), command, context(nobody))
    assert isinstance(answer, Refusal)
    assert answer.code == "role/not-yours"
