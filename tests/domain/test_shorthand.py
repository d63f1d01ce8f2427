"""Shorthand: only what begins with its semicolon, with the time of day in London."""

from datetime import UTC, datetime

import pytest

from workstation.domain.pack import PackProblem
from workstation.domain.packing import compose_pack
from workstation.domain.shorthand import expanded, read_own
from workstation.machine.resources import guide_texts, pack_forces, pack_text, reference_tables

SHORT = {"nfa": "{time} No further action.", "t": "{time}", "nk": "not known"}
SUMMER = datetime(2026, 7, 1, 13, 32, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "made"),
    [
        (";nfa", (4, "14:32 No further action.")),
        ("Rang. ;NFA", (4, "14:32 No further action.")),
        ("(;t", (2, "14:32")),
        ("nfa", None),
        ("a;nfa", None),
        (";xyz", None),
        (";nfa ", None),
        ("", None),
    ],
)
def test_what_becomes_of_what_stands_before_the_cursor(
    before: str, made: tuple[int, str] | None
) -> None:
    assert expanded(SHORT, before, SUMMER) == made


@pytest.mark.parametrize("force", pack_forces())
def test_every_force_has_the_time_and_no_further_action(force: str) -> None:
    pack = compose_pack(pack_text(force), reference_tables(), guide_texts())
    assert {"t", "nfa"} <= set(pack.shorthand)


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ('"n f" = "x"', "shorthand: 'n f' cannot be typed; allowed: 1 to 12 small letters"),
        ('nfa = ""', "shorthand.nfa: has 0 characters; allowed: 1 to 240"),
        ('nfa = "{day} none"', "shorthand.nfa: {day} is not filled in; allowed: {time}"),
        ("nfa = 3", "shorthand"),
    ],
)
def test_an_error_names_the_key_and_what_is_allowed(new: str, sentence: str) -> None:
    old = 'nfa = "{time} No further action by the police."'
    text = pack_text("cambridgeshire")
    assert old in text
    with pytest.raises(PackProblem) as caught:
        compose_pack(text.replace(old, new), reference_tables(), guide_texts())
    assert sentence in str(caught.value)


FORCE = {"nfa": "No further action."}
OWN = [
    (";bk Rang back at {time}", {"bk": "Rang back at {time}"}, []),
    ("\n  ;bk  Rang back \n", {"bk": "Rang back"}, []),
    ("bk Rang back", {}, ["Line 1: begin with ; and the letters, as ;bk Rang back."]),
    (";nfa Mine", {}, ["Line 1: ;nfa is the force's: “No further action.” Choose other letters."]),
    (";a One\n;a Two", {"a": "One"}, ["Line 2: ;a stands above already. Choose other letters."]),
    (";a", {}, ["Line 1: say after a space what ;a becomes."]),
    (";a {day} x", {}, ["Line 1: {day} is not filled in; allowed: {time}"]),
    (";A One", {}, ["Line 1: 'A' cannot be typed; allowed: 1 to 12 small letters and digits"]),
]


@pytest.mark.parametrize(("text", "own", "problems"), OWN)
def test_ones_own_is_read_line_by_line_and_what_is_wrong_expands_nothing(
    text: str, own: dict[str, str], problems: list[str]
) -> None:
    assert read_own(text, FORCE) == (own, problems)


def test_a_hundred_are_read_and_the_next_is_told() -> None:
    own, problems = read_own("\n".join(f";k{n} words" for n in range(101)), {})
    assert len(own) == 100
    assert problems == ["Line 101: up to 100 are read; take another away."]
