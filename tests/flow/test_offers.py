"""The rows of the conflict policy about offers: both columns, two desks at once and one late."""

import pytest

from tests.flow.meeting import BOB, CATH, CLOSE, Meeting
from tests.world import PASSWORD, Station
from workstation.domain.claiming import ReassignReport, ReleaseReport
from workstation.domain.closing import CloseReport
from workstation.domain.offering import AcceptOffer, DeclineOffer, OfferReport, WithdrawOffer
from workstation.domain.roles import Author, PersonId
from workstation.store.verify import verify


def offers(meeting: Meeting) -> None:
    """Ann offers the report to Bob, and says why."""
    meeting.ann.do(OfferReport(report=meeting.id, to=BOB, reason="He knows the street."))


def accept(meeting: Meeting, station: Station) -> AcceptOffer:
    """Acceptance of what stands on this desk's screen."""
    return AcceptOffer(report=meeting.id, **_seen(meeting, station))  # type: ignore[arg-type]


def decline(meeting: Meeting, station: Station, word: str = "") -> DeclineOffer:
    """The answer no to what stands on this desk's screen."""
    return DeclineOffer(report=meeting.id, word=word, **_seen(meeting, station))  # type: ignore[arg-type]


def _seen(meeting: Meeting, station: Station) -> dict[str, object]:
    shown = station.desk.report(meeting.id)
    assert shown is not None
    assert shown.report.claim is not None
    return {"holder": shown.report.claim.by.id, "fence": shown.report.fence}


def holder(meeting: Meeting) -> Author | None:
    claim = meeting.report.claim
    return claim.by if claim is not None else None


def waits(meeting: Meeting, station: Station) -> bool:
    """Whether the offer waits for this person."""
    return [one.report for one in station.desk.offers()] == [meeting.id]


def offer_row(station: Station, meeting: Meeting) -> str:
    [row] = station.desk.rows([meeting.id])
    return row.offer


def test_an_offer_is_seen_at_once_and_accepted_by_its_colleague(meeting: Meeting) -> None:
    offers(meeting)
    meeting.both(meeting.ann, meeting.bob)
    assert waits(meeting, meeting.bob)
    assert offer_row(meeting.bob, meeting) == "offered to you by Ann Lee"
    assert offer_row(meeting.ann, meeting) == "offered to Bob Lee"
    assert offer_row(meeting.sue, meeting) == ""
    assert "He knows the street." in meeting.told(meeting.bob)
    fence = meeting.report.fence
    meeting.bob.do(accept(meeting, meeting.bob))
    meeting.both(meeting.bob, meeting.ann)
    assert (holder(meeting), meeting.report.fence) == (BOB, fence + 1)
    assert not waits(meeting, meeting.bob)
    titles = [one.entry.title for one in meeting.ann.desk.entries(meeting.id)]
    assert "Bob Lee accepted this, offered by Ann Lee" in titles
    assert verify(meeting.world.database) == []


def test_a_declined_offer_goes_back_with_its_word_to_who_made_it(meeting: Meeting) -> None:
    offers(meeting)
    meeting.both(meeting.ann, meeting.bob)
    meeting.bob.do(decline(meeting, meeting.bob, "On a 999 call."))
    meeting.both(meeting.bob, meeting.ann)
    assert holder(meeting) == Author(PersonId("ann"), "Ann Lee")
    assert offer_row(meeting.ann, meeting) == "declined by Bob Lee"
    assert not waits(meeting, meeting.bob)
    assert "On a 999 call." in meeting.told(meeting.ann)
    [answer] = meeting.ann.desk.offers()
    assert (answer.by, answer.words, answer.is_declined) == ("Bob Lee", "On a 999 call.", True)
    meeting.ann.do(WithdrawOffer(report=meeting.id))
    meeting.both(meeting.ann)
    assert meeting.report.offer is None
    assert meeting.ann.desk.offers() == ()


def test_of_an_acceptance_and_a_move_the_first_stands_and_the_other_hears_who(
    meeting: Meeting,
) -> None:
    meeting.world.api.accounts.add("cath", "Cath Lee", meeting.bob.desk.person.roles, PASSWORD)
    offers(meeting)
    meeting.both(meeting.ann, meeting.bob, meeting.sue)
    meeting.bob.do(accept(meeting, meeting.bob))
    meeting.sue.do(ReassignReport(report=meeting.id, to=CATH, reason="She is free."))
    meeting.both(meeting.sue, meeting.bob)
    assert holder(meeting) == CATH
    [shown] = [one for one in meeting.bob.desk.attention() if one.mine]
    assert (shown.command, "Cath Lee holds this report now" in shown.case.sentence) == (
        "AcceptOffer",
        True,
    )


