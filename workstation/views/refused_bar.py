"""What came back refused after it was done here: it stands until it is acknowledged."""

from workstation.desk import Attention, Case, Desk
from workstation.domain.settling import HELD
from workstation.ui.announcer import say
from workstation.ui.banner import Banner
from workstation.views.attention_words import command_words, report_words
from workstation.views.literal import literal


class RefusedBar(Banner):
    """Shows the newest refusal of this person's own work, and how many there are to look at.

    Those of before the start stand too. `acted` leads to where all of them wait to be settled:
    going there acknowledges them; while one is there, what comes is shown there only.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__("danger", "", "octagon-alert", action="Needs attention (Ctrl+4)")
        self._desk = desk
        self._is_quiet = False
        self._newest = ""
        desk.refused.connect(self._on_refused)
        desk.attention_changed.connect(self._renew)
        self.setVisible(self._fill())

    def set_quiet(self, quiet: bool) -> None:
        """Whether the person is where refused work stands."""
        self._is_quiet = quiet
        if quiet:
            self.hide()

    def _on_refused(self, case: Case) -> None:
        self._newest = case.id
        self.setVisible(self._fill() and not self._is_quiet)
        say(self, self.accessibleName(), assertive=True)

    def _renew(self) -> None:
        """Something was settled, here or elsewhere: what is left."""
        if not self.isHidden():
            self.setVisible(self._fill())

    def _fill(self) -> bool:
        """Say which report, which act and why; whether there is anything to say."""
        mine = [one for one in self._desk.attention() if one.mine]
        if not mine:
            return False
        shown = next((one for one in mine if one.case.id == self._newest), mine[-1])
        count = f" {len(mine)} to look at." if len(mine) > 1 else ""
        self.set_text(literal(f"{_which(self._desk, shown)}{count}"), _lead(shown))
        return True


def _lead(one: Attention) -> str:
    return "Held:" if one.case.code.startswith(HELD) else "Refused:"


def _which(desk: Desk, one: Attention) -> str:
    act = command_words(one.command)
    act = act if act.isupper() or act[:2].isupper() else act[:1].lower() + act[1:]
    return f"{act}, {report_words(desk, one.case.report)}: {one.case.sentence}"
