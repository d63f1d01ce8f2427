"""The three columns of the gallery, with invented people and places."""

from PySide6.QtCore import QRectF, QStringListModel
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workstation.ui.accordion import Accordion
from workstation.ui.banner import Banner
from workstation.ui.button import Button, IconButton
from workstation.ui.card import Card
from workstation.ui.chip import Chip, chip_width, paint_chip
from workstation.ui.empty import Empty
from workstation.ui.flow import FlowLayout
from workstation.ui.fonts import BOLD, mono_font, ui_font
from workstation.ui.form import ErrorSummary, Field
from workstation.ui.grade_mark import GradeMark
from workstation.ui.grade_tiles import GradeOption, GradeTiles
from workstation.ui.icons import paint_icon
from workstation.ui.label import Body, Caption, Code, ElidedLabel, PlainLabel, Title
from workstation.ui.list_base import Index, RowDelegate, RowList, RowState, Section
from workstation.ui.marked_text import MarkedText
from workstation.ui.radio_card import CardOption, RadioCards
from workstation.ui.segmented import Segmented
from workstation.ui.select import Select
from workstation.ui.skeleton import Skeleton
from workstation.ui.surface import Surface
from workstation.ui.tabs import Tabs
from workstation.ui.text_area import TextArea

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
    chips.addWidget(PlainLabel("Received 01:52", ui_font(13), wrap=False))
    chips.addWidget(IconButton("ellipsis", "More"))
    column.addLayout(chips)
    for banner in banners():
        column.addWidget(banner)
    column.addWidget(Tabs(["Report", "People 3", "Linked 2", "Files 4", "History"], "Record"))
    for card in (account_card(), facts_card(), crime_form()):
        column.addWidget(card)
    column.addStretch(1)
    return page


def banners() -> list[Banner]:
    """A banner that stays and one that may be dismissed."""
    return [
        Banner(
            "vuln",
            "Text 07700 900412 only, not between 17:00 and 08:00. He may check the phone.",
            "phone",
            "Safe contact: do not phone.",
        ),
        Banner(
            "warn",
            "You can read, grade, log and redirect. 7 changes wait on this desk.",
            "cloud-off",
            "Working offline since 02:41.",
            "See 7 changes",
            dismissable=True,
        ),
    ]


def account_card() -> Card:
    """What a person wrote, with its risk phrases."""
    account = Card("What they told us", "3 risk phrases", "flag", "warn")
    words = MarkedText()
    marks = [
        (ACCOUNT.index(part), len(part)) for part in ("knows where I park", "I will regret it")
    ]
    words.set_text(ACCOUNT, marks=marks)
    account.body.addWidget(words)
    return account


def facts_card() -> Card:
    """Captions over values."""
    facts = Card("Key facts", "E to edit", "pencil")
    facts.body.addWidget(Caption("Person reporting"))
    facts.body.addWidget(Body("Karen Whitfield, 34", strong=True))
    facts.body.addWidget(ElidedLabel("A very long line that will not fit " * 6))
    return facts


def crime_form() -> QWidget:
    """A form with two things wrong."""
    form = QWidget()
    column = QVBoxLayout(form)
    column.setContentsMargins(0, 0, 0, 0)
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
    return form


def decide_column() -> QWidget:
    """The right column: accordion with grading, redirect cards, and the footer."""
    panel = Surface("panel")
    column = QVBoxLayout(panel)
    head = QHBoxLayout()
    head.addWidget(Title("Decide", 16), 1)
    head.addWidget(Caption("Step 1 of 3"))
    column.addLayout(head)
    column.addWidget(tasks())
    column.addWidget(agencies())
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
    return panel


def tasks() -> Accordion:
    """The accordion of four tasks."""
    accordion = Accordion()
    accordion.add_section("shield-alert", "Assess and grade", "", grading(), ["F2"])
    accordion.add_section(
        "arrow-left-right",
        "Redirect to another agency",
        "Council, BTP, other force",
        QWidget(),
        ["F3"],
    )
    imu = accordion.add_section("git-branch", "Hand to IMU", "", QWidget(), ["F5"])
    imu.set_enabled_because(False, "Available when a crime number is issued")
    accordion.open(0)
    return accordion


def grading() -> QWidget:
    """The body of one task."""
    body = QWidget()
    inside = QVBoxLayout(body)
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
    return body


def agencies() -> RadioCards:
    """Agencies to choose from."""
    cards = RadioCards(
        [
            CardOption("council", "Cambridge City Council", "Environmental health, noise", "C"),
            CardOption("btp", "British Transport Police", "Railway, stations", "B"),
            CardOption("fraud", "Report Fraud", "", "F", "Not for reports with a risk phrase"),
        ],
        "Agency",
    )
    cards.set_chosen_key("council")
    return cards
