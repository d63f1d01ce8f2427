"""Which situation an account tells of, and what the rules of the work make of that situation.

The situation is the one most speaks for; a sign (notice) counts in any of them. Everything kept
says by which words and which rule. Nothing here ever says that there is no danger.
"""

from collections.abc import Iterable, Iterator
from typing import get_args

from msgspec import Struct
from msgspec.structs import replace

from workstation.reading.account import Account
from workstation.reading.concepts import Hit
from workstation.reading.leaning import Leaning
from workstation.reading.lexicon import (
    Band,
    Lexicon,
    Notice,
    Situation,
    Variant,
    Whose,
)
from workstation.reading.matters import FEWEST, FEWEST_OF_CRIME, Matters
from workstation.reading.meaning import Meaning, Reader

BANDS: tuple[Band, ...] = get_args(Band)
ENOUGH = 2.0
GUESSED = 7.0
IN_DIARY = 0.25
COUNTS = 1.0
SAID_FIRST = 1.2
FIRST_WORDS = 20
CLEAR_LEAD = 1.0
EMERGENCY_LEAD = 3.5
EMERGENCY_SCORE = 3.0
NEAR_BY_RULE = 1.0
BY_WORDS = 4.0
RANKED = 3
WEAK = 3.0
SAID_ENOUGH, RULED, SURELY = 4.0, 4.0, 6.5
NOT_ELSEWHERE, HARM_OR_NEED = "not_elsewhere", "harm_or_need"
SOMEBODY_THERE = "somebody_there"
NEVER_ELSEWHERE = frozenset(("form:missing", "form:rtc", "form:update", "channel:999"))
MAYBE_CRIME = frozenset(("form:crime", "form:vehicle"))
NOTHING = "nothing matched: not the same as no risk"


class Because(Struct, frozen=True):
    """Words of the account and the rule they fired; a rule that needs no words has none."""

    rule: str
    start: int = 0
    end: int = 0
    words: str = ""


class Ranked(Struct, frozen=True):
    """A situation, how much speaks for it, and what; how much of it is said by rules."""

    name: str
    score: float
    because: tuple[Because, ...]
    by_rule: float = 0.0


class Judged(Struct):
    """What follows for a report; each value under its name in `because` with its reasons."""

    situations: tuple[Ranked, ...]
    emergency: bool
    grade: Band
    whose: Whose
    topic: str
    agencies: tuple[str, ...]
    offences: list[str]
    flags: dict[str, tuple[Because, ...]]
    because: dict[str, list[Because]]


