"""Every command of the window, with its keys and the reason when it cannot be done now."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from workstation.desk import Desk
from workstation.domain.report import ReportId
from workstation.ui.theme import current
from workstation.views.actions import EVERYWHERE, LOG, QUEUE, REPORT, Actions, Spec
from workstation.views.afterwards import Afterwards
from workstation.views.decide.crime_panel import MERGE_WORDS
from workstation.views.panel_keys import add_panel_keys
from workstation.views.queue.columns import QueueColumn
from workstation.views.reasons import Reasons
from workstation.views.report.acts import (
    ask_form,
    close_form,
    duplicate_form,
    merge_form,
    reopen_form,
)
from workstation.views.report.ask_form import AskForm
from workstation.views.report.flag_forms import clear_form, flag_form
from workstation.views.report.log_acts import CHECKING, CONTACTING, correcting, newest_note
from workstation.views.report.lowering_form import LOWERING
from workstation.views.report.needs_form import NEEDING
from workstation.views.report.offer_forms import offer_form
from workstation.views.report.promise_forms import (
    ANSWERING,
    DONE,
    I_SAID,
    INITIAL,
    LETTING_GO,
    REPLYING,
    SAYING,
)
from workstation.views.report.right_care_form import CARING
from workstation.views.report.safe_contact_form import REACHING
from workstation.views.report.unsure_bar import ON_THE_PHONE
from workstation.views.telling_keys import add_telling
from workstation.views.window import Window

_Value = TypeVar("_Value")
_PANELS = (
    ("grade", "Assess and grade", "F2", "shield-alert"),
    ("redirect", "Redirect to another agency", "F3", "arrow-left-right"),
    ("crime", "Record crime", "F4", "file-plus"),
    ("imu", "Hand to IMU", "F5", "git-branch"),
)
_PLACES = (
    ("queue", "Go to the queue", "Ctrl+1", "inbox"),
    ("dispatch", "Go to dispatch", "Ctrl+2", "radio"),
    ("imu", "Go to what was handed over", "Ctrl+3", "git-branch"),
    ("attention", "Go to Needs attention", "Ctrl+4", "bell"),
    ("owed", "Go to what is still owed", "Ctrl+5", "calendar-clock"),
    ("records", "Search all records", "Ctrl+6", "search"),
    ("settings", "Settings", "", "settings"),
)
_MORE = ("report.offer", "report.flag", "report.clear_flag", "report.ask", "report.close",
         "report.duplicate", "report.reopen", "report.merge", "promise.initial", "promise.said",
         "promise.done", "promise.let_go", "promise.reply", "promise.needs", "promise.answer",
         "report.say", "report.promises")  # fmt: skip


def add_commands(window: Window, actions: Actions, afterwards: Afterwards) -> None:
    """Fill the one list."""
    why = Reasons(window)
    _add_report(window, actions, why)
    _add_between_people(window, actions, why)
    _add_promises(window, actions, why)
    _add_lists(window, actions, why)
    _add_places(window, actions, why)
    add_telling(window, actions, why, afterwards)
    add_panel_keys(window, actions, why)


def more_menu(window: "MenuWindow") -> None:
    """The menu of what else can be done with a report; what cannot says why."""
    menu = QMenu(window.work)
    menu.setToolTipsVisible(True)
    for spec in window.commands.specs():
        if spec.id in _MORE:
            reason = spec.why_not()
            words = spec.text if not reason else f"{spec.text}: {reason}"
            act = menu.addAction(words.replace("&", "&&"))
            act.setEnabled(not reason)
            act.triggered.connect(lambda _=False, id=spec.id: window.commands.run(id))
    menu.popup(place_of(menu, window))


def place_of(menu: QMenu, window: Window) -> QPoint:
    """Below its button, moved to the left as far as the window's edge asks for."""
    more, work = window.work.report.header.more, window.work
    at = more.mapToGlobal(more.rect().bottomLeft())
    right = work.mapToGlobal(work.rect().bottomRight()).x() + 1
    return QPoint(max(0, min(at.x(), right - menu.sizeHint().width())), at.y())


