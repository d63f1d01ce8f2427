"""The window's end of the conversation with the store, and the threads for as long as it lasts.

One batch is under way at a time; what the link says comes by queued signals.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer

from workstation.cache.confirmed import CacheDamaged, Filled
from workstation.cache.outbox import Batch
from workstation.cache.parcel import Heartbeat
from workstation.cache.work import CannotKeep
from workstation.desk.claims import Beaten
from workstation.desk.desk import Desk
from workstation.desk.exchange import Exchange
from workstation.desk.releasing import Releasing
from workstation.desk.threads import LinkThread, LiveThread
from workstation.domain.report import ReportId
from workstation.sync.courier import Courier, Lent
from workstation.sync.live import Live
from workstation.sync.transport import ServerRefused

BEAT_MS = 30_000
VIEWING_MS = 15_000
SETTLES_MS = 500
TICK_MS = 1_000
TELL_MS = 250


class Conversation(QObject):
    """Ties the window's side to the link thread: one batch under way at a time."""

    def __init__(self, desk: Desk, link: LinkThread, listener: LiveThread | None) -> None:
        super().__init__()
        self._desk = desk
        self._exchange = Exchange(desk)
        self._link = link
        self._listener = listener
        self._is_online = False
        self._is_sending = False
        self._is_to_ask = False
        self._asked: set[str] = set()
        self._told_unsent: dict[ReportId, datetime] = {}
        crossing, queued = link.crossing, Qt.ConnectionType.QueuedConnection
        crossing.replied.connect(self._on_replied, queued)
        crossing.send_refused.connect(self._on_send_refused, queued)
        crossing.leased.connect(self._on_leased, queued)
        crossing.filled.connect(self._on_filled, queued)
        crossing.met.connect(self._on_met, queued)
        crossing.asked.connect(self._on_asked, queued)
        crossing.answered.connect(self._on_answered, queued)
        crossing.present.connect(self._on_present, queued)
        crossing.beaten.connect(self._on_beaten, queued)
        crossing.measured.connect(self._on_measured, queued)
        crossing.online.connect(self._on_online, queued)
        crossing.offline.connect(self._on_offline, queued)
        crossing.signed_out.connect(self._on_signed_out, queued)
        desk.has_work.connect(self.go_on)
        desk.questions.wanted.connect(self._ask)
        desk.wants_news.connect(link.poke)
        self._beat = QTimer(self, interval=BEAT_MS)
        self._beat.timeout.connect(self._on_beat)
        self._beat.start()
        self._settles = QTimer(self, interval=SETTLES_MS, singleShot=True)
        self._settles.timeout.connect(self._on_beat)
        desk.viewing_changed.connect(self._settles.start)
        desk.claims_doubted.connect(self._settles.start)
        self._news = Filled()
        self._tell = QTimer(self, singleShot=True, interval=TELL_MS)
        self._tell.timeout.connect(self._tell_news)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(desk.tick)
        self._tick.start()
        self.go_on()

    def go_on(self) -> None:
        """Send what waits, and ask for numbers where few are left."""
        if not self._is_sending and (batch := self._exchange.next_batch()) is not None:
            self._is_sending = True
            self._link.send(batch)
        releasing = self._desk.releasing
        if releasing is not None and (call := releasing.next_call()) is not None:
            self._link.call(call, partial(self._on_released, releasing))
        for ask in self._exchange.lease_wants()[1]:
            name = ask.block or ask.returns
            if name not in self._asked:
                self._asked.add(name)
                self._link.lease(ask)

    def end(self) -> Heartbeat | None:
        """No more timers; what the store is told last, if that can be said."""
        self._beat.stop()
        self._settles.stop()
        self._tell.stop()
        self._tick.stop()
        try:
            beat = self._exchange.beat()
        except CacheDamaged:
            return None
        return beat if beat.waiting or beat.unsent != self._told_unsent else None

    def _on_replied(self, reply: object) -> None:
        self._is_sending = False
        try:
            if self._exchange.settle(reply):  # type: ignore[arg-type]
                self.go_on()
        except CannotKeep as wrong:  # it waits still, and the store gives the same answer again
            self._exchange.offline(str(wrong))

    def _on_send_refused(self, batch: Batch, wrong: ServerRefused) -> None:
        self._is_sending = False
        try:
            self._exchange.send_refused(batch, wrong)
        except CannotKeep as full:  # it waits still, and is refused again
            self._exchange.offline(str(full))
        else:
            self.go_on()

    def _on_leased(self, lent: Lent) -> None:
        """What was refused is asked for again with the next sign of life."""
        self._exchange.leased(lent)

    def _on_filled(self, filled: Filled) -> None:
        """Pages that come quickly are told together: lists are read anew once for all."""
        self._news = self._news.with_more(filled)
        if not self._tell.isActive():
            self._tell.start()

    def _tell_news(self) -> None:
        news, self._news = self._news, Filled()
        self._exchange.filled(news)

    def _on_met(self, colleagues: object) -> None:
        self._exchange.met(colleagues)  # type: ignore[arg-type]
        self._link.ask(self._exchange.outboxes())

    def _on_asked(self, settled: object) -> None:
        try:
            if self._exchange.compare(settled):  # type: ignore[arg-type]
                self._link.refill()
        except CannotKeep as wrong:
            self._is_to_ask = True
            self._exchange.offline(str(wrong))
        self.go_on()

    def _on_measured(self, store_time: datetime) -> None:
        self._exchange.measured(store_time)

    def _on_online(self) -> None:
        self._exchange.online()
        if self._is_to_ask:
            self._is_to_ask = False
            self._link.ask(self._exchange.outboxes())
        if not self._is_online:
            self._is_online = True
            self._on_beat()
        self.go_on()

    def _on_offline(self, problem: str) -> None:
        self._is_online = False
        self._is_sending = False
        self._asked.clear()
        self._exchange.offline(problem)

    def _on_signed_out(self, sentence: str) -> None:
        self._is_online = False
        self._is_sending = False
        self._asked.clear()
        self._exchange.signed_out(sentence)

    def _on_answered(self, then: Callable[[object], None], answer: object) -> None:
        then(answer)

    def _ask(self) -> None:
        for asked in self._desk.questions.take():
            self._link.call(asked.answer, asked.then)

    def _on_released(self, releasing: Releasing, answer: object) -> None:
        self._desk.release_went_on(releasing, answer)
        self.go_on()

    def _on_waiting(self, answer: object) -> None:
        if isinstance(answer, tuple):
            self._desk.know_waiting(answer)

    def _on_present(self, presence: object) -> None:
        self._exchange.present(presence)  # type: ignore[arg-type]

    def _on_beaten(self, beaten: Beaten) -> None:
        self._exchange.beaten(beaten)

    def _on_beat(self) -> None:
        """More often while a report is on screen, for others are to know that it still is; and
        while no live line tells of them, for they are stale after half a minute.
        """
        self._asked.clear()
        ask = self._listener is None or not self._listener.hears
        is_often = ask or self._desk.viewing is not None
        self._beat.start(VIEWING_MS if is_often else BEAT_MS)
        beat = self._exchange.beat()
        self._told_unsent = beat.unsent
        self._link.beat(beat, ask)
        if self._desk.is_supervisor:
            self._link.call(lambda courier: courier.waiting(), self._on_waiting)


@contextmanager
def running(desk: Desk, courier: Courier, live: Live | None) -> Iterator[None]:
    """The desk's threads, for as long as the context lasts."""
    link = LinkThread(courier, desk.stock.confirmed, desk.clock)
    listener = None if live is None else LiveThread(live, link)
    conversation = Conversation(desk, link, listener)
    link.start()
    if listener is not None:
        listener.start()
    last: Heartbeat | None = None
    with ExitStack() as ending:  # all of it, whatever goes wrong
        # What the link said last must not reach a desk whose files are closed.
        ending.callback(QCoreApplication.removePostedEvents, conversation)
        ending.callback(lambda: link.end(last))
        if listener is not None:
            ending.callback(listener.end)
        try:
            yield
        finally:
            last = conversation.end()
