"""Histories fold to what evolved step by step, and everything survives its journey as JSON."""

from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.samples import ACTS, COMMANDS, EVENTS, OTHERS
from tests.domain.situations import (
    ASHA,
    BEN,
    DEE,
    R1,
    SAM,
    STORE,
    WEB,
    context,
    minutes,
    receive,
)
from workstation.domain import decider
from workstation.domain.act import Command, Event
from workstation.domain.decider import apply, command_decoder, decide, event_decoder, fold
from workstation.domain.packets import PacketEnded, PacketReserved
from workstation.domain.refusal import Refusal
from workstation.domain.report import RECENT_TOUCHES, Report, ReportId
from workstation.domain.roles import Person

LATER = [command for command, report, _ in ACTS if report is not None]
PEOPLE = [ASHA, BEN, DEE, SAM, STORE]


def played(acts: list[tuple[Command, Person]]) -> tuple[list[tuple[Event, ...]], list[Report]]:
    """The history these acts make, leaving out what is refused, and each state on the way."""
    state: dict[ReportId, Report] = {}
    history: list[tuple[Event, ...]] = []
    states: list[Report] = []
    for number, (command, who) in enumerate([(receive(), WEB), *acts]):
        answer = decide(state.get(R1), command, context(who, minutes(number), reports=OTHERS))
        if isinstance(answer, Refusal) or not answer:
            continue
        state |= apply({**OTHERS, **state}, answer, who.id)
        history.append(answer)
        states.append(state[R1])
    return history, states


acts = st.lists(st.tuples(st.sampled_from(LATER), st.sampled_from(PEOPLE)), max_size=25)


@given(acts)
def test_a_history_folds_to_the_state_it_made(made: list[tuple[Command, Person]]) -> None:
    history, states = played(made)
    assert fold(history, R1) == states[-1]


@given(acts)
def test_the_version_rises_by_one_with_each_command(made: list[tuple[Command, Person]]) -> None:
    _, states = played(made)
    assert [state.version for state in states] == list(range(1, len(states) + 1))
    assert len(states[-1].recent) <= RECENT_TOUCHES


@pytest.mark.invariant("I18")
@given(acts)
def test_the_fence_never_falls(made: list[tuple[Command, Person]]) -> None:
    _, states = played(made)
    fences = [state.fence for state in states]
    assert fences == sorted(fences)


@given(acts)
def test_nothing_said_later_takes_back_a_recorded_crime(
    made: list[tuple[Command, Person]],
) -> None:
    _, states = played(made)
    for before, after in pairwise(states):
        assert after.crimes[: len(before.crimes)] == before.crimes


@given(acts)
@settings(max_examples=50)
def test_a_history_and_its_state_survive_json(made: list[tuple[Command, Person]]) -> None:
    history, states = played(made)
    travelled = [
        tuple(event_decoder.decode(msgspec.json.encode(event)) for event in events)
        for events in history
    ]
    assert fold(travelled, R1) == states[-1]
    assert msgspec.json.decode(msgspec.json.encode(states[-1]), type=Report) == states[-1]


def test_a_history_without_its_beginning_is_an_error() -> None:
    history, _ = played([(LATER[0], ASHA)])
    with pytest.raises(ValueError, match="does not begin with its receipt"):
        fold(history[1:], R1)


def test_the_history_of_an_unknown_report_folds_to_nothing() -> None:
    assert fold([], R1) is None


def test_there_is_a_sample_of_every_command_and_event() -> None:
    assert {type(command) for command in COMMANDS} == set(decider.AnyCommand.__args__)
    assert {type(event) for event in EVENTS} == set(decider.AnyEvent.__args__)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: type(c).__name__)
def test_every_command_survives_json(command: Command) -> None:
    assert command_decoder.decode(msgspec.json.encode(command)) == command


@pytest.mark.parametrize("event", EVENTS, ids=lambda e: type(e).__name__)
def test_every_event_survives_json(event: Event) -> None:
    assert event_decoder.decode(msgspec.json.encode(event)) == event


UNTOLD = (PacketReserved, PacketEnded)
TOLD = [event for event in EVENTS if not isinstance(event, UNTOLD)]


def test_setting_a_report_aside_is_no_line_of_its_story() -> None:
    assert all(e.entry("e1") is None for e in EVENTS if isinstance(e, UNTOLD))


@pytest.mark.parametrize("event", TOLD, ids=lambda e: type(e).__name__)
def test_every_other_event_tells_a_line_of_the_story(event: Event) -> None:
    entry = event.entry("e1")
    assert entry is not None
    assert entry.title
    assert entry.by == event.by
    assert entry.report == event.report


def test_a_command_with_an_unknown_field_is_refused() -> None:
    written = msgspec.to_builtins(COMMANDS[0]) | {"grade": "I"}
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        command_decoder.decode(msgspec.json.encode(written))


def test_a_state_from_a_later_release_is_read_without_its_news() -> None:
    report = played([])[1][-1]
    written = msgspec.to_builtins(report) | {"weather": "rain"}
    assert msgspec.json.decode(msgspec.json.encode(written), type=Report) == report
