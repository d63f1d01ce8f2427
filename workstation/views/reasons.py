"""Why a command of the window cannot be done now, in the words its menu and palette show."""

from workstation.domain.initial_check import may_wait
from workstation.domain.needs import crimes_against_people
from workstation.domain.report import Report
from workstation.domain.roles import DECIDERS, ON_RECORDS, Role
from workstation.domain.say_lines import decided
from workstation.views.report.log_acts import newest_note
from workstation.views.report.offer_bar import is_offered_to
from workstation.views.window import Window

ON_ITS_WAY = "On its way to dispatch, not confirmed yet. If it takes 5 seconds a red bar says so."


class Reasons:
    """Why a command cannot be done now: each answer is empty when it can."""

    def __init__(self, window: Window) -> None:
        self._window = window

    @property
    def report(self) -> Report | None:
        """The report on screen."""
        id = self._window.work.report.report_id
        shown = self._window.desk.report(id) if id is not None else None
        return shown.report if shown is not None else None

    def no_report(self) -> str:
        """Needs a report on screen."""
        if not self._window.is_on_work() or self.report is None:
            return "Open a report first (Enter)."
        return ""

    def not_mine_to_write(self) -> str:
        """Needs a report, and a role that works on records."""
        return self.no_report() or self._needs(ON_RECORDS)

    def nobody_to_send_for(self) -> str:
        """Needs a report, or a call that is being taken."""
        return "" if self._window.is_taking() else self.not_mine_to_write()

    def ended(self) -> str:
        """Needs an open report and a role that decides."""
        if why := self.no_report() or self._needs(DECIDERS):
            return why
        report = self.report
        if report is None or not report.is_open:
            return "It has ended. Reopen it first."
        shown = self._window.desk.report(report.id)
        return shown.held_back if shown is not None else ""

    def nothing_to_record(self) -> str:
        """Needs a banner that asks for something to be recorded."""
        asked = self._window.work.report.standings.to_record
        return self.not_mine_to_write() or ("" if asked else "Nothing is asked for here.")

    def claim_is_sure(self) -> str:
        """Needs a claim of one's own that is not sure."""
        if why := self.not_mine_to_write():
            return why
        shown = self._window.desk.report(self.report.id) if self.report is not None else None
        is_held = shown is not None and shown.report.claim is not None and shown.held_back
        return "" if is_held else "Nothing is held back here: your claim is sure."

    def still_open(self) -> str:
        """Needs a report that has ended or was handed over."""
        if why := self.not_mine_to_write():
            return why
        report = self.report
        over = report is not None and (not report.is_open or report.hand_off is not None)
        return "" if over else "It is open already."

    def one_number(self) -> str:
        """Needs a report with two crimes, and a role that decides."""
        if why := self.no_report() or self._needs(DECIDERS):
            return why
        report = self.report
        is_two = report is not None and len(report.standing_crimes) > 1
        return "" if is_two else "It has not got two crime numbers."

    def no_note(self) -> str:
        """Needs a report with a note in its log."""
        if (why := self.not_mine_to_write()) or self.report is None:
            return why
        found = newest_note(self._window.desk, self.report.id)
        return "" if found is not None else "No note is in its log."

    def no_lowering(self) -> str:
        """Needs somebody who asks to lower this emergency, and a supervisor."""
        if why := self.no_report() or self._needs(frozenset({Role.SUPERVISOR})):
            return why
        is_asked = self.report is not None and self.report.lowering is not None
        return "" if is_asked else "Nobody asks to lower it."

    def nothing_to_check(self) -> str:
        """Needs an emergency that came late."""
        if (why := self.not_mine_to_write()) or self.report is None:
            return why
        return "" if self.report.voice_check is not None else "Nothing waits for a voice check."

    def not_holding(self) -> str:
        """Needs a report that this person holds."""
        if why := self.not_mine_to_write():
            return why
        report, me = self.report, self._window.desk.person.id
        is_mine = report is not None and report.lease != "packet" and report.claim is not None
        if is_mine and report.claim.by.id == me:  # type: ignore[union-attr]
            return ""
        return "Take it first (F9): only who holds it can offer it."

    def not_offered(self) -> str:
        """Needs a report that is offered to this person."""
        if why := self.no_report():
            return why
        report = self.report
        is_mine = report is not None and is_offered_to(report, self._window.desk.person)
        return "" if is_mine else "It is not offered to you."

    def not_offering(self) -> str:
        """Needs a report that this person offered."""
        if why := self.no_report():
            return why
        offer = self.report.offer if self.report is not None else None
        is_mine = offer is not None and offer.by.id == self._window.desk.person.id
        return "" if is_mine else "You have not offered it."

    def no_flag(self) -> str:
        """Needs a report with a flag, and a role that decides."""
        if why := self.no_report() or self._needs(DECIDERS):
            return why
        report, me = self.report, self._window.desk.person
        if report is None or not report.flags:
            return "No flag is set on it."
        claim = report.claim
        if Role.SUPERVISOR in me.roles:
            return ""
        if claim is None or claim.is_packet:
            return "Take it first (F9): who holds it clears its flags."
        is_hers = claim.by.id == me.id
        return "" if is_hers else f"{claim.by.name} holds it: ask them, or a supervisor (F8)."

    def looked_at(self) -> str:
        """Needs a report before its initial check, and a role that decides."""
        if why := self.no_report() or self._needs(DECIDERS):
            return why
        report = self.report
        return "" if report is not None and not may_wait(report) else "Somebody has looked at it."

    def nothing_said(self) -> str:
        """Needs a report on which somebody said they would do something."""
        if (why := self.not_mine_to_write()) or self.report is None:
            return why
        return "" if self.report.owed_promises else "Nobody has said they would do anything here."

    def nothing_owed(self) -> str:
        """Needs something that is owed: what somebody said, or the reply."""
        if (why := self.not_mine_to_write()) or self.report is None:
            return why
        is_owed = bool(self.report.owed_promises) or self.report.reply is None
        return "" if is_owed else "Nothing is owed here."

    def nobody_harmed(self) -> str:
        """Needs a recorded crime against a person that is named."""
        if (why := self.not_mine_to_write()) or self.report is None:
            return why
        is_harmed = bool(crimes_against_people(self.report))
        return "" if is_harmed else "No crime against a named person is recorded on it."

    def not_redirected(self) -> str:
        """Needs a report that is with an agency."""
        if (why := self.not_mine_to_write()) or self.report is None:
            return why
        return "" if self.report.redirection is not None else "It is with no agency."

    def nothing_to_say(self) -> str:
        """Needs a report on which something is decided."""
        if (why := self.not_mine_to_write()) or self.report is None:
            return why
        return "" if decided(self.report) is not None else "Nothing is decided on it yet."

    def no_loading(self) -> str:
        """Needs a supervisor."""
        return self._needs(frozenset({Role.SUPERVISOR}))

    def no_list(self) -> str:
        """Needs a list on screen."""
        return "" if self._window.is_on_work() else "Go to a list first (Ctrl+1)."

    def dispatch_has_all(self) -> str:
        """Needs a grade that dispatch has NOT got."""
        if self._window.desk.undelivered():
            return ""
        return ON_ITS_WAY if self._window.desk.unconfirmed() else "Dispatch has everything."

    def not_supervisor(self) -> str:
        """Needs a supervisor at a list."""
        return self.no_list() or self._needs(frozenset({Role.SUPERVISOR}))

    def not_decider(self) -> str:
        """Needs a role that decides."""
        return self._needs(DECIDERS)

    def _needs(self, roles: frozenset[Role]) -> str:
        if self._window.desk.person.is_any(roles):
            return ""
        return f"Only a {' or '.join(sorted(roles))} may do this. Ask a supervisor (F8)."
