"""The one style sheet: the native editors, menus, scroll bars and tooltips, and nothing else."""

from workstation.ui.tokens import Tokens

_SHEET = """
QToolTip { background: %(raised)s; color: %(text)s; border: 1px solid %(line_strong)s;
  padding: 4px 8px; }
QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox { background: %(input)s; color: %(text)s;
  border: 1px solid %(line_strong)s; border-radius: 6px; padding: 1px 9px;
  selection-background-color: %(accent_fill)s; selection-color: %(on_accent)s; }
QLineEdit, QPlainTextEdit { placeholder-text-color: %(text3)s; }
QLineEdit, QComboBox, QAbstractSpinBox { min-height: %(height)spx; }
QPlainTextEdit { padding: 5px 6px; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
  border: 2px solid %(focus)s; padding: 0px 8px; }
QPlainTextEdit:focus { padding: 4px 5px; }
QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"], QComboBox[invalid="true"],
QAbstractSpinBox[invalid="true"] { border: 2px solid %(danger)s; padding: 0px 8px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {
  background: %(panel)s; color: %(text3)s; border: 1px solid %(line)s; }
QLineEdit[bare="true"] { background: transparent; border: none; padding: 0; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox QAbstractItemView, QListView[popup="true"] { background: %(raised)s; color: %(text)s;
  border: 1px solid %(line_strong)s; border-radius: 6px; padding: 4px; outline: none;
  selection-background-color: %(selected)s; selection-color: %(text)s; }
QMenu { background: %(raised)s; color: %(text)s; border: 1px solid %(line_strong)s;
  border-radius: 8px; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: %(selected)s; }
QMenu::item:disabled { color: %(text3)s; }
QMenu::separator { height: 1px; background: %(line)s; margin: 4px 8px; }
QScrollArea { background: transparent; border: none; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: %(line_strong)s; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: %(text3)s; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: %(line)s; }
"""


def style_sheet(tokens: Tokens, control_height: int) -> str:
    """The sheet of a theme, with controls of this height in pixels."""
    values = {name: value for name, value in vars(tokens).items() if isinstance(value, str)}
    return _SHEET % {**values, "height": str(control_height - 4)}
