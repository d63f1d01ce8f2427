"""Whether somebody said something: signs alone, or letters that nobody sees, are no words."""


def has_words(text: str, least: int = 1) -> bool:
    """Whether a text has so many letters or digits."""
    return sum(map(str.isalnum, text)) >= least
