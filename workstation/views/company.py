"""In words: who else is at a report, who keeps unsent words of it, and how its lease stands."""

from collections.abc import Iterable
from datetime import datetime

from workstation.desk import Present
from workstation.domain.holders import Claim
from workstation.domain.leases import offline_words, reserved_words
from workstation.views.due import moment


def looking_words(company: Iterable[Present]) -> str:
    """Who looks at it now; where none does, who did a moment ago; or nothing."""
    here = [one for one in company if one.viewing]
    now = [one for one in here if not one.stale]
    if now:
        said = _colleagues(now, "is", "are", "looking at this too")
        return _both(said, _mine(now, "You have this open at", "too"))
    said = _colleagues(here, "was", "were", "looking a moment ago")
    return _both(said, _mine(here, "You had this open at", "a moment ago"))


def is_fresh(company: Iterable[Present]) -> bool:
    """Whether anybody looks at it just now."""
    return any(one.viewing and not one.stale for one in company)


def unsent_words(company: Iterable[Present], now: datetime) -> list[str]:
    """Whose words wait on their desk, and since when."""
    kept = [(one, one.unsent_since) for one in company if one.unsent_since is not None]
    return [f"unsent words by {whose(one)} since {moment(since, now)}" for one, since in kept]


def whose(one: Present) -> str:
    """Who it is; of me, at which of my desks."""
    return f"you at {one.workstation}" if one.is_me else one.name


def holder_words(claim: Claim, now: datetime) -> str:
    """Who holds a report and how, in one sentence without its full stop."""
    if claim.is_packet:
        return reserved_words(claim, now).rstrip(".")
    if claim.detached:
        return offline_words(claim, now).rstrip(".")
    return f"Held by {claim.by.name}"


def _listed(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _colleagues(there: Iterable[Present], one: str, more: str, what: str) -> str:
    names = [other.name for other in there if not other.is_me]
    return f"{_listed(names)} {one if len(names) == 1 else more} {what}" if names else ""


def _mine(there: Iterable[Present], begin: str, end: str) -> str:
    """My own other desk is told as mine: nobody else is there."""
    desks = [own.workstation for own in there if own.is_me]
    return f"{begin} {_listed(desks)} {end}" if desks else ""


def _both(*said: str) -> str:
    return "; ".join(filter(None, said))
