"""The one door to the rules: decide a command, apply events, fold a report's history."""

from collections.abc import Iterable, Sequence

import msgspec
from msgspec.structs import replace

from workstation.domain import (
    answering,
    claiming,
    closing,
    contacting,
    correcting,
    crime,
    facts,
    flagging,
    grading,
    handoff,
    initial_check,
    intake,
    limits,
    lowering,
    merging,
    needs,
    offering,
    on_the_phone,
    packets,
    promising,
    redirection,
    replying,
    right_care,
    risk,
    settling,
    story,
)
from workstation.domain.act import Command, Context, Decision, Event
from workstation.domain.holders import Held, Touch
from workstation.domain.refusal import Refusal
from workstation.domain.report import RECENT_HOLDERS, RECENT_TOUCHES, Report, ReportId
from workstation.domain.roles import PersonId

AnyCommand = (
    intake.ReceiveReport
    | intake.CreateReport
    | claiming.ClaimReport
    | claiming.ReleaseReport
    | claiming.ReassignReport
    | offering.OfferReport
    | offering.AcceptOffer
    | offering.DeclineOffer
    | offering.WithdrawOffer
    | claiming.DetachClaim
    | claiming.ResumeClaim
    | packets.ReservePacket
    | packets.EndPacket
    | claiming.AskSupervisor
    | on_the_phone.WorkOnThePhone
    | story.AddNote
    | story.CorrectNote
    | story.LogContact
    | replying.LogReply
    | needs.AssessNeeds
    | promising.MakePromise
    | promising.KeepPromise
    | promising.DropPromise
    | initial_check.PassInitialCheck
    | correcting.CorrectFacts
    | correcting.SettleProposal
    | flagging.SetFlag
    | flagging.ClearFlag
    | answering.AnswerQuestions
    | answering.GiveAdvice
    | risk.AssessRisk
    | grading.GradeReport
    | lowering.AnswerLowering
    | grading.EscalateEmergency
    | grading.TellByVoice
    | grading.CheckByVoice
    | grading.OpenByDispatch
    | right_care.RecordRightCare
    | contacting.SetSafeContact
    | redirection.RedirectReport
    | redirection.LogAgencyAnswer
    | crime.RecordCrime
    | crime.RecordNotCrime
    | merging.MergeCrimes
    | handoff.HandToImu
    | closing.CloseReport
    | closing.MarkDuplicate
    | closing.ReopenReport
    | settling.SettleCase
    | settling.ReleaseHeld
)
AnyEvent = (
    intake.ReportReceived
    | intake.ReportCreated
    | intake.UpdateCame
    | intake.IncidentNumberGiven
    | claiming.ReportClaimed
    | claiming.ReportReleased
    | claiming.ReportReassigned
    | claiming.ReportTakenOver
    | offering.ReportOffered
    | offering.OfferAccepted
    | offering.OfferDeclined
    | offering.OfferWithdrawn
    | claiming.ClaimDetached
    | claiming.ClaimResumed
    | packets.PacketReserved
    | packets.PacketEnded
    | claiming.SupervisorAsked
    | on_the_phone.WorkedOnThePhone
    | story.NoteAdded
    | story.NoteCorrected
    | story.ContactLogged
    | replying.ReplyGiven
    | needs.NeedsAssessed
    | promising.PromiseMade
    | promising.PromiseKept
    | promising.PromiseDropped
    | initial_check.InitialCheckDone
    | facts.FactsCorrected
    | facts.FactsProposed
    | facts.ProposalLeft
    | flagging.FlagSet
    | flagging.FlagCleared
    | answering.QuestionsAnswered
    | answering.AdviceGiven
    | risk.RiskAssessed
    | grading.ReportGraded
    | grading.LoweringAsked
    | lowering.LoweringRefused
    | grading.DispatchTold
    | grading.VoiceCheckAsked
    | grading.VoiceChecked
    | grading.DispatchOpened
    | right_care.RightCareRecorded
    | contacting.SafeContactSet
    | redirection.ReportRedirected
    | redirection.AgencyAnswered
    | crime.CrimeRecorded
    | crime.NotCrimeRecorded
    | merging.CrimesMerged
    | handoff.HandedToImu
    | closing.ReportClosed
    | closing.DuplicateLinked
    | closing.ReportReopened
    | settling.CaseSettled
    | settling.CaseReleased
)
command_decoder = msgspec.json.Decoder(AnyCommand)
event_decoder = msgspec.json.Decoder(AnyEvent)


