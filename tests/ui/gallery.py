"""Draws every widget in both themes to build/shots, so that a person can look at them.

Run with `python -m tests.ui.gallery`.
"""

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, QStringListModel, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workstation.ui.accordion import Accordion
from workstation.ui.avatar import Avatar
from workstation.ui.banner import Banner
from workstation.ui.button import Button, IconButton
from workstation.ui.card import Card
from workstation.ui.chip import Chip, chip_width, paint_chip
from workstation.ui.counter import Counter
from workstation.ui.dialog import Answer, Dialog
from workstation.ui.empty import Empty
from workstation.ui.flow import FlowLayout
from workstation.ui.fonts import BOLD, load_fonts, mono_font, ui_font
from workstation.ui.form import ErrorSummary, Field
from workstation.ui.grade_mark import GradeMark
from workstation.ui.grade_tiles import GradeOption, GradeTiles
from workstation.ui.icons import paint_icon, set_icon_folder
from workstation.ui.keycap import KeyCap
from workstation.ui.label import Body, Caption, Code, ElidedLabel, Title
from workstation.ui.list_base import Index, RowDelegate, RowList, RowState, Section
from workstation.ui.marked_text import MarkedText
from workstation.ui.palette import CommandPalette, PaletteEntry, PaletteGroup
from workstation.ui.radio_card import CardOption, RadioCards
from workstation.ui.rail import Rail, RailItem
from workstation.ui.segmented import Segmented
from workstation.ui.select import Select
from workstation.ui.shortcut_sheet import Shortcut, ShortcutSheet
from workstation.ui.skeleton import Skeleton
from workstation.ui.surface import Rule, Surface
from workstation.ui.tabs import Tabs
from workstation.ui.text_area import TextArea
from workstation.ui.theme import apply_theme
from workstation.ui.toast import Toasts
from workstation.ui.tokens import DARK, LIGHT

ROOT = Path(__file__).parents[2]
GRADES = [
    GradeOption("I", "octagon", "I", "Immediate", "15 min"),
    GradeOption("P", "triangle", "P", "Priority", "60 min"),
    GradeOption("S", "square", "S", "Schedule", "48 h"),
    GradeOption("A", "pill", "A", "Appoint", "Booked"),
    GradeOption("R", "circle", "R", "Resolve", "Desk"),
]
ACCOUNT = (
    "My ex has been messaging me from new numbers since we split in August. Tonight he was "
    "outside the shop when I finished my shift and he knows where I park. He said I will "
    "regret it if I don\u2019t talk to him."
)
ROWS = [
    ("Overdue", "Harassment by ex-partner, messages", "\u221212:40", "Domestic abuse"),
    ("Overdue", "Shed break-in, two e-bikes stolen", "\u221203:05", ""),
    ("Due within 1 hour", "Neighbour dispute, shouting in street", "02:18", ""),
    ("Due within 1 hour", "<b>Web chat</b> & missing teenager", "04:51", "Child"),
]


class QueueRows(RowDelegate):
    """Rows as the queue will have them."""

    def section(self, index: Index) -> Section:
        name = ROWS[index.row()][0]
        late = name == "Overdue"
        return Section(
            name, "2", "danger" if late else "neutral", "triangle-alert" if late else ""
        )

    def height_of(self, index: Index) -> int:
        return 84 if ROWS[index.row()][3] else 60

    def paint_row(self, painter: QPainter, rect: QRectF, index: Index, state: RowState) -> None:
        _, title, due, flag = ROWS[index.row()]
        line = QRectF(rect.left() + 26, rect.top() + 8, rect.width() - 100, 22)
        place = QRectF(rect.left(), rect.top() + 11, 16, 16)
        paint_icon(painter, "globe", state.tokens.text2, place)
        self.draw_text(painter, line, title, ui_font(14, BOLD), state.tokens.text)
        below = line.translated(0, 23)
        self.draw_text(painter, below, "ONL-26-118204", mono_font(13), state.quiet)
        tone = "danger" if due.startswith("\u2212") else "warn"
        ink = state.tokens.tone(tone).text
        icon = "triangle-alert" if tone == "danger" else "timer"
        paint_icon(painter, icon, ink, QRectF(rect.right() - 66, rect.top() + 12, 14, 14))
        at = QRectF(rect.right() - 48, line.top(), 48, 22)
        self.draw_text(painter, at, due, ui_font(13, BOLD), ink)
        if flag:
            chip = QRectF(line.left(), below.bottom() + 1, chip_width(flag, "heart-pulse"), 22)
            paint_chip(painter, chip, flag, "vuln", "heart-pulse", state.tokens)


