"""What was typed before the program was killed is back where it was typed."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import msgspec
import pytest

from tests.views.screens import a_window
from tests.views.stage import NOW, known_places, mark
from tests.views.typist import CALL, NOTE, PEOPLE, WHY
from tests.world import DESK_KEY, HandClock
from workstation.desk import Desk, Fittings, open_desk
from workstation.domain.report import ReportId
from workstation.machine.ids import Ids
from workstation.sync.credentials import HeldCredentials
from workstation.sync.link import Link
from workstation.views.shell import TAKING
from workstation.wire.protocol import SignedIn

ROOT = Path(__file__).parents[2]
NOBODY = "http://127.0.0.1:9"
LETTERS = 60


class _Said(msgspec.Struct):
    session: SignedIn | None = None
    report: str = ""
    saved: bool = False
    typed: int = 0
    at: float = 0.0


@contextmanager
def typing(folder: Path, deed: str) -> Iterator["subprocess.Popen[str]"]:
    """The other process, which is killed at the end whatever happens."""
    command = [sys.executable, "-m", "tests.views.typist", str(folder), deed]
    with subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


def heard(stream: IO[str] | None) -> Iterator[_Said]:
    """What it says, a line at a time."""
    assert stream is not None
    for line in stream:
        yield msgspec.json.decode(line, type=_Said)


@contextmanager
def next_start(folder: Path, session: SignedIn | None) -> Iterator[Desk]:
    """The same person at the same desk after the kill, with the store out of reach."""
    assert session is not None
    credentials, clock = HeldCredentials(), HandClock()
    credentials.keep(session)
    clock.time = NOW
    fittings = Fittings(
        clock=clock,
        ids=Ids(clock),
        workstation="W-kelly",
        mark=mark,
        find_places=known_places().find,
    )
    with open_desk(
        folder / "W-kelly", "store", Link(NOBODY), credentials, fittings,
        key=DESK_KEY, threads=False,
    ) as desk:  # fmt: skip
        yield desk


@pytest.mark.fault("F1")
@pytest.mark.invariant("I6")
def test_every_text_is_back_in_its_place_after_a_kill(tmp_path: Path) -> None:
    with typing(tmp_path, "everywhere") as process:
        lines = heard(process.stdout)
        begun = next(lines)
        assert next(lines).saved
        process.kill()
    with next_start(tmp_path, begun.session) as desk, a_window(desk) as window:
        window.open_report(begun.report)
        page, decide = window.work.report, window.work.decide
        assert page.composer.text.text == NOTE
        assert page.facts.form.isVisible()
        assert page.facts.form.line("people").text() == PEOPLE
        assert decide.grade.reason.text == WHY
        assert decide.grade.tiles.chosen_code == "P"
        for line in (page.composer.kept, page.facts.kept, decide.kept):
            assert line.isVisible()
            assert line.words.text() == "We kept your draft from 02:47"
        window.go(TAKING)
        assert window.taking.what.account.text == CALL
        assert window.taking.kept.isVisible()
        contact = desk.draft(ReportId("taking"), "contact")
        window.taking.save_report()
        assert contact is not None
        assert desk.report(ReportId(contact.text)) is not None
        assert not desk.drafts(ReportId("taking"))


@pytest.mark.fault("F1")
@pytest.mark.invariant("I6")
def test_of_steady_typing_nothing_older_than_a_second_is_lost(tmp_path: Path) -> None:
    with typing(tmp_path, "steadily") as process:
        lines = heard(process.stdout)
        begun = next(lines)
        typed = [next(lines) for _ in range(LETTERS)]
        process.kill()
        typed += list(lines)
    last = typed[-1].at
    owed = max(one.typed for one in typed if one.at <= last - 1.0)
    with next_start(tmp_path, begun.session) as desk:
        kept = desk.draft(ReportId(begun.report), "note")
        assert kept is not None
        assert len(kept.text) >= owed
