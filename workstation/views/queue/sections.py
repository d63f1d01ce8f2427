"""Under which heading a row stands at this moment, and how a row reads aloud."""

from datetime import datetime, timedelta

from workstation.desk import QueueRow
from workstation.domain.report import Channel
from workstation.domain.sums import late_words
from workstation.ui.list_base import Section
from workstation.views.company import looking_words, unsent_words
from workstation.views.due import clock_time, due

HOUR = timedelta(hours=1)
CHANNEL_ICONS: dict[Channel, str] = {
    Channel.ONLINE: "globe",
    Channel.CALL_101: "phone-call",
    Channel.CALL_999: "siren",
    Channel.CHAT: "message-square",
    Channel.IN_PERSON: "user",
    Channel.INTELLIGENCE: "eye",
}
CHANNEL_NAMES: dict[Channel, str] = {
    Channel.ONLINE: "Online",
    Channel.CALL_101: "101",
    Channel.CALL_999: "999",
    Channel.CHAT: "Chat",
    Channel.IN_PERSON: "In person",
    Channel.INTELLIGENCE: "Intelligence",
}
_FLAGS: dict[str, tuple[str, str]] = {
    "check": ("danger", "phone-call"),
    "happening": ("danger", "siren"),
    "lowering": ("warn", "hand"),
    "assess": ("warn", "refresh-cw"),
    "hazard": ("danger", "octagon-alert"),
    "risk:": ("vuln", "heart-pulse"),
    "supervisor": ("warn", "hand"),
    "told": ("neutral", "phone-call"),
    "repeat": ("neutral", "history"),
    "crime": ("neutral", "hash"),
    "likely": ("accent", "arrow-left-right"),
    "correction": ("warn", "pencil"),
}
_OTHER_FLAG = ("vuln", "heart-pulse")
_BANDS = {3: "Scheduled", 4: "No deployment"}


def section_of(row: QueueRow, now: datetime) -> Section:
    """Danger first whatever is late; then what nobody has looked at; calmer bands say so."""
    if row.danger:
        return Section("Danger, or risk not assessed", tone="danger", icon="shield-alert")
    before = f"{_BANDS[row.band]}: " if row.band in _BANDS else ""
    if not row.waits:
        before = "Initial check: "
    if row.owed:
        before = ""
    if row.due_at is None:
        return Section(_upper(before + "nothing due"))
    if row.due_at < now:
        return Section(_upper(before + "overdue"), tone="danger", icon="triangle-alert")
    if row.due_at < now + HOUR:
        return Section(_upper(before + "due within 1 hour"))
    return Section(_upper(before + "later"))


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def flag_tone(flag: str) -> str:
    """Flags of danger and of risk to a person stand out; the others are quiet."""
    return _FLAGS.get(_first_word(flag), _OTHER_FLAG)[0]


def flag_icon(flag: str) -> str:
    """The icon that says the same as the flag's tone."""
    return _FLAGS.get(_first_word(flag), _OTHER_FLAG)[1]


def _first_word(flag: str) -> str:
    return next(iter(flag.casefold().split()), "")


def spoken_row(row: QueueRow, now: datetime) -> str:
    """The whole row in words, for a screen reader."""
    parts = [
        row.title,
        "danger, or risk not assessed" if row.danger else "",
        f"{row.due_kind} {due(row.due_at, now).spoken}".strip(),
        CHANNEL_NAMES[row.channel],
        row.reference,
        row.place,
        "" if row.waits or row.danger else "initial check not done",
        late_words([name for name, at in row.clocks if at < now]),
        *(f"promised: {what}, {due(at, now).spoken}" for what, at in row.said),
        f"graded {row.grade_name}" if row.grade_name else "not graded",
        held_by(row),
        row.offer,
        f"flagged {', '.join(row.marked)}" if row.marked else "",
        "your claim is not confirmed" if row.is_unsure else "",
        *row.flags,
        "not yet confirmed" if row.pending else "",
        f"returned: {row.returned_because}" if row.returned_because else "",
        "new or changed since you looked" if row.has_new else "",
        looking_words(row.company),
        *unsent_words(row.company, now),
    ]
    return ", ".join(part for part in parts if part)


def held_by(row: QueueRow) -> str:
    """Who holds the row's report and how: worked, silent, or only reserved."""
    if not row.holder:
        return ""
    if row.reserved_until is not None:
        return f"reserved for {row.holder} until {clock_time(row.reserved_until)}"
    since = f", offline since {clock_time(row.offline_since)}" if row.offline_since else ""
    return f"held by {row.holder}{since}"
