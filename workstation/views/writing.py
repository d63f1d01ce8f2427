"""Ctrl+Enter while somebody writes: it finishes what they write, never an act they do not look at.

A field of the decision column, or of the page a call is taken on, is finished by that page's act.
"""

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from workstation.views.report.ask_form import AskForm
from workstation.views.report.composer import Composer
from workstation.views.report.facts import FactsForm

NOT_HERE = "Ctrl+Enter does nothing in this field. F2 to F5 go to the decision."


def is_written_outside(focus: QWidget | None, *pages: QWidget) -> bool:
    """Whether the keyboard is in a field to write in that belongs to none of these pages."""
    if not isinstance(focus, QLineEdit | QPlainTextEdit) or focus.isReadOnly():
        return False
    return not any(page.isAncestorOf(focus) for page in pages)


def finish(focus: QWidget | None) -> bool:
    """Do what the form around the field does with its own Enter; says whether there is one."""
    while focus is not None:
        if isinstance(focus, Composer | AskForm):
            focus.send()
            return True
        if isinstance(focus, FactsForm):
            focus.save()
            return True
        focus = focus.parentWidget()
    return False
