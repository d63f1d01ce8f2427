"""Where: a place typed ahead offline, free words, or *unknown* and why."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from workstation.domain.earlier_places import EarlierPlace, is_in_several, with_area_of_town
from workstation.domain.places import Place
from workstation.domain.report import Location
from workstation.ui.form import Field
from workstation.ui.label import Caption
from workstation.ui.tick_box import TickBox
from workstation.ui.typeahead import Suggestion, TypeAhead
from workstation.views.decide.desk_face import DeskFace

WORTH_A_NOTE = 3
NOTHING_FITS = (
    "Nothing known here fits. Street and local names come from earlier reports on this desk; "
    "it can be typed in full."
)
AS_TYPED = "as typed: there are several, ask which town"
FROM_EARLIER = "From an earlier report: check the town and the place with the caller."
POSITION_FROM_EARLIER = "Place and map position are from an earlier report: check both."


class LocationField(Field):
    """Answers with a `Location`, or None while nothing is written; `edited` tells of changes."""

    edited = Signal()

    def __init__(self, desk: DeskFace, label: str = "Where") -> None:
        self.place = TypeAhead(self._find, "Where", "Town, street, postcode or place")
        self.why = QLineEdit()
        self.why.setAccessibleName("Why the location is unknown")
        self.why.setPlaceholderText("Why is the location unknown?")
        self.unknown = TickBox("Location unknown")
        self.note = Caption("")
        self.note.hide()
        super().__init__(label, "", _Either(self.place, self.why, self.note, self.unknown))
        self._desk = desk
        self._taken: tuple[str, Location] | None = None
        self._noted = ""
        self.editor.setFocusProxy(self.place)
        self.place.picked.connect(self._take)
        self.place.textChanged.connect(self._drop_note)
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
        found, words = self._desk.where(text), text.strip()
        if is_in_several(text, found):
            kept[words, AS_TYPED] = Suggestion(words, AS_TYPED, Location(text=words))
        for place in found:
            offer = _offered(place, words)
            kept.setdefault((offer.text, offer.detail), offer)
        self._say("" if kept or len(words) < WORTH_A_NOTE else NOTHING_FITS)
        return list(kept.values())

    def _take(self, suggestion: Suggestion) -> None:
        value = suggestion.value
        if isinstance(value, EarlierPlace):
            where = value.location
            value = with_area_of_town(where, self._desk.places(where.town))
            self._say(FROM_EARLIER if where.lat is None else POSITION_FROM_EARLIER)
        if isinstance(value, Location):
            self._taken = (suggestion.text, value)
        self.edited.emit()

    def _drop_note(self, text: str) -> None:
        """A note speaks of the text it was said of, and of no other."""
        if self._noted != text.strip():
            self._say("")

    def _say(self, note: str) -> None:
        self._noted = self.place.text().strip()
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.place.setAccessibleDescription(note)

    def _swap(self, unknown: bool) -> None:
        self.editor.setFocusProxy(self.why if unknown else self.place)
        self._say("")


def _offered(place: Place | EarlierPlace, typed: str) -> Suggestion:
    """What was typed stays where it says more than the place's own name, as a street does."""
    if isinstance(place, EarlierPlace):
        return Suggestion(place.name, place.note, place)
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
    """The place or the reason, a note on it, and the tick that chooses between them."""

    def __init__(self, place: QLineEdit, why: QLineEdit, note: Caption, unknown: TickBox) -> None:
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
        column.addWidget(note)
        column.addWidget(unknown)
