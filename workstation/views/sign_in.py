"""Signing in: account, password that can be shown and pasted, the role, and what went wrong."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workstation.desk import LeftHere
from workstation.domain.roles import Role
from workstation.ui.banner import Banner
from workstation.ui.button import Button
from workstation.ui.form import Field
from workstation.ui.label import Secondary, Title
from workstation.ui.surface import Surface
from workstation.views.left_behind import LeftBehind, LeftBehindNotice

_ROLES = (Role.HANDLER, Role.DISPATCHER, Role.SUPERVISOR, Role.IMU_REVIEWER, Role.ADMINISTRATOR)


class SignInScreen(Surface):
    """`asked(account, password, role | None)`; the listener calls `show_trouble` or goes on."""

    asked = Signal(str, str, object)

    def __init__(
        self,
        store: str = "",
        account: str = "",
        left: Sequence[LeftBehind] = (),
        kept: Sequence[LeftHere] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("app", parent=parent)
        self.left_behind = LeftBehindNotice(left, kept)
        self.account = QLineEdit(account)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.show_password = Button("Show", icon="eye")
        self.show_password.setCheckable(True)
        self.show_password.setAccessibleName("Show the password")
        self.show_password.toggled.connect(self._on_show)
        self.role = QComboBox()
        self.role.addItem("Any role I have", None)
        for role in _ROLES:
            words = role.value.replace("imu", "IMU")
            self.role.addItem(words[:1].upper() + words[1:], role)
        self.trouble = Banner("danger", "", "circle-alert")
        self.trouble.hide()
        self.go = Button("Sign in", "primary", "log-in", keys=("Enter",))
        self.go.clicked.connect(self.ask)
        self._lay_out(store)
        (self.password if account else self.account).setFocus()

    def show_trouble(self, sentence: str) -> None:
        """Say why it did not work; the account stays, the password is to be typed again."""
        self.set_busy(False)
        self.trouble.set_text(sentence)
        self.trouble.setVisible(bool(sentence))
        self.password.selectAll()
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, busy: bool) -> None:
        """While the store is asked the button cannot be pressed twice."""
        self.go.set_enabled_because(not busy, "Asking the store.")
        self.go.set_text("Signing in" if busy else "Sign in")

    def ask(self) -> None:
        """Ask to be signed in, once both are typed."""
        missing = next((one for one in (self._account, self._password) if not _typed(one)), None)
        for field in (self._account, self._password):
            field.set_error("" if _typed(field) else f"Type your {field.label.text().lower()}.")
        if missing is not None:
            missing.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.trouble.hide()
        self.set_busy(True)
        account = self.account.text().strip()
        self.asked.emit(account, self.password.text(), self.role.currentData())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.go.isEnabled():
            self.ask()
        else:
            super().keyPressEvent(event)

    def _on_show(self, on: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password
        self.password.setEchoMode(mode)
        self.show_password.set_text("Hide" if on else "Show")
        self.show_password.setAccessibleName(f"{'Hide' if on else 'Show'} the password")
        self.show_password.set_icon_name("eye-off" if on else "eye")

    def _lay_out(self, store: str) -> None:
        box = Surface("raised", 10)
        box.setFixedWidth(420)
        column = QVBoxLayout(box)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(12)
        self._account = Field("Account", "Collar number", self.account)
        self._password = Field("Password", "", self.password)
        column.addWidget(Title("Demand Hub Workstation"))
        column.addWidget(Secondary(f"Store: {store}" if store else "Sign in to begin."))
        column.addWidget(self.trouble)
        column.addWidget(self._account)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._password, 1)
        line.addWidget(self.show_password, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(line)
        column.addWidget(Field("Role", "", self.role))
        column.addWidget(self.go)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(box)
        across.addStretch(1)
        page = QVBoxLayout(self)
        page.addWidget(self.left_behind)
        page.addStretch(1)
        page.addLayout(across)
        page.addStretch(2)


def _typed(field: Field) -> bool:
    return isinstance(field.editor, QLineEdit) and bool(field.editor.text().strip())
