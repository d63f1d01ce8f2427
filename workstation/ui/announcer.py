"""Says to a screen reader what the eye sees happen elsewhere, without moving the focus."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

_Politeness = QAccessible.AnnouncementPoliteness


def say(source: QWidget, text: str, assertive: bool = False) -> None:
    """Have this text spoken; an assertive one interrupts what is being said."""
    event = QAccessibleAnnouncementEvent(source, text)
    event.setPoliteness(_Politeness.Assertive if assertive else _Politeness.Polite)
    QAccessible.updateAccessibility(event)
