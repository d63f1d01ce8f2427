"""A rule that breaks, on the desk as in the store, holds up no other work and no sign-in."""

from typing import Any

import pytest

from tests.world import Station, World
from workstation.domain.grading import EscalateEmergency
from workstation.domain.report import ReportId
from workstation.domain.story import AddNote, NoteAdded


def breaks(monkeypatch: pytest.MonkeyPatch, kind: type[AddNote | NoteAdded], rule: str) -> None:
    """From the next release on this rule raises where somebody wrote POISON."""
    was = getattr(kind, rule)

    def broken(self: AddNote | NoteAdded, *more: Any) -> Any:
        if self.text == "POISON":
            raise KeyError("x")
        return was(self, *more)

    monkeypatch.setattr(kind, rule, broken)


def pending(station: Station, id: ReportId) -> tuple[str, ...]:
    """What waits on the report, as its page says."""
    shown = station.desk.report(id)
    assert shown is not None
    return shown.pending


def texts(station: Station, id: ReportId) -> list[str]:
    """The story as it is on screen."""
    return [one.entry.text for one in station.desk.entries(id)]


@pytest.mark.fault("F39", "F41")
@pytest.mark.invariant("I5", "I7", "I37", "I39")
@pytest.mark.expects_log("breaks a rule here")
@pytest.mark.expects_log("failed, try")
@pytest.mark.parametrize(
    ("kind", "rule"), [(AddNote, "decide"), (NoteAdded, "evolve"), (NoteAdded, "story")]
)
def test_a_desk_opens_and_all_of_its_work_leaves(
    world: World,
    ann: Station,
    monkeypatch: pytest.MonkeyPatch,
    kind: type[AddNote | NoteAdded],
    rule: str,
) -> None:
    quiet, other, danger = world.a_day()[:3]
    ann.exchange()
    ann.line.is_cut = True
    for id, text in ((quiet, "before"), (quiet, "POISON"), (quiet, "after"), (other, "words")):
        ann.do(AddNote(report=id, text=text))
    ann.do(EscalateEmergency(report=danger, why="A knife."))
    ann.close()
    breaks(monkeypatch, kind, rule)
    ann.reopen()
    assert ann.desk.link().waiting == 5
    assert pending(ann, quiet) == ("AddNote", "AddNote", "AddNote")
    assert texts(ann, quiet)[-2:] == ["before", "after"]
    assert texts(ann, other)[-1] == "words"
    assert ann.desk.rows([danger])[0].grade_code == "I"
    ann.line.is_cut = False
    assert ann.exchange()
    assert (ann.desk.link().waiting, ann.desk.link().problem) == (0, "")
    (refused,) = ann.desk.attention()
    assert (refused.case.code, refused.command, refused.text) == (
        "internal",
        "AddNote",
        "Text: POISON",
    )
    assert (pending(ann, quiet), texts(ann, quiet)[-2:]) == ((), ["before", "after"])
    grading = world.states()[danger].grading
    assert grading is not None
    assert grading.code == "I"


@pytest.mark.fault("F41")
@pytest.mark.invariant("I5", "I7")
@pytest.mark.expects_log("breaks a rule here")
def test_what_only_waited_is_shown_again_once_its_rule_is_mended(
    world: World, ann: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = world.a_day()[0]
    ann.exchange()
    ann.line.is_cut = True
    ann.do(AddNote(report=id, text="POISON"))
    ann.close()
    breaks(monkeypatch, NoteAdded, "evolve")
    ann.reopen()
    assert "POISON" not in texts(ann, id)
    monkeypatch.undo()
    ann.restart()
    assert texts(ann, id)[-1] == "POISON"
    ann.line.is_cut = False
    assert ann.exchange()
    assert (ann.desk.attention(), texts(ann, id)[-1]) == ((), "POISON")
