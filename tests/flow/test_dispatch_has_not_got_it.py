"""Officers are never shown as sent before the store has confirmed it."""

import pytest

from tests.world import PASSWORD, Station, World
from workstation.desk.exchange import Exchange
from workstation.domain.grading import (
    CheckByVoice,
    EscalateEmergency,
    GradeReport,
    TellByVoice,
)
from workstation.domain.report import Channel, Location
from workstation.domain.roles import Role
from workstation.sync.courier import Courier
from workstation.wire.protocol import SignIn


def test_what_dispatch_has_not_got_is_listed_after_five_seconds(
    world: World, ann: Station
) -> None:
    id = world.a_day()[2]
    ann.exchange()
    ann.line.is_cut = True
    told: list[object] = []
    ann.desk.undelivered_changed.connect(told.append)
    ann.do(EscalateEmergency(report=id, why="A knife, now."))
    ann.desk.tick()
    assert ann.desk.undelivered() == ()
    assert ann.desk.rows([id])[0].pending
    world.clock.pass_by(seconds=5)
    ann.desk.tick()
    (missing,) = ann.desk.undelivered()
    assert (missing.report, missing.why, missing.place) == (id, "A knife, now.", "Wisbech")
    assert missing.grade == "Immediate"
    assert missing.refused == ""
    assert told == [(missing,)]


@pytest.mark.fault("F6")
def test_with_the_line_known_to_be_down_it_is_listed_at_once(world: World, ann: Station) -> None:
    id = world.a_day()[2]
    ann.exchange()
    ann.line.is_cut = True
    ann.exchange()
    told: list[object] = []
    ann.desk.undelivered_changed.connect(told.append)
    ann.do(EscalateEmergency(report=id, why="A knife, now."))
    (missing,) = ann.desk.undelivered()
    assert missing.report == id
    assert told == [(missing,)], "nothing waits for the next tick"


def test_confirmation_clears_it(world: World, ann: Station) -> None:
    id = world.a_day()[2]
    ann.exchange()
    ann.line.is_cut = True
    ann.do(EscalateEmergency(report=id, why="A knife, now."))
    world.clock.pass_by(minutes=2)
    ann.restart()
    assert len(ann.desk.undelivered()) == 1
    ann.line.is_cut = False
    ann.exchange()
    assert ann.desk.undelivered() == ()


def test_telling_by_voice_clears_it_and_is_logged(world: World, ann: Station) -> None:
    id = world.a_day()[2]
    ann.exchange()
    ann.line.is_cut = True
    ann.do(EscalateEmergency(report=id, why="A knife, now."))
    world.clock.pass_by(seconds=6)
    ann.desk.tick()
    ann.do(TellByVoice(report=id, told="Sgt Cole, 10:02"))
    assert ann.desk.undelivered() == ()
    ann.line.is_cut = False
    ann.exchange()
    told = world.states()[id].told_by_voice
    assert told is not None
    assert told.told == "Sgt Cole, 10:02"


def test_a_refused_one_is_listed_with_its_sentence_until_told_by_voice(
    world: World, ann: Station
) -> None:
    id = world.a_day()[2]
    ann.exchange()
    ann.do(EscalateEmergency(report=id, why="A knife, now."))
    world.api.accounts.add("ann", "Ann Lee", (Role.ADMINISTRATOR,), PASSWORD)
    ann.credentials.keep(ann.line.sign_in(SignIn("ann", PASSWORD, "W01")))
    ann.exchange()
    (missing,) = ann.desk.undelivered()
    assert "Ask a supervisor" in missing.refused
    ann.do(TellByVoice(report=id, told="Sgt Cole, 10:02"))
    assert ann.desk.undelivered() == ()


