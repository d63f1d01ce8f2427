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
    fresh = [one.name for one in here if not one.stale]
    if fresh:
        return f"{_listed(fresh)} {'is' if len(fresh) == 1 else 'are'} looking at this too"
    gone = [one.name for one in here]
    if gone:
        return f"{_listed(gone)} {'was' if len(gone) == 1 else 'were'} looking a moment ago"
    return ""


def is_fresh(company: Iterable[Present]) -> bool:
    """Whether anybody looks at it just now."""
    return any(one.viewing and not one.stale for one in company)


def unsent_words(company: Iterable[Present], now: datetime) -> list[str]:
    """Whose words wait on their desk, and since when."""
    kept = [(one, one.unsent_since) for one in company if one.unsent_since is not None]
    return [f"unsent words by {one.name} since {moment(since, now)}" for one, since in kept]


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
