"""A command the store will not take holds up nothing: it needs attention, with all its words."""

import pytest
from msgspec import Raw

from tests.world import Station, World
from workstation.domain.claiming import AskSupervisor
from workstation.domain.grading import EscalateEmergency
from workstation.domain.story import AddNote
from workstation.sync.transport import ServerRefused
from workstation.wire.aside import set_aside
from workstation.wire.protocol import CommandBatch, envelope_decoder


@pytest.mark.fault("F41")
@pytest.mark.invariant("I5", "I37")
@pytest.mark.expects_log("cannot be read")
def test_it_is_set_aside_and_what_follows_still_leaves(world: World, ann: Station) -> None:
    quiet, danger = world.a_day()[1:3]
    ann.exchange()
    for text in ("before", "POISON", "after"):
        ann.do(AddNote(report=quiet, text=text))
    ann.line.unreadable = b"POISON"
    ann.exchange()
    assert (ann.desk.link().waiting, ann.desk.link().problem) == (0, "")
    (refused,) = ann.desk.attention()
    assert (refused.command, refused.text, refused.mine) == ("AddNote", "Text: POISON", True)
    assert refused.case.code == "unreadable"
    texts = [one.entry.text for one in ann.desk.entries(quiet)]
    assert texts[-2:] == ["before", "after"]
    ann.do(EscalateEmergency(report=danger, why="A knife."))
    ann.exchange()
    assert ann.desk.rows([danger])[0].grade_code == "I"
    ann.restart()
    ann.exchange()
    assert [one.text for one in ann.desk.attention()] == ["Text: POISON"]


@pytest.mark.fault("F41")
@pytest.mark.invariant("I5")
@pytest.mark.expects_log("cannot be read")
def test_a_supervisor_elsewhere_reads_every_word_of_it(world: World, ann: Station) -> None:
    id = world.a_day()[1]
    sue = world.station("sue", "W03")
    ann.exchange()
    ann.line.unreadable = b"POISON"
    ann.do(AddNote(report=id, text="POISON and \u00e9"))
    ann.exchange()
    sue.exchange()
    (refused,) = sue.desk.attention()
    assert (refused.command, refused.text) == ("AddNote", "Text: POISON and \u00e9")
    assert (refused.case.report, refused.mine) == (id, False)


@pytest.mark.expects_log("cannot be read")
def test_an_emergency_that_is_set_aside_is_told_until_it_is_voiced(
    world: World, ann: Station
) -> None:
    id = world.a_day()[2]
    ann.exchange()
    ann.line.unreadable = b"POISON"
    ann.do(EscalateEmergency(report=id, why="POISON knife."))
    ann.exchange()
    (told,) = ann.desk.undelivered()
    assert told.report == id
    assert "cannot read" in told.refused


@pytest.mark.fault("F2")
@pytest.mark.invariant("I3")
@pytest.mark.expects_log("cannot be read")
def test_set_aside_once_it_stays_so_even_where_the_reply_was_lost(
    world: World, ann: Station
) -> None:
    id = world.a_day()[1]
    ann.exchange()
    ann.line.unreadable = b"POISON"
    ann.do(AddNote(report=id, text="POISON"))
    ann.line.lost_replies = 1
    ann.exchange()
    assert ann.desk.link().waiting == 1
    ann.line.unreadable = b""
    before = _bodies(ann)
    ann.restart()
    ann.exchange()
    assert ann.desk.link().waiting == 0
    assert len(ann.desk.attention()) == 1
    assert _bodies(ann) == before


@pytest.mark.expects_log("cannot be read")
def test_a_command_of_a_later_release_is_shown_as_it_was_written(
    world: World, ann: Station
) -> None:
    id = world.a_day()[1]
    sue = world.station("sue", "W03")
    ann.exchange()
    ann.line.is_cut = True
    ann.do(AddNote(report=id, text="From tomorrow"))
    batch = ann.desk.stock.outbox.next_batch()
    assert batch is not None
    (body,) = batch.bodies
    song = body.replace(b'"AddNote"', b'"AddSong"')
    later = (Raw(set_aside(envelope_decoder.decode(body), song, "There is no AddSong here.")),)
    session = ann.credentials.session()
    assert session is not None
    world.api.commands(session.token, CommandBatch(batch.outbox_id, later))
    sue.exchange()
    (refused,) = sue.desk.attention()
    assert "AddSong" in refused.text
    assert "From tomorrow" in refused.text


@pytest.mark.invariant("I7")
@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [
        (422, "idempotency-mismatch", None),
        (409, "outbox-gap", 1),
        (403, "author-other", None),
    ],
)
def test_where_the_two_disagree_the_lane_stands_still_told_and_emergencies_leave(
    world: World, ann: Station, status: int, code: str, expected: int | None
) -> None:
    quiet, danger = world.a_day()[1:3]
    ann.exchange()
    ann.line.unreadable = b"POISON"
    ann.line.complaint = ServerRefused(status, code, "What is this?", expected)
    for text in ("before", "POISON", "after"):
        ann.do(AddNote(report=quiet, text=text))
    ann.do(EscalateEmergency(report=danger, why="A knife."))
    ann.exchange()
    assert "Ask IT now" in ann.desk.link().problem
    assert "What is this?" in ann.desk.link().problem
    assert ann.desk.undelivered() == ()
    assert world.states()[danger].is_emergency
    assert ann.desk.attention() == ()
    ann.line.unreadable = b""
    ann.restart()
    ann.exchange()
    assert ann.desk.link().waiting == 0
    texts = [one.entry.text for one in ann.desk.entries(quiet)]
    assert texts[-3:] == ["before", "POISON", "after"]


@pytest.mark.parametrize(("code", "expected"), [("outbox-gap", 99), ("outbox-rewound", None)])
def test_a_complaint_that_mending_does_not_help_is_not_mended_for_ever(
    world: World, ann: Station, code: str, expected: int | None
) -> None:
    id = world.a_day()[1]
    ann.exchange()
    ann.line.unreadable = b"POISON"
    ann.line.complaint = ServerRefused(409, code, "What is this?", expected)
    ann.do(AddNote(report=id, text="POISON"))
    ann.exchange()
    assert "Ask IT now" in ann.desk.link().problem
    assert ann.desk.link().waiting == 1


@pytest.mark.invariant("I7")
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


@pytest.mark.invariant("I37")
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
    assert refusal.code == "text/too-long"
    assert ann.desk.link().waiting == 0


def _bodies(station: Station) -> list[bytes]:
    """The commands' bytes as they were first written."""
    rows = station.desk.stock.work.connection.execute("SELECT body FROM outbox ORDER BY n")
    return [bytes(row[0]) for row in rows]