@pytest.mark.fault("F31")
def test_an_old_word_that_comes_after_a_later_emergency_does_not_silence_it(
    world: World, ann: Station, bob: Station
) -> None:
    id = world.a_day()[2]
    ann.exchange()
    ann.do(EscalateEmergency(report=id, why="A knife, now."))
    ann.exchange()
    ann.line.is_cut = True
    ann.do(TellByVoice(report=id, told="Sgt Cole, 10:00"))
    world.clock.pass_by(minutes=5)
    bob.exchange()
    bob.do(EscalateEmergency(report=id, why="A gun, in another street."))
    bob.exchange()
    ann.line.is_cut = False
    ann.exchange()
    assert world.states()[id].told_by_voice is None
    assert "Sgt Cole, 10:00" in [one.entry.text for one in ann.desk.entries(id)]
    world.clock.pass_by(minutes=5)
    bob.exchange()
    assert [one.report for one in bob.desk.unopened()] == [id]


@pytest.mark.fault("F31")
def test_an_old_answer_that_comes_after_a_later_emergency_does_not_end_its_check(
    world: World, ann: Station, bob: Station
) -> None:
    id = world.a_day()[2]
    for station in (ann, bob):
        station.exchange()
        station.line.is_cut = True
    bob.do(EscalateEmergency(report=id, why="He is back, with a gun."))
    world.clock.pass_by(minutes=10)
    ann.do(CheckByVoice(report=id, found="Rang her: he has left."))
    world.clock.pass_by(minutes=10)
    for station in (bob, ann):
        station.line.is_cut = False
        station.exchange()
    assert world.states()[id].voice_check is not None
    assert "Rang her: he has left." in [one.entry.text for one in ann.desk.entries(id)]


def test_a_refused_grade_is_no_alarm_where_a_more_urgent_one_stands(
    world: World, ann: Station, bob: Station
) -> None:
    id = world.a_day()[2]
    ann.exchange()
    bob.exchange()
    ann.line.is_cut = True
    ann.do(GradeReport(report=id, code="P", reason="Within the hour."))
    bob.do(EscalateEmergency(report=id, why="A knife, now."))
    bob.exchange()
    ann.line.is_cut = False
    ann.exchange()
    assert ann.desk.undelivered() == ()
    assert "more urgent" in ann.desk.attention()[0].case.sentence


def test_an_emergency_on_an_unknown_report_is_refused_at_once(world: World, ann: Station) -> None:
    ann.exchange()
    refused = ann.desk.submit(EscalateEmergency(report="no-such", why="Now."))  # type: ignore[arg-type]
    assert refused is not None
    assert refused.code == "report/unknown"


def test_a_confirmed_grade_does_not_vouch_for_an_emergency_that_still_waits(
    world: World, ann: Station
) -> None:
    id = world.a_day()[2]
    ann.exchange()
    ann.do(GradeReport(report=id, code="P", reason="Officers within the hour."))
    grade = ann.desk.stock.outbox.next_batch()
    assert grade is not None
    ann.do(EscalateEmergency(report=id, why="A knife, now."))
    reply = Courier(ann.line, ann.credentials).send(grade)
    Exchange(ann.desk).settle(reply)
    world.clock.pass_by(seconds=6)
    ann.desk.tick()
    (missing,) = ann.desk.undelivered()
    assert missing.why == "A knife, now."
    ann.exchange()
    assert ann.desk.undelivered() == ()


def test_a_clock_set_back_hides_nothing_dispatch_has_not_got(world: World, ann: Station) -> None:
    id = world.a_day()[2]
    ann.exchange()
    ann.line.is_cut = True
    ann.do(EscalateEmergency(report=id, why="A knife, now."))
    world.clock.pass_by(hours=-1)
    ann.desk.tick()
    assert len(ann.desk.undelivered()) == 1


def test_a_place_longer_than_a_line_holds_up_nobody(world: World, ann: Station) -> None:
    long = "behind the mill " * 40
    report = world.receive(Channel.CALL_101, "Somebody is in the river.")
    ann.exchange()
    ann.do(EscalateEmergency(report=report, why="In the water", location=Location(text=long)))
    ann.exchange()
    stands = world.states()[report]
    assert stands.is_emergency
    assert stands.location.text.startswith("behind the mill behind")
    told = [line.entry.text for line in ann.desk.entries(report)]
    assert any(long in text for text in told)
