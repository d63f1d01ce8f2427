"""Facts that hold only for minutes, such as being safe: who said them, and until when they count.

A missing word is never read as safe (rows A9.6): what nobody has said for the pack's minutes is
not known any more, and the screen says so beside the old words.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from workstation.domain.judgement import Said
from workstation.domain.pack import Pack
from workstation.domain.report import Facts, Report
from workstation.domain.roles import Author, PersonId

SAFE_FACTS = ("safety", "injuries")
_NOBODY = PersonId("")


def said_first(facts: Facts, at: datetime, by: Author) -> dict[str, Said]:
    """Whose words the first facts are: those of the person reporting, as far as one is named."""
    who = facts.reporter or by.name
    given = (name for name in SAFE_FACTS if str(getattr(facts, name)))
    return {name: Said(at=at, by=by, who=who) for name in given}


def said_again(
    said: Mapping[str, Said], fields: Iterable[str], at: datetime, by: Author
) -> dict[str, Said]:
    """The same with these facts said anew."""
    anew = {name: Said(at=at, by=by, who=by.name) for name in fields if name in SAFE_FACTS}
    return {**said, **anew}


def said_of(report: Report, field: str) -> Said | None:
    """Who said a fact and when; one from before this was kept counts from the report's receipt."""
    if field not in SAFE_FACTS or not str(getattr(report.facts, field)):
        return None
    known = report.said.get(field)
    return known or Said(at=report.received_at, by=Author(_NOBODY, ""), who=report.facts.reporter)


def is_lapsed(said: Said, now: datetime, pack: Pack) -> bool:
    """Whether it was said so long ago that nobody knows whether it still holds."""
    return now - said.at >= timedelta(minutes=pack.promises.safe_minutes)