class Judge:
    """Judges accounts by one lexicon."""

    def __init__(self, lexicon: Lexicon, reader: Reader, leaning: Leaning) -> None:
        self._leaning = leaning
        self._matters = Matters(lexicon.matters, reader.stem)
        self._situations = lexicon.situations
        self._cues = {
            name: [(cue, reader.cue(cue), weight) for cue, weight in s.cues.items()]
            for name, s in lexicon.situations.items()
        }
        self._variants = {
            name: [(v, reader.cue(v.given)) for v in s.variants]
            for name, s in lexicon.situations.items()
        }
        self._notices = [(n, v, reader.cue(v.given)) for n, v in lexicon.notices.items()]

    def judge(self, account: Account, meaning: Meaning) -> Judged:
        """The situations that are told of, likeliest first, and what follows from the first."""
        facts = _facts_of(account)
        ranked = self._ranked(facts, meaning)
        matter = self._matter(ranked, facts, meaning)
        ranked = (*matter, *ranked)[:RANKED]
        first = ranked[0].name if ranked else ""
        judged = _begun(ranked, self._situations)
        for variant, cue in self._variants.get(first, ()):
            hits = meaning.find(cue, facts)
            if hits is not None:
                _apply_variant(judged, variant, _because(meaning, first, hits))
        for name, notice, cue in self._notices:
            hits = meaning.find(cue, facts) if _concerns(notice, ranked) else None
            if hits is not None and (
                not notice.emergency or not meaning.is_in_diary(hits) or not hits
            ):
                _apply_notice(judged, notice, _because(meaning, name, hits))
        if judged.whose == "redirect" and _stays(judged, facts, meaning):
            judged.whose, judged.agencies = "police", ()
        self._add_offences(judged)
        return judged

    def _matter(
        self, ranked: tuple[Ranked, ...], facts: frozenset[str], meaning: Meaning
    ) -> tuple[Ranked, ...]:
        """A matter of another body by its everyday words, where no rule speaks for anything."""
        is_spoken_for = bool(ranked) and ranked[0].score >= WEAK
        if is_spoken_for or _is_never_elsewhere(facts, meaning):
            return ()
        fewest = FEWEST_OF_CRIME if MAYBE_CRIME & facts else FEWEST
        found = self._matters.find(meaning.words, fewest)
        if found is None:
            return ()
        name, _, hits = found
        said = tuple(_because(meaning, f"{name}: everyday words", hits))
        return (Ranked(name, ENOUGH, said, ENOUGH),)

    def _ranked(self, facts: frozenset[str], meaning: Meaning) -> tuple[Ranked, ...]:
        leaning = self._leaning.of(meaning)
        scored = [self._score(name, facts, meaning, leaning) for name in self._situations]
        enough = [ranked for ranked in scored if self._is_enough(ranked)]
        first = sorted(enough, key=lambda ranked: -ranked.score)[:RANKED]
        by_rule = max(scored, key=lambda ranked: ranked.by_rule)
        if by_rule.by_rule >= ENOUGH and by_rule not in first:
            first[RANKED - 1 :] = [by_rule]
        return tuple(self._with_words(one, leaning, meaning) for one in first)

    def _is_enough(self, one: Ranked) -> bool:
        """An emergency that no rule speaks for has to be likelier by its words than a guess.

        What rules do not reach is not tipped over by a few words that lean nowhere much.
        """
        if one.by_rule < ENOUGH and one.score - one.by_rule < COUNTS:
            return False
        is_guess = self._situations[one.name].emergency and one.by_rule < NEAR_BY_RULE
        return one.score >= (GUESSED if is_guess else ENOUGH)

    def _with_words(self, one: Ranked, leaning: dict[str, float], meaning: Meaning) -> Ranked:
        """With the everyday words that lean this way, where they count."""
        if leaning.get(one.name, 0.0) < COUNTS:
            return one
        hits = self._leaning.because(meaning, one.name)
        said = _because(meaning, f"{one.name}: everyday words", hits)
        return replace(one, because=(*one.because, *said))

    def _score(
        self, name: str, facts: frozenset[str], meaning: Meaning, leaning: dict[str, float]
    ) -> Ranked:
        forms = self._situations[name].forms
        score = sum(forms.get(fact, 0.0) for fact in facts)
        reasons: list[Because] = []
        for cue, taken_apart, weight in self._cues[name]:
            hits = meaning.find(taken_apart, facts)
            if hits is None:
                continue
            score += weight * _standing(meaning, hits)
            if weight > 0:
                reasons += _because(meaning, f"{name}: {cue}", hits)
        return Ranked(name, score + leaning.get(name, 0.0), tuple(reasons), score)

    def _add_offences(self, judged: Judged) -> None:
        for ranked in judged.situations[1:]:
            for code in self._situations[ranked.name].offences:
                if code not in judged.offences:
                    judged.offences.append(code)
        del judged.offences[RANKED:]


def _stays(judged: Judged, facts: frozenset[str], meaning: Meaning) -> bool:
    """Whether danger or need is about that no everyday words may send elsewhere."""
    first = judged.situations[0]
    if judged.emergency or NEVER_ELSEWHERE & facts:
        return True
    if first.score < SURELY and meaning.hits(SOMEBODY_THERE):
        return True
    if first.by_rule < RULED and meaning.hits(HARM_OR_NEED):
        return True
    if first.by_rule < NEAR_BY_RULE and first.score < SAID_ENOUGH:
        return True
    return first.by_rule < WEAK and _is_in_need(judged)


def _is_never_elsewhere(facts: frozenset[str], meaning: Meaning) -> bool:
    return bool(NEVER_ELSEWHERE & facts or meaning.hits(NOT_ELSEWHERE))


def _is_in_need(judged: Judged) -> bool:
    """Whether anything of the report speaks of an emergency, of risk or of a graver grade."""
    return judged.emergency or bool(judged.flags) or judged.grade != BANDS[-1]


def _standing(meaning: Meaning, hits: list[Hit]) -> float:
    """What people say first is what they report; an entry of a diary is one of many."""
    if hits and meaning.is_in_diary(hits):
        return IN_DIARY
    return SAID_FIRST if any(hit.first < FIRST_WORDS for hit in hits) else 1.0


