"""Not for the police: a report goes to who can act, and its reporter hears who has it."""

from typing import ClassVar

from msgspec.structs import replace

from workstation.domain.act import (
    Command,
    Context,
    Decision,
    Event,
    cannot_end,
    first_refusal,
)
from workstation.domain.entry import EntryKind
from workstation.domain.hard_rules import forbidden
from workstation.domain.owed import AgencyAnswer
from workstation.domain.pack import Band
from workstation.domain.refusal import Refusal
from workstation.domain.report import Redirection, Report, in_header
from workstation.domain.roles import DECIDERS, ON_RECORDS, Role
from workstation.domain.wording import has_words


class ReportRedirected(Event, frozen=True, kw_only=True, omit_defaults=True):
    """The report went to another agency or force."""

    agency: str
    agency_name: str
    message: str
    rule: str = ""

    def evolve(self, report: Report) -> Report:
        redirection = Redirection(
            at=self.at,
            by=self.by,
            agency=self.agency,
            agency_name=self.agency_name,
            message=in_header(self.message),
            rule=self.rule,
        )
        return replace(
            report,
            redirection=redirection,
            agency_answer=None,
            claim=None,
            fence=report.fence + 1,
        )

    def story(self) -> tuple[EntryKind, str, str]:
        return EntryKind.DECISION, f"Redirected to {self.agency_name}", self.message


class AgencyAnswered(Event, frozen=True, kw_only=True):
    """The agency said that it has the report."""

    agency_name: str
    words: str

    def evolve(self, report: Report) -> Report:
        """An answer that was heard before the report went where it is now is only logged."""
        way = report.redirection
        if way is None or self.at < way.at:
            return report
        answer = AgencyAnswer(at=self.at, by=self.by, words=in_header(self.words))
        return replace(report, agency_answer=answer)

    def story(self) -> tuple[EntryKind, str, str]:
        return EntryKind.NOTE, f"{self.agency_name} says it has this", self.words


class LogAgencyAnswer(Command, frozen=True, kw_only=True):
    """Log that the agency said it has what was redirected: who said so, and their reference."""

    words: str
    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """Only where the report went somewhere, and with words: they are all there is to show."""
        if report.redirection is None:
            sentence = "This report is with no agency now. Add what you heard to the log instead."
            return Refusal("agency/none", sentence)
        if not self.words.strip():
            sentence = "Say who answered, and what reference they gave."
            return Refusal("agency/words", sentence, "words")
        name = report.redirection.agency_name
        return (
            AgencyAnswered(stamp=context.stamp(report.id), agency_name=name, words=self.words),
        )


class RedirectReport(Command, frozen=True, kw_only=True):
    """Redirect to an agency of the pack, with the message the reporter will read."""

    agency: str
    message: str
    rule: str = ""
    may: ClassVar[frozenset[Role]] = DECIDERS
    exclusive: ClassVar[bool] = True

    def decide(self, report: Report, context: Context) -> Decision:
        """Never while it happens now, is an emergency, or before its risk is assessed."""
        agency = context.pack.agency_by_id.get(self.agency)
        if agency is None:
            return Refusal("redirect/agency", "Choose the agency that deals with this.", "agency")
        bound = forbidden(report, context.pack, "redirect", field="agency")
        left = first_refusal(_danger(report), bound, _crime_is_left(report))
        refusal = cannot_end(report, context, left, self._message())
        if refusal is not None:
            return refusal
        return (
            ReportRedirected(
                stamp=context.stamp(report.id),
                agency=agency.id,
                agency_name=agency.name,
                message=self.message,
                rule=self.rule,
            ),
        )

    def _message(self) -> Refusal | None:
        if has_words(self.message):
            return None
        return Refusal("redirect/message", "Write what the reporter is told.", "message")


def _danger(report: Report) -> Refusal | None:
    if report.happening_now:
        return Refusal("redirect/now", "It is happening now: it cannot be redirected.")
    if report.grading is not None and report.grading.band is Band.EMERGENCY:
        return Refusal("redirect/emergency", "Graded an emergency: it cannot be redirected.")
    return None


def _crime_is_left(report: Report) -> Refusal | None:
    if report.crimes_left:
        number = report.crimes_left[0].number
        sentence = f"Crime {number} is not with the IMU yet. Hand it over first (F5)."
        return Refusal("redirect/imu", sentence)
    return None
