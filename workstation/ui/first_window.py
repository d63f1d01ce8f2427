"""What is on screen while the rest of the program is still being imported."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel


def first_window() -> tuple[QApplication, QLabel]:
    """The application, and a window that says that it is starting, painted once."""
    application = QApplication([])
    application.setApplicationName("Demand Hub Workstation")
    application.setStyle("Fusion")
    window = QLabel("Demand Hub Workstation\nStarting…")
    window.setTextFormat(Qt.TextFormat.PlainText)
    window.setAlignment(Qt.AlignmentFlag.AlignCenter)
    window.setStyleSheet("background: #121519; color: #E8ECF0; font-size: 18px")
    window.setWindowTitle("Demand Hub Workstation")
    window.resize(1366, 768)
    window.show()
    application.processEvents()
    return application, window
