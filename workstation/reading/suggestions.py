"""What is suggested for a report, each suggestion with the words and the rule that fired.

Suggestions may only raise. None says that there is no emergency: where nothing fired, `note` says
that nothing matched, which is not the same as no risk.
"""

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from workstation.reading.account import Account
from workstation.reading.agency import Directory, Whose, whose
from workstation.reading.judge import NOTHING, Because, Judge, Judged, Ranked
from workstation.reading.leaning import Leaning
from workstation.reading.lexicon import Lexicon
from workstation.reading.meaning import Reader
from workstation.reading.repeats import Link, Repeats


class Suggestions(Struct, frozen=True):
    """Everything suggested for one report; `emergency` is true or not there at all."""

    report_id: str
    situations: tuple[Ranked, ...]
    agency: Whose
    grade: str
    offences: tuple[str, ...]
    flags: Mapping[str, tuple[Because, ...]]
    because: Mapping[str, tuple[Because, ...]]
    emergency: bool | None = None
    duplicate_of: Link | None = None
    update_of: Link | None = None
    note: str = ""


class Suggester:
    """Suggests by one lexicon and the directories of the forces; knows the reports before."""

    def __init__(
        self, lexicon: Lexicon, leaning: Leaning, directories: Mapping[str, Directory]
    ) -> None:
        self.reader = Reader(lexicon)
        self._judge = Judge(lexicon, self.reader, leaning)
        self._lexicon = lexicon
        self._directories = directories
        self._repeats = Repeats()

    def suggest(self, account: Account) -> Suggestions:
        """What is suggested for a report; the later reports of a stream see it too."""
        alone = self.alone(account)
        names = tuple(ranked.name for ranked in alone.situations)
        check = self._directories[account.force].pack.repeat_check
        repeat, update = self._repeats.look_up(account, names, check)
        return replace(alone, duplicate_of=repeat, update_of=update)

    def alone(self, account: Account) -> Suggestions:
        """What is suggested for a report, whatever other reports there are."""
        meaning = self.reader.read(account.narrative)
        judged = self._judge.judge(account, meaning)
        found = whose(judged, account, meaning, self._directories[account.force])
        return _suggestions(account, judged, found)

    def rule_in_words(self, rule: str) -> str:
        """A rule as people read it: the situation or the sign, and the rule's own number."""
        name = rule.partition(":")[0]
        situation = self._lexicon.situations.get(name)
        if situation is None:
            return self._lexicon.notices[name].title
        source = f" ({situation.source})" if situation.source else ""
        return f"{situation.title}{source}"


def _suggestions(account: Account, judged: Judged, found: Whose) -> Suggestions:
    return Suggestions(
        account.report_id,
        judged.situations,
        found,
        judged.grade,
        tuple(judged.offences),
        judged.flags,
        {what: tuple(reasons) for what, reasons in judged.because.items()},
        emergency=True if judged.emergency else None,
        note="" if judged.situations or judged.flags else NOTHING,
    )