def decide(report: Report | None, command: Command, context: Context) -> Decision:
    """What the command leads to: events (none when it is already true), or a refusal.

    `report` is the state of `command.report`; None when there is no such report.
    """
    if not context.who.is_any(command.may):
        roles = " or ".join(sorted(command.may))
        return Refusal("role/not-yours", f"Only a {roles} may do this. Ask a supervisor (F8).")
    if (refusal := limits.too_long(command)) is not None:
        return refusal
    if isinstance(command, intake.BeginContact):
        if report is not None:
            return Refusal("report/exists", "A report with this id is already on record.")
        return command.begin(context)
    if report is None:
        return Refusal("report/unknown", "This report is not on record here. Check its number.")
    decision = command.decide(report, context)
    if isinstance(decision, Refusal):
        return decision
    return (*decision, *_packets_broken(report, decision, context))


def _packets_broken(
    report: Report, events: Sequence[Event], context: Context
) -> tuple[Event, ...]:
    """What becomes dangerous or ungraded leaves its packet in the same act."""
    states = {**context.reports, report.id: report}
    changed: dict[ReportId, Report] = {}
    for event in events:
        before = changed.get(event.report, states.get(event.report))
        changed[event.report] = evolve(before, event)
    broken = (packets.broken(one, context) for one in changed.values())
    return tuple(event for event in broken if event is not None)


def evolve(report: Report | None, event: Event) -> Report:
    """The report after one event; the first event of a history begins it."""
    if isinstance(event, intake.ContactBegun):
        return event.begin()
    if report is None:
        raise ValueError(f"history of {event.report} does not begin with its receipt")
    return event.evolve(report)


def apply(
    reports: dict[ReportId, Report], events: Sequence[Event], author: PersonId
) -> dict[ReportId, Report]:
    """The reports one command changed, each one version on; `reports` holds those before."""
    changed: dict[ReportId, Report] = {}
    for event in events:
        before = changed.get(event.report, reports.get(event.report))
        changed[event.report] = evolve(before, event)
    return {id: _touched(report, reports.get(id), author) for id, report in changed.items()}


def fold(history: Iterable[Sequence[Event]], report: ReportId) -> Report | None:
    """The report that its history, command by command, gives."""
    state: dict[ReportId, Report] = {}
    for events in history:
        own = [event for event in events if event.report == report]
        if own:
            state |= apply(state, own, own[0].by.id)
    return state.get(report)


def _with_one_more(recent: tuple[Touch, ...], version: int, author: PersonId) -> tuple[Touch, ...]:
    """A person's acts in a row are one touch: many notes do not crowd out who wrote before."""
    if recent and recent[-1].by == author:
        return (*recent[:-1], Touch(version, author, recent[-1].count + 1))
    return (*recent, Touch(version, author))[-RECENT_TOUCHES:]


def _touched(report: Report, before: Report | None, author: PersonId) -> Report:
    recent = _with_one_more(report.recent, report.version + 1, author)
    touched = replace(report, version=report.version + 1, recent=recent)
    if before is not None and report.endings != before.endings:
        touched = replace(touched, turned=Touch(touched.version, author))
    if report.fence != (before.fence if before else 0):
        touched = _under_another_lease(touched)
    return limits.fitted(touched)


def _under_another_lease(report: Report) -> Report:
    """Whoever holds it now is remembered, and what its holder offered before is over."""
    holders = report.holders
    if report.claim is not None:
        holders = (*holders, Held(report.fence, report.claim.by))[-RECENT_HOLDERS:]
    return replace(report, holders=holders, offer=None)
