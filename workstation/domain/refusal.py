"""A rule says no: a code for programs and one sentence that tells a person what to do."""

from msgspec import Struct


class Refusal(Struct, frozen=True):
    """Why a command does not apply; `field` names the field beside which the sentence is shown."""

    code: str
    sentence: str
    field: str = ""
