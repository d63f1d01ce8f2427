"""The running program: sign-in, then one person's window, then the next person's.

Exactly one desk is open at a time; leaving it ends its threads before the next begins.
"""

from contextlib import ExitStack

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from workstation.app.behind import Behind
from workstation.app.last import Last, keep_last, read_last
from workstation.app.person import Attempt, Entry, Meeting, SigningIn, Workplace, desk_of
from workstation.cache.keys import NoKeys
from workstation.cache.profile import ProfileInUse
from workstation.cache.work import CannotKeep
from workstation.desk import LeftHere, emergencies_left
from workstation.desk.desk import Desk
from workstation.desk.opening import NeedsPack, NotReady
from workstation.domain.roles import Role
from workstation.machine.sealed import CannotOpen
from workstation.sync.courier import Greeting
from workstation.sync.credentials import (
    Credentials,
    HeldCredentials,
    KeyringCredentials,
    kept_key,
    key_from_keyring,
)
from workstation.sync.marks import KeyringMarks
from workstation.ui.ticker import stop_ticking
from workstation.views.shell import MainWindow
from workstation.views.sign_in import SignInScreen
from workstation.wire.protocol import SignIn

WENT_WRONG = "Something went wrong in this program. It may not have done what you asked."
TELL = "Look, then try again. If it comes back, tell your help desk:"
SHOWN_S = 30
CANNOT_OPEN = (NoKeys, ProfileInUse, NotReady, CannotOpen, CannotKeep)


class Visit:
    """A demonstration's way in: one password, one account for each role, throw-away keys."""

    def __init__(self, password: str, accounts: dict[Role, str], key: bytes) -> None:
        self.password = password
        self.accounts = accounts
        self.key = key