def prepare(app: QApplication) -> None:
    """Load the fonts and the icons."""
    load_fonts(ROOT / "resources" / "fonts")
    set_icon_folder(app, ROOT / "resources" / "icons")


def queue_column() -> QWidget:
    """The left column: title, filter, rows, states."""
    panel = Surface("panel")
    column = QVBoxLayout(panel)
    head = QHBoxLayout()
    head.addWidget(Title("Queue", 16))
    head.addWidget(Body("47", px=16), 1)
    head.addWidget(Button("Due first", "ghost", "list-filter"))
    column.addLayout(head)
    segments = Segmented(["All", "Online 40", "101 2", "Chat 5"], "Channel")
    segments.set_chosen(0)
    column.addWidget(segments)
    rows = RowList("Queue")
    rows.setModel(QStringListModel([row[1] for row in ROWS], rows))
    rows.setItemDelegate(QueueRows(rows))
    rows.setCurrentIndex(rows.model().index(0, 0))
    rows.setMinimumHeight(390)
    column.addWidget(rows, 1)
    column.addWidget(Skeleton(2))
    column.addWidget(
        Empty(
            "Queue clear",
            "No reports waiting for your skills. 14 people are waiting on 101.",
            action="Switch me to 101",
            action_icon="phone",
            tone="ok",
        )
    )
    panel.setFixedWidth(380)
    return panel


def top_bar() -> QWidget:
    """The bar with the counters."""
    bar = Surface("panel")
    bar.setFixedHeight(56)
    row = QHBoxLayout(bar)
    row.setSpacing(16)
    field = QLineEdit()
    field.setPlaceholderText("Search people, places, refs, or type a command")
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


