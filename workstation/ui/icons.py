"""Line icons from SVG files, tinted to a theme colour and sharp at any screen density.

Tinted pixmaps are kept in Qt's own pixmap cache; the folder is given once at start-up.
"""

import re
from pathlib import Path

from PySide6.QtCore import QByteArray, QCoreApplication, QRectF, QSize, Qt, qWarning
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

_FOLDER = "workstation_icon_folder"
_BLANK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" '
    'stroke="currentColor" stroke-width="2"><rect x="5" y="5" width="14" height="14"/></svg>'
)


def set_icon_folder(app: QCoreApplication, folder: Path) -> None:
    """Say where the icons' SVG files are."""
    app.setProperty(_FOLDER, str(folder))


def icon(name: str, colour: str, size: int = 16) -> QIcon:
    """An icon in one colour, for widgets and actions that take a QIcon."""
    return QIcon(pixmap(name, colour, size))


def pixmap(name: str, colour: str, size: int = 16, ratio: float = 0.0) -> QPixmap:
    """An icon as a pixmap for painting; `ratio` is the screen's, or the densest there is."""
    ratio = ratio or _screen_ratio()
    key = f"workstation/{_folder()}/{name}/{colour}/{size}/{ratio}"
    kept = QPixmap()
    if QPixmapCache.find(key, kept):
        return kept
    drawn = _draw(_tinted(name, colour), size, ratio)
    QPixmapCache.insert(key, drawn)
    return drawn


def paint_icon(painter: QPainter, name: str, colour: str, rect: QRectF) -> None:
    """Paint an icon into a rectangle."""
    device = painter.device()
    ratio = device.devicePixelRatioF() if device is not None else _screen_ratio()
    painter.drawPixmap(rect.topLeft(), pixmap(name, colour, round(rect.width()), max(1.0, ratio)))


def _screen_ratio() -> float:
    app = QGuiApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0


def _folder() -> str:
    app = QCoreApplication.instance()
    return str(app.property(_FOLDER) or "") if app is not None else ""


def _tinted(name: str, colour: str) -> bytes:
    path = Path(_folder()) / f"{name}.svg"
    if _folder() and path.is_file():
        drawing = path.read_text(encoding="utf-8")
    else:
        qWarning(f"There is no icon called {name}; a plain square is shown in its place.")
        drawing = _BLANK
    return re.sub("currentColor", colour, drawing).encode()


def _draw(drawing: bytes, size: int, ratio: float) -> QPixmap:
    side = round(size * ratio)
    drawn = QPixmap(QSize(side, side))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(0, 0, side, side))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn
