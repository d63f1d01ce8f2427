"""Who else is at a report, said on its page, in its row and to a screen reader."""

from datetime import UTC, datetime, timedelta

from pytestqt.qtbot import QtBot

from tests.views.stage import KELLY, MO, NOW, Night
from workstation.desk import Present
from workstation.domain.claiming import ReassignReport
from workstation.domain.holders import Claim
from workstation.domain.report import ReportId
from workstation.domain.roles import Author, PersonId
from workstation.views.company import holder_words, looking_words, unsent_words
from workstation.views.queue.row_chips import chips_of, fitted
from workstation.views.queue.sections import held_by, spoken_row
from workstation.views.report.page import ReportPage
from workstation.wire.protocol import Presence
from workstation.wire.protocol import Present as Told

SINCE = datetime(2026, 11, 22, 2, 45, tzinfo=UTC)


def bob(**more: object) -> Present:
    said = {"viewing": True, "unsent_since": None, "stale": False, "offline": False, **more}
    return Present(person=PersonId("bob"), name="Bob Lee", workstation="W02", **said)  # type: ignore[arg-type]


def leads(page: ReportPage) -> list[str]:
    return [f"{one.lead} {one.text}".strip() for one in page.standings.told]


def told(night: Night, name: str, viewing: str = "", unsent: bool = False) -> None:
    """What the store says of Mo at another workstation."""
    id = night[name]
    one = Told(
        person=PersonId(MO),
        name="Mo Ahmed",
        workstation="W9",
        viewing=id if viewing else None,
        unsent={id: SINCE} if unsent else {},
        stale=viewing == "stale",
    )
    night.desk.met(Presence((one,)))


def test_who_looks_now_is_told_apart_from_who_looked() -> None:
    assert looking_words([bob()]) == "Bob Lee is looking at this too"
    assert looking_words([bob(stale=True)]) == "Bob Lee was looking a moment ago"
    assert looking_words([bob(viewing=False, unsent_since=SINCE)]) == ""
    two = [bob(), bob(), bob(stale=True)]
    assert looking_words(two) == "Bob Lee and Bob Lee are looking at this too"


def test_my_own_other_desk_is_told_as_mine() -> None:
    me = bob(is_me=True)
    assert looking_words([me]) == "You have this open at W02 too"
    assert looking_words([bob(), me]) == (
        "Bob Lee is looking at this too; You have this open at W02 too"
    )
    assert looking_words([bob(is_me=True, stale=True)]) == (
        "You had this open at W02 a moment ago"
    )
    kept = bob(is_me=True, viewing=False, unsent_since=SINCE)
    assert unsent_words([kept], NOW) == ["unsent words by you at W02 since 02:45"]


def test_the_page_knows_who_i_am_at_another_desk(qtbot: QtBot, still_night: Night) -> None:
    page = ReportPage(still_night.desk)
    qtbot.addWidget(page)
    page.show_report(still_night["r1"])
    page.show()
    me = still_night.desk.person
    there = Told(person=me.id, name=me.name, workstation="W05", viewing=still_night["r1"])
    still_night.desk.met(Presence((there,)))
    assert "You have this open at W05 too." in leads(page)
    [row] = still_night.desk.rows([still_night["r1"]])
    assert "You have this open at W05 too" in [text for text, _, _ in chips_of(row)]


def test_unsent_words_are_told_with_their_hour() -> None:
    words = unsent_words([bob(viewing=False, unsent_since=SINCE)], NOW)
    assert words == ["unsent words by Bob Lee since 02:45"]


def test_how_a_lease_stands_is_one_sentence() -> None:
    claim = Claim(at=SINCE, by=Author(PersonId("a"), "Ann Lee"), workstation="W1")
    assert holder_words(claim, NOW) == "Held by Ann Lee"
    gone = Claim(at=SINCE, by=claim.by, workstation="W1", detached=True, detached_at=SINCE)
    assert holder_words(gone, NOW) == "Held by Ann Lee, offline since 02:45"
    aside = Claim(at=SINCE, by=claim.by, workstation="W1", packet_until=SINCE)
    assert holder_words(aside, NOW) == "Reserved for Ann Lee until 02:45"


def test_the_page_says_who_looks_and_who_has_unsent_words(
    qtbot: QtBot, still_night: Night
) -> None:
    page = ReportPage(still_night.desk)
    qtbot.addWidget(page)
    page.show_report(still_night["r1"])
    page.show()
    told(still_night, "r1", viewing="now", unsent=True)
    assert "Mo Ahmed is looking at this too." in leads(page)
    assert any(one.startswith("Unsent words by Mo Ahmed since 02:45.") for one in leads(page))
    told(still_night, "r1", viewing="stale")
    assert "Mo Ahmed was looking a moment ago." in leads(page)
    told(still_night, "r1")
    assert not any("Mo Ahmed" in one for one in leads(page))


def test_a_row_says_who_looks_and_keeps_it_in_short(still_night: Night) -> None:
    told(still_night, "r1", viewing="now", unsent=True)
    [row] = still_night.desk.rows([still_night["r1"]])
    words = [text for text, _, _ in chips_of(row)]
    assert words[-2:] == [
        "Mo Ahmed is looking at this too",
        "Unsent words by Mo Ahmed since 02:45",
    ]
    assert "Mo Ahmed is looking at this too" in spoken_row(row, NOW)
    assert "unsent words by Mo Ahmed since 02:45" in spoken_row(row, NOW)
    short = [text for text, _, _ in fitted(chips_of(row)[-2:], 250)]
    assert short == ["Mo Ahmed", "Unsent words"]


def test_others_are_told_which_report_is_on_screen(qtbot: QtBot, still_night: Night) -> None:
    desk = still_night.desk
    desk.view(None)
    told: list[ReportId | None] = []
    desk.viewing_changed.connect(lambda: told.append(desk.viewing))
    page = ReportPage(desk)
    qtbot.addWidget(page)
    page.show_report(still_night["r1"])
    assert told == []
    page.show()
    page.show_report(still_night["r5"])
    page.hide()
    assert told == [still_night["r1"], still_night["r5"], None]


def test_a_silent_desks_report_is_taken_over_at_the_second_press(
    qtbot: QtBot, night: Night
) -> None:
    night.fall_silent()
    [row] = night.desk.rows([night["r3"]])
    assert held_by(row) == "held by Mo Ahmed, offline since 02:49"
    assert "Held by Mo Ahmed, offline since 02:49" in [text for text, _, _ in chips_of(row)]
    page = ReportPage(night.desk)
    qtbot.addWidget(page)
    page.show_report(night["r3"])
    page.show()
    assert page.header.take.text() == "Take over"
    page.take_or_release()
    assert "You can take it over from 03:19" in page.trouble.accessibleName()
    night.clock.pass_by(minutes=30)
    page.take_or_release()
    assert "Press F9 again" in page.trouble.accessibleName()
    assert held(night) == MO
    page.take_or_release()
    assert held(night) == KELLY


def held(night: Night) -> str:
    shown = night.desk.report(night["r3"])
    assert shown is not None
    assert shown.report.claim is not None
    return shown.report.claim.by.id


def test_a_move_names_whom_its_author_saw(night: Night) -> None:
    sam = night.seat("sam")
    sam.exchange()
    to = Author(PersonId(KELLY), "Kelly Rowe")
    sam.do(ReassignReport(report=night["r3"], to=to, reason="shift ends"))
    kept = sam.desk.stock.outbox.since(0)[-1].envelope.command
    assert isinstance(kept, ReassignReport)
    assert kept.saw == MO
    assert timedelta(minutes=3) > NOW - SINCE
