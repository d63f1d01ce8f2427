"""What grading sets going, in words; and the chain of acts that a grade is sent with."""

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
_NUMBERS = {6: "six", 7: "seven", 8: "eight"}
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


def setting(desk: DeskFace, report: Report, grade: Grade, risk: AssessRisk | None) -> Primary:
    """The key where a grade is set: officers go, or the desk keeps the report."""
    words = f"Grade {short_name(grade)}"
    if not grade.sends_officers:
        return Primary(words, words, keeps(grade), "check")
    follows = f"{sends(desk.pack, grade)}{owed(desk, report, risk)}"
    return Primary(f"{words}, send to dispatch", "Grade and send", follows)


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


def owed(desk: DeskFace, report: Report, risk: AssessRisk | None) -> str:
    """That a THRIVE is still to be made after it, or why the one that was made does not go."""
    if (left := left_out(desk, report, risk)) is not None:
        return f" THRIVE does not go yet: {left.sentence}"
    is_whole = risk is not None and _is_whole(risk, desk.pack)
    return "" if is_whole or report.thrive is not None else " THRIVE is then owed."


def left_out(desk: DeskFace, report: Report, risk: AssessRisk | None) -> Refusal | None:
    """Why a THRIVE does not go though each level is set; none where it goes, or levels lack."""
    if risk is None or not _is_whole(risk, desk.pack):
        return None
    return foresee(desk, report, [risk])


def _is_whole(risk: AssessRisk, pack: Pack) -> bool:
    return len(risk.levels) == len(pack.thrive)


def all_levels(pack: Pack) -> str:
    """What a THRIVE wants that was only begun."""
    count = _NUMBERS.get(len(pack.thrive), str(len(pack.thrive)))
    return f"Set all {count} {pack.thrive_model} levels first."


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