@pytest.mark.fault("F31")
@pytest.mark.invariant("I18", "I19")
@pytest.mark.parametrize("end", ["released", "closed", "moved"])
def test_a_late_acceptance_takes_no_report_from_anybody(meeting: Meeting, end: str) -> None:
    offers(meeting)
    meeting.both(meeting.ann, meeting.bob)
    meeting.bob.line.is_cut = True
    meeting.bob.do(accept(meeting, meeting.bob))
    if end == "moved":
        to = Author(PersonId("sue"), "Sue Lee")
        meeting.sue.do(ReassignReport(report=meeting.id, to=to, reason="Bob is offline."))
        meeting.both(meeting.sue)
    else:
        ends = CloseReport(report=meeting.id, **CLOSE)
        meeting.ann.do(ReleaseReport(report=meeting.id) if end == "released" else ends)
        meeting.both(meeting.ann)
    stands = holder(meeting)
    meeting.world.clock.pass_by(minutes=20)
    meeting.bob.line.is_cut = False
    meeting.both(meeting.bob)
    assert holder(meeting) == stands
    [shown] = [one for one in meeting.bob.desk.attention() if one.mine]
    assert (shown.command, shown.case.code) == ("AcceptOffer", "offer/over")
    words = {"released": "nobody holds", "closed": "closed", "moved": "Sue Lee holds"}
    assert words[end] in shown.case.sentence


@pytest.mark.fault("F31")
@pytest.mark.invariant("I19")
def test_a_late_offer_is_refused_naming_who_holds_the_report(meeting: Meeting) -> None:
    meeting.ann.line.is_cut = True
    offers(meeting)
    to = Author(PersonId("sue"), "Sue Lee")
    meeting.sue.do(ReassignReport(report=meeting.id, to=to, reason="Ann is offline."))
    meeting.both(meeting.sue)
    meeting.comes_back()
    assert meeting.report.offer is None
    [shown] = [one for one in meeting.ann.desk.attention() if one.mine]
    assert shown.command == "OfferReport"
    assert shown.case.sentence.startswith("Sue Lee holds this report now")
    assert "He knows the street." in shown.text


@pytest.mark.invariant("I19")
def test_an_acceptance_of_an_older_offer_does_not_answer_the_newer(meeting: Meeting) -> None:
    """Ann got the report back and offers it again: Bob's old yes is not an answer to that."""
    offers(meeting)
    meeting.both(meeting.ann, meeting.bob)
    meeting.bob.line.is_cut = True
    meeting.bob.do(accept(meeting, meeting.bob))
    ann = Author(PersonId("ann"), "Ann Lee")
    meeting.sue.do(ReassignReport(report=meeting.id, to=BOB, reason="a"))
    meeting.sue.do(ReassignReport(report=meeting.id, to=ann, reason="b"))
    meeting.both(meeting.sue, meeting.ann)
    meeting.ann.do(OfferReport(report=meeting.id, to=BOB, reason="It is something else now."))
    meeting.both(meeting.ann)
    meeting.bob.line.is_cut = False
    meeting.both(meeting.bob)
    assert holder(meeting) == ann
    assert meeting.refused(meeting.bob) == ["AcceptOffer"]
    assert waits(meeting, meeting.bob)


def test_the_word_of_a_late_decline_is_kept(meeting: Meeting) -> None:
    offers(meeting)
    meeting.both(meeting.ann, meeting.bob)
    meeting.bob.line.is_cut = True
    meeting.bob.do(decline(meeting, meeting.bob, "Ask Cath, she was there."))
    meeting.ann.do(ReleaseReport(report=meeting.id))
    meeting.both(meeting.ann)
    meeting.bob.line.is_cut = False
    meeting.both(meeting.bob)
    [shown] = [one for one in meeting.bob.desk.attention() if one.mine]
    assert "Ask Cath, she was there." in shown.text


def test_an_offer_to_nobody_the_store_knows_is_refused(meeting: Meeting) -> None:
    nobody = Author(PersonId("ghost"), "Ghost")
    meeting.ann.do(OfferReport(report=meeting.id, to=nobody, reason="r"))
    meeting.both(meeting.ann)
    assert meeting.report.offer is None
    assert meeting.refused(meeting.ann) == ["OfferReport"]


def test_an_offer_outlives_a_restart_of_both_desks(meeting: Meeting) -> None:
    offers(meeting)
    meeting.ann.restart()
    meeting.both(meeting.ann, meeting.bob)
    meeting.bob.restart()
    assert waits(meeting, meeting.bob)
    meeting.bob.do(accept(meeting, meeting.bob))
    assert not waits(meeting, meeting.bob)
    meeting.both(meeting.bob)
    assert holder(meeting) == BOB
