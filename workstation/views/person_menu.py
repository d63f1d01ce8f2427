"""The menu under the person's mark: signing out; in a demonstration, being somebody else."""

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QWidget

from workstation.domain.roles import Role

_ROLES = (Role.HANDLER, Role.DISPATCHER, Role.SUPERVISOR, Role.IMU_REVIEWER)


def person_menu(
    mark: QWidget, sign_out: Callable[[], None], be: Callable[[Role], None] | None
) -> None:
    """Open it below the mark; `be` is given in a demonstration."""
    menu = QMenu(mark.window())
    if be is not None:
        for role in _ROLES:
            words = role.value.replace("imu", "IMU")
            act = menu.addAction(f"Be the {words}")
            act.triggered.connect(lambda _=False, role=role, be=be: be(role))
        menu.addSeparator()
    menu.addAction("Sign out").triggered.connect(sign_out)
    menu.popup(mark.mapToGlobal(mark.rect().bottomLeft()))
