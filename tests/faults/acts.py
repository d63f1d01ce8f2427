"""What people do in a run: every command of the domain, singly and as the work that needs them.

An act is chosen by chance and asked of the real desk; that the desk refuses it is ordinary.
"""

from collections.abc import Callable, Iterator
from functools import partial
from random import Random
from typing import Any

from tests.faults.desk_side import DeskSide
from tests.faults.together import answer_to_a_proposal
from tests.told import repeats, thrive, told_yes
from workstation.domain.act import Command
from workstation.domain.claiming import AskSupervisor, ClaimReport, ReassignReport, ReleaseReport
from workstation.domain.closing import CloseReport, ReopenReport
from workstation.domain.correcting import CorrectFacts
from workstation.domain.crime import RecordNotCrime
from workstation.domain.facts import FactChange
from workstation.domain.flagging import ClearFlag, SetFlag
from workstation.domain.grading import (
    EscalateEmergency,
    GradeReport,
    OpenByDispatch,
    TellByVoice,
)
from workstation.domain.handoff import ANSWERS, SOLVABILITY, HandToImu
from workstation.domain.merging import MergeCrimes
from workstation.domain.offering import AcceptOffer, DeclineOffer, OfferReport
from workstation.domain.on_the_phone import WorkOnThePhone
from workstation.domain.redirection import RedirectReport
from workstation.domain.report import (
    Channel,
    Facts,
    Location,
    Report,
    ReportId,
    Victim,
)
from workstation.domain.risk import lowest_levels
from workstation.domain.roles import Author, PersonId
from workstation.domain.settling import ReleaseHeld
from workstation.domain.story import AddNote

HOLDERS = (("ann", "Ann Lee"), ("bob", "Bob Shah"), ("cat", "Cat Orr"))
FIELDS = ("title", "phone")
PLACES = ("Ely", "Mill Road", "Wisbech")
Acting = Callable[["Acts", DeskSide, ReportId], Any]


