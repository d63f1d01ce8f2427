"""Pictures of what is kept: drafts, words left behind, offers, flags, and files in trouble."""

from tests.shots.camera import settle
from tests.shots.morning import Seat
from tests.shots.picture import Picture
from tests.shots.story import Night
from workstation.cache.parcel import CONTACT
from workstation.cache.reserve import MIB, Reserve
from workstation.desk import Desk
from workstation.desk.recovery import WOUND_BACK, sent_again
from workstation.domain.claiming import ReassignReport
from workstation.domain.correcting import CorrectFacts
from workstation.domain.facts import FactChange
from workstation.domain.flagging import SetFlag
from workstation.domain.offering import DeclineOffer, OfferReport
from workstation.domain.roles import Author, PersonId
from workstation.domain.story import AddNote
from workstation.views.shell import ATTENTION, MainWindow
from workstation.views.work import IMU


def draft_kept(night: Night, window: MainWindow) -> None:
    """What was typed before the program was killed."""
    desk, report = window.desk, night["earlier"]
    desk.save_draft(report, "note", "He has been outside her door since half past")
    desk.save_draft(report, "grade.reason", "Third report in a week, he is getting")
    desk.save_draft(report, "choice.grade", "P")
    window.open_report(report)


def meanwhile(night: Night, window: MainWindow) -> None:
    """A colleague changed what was being corrected."""
    desk, report = window.desk, night["earlier"]
    shown = desk.report(report)
    was = shown.report.facts.people if shown is not None else ""
    desk.save_draft(report, "facts.people", "Dean Whitfield, in a grey van", was)
    change = FactChange("people", was, "Dean Whitfield, 37")
    night.seats["mo"].exchange()
    night.seats["mo"].do(CorrectFacts(report=report, changes=(change,)))
    night.seats["kelly"].exchange()
    window.open_report(report)


def unsent_words(night: Night, window: MainWindow) -> None:
    """A supervisor gave the report to somebody else while it was being written on."""
    _take_away(night, window.desk)
    window.open_report(night["burglary"])


def unsent_attention(night: Night, window: MainWindow) -> None:
    """The same where everything that needs attention stands."""
    _take_away(night, window.desk)
    window.go(ATTENTION)


def _take_away(night: Night, desk: Desk) -> None:
    report, sam = night["burglary"], night.seats["sam"]
    if desk.unsent_on(report) is not None:
        return
    desk.save_draft(report, "note", "Neighbour at 14 saw a white van")
    desk.save_draft(report, "imu.facts", "CCTV at number 12 covers the")
    sam.exchange()
    mo = Author(PersonId("mo"), "Mo Ahmed")
    sam.do(ReassignReport(report=report, to=mo, reason="Kelly takes 999 calls now"))
    night.seats["kelly"].exchange()


def unsent_by(night: Night, window: MainWindow) -> None:
    """The new holder sees that the one before has words she has not sent."""
    _take_away(night, night.seats["kelly"].desk)
    kelly, mo = night.seats["kelly"], _mo_is_back(night)
    kelly.beat()
    mo.hear_of_others()
    window.open_report(night["burglary"])


def company(night: Night, window: MainWindow) -> None:
    """Two others look at the report on her screen; one of them has fallen silent since."""
    mo, alex, kelly = _mo_is_back(night), night.seats["alex"], night.seats["kelly"]
    report = night["burglary_again"]
    for seat, minutes in ((alex, -7.0), (mo, -7.9)):
        night.hub.until(minutes=minutes)
        seat.desk.view(report)
        seat.beat()
    night.hub.until(minutes=-8)
    kelly.hear_of_others()
    window.open_report(report)


def offer_to_you(night: Night, window: MainWindow) -> None:
    """A colleague offers what he holds."""
    _offer(night)
    window.open_report(night["chat"])


def offer_elsewhere(night: Night, window: MainWindow) -> None:
    """The same while she is at another report."""
    _offer(night)
    window.open_report(night["noise"])


def offering(night: Night, window: MainWindow) -> None:
    """Choosing to whom, and why."""
    window.open_report(night["harassment"])
    window.commands.run("report.offer")


def offer_declined(night: Night, window: MainWindow) -> None:
    """The answer is no, and why."""
    _offer(night)
    kelly, mo = night.seats["kelly"], _mo_is_back(night)
    shown = kelly.desk.report(night["chat"])
    if shown is not None and shown.report.open_offer is not None:
        word = "On a 999 until three, ask Alex"
        fence = shown.report.fence
        no = DeclineOffer(report=night["chat"], holder=PersonId("mo"), fence=fence, word=word)
        kelly.do(no)
    mo.exchange()
    window.open_report(night["chat"])


