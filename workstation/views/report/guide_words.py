"""What is said of a guide: how much of it was done, by whom, and where its questions are from."""

from datetime import datetime

from workstation.desk import Suggested as Read
from workstation.domain.answered import Answered
from workstation.domain.guide import Guide
from workstation.views.due import moment
from workstation.views.literal import literal
from workstation.views.report.guide_sheet import History

NOTHING_CHOSEN = (
    "Choose what to ask about. That nothing is suggested is not the same as nothing to ask."
)
NO_MORE = "Your force has taken these questions away. What you began of them is kept here."


def choice_words(guide: Guide, why: str, done: Answered | None) -> str:
    """A guide in the list: its name, why it is suggested, and how much of it was done."""
    parts = [guide.name]
    if why:
        parts.append("suggested")
    if done is not None and done.asked:
        parts.append(f"{done.asked} asked")
    elif guide.questions:
        parts.append("not done")
    return literal(" \N{MIDDLE DOT} ".join(parts))


def state_words(guide: Guide | None, history: History, why: str, now: datetime) -> str:
    """How far it was asked, claiming no more; the tool it begins is named as not done."""
    if guide is None:
        return NOTHING_CHOSEN
    given, newest = history.given(), history.newest
    said = [f"{len(given)} of {len(guide.to_ask(given))} asked."] if given else []
    if guide.questions and not given:
        said.append("Not done: nobody has asked these questions.")
    if guide.tool:
        said.append(f"{guide.tool}: not done; these questions only begin it.")
    if not guide.questions:
        said.append("Advice only." if guide.advice else NO_MORE)
    if newest is not None:
        said.append(f"Last by {newest.asked_by}, {moment(newest.at, now)}.")
    if why:
        said.append(f"Suggested {why}.")
    return literal(" ".join(said))


def read_words(found: Read | None) -> dict[str, tuple[str, ...]]:
    """The situation and the risks that were read in the words, and by which."""
    if found is None:
        return {}
    because = found.because
    reasons = {found.situation: because.get("situation", ())}
    reasons |= {flag: because.get(flag, ()) for flag in found.flags}
    said = {name: tuple(one.words for one in why if one.words) for name, why in reasons.items()}
    return {name: words for name, words in said.items() if name and words}


def source_words(guide: Guide | None) -> str:
    """Where it is from, and that it is unconfirmed where it is."""
    if guide is None:
        return ""
    begins = "Not confirmed by the force. " if guide.unverified else ""
    return f"{begins}{guide.source}"
