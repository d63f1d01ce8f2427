"""Where: a place typed ahead offline, free words, or *unknown* and why."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from workstation.domain.places import Place
from workstation.domain.report import Location
from workstation.ui.form import Field
from workstation.ui.tick_box import TickBox
from workstation.ui.typeahead import Suggestion, TypeAhead
from workstation.views.decide.desk_face import DeskFace


class LocationField(Field):
    """Answers with a `Location`, or None while nothing is written; `edited` tells of changes."""

    edited = Signal()

    def __init__(self, desk: DeskFace, label: str = "Where") -> None:
        self.place = TypeAhead(self._find, "Where", "Town, street, postcode or place")
        self.why = QLineEdit()
        self.why.setAccessibleName("Why the location is unknown")
        self.why.setPlaceholderText("Why is the location unknown?")
        self.unknown = TickBox("Location unknown")
        super().__init__(label, "", _Either(self.place, self.why, self.unknown))
        self._desk = desk
        self._taken: tuple[str, Location] | None = None
        self.editor.setFocusProxy(self.place)
        self.place.picked.connect(self._take)
        for signal in (self.place.textEdited, self.why.textEdited, self.unknown.toggled):
            signal.connect(lambda *_: self.edited.emit())
        self.unknown.toggled.connect(self._swap)
        self.unknown.clicked.connect(lambda _: self.editor.setFocus())

    def location(self) -> Location | None:
        """What is written here."""
        if self.unknown.isChecked():
            why = self.why.text().strip()
            return Location(unknown_because=why) if why else None
        words = self.place.text().strip()
        if self._taken is not None and self._taken[0] == words:
            return self._taken[1]
        return Location(text=words) if words else None

    def clear(self) -> None:
        """Take everything away."""
        self._taken = None
        self.place.clear()
        self.why.clear()
        self.unknown.setChecked(False)

    def take_up(self) -> None:
        """Stand as the kept drafts say: words alone, or *unknown* where a reason was kept."""
        self._taken = None
        self.unknown.setChecked(bool(self.why.text()))

    def _find(self, text: str) -> list[Suggestion]:
        kept: dict[tuple[str, str], Suggestion] = {}
        for place in self._desk.places(text):
            offer = _offered(place, text.strip())
            kept.setdefault((offer.text, offer.detail), offer)
        return list(kept.values())

    def _take(self, suggestion: Suggestion) -> None:
        if isinstance(suggestion.value, Location):
            self._taken = (suggestion.text, suggestion.value)
        self.edited.emit()

    def _swap(self, unknown: bool) -> None:
        self.editor.setFocusProxy(self.why if unknown else self.place)


def _offered(place: Place, typed: str) -> Suggestion:
    """What was typed stays where it says more than the place's own name, as a street does."""
    text = typed if place.name.casefold() in typed.casefold() else place.name
    location = Location(
        text=text,
        town=place.name if place.kind == "town" else "",
        postcode=place.name if place.kind == "postcode" else "",
        district=place.district,
        area=place.area,
        lat=place.lat,
        lon=place.lon,
        rural=place.rural,
    )
    return Suggestion(text, place.within or place.note, location)


class _Either(QWidget):
    """The place or the reason, with the tick that chooses between them."""

    def __init__(self, place: QLineEdit, why: QLineEdit, unknown: TickBox) -> None:
        super().__init__()
        lines = QWidget()
        stack = QStackedLayout(lines)
        stack.addWidget(place)
        stack.addWidget(why)
        unknown.toggled.connect(lambda on: stack.setCurrentIndex(int(on)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(lines)
        column.addWidget(unknown)
