"""What fails at a desk is said in a sentence, and work is kept."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from tests.told import told_yes
from tests.world import DESK_KEY, MORNING, Station, World, listed
from workstation.cache.confirmed import Standing
from workstation.cache.keys import NoKeys
from workstation.desk import Desk, Fittings, NotReady, ProfileInUse, QueueFilter, open_desk
from workstation.desk.opening import NeedsPack
from workstation.domain.claiming import ClaimReport
from workstation.domain.closing import CloseReport
from workstation.domain.story import AddNote
from workstation.machine.ids import Ids
from workstation.sync.courier import Courier
from workstation.sync.credentials import HeldCredentials


@pytest.mark.invariant("I5")
def test_a_refused_command_is_kept_with_all_its_words_until_settled(
    world: World, ann: Station, bob: Station
) -> None:
    id = world.a_day()[1]
    ann.exchange()
    ann.assess(id)
    ann.exchange()
    bob.exchange()
    bob.do(AddNote(report=id, text="He says it is now."))
    bob.exchange()
    ann.do(
        CloseReport(
            report=id,
            reason="Advice given.",
            caller_told="Yes, by telephone.",
            told=told_yes(MORNING),
        )
    )
    ann.exchange()
    (refused,) = ann.desk.attention()
    assert refused.command == "CloseReport"
    assert refused.text == (
        "Reason: Advice given.\nWhat they were told: Yes, by telephone.\n"
        "Was the caller told: yes, 10:00 on 22 November 2026, by Asha"
    )
    assert "Somebody added to this report" in refused.case.sentence
    ann.desk.settle(refused.case.id, "Read the note, closed again.")
    assert ann.desk.attention() == ()
    ann.exchange()
    ann.restart()
    assert ann.desk.attention() == ()


@pytest.mark.fault("F21")
@pytest.mark.invariant("I7", "I12")
def test_a_damaged_cache_is_filled_again_and_work_is_kept(world: World, ann: Station) -> None:
    ids = world.a_day()
    ann.exchange()
    ann.line.is_cut = True
    ann.do(AddNote(report=ids[0], text="Unsent"))
    cache = ann.files / "cache.db"
    ann.close()
    cache.write_bytes(b"\0" * 4096 + cache.read_bytes()[4096:])
    ann.line.is_cut = False
    ann.reopen()
    ann.exchange()
    assert len(listed(ann.desk, QueueFilter(view="all"))) == len(ids)
    assert "Unsent" in [shown.entry.text for shown in ann.desk.entries(ids[0])]
    assert len(list(cache.parent.glob("cache.damaged-*.db"))) == 1
    assert "filled again" in ann.desk.link().notices[0]


@pytest.mark.invariant("I7")
def test_another_key_opens_nothing_and_changes_nothing(world: World, ann: Station) -> None:
    id = world.a_day()[0]
    ann.exchange()
    ann.line.is_cut = True
    ann.do(ClaimReport(report=id))
    ann.close()
    with pytest.raises(NoKeys, match="sealed with another key"), _opened(world, ann, bytes(32)):
        pass
    desk = ann.reopen()
    shown = desk.report(id)
    assert shown is not None
    assert shown.pending == ("ClaimReport",)


@pytest.mark.fault("F25")
def test_a_profile_is_opened_once(world: World, ann: Station) -> None:
    with pytest.raises(ProfileInUse, match="already open"), _opened(world, ann, DESK_KEY):
        pass


def test_a_desk_that_was_never_filled_says_that_it_needs_the_store(
    world: World, ann: Station, tmp_path: Path
) -> None:
    ann.line.is_cut = True
    with (
        pytest.raises(NotReady, match="never been filled"),
        _opened(world, ann, DESK_KEY, tmp_path / "new"),
    ):
        pass


def test_the_store_is_asked_beside_the_window_what_a_new_desk_must_have(
    world: World, ann: Station, tmp_path: Path
) -> None:
    new = tmp_path / "new"
    with pytest.raises(NeedsPack), _opened(world, ann, DESK_KEY, new, may_ask=False):
        pass
    greeting = Courier(ann.line, ann.credentials).greet(Standing())
    ann.line.is_cut = True
    with _opened(world, ann, DESK_KEY, new, may_ask=False, greeting=greeting) as desk:
        assert desk.pack == ann.desk.pack
    with _opened(world, ann, DESK_KEY, new, may_ask=False) as desk:
        assert not desk.link().online


@pytest.mark.fault("F27")
@pytest.mark.invariant("I7")
def test_an_ended_sign_in_is_told_and_work_is_kept(world: World, ann: Station) -> None:
    id = world.a_day()[0]
    ann.exchange()
    told: list[str] = []
    ann.desk.signed_out.connect(told.append)
    ann.do(AddNote(report=id, text="Kept"))
    world.clock.pass_by(hours=13)
    assert not ann.exchange()
    assert len(told) == 1
    assert ann.desk.link().waiting == 1


def test_another_store_at_the_same_address_is_never_sent_to(
    world: World, ann: Station, tmp_path: Path
) -> None:
    id = world.a_day()[0]
    ann.exchange()
    ann.do(AddNote(report=id, text="Not for them"))
    (tmp_path / "other").mkdir()
    other = World(tmp_path / "other")
    ann.line._api = other.api
    assert not ann.exchange()
    assert "another store" in ann.desk.link().problem
    assert ann.line.sent == 0
    other.close()


@pytest.mark.invariant("I7")
def test_drafts_survive_a_restart(world: World, ann: Station) -> None:
    id = world.a_day()[0]
    ann.exchange()
    ann.desk.save_draft(id, "note", "half a sen")
    draft = ann.restart().draft(id, "note")
    assert draft is not None
    assert draft.text == "half a sen"
    ann.desk.drop_draft(id, "note")
    assert ann.desk.draft(id, "note") is None


def _opened(
    world: World, station: Station, key: bytes, profile: Path | None = None, **more: Any
) -> AbstractContextManager[Desk]:
    fittings = Fittings(clock=world.clock, ids=Ids(world.clock), workstation="W01")
    credentials = HeldCredentials(station.credentials.session())
    return open_desk(
        profile or station.profile,
        "store",
        station.line,
        credentials,
        fittings,
        key=key,
        threads=False,
        **more,
    )
