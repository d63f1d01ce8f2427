"""A command the store cannot even read holds up its own lane and nothing else, and it is told."""

from tests.world import Station, World
from workstation.domain.claiming import AskSupervisor
from workstation.domain.grading import EscalateEmergency
from workstation.domain.story import AddNote


def test_what_stands_before_it_and_emergencies_still_leave(world: World, ann: Station) -> None:
    quiet, danger = world.a_day()[1:3]
    ann.exchange()
    for text in ("before", "POISON", "after"):
        ann.do(AddNote(report=quiet, text=text))
    ann.line.unreadable = b"POISON"
    ann.exchange()
    assert "ask IT" in ann.desk.link().problem
    assert ann.desk.link().waiting == 2
    ann.do(EscalateEmergency(report=danger, why="A knife."))
    ann.exchange()
    assert ann.desk.undelivered() == ()
    assert ann.desk.rows([danger])[0].grade_code == "I"
    assert ann.desk.link().waiting == 2
    texts = [one.entry.text for one in ann.desk.entries(quiet)]
    assert texts[-3:] == ["before", "POISON", "after"]


def test_two_people_at_one_desk_share_no_file_and_no_outbox(world: World, ann: Station) -> None:
    id = world.a_day()[0]
    ann.exchange()
    ann.line.is_cut = True
    ann.do(AddNote(report=id, text="Ann's"))
    ann.close()
    bob = world.station("bob", "W01")
    assert bob.files.parent == ann.files.parent
    assert bob.files != ann.files
    assert bob.exchange()
    assert bob.desk.link().waiting == 0
    assert "Ann's" not in [one.entry.text for one in bob.desk.entries(id)]
    bob.close()
    ann.line.is_cut = False
    ann.reopen()
    ann.exchange()
    (note,) = [line for line in world.journal(id).lines if b"Ann's" in bytes(line.event)]
    assert b'"id":"ann"' in bytes(note.event)


def test_ones_own_act_is_no_news(world: World, ann: Station) -> None:
    id = world.a_day()[0]
    ann.exchange()
    ann.desk.looked_at(id)
    ann.do(AddNote(report=id, text="Mine"))
    assert not ann.desk.rows([id])[0].has_new
    ann.exchange()
    assert not ann.desk.rows([id])[0].has_new
    assert [row.id for row in ann.desk.find_rows("cambridge bike")] == [id]


def test_pasted_text_that_no_store_takes_holds_up_nothing(world: World, ann: Station) -> None:
    quiet, danger = world.a_day()[1:3]
    ann.exchange()
    ann.do(AddNote(report=quiet, text="half \ud83d and \0 <b>\u202e"))
    ann.do(EscalateEmergency(report=danger, why="A knife\0\udc00, now."))
    ann.desk.save_draft(quiet, "note", "half \ud83d")
    ann.exchange()
    assert (ann.desk.link().waiting, ann.desk.undelivered()) == (0, ())
    assert ann.desk.entries(quiet)[-1].entry.text == "half \ufffd and \ufffd <b>\u202e"
    assert world.states()[danger].is_emergency


def test_a_command_longer_than_the_store_takes_is_refused_at_the_desk(
    world: World, ann: Station
) -> None:
    id = world.a_day()[0]
    ann.exchange()
    refusal = ann.desk.submit(AskSupervisor(report=id, question="x" * 1_100_000))
    assert refusal is not None
    assert refusal.code == "desk/too-long"
    assert ann.desk.link().waiting == 0
