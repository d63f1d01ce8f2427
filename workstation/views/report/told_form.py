"""Whether the caller was told, as the forms that end a report ask it."""

from collections.abc import Mapping

from PySide6.QtWidgets import QLineEdit

from workstation.desk import Desk
from workstation.domain.judgement import CallerTold
from workstation.domain.limits import LINE, NAME
from workstation.ui.select import Select
from workstation.views.due import clock_time
from workstation.views.report.ask_form import AskForm, Wanted
from workstation.views.told import BY, TOLD, WHEN, caller_told, say_day


def told_wanted(desk: Desk) -> tuple[Wanted, ...]:
    """The fields: yes or no, when and by whom, and what or why not."""
    box = Select([], TOLD)
    for words, value in (("Choose", ""), ("Yes", "yes"), ("No", "no")):
        box.addItem(words, value)
    now = clock_time(desk.clock.now())
    return (
        Wanted("told", TOLD, box),
        Wanted("told_at", WHEN, QLineEdit(), stood=now, most=LINE),
        Wanted("told_by", BY, QLineEdit(), stood=desk.person.name, most=NAME),
        Wanted("caller_told", "What were they told, or why not?", QLineEdit()),
    )


def with_day(form: AskForm, desk: Desk) -> AskForm:
    """Such a form, which says beside the time which day is meant."""
    field = form.fields["told_at"]
    line = field.editor
    if isinstance(line, QLineEdit):
        say_day(field, line, desk.clock.now)
    return form


def said_told(desk: Desk, said: Mapping[str, str]) -> CallerTold | None:
    """What such a form says, as it is recorded; None while nobody has answered."""
    return caller_told(said["told"], said["told_at"], said["told_by"], desk.clock.now())
