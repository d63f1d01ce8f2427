"""A release that the store will not take as it stands: only what is hers touches her commands."""

import pytest

from tests.flow.test_left_behind import sit_down
from tests.flow.test_released_work import ANN, WHY, leaves, offline, outcome
from tests.world import Station, World
from workstation.domain.grading import EscalateEmergency
from workstation.store.problems import ApiProblem
from workstation.wire.protocol import CommandReply, ReleasedBatch


@pytest.mark.invariant("I1", "I37")
@pytest.mark.parametrize(
    ("status", "code", "field"),
    [(422, "nul", "why"), (400, "json", ""), (413, "too-large", ""), (403, "x", "commands[0].x")],
)
def test_what_is_wrong_with_the_release_itself_leaves_her_commands_as_they_are(
    world: World, ann: Station, status: int, code: str, field: str
) -> None:
    id = world.a_day()[2]
    ann.exchange()
    with offline(ann):
        ann.do(EscalateEmergency(report=id, why="He has a knife."))
    sue = sit_down(ann, world, "sue")
    sue.exchange()
    api_release = world.api.release

    def refusing(token: str, batch: object) -> object:
        raise ApiProblem(status, code, "This reason cannot be read.", field)

    world.api.release = refusing  # type: ignore[method-assign, assignment]
    assert sue.desk.release(ANN, WHY) is None
    sue.exchange()
    told = outcome(sue)
    assert (told.accepted, told.refused, told.left) == (0, 0, 1)
    assert (told.problem, told.is_over) == ("This reason cannot be read.", True)
    world.api.release = api_release  # type: ignore[method-assign]
    assert sue.desk.release(ANN, WHY) is None
    assert sue.exchange()
    assert world.states()[id].is_emergency
    assert sue.desk.attention() == ()


@pytest.mark.invariant("I5", "I37")
@pytest.mark.expects_log("cannot be read")
def test_a_command_of_hers_that_cannot_be_read_holds_up_no_release(
    world: World, ann: Station
) -> None:
    id = world.a_day()[0]
    ann.exchange()
    sue = leaves(ann, world, id, "before", "POISON", "after")
    sue.exchange()
    api_release = world.api.release

    def strict(token: str, batch: ReleasedBatch) -> CommandReply:
        if any(b'"POISON"' in bytes(raw) for raw in batch.commands):
            raise ApiProblem(422, "invalid", "This cannot be read.", "commands[0].command.text")
        return api_release(token, batch)

    world.api.release = strict  # type: ignore[method-assign]
    assert sue.desk.release(ANN, WHY) is None
    assert sue.exchange()
    told = outcome(sue)
    assert (told.accepted, told.refused, told.left) == (2, 1, 0)


def test_where_the_two_disagree_it_is_her_commands_that_wait(world: World, ann: Station) -> None:
    id = world.a_day()[0]
    ann.exchange()
    sue = leaves(ann, world, id, "One")
    sue.exchange()

    def refusing(token: str, batch: object) -> object:
        raise ApiProblem(409, "outbox-gap", "What is this?", "seq", expected=99)

    world.api.release = refusing  # type: ignore[method-assign, assignment]
    assert sue.desk.release(ANN, WHY) is None
    sue.exchange()
    assert "1 of Ann Lee's commands wait" in outcome(sue).problem
