"""What to say to the caller, in large type to read aloud; one key logs that they were told.

Where contact may be unsafe, the question comes first and the words only after the answer.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.desk import Desk, Shown
from workstation.domain.limits import NAME
from workstation.domain.refusal import Refusal
from workstation.domain.replying import LogReply
from workstation.domain.report import Channel, ReportId
from workstation.domain.say_this import Saying, say_this
from workstation.domain.story import Means
from workstation.ui.keycap import KeyCap
from workstation.ui.ticker import ticker
from workstation.views.due import moment
from workstation.views.report.ask_form import AskForm, Keeping
from workstation.views.report.say_words import Words, first_asked, read_out

READING, SAY_THIS = "reading", "Say this"
TOLD, THEY_SAY_YES = "Told caller", "They say yes"
TOLD_KEYS = ("Ctrl", "Shift", "T")
NOT_SAVED = "This is not on this PC's disk yet. Read nothing out until it is."
NOTHING = "Nothing is decided on this report yet."
ASK_FIRST = "Ask first whether they can talk, then press Enter."


class SayForm(AskForm):
    """The words stand while they are true: they follow the report, the store and the clock."""

    takes_page = True

    def __init__(self, desk: Desk, id: ReportId) -> None:
        self._desk, self._id = desk, id
        self._saying: Saying | None = None
        self._why_not = ""
        self._was_asked = False
        super().__init__(SAY_THIS, (), TOLD, self._tell, Keeping(desk, id, READING))
        self.area = Words()
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(1, self.area, 1)
        self.keys = KeyCap(*TOLD_KEYS)
        self.row.insertWidget(1, self.keys)
        desk.reports_changed.connect(self._on_reports)
        desk.suggestions_changed.connect(self._on_words)
        ticker().tick.connect(self.fill)
        self.fill()

    @property
    def why_not(self) -> str:
        """Why nobody can be told yet; nothing when they can."""
        return self._why_not or ("" if self._is_open else ASK_FIRST)

    def fill(self) -> None:
        """Say what is so now; what is said already is left as it is."""
        shown, now = self._desk.report(self._id), self._desk.clock.now()
        found = self._desk.suggested(self._id)
        risks = found.flags if found is not None else ()
        saying = None
        if shown is not None and not shown.unsaved:
            saying = say_this(shown.report, self._desk.pack, now, shown.pending, risks)
        why = "" if saying is not None else _why_nothing(shown)
        if (saying, why) == (self._saying, self._why_not):
            return
        self._saying, self._why_not = saying, why
        self._show()

    def take_focus(self) -> None:
        """The words have the keyboard: arrows scroll, Enter says that they were told."""
        self._before = self.window().focusWidget()
        self.area.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def send(self) -> None:
        """Enter: first that they can talk, where that is asked; then that they were told."""
        if self._saying is not None and not self._is_open:
            self._was_asked = True
            self._show()
            return
        super().send()

    @property
    def _is_open(self) -> bool:
        return self._saying is None or not self._saying.ask or self._was_asked

    def _tell(self, _: dict[str, str]) -> Refusal | None:
        saying, shown = self._saying, self._desk.report(self._id)
        if saying is None or shown is None:
            return Refusal("say/nothing", self._why_not)
        in_person = shown.report.channel is Channel.IN_PERSON
        means: Means = "in person" if in_person else "phone"
        who = shown.report.facts.reporter.strip() or "The caller"
        told = LogReply(report=self._id, who=who[:NAME], means=means, words=saying.words)
        return self._desk.submit(told)

    def _show(self) -> None:
        saying = self._saying
        body = QWidget()
        if saying is None:
            self.title.setText(self._why_not)
        elif not self._is_open:
            body = first_asked(saying)
            self.title.setText(f"{SAY_THIS}: ask first, the words come after the answer.")
        else:
            body = read_out(saying)
            self.title.setText(self._decided(saying))
        self.area.setVisible(saying is not None)
        self.area.set_body(body)
        self.keys.setVisible(saying is not None and self._is_open)
        self.submit.set_text(TOLD if self._is_open else THEY_SAY_YES)

    def _decided(self, saying: Saying) -> str:
        told = saying.told_at
        now = self._desk.clock.now()
        again = f" Told {moment(told, now)}." if told is not None else ""
        return f"{SAY_THIS}: {saying.decided.lower()}. Read aloud what is large.{again}"

    def _on_reports(self, ids: frozenset[ReportId]) -> None:
        if self._id in ids:
            self.fill()

    def _on_words(self, id: ReportId) -> None:
        if id == self._id:
            self.fill()


def _why_nothing(shown: Shown | None) -> str:
    return NOT_SAVED if shown is not None and shown.unsaved else NOTHING
