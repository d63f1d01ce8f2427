"""How a panel's drafts end with its act, and how they are taken up again."""

from workstation.domain.refusal import Refusal
from workstation.ui.accordion import Accordion
from workstation.views.decide.drafts import Drafts
from workstation.views.decide.grade_panel import GradePanel
from workstation.views.decide.panel import Done, Panel
from workstation.views.decide.risk_draft import RiskDraft

_PANELS = (
    ("grade.", "emergency.", "thrive", "choice.grade"),
    ("redirect.", "not_crime.", "duplicate.", "close.", "choice.way", "choice.agency",
     "choice.told", "choice.duplicate_told"),
    ("crime.", "choice.victim"),
    ("imu.", "choice.imu"),
)  # fmt: skip


def panel_of(draft: str) -> int | None:
    """Which panel a draft belongs in, by its name."""
    fits = (n for n, names in enumerate(_PANELS) if draft and draft.startswith(names))
    return next(fits, None)


def act_and_forget(panel: Panel, drafts: Drafts, risk: RiskDraft) -> Refusal | Done:
    """Act, and forget what it was written from in the same breath."""
    answer = panel.act()
    if isinstance(answer, Done):
        drafts.drop(tuple(field for field in answer.drafts if field != "risk"))
        if "risk" in answer.drafts:
            _forget_risk(panel, drafts, risk)
    return answer


def _forget_risk(panel: Panel, drafts: Drafts, risk: RiskDraft) -> None:
    """What was written of an element that is no longer asked stays until it is in the log."""
    note = risk.note(panel.report)
    if note is None or panel.desk.submit(note) is None:
        risk.clear()
        drafts.drop(("thrive",))


def take_up(drafts: Drafts, grade: GradePanel, accordion: Accordion) -> None:
    """What was begun stands where it was typed, with that panel open."""
    newest = drafts.take_up()
    if drafts.has("emergency.why") or drafts.has("emergency.where"):
        grade.show_emergency(True, takes_focus=False)
    index = panel_of(newest)
    if index is not None and not accordion.isHidden():
        accordion.open(index)