class MenuWindow(Window, Protocol):
    """A window that has its list of commands."""

    commands: Actions


def _add_report(window: Window, actions: Actions, why: Reasons) -> None:
    work, ask = window.work, _questions(window)
    window.taking.questions.clicked.connect(ask)
    for index, (id, text, keys, icon) in enumerate(_PANELS):
        open_panel = _bind(work.decide.open_panel, index)
        _put(actions, f"decide.{id}", text, open_panel, keys, REPORT, icon, why.not_mine_to_write)
    rows: tuple[tuple[str, str, Callable[[], object], str, str, Callable[[], str]], ...] = (
        ("primary", "Do what the primary button says", window.press_primary, "Ctrl+Return",
         "send", _free),
        ("emergency", "Emergency: send officers now", window.send_officers, "Ctrl+Shift+E",
         "siren", why.nobody_to_send_for),
        ("supervisor", "Ask a supervisor to look", work.decide.ask_supervisor, "F8", "hand",
         why.not_mine_to_write),
        ("ask", "Ask a supervisor something", _form(window, ask_form), "", "hand",
         why.not_mine_to_write),
        ("take", "Take, accept or release this report", work.report.take_or_release, "F9",
         "user-check", why.not_mine_to_write),
        ("phone", ON_THE_PHONE, work.report.unsure.go_on, "F7", "phone-call",
         why.claim_is_sure),
        ("facts", "Edit the key facts", work.report.edit_facts, "Ctrl+E", "pencil",
         why.not_mine_to_write),
        ("questions", "Ask questions, read out advice", ask, "F10", "circle-help",
         why.nobody_to_send_for),
        ("promises", "Show how the due time is worked out", work.report.toggle_promises,
         "Ctrl+D", "clock", why.no_report),
        ("close", "Close this report", _form(window, close_form), "", "archive", why.ended),
        ("duplicate", "Mark as a duplicate", _form(window, duplicate_form), "", "copy",
         why.ended),
        ("merge", MERGE_WORDS, _form(window, merge_form), "", "copy", why.one_number),
        ("reopen", "Reopen this report", _form(window, reopen_form), "", "rotate-ccw",
         why.still_open),
        ("next", "Next report of the list", _bind(work.step, 1), "Ctrl+]", "arrow-down",
         why.no_list),
        ("previous", "Previous report of the list", _bind(work.step, -1), "Ctrl+[", "arrow-up",
         why.no_list),
    )  # fmt: skip
    for id, text, run, keys, icon, reason in rows:
        _put(actions, f"report.{id}", text, run, keys, REPORT, icon, reason)
    _put(actions, "log.note", "Add to the log", work.report.write_note, "Ctrl+L", LOG, "pencil",
         why.not_mine_to_write)  # fmt: skip
    hazard = work.report.composer.hazard.toggle
    _put(actions, "log.hazard", "The note is a hazard, or is not", hazard, "Alt+H", LOG,
         "octagon-alert", why.not_mine_to_write)  # fmt: skip

    _put(actions, "log.contact", "Log a contact with the public", _ask(window, CONTACTING),
         "Ctrl+Shift+L", LOG, "phone-call", why.not_mine_to_write)  # fmt: skip
    _put(actions, "log.correct", "Correct the newest note", _correct_newest(window), "", LOG,
         "pencil", why.no_note)  # fmt: skip
    _put(actions, "log.checked", "Log the voice check", _ask(window, CHECKING), "", LOG,
         "phone-call", why.nothing_to_check)  # fmt: skip


