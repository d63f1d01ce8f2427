"""Words being typed are dropped with what was made of them, or not at all."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.architecture.source import sources
from workstation.cache.drafts import Draft, Drafts
from workstation.cache.work import CannotKeep, WorkFile
from workstation.domain.report import ReportId

KEY = bytes(range(32))
AT = datetime(2026, 11, 22, 2, 45, tzinfo=UTC)
REPORT = ReportId("r1")
NOTE = Draft(REPORT, "note", "half a sen", AT, AT, "", 3)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[WorkFile]:
    opened = WorkFile(tmp_path / "work.db", KEY)
    yield opened
    opened.close()


def test_typing_on_keeps_when_and_on_what_the_words_were_begun(file: WorkFile) -> None:
    drafts, later = Drafts(file), AT + timedelta(minutes=2)
    drafts.save(Draft(REPORT, "facts.people", "A man", AT, AT, "Nobody", 3))
    drafts.save(Draft(REPORT, "facts.people", "A man in red", later, later, "A woman", 4))
    kept = drafts.one(REPORT, "facts.people")
    assert kept == Draft(REPORT, "facts.people", "A man in red", later, AT, "Nobody", 3)


def test_words_kept_by_an_earlier_release_come_back(file: WorkFile) -> None:
    file.connection.execute(
        "INSERT INTO draft VALUES (?, 'note', 'old words', ?)", (REPORT, AT.timestamp())
    )
    assert Drafts(file).of(REPORT) == [Draft(REPORT, "note", "old words", AT, AT)]


@pytest.mark.invariant("I7")
def test_a_draft_stays_when_what_it_was_dropped_with_is_undone(file: WorkFile) -> None:
    drafts = Drafts(file)
    drafts.save(NOTE)
    with pytest.raises(KeyError), file.transaction():
        _drop_and_fail(drafts)
    assert drafts.of(REPORT) == [NOTE]


def test_what_fails_inside_undoes_itself_and_leaves_the_rest(file: WorkFile) -> None:
    with file.transaction():
        file.set("before", "kept")
        with pytest.raises(KeyError), file.transaction():
            _set_and_fail(file)
    assert (file.setting("before"), file.setting("inside")) == ("kept", None)


def _drop_and_fail(drafts: Drafts) -> None:
    drafts.drop(REPORT, ["note"])
    raise KeyError


def _set_and_fail(file: WorkFile) -> None:
    file.set("inside", "undone")
    raise KeyError


@pytest.mark.fault("F20")
@pytest.mark.invariant("I7")
def test_a_locked_file_says_so_and_keeps_what_was_there(tmp_path: Path, file: WorkFile) -> None:
    drafts, other = Drafts(file), WorkFile(tmp_path / "work.db", KEY)
    drafts.save(NOTE)
    file.connection.execute("PRAGMA busy_timeout = 1")
    other.connection.execute("BEGIN IMMEDIATE")
    with pytest.raises(CannotKeep, match="locked"):
        drafts.drop(REPORT, ["note"])
    other.connection.execute("ROLLBACK")
    other.close()
    assert drafts.of(REPORT) == [NOTE]


@pytest.mark.invariant("I7")
def test_drafts_are_dropped_by_their_author_alone() -> None:
    droppers = {
        file.path
        for file in sources("workstation")
        if re.search(r"drop_draft\(|DELETE FROM draft|\"draft\", \"draft_begun\"", file.text)
    }
    assert droppers == {
        "workstation/cache/drafts.py",  # the table
        "workstation/desk/acting.py",  # sent as a note, or discarded, on a report taken away
        "workstation/desk/drafting.py",  # what a screen asks
        "workstation/views/decide/desk_face.py",
        "workstation/views/decide/drafts.py",  # submitted, discarded, or emptied by hand
        "workstation/views/report/ask_form.py",  # that a form stood open
    }
