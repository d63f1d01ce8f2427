"""How a report begins, and who works it."""

import pytest
from msgspec.structs import replace

from tests.domain.situations import (
    ASHA,
    BEN,
    DEE,
    MARK,
    NOW,
    R1,
    SAM,
    STORE,
    WEB,
    ask,
    assessed,
    claimed,
    done,
    graded,
    minutes,
    receive,
    received,
    told,
)
from tests.told import told_yes
from workstation.domain.act import Command
from workstation.domain.claiming import (
    AskSupervisor,
    ClaimReport,
    DetachClaim,
    ReassignReport,
    ReleaseReport,
)
from workstation.domain.closing import CloseReport
from workstation.domain.holders import Claim
from workstation.domain.intake import CreateReport, IncidentNumberGiven
from workstation.domain.refusal import Refusal
from workstation.domain.report import Channel, Report
from workstation.domain.roles import Person

CREATE = CreateReport(report=R1, channel=Channel.CALL_101, account="Shouting next door")
RELEASE, CLAIM = ReleaseReport(report=R1), ClaimReport(report=R1)
DETACH = DetachClaim(report=R1)
TO_BEN = ReassignReport(report=R1, to=BEN.author, reason="Asha's shift ends")
TO_ASHA = replace(TO_BEN, to=ASHA.author)


def test_a_contact_from_the_public_is_on_record_with_its_numbers() -> None:
    report = received()
    assert (report.version, report.claim, report.fence) == (1, None, 0)
    assert report.incident_number == "CC-22112026-0001"
    assert report.receipt_code == "CAM-AAAA-BBBB"
    assert report.reference == report.incident_number


def test_an_empty_account_from_the_public_is_on_record_all_the_same() -> None:
    assert told(ask(None, receive(account=""), WEB)) == ["ReportReceived"]


def test_a_long_account_leaves_only_its_beginning_in_the_header() -> None:
    assert len(done(None, receive(account="x" * 100_000), WEB).excerpt) == 240


def test_an_account_over_a_hundred_thousand_characters_is_refused_by_how_much() -> None:
    answer = ask(None, receive(account="x" * 101_234), WEB)
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.field) == ("text/too-long", "account")
    assert "1,234" in answer.sentence


def test_a_report_already_on_record_is_not_received_again() -> None:
    assert told(ask(received(), receive(), WEB)) == "report/exists"
    assert told(ask(received(), CREATE)) == "report/exists"


def test_a_handler_who_takes_a_call_holds_the_report_from_its_first_second() -> None:
    report = done(None, CREATE)
    assert report.claim is not None
    assert (report.claim.by, report.claim.workstation, report.fence) == (ASHA.author, "W07", 1)


def test_a_call_needs_one_word_and_nothing_else() -> None:
    assert told(ask(None, replace(CREATE, account="Help"))) == ["ReportCreated"]
    assert told(ask(None, replace(CREATE, account=" \n"))) == "report/empty"
    assert told(ask(None, replace(CREATE, account="x" * 100_001))) == "text/too-long"


def test_a_local_reference_is_spoken_until_the_store_gives_the_number() -> None:
    report = done(None, replace(CREATE, local_reference="W07-0003"))
    assert report.reference == "W07-0003"
    [created] = _events(ask(None, CREATE))
    given = IncidentNumberGiven(stamp=created.stamp, incident_number="CC-22112026-0009")
    assert given.evolve(report).reference == "CC-22112026-0009"


def test_a_command_for_an_unknown_report_is_refused() -> None:
    assert told(ask(None, CLAIM)) == "report/unknown"


def _events(answer: object) -> tuple[IncidentNumberGiven, ...]:
    assert isinstance(answer, tuple)
    return answer


def detached(report: Report) -> Report:
    """The same report, its holder's desk silent."""
    assert report.claim is not None
    return replace(report, claim=replace(report.claim, detached=True))


