"""What is doubtful in a fact as it is typed or as it came: a sentence beside it, and no more."""

from datetime import datetime

from PySide6.QtWidgets import QLineEdit

from workstation.domain.report import Report
from workstation.domain.typed import doubt
from workstation.ui.form import Field
from workstation.views.decide.desk_face import DeskFace

KINDS = {"phone": "phone", "date_of_birth": "birth-date", "occurred": "date"}


def doubt_of(desk: DeskFace, kind: str, text: str) -> str:
    """What is doubtful in it, by the places this desk knows."""

    def is_known(outcode: str) -> bool:
        return any(place.kind == "postcode" for place in desk.places(outcode))

    return doubt(kind, text, _now(desk), is_known)


def doubts_of(desk: DeskFace, report: Report) -> dict[str, str]:
    """What is doubtful in the facts of a report, by the fact's name."""
    typed = {name: str(getattr(report.facts, name)) for name in KINDS}
    found = {name: doubt_of(desk, KINDS[name], text) for name, text in typed.items()}
    found["where"] = doubt_of(desk, "postcode", report.location.postcode)
    return {name: sentence for name, sentence in found.items() if sentence}


def doubted(field: Field, line: QLineEdit, kind: str, desk: DeskFace) -> None:
    """Mark what is doubtful once the person has left the field; typing on takes the mark away."""
    line.editingFinished.connect(lambda: field.set_doubt(doubt_of(desk, kind, line.text())))
    line.textChanged.connect(lambda _: field.set_doubt(""))


def _now(desk: DeskFace) -> datetime:
    return desk.clock.now()
