"""What an account is called by its first words."""

from typing import get_args

import pytest

from tests.domain.packs import PACK
from workstation.domain.decider import AnyCommand
from workstation.domain.numbers import assumed_form
from workstation.domain.packing import compose_pack
from workstation.domain.roles import Role
from workstation.machine.resources import guide_texts, pack_text, reference_tables
from workstation.views.attention_words import NAMES, next_words
from workstation.views.decide.crime_panel import consequence_of
from workstation.views.words import first_words, one_line


def test_a_speakers_tag_is_no_part_of_the_name() -> None:
    assert first_words("[bt_operator] Police, landline Duxford") == "Police, landline Duxford"
    assert first_words("[switchboard]") == "[switchboard]"


def test_a_long_account_is_cut_between_words_and_says_so() -> None:
    assert (
        first_words("A lad has been showing off a gun", 20)
        == "A lad has been\N{HORIZONTAL ELLIPSIS}"
    )
    assert first_words("x" * 30, 20) == "x" * 20 + "\N{HORIZONTAL ELLIPSIS}"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"])
def test_every_kind_of_line_end_is_a_space_on_one_line(end: str) -> None:
    assert one_line(f"Flat 6,{end}Histon Road") == "Flat 6, Histon Road"
    assert first_words(f"Flat 6,{end}Histon Road") == "Flat 6, Histon Road"


def test_short_words_stand_as_they_are() -> None:
    assert first_words("Loud music\n every night") == "Loud music every night"


def test_an_assumed_form_of_number_is_said_where_one_is_issued() -> None:
    assumed = compose_pack(pack_text("leicestershire"), reference_tables(), guide_texts())
    assert "assumed" not in consequence_of(False, PACK)
    assert "Its form is assumed, not confirmed." in consequence_of(True, assumed)


def test_the_assumed_form_of_leicestershires_incident_numbers_is_said_too() -> None:
    assumed = compose_pack(pack_text("leicestershire"), reference_tables(), guide_texts())
    assert assumed_form(assumed, "incident") == "Its form is assumed, not confirmed."
    assert assumed_form(PACK, "incident") == ""


def test_marks_that_turn_a_name_round_are_spelt_out() -> None:
    assert first_words("photo_\u202efdp.exe") == "photo_‹U+202E›fdp.exe"


def test_every_command_of_a_person_has_words_of_its_own() -> None:
    people = [one for one in get_args(AnyCommand) if one.may - {Role.STORE, Role.INTAKE_MACHINE}]
    unnamed = [one.__name__ for one in people if one.__name__ not in NAMES]
    assert unnamed == []


def test_what_is_held_says_its_next_step_to_who_may_take_it() -> None:
    for code in (
        "held/number",
        "held/late",
        "held/early",
        "held/report",
        "held/author",
        "held/scope",
    ):
        assert next_words(code, may_release=False).startswith("Tell a supervisor")
        assert not next_words(code, may_release=True).startswith("Tell a supervisor")