class Acts:
    """Makes acts out of chance; words are numbered, so that each is told apart."""

    def __init__(self, random: Random, reports: list[ReportId]) -> None:
        self._random = random
        self.reports = reports
        self._words = 0

    def one(self, desk: DeskSide) -> None:
        """One act of this person on some report."""
        id = self.some_report()
        name = self._random.choices(NAMES, WEIGHTS)[0]
        ACTS[name](self, desk, id)

    def some_report(self) -> ReportId:
        """Some report; few are asked for often, so that people meet."""
        n = len(self.reports)
        return self.reports[min(self._random.randrange(n), self._random.randrange(n))]

    def words(self, what: str) -> str:
        """Words that nobody else says."""
        self._words += 1
        return f"{what} {self._words}"

    def ask(self, desk: DeskSide, command: Command) -> Any:
        """Ask a desk for a command."""
        name = type(command).__name__
        return desk.submit(lambda: desk.desk.submit(command), name, command.report)

    def note(self, desk: DeskSide, id: ReportId) -> None:
        hazard = self._random.random() < 0.2
        self.ask(desk, AddNote(report=id, text=self.words("note"), hazard=hazard))

    def claim(self, desk: DeskSide, id: ReportId) -> None:
        self.ask(desk, ClaimReport(report=id))

    def release(self, desk: DeskSide, id: ReportId) -> None:
        self.ask(desk, ReleaseReport(report=id))

    def offer(self, desk: DeskSide, id: ReportId) -> None:
        self.claim(desk, id)
        person, name = self._random.choice(HOLDERS)
        to = Author(PersonId(person), name)
        self.ask(desk, OfferReport(report=id, to=to, reason=self.words("would you")))

    def answer(self, desk: DeskSide, _id: ReportId) -> None:
        """Yes or no to what is offered on this screen, by now perhaps to nobody."""
        for one in desk.desk.offers()[:1]:
            id, report = one.report, _seen(desk, one.report)
            if report is None or report.offer is None or one.is_declined:
                continue
            holder, fence = report.offer.by.id, report.fence
            if self._random.random() < 0.7:
                self.ask(desk, AcceptOffer(report=id, holder=holder, fence=fence))
            else:
                word = self.words("not now")
                self.ask(desk, DeclineOffer(report=id, holder=holder, fence=fence, word=word))

    def flag(self, desk: DeskSide, id: ReportId) -> None:
        kind = self._random.choice(desk.desk.pack.flags)
        self.ask(desk, SetFlag(report=id, flag=kind.id, reason=self.words("at risk")))

    def clear_flag(self, desk: DeskSide, id: ReportId) -> None:
        report = _seen(desk, id)
        for flag in report.flags[:1] if report is not None else ():
            why, by, at = self.words("no longer"), flag.by.id, flag.at
            self.ask(desk, ClearFlag(report=id, flag=flag.id, reason=why, set_by=by, set_at=at))

    def reassign(self, desk: DeskSide, id: ReportId) -> None:
        person, name = self._random.choice(HOLDERS)
        to = Author(PersonId(person), name)
        self.ask(desk, ReassignReport(report=id, to=to, reason=self.words("shift")))

    def to_and_fro(self, desk: DeskSide, id: ReportId) -> None:
        """Taken from its holder and given back: the holder's older acts are stale all the same."""
        report = _seen(desk, id)
        if report is None or report.claim is None:
            return
        holder = report.claim.by
        other = next(Author(PersonId(one), name) for one, name in HOLDERS if one != holder.id)
        for to in (other, holder):
            self.ask(desk, ReassignReport(report=id, to=to, reason=self.words("shift")))

    def ask_supervisor(self, desk: DeskSide, id: ReportId) -> None:
        self.ask(desk, AskSupervisor(report=id, question=self.words("may I")))

    def facts(self, desk: DeskSide, id: ReportId) -> None:
        field = self._random.choice(FIELDS)
        report = _seen(desk, id)
        was = getattr(report.facts, field) if report is not None else ""
        change = FactChange(field, was, self.words(field))
        place = Location(text=self._random.choice(PLACES)) if self._random.random() < 0.3 else None
        self.ask(desk, CorrectFacts(report=id, changes=(change,), location=place))

    def assess(self, desk: DeskSide, id: ReportId) -> None:
        levels = lowest_levels(desk.desk.pack)
        words = {next(iter(levels)): self.words("risk")}
        self.ask(desk, thrive(id, levels, words))

    def grade(self, desk: DeskSide, id: ReportId) -> None:
        report = _seen(desk, id)
        was = report.grading.code if report is not None and report.grading is not None else ""
        code = self._random.choice(desk.desk.pack.grades).code
        self.ask(desk, GradeReport(report=id, code=code, reason=self.words("why"), was=was))

    def lower(self, desk: DeskSide, id: ReportId) -> None:
        self.claim(desk, id)
        self.assess(desk, id)
        report = _seen(desk, id)
        if report is None or report.grading is None:
            return
        less = [g.code for g in desk.desk.pack.grades if g.band > report.grading.band]
        if less:
            code, was = self._random.choice(less), report.grading.code
            self.ask(desk, GradeReport(report=id, code=code, reason=self.words("why"), was=was))

    def emergency(self, desk: DeskSide, id: ReportId) -> None:
        place = Location(text=self._random.choice(PLACES))
        self.ask(desk, EscalateEmergency(report=id, why=self.words("help"), location=place))

    def voice(self, desk: DeskSide, id: ReportId) -> None:
        self.ask(desk, TellByVoice(report=id, told=self.words("Cole")))

    def dispatcher(self, desk: DeskSide, id: ReportId) -> None:
        self.ask(desk, OpenByDispatch(report=id))

    def take(self, desk: DeskSide, _id: ReportId) -> None:
        account = self.words("He says")
        where, taking = Location(text="Mill Road"), desk.desk.take_contact
        take = partial(taking, Channel.CALL_101, account, Facts(), where)
        answer = desk.submit(take, "CreateReport", "")
        if isinstance(answer, str):
            self.reports.append(ReportId(answer))

    def crime(self, desk: DeskSide, id: ReportId) -> None:
        self._be_on_the_phone(desk, id)
        offence = desk.desk.pack.offences[0].code
        victim = Victim(kind="person", name=self.words("Mr"))
        number = desk.submit(
            lambda: desk.desk.record_crime(id, offence, victim), "RecordCrime", id
        )
        if isinstance(number, str):
            self._check_durable(desk, number)

    def end(self, desk: DeskSide, id: ReportId) -> None:
        """Claim, assess, and one of the ends."""
        self.claim(desk, id)
        self.assess(desk, id)
        self._be_on_the_phone(desk, id)
        ACTS[self._random.choice(ENDS)](self, desk, id)

    def finish(self, desk: DeskSide, id: ReportId) -> bool:
        """One of the ends, of a report that somebody believes to hold; whether it was kept."""
        before = len(desk.did)
        self.assess(desk, id)
        ACTS[self._random.choice(ENDS)](self, desk, id)
        return len(desk.did) > before

    def merge(self, desk: DeskSide, id: ReportId) -> None:
        """Two numbers of one report, where it has them, are said to be of one crime."""
        report = _seen(desk, id)
        single = [c.id for c in report.crimes if c.alias_of is None] if report is not None else []
        if len(single) > 1:
            main, other = self._random.sample(single, 2)
            why = self.words("one crime")
            self.ask(desk, MergeCrimes(report=id, main=main, other=other, reason=why))

    def double(self, desk: DeskSide, id: ReportId) -> None:
        """The report gets a second number, and somebody says that they are one."""
        self.crime(desk, id)
        self.crime(desk, id)
        self.merge(desk, id)

    def release_held(self, desk: DeskSide, _id: ReportId) -> None:
        """A crime that is held for its number is let, as far as this person may."""
        held = [case for case in desk.desk.stock.shelf.cases() if case.code.startswith("held/")]
        for case in [one for one in held if not one.settled][:1]:
            command = ReleaseHeld(report=case.report, case=case.id, why=self.words("lent to us"))
            self.ask(desk, command)

    def close(self, desk: DeskSide, id: ReportId) -> None:
        why, told = self.words("done"), told_yes(desk.desk.clock.now())
        self.ask(desk, CloseReport(report=id, reason=why, caller_told="yes", told=told))

    def duplicate(self, desk: DeskSide, id: ReportId) -> None:
        of, now = self.some_report(), desk.desk.clock.now()
        self.ask(desk, repeats(report=id, of=of, at=now, reason=self.words("same")))

    def redirect(self, desk: DeskSide, id: ReportId) -> None:
        agency = desk.desk.pack.agencies[0].id
        self.ask(desk, RedirectReport(report=id, agency=agency, message=self.words("go there")))

    def not_crime(self, desk: DeskSide, id: ReportId) -> None:
        agencies = (desk.desk.pack.agencies[0].id,)
        why = self.words("no law")
        act = RecordNotCrime(report=id, explanation=why, advice="talk", agencies=agencies)
        self.ask(desk, act)

    def hand_over(self, desk: DeskSide, id: ReportId) -> None:
        self.crime(desk, id)
        answers = {factor: self._random.choice(ANSWERS) for factor in SOLVABILITY}
        self.ask(desk, HandToImu(report=id, solvability=answers, facts=self.words("facts")))

    def reopen(self, desk: DeskSide, id: ReportId) -> None:
        self.ask(desk, ReopenReport(report=id, reason=self.words("new")))

    def type(self, desk: DeskSide, id: ReportId) -> None:
        """Type a draft; where the program says that it is kept, it is.

        What a full disk would not take stays on the screen, over what was kept before.
        """
        text = self.words("typing")
        desk.not_kept[id, "note"] = text
        if desk.lives(lambda: _typed(desk, id, text)):
            desk.typed[id, "note"] = desk.not_kept.pop((id, "note"))

    def settle(self, desk: DeskSide, _id: ReportId) -> None:
        """Deal with what is proposed, or needs attention."""
        for command in _answers(desk, self.reports, self._random):
            self.ask(desk, command)
            return
        for one in desk.desk.attention():
            settled = partial(desk.desk.settle, one.case.id, self.words("dealt with"))
            wrong = desk.lives(settled)
            desk.note_what_is_kept()
            if wrong is None:  # what is held is not a handler's to settle: then the next
                desk.history.met("a refusal was settled")
                return

    def look(self, desk: DeskSide, id: ReportId) -> None:
        desk.lives(lambda: desk.desk.looked_at(id))

    def _be_on_the_phone(self, desk: DeskSide, id: ReportId) -> None:
        """Where the desk is not sure of the claim, go on all the same: mostly."""
        shown = desk.desk.report(id)
        if shown is None or not shown.held_back:
            return
        desk.history.met("a desk was not sure of a claim")
        if self._random.random() < 0.8:
            self.ask(desk, WorkOnThePhone(report=id))
            desk.history.met("who was on the phone went on")

    def _check_durable(self, desk: DeskSide, number: str) -> None:
        """A number is shown only after its commit (I25)."""
        connection = desk.desk.stock.work.connection
        rows = connection.execute(
            "SELECT count(*) FROM outbox WHERE body LIKE ?", (f"%{number}%",)
        )
        is_kept = rows.fetchone()[0] > 0 and not connection.in_transaction
        desk.history.hold("I25", is_kept, f"{number} was shown by {desk.name} before its commit")


