"""The store was put back, and lost what it had of somebody who is not there to send it again."""

import pytest

from tests.flow.restored import PutBack, backup_of, begin_epoch
from tests.flow.test_left_behind import sit_down
from tests.flow.test_released_work import ANN, WHY, offline
from tests.world import Station, World
from workstation.cache.outbox import Extent
from workstation.desk.left_here import told
from workstation.domain.grading import EscalateEmergency, TellByVoice
from workstation.domain.report import ReportId
from workstation.domain.story import AddNote
from workstation.store.verify import verify
from workstation.wire.protocol import CommandId, CommandReply, OutboxId, ReleasedBatch

pytestmark = [pytest.mark.fault("F36"), pytest.mark.expects_log("a new epoch")]
SENT = ["Sent 0", "Sent 1", *(f"Kept {n}." for n in range(60))]


def sends_officers(world: World, ann: Station) -> PutBack:
    """The store has the emergency, and a backup from before it."""
    id = world.a_day()[0]
    ann.exchange()
    ann.do(AddNote(report=id, text="Before"))
    ann.exchange()
    put_back = backup_of(world)
    ann.do(EscalateEmergency(report=id, why="A knife."))
    assert ann.exchange()
    assert world.states()[id].grading is not None
    return put_back


def lose(world: World, put_back: PutBack) -> None:
    """The backup is put back, and the operator says so."""
    world.clock.pass_by(minutes=1)
    put_back()
    begin_epoch(world)


def test_a_lost_emergency_is_told_at_the_pc_of_who_went_home(world: World, ann: Station) -> None:
    sue_signed_in = world.sign_in_again("sue", "W01")
    lose(world, sends_officers(world, ann))
    sue = sit_down(ann, world, "sue")
    sue.credentials.keep(sue_signed_in)
    assert sue.exchange()
    (left,) = sue.desk.left_here()
    assert (left.count, left.sends) == (1, 1)


def test_a_lost_emergency_is_told_to_supervisors_elsewhere(
    world: World, ann: Station, bob: Station
) -> None:
    sue = world.station("sue", "W03")
    sue.exchange()
    lose(world, sends_officers(world, ann))
    sit_down(ann, world, "bob").exchange()
    ann.exchange()
    world.clock.pass_by(minutes=5)
    assert sue.exchange()
    (waits,) = sue.desk.waiting_elsewhere()
    assert (waits.name, waits.count, waits.sends) == ("Ann Lee", 1, 1)


def test_one_that_dispatch_was_told_by_voice_raises_no_alarm(world: World, ann: Station) -> None:
    sue_signed_in = world.sign_in_again("sue", "W01")
    put_back = sends_officers(world, ann)
    (id,) = [id for id, one in world.states().items() if one.grading is not None]
    ann.do(TellByVoice(report=id, told="Sgt Cole, 10:02"))
    lose(world, put_back)
    sue = sit_down(ann, world, "sue")
    sue.credentials.keep(sue_signed_in)
    assert sue.exchange()
    (left,) = sue.desk.left_here()
    assert left.sends == 0


def test_of_a_note_by_the_release_before_as_many_are_told_as_waited(ann: Station) -> None:
    at = ann.desk.clock.now()
    noted = Extent(OutboxId("o"), 9, CommandId("c"), 3, at, sends=2)
    assert [told(ANN, noted, lacking).sends for lacking in (1, 3, 5)] == [1, 2, 2]


def test_a_store_put_back_in_the_middle_of_a_release_ends_with_every_act_once(
    world: World, ann: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = world.a_day()[0]
    ann.exchange()
    ann.do(AddNote(report=id, text="Sent 0"))
    ann.exchange()
    sue_signed_in = world.sign_in_again("sue", "W01")
    put_back = backup_of(world)
    ann.do(AddNote(report=id, text="Sent 1"))
    ann.exchange()
    with offline(ann):
        for text in SENT[2:]:
            ann.do(AddNote(report=id, text=text))
    sue = sit_down(ann, world, "sue")
    sue.credentials.keep(sue_signed_in)
    assert sue.exchange()
    let_go = world.api.release
    batches: list[ReleasedBatch] = []

    def second_is_lost(token: str, batch: ReleasedBatch) -> CommandReply:
        batches.append(batch)
        if len(batches) < 2:
            return let_go(token, batch)
        lose(world, put_back)
        return world.api.release(token, batch)

    monkeypatch.setattr(world.api, "release", second_is_lost)
    assert sue.desk.release(ANN, WHY) is None
    for _ in range(4):
        sue.exchange()
    if sue.desk.left_here():
        sue.desk.release(ANN, WHY)
        sue.exchange()
    back = sit_down(ann, world, "ann")
    for _ in range(3):
        back.exchange()
    assert_each_stands_once(world, back, id)


def assert_each_stands_once(world: World, back: Station, id: ReportId) -> None:
    """In the journal and on her screen, and nothing of it waits."""
    lines = [bytes(line.event) for line in world.journal(id).lines]
    assert [sum(text.encode() in line for line in lines) for text in SENT] == [1] * len(SENT)
    shown = [one.entry.text for one in back.desk.entries(id)]
    assert len(shown) == len(set(shown)) == len(SENT) + 1
    assert back.desk.link().waiting == 0
    assert verify(world.database) == []
