"""Pokes are read from a stream however its bytes are cut."""

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.sync.live import COMMENT, LONGEST_LINE, Heard, events, pass_on

SAID = [Heard(COMMENT), Heard("head", b'{"position":7}'), Heard("message", b"x")]
STREAM = b': hello\n\nevent: head\nid: 7\ndata: {"position":7}\n\ndata: x\r\n\r\nevent: lone\n\n'


def test_events_are_named_and_empty_events_skipped() -> None:
    assert list(events([STREAM])) == SAID


@pytest.mark.fault("F13")
@given(st.lists(st.integers(1, len(STREAM) - 1)))
def test_cuts_anywhere_change_nothing(cuts: list[int]) -> None:
    at = [0, *sorted(cuts), len(STREAM)]
    chunks = [STREAM[a:b] for a, b in itertools.pairwise(at)]
    assert list(events(chunks)) == SAID


@pytest.mark.fault("F13")
@pytest.mark.invariant("I38")
def test_a_line_without_end_is_not_kept_for_ever() -> None:
    with pytest.raises(ValueError, match="longer than any event"):
        list(events([b"x" * (LONGEST_LINE + 1)]))


def test_pokes_and_presence_go_where_they_belong() -> None:
    class Line:
        def listen(self) -> Iterator[Heard]:
            yield Heard("presence", b"{}")
            yield Heard("head", b"7")
            yield Heard("control", b"?")
            yield Heard(COMMENT)

        def hang_up(self) -> None:
            """Nothing to end."""

    told: list[bytes] = []
    pass_on(Line(), lambda: told.append(b"poke"), told.append, lambda: told.append(b"alive"))
    assert told == [b"alive", b"{}", b"alive", b"poke", b"alive", b"alive"]
