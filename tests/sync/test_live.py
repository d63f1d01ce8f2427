"""Pokes are read from a stream however its bytes are cut."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.sync.live import LONGEST_LINE, event_names

STREAM = b': hello\n\nevent: head\nid: 7\ndata: {"position":7}\n\ndata: x\r\n\r\nevent: lone\n\n'


def test_events_are_named_and_comments_and_empty_events_skipped() -> None:
    assert list(event_names([STREAM])) == ["head", "message"]


@given(st.lists(st.integers(1, len(STREAM) - 1)))
def test_cuts_anywhere_change_nothing(cuts: list[int]) -> None:
    at = [0, *sorted(cuts), len(STREAM)]
    chunks = [STREAM[a:b] for a, b in itertools.pairwise(at)]
    assert list(event_names(chunks)) == ["head", "message"]


def test_a_line_without_end_is_not_kept_for_ever() -> None:
    with pytest.raises(ValueError, match="longer than any event"):
        list(event_names([b"x" * (LONGEST_LINE + 1)]))
