"""Finds words that do not fit where they stand: on labels and buttons, painted text aside."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from workstation.ui.label import ElidedLabel


def clipped(window: QWidget) -> Iterator[str]:
    """Each visible label and button whose words are cut, by its words."""
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, QLabel | QAbstractButton) or isinstance(widget, ElidedLabel):
            continue
        if widget.isVisible() and widget.text().strip() and (why := _why(widget, window)):
            yield f"{type(widget).__name__} “{_short(widget.text())}” ({why})"


def _why(widget: QLabel | QAbstractButton, window: QWidget) -> str:
    has, wants = widget.size(), widget.sizeHint()
    if isinstance(widget, QLabel) and widget.wordWrap():
        longest = max(widget.text().split(), key=len)
        if widget.fontMetrics().horizontalAdvance(longest) > has.width():
            return f"its longest word does not fit {has.width()} px"
        high = widget.heightForWidth(has.width())
        if high > has.height():
            return f"wants {high} px of height, has {has.height()}"
    elif wants.width() > has.width():
        return f"wants {wants.width()} px, has {has.width()}"
    shown = _shown(widget, window)
    if shown < has.width():
        return f"{has.width() - shown} px lie outside what it stands in"
    return ""


def _shown(widget: QWidget, window: QWidget) -> int:
    """How much of its width the parts around it leave to be seen."""
    rect = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    left, right = rect.left(), rect.right()
    around = widget.parentWidget()
    while around is not None and around is not window.parentWidget():
        edge = around.mapTo(window, QPoint(0, 0)).x() if around is not window else 0
        left, right = max(left, edge), min(right, edge + around.width() - 1)
        around = around.parentWidget() if around is not window else None
    return right - left + 1


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 60 else f"{line[:57]}..."
