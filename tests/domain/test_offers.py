"""Offering a report: who may, who answers, and what ends an offer."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from tests.domain.samples import CLOSE, HAND
from tests.domain.situations import (
    ASHA,
    BEN,
    DEE,
    R1,
    SAM,
    ask,
    assessed,
    calm,
    claimed,
    context,
    done,
    minutes,
    offered,
    received,
    reserved,
    silent,
    told,
    with_crime,
)
from workstation.domain.act import Command
from workstation.domain.claiming import (
    ClaimReport,
    DetachClaim,
    ReassignReport,
    ReleaseReport,
    ResumeClaim,
)
from workstation.domain.decider import decide
from workstation.domain.entry import EntryKind
from workstation.domain.offering import AcceptOffer, DeclineOffer, OfferReport, WithdrawOffer
from workstation.domain.redirection import RedirectReport
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report
from workstation.domain.roles import STORE_ID, Person, Role
from workstation.domain.story import AddNote

OFFER = OfferReport(report=R1, to=BEN.author, reason="Ben knows the family")
ACCEPT = AcceptOffer(report=R1, holder=ASHA.id, fence=1)
DECLINE = DeclineOffer(report=R1, holder=ASHA.id, fence=1)
SAYS = replace(DECLINE, word="On a 999")
MINE = WithdrawOffer(report=R1)
STORE = Person(STORE_ID, "The store", (Role.STORE,))
TO_DEE = ReassignReport(report=R1, to=DEE.author, reason="closer")
Row = tuple[str, Report, Command, Person, list[str] | str]

ACTS: list[Row] = [
    ("its holder offers it", claimed(), OFFER, ASHA, ["ReportOffered"]),
    ("another offer replaces the first", offered(claimed(), to=DEE), OFFER, ASHA,
     ["ReportOffered"]),
    ("not who does not hold it", claimed(), replace(OFFER, to=DEE.author), BEN, "claim/held"),
    ("a supervisor moves it instead", claimed(), OFFER, SAM, "claim/held"),
    ("not what nobody holds", received(), OFFER, ASHA, "claim/free"),
    ("not what is only reserved", reserved(calm(), minutes(60)), OFFER, ASHA, "claim/free"),
    ("not to oneself", claimed(), replace(OFFER, to=ASHA.author), ASHA, "offer/to"),
    ("not to nobody", claimed(), replace(OFFER, to=replace(BEN.author, name=" ")), ASHA,
     "offer/to"),
    ("not without a word why", claimed(), replace(OFFER, reason=" "), ASHA, "offer/reason"),
    ("not what has ended", done(assessed(), CLOSE), OFFER, ASHA, "report/closed"),
    ("the colleague accepts", offered(claimed()), ACCEPT, BEN, ["OfferAccepted"]),
    ("also while the holder's desk is silent", silent(offered(claimed())), ACCEPT, BEN,
     ["OfferAccepted"]),
    ("nobody else accepts", offered(claimed()), ACCEPT, DEE, "offer/over"),
    ("not what was never offered", claimed(), ACCEPT, BEN, "offer/over"),
    ("not what one declined", done(offered(claimed()), DECLINE, BEN), ACCEPT, BEN, "offer/over"),
    ("not under another lease", offered(claimed()), replace(ACCEPT, fence=0), BEN, "offer/over"),
    ("not of another holder", offered(claimed()), replace(ACCEPT, holder=DEE.id), BEN,
     "offer/over"),
    ("accepting twice is once", done(offered(claimed()), ACCEPT, BEN), ACCEPT, BEN, []),
    ("the colleague declines", offered(claimed()), SAYS, BEN, ["OfferDeclined"]),
    ("declining what is over says nothing", claimed(), DECLINE, BEN, []),
    ("but a word is never dropped", claimed(), SAYS, BEN, "offer/over"),
    ("its holder keeps it after all", offered(claimed()), MINE, ASHA, ["OfferWithdrawn"]),
    ("nobody else takes an offer back", offered(claimed()), MINE, BEN, "claim/held"),
    ("nothing to take back", claimed(), MINE, ASHA, []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("report", "command", "who", "expected"), [row[1:] for row in ACTS], ids=[r[0] for r in ACTS]
)
def test_offers(report: Report, command: Command, who: Person, expected: list[str] | str) -> None:
    assert told(ask(report, command, who)) == expected


def test_accepting_changes_holder_and_fence_and_tells_both_names() -> None:
    before = offered(claimed())
    after = done(before, ACCEPT, BEN)
    assert after.claim is not None
    assert (after.claim.by, after.fence, after.offer) == (BEN.author, before.fence + 1, None)
    assert _stories(before, ACCEPT, BEN) == [
        (EntryKind.CLAIM, "Ben accepted this, offered by Asha", "")
    ]


def test_a_word_of_declining_goes_back_to_who_offered_until_it_was_read() -> None:
    report = done(offered(claimed()), SAYS, BEN, minutes(5))
    assert report.open_offer is None
    assert report.offer is not None
    assert report.offer.declined is not None
    assert (report.offer.declined.by, report.offer.declined.word) == (BEN.author, "On a 999")
    read = done(report, MINE)
    assert (read.offer, read.claim, read.fence) == (None, report.claim, report.fence)
    assert _stories(report, MINE, ASHA) == [None]


def _stories(report: Report, command: Command, who: Person) -> list[object]:
    answer = ask(report, command, who)
    assert not isinstance(answer, Refusal)
    return [event.story() for event in answer]


ENDS: list[tuple[str, Callable[[], Report]]] = [
    ("released", lambda: done(offered(claimed()), ReleaseReport(report=R1))),
    ("reassigned", lambda: done(offered(claimed()), TO_DEE, SAM)),
    ("reassigned to its holder again",
     lambda: done(offered(claimed()), replace(TO_DEE, to=ASHA.author), SAM)),
    ("taken over", lambda: done(silent(offered(claimed())),
                                ClaimReport(report=R1, over_detached=True), DEE, minutes(90))),
    ("closed", lambda: done(offered(assessed()), CLOSE)),
    ("redirected", lambda: done(offered(assessed()),
                                RedirectReport(report=R1, agency="city", message="Theirs."))),
    ("handed to the IMU", lambda: done(offered(with_crime()), HAND)),
]  # fmt: skip


@pytest.mark.parametrize("after", [row[1] for row in ENDS], ids=[row[0] for row in ENDS])
def test_an_offer_ends_with_the_lease_it_was_made_under(after: Callable[[], Report]) -> None:
    report = after()
    assert report.offer is None
    answer = ask(report, ACCEPT, BEN)
    assert isinstance(answer, Refusal)
    assert answer.code == "offer/over"


def test_silence_and_return_and_what_is_added_end_no_offer() -> None:
    report = done(offered(claimed()), DetachClaim(report=R1), STORE)
    report = done(report, ResumeClaim(report=R1, workstation="W07"), STORE)
    report = done(report, AddNote(report=R1, text="He rang again."), DEE)
    assert told(ask(report, ACCEPT, BEN)) == ["OfferAccepted"]


@pytest.mark.invariant("I19")
def test_an_offer_from_before_the_report_changed_hands_is_refused_naming_who_has_it() -> None:
    moved = done(claimed(), TO_DEE, SAM)
    answer = decide(moved, OFFER, context(ASHA, fence=1, reports={R1: moved}))
    assert isinstance(answer, Refusal)
    assert answer.code == "claim/changed"
    assert answer.sentence.startswith("Dee holds this report now.")


LATE: list[tuple[str, Report, str]] = [
    ("moved", done(offered(claimed()), TO_DEE, SAM), "Dee holds this report now"),
    ("free", done(offered(claimed()), ReleaseReport(report=R1)), "nobody holds this report now"),
    ("closed", done(offered(assessed()), CLOSE), "closed"),
    ("offered to another", offered(offered(claimed()), to=DEE), "offered it to Dee"),
    ("kept", done(offered(claimed()), MINE), "Asha holds this report now"),
]


@pytest.mark.parametrize(("report", "words"), [r[1:] for r in LATE], ids=[r[0] for r in LATE])
def test_a_late_acceptance_is_told_whose_the_report_is_now(report: Report, words: str) -> None:
    answer = ask(report, ACCEPT, BEN)
    assert isinstance(answer, Refusal)
    assert answer.sentence.startswith("The offer is over")
    assert words in answer.sentence