def detail_column() -> QWidget:
    """The middle: title, chips, banners, tabs, cards."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setSpacing(10)
    column.addWidget(Title("Harassment by ex-partner, messages and at work"))
    chips = FlowLayout()
    chips.addWidget(Code("ONL-26-118204"))
    for text, tone, icon in (
        ("Online report", "neutral", "globe"),
        ("Domestic abuse", "vuln", "heart-pulse"),
        ("Likely council", "accent", "arrow-left-right"),
        ("Overdue", "danger", "triangle-alert"),
        ("Due soon", "warn", "timer"),
        ("Done", "ok", "circle-check"),
    ):
        chips.addWidget(Chip(text, tone, icon))
    chips.addWidget(Caption("Received 01:52"))
    chips.addWidget(IconButton("ellipsis", "More"))
    column.addLayout(chips)
    column.addWidget(
        Banner(
            "vuln",
            "Text 07700 900412 only, not between 17:00 and 08:00. He may check the phone.",
            "phone",
            "Safe contact: do not phone.",
        )
    )
    column.addWidget(
        Banner(
            "warn",
            "You can read, grade, log and redirect. 7 changes wait on this desk.",
            "cloud-off",
            "Working offline since 02:41.",
            "See 7 changes",
            dismissable=True,
        )
    )
    column.addWidget(Tabs(["Report", "People 3", "Linked 2", "Files 4", "History"], "Record"))
    account = Card("What they told us", "3 risk phrases", "flag", "warn")
    words = MarkedText()
    marks = [
        (ACCOUNT.index(part), len(part)) for part in ("knows where I park", "I will regret it")
    ]
    words.set_text(ACCOUNT, marks=marks)
    account.body.addWidget(words)
    column.addWidget(account)
    facts = Card("Key facts", "E to edit", "pencil")
    facts.body.addWidget(Caption("Person reporting"))
    facts.body.addWidget(Body("Karen Whitfield, 34", strong=True))
    facts.body.addWidget(ElidedLabel("A very long line that will not fit " * 6))
    column.addWidget(facts)
    summary = ErrorSummary()
    started = Field("Started", "Required", QLineEdit("21 Nov 2026, 22:05"))
    support = Field("Offence", "", Select(["8L Harassment", "30C Burglary"], "Offence"))
    pair = QHBoxLayout()
    pair.addWidget(started)
    pair.addWidget(support)
    column.addWidget(summary)
    column.addLayout(pair)
    summary.show_errors(
        [(started, "Enter when the crime started"), (support, "Choose the offence")],
        "record this crime",
    )
    column.addStretch(1)
    return page


def decide_column() -> QWidget:
    """The right column: accordion with grading, redirect cards, and the footer."""
    panel = Surface("panel")
    column = QVBoxLayout(panel)
    head = QHBoxLayout()
    head.addWidget(Title("Decide", 16), 1)
    head.addWidget(Caption("Step 1 of 3"))
    column.addLayout(head)
    accordion = Accordion()
    grading = QWidget()
    inside = QVBoxLayout(grading)
    for letter, word, level in (("T", "Threat", 3), ("H", "Harm", 2), ("R", "Risk", None)):
        row = QHBoxLayout()
        row.addWidget(Chip(letter, "primary"))
        row.addWidget(Body(word), 1)
        segments = Segmented(["None", "Low", "Med", "High"], word)
        segments.set_chosen(level)
        row.addWidget(segments)
        inside.addLayout(row)
    tiles = GradeTiles(GRADES)
    tiles.set_chosen_code("P")
    inside.addWidget(tiles)
    why = TextArea("Why this grade")
    why.set_text("Escalating pattern, attended workplace tonight, named child at risk Monday.")
    inside.addWidget(Field("Why this grade", "Required, goes on log", why))
    accordion.add_section("shield-alert", "Assess and grade", "", grading, ["F2"])
    cards = RadioCards(
        [
            CardOption("council", "Cambridge City Council", "Environmental health, noise", "C"),
            CardOption("btp", "British Transport Police", "Railway, stations", "B"),
            CardOption("fraud", "Report Fraud", "", "F", "Not for reports with a risk phrase"),
        ],
        "Agency",
    )
    cards.set_chosen_key("council")
    redirect = accordion.add_section(
        "arrow-left-right",
        "Redirect to another agency",
        "Council, BTP, other force",
        QWidget(),
        ["F3"],
    )
    imu = accordion.add_section("git-branch", "Hand to IMU", "", QWidget(), ["F5"])
    imu.set_enabled_because(False, "Available when a crime number is issued")
    accordion.open(0)
    column.addWidget(accordion)
    column.addWidget(cards)
    column.addStretch(1)
    column.addWidget(Button("Grade Priority, send", "primary", "send", ("Ctrl", "Enter")))
    pair = QHBoxLayout()
    pair.addWidget(Button("Ask supervisor", icon="hand"))
    disabled = Button("Save and next", icon="check")
    disabled.set_enabled_because(False, "Grade it first")
    pair.addWidget(disabled)
    pair.addWidget(Button("Discard", "danger"))
    column.addLayout(pair)
    marks = QHBoxLayout()
    for grade in GRADES:
        marks.addWidget(GradeMark(grade.shape, grade.letter, grade.name, 20))
        marks.addWidget(GradeMark(grade.shape, grade.letter, grade.name, 40))
    column.addLayout(marks)
    panel.setFixedWidth(420)
    assert redirect.header.isEnabled()
    return panel


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
        palette = CommandPalette(page, lambda text: GROUPS, "Tip: F3 then C does this in 2 keys")
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
