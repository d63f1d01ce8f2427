"""Meanings: said in other words, denied, asked and answered, made by several, known by shape."""

import pytest

from tests.reading.reading import reader

SAID = [
    ("He put his hands round my neck", "strangle"),
    ("he squeezed really hard on my throat", "strangle"),
    ("they were kicking at the bathroom door", "hiding_from"),
    ("my lad is fourteen, and", "age_child"),
    ("my mum, 84, lives alone", "age_old"),
    ("aged 9", "age_small"),
    ("a man in his 80s", "age_old"),
    ("it cost two grand", "much_money"),
    ("Przepraszam, proszę o pomoc", "no_english"),
    ("我的英文不好", "other_script"),
    ("he is smashing the window", "doing_now"),
]
NOT_SAID = [
    ("no knife was seen", "blade"),
    ("I did not see any knife", "blade"),
    ("Weapons: none", "blunt"),
    ("my phone died", "dying_casualty"),
    ("about 84 metres away", "age_old"),
    ("14 minutes ago", "age_child"),
    ("before somebody gets killed", "kill"),
]


@pytest.mark.parametrize(("text", "meaning"), SAID)
def test_a_meaning_is_found_in_other_words(text: str, meaning: str) -> None:
    assert reader().read(text).hits(meaning)


@pytest.mark.parametrize(("text", "meaning"), NOT_SAID)
def test_what_is_denied_or_only_a_figure_of_speech_is_not_said(text: str, meaning: str) -> None:
    assert not reader().read(text).hits(meaning)


def test_what_is_denied_is_known_to_be_denied() -> None:
    assert reader().read("there was no knife").hits("no:blade")


def test_another_clause_is_not_denied() -> None:
    assert reader().read("No, he has a knife").hits("blade")
    assert reader().read("not that I saw but he has a knife").hits("blade")


def test_our_question_counts_only_when_it_is_answered_yes() -> None:
    asked = "[operator] Does he have a knife?\n[customer] {}"
    assert reader().read(asked.format("yes he does")).hits("blade")
    assert not reader().read(asked.format("I don't know")).hits("blade")


def test_meanings_far_apart_make_nothing_together() -> None:
    filler = "and then we talked about the weather and the garden for a long while. " * 4
    assert (
        not reader()
        .read(f"My bicycle. {filler} It was stolen.")
        .find(reader().cue("cycle_only + steal"))
    )
    assert reader().read("My bicycle was stolen.").find(reader().cue("cycle_only + steal"))
