"""What is to be heard of every contact, whatever it is about (rows S35 and S101)."""

from msgspec import Struct

ASKED = ("who", "where", "what", "weapons", "injured", "still there")


class Mention(Struct, frozen=True):
    """One of them was spoken of, in these words; whether it is so is for a person to say."""

    name: str
    words: str