def _begun(ranked: tuple[Ranked, ...], situations: dict[str, Situation]) -> Judged:
    if not ranked:
        return Judged((), False, BANDS[-1], "police", "", (), [], {}, {})
    first, situation = ranked[0], situations[ranked[0].name]
    reasons = list(first.because)
    judged = Judged(
        ranked,
        situation.emergency,
        situation.grade,
        situation.whose,
        situation.topic,
        situation.agencies,
        list(situation.offences),
        dict.fromkeys(situation.flags, tuple(reasons)),
        {"grade": reasons, "agency": list(reasons), "offence": list(reasons)},
    )
    if situation.emergency:
        judged.because["emergency"] = list(reasons)
    for other in ranked[1:]:
        near = _is_near(other, ranked)
        if near and situations[other.name].emergency and not judged.emergency:
            judged.emergency, judged.grade = True, "emergency"
            judged.because["emergency"] = judged.because["grade"] = list(other.because)
    graver = _graver(ranked, situations)
    if situation.whose == "redirect" and graver is not None:
        judged.whose, judged.agencies = "police", ()
        judged.because["agency"] = list(graver.because)
    return judged


def _is_near(other: Ranked, ranked: tuple[Ranked, ...]) -> bool:
    """Whether it is nearly as well spoken for as the first, or by rules alone as well as any."""
    if other.by_rule >= max(ENOUGH, *(one.by_rule for one in ranked)):
        return True
    least = EMERGENCY_SCORE if other.by_rule >= NEAR_BY_RULE else BY_WORDS
    return other.score >= least and ranked[0].score - other.score < EMERGENCY_LEAD


def _graver(ranked: tuple[Ranked, ...], situations: dict[str, Situation]) -> Ranked | None:
    """A graver matter for the police that is nearly as well spoken for as the first."""
    for other in ranked[1:]:
        situation = situations[other.name]
        is_ours = situation.whose != "redirect" and situation.grade != BANDS[-1]
        if is_ours and ranked[0].score - other.score < CLEAR_LEAD:
            return other
    return None


def _apply_variant(judged: Judged, variant: Variant, because: list[Because]) -> None:
    if variant.emergency is not None:
        judged.emergency = variant.emergency
        judged.because["emergency"] = because
    if variant.grade is not None:
        judged.grade = variant.grade
        judged.because["grade"] = because
    if variant.whose is not None:
        judged.whose = variant.whose
        judged.because["agency"] = because
    if variant.agencies is not None:
        judged.agencies = variant.agencies
    if variant.offences is not None:
        judged.offences = list(variant.offences)
        judged.because["offence"] = because
    for flag in variant.flags:
        judged.flags.setdefault(flag, tuple(because))
    for flag in variant.without:
        judged.flags.pop(flag, None)


def _apply_notice(judged: Judged, notice: Notice, because: list[Because]) -> None:
    for flag in notice.flags:
        judged.flags.setdefault(flag, tuple(because))
    if notice.emergency and not judged.emergency:
        judged.emergency = True
        judged.because["emergency"] = because
        judged.grade = "emergency"
        judged.because["grade"] = because
    if notice.grade and BANDS.index(notice.grade) < BANDS.index(judged.grade):
        judged.grade = notice.grade
        judged.because["grade"] = because
    if notice.keeps and judged.whose == "redirect":
        judged.whose, judged.agencies = "police", ()
        judged.because["agency"] = because
    judged.offences += [code for code in notice.offences if code not in judged.offences]


def _concerns(notice: Notice, ranked: tuple[Ranked, ...]) -> bool:
    """A situation that everyday words alone make likely silences no sign."""
    first = ranked[0].name if ranked else ""
    if notice.only:
        return first in notice.only
    return first not in notice.never or bool(ranked and ranked[0].by_rule < ENOUGH)


def _because(meaning: Meaning, rule: str, hits: Iterable[Hit]) -> list[Because]:
    return list(_reasons(meaning, rule, hits))


def _reasons(meaning: Meaning, rule: str, hits: Iterable[Hit]) -> Iterator[Because]:
    words = meaning.words
    for hit in hits:
        start, end = words.starts[hit.first], words.ends[hit.last]
        yield Because(rule, start, end, words.text[start:end])


def _facts_of(account: Account) -> frozenset[str]:
    return frozenset(
        (
            f"form:{account.form}",
            f"channel:{account.channel}",
            f"line:{account.line}",
            f"role:{account.reporter.role}",
        )
    )
