"""What the tests of reading share: the shipped lexicon read once, and accounts made of words."""

from datetime import UTC, datetime
from functools import cache

from workstation.demand.lexicon import shipped_lexicon, suggester
from workstation.domain.pack import Pack
from workstation.domain.places import PlaceIndex
from workstation.machine.resources import leaning_text, reference_tables
from workstation.reading.account import Account, Teller, Where
from workstation.reading.agency import Directory
from workstation.reading.judge import Judge, Judged
from workstation.reading.leaning import read_leaning
from workstation.reading.lexicon import Lexicon
from workstation.reading.meaning import Reader
from workstation.reading.suggestions import Suggester, Suggestions

NOW = datetime(2026, 11, 22, 2, 47, 28, tzinfo=UTC)


@cache
def lexicon() -> Lexicon:
    """The lexicon the product ships with."""
    return shipped_lexicon()


@cache
def reader() -> Reader:
    """A reader of the shipped lexicon."""
    return Reader(lexicon())


@cache
def judge() -> Judge:
    """A judge by the shipped lexicon."""
    return Judge(lexicon(), reader(), read_leaning(leaning_text(), lexicon()))


def account(
    text: str, form: str = "crime", channel: str = "online", town: str = "Ely", name: str = ""
) -> Account:
    """A report that says this."""
    return Account(
        report_id="R-1",
        force="cambridgeshire",
        channel=channel,
        form=form,
        received_at=NOW,
        narrative=text,
        reporter=Teller(name=name or None, role="victim"),
        location=Where(town=town),
    )


def judged(text: str, form: str = "crime", channel: str = "online") -> Judged:
    """What follows for a report that says this."""
    return judge().judge(account(text, form, channel), reader().read(text))


def suggested(text: str, form: str = "crime", channel: str = "online") -> Suggestions:
    """Everything suggested for one report that says this, seen on its own."""
    return fresh_suggester().suggest(account(text, form, channel))


@cache
def places(force: str) -> PlaceIndex:
    """The places a force knows."""
    return PlaceIndex.from_csv(reference_tables()["places"], force)


def suggester_for(pack: Pack) -> Suggester:
    """What reads the words of reports at a desk with this pack."""
    read = lexicon()
    leaning = read_leaning(leaning_text(), read)
    return Suggester(read, leaning, {pack.force: Directory(pack, places(pack.force))})


def fresh_suggester() -> Suggester:
    """A suggester that has seen no report yet."""
    return suggester()
