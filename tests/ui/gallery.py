"""Draws every widget in both themes to build/shots, so that a person can look at them.

Run with `python -m tests.ui.gallery`.
"""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tests.ui.gallery_columns import decide_column, detail_column, queue_column
from workstation.ui.avatar import Avatar
from workstation.ui.button import Button
from workstation.ui.counter import Counter
from workstation.ui.dialog import Answer, Dialog
from workstation.ui.fonts import load_fonts
from workstation.ui.icons import set_icon_folder
from workstation.ui.keycap import KeyCap
from workstation.ui.palette import CommandPalette, PaletteEntry, PaletteGroup
from workstation.ui.rail import Rail, RailItem
from workstation.ui.shortcut_sheet import Shortcut, ShortcutSheet
from workstation.ui.surface import Rule, Surface
from workstation.ui.theme import apply_theme
from workstation.ui.toast import Toasts
from workstation.ui.tokens import DARK, LIGHT

ROOT = Path(__file__).parents[2]


def prepare(app: QApplication) -> None:
    """Load the fonts and the icons."""
    load_fonts(ROOT / "resources" / "fonts")
    set_icon_folder(app, ROOT / "resources" / "icons")


def top_bar() -> QWidget:
    """The bar with the counters."""
    bar = Surface("panel")
    bar.setFixedHeight(56)
    row = QHBoxLayout(bar)
    row.setSpacing(16)
    field = QLineEdit()
    field.setPlaceholderText("Search people, places, refs, or type a command")
    field.setAccessibleName("Search or command")
    row.addWidget(field, 1)
    row.addWidget(KeyCap("Ctrl", "K"))
    row.addStretch(1)
    nines = Counter("999 waiting", "0", "answered 3 s")
    ones = Counter("101 waiting")
    ones.set_value("14", "longest 06:42", "warn", "timer")
    for counter in (nines, ones, Counter("Online", "47", "2 overdue")):
        row.addWidget(counter)
        row.addWidget(Rule(standing=True))
    row.addWidget(Button("Available", icon="circle-check"))
    row.addWidget(Avatar("Kelly Rowe", "editing"))
    row.addWidget(Avatar("Mo Ahmed"))
    row.addWidget(Avatar("Sian Keogh", "away"))
    return bar


def rail() -> Rail:
    """The rail."""
    column = Rail(
        [
            RailItem("queue", "Queue", "inbox", "Ctrl+1"),
            RailItem("chats", "Chats", "messages-square"),
            RailItem("wall", "Wall", "layout-dashboard"),
            RailItem("alerts", "Alerts", "bell"),
            RailItem("help", "Help", "circle-help", at_foot=True),
        ]
    )
    column.set_chosen("queue")
    column.button("queue").set_badge("47")
    column.button("alerts").set_badge("2", urgent=True)
    return column


def build_page() -> QWidget:
    """Everything on one page."""
    page = Surface("app")
    page.resize(QSize(1680, 1080))
    across = QHBoxLayout(page)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(0)
    across.addWidget(rail())
    right = QVBoxLayout()
    right.setSpacing(0)
    across.addLayout(right, 1)
    right.addWidget(top_bar())
    right.addWidget(Rule())
    columns = QHBoxLayout()
    columns.setSpacing(0)
    right.addLayout(columns, 1)
    for part in (queue_column(), detail_column(), decide_column()):
        columns.addWidget(part)
    return page


GROUPS = (
    PaletteGroup(
        "This report, ONL-26-118211",
        (
            PaletteEntry(
                "Redirect as noise to Cambridge City Council",
                "Template N1",
                icon="arrow-left-right",
            ),
            PaletteEntry(
                "Redirect to another agency", "Choose agency", ("F3",), icon="arrow-left-right"
            ),
            PaletteEntry(
                "Hand noise report to IMU",
                keys=("F5",),
                enabled=False,
                why_disabled="Issue a crime number first",
                icon="git-branch",
            ),
        ),
    ),
    PaletteGroup("Go to", (PaletteEntry("Queue filtered by noise", "4 reports", icon="inbox"),)),
)


def draw(app: QApplication, folder: Path) -> None:
    """Draw the gallery, the palette, the sheet and the dialog in both themes."""
    folder.mkdir(parents=True, exist_ok=True)
    for tokens in (DARK, LIGHT):
        apply_theme(app, tokens)
        page = build_page()
        toasts = Toasts(page)
        toasts.show_toast(
            "Redirected to Cambridge City Council",
            "Email goes in 20 s",
            action="Undo",
            keys=("Ctrl", "Z"),
        )
        page.show()
        app.processEvents()
        page.grab().save(str(folder / f"gallery_{tokens.name}.png"))
        palette = CommandPalette(page, lambda _text: GROUPS, "Tip: F3 then C does this in 2 keys")
        palette.open_with("redirect noise")
        app.processEvents()
        page.grab().save(str(folder / f"gallery_palette_{tokens.name}.png"))
        palette.dismiss()
        sheet = ShortcutSheet(page)
        sheet.open_with(
            [
                Shortcut("Global", "Palette", ("Ctrl", "K")),
                Shortcut("Report", "Assess and grade", ("F2",)),
            ]
        )
        app.processEvents()
        page.grab().save(str(folder / f"gallery_sheet_{tokens.name}.png"))
        dialog = Dialog(
            "Take over from Sian Keogh?",
            "She is grading this now. Her draft is kept.",
            [Answer("no", "Leave it with her"), Answer("yes", "Take over", "danger")],
        )
        dialog.show()
        app.processEvents()
        dialog.grab().save(str(folder / f"gallery_dialog_{tokens.name}.png"))
        dialog.close()
        page.close()


def main() -> None:
    """Draw to build/shots."""
    app = QApplication([])
    app.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    prepare(app)
    draw(app, ROOT / "build" / "shots")


if __name__ == "__main__":
    main()