class Workstation(QObject):
    """Owns the window on screen and the desk behind it."""

    def __init__(self, place: Workplace, first: QWidget, visit: Visit | None = None) -> None:
        super().__init__()
        self._place = place
        self._visit = visit
        self._open = ExitStack()
        self._window: QWidget = first
        self._attempt: Attempt | None = None
        self._role: Role | None = None
        self._behind = Behind()

    def begin(self) -> None:
        """Straight to the desk where somebody is still signed in; else to the sign-in."""
        if self._visit is not None:
            self.be(Role.HANDLER)
            return
        last = read_last(self._place.profiles)
        if last is None or last.address != self._place.address or not self._resume(last):
            self.ask_who("" if last is None else last.account)

    def be(self, role: Role) -> None:
        """In a demonstration: sign in as the person of this role."""
        assert self._visit is not None
        self._role = role
        self._sign_in(self._visit.accounts[role], self._visit.password)

    def ask_who(self, account: str = "", problem: str = "") -> None:
        """Show the sign-in; nothing of the person before stays open."""
        self.close()
        screen = SignInScreen(self._place.address, left=self._behind.all(), kept=self._kept())
        screen.account.setText(account)
        screen.asked.connect(self._sign_in)
        self._show(screen)
        if problem:
            screen.show_trouble(problem)

    def _kept(self) -> tuple[LeftHere, ...]:
        """The emergencies that a program before this one left at the store of the last sign-in."""
        last = read_last(self._place.profiles)
        return emergencies_left(self._place.profiles, last.store) if last is not None else ()

    def close(self) -> None:
        """End the desk, its threads and an attempt to sign in; its window ticks no more."""
        stop_ticking()
        self._give_up()
        if isinstance(self._window, MainWindow):
            self._window.leaving.let_go()
        self._open.close()

    def say_mishap(self, where: str) -> None:
        """Something in the program itself went wrong there: it is said, never passed over."""
        if isinstance(self._window, MainWindow):
            self._window.toasts.show_toast(
                WENT_WRONG, f"{TELL} {where}", "triangle-alert", "danger", seconds=SHOWN_S
            )
        elif isinstance(self._window, SignInScreen):
            self._window.show_trouble(f"{WENT_WRONG} {TELL} {where}")

    def _sign_in(self, account: str, password: str, role: Role | None = None) -> None:
        self._give_up()
        ask = SignIn(account, password, self._place.name, role)
        self._attempt = SigningIn(self._place.address, ask)
        self._attempt.done.connect(lambda entry: self._entered(account, entry))
        self._attempt.failed.connect(lambda sentence: self._refused(account, sentence))
        self._attempt.begin()

    def _give_up(self) -> None:
        if self._attempt is not None:
            self._attempt.give_up()

    def _entered(self, account: str, entry: Entry) -> None:
        last = Last(self._place.address, entry.hello.store_id, entry.hello.force, account)
        try:
            credentials = self._credentials(account)
            credentials.keep(entry.session)
            if self._visit is None:
                keep_last(self._place.profiles, last)
            self._open_desk(last, credentials)
        except CANNOT_OPEN as wrong:
            self.ask_who(account, str(wrong))

    def _refused(self, account: str, sentence: str) -> None:
        if isinstance(self._window, SignInScreen):
            self._window.show_trouble(sentence)
        else:
            self.ask_who(account, sentence)

    def _resume(self, last: Last) -> bool:
        try:
            credentials = self._credentials(last.account)
            if credentials.session() is None:
                return False
            self._open_desk(last, credentials)
        except CANNOT_OPEN as wrong:
            self.ask_who(last.account, str(wrong))
        return True

    def _credentials(self, account: str) -> Credentials:
        if self._visit is not None:
            return HeldCredentials()
        return KeyringCredentials(self._place.address, account)

    def _open_desk(
        self, last: Last, credentials: Credentials, greeting: Greeting | None = None
    ) -> None:
        self.close()
        key = self._visit.key if self._visit else key_from_keyring(last.account)
        marks = None if self._visit else KeyringMarks(last.store, last.account)
        context = desk_of(
            self._place,
            last.store,
            last.force,
            credentials,
            key,
            marks,
            greeting,
            may_ask=False,
            key_of=(lambda _: key) if self._visit else kept_key,
        )
        try:
            desk = self._open.enter_context(context)
        except NeedsPack:
            self._meet(last, credentials)
            return
        self._open.callback(self._behind.leave, desk)
        window = self._main_window(desk)
        desk.signed_out.connect(
            lambda sentence: window.leaving.once_saved(
                lambda: self.ask_who(last.account, sentence)
            ),
            Qt.ConnectionType.QueuedConnection,
        )
        self._show(window)

    def _meet(self, last: Last, credentials: Credentials) -> None:
        """The store is asked beside the window what a new desk must have; then it opens."""
        self._attempt = Meeting(self._place.address, credentials)
        self._attempt.done.connect(lambda greeting: self._met(last, credentials, greeting))
        self._attempt.failed.connect(lambda sentence: self._refused(last.account, sentence))
        self._attempt.begin()

    def _met(self, last: Last, credentials: Credentials, greeting: Greeting) -> None:
        try:
            self._open_desk(last, credentials, greeting)
        except CANNOT_OPEN as wrong:
            self.ask_who(last.account, str(wrong))

    def _main_window(self, desk: Desk) -> MainWindow:
        left = self._behind.come(desk.person.id)
        window = MainWindow(desk, demonstration=self._visit is not None, left=left)
        window.left_told.connect(self._behind.told)
        window.role_chosen.connect(self.be)
        window.sign_out_asked.connect(lambda: self.ask_who())
        return window

    def _show(self, window: QWidget) -> None:
        before, self._window = self._window, window
        window.resize(before.size())
        window.move(before.pos())
        window.setWindowState(before.windowState())
        if isinstance(window, MainWindow) and not isinstance(before, MainWindow):
            _take_the_room(window)
        window.show()
        window.activateWindow()
        before.hide()
        before.deleteLater()


def _take_the_room(window: QWidget) -> None:
    """Fill a screen that is larger than the window; people put it where they want after that."""
    room = window.screen().availableSize()
    if room.width() > window.width() and room.height() > window.height():
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)