def _add_between_people(window: Window, actions: Actions, why: Reasons) -> None:
    page = window.work.report
    rows: tuple[tuple[str, str, Callable[[], object], str, str, Callable[[], str]], ...] = (
        ("offer", "Offer this report to a colleague", _form(window, offer_form),
         "Ctrl+Shift+O",
         "user-plus", why.not_holding),
        ("decline", "Decline what is offered to you", page.decline_offer, "", "user-x",
         why.not_offered),
        ("keep", "Keep what you offered", page.offer.keep, "", "undo-2",
         why.not_offering),
        ("flag", "Flag a risk to somebody", _form(window, flag_form), "Ctrl+Shift+F", "flag",
         why.not_mine_to_write),
        ("care", "Record Right Care Right Person", _ask(window, CARING), "", "badge-check",
         why.not_mine_to_write),
        ("reach", "Safe contact: how they may be reached", _ask(window, REACHING),
         "Ctrl+Shift+P", "phone", why.not_mine_to_write),
        ("lowering", "Answer who would lower this emergency", _ask(window, LOWERING), "", "hand",
         why.no_lowering),
        ("record", "Record what is still asked for", page.standings.ask, "Ctrl+J", "pencil",
         why.nothing_to_record),
        ("clear_flag", "Clear a flag", _form(window, clear_form), "", "flag", why.no_flag),
    )  # fmt: skip
    for id, text, run, keys, icon, reason in rows:
        _put(actions, f"report.{id}", text, run, keys, REPORT, icon, reason)


def _add_promises(window: Window, actions: Actions, why: Reasons) -> None:
    rows: tuple[tuple[str, str, str, str, str, Callable[[], str]], ...] = (
        ("initial", "Initial check done: it may wait for its review", INITIAL, "Ctrl+Shift+I",
         "eye", why.looked_at),
        ("said", I_SAID, SAYING, "F12", "calendar-clock", why.not_mine_to_write),
        ("done", "Done as promised", DONE, "Ctrl+Shift+K", "check", why.nothing_said),
        ("let_go", "Let a promise go", LETTING_GO, "", "x", why.nothing_owed),
        ("reply", "Log the reply that was promised", REPLYING, "Ctrl+Shift+R", "send",
         why.not_mine_to_write),
        ("needs", "Needs assessment: what was found", NEEDING, "Ctrl+Shift+N", "user-check",
         why.nobody_harmed),
        ("answer", "Log that the agency has it", ANSWERING, "", "building", why.not_redirected),
    )  # fmt: skip
    for id, text, form, keys, icon, reason in rows:
        _put(actions, f"promise.{id}", text, _ask(window, form), keys, REPORT, icon, reason)


def _add_lists(window: Window, actions: Actions, why: Reasons) -> None:
    work = window.work
    actions.add(
        Spec(id="list.new", text="Show new rows", run=lambda: work.list.rows.show_waiting(),
             keys="N", context=QUEUE, icon="arrow-down", why_not=why.no_list),
        *(column.rows for column in work.lists.values()),
    )  # fmt: skip
    queue = work.queue
    on = queue.rows
    for id, text, run, keys, icon, reason in (
        ("pick", "Pick a row, or put it back", queue.rows.pick_current, "X", "check", why.no_list),
        ("narrow", "Narrow the queue by words", queue.open_filter, "/", "filter", why.no_list),
        ("move", "Give the picked reports to somebody", _move(window), "M", "users",
         why.not_supervisor),
    ):  # fmt: skip
        spec = Spec(id=f"list.{id}", text=text, run=run, keys=keys, context=QUEUE, icon=icon,
                    why_not=reason)  # fmt: skip
        actions.add(spec, on)
    actions.add(
        Spec(id="list.edit", text="Edit the key facts (in a list)", run=work.report.edit_facts,
             keys="E", context=QUEUE, icon="pencil", why_not=why.not_mine_to_write), on
    )  # fmt: skip
    for id, text, keys in (("down", "Next row", "J"), ("up", "Previous row", "K"),
                           ("open", "Open the row", "Return"), ("look", "Show the row", "Space"),
                           ("first", "First row", "Home"),
                           ("last", "Last row", "End")):  # fmt: skip
        move = _move_cursor(queue, id)
        actions.add(Spec(id=f"row.{id}", text=text, run=move, keys=keys, context=QUEUE,
                         icon="list", why_not=why.no_list, bound=False))  # fmt: skip
    actions.add(Spec(id="list.all", text="Show the whole queue", run=queue.clear_filters,
                     context=QUEUE, icon="list-filter", why_not=why.no_list))  # fmt: skip


