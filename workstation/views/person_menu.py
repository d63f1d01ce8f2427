"""The menu under the person's mark: signing out; in a demonstration, being somebody else."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from workstation.domain.roles import Role

if TYPE_CHECKING:
    from workstation.views.shell import MainWindow

_ROLES = (Role.HANDLER, Role.DISPATCHER, Role.SUPERVISOR, Role.IMU_REVIEWER)


def person_menu(window: "MainWindow", is_demonstration: bool) -> None:
    """Open it below the mark."""
    menu = QMenu(window)
    if is_demonstration:
        for role in _ROLES:
            words = role.value.replace("imu", "IMU")
            act = menu.addAction(f"Be the {words}")
            act.triggered.connect(lambda _=False, role=role: window.be(role))
        menu.addSeparator()
    menu.addAction("Sign out").triggered.connect(window.sign_out)
    menu.popup(window.top.person.mapToGlobal(window.top.person.rect().bottomLeft()))
