"""A refused command in people's words: what it was, and what is best done about it now."""

import re

from workstation.desk import Desk
from workstation.domain.report import ReportId
from workstation.domain.settling import HELD
from workstation.views.words import first_words

NAMES = {
    "AcceptOffer": "Accepting what was offered",
    "AddNote": "Note",
    "AnswerLowering": "Answering a lowering",
    "AnswerQuestions": "Answers to questions",
    "AssessNeeds": "Needs assessment",
    "AskSupervisor": "Question to a supervisor",
    "AssessRisk": "THRIVE",
    "CheckByVoice": "Logging a voice check",
    "ClaimReport": "Taking the report",
    "ClearFlag": "Clearing a flag",
    "CloseReport": "Closing the report",
    "CorrectFacts": "Correcting the key facts",
    "CorrectNote": "Correcting a note",
    "CreateReport": "Taking a contact",
    "DeclineOffer": "Declining what was offered",
    "DropPromise": "Letting a promise go",
    "EscalateEmergency": "Sending officers now",
    "GiveAdvice": "Advice read out",
    "GradeReport": "Grade",
    "HandToImu": "Handing to the IMU",
    "KeepPromise": "Doing as promised",
    "LogAgencyAnswer": "Logging an agency's answer",
    "LogContact": "Logging a contact",
    "LogReply": "Logging the reply",
    "MakePromise": "Promising something",
    "MarkDuplicate": "Marking a duplicate",
    "MergeCrimes": "Merging two crime numbers",
    "OfferReport": "Offering the report",
    "OpenByDispatch": "Opening for dispatch",
    "PassInitialCheck": "Initial check",
    "ReassignReport": "Giving the report to somebody",
    "RecordCrime": "Recording a crime",
    "RecordRightCare": "Right Care Right Person",
    "RecordNotCrime": "Recording as not a crime",
    "RedirectReport": "Redirecting to another agency",
    "ReleaseHeld": "Releasing what was held",
    "ReleaseReport": "Giving the report back",
    "ReopenReport": "Reopening the report",
    "ReservePacket": "Setting reports aside",
    "SetFlag": "Setting a flag",
    "SetSafeContact": "Recording how they may be reached",
    "SettleCase": "Settling refused work",
    "SettleProposal": "Answering a proposed fact",
    "TellByVoice": "Telling dispatch by voice",
    "WithdrawOffer": "Keeping what was offered",
    "WorkOnThePhone": "Going on while on the phone",
}
_AGAIN = "Open the report and read what changed. Do it again only if it is still right."
_NEXT = {
    "claim/changed": _AGAIN,
    "report/changed": _AGAIN,
    "flag/changed": _AGAIN,
    "reassign/changed": _AGAIN,
    "reassign/held": "Nothing: it is with whom you chose.",
    "claim/held": "Leave it to its holder. What you know of it goes in a note (Ctrl+L).",
    "claim/reserved": "Leave it to its holder. What you know of it goes in a note (Ctrl+L).",
    "claim/detached": "Open the report: F9 takes it over, if you must.",
    "claim/free": "Open the report, take it (F9), and do it again if it is still right.",
    "facts/changed": "Find out which is right. Correct it again (Ctrl+E) only if yours is.",
    "offer/over": "Nothing, unless you know something of it: then add a note (Ctrl+L).",
    "contact/changed": _AGAIN,
    "promise/full": "Keep or drop a promise of this report, then promise it again (F12).",
    "promise/gone": "Nothing, if it was done. What came of it goes in a note (Ctrl+L).",
    "lowering/over": "Nothing: the grade that stands stands. The lowering is asked for again.",
    "grade/stale": "The more urgent grade stands. To lower it, assess again first (F2).",
}
_ASK = "Tell a supervisor: it waits for their word."
_LET = "Find out whether it is right. Let it in, or settle it with what was done instead."
_OTHERWISE = "Open the report, and see whether this still needs doing."


def command_words(name: str) -> str:
    """A command as people say it; one of a later release by its own name, in words."""
    return NAMES.get(name) or re.sub(r"(?<!^)(?=[A-Z])", " ", name).capitalize()


def next_words(code: str, *, may_release: bool) -> str:
    """What is best done about a refusal of this kind; what is held waits for who may release."""
    if code.startswith(HELD):
        return _LET if may_release else _ASK
    return _NEXT.get(code, _OTHERWISE)


def report_words(desk: Desk, id: ReportId) -> str:
    """Which report it is about: its reference and what it is called."""
    rows = desk.rows([id])
    if not rows:
        return "A report that is not here"
    return f"{rows[0].reference or 'No number yet'}  {first_words(rows[0].title)}"