def _offer(night: Night) -> None:
    kelly, mo = night.seats["kelly"], _mo_is_back(night)
    shown = mo.desk.report(night["chat"])
    if shown is None or shown.report.offer is None:
        to = Author(PersonId("kelly"), "Kelly Rowe")
        mo.do(OfferReport(report=night["chat"], to=to, reason="You spoke to her on Friday"))
    kelly.exchange()


def _mo_is_back(night: Night) -> Seat:
    """His line was cut for another picture."""
    mo = night.seats["mo"]
    mo.line.is_cut = False
    mo.exchange()
    return mo


def flags(night: Night, window: MainWindow) -> None:
    """Two people flagged a report."""
    mo = _mo_is_back(night)
    for seat, flag in ((night.seats["kelly"], "safeguarding"), (mo, "domestic-abuse")):
        seat.do(SetFlag(report=night["live_da"], flag=flag))
    night.seats["kelly"].exchange()
    window.open_report(night["live_da"])


def flagging(night: Night, window: MainWindow) -> None:
    """Choosing which risk."""
    window.open_report(night["noise"])
    window.commands.run("report.flag")


def not_saved(night: Night, window: MainWindow) -> None:
    """Another program holds the file while she works."""
    kelly = night.seats["kelly"]
    with kelly.file_is_held():
        kelly.desk.submit(AddNote(report=night["noise"], text="He rang again."))
        window.open_report(night["noise"])
        settle()


def disk_full(night: Night, window: MainWindow) -> None:
    """No room at all: what was opened next stands on the page and is decided about."""
    window.open_report(night["noise"])
    with night.seats["kelly"].disk_is_full():
        window.open_report(night["burglary_again"])
        window.desk.tick()
        settle()


def words_not_saved(night: Night, window: MainWindow) -> None:
    """She would leave, and what she typed is in this window alone."""
    kelly = night.seats["kelly"]
    with kelly.disk_is_full():
        kelly.desk.save_draft(night["noise"], "note", "He has a key, and says he will be back")
        window.open_report(night["noise"])
        window.sign_out()
        settle()


def call_half_taken(night: Night, window: MainWindow) -> None:
    """She would leave a contact that is not on record."""
    window.desk.save_draft(CONTACT, "account", "My husband is outside, he has")
    window.sign_out()


def disk_low(night: Night, window: MainWindow) -> None:
    """Little room is left beside the reserve."""
    desk = night.seats["jo"].desk
    desk.stock.reserve = Reserve(desk.stock.profile.folder, 4 * MIB, low=2**62)
    night.hub.until(minutes=-9)
    desk.tick()
    window.open_report(night["missing"])


def store_restored(night: Night, window: MainWindow) -> None:
    """The store lost work that this PC still has."""
    _notice(night, window, sent_again(3))


def wound_back(night: Night, window: MainWindow) -> None:
    """This PC's files are older than what it told the store."""
    _notice(night, window, WOUND_BACK)


def _notice(night: Night, window: MainWindow, sentence: str) -> None:
    desk = night.seats["priya"].desk
    for other in desk.link().notices:
        desk.read_notice(other)
    desk.stock.notices.add(sentence)
    window.notice.fill(desk.link())
    window.go(IMU)
    window.open_report(night["handed"])


NOTHING_LOST = (
    Picture("draft_kept", "kelly", draft_kept),
    Picture("draft_meanwhile", "kelly", meanwhile),
    Picture("unsent_words", "kelly", unsent_words),
    Picture("unsent_attention", "kelly", unsent_attention),
    Picture("unsent_by", "mo", unsent_by),
    Picture("company", "kelly", company),
    Picture("offering", "kelly", offering),
    Picture("offer_elsewhere", "kelly", offer_elsewhere),
    Picture("offer_to_you", "kelly", offer_to_you),
    Picture("offer_declined", "mo", offer_declined),
    Picture("flagging", "kelly", flagging),
    Picture("flags", "kelly", flags),
    Picture("not_saved", "kelly", not_saved),
    Picture("store_restored", "priya", store_restored),
    Picture("wound_back", "priya", wound_back),
)

DISK_FULL = (
    Picture("disk_full", "kelly", disk_full),
    Picture("words_not_saved", "kelly", words_not_saved),
    Picture("call_half_taken", "kelly", call_half_taken),
)
