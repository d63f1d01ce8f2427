"""The product's type: Inter for words, IBM Plex Mono for references, with even-width digits."""

from functools import lru_cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from workstation.ui.paint import forget_widths

_UI = ("Inter", "Segoe UI", "Noto Sans", "DejaVu Sans")
_MONO = ("IBM Plex Mono", "Consolas", "DejaVu Sans Mono")
_SCALE = "workstation_text_scale"

REGULAR, MEDIUM, BOLD = 400, 500, 600


def load_fonts(folder: Path) -> list[str]:
    """Register every font file of a folder and return the families found."""
    families: list[str] = []
    for path in sorted([*folder.rglob("*.otf"), *folder.rglob("*.ttf")]):
        number = QFontDatabase.addApplicationFont(str(path))
        if number < 0:
            raise ValueError(f"The font {path.name} cannot be read. Install the program again.")
        families += QFontDatabase.applicationFontFamilies(number)
    _made.cache_clear()  # what was made before may stand in another family
    forget_widths()
    return sorted(set(families))


def set_text_scale(app: QApplication, scale: float) -> None:
    """Set how large text and heights are: 1.0, 1.12, 1.25 or 1.5."""
    app.setProperty(_SCALE, scale)


def scaled(px: int) -> int:
    """A length in pixels at the person's text size."""
    app = QApplication.instance()
    scale = app.property(_SCALE) if app is not None else None
    return round(px * float(scale)) if scale else px


def ui_font(px: int, weight: int = REGULAR) -> QFont:
    """The font for words, never under 12 px, with digits of one width."""
    return _font(_UI, px, weight)


def mono_font(px: int, weight: int = REGULAR) -> QFont:
    """The font for references, plates, telephone numbers and postcodes."""
    return _font(_MONO, px, weight)


def _font(families: tuple[str, ...], px: int, weight: int) -> QFont:
    """One of the caller's own: a copy shares what is costly until it is changed."""
    return QFont(_made(families, max(12, scaled(px)), weight))


@lru_cache(maxsize=256)
def _made(families: tuple[str, ...], px: int, weight: int) -> QFont:
    font = QFont(list(families))
    font.setPixelSize(px)
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
