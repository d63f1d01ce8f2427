"""Grade marks are told apart with all colour taken away."""

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from workstation.ui.grade_mark import SHAPES, GradeMark, paint_grade_mark
from workstation.ui.tokens import DARK, LIGHT, Tokens

LETTERS = dict(zip(SHAPES, "IPSAR", strict=True))


def ink(shape: str, tokens: Tokens) -> list[float]:
    """How far each pixel of a 20 px mark is from its ground, in grey, 0 to 1."""
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(QColor(tokens.panel))
    painter = QPainter(image)
    paint_grade_mark(painter, QRectF(0, 0, 20, 20), shape, LETTERS[shape], tokens)
    painter.end()
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    ground = grey.pixelColor(0, 0).lightness()
    pixels = [grey.pixelColor(x, y).lightness() for y in range(20) for x in range(20)]
    return [abs(pixel - ground) / 255 for pixel in pixels]


def overlap(one: list[float], other: list[float]) -> float:
    """The share of ink two marks have in common; 1 is identical."""
    shared = sum(min(a, b) for a, b in zip(one, other, strict=True))
    return shared / max(1e-9, sum(max(a, b) for a, b in zip(one, other, strict=True)))


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
def test_marks_are_told_apart_in_grey(tokens: Tokens) -> None:
    inks = {shape: ink(shape, tokens) for shape in SHAPES}
    for one, other in combinations(SHAPES, 2):
        assert overlap(inks[one], inks[other]) < 0.6, (one, other)


def test_solid_marks_are_those_that_send_someone_now() -> None:
    for tokens in (DARK, LIGHT):
        solid = {shape for shape in SHAPES if tokens.grade(shape).solid}
        assert solid == {"octagon", "triangle"}


def test_a_mark_speaks_its_grade() -> None:
    mark = GradeMark("octagon", "I", "Immediate")
    mark.set_grade("triangle", "P", "Priority")
    assert mark.accessibleName() == "Priority"
