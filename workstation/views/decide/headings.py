"""What the column's headings say: each panel's title tells what is on record already."""

from workstation.domain.report import Report
from workstation.ui.accordion import Accordion


def show_headings(accordion: Accordion, report: Report, why_no_imu: str) -> None:
    """Bring the four headings up to date; the IMU's stays shut with its reason."""
    grade, redirect, crime, imu = accordion.sections
    graded = report.grading
    if graded is not None:
        grade.set_words(f"Graded {graded.name}", graded.reason)
    else:
        grade.set_words("Assess and grade", "THRIVE, then the grade")
    redirect.set_words("Redirect to another agency", "Not a crime, duplicate, close")
    numbers = ", ".join(crime.number for crime in report.standing_crimes)
    if numbers:
        crime.set_words(f"Crime {numbers}", "Recorded. Another can be added")
    else:
        crime.set_words("Record crime", "Issues a number")
    imu.set_words("Hand to IMU", "")
    why = why_no_imu.partition(":")[0]
    imu.set_enabled_because(not why_no_imu, why or "Solvability and facts")


def steps_made(report: Report) -> str:
    """How far the record is: risk, grade and crime."""
    made = sum((report.thrive is not None, report.grading is not None, bool(report.crimes)))
    return f"{made} of 3 recorded" if made else ""
