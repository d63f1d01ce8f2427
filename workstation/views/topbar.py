"""The bar at the top: one field for everything, live counters, who works here, and the time."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.desk import Counters, Desk
from workstation.domain.report import Channel
from workstation.domain.roles import Role
from workstation.ui.avatar import Avatar
from workstation.ui.button import Button
from workstation.ui.chip import Chip
from workstation.ui.counter import Counter
from workstation.ui.fonts import scaled
from workstation.ui.label import Caption, Title
from workstation.ui.surface import Rule, Surface
from workstation.ui.ticker import ticker
from workstation.views.due import clock_time, day

DEMONSTRATION = "DEMONSTRATION: nothing here is real"
_COUNTED: tuple[tuple[Channel, str], ...] = (
    (Channel.CALL_999, "999"),
    (Channel.CALL_101, "101"),
    (Channel.ONLINE, "Online"),
    (Channel.CHAT, "Chats"),
)


class TopBar(Surface):
    """Filled from the desk's counters; `person_asked` wants the menu of the person."""

    search_asked = Signal()
    person_asked = Signal()

    def __init__(
        self, desk: Desk, demonstration: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__("panel", parent=parent)
        self._desk = desk
        self.setFixedHeight(scaled(56))
        self.search = Button("", icon="search", keys=("Ctrl", "K"))
        self.search.clicked.connect(self.search_asked)
        self.demonstration = Chip(DEMONSTRATION, "primary", "flag")
        self.demonstration.setVisible(demonstration)
        self.counters = {channel: Counter(name) for channel, name in _COUNTED}
        self.overdue = Counter("Overdue")
        self.person = Button(role_words(desk.pack.terms, desk.person.roles), icon="user")
        self.person.setAccessibleName(f"{desk.person.name}, {self.person.text()}")
        self.person.clicked.connect(self.person_asked)
        self.time = Title("", 16)
        self.day = Caption("", strong=True)
        for label in (self.time, self.day):
            label.setWordWrap(False)
        self._lay_out()
        self.set_narrow(False)
        self.fill(desk.counters())
        ticker().tick.connect(self._tick)
        self._tick()

    def fill(self, counters: Counters) -> None:
        """Show how many wait by channel, and how many are overdue."""
        for channel, counter in self.counters.items():
            counter.set_value(str(counters.by_channel.get(channel, 0)))
        late = counters.overdue
        icon = "triangle-alert" if late else ""
        self.overdue.set_value(str(late), tone="danger" if late else "neutral", icon=icon)

    def set_narrow(self, narrow: bool) -> None:
        """Take less room on a narrow screen; no counter goes."""
        self.search.setFixedWidth(scaled(284 if narrow else 460))
        words = "Search or command" if narrow else "Search reports, or type a command"
        self.search.set_text(words)

    def _tick(self) -> None:
        now = self._desk.clock.now()
        if self.time.text() != clock_time(now):
            self.time.setText(clock_time(now))
            self.day.setText(day(now))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(16)
        row.addWidget(self.search)
        row.addWidget(self.demonstration)
        row.addStretch(1)
        for counter in (*self.counters.values(), self.overdue):
            row.addWidget(counter)
            rule = Rule(standing=True)
            rule.setFixedHeight(scaled(34))
            row.addWidget(rule)
        row.addWidget(self.person)
        times = QVBoxLayout()
        times.setContentsMargins(0, 8, 0, 8)
        times.setSpacing(0)
        times.addWidget(self.time)
        times.addWidget(self.day)
        row.addLayout(times)
        row.addWidget(Avatar(self._desk.person.name))


def role_words(terms: dict[str, str], roles: tuple[Role, ...]) -> str:
    """The person's roles in the force's own words."""
    named = {
        Role.HANDLER: terms.get("handler", "Call handler"),
        Role.DISPATCHER: terms.get("dispatcher", "Dispatcher"),
        Role.SUPERVISOR: terms.get("supervisor", "Supervisor"),
        Role.IMU_REVIEWER: f"{terms.get('imu_short', 'IMU')} reviewer",
    }
    return ", ".join(named.get(role, role.capitalize()) for role in roles)
