"""Grade marks: shape, fill, letter and colour together, so that none has to carry it alone.

A solid mark means someone goes now; an outlined one means not now.
"""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from workstation.ui.fonts import scaled, ui_font
from workstation.ui.theme import current
from workstation.ui.tokens import Tokens

SHAPES = ("octagon", "triangle", "square", "pill", "circle")


def paint_grade_mark(
    painter: QPainter, rect: QRectF, shape: str, letter: str, tokens: Tokens
) -> None:
    """Paint the mark of a grade into a square rectangle."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colours = tokens.grade(shape)
    width = min(2.0, max(1.25, rect.height() / 14))
    pen = QPen(QColor(colours.outline), width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(QColor(colours.fill))
    inset = width / 2
    painter.drawPath(outline_of(shape, rect.adjusted(inset, inset, -inset, -inset)))
    painter.setFont(_letter_font(shape, rect.height()))
    painter.setPen(QColor(colours.letter))
    painter.drawText(_letter_place(shape, rect), Qt.AlignmentFlag.AlignCenter, letter[:2])
    painter.restore()


def outline_of(shape: str, rect: QRectF) -> QPainterPath:
    """The path of a shape inside a rectangle."""
    path = QPainterPath()
    if shape == "octagon":
        _polygon(path, _octagon(rect))
    elif shape == "triangle":
        rise = rect.height() * 0.04
        top = QPointF(rect.center().x(), rect.top() + rise)
        _polygon(
            path,
            [top, rect.bottomRight() - QPointF(0, rise), rect.bottomLeft() - QPointF(0, rise)],
        )
    elif shape == "square":
        step = rect.height() * 0.06
        path.addRoundedRect(rect.adjusted(step, step, -step, -step), 2, 2)
    elif shape == "pill":
        step = rect.height() * 0.17
        path.addEllipse(rect.adjusted(0, step, 0, -step))
    else:
        step = rect.height() * 0.02
        path.addEllipse(rect.adjusted(step, step, -step, -step))
    return path


def _octagon(rect: QRectF) -> list[QPointF]:
    cut = rect.width() * 0.293
    left, top, right, bottom = rect.left(), rect.top(), rect.right(), rect.bottom()
    pairs = [
        (left + cut, top), (right - cut, top), (right, top + cut), (right, bottom - cut),
        (right - cut, bottom), (left + cut, bottom), (left, bottom - cut), (left, top + cut),
    ]  # fmt: skip
    return [QPointF(x, y) for x, y in pairs]


def _polygon(path: QPainterPath, points: list[QPointF]) -> None:
    path.moveTo(points[0])
    for point in points[1:]:
        path.lineTo(point)
    path.closeSubpath()


def _letter_font(shape: str, height: float) -> QFont:
    font = ui_font(12, 700)
    share = {"triangle": 0.42, "pill": 0.5}.get(shape, 0.54)
    font.setPixelSize(max(7, round(height * share)))
    return font


def _letter_place(shape: str, rect: QRectF) -> QRectF:
    return rect.adjusted(0, rect.height() * 0.3, 0, 0) if shape == "triangle" else rect


class GradeMark(QWidget):
    """A grade's mark as a widget; `name` is what a screen reader says."""

    def __init__(
        self,
        shape: str,
        letter: str,
        name: str,
        size: int = 20,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._side = scaled(size)
        self._shape, self._letter = shape, letter
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def set_grade(self, shape: str, letter: str, name: str) -> None:
        """Show another grade."""
        self._shape, self._letter = shape, letter
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        side = min(self.width(), self.height())
        left, top = (self.width() - side) / 2, (self.height() - side) / 2
        place = QRectF(left, top, side, side)
        paint_grade_mark(QPainter(self), place, self._shape, self._letter, current())
