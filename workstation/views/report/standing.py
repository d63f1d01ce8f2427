"""What a person must know before acting on a report: who has it, how it ended, what came back."""

from datetime import datetime

from msgspec import Struct

from workstation.desk import Present, Shown
from workstation.domain.report import Report
from workstation.domain.roles import Person, Role
from workstation.views.company import holder_words, is_fresh, looking_words, unsent_words
from workstation.views.due import moment
from workstation.views.literal import literal
from workstation.views.report.log_acts import CHECKING
from workstation.views.report.lowering_form import LOWERING
from workstation.views.report.offer_bar import is_offered_to
from workstation.views.report.promise_forms import ANSWERING, DONE
from workstation.views.report.say_form import READING, SAY_THIS

RECORD = "Record it"
CAN = "You can add to it, raise its grade or send officers."


class Standing(Struct, frozen=True):
    """One banner: its tone, icon, bold lead and sentence, and what form deals with it, if any."""

    tone: str
    icon: str
    lead: str
    text: str
    action: str = ""
    form: str = ""

    @property
    def asks(self) -> bool:
        """Whether something is to be recorded that is not yet."""
        return self.action == RECORD


def standings(
    report: Report,
    person: Person,
    now: datetime,
    is_confirmed: bool = False,
    company: tuple[Present, ...] = (),
    is_move_told: bool = False,
) -> list[Standing]:
    """The banners of a report, what changes most first; `is_confirmed`: the store has it all.

    `is_move_told`: another bar says whose it is now.
    """
    made = (
        _ended(report, now),
        _to_check(report, now),
        _lowering(report, person, now),
        _returned(report),
        _held(report, person, now, is_move_told),
        _looking(company),
        *_unsent(company, now),
        _said(report, now),
        _untold(report),
        _asked(report, now),
        _happening(report),
        _quotes(report),
        _opened(report, now),
        _told_by_voice(report, now),
        _checked_by_voice(report, now),
        _unopened(report, now) if is_confirmed else None,
    )
    return [one for one in made if one is not None]


def pending_words(shown: Shown) -> str:
    """How far this person's own acts have come; empty when the store has confirmed them."""
    if not shown.pending:
        return ""
    if shown.unsaved:
        return "Not saved yet"
    return "On this desk, not sent" if shown.stage == "on this desk" else "Sent, not confirmed"


def _ended(report: Report, now: datetime) -> Standing | None:
    if report.closing is not None:
        end = report.closing
        word = "Duplicate." if end.duplicate_of else "Closed."
        text = f"{end.by.name}, {moment(end.at, now)}: {end.reason}. Reopen it to work on it."
        return Standing("neutral", "archive", word, text)
    if report.redirection is not None:
        way = report.redirection
        text = f"{way.by.name} sent this to {way.agency_name}, {moment(way.at, now)}."
        if report.agency_answer is None:
            return Standing("neutral", "arrow-left-right", "Redirected.",
                            f"{text} They have not said that they have it.",
                            "Log their answer", ANSWERING)  # fmt: skip
        answer = report.agency_answer
        text = f"{text} They have it, {moment(answer.at, now)}: {literal(answer.words)}"
        return Standing("neutral", "arrow-left-right", "Redirected.", text)
    if report.not_crime is not None:
        text = f"{report.not_crime.by.name}, {moment(report.not_crime.at, now)}."
        return Standing("neutral", "file-text", "Recorded as not a crime.", text)
    if report.hand_off is not None:
        text = f"{report.hand_off.by.name}, {moment(report.hand_off.at, now)}."
        return Standing("neutral", "git-branch", "Handed to the IMU.", text)
    return None


def _to_check(report: Report, now: datetime) -> Standing | None:
    check = report.voice_check
    if check is None or report.grading is None or not report.is_open:
        return None
    sent, arrived = moment(check.at, now), moment(check.arrived, now)
    caller = f"the caller ({report.facts.phone})" if report.facts.phone else "the caller"
    desk = f"their desk ({check.workstation})" if check.workstation else "them"
    text = (
        f"{report.grading.by.name} sent this {sent}, it came {arrived}. "
        f"Ring {desk} or {caller}: does it still hold? Then log it."
    )
    return Standing("danger", "phone-call", "Late:", literal(text), "Log the check", CHECKING)


def _lowering(report: Report, person: Person, now: datetime) -> Standing | None:
    asked, grading = report.lowering, report.grading
    if asked is None or grading is None or not report.is_open:
        return None
    lead = f"{asked.by.name} asks to lower this to {asked.name}:"
    stands = f"{grading.name} and its clock stand until a supervisor answers."
    text = literal(f"{asked.reason} ({moment(asked.at, now)}). {stands}")
    if Role.SUPERVISOR in person.roles:
        return Standing("warn", "hand", literal(lead), text, "Answer", LOWERING)
    return Standing("warn", "hand", literal(lead), text)


