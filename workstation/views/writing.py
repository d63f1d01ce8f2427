"""Ctrl+Enter while somebody writes: it finishes what they write, never an act they do not look at.

A field of the decision column, or of the page a call is taken on, is finished by that page's act.
"""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from workstation.views.attention_card import AttentionCard
from workstation.views.report.ask_form import AskForm
from workstation.views.report.composer import Composer
from workstation.views.report.facts import FactsForm
from workstation.views.report.guide_tab import GuideTab
from workstation.views.undelivered_bar import UndeliveredItem

NOT_HERE = "Ctrl+Enter does nothing in this field. F2 to F5 go to the decision."


def is_written_outside(focus: QWidget | None, *pages: QWidget) -> bool:
    """Whether the keyboard is in a field to write in that belongs to none of these pages.

    A question that is answered by choosing is written, too.
    """
    if _tab_of(focus) is not None:
        return True
    if not isinstance(focus, QLineEdit | QPlainTextEdit) or focus.isReadOnly():
        return False
    return not any(page.isAncestorOf(focus) for page in pages)


def finish(focus: QWidget | None, say: Callable[[str], object]) -> None:
    """Do what the form around the field does with its own Enter, or say that nothing is done."""
    while focus is not None:
        if isinstance(focus, Composer | AskForm | GuideTab):
            focus.send()
            return
        if isinstance(focus, FactsForm):
            focus.save()
            return
        if isinstance(focus, QLineEdit) and _is_finished_by_enter(focus):
            focus.returnPressed.emit()
            return
        focus = focus.parentWidget()
    say(NOT_HERE)


def _tab_of(focus: QWidget | None) -> GuideTab | None:
    while focus is not None and not isinstance(focus, GuideTab):
        focus = focus.parentWidget()
    return focus


def _is_finished_by_enter(field: QLineEdit) -> bool:
    """Whether it settles what was refused, or logs whom dispatch was told through."""
    parent = field.parentWidget()
    return isinstance(parent, AttentionCard | UndeliveredItem)
