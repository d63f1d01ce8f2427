"""`python -m workstation demand …`: play demonstration reports into a store's public intake.

`demand score FILE` plays nothing: it compares suggestions with the labels of a file of reports.

The first line told is a JSON object, so that a program that starts us knows we are playing.
"""

import argparse
import getpass
import os
import sys
import threading
from itertools import islice
from random import Random
from typing import TextIO

import msgspec

from workstation.demand.player import Pace, arrivals, backlog, read_profile
from workstation.demand.reports import DemoReport, NoReports, contact, read_reports
from workstation.demand.score import main as score
from workstation.demand.sender import NotTaken, Sender
from workstation.machine.clock import Clock, SystemClock
from workstation.machine.ids import Ids
from workstation.machine.resources import ResourceMissing, resource

PASSWORD_VARIABLE = "WORKSTATION_PASSWORD"


class Play:
    """One play of the reports into one store, until it has sent enough or is stopped."""

    def __init__(self, sender: Sender, clock: Clock, play: str, stopped: threading.Event) -> None:
        self._sender = sender
        self._clock = clock
        self._play = play
        self._stopped = stopped
        self.sent = 0

    def begin(self, reports: tuple[DemoReport, ...], count: int, seed: int) -> None:
        """Send a backlog at once, so that the queue is lively from the first minute."""
        for received_at, report in backlog(reports, count, self._clock.now(), seed):
            if self._stopped.is_set():
                return
            self._sender.send(contact(report, received_at, self._next_id()))

    def go_on(
        self, reports: tuple[DemoReport, ...], profile: str, pace: Pace, count: int | None
    ) -> None:
        """Send each report when it arrives."""
        began = self._clock.monotonic()
        for arrival in islice(arrivals(read_profile(profile), reports, pace), count):
            left = began + arrival.after_s - self._clock.monotonic()
            if self._stopped.wait(max(0.0, left)):
                return
            self._sender.send(contact(arrival.report, self._clock.now(), self._next_id()))

    def _next_id(self) -> str:
        self.sent += 1
        return f"{self._play}-{self.sent:06}"


def main(argv: list[str]) -> int:
    """Play; 0 when all was sent or somebody stopped it, 1 with a sentence when not."""
    if argv[:1] == ["score"]:
        return score(argv[1:])
    asked = _parser().parse_args(argv)
    stopped = threading.Event()
    if asked.until_stdin_closes:
        threading.Thread(target=_stop_at_end_of_input, args=(stopped,), daemon=True).start()
    try:
        sent = _play(asked, SystemClock(), stopped)
    except (NotTaken, NoReports, ResourceMissing) as wrong:
        _say(str(wrong), sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    _say(f"{sent} reports were sent.", sys.stderr)
    return 0


def _play(asked: argparse.Namespace, clock: Clock, stopped: threading.Event) -> int:
    lines = resource("demo", "reports.jsonl").read_text(encoding="utf-8").splitlines()
    profile = resource("demo", "demand.json").read_text(encoding="utf-8")
    reports = read_reports(lines, asked.force)
    password = os.environ.get(PASSWORD_VARIABLE) or getpass.getpass("Password: ")
    pace = Pace(start=clock.now(), per_minute=asked.rate, factor=asked.factor, seed=asked.seed)
    random = Random(asked.seed)
    with Sender(asked.url, asked.account, password, wait=stopped.wait, random=random) as sender:
        sender.sign_in()
        play = Play(sender, clock, Ids(clock).new(), stopped)
        _say(msgspec.json.encode({"playing": asked.force, "url": asked.url}).decode())
        play.begin(reports, asked.backlog, asked.seed)
        play.go_on(reports, profile, pace, asked.count)
    return play.sent


def _stop_at_end_of_input(stopped: threading.Event) -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    stopped.set()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="workstation demand", description=__doc__)
    parser.add_argument("--url", required=True, help="of the store, as in http://127.0.0.1:8421")
    parser.add_argument("--account", required=True, help="an intake machine's; password from "
                        f"{PASSWORD_VARIABLE}, or asked for")  # fmt: skip
    parser.add_argument("--force", default="cambridgeshire")
    parser.add_argument("--rate", type=_positive, help="reports a minute on average over the "
                        "week; without it, as many as the force really gets")  # fmt: skip
    parser.add_argument("--factor", type=_positive, default=1.0, help="how many times faster "
                        "than the clock the day goes by")  # fmt: skip
    parser.add_argument("--seed", type=int, default=1, help="the same seed plays the same again")
    parser.add_argument("--backlog", type=_count, default=0, help="reports sent at once, "
                        "received over the last hours")  # fmt: skip
    parser.add_argument("--count", type=_count, help="stop after so many arrivals")
    parser.add_argument("--until-stdin-closes", action="store_true")
    return parser


def _positive(text: str) -> float:
    number = float(text)
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError("give a number above 0")
    return number


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("give 0 or more")
    return number


def _say(sentence: str, stream: TextIO | None = None) -> None:
    out = stream or sys.stdout
    out.write(f"{sentence}\n")
    out.flush()