def _answers(desk: DeskSide, reports: list[ReportId], random: Random) -> Iterator[Command]:
    """What this person may say to what is proposed on any report of this screen."""
    for id in reports:
        if (command := answer_to_a_proposal(_seen(desk, id), random)) is not None:
            yield command


def _typed(desk: DeskSide, id: ReportId, text: str) -> bool:
    return desk.desk.save_draft(id, "note", text) is not None


def _seen(desk: DeskSide, id: ReportId) -> Report | None:
    shown = desk.desk.report(id)
    return None if shown is None else shown.report


ACTS: dict[str, Acting] = {
    "note": Acts.note,
    "claim": Acts.claim,
    "release": Acts.release,
    "reassign": Acts.reassign,
    "to and fro": Acts.to_and_fro,
    "offer": Acts.offer,
    "answer": Acts.answer,
    "flag": Acts.flag,
    "clear flag": Acts.clear_flag,
    "ask supervisor": Acts.ask_supervisor,
    "facts": Acts.facts,
    "assess": Acts.assess,
    "grade": Acts.grade,
    "lower": Acts.lower,
    "emergency": Acts.emergency,
    "voice": Acts.voice,
    "dispatcher": Acts.dispatcher,
    "take": Acts.take,
    "crime": Acts.crime,
    "end": Acts.end,
    "close": Acts.close,
    "duplicate": Acts.duplicate,
    "redirect": Acts.redirect,
    "not crime": Acts.not_crime,
    "hand over": Acts.hand_over,
    "reopen": Acts.reopen,
    "type": Acts.type,
    "settle": Acts.settle,
    "double": Acts.double,
    "merge": Acts.merge,
    "release held": Acts.release_held,
    "look": Acts.look,
}
ENDS = ("close", "duplicate", "redirect", "not crime", "hand over")
OFTEN = {
    "note": 4,
    "claim": 4,
    "facts": 5,
    "grade": 5,
    "emergency": 2,
    "crime": 9,
    "end": 5,
    "take": 2,
    "offer": 2,
    "answer": 2,
    "lower": 3,
    "settle": 3,
    "release held": 3,
    "to and fro": 2,
}
NAMES = tuple(ACTS)
WEIGHTS = tuple(OFTEN.get(name, 1) for name in NAMES)