def _returned(report: Report) -> Standing | None:
    if not report.returned_because:
        return None
    text = f"{report.returned_because}. Check what was done."
    return Standing("warn", "rotate-ccw", "Came back to the queue:", text)


def _held(report: Report, person: Person, now: datetime, is_move_told: bool) -> Standing | None:
    claim = report.claim
    if claim is None or claim.by.id == person.id or is_offered_to(report, person):
        return None
    since = moment(claim.at, now)
    if claim.is_packet:
        text = f"{CAN} A supervisor may move it."
        return Standing("neutral", "user-check", f"{holder_words(claim, now)}.", text)
    if claim.detached:
        text = f"Nobody may be looking. {CAN}"
        return Standing("warn", "wifi-off", f"{holder_words(claim, now)}.", text)
    if is_move_told:
        return None
    return Standing("accent", "user-check", f"{claim.by.name} holds this", f"since {since}. {CAN}")


def _looking(company: tuple[Present, ...]) -> Standing | None:
    words = looking_words(company)
    if not words:
        return None
    return Standing("accent" if is_fresh(company) else "neutral", "eye", "", f"{words}.")


def _unsent(company: tuple[Present, ...], now: datetime) -> list[Standing]:
    text = "They are kept at that desk: only their author can send or discard them."
    words = [f"{one[:1].upper()}{one[1:]}." for one in unsent_words(company, now)]
    return [Standing("warn", "pencil", lead, text) for lead in words]


def _said(report: Report, now: datetime) -> Standing | None:
    """What we said we would do and is due first; who owes it, where another said it."""
    owed = sorted(report.owed_promises, key=lambda one: one.due_at)
    if not owed:
        return None
    first, owner = owed[0], report.owner
    owes = f" {owner.name} owes it." if owner and owner.id != first.by.id else ""
    more = f" {len(owed) - 1} more: Ctrl+D." if len(owed) > 1 else ""
    lead = literal(f"{first.what} by {moment(first.due_at, now)},")
    tone = "danger" if first.due_at < now else "accent"
    text = f"{first.by.name} said.{owes}{more}"
    return Standing(tone, "calendar-clock", lead, text, "Done", DONE)


def _untold(report: Report) -> Standing | None:
    """What is decided and nobody was told of: the promise to the public goes on."""
    is_decided = not report.is_open or report.hand_off is not None or bool(report.crimes)
    if not is_decided or report.reply is not None:
        return None
    text = "The reply is owed until somebody gave it and logged it."
    return Standing("warn", "send", "The public has not been told.", text, SAY_THIS, READING)


def _asked(report: Report, now: datetime) -> Standing | None:
    if report.asked is None:
        return None
    text = f"by {report.asked.by.name}, {moment(report.asked.at, now)}. {report.asked.question}"
    return Standing("warn", "hand", "A supervisor was asked to look", text.strip())


def _happening(report: Report) -> Standing | None:
    if not report.happening_now or report.is_emergency or not report.is_open:
        return None
    text = "Grade it first (F2); an emergency needs only a place and one line."
    return Standing("danger", "siren", "It says this is happening now.", text)


def _quotes(report: Report) -> Standing | None:
    """A contact that speaks of another report: assessed at once, whoever it comes from."""
    quotes = report.quotes
    if quotes is None or not report.is_open:
        return None
    assess = "" if report.thrive else " Assess the risk at once (F2)."
    if quotes.report is not None:
        text = f"{literal(quotes.reference)}, by the same {', '.join(quotes.by)}.{assess}"
        return Standing("warn", "copy", "Update to", text)
    lead = f"Quotes {literal(quotes.reference)}: identity not matched."
    text = f"It is a report of its own, and nothing was added to the other.{assess}"
    return Standing("warn", "circle-alert", lead, text)


def _opened(report: Report, now: datetime) -> Standing | None:
    if report.opened is None or not report.is_open:
        return None
    text = f"{moment(report.opened.at, now)}, {report.opened.by.name}."
    return Standing("ok", "check-check", "Dispatcher has it,", text)


def _told_by_voice(report: Report, now: datetime) -> Standing | None:
    told = report.told_by_voice
    if told is None or not report.is_open:
        return None
    text = f"{moment(told.at, now)}, {told.by.name}: {told.told}"
    return Standing("accent", "phone-call", "Dispatch told by voice", literal(text))


def _checked_by_voice(report: Report, now: datetime) -> Standing | None:
    checked = report.checked_by_voice
    if checked is None or not report.is_open:
        return None
    text = f"{moment(checked.at, now)}, {checked.by.name}: {checked.found}"
    return Standing("ok", "phone-call", "Checked by voice", literal(text))


def _unopened(report: Report, now: datetime) -> Standing | None:
    """Officers were sent for and the store has it; said only then, never before."""
    grading = report.grading
    if grading is None or not grading.sends_officers or report.opened or not report.is_open:
        return None
    text = f"sent {moment(grading.at, now)}. No dispatcher has opened it yet."
    return Standing("accent", "radio", "With dispatch,", text)
