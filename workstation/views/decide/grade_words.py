"""What grading sets going, in words; and the chain of acts that a grade is sent with."""

from collections.abc import Mapping

from workstation.domain.act import Command
from workstation.domain.pack import Grade, Pack
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report
from workstation.domain.risk import AssessRisk
from workstation.views.decide.desk_face import DeskFace
from workstation.views.decide.foresight import foresee
from workstation.views.decide.panel import Done, Primary
from workstation.views.due import clock_time

LONGEST_NAME = 13
GRADED = ("grade.reason", "grade.where", "grade.unknown", "choice.grade")
NOT_YET = "Kept on this desk; dispatch has NOT got it yet."


def already(name: str, report: Report) -> Primary:
    """The grade stands as it is."""
    words = f"Graded {name} already"
    since = f"{name} since {clock_time(report.grading.at)}." if report.grading else ""
    return Primary(words, words, f"{since} Choose another grade to change it.", "check")


def only_thrive(report: Report) -> Primary:
    """The risk is put on record and the grade stays."""
    grading = report.grading
    stays = f"the grade stays {grading.name}" if grading else "the report is not graded yet"
    follows = f"Puts the THRIVE on record; {stays}."
    return Primary("Save THRIVE", "Save THRIVE", follows, "check")


def save_thrive(desk: DeskFace, risk: AssessRisk | None) -> Refusal | Done:
    """Put the risk on record by itself; nobody has to hold the report for that."""
    refusal = desk.submit(risk) if risk is not None else None
    return refusal or Done("THRIVE saved.", False, ("risk",))


def graded(grade: Grade | None) -> str:
    """What is said after grading: where officers are needed, that dispatch has NOT got it yet."""
    waits = grade is not None and grade.sends_officers
    what = NOT_YET if waits else "On this desk, on its way to the store."
    return f"Graded {grade.name if grade else ''}. {what}"


def sending(pack: Pack, grade: Grade, owed: str) -> Primary:
    """The key where the grade sends officers."""
    words = f"Grade {short_name(grade)}, send to dispatch"
    return Primary(words, "Grade and send", f"{sends(pack, grade)}{owed}")


def lowering(grade: Grade, report: Report) -> Primary:
    """The key where an emergency would be lowered by who may only ask for it."""
    name = short_name(grade)
    stands = report.grading.name if report.grading is not None else "The grade"
    follows = f"{stands} and its clock stand until a supervisor approves."
    return Primary(f"Ask to lower to {name}", f"Ask for {name}", follows, "hand")


def asked_to_lower(report: Report) -> Done:
    """What is said after asking."""
    stands = report.grading.name if report.grading is not None else "The grade"
    drafts = (*GRADED, "risk")
    return Done(f"A supervisor is asked. {stands} stands until then.", False, drafts)


def sends(pack: Pack, grade: Grade) -> str:
    """What follows from a grade that sends officers."""
    room = pack.terms.get("dispatch_room", "dispatch")
    target = f", target {spoken_target(grade)}" if grade.target_minutes else ""
    return f"Goes to the {room} as {grade.name}{target}; the report stays with you."


def owed(
    desk: DeskFace, report: Report, risk: AssessRisk | None, levels: Mapping[str, str]
) -> str:
    """That a THRIVE is still to be made after it, or why the one that was made does not go."""
    if len(levels) < len(desk.pack.thrive):
        return " THRIVE is then owed." if report.thrive is None else ""
    left = foresee(desk, report, [risk]) if risk is not None else None
    return f" THRIVE does not go yet: {left.sentence}" if left is not None else ""


def with_risk(
    desk: DeskFace, report: Report, risk: AssessRisk, acts: list[Command]
) -> list[Command]:
    """The acts with the risk before them, unless only an unfinished risk would hold them up."""
    whole = foresee(desk, report, [risk, *acts])
    if whole is not None and foresee(desk, report, acts) is None:
        return acts
    return [risk, *acts]


def short_name(grade: Grade) -> str:
    """The name of a grade where there is little room: whole, or its first word."""
    return grade.name if len(grade.name) <= LONGEST_NAME else grade.name.split()[0]


def spoken_target(grade: Grade) -> str:
    """The target as people say it: minutes to an hour and a half, hours above."""
    minutes = grade.target_minutes
    if minutes is None:
        return ""
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h"


def keeps(grade: Grade) -> str:
    target = spoken_target(grade)
    within = f" It is to be done within {target}." if target else ""
    return f"Nobody is sent: {grade.name}.{within}"