def _add_places(window: Window, actions: Actions, why: Reasons) -> None:
    for key, text, keys, icon in _PLACES:
        _put(actions, f"go.{key}", text, _bind(window.go, key), keys, EVERYWHERE, icon, _free)
    rows: tuple[tuple[str, str, Callable[[], object], str, str, Callable[[], str]], ...] = (
        ("take_contact", "Take a contact: a call or a walk-in", _bind(window.go, "taking"),
         "Ctrl+T", "phone-incoming", why.not_decider),
        ("palette", "Search, or type a command", window.open_palette, "Ctrl+K", "search", _free),
        ("told", "Log that dispatch was told by voice", window.tell_by_voice, "Ctrl+Shift+D",
         "phone-call", why.dispatch_has_all),
        ("help", "All shortcuts", _bind(window.go, "help"), "F1", "circle-help", _free),
        ("theme", "Night or day", lambda: window.set_dark(not current().is_dark), "Ctrl+Alt+N",
         "moon", _free),
        ("load_numbers", "Load numbers for planned downtime", window.desk.load_numbers, "",
         "hash", why.no_loading),
        ("give_numbers", "Give back this desk's numbers", window.desk.give_back_numbers, "",
         "hash", _free),
        ("pane", "Next part of the screen", _bind(window.work.next_pane, 1), "F6", "panel-right",
         why.no_list),
        ("pane_back", "Part of the screen before", _bind(window.work.next_pane, -1), "Shift+F6",
         "panel-right", why.no_list),
    )  # fmt: skip
    for id, text, run, keys, icon, reason in rows:
        _put(actions, f"window.{id}", text, run, keys, EVERYWHERE, icon, reason)


def _put(
    actions: Actions,
    id: str,
    text: str,
    run: Callable[[], object],
    keys: str,
    context: str,
    icon: str,
    why_not: Callable[[], str],
) -> None:
    actions.add(
        Spec(id=id, text=text, run=run, keys=keys, context=context, icon=icon, why_not=why_not)
    )


def _free() -> str:
    return ""


def _bind(call: Callable[[_Value], object], value: _Value) -> Callable[[], object]:
    return lambda: call(value)


def _form(window: Window, make: Callable[[Desk, ReportId], AskForm]) -> Callable[[], object]:
    def ask() -> None:
        id = window.work.report.report_id
        if id is not None:
            window.work.report.show_form(make(window.desk, id))

    return ask


def _ask(window: Window, name: str) -> Callable[[], object]:
    return lambda: window.work.report.ask(name)


def _questions(window: Window) -> Callable[[], object]:
    """The questions of the report on screen; a contact being taken is put on record for them."""

    def ask() -> None:
        if not window.is_taking() or window.taking.save_report():
            window.work.report.ask_questions()

    return ask


def _correct_newest(window: Window) -> Callable[[], object]:
    def ask() -> None:
        id = window.work.report.report_id
        note = newest_note(window.desk, id) if id is not None else None
        if note is not None:
            window.work.report.ask(correcting(note.id))

    return ask


def _move(window: Window) -> Callable[[], object]:
    def begin() -> None:
        rows = window.work.queue.rows
        ids = [id for id in rows.model.ids if id in rows.model.picked]
        if not ids and rows.current_id is not None:
            ids = [rows.current_id]
        if ids:
            window.work.move_panel.begin(ids)

    return begin


def _move_cursor(queue: QueueColumn, where: str) -> Callable[[], object]:
    rows = queue.rows
    steps = {"down": 1, "up": -1, "first": -1_000_000, "last": 1_000_000}

    def move() -> None:
        if where in steps:
            rows.list.move_by(steps[where])
        elif rows.current_id is not None:
            signal = queue.opened if where == "open" else queue.looked
            signal.emit(rows.current_id)

    return move
