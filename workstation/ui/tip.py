"""Tooltips that show what they are given, letter for letter, never as markup."""

import html

from PySide6.QtWidgets import QWidget


def plain_tip(text: str) -> str:
    """Text made safe for a tooltip: anything that could be taken for markup is escaped."""
    if "<" not in text:
        return text
    return f'<span style="white-space: pre-wrap">{html.escape(text)}</span>'


def set_tip(widget: QWidget, text: str) -> None:
    """Give a widget a tooltip, and the same words to a screen reader."""
    widget.setToolTip(plain_tip(text))
    widget.setAccessibleDescription(text)
