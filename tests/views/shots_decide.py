"""Renders each decision panel and the taking page, at both sizes and in both themes."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.gallery import prepare
from tests.views.decide_stage import LARGE, SMALL, Stage, settle
from tests.views.deciding_desk import HARASSMENT, NOISE, desk_with_reports
from workstation.domain.report import Victim
from workstation.ui.theme import apply_theme
from workstation.ui.tokens import DARK, LIGHT
from workstation.views.decide.hold import Hold
from workstation.views.taking.page import TakingPage


def draw(folder: Path, size: tuple[int, int], theme: str) -> None:
    """All panels at one size in one theme."""
    name = f"{theme}_{size[0]}x{size[1]}"
    desk = desk_with_reports()
    stage = Stage(desk, size)
    column = stage.open(HARASSMENT)
    column.open_panel(0)
    for key, index in zip("THRIVE", (3, 2, 3, 2, 3, 0), strict=True):
        column.grade.rows.rows[key].choose(index)
    column.grade.pick("P")
    column.grade.reason.set_text("Escalating pattern, attended workplace tonight. Caller safe.")
    shoot(stage, folder / f"panels_grade_{name}.png")
    column.send_now()
    shoot(stage, folder / f"panels_emergency_{name}.png")
    stage.open(NOISE)
    column.open_panel(1)
    column.redirect.key("0")
    column.redirect.key("C")
    shoot(stage, folder / f"panels_redirect_{name}.png")
    column.redirect.key("N")
    shoot(stage, folder / f"panels_notcrime_{name}.png")
    stage.open(HARASSMENT)
    column.redirect.key("0")
    column.open_panel(1)
    shoot(stage, folder / f"panels_refused_{name}.png")
    column.open_panel(2)
    column.crime.offence.setText("8/11 Harassment")
    column.crime.kind.choose(0)
    shoot(stage, folder / f"panels_crime_{name}.png")
    desk.record_crime(HARASSMENT, desk.pack.offences[0].code, Victim("person", "Karen Whitfield"))
    column.open_panel(3)
    shoot(stage, folder / f"panels_imu_{name}.png")
    stage.close()
    page = TakingPage(desk)
    page.resize(*size)
    page.show()
    page.begin()
    page.what.account.set_text("A man is trying car doors in our street, he has a crowbar.")
    page.send_officers()
    shoot(page, folder / f"panels_taking_{name}.png")
    page.close()


def shoot(widget: QWidget, path: Path) -> None:
    """Wait until nothing moves, then keep the picture."""
    settle()
    while any(hold.is_settling for hold in widget.findChildren(Hold)):
        QApplication.processEvents()
    settle()
    widget.grab().save(str(path))


def main() -> None:
    """Both sizes, both themes, into the folder named on the command line."""
    app = QApplication([])
    prepare(app)
    for tokens in (DARK, LIGHT):
        apply_theme(app, tokens)
        for size in (LARGE, SMALL):
            draw(Path(sys.argv[1]), size, tokens.name)


if __name__ == "__main__":
    main()
