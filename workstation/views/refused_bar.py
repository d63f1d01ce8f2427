"""What came back refused after it was done here: it stands until it is acknowledged."""

from workstation.desk import Case, Desk
from workstation.ui.announcer import say
from workstation.ui.banner import Banner


class RefusedBar(Banner):
    """Hidden until a refusal comes; `acted` leads to where all of them wait to be settled.

    Going there acknowledges it; while one is there, what comes is shown there only.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__("danger", "", "octagon-alert", action="Needs attention")
        self._is_quiet = False
        self.hide()
        desk.refused.connect(self._on_refused)

    def set_quiet(self, quiet: bool) -> None:
        """Whether the person is where refused work stands."""
        self._is_quiet = quiet
        if quiet:
            self.hide()

    def _on_refused(self, case: Case) -> None:
        self.set_text(case.sentence, "REFUSED after it was done here:")
        self.setVisible(not self._is_quiet)
        say(self, f"Refused: {case.sentence}", assertive=True)
