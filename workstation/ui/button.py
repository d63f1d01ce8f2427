"""Buttons: one primary on a screen, plain and ghost ones round it, danger for what ends things."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from workstation.ui.fonts import BOLD, scaled, ui_font
from workstation.ui.icons import paint_icon
from workstation.ui.keycap import key_caps_width, paint_key_caps
from workstation.ui.paint import CENTRE, LEFT, paint_box, paint_focus, paint_text, text_width
from workstation.ui.theme import current
from workstation.ui.tip import set_tip
from workstation.ui.tokens import Tokens

Kind = Literal["primary", "plain", "ghost", "danger"]
_PAD, _GAP = 12, 10


@dataclass(frozen=True)
class _Coat:
    fill: str
    border: str
    ink: str
    cap: str


class Button(QPushButton):
    """A button with an optional icon and the key caps that press it.

    A disabled one can say why: `set_enabled_because(False, "…")`.
    """

    def __init__(
        self,
        text: str,
        kind: Kind = "plain",
        icon: str = "",
        keys: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._kind: Kind = kind
        self._icon_name = icon
        self._keys = tuple(keys)
        self._hint = ""
        self.setFont(ui_font(14, BOLD))
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text.replace("&", ""))

    def set_text(self, text: str) -> None:
        """Change what the button says, to the eye and to a screen reader."""
        self.setText(text)
        self.setAccessibleName(text.replace("&", ""))
        self.updateGeometry()

    def set_icon_name(self, icon: str) -> None:
        """Change the icon."""
        self._icon_name = icon
        self.update()

    def set_keys(self, keys: Sequence[str]) -> None:
        """Change the key caps that press it."""
        self._keys = tuple(keys)
        self.updateGeometry()

    def set_hint(self, text: str) -> None:
        """What the tooltip says while the button can be pressed."""
        self._hint = text
        if self.isEnabled():
            set_tip(self, text)

    def set_enabled_because(self, enabled: bool, reason: str = "") -> None:
        """Enable, or disable and say why to the eye and to a screen reader."""
        self.setEnabled(enabled)
        set_tip(self, self._hint if enabled else reason)

    def sizeHint(self) -> QSize:
        height = scaled(42 if self._kind == "primary" and self._keys else 34)
        return QSize(round(self._content_width() + 2 * _PAD), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = current()
        coat = self._coat(tokens)
        painter = QPainter(self)
        rect = QRectF(self.rect())
        paint_box(painter, rect, 6, coat.fill, coat.border)
        if self.hasFocus():
            ring = rect.adjusted(2, 2, -2, -2) if self._kind in ("primary", "danger") else rect
            colour = tokens.on_accent if ring is not rect else tokens.focus
            paint_focus(painter, ring, 4 if ring is not rect else 6, colour)
        self._paint_content(painter, rect.adjusted(_PAD, 0, -_PAD, 0), coat)

    def _paint_content(self, painter: QPainter, rect: QRectF, coat: _Coat) -> None:
        left, right = rect.left(), rect.right()
        if self._keys:
            paint_key_caps(painter, right, rect.center().y(), self._keys, coat.ink, coat.cap)
            right -= key_caps_width(self._keys) + _GAP
        elif self.width() > self._content_width() + 2 * _PAD:
            left += (rect.width() - self._content_width()) / 2
        if self._icon_name:
            side = scaled(16)
            top = rect.center().y() - side / 2
            paint_icon(painter, self._icon_name, coat.ink, QRectF(left, top, side, side))
            left += side + _GAP
        place = QRectF(left, rect.top(), right - left, rect.height())
        align = LEFT if self._keys or self._icon_name else CENTRE
        paint_text(painter, place, self.text(), self.font(), coat.ink, align, mnemonic=True)

    def _content_width(self) -> float:
        words = self.text().replace("&", "")
        width = text_width(words, self.font()) if words else 0.0
        if self._icon_name:
            width += scaled(16) + (_GAP if words else 0)
        if self._keys:
            width += key_caps_width(self._keys) + _GAP
        return width + 1

    def _coat(self, tokens: Tokens) -> _Coat:
        lit = self.underMouse() or self.isDown()
        if not self.isEnabled():
            fill = "" if self._kind == "ghost" else tokens.panel
            border = "" if self._kind == "ghost" else tokens.line
            return _Coat(fill, border, tokens.text3, tokens.line)
        if self._kind == "primary":
            fill = tokens.accent_hover if lit else tokens.accent_fill
            return _Coat(fill, "", tokens.on_accent, tokens.on_accent)
        if self._kind == "danger":
            return _Coat(tokens.danger_fill, "", tokens.on_accent, tokens.on_accent)
        ground = tokens.hover if lit or self.isChecked() else tokens.raised
        if self._kind == "ghost":
            return _Coat(tokens.hover if lit else "", "", tokens.text, tokens.line_strong)
        return _Coat(ground, tokens.line_strong, tokens.text, tokens.line_strong)


class IconButton(Button):
    """A square button with an icon alone; its name is spoken and shown as a tooltip."""

    def __init__(
        self, icon: str, name: str, kind: Kind = "plain", parent: QWidget | None = None
    ) -> None:
        super().__init__("", kind, icon, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.set_hint(name)

    def sizeHint(self) -> QSize:
        return QSize(scaled(34), scaled(34))

    def _content_width(self) -> float:
        return scaled(16)
