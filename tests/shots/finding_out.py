"""Pictures of what is found: earlier contacts in every state, records, and one event's callers."""

from datetime import timedelta

from tests.shots.morning import Seat
from tests.shots.picture import Act, Picture
from tests.shots.story import Night
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


def records(typed: str) -> Act:
    """What is found, here and at the store."""

    def act(night: Night, window: MainWindow) -> None:
        window.search_records(typed)
        night.exchange()

    return act


def records_offline(night: Night, window: MainWindow) -> None:
    """The store cannot be reached."""
    seat = night.seats["kelly"]
    seat.line.is_cut = True
    seat.exchange()
    window.search_records("burglary")
    seat.line.is_cut = False


def palette_phone(night: Night, window: MainWindow) -> None:
    """A telephone number is known by its shape."""
    window.open_report(night["noise"])
    window.open_palette("07700 900412")


FINDING_OUT = (
    Picture("repeat_some", "kelly", repeat_some),
    Picture("repeat_none", "kelly", repeat_none),
    Picture("repeat_never", "kelly", repeat_never),
    Picture("records", "kelly", records("witfield hunt")),
    Picture("records_words", "kelly", records("burglary")),
    Picture("records_nothing", "kelly", records("zeppelin")),
    Picture("records_wrong", "kelly", records("***")),
    Picture("records_begin", "kelly", lambda _, window: window.go("records")),
    Picture("palette_phone", "kelly", palette_phone),
    Picture("repeat_offline", "kelly", repeat_offline),
    Picture("records_offline", "kelly", records_offline),
)