CLAIMS: list[tuple[str, Report, Command, Person, list[str] | str]] = [
    ("a free report is taken", received(), CLAIM, ASHA, ["ReportClaimed"]),
    ("a dispatcher may take one", received(), CLAIM, DEE, ["ReportClaimed"]),
    ("one's own report is taken already", claimed(), CLAIM, ASHA, []),
    ("a colleague's report is not taken", claimed(), CLAIM, BEN, "claim/held"),
    ("a supervisor reassigns, never takes", claimed(), CLAIM, SAM, "claim/held"),
    ("a detached report stays held", detached(graded("R")), CLAIM, BEN, "claim/held"),
    ("the holder gives it back", claimed(), RELEASE, ASHA, ["ReportReleased"]),
    ("who does not hold it gives nothing back", claimed(), RELEASE, BEN, []),
    ("a free report cannot be given back", received(), RELEASE, ASHA, []),
    ("a supervisor gives it to somebody", claimed(), TO_BEN, SAM, ["ReportReassigned"]),
    ("a free one may be given too", received(), TO_BEN, SAM, ["ReportReassigned"]),
    ("a handler gives it to nobody", claimed(), TO_BEN, ASHA, "role/not-yours"),
    ("not to who holds it already", claimed(), TO_ASHA, SAM, "reassign/held"),
    ("nor while their desk is silent", detached(claimed()), TO_ASHA, SAM, "reassign/held"),
    ("moving it needs a reason", claimed(), replace(TO_BEN, reason=" "), SAM, "reassign/reason"),
    ("silence frees no ungraded report", claimed(), DETACH, STORE, ["ClaimDetached"]),
    ("silence frees no emergency", graded("I"), DETACH, STORE, ["ClaimDetached"]),
    ("silence only marks a graded report", graded("P"), DETACH, STORE, ["ClaimDetached"]),
    ("silence is said once", detached(graded("P")), DETACH, STORE, []),
    ("silence about a free report is nothing", received(), DETACH, STORE, []),
    ("nobody but the store detaches", claimed(), DETACH, SAM, "role/not-yours"),
    ("anyone may ask a supervisor", claimed(), AskSupervisor(report=R1), DEE, ["SupervisorAsked"]),
]


@pytest.mark.parametrize(
    ("report", "command", "who", "expected"),
    [row[1:] for row in CLAIMS],
    ids=[row[0] for row in CLAIMS],
)
def test_claims(report: Report, command: Command, who: Person, expected: list[str] | str) -> None:
    assert told(ask(report, command, who)) == expected


@pytest.mark.invariant("I18")
def test_the_fence_rises_whenever_the_holder_changes() -> None:
    report = received()
    fences = [report.fence]
    for command, who in [(CLAIM, ASHA), (RELEASE, ASHA), (TO_BEN, SAM), (RELEASE, BEN)]:
        report = done(report, command, who)
        fences.append(report.fence)
    assert fences == [0, 1, 2, 3, 4]


def test_a_holder_who_was_offline_takes_the_report_up_again() -> None:
    again = done(detached(graded("P")), CLAIM)
    assert again.claim is not None
    assert not again.claim.detached


def test_a_detached_holder_keeps_the_fence() -> None:
    report = done(graded("P"), DETACH, STORE, minutes(9))
    assert report.claim == Claim(
        at=minutes(0), by=ASHA.author, workstation="W07", detached=True, detached_at=minutes(9)
    )
    assert report.fence == graded("P").fence


def test_the_queue_says_why_a_report_came_back_until_somebody_takes_it() -> None:
    back = replace(received(), returned_because="Asha's desk went offline")
    assert done(back, CLAIM, BEN).returned_because == ""


def test_a_closed_report_is_neither_taken_nor_moved() -> None:
    closed = done(
        assessed(), CloseReport(report=R1, reason="advice", caller_told="yes", told=told_yes(NOW))
    )
    assert told(ask(closed, CLAIM, BEN)) == "report/closed"
    assert told(ask(closed, TO_BEN, SAM)) == "report/closed"


def test_marked_words_stand_on_the_report() -> None:
    assert done(None, replace(CREATE, marked=(MARK,))).risk_is_unassessed
