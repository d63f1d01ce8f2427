"""What a person must know of her own files: the state of the disk, and what happened to them."""

from PySide6.QtWidgets import QWidget

from workstation.desk import Desk, LinkState
from workstation.ui.banner import Banner

KEEP_OPEN = "Keep this window open."


class DiskBar(Banner):
    """Shown while the disk is nearly full, or full; it cannot be dismissed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("danger", "", "octagon-alert", parent=parent)
        desk.link_changed.connect(self.fill)
        self.fill(desk.link())

    def fill(self, link: LinkState) -> None:
        """Say how much room there is."""
        self.set_text(link.disk)
        self.setVisible(bool(link.disk))


class UnsavedBar(Banner):
    """Shown while acts are not on this PC's disk yet; it cannot be dismissed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("warn", "", "save", parent=parent)
        desk.link_changed.connect(self.fill)
        self.fill(desk.link())

    def fill(self, link: LinkState) -> None:
        """Say how many, and what to do until they are."""
        acts = "1 act is" if link.unsaved == 1 else f"{link.unsaved} acts are"
        self.set_text(f"{link.unsaved_why} {KEEP_OPEN}", f"{acts} not saved:")
        self.setVisible(bool(link.unsaved))


class NoticeBar(Banner):
    """One notice at a time, the oldest first, until each was read."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("warn", "", "info", action="I have read this", parent=parent)
        self._desk = desk
        self._sentence = ""
        self.acted.connect(self._read)
        desk.link_changed.connect(self.fill)
        self.fill(desk.link())

    def fill(self, link: LinkState) -> None:
        """Show the oldest that was not read."""
        self._sentence = next(iter(link.notices), "")
        self.set_text(self._sentence)
        self.setVisible(bool(self._sentence))

    def _read(self) -> None:
        self._desk.read_notice(self._sentence)
