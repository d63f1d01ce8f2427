"""Pictures of what is found: earlier contacts in every state, records, and one event's callers."""

from datetime import timedelta

from tests.shots.morning import Seat
from tests.shots.picture import Act, Picture
from tests.shots.story import Night, assessed
from tests.told import repeats
from workstation.domain.flagging import SetFlag
from workstation.domain.report import Channel, Facts, Location, ReportId
from workstation.views.report.page import LINKED
from workstation.views.shell import MainWindow

NEVER = (
    "He was outside my work again. I have never reported this before because I was afraid of what "
    "he would do."
)
HOME = Location(text="14 Sallowbush Road", town="Huntingdon", postcode="PE29 7AE")


def _linked(window: MainWindow, id: ReportId) -> None:
    window.open_report(id)
    window.work.report.tabs.setCurrentIndex(LINKED)


def _answered(night: Night, seat: Seat, id: ReportId) -> None:
    """The store was asked, and has said what it holds."""
    seat.desk.view(id)
    seat.desk.earlier_contacts(id)
    night.exchange()


def repeat_some(night: Night, window: MainWindow) -> None:
    """The same number nine hours ago, and somebody flagged what it was."""
    kelly, earlier = night.seats["kelly"], night["earlier"]
    shown = window.desk.report(earlier)
    if shown is not None and not shown.report.flags:
        kelly.do(SetFlag(report=earlier, flag="domestic-abuse", reason="Her former partner"))
    _answered(night, kelly, night["harassment"])
    _linked(window, night["harassment"])


def repeat_none(night: Night, window: MainWindow) -> None:
    """Nobody like this before: which is not the same as no risk."""
    _answered(night, night.seats["kelly"], night["elderly"])
    _linked(window, night["elderly"])


def repeat_offline(night: Night, window: MainWindow) -> None:
    """Without the line only this desk was searched."""
    seat = night.seats["kelly"]
    seat.line.is_cut = True
    seat.exchange()
    _linked(window, night["harassment"])
    seat.line.is_cut = False


def repeat_never(night: Night, window: MainWindow) -> None:
    """She says that she never reported it, and there are two contacts from her number."""
    if "never" not in night.reports:
        facts = Facts(title="Ex-partner waits outside work", phone="07700900412")
        hub = night.hub
        night.reports["never"] = hub.receive(
            Channel.ONLINE, NEVER, timedelta(minutes=3), facts, HOME
        )
        night.exchange()
    _answered(night, night.seats["kelly"], night["never"])
    _linked(window, night["never"])


def cluster(night: Night, window: MainWindow) -> None:
    """Two people told of one burglary; each keeps their words and their own THRIVE."""
    _link(night)
    _linked(window, night["burglary"])


def cluster_duplicate(night: Night, window: MainWindow) -> None:
    """The same from the report that points at the other."""
    _link(night)
    _linked(window, night["burglary_again"])


def _link(night: Night) -> None:
    sam, again = night.seats["sam"], night["burglary_again"]
    night.exchange()
    shown = sam.desk.report(again)
    if shown is not None and shown.report.is_open:
        assessed(sam, again, "She is at her window, the men have gone.")
        reason = "Same house, same hour"
        sam.do(repeats(report=again, of=night["burglary"], at=sam.desk.clock.now(), reason=reason))
    night.exchange()


def update_unmatched(night: Night, window: MainWindow) -> None:
    """Somebody quotes the victim's reference and gives no number of hers."""
    _update(night, "unmatched", Facts(title="He is back"))
    window.open_report(night["unmatched"])


def update_matched(night: Night, window: MainWindow) -> None:
    """The victim herself, by her telephone number."""
    _update(night, "matched", Facts(title="He is outside again", phone="07700 900412"))
    window.open_report(night["matched"])


def _update(night: Night, name: str, facts: Facts) -> None:
    shown = night.seats["kelly"].desk.report(night["harassment"])
    if name not in night.reports and shown is not None:
        words = f"{shown.report.reference}: he is back, in the car park."
        night.reports[name] = night.hub.receive(
            Channel.ONLINE, words, timedelta(minutes=1), facts, Location()
        )
        night.exchange()


def records(typed: str) -> Act:
    """What is found, here and at the store."""

    def act(night: Night, window: MainWindow) -> None:
        window.records.search_for(typed)
        night.exchange()

    return act


def records_offline(night: Night, window: MainWindow) -> None:
    """The store cannot be reached."""
    seat = night.seats["kelly"]
    seat.line.is_cut = True
    seat.exchange()
    window.records.search_for("burglary")
    seat.line.is_cut = False


def palette_phone(night: Night, window: MainWindow) -> None:
    """A telephone number is known by its shape."""
    window.open_report(night["noise"])
    window.open_palette("07700 900412")


FINDING_OUT = (
    Picture("repeat_some", "kelly", repeat_some),
    Picture("repeat_none", "kelly", repeat_none),
    Picture("repeat_never", "kelly", repeat_never),
    Picture("cluster", "kelly", cluster),
    Picture("cluster_duplicate", "kelly", cluster_duplicate),
    Picture("update_unmatched", "kelly", update_unmatched),
    Picture("update_matched", "kelly", update_matched),
    Picture("records", "kelly", records("witfield hunt")),
    Picture("records_words", "kelly", records("burglary")),
    Picture("records_nothing", "kelly", records("zeppelin")),
    Picture("records_wrong", "kelly", records("***")),
    Picture("records_begin", "kelly", lambda _, window: window.go("records")),
    Picture("palette_phone", "kelly", palette_phone),
    Picture("repeat_offline", "kelly", repeat_offline),
    Picture("records_offline", "kelly", records_offline),
)
