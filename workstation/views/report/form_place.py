"""Where a form stands on the report page, one at a time; a card to read out has the page alone."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from workstation.views.report.ask_form import AskForm


class FormPlace(QWidget):
    """`changed` tells that another form stands here, or none.

    The keyboard goes back to where it was, or to `otherwise`.
    """

    changed = Signal()

    def __init__(self, otherwise: QWidget) -> None:
        super().__init__()
        self._otherwise = otherwise
        self.form: AskForm | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    @property
    def has_page(self) -> bool:
        """Whether the form needs the room of the report."""
        return self.form is not None and self.form.takes_page

    def show_form(self, form: AskForm, takes_focus: bool) -> None:
        """Ask something; what was asked before goes."""
        self.close_form()
        self.form = form
        form.done.connect(self.close_form)
        form.left.connect(self.close_form)
        self._column.addWidget(form)
        tall = QSizePolicy.Policy.Expanding if form.takes_page else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Preferred, tall)
        self.show()
        form.show()
        self.changed.emit()
        if takes_focus:
            form.take_focus()

    def make_way(self) -> None:
        """Something of the report is wanted: what has the page to itself goes."""
        if self.has_page:
            self.close_form()

    def close_form(self) -> None:
        """Take the form away."""
        form, self.form = self.form, None
        if form is None:
            return
        self.changed.emit()  # what it hid is there again, for the keyboard to go back to
        form.give_focus_back(self._otherwise)
        self._column.removeWidget(form)
        form.hide()
        form.deleteLater()
        self.hide()
