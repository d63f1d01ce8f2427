"""What an account is called by its first words."""

from workstation.domain.pack import NumberPattern
from workstation.views.decide.crime_panel import consequence_of
from workstation.views.words import first_words


def test_a_speakers_tag_is_no_part_of_the_name() -> None:
    assert first_words("[bt_operator] Police, landline Duxford") == "Police, landline Duxford"
    assert first_words("[switchboard]") == "[switchboard]"


def test_a_long_account_is_cut_between_words_and_says_so() -> None:
    assert (
        first_words("A lad has been showing off a gun", 20)
        == "A lad has been\N{HORIZONTAL ELLIPSIS}"
    )
    assert first_words("x" * 30, 20) == "x" * 20 + "\N{HORIZONTAL ELLIPSIS}"


def test_short_words_stand_as_they_are() -> None:
    assert first_words("Loud music\n every night") == "Loud music every night"


def test_an_assumed_form_of_number_is_said_where_one_is_issued() -> None:
    known = NumberPattern("{force_code}/{serial}/{yy}", "year")
    assumed = NumberPattern("{force_code}/{serial}/{yy}", "year", "No example was found.")
    assert "assumed" not in consequence_of(False, known)
    assert "Its form is assumed, not confirmed." in consequence_of(True, assumed)
