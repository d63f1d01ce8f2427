"""Text from outside, shown letter for letter: hidden characters that turn text round are named.

Marks are given in characters of the text as kept; Qt counts in UTF-16 units of what is shown.
"""

_TURNING = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C}
_SHOWN = {ord("\r"): "\n", 0: "\N{SYMBOL FOR NULL}"} | {
    code: f"‹U+{code:04X}›" for code in _TURNING
}


def literal(text: str) -> str:
    """The text as it is shown: carriage returns are line ends, turning marks are spelt out."""
    return text.replace("\r\n", "\n").translate(_SHOWN)


def place_in_literal(text: str, position: int) -> int:
    """Where a position of the text as kept stands in what is shown, in UTF-16 units."""
    return len(literal(text[:position]).encode("utf-16-le")) // 2
