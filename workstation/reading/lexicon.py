"""The lexicon of meanings: what its TOML files may hold, and that they are read whole or refused.

Many files, one lexicon; every name is given once. A problem names its file, the key path and what
is allowed there.
"""

import tomllib
from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeVar, get_args

import msgspec
from msgspec import Struct

Band = Literal["emergency", "priority", "scheduled", "resolution_without_deployment"]
Whose = Literal["police", "redirect", "split", "other_force"]
CHOICES = {"grade": get_args(Band), "whose": get_args(Whose)}
FACTS = ("role", "form", "line", "channel")
T = TypeVar("T")
PARTS = ("grammar", "concepts", "situations", "notices", "matters", "marks")


class LexiconProblem(ValueError):
    """A lexicon that must not be used: the file, the key path, and what is allowed."""


class Grammar(Struct, frozen=True, forbid_unknown_fields=True):
    """The small words: skipped, negating, dividing, turning back from what is supposed; other
    spellings; whose lines are our own."""

    skipped: str
    negations: str
    dividing: str
    turning: str
    same: dict[str, str]
    kept: str
    ours: tuple[str, ...]
    questioners: tuple[str, ...]
    yes: str


class Concept(Struct, frozen=True, forbid_unknown_fields=True):
    """One meaning: the phrases that say it, and the meanings that together make it.

    In `says`, phrases are divided by commas; `*` stands for up to four words, `=word` for exactly
    that form. In `means`, `a + b` is both near each other, `a & b` both in the report, `a|b`
    either. A concept that `stands` is not undone by a word of negation before it.
    """

    says: str = ""
    means: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    stands: bool = False


class Variant(Struct, frozen=True, forbid_unknown_fields=True):
    """What becomes different in a situation when something more is said (`given`)."""

    given: str
    emergency: bool | None = None
    grade: Band | None = None
    offences: tuple[str, ...] | None = None
    flags: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    whose: Whose | None = None
    agencies: tuple[str, ...] | None = None


class Situation(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of report: what speaks for it, and what the rules of the work make of it.

    `agencies` names them, or `by_district` for whom the directory gives for `topic`. `source` is
    the rule's own number.
    """

    title: str
    cues: dict[str, float]
    forms: dict[str, float] = {}
    whose: Whose = "police"
    topic: str = ""
    agencies: tuple[str, ...] = ()
    source: str = ""
    emergency: bool = False
    grade: Band = "resolution_without_deployment"
    offences: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = ()


class Notice(Struct, frozen=True, forbid_unknown_fields=True):
    """A sign that counts in any situation: what it raises, and where it does not."""

    given: str
    flags: tuple[str, ...] = ()
    emergency: bool = False
    grade: Band | None = None
    offences: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    keeps: bool = False
    title: str = ""


class Matter(Struct, frozen=True, forbid_unknown_fields=True):
    """The everyday words of a redirected situation: what it is about, and what is wrong."""

    things: str
    troubles: str


class Mark(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of risk whose words are marked in the text: the meanings it gathers."""

    name: str
    concepts: tuple[str, ...]


class LexiconFile(Struct, frozen=True):
    """What one file may hold; any part may be missing."""

    grammar: Grammar | None = None
    concepts: dict[str, Concept] = {}
    situations: dict[str, Situation] = {}
    notices: dict[str, Notice] = {}
    matters: dict[str, Matter] = {}
    marks: tuple[Mark, ...] = ()


KEYED: dict[str, Any] = {
    "concepts": Concept,
    "situations": Situation,
    "notices": Notice,
    "matters": Matter,
}


class Lexicon(Struct, frozen=True):
    """All files together."""

    grammar: Grammar
    concepts: dict[str, Concept]
    situations: dict[str, Situation]
    notices: dict[str, Notice]
    matters: dict[str, Matter]
    marks: tuple[Mark, ...]


def read_lexicon(files: Mapping[str, str]) -> Lexicon:
    """The lexicon of these TOML texts by file name, or a LexiconProblem."""
    read = {name: _read_file(name, text) for name, text in sorted(files.items())}
    grammars = [part.grammar for part in read.values() if part.grammar is not None]
    if len(grammars) != 1:
        raise LexiconProblem(
            f"grammar: is given {len(grammars)} times; allowed: once in all files"
        )
    lexicon = Lexicon(
        grammars[0],
        _joined(read, "concepts"),
        _joined(read, "situations"),
        _joined(read, "notices"),
        _joined(read, "matters"),
        tuple(mark for part in read.values() for mark in part.marks),
    )
    for name, part in read.items():
        for path, cue in _cues(part):
            _check_cue(name, path, cue, lexicon.concepts)
        _check_matters(name, part, lexicon.situations)
    _check_cycles(lexicon.concepts, read)
    return lexicon


def alternatives(cue: str) -> list[list[list[str]]]:
    """A cue as what must be in the report: groups of meanings near each other, each of several."""
    return [
        [[name.strip() for name in either.split("|")] for either in group.split("+")]
        for group in cue.split("&")
    ]


def _read_file(name: str, text: str) -> LexiconFile:
    """One file, part by part and key by key, so that a problem can be told where it is."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise LexiconProblem(f"{name}: this is not TOML: {problem}") from problem
    for part in raw:
        if part not in PARTS:
            allowed = ", ".join(PARTS)
            raise LexiconProblem(f"{name}: {part}: is no part; allowed here: {allowed}")
    parts: dict[str, Any] = {}
    for part, kind in KEYED.items():
        keyed = raw.get(part, {})
        parts[part] = {k: _convert(name, v, kind, f"{part}.{k}") for k, v in keyed.items()}
    if "grammar" in raw:
        parts["grammar"] = _convert(name, raw["grammar"], Grammar, "grammar")
    marks = enumerate(raw.get("marks", ()))
    parts["marks"] = tuple(_convert(name, mark, Mark, f"marks[{at}]") for at, mark in marks)
    return LexiconFile(**parts)


def _convert(name: str, raw: Any, kind: type[T], path: str) -> T:
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as problem:
        what, _, inner = str(problem).partition(" - at `$")
        at = inner.strip("`")
        raise LexiconProblem(f"{name}: {path}{at}: {what}{_choices(at)}") from problem


def _choices(at: str) -> str:
    """The values that one may choose from at this place, where there are only so many."""
    allowed = CHOICES.get(at.rpartition(".")[2], ())
    return f"; allowed: {', '.join(allowed)}" if allowed else ""


def _joined(read: Mapping[str, LexiconFile], part: str) -> dict[str, Any]:
    whole: dict[str, object] = {}
    for name, file in read.items():
        for key, value in getattr(file, part).items():
            if key in whole:
                raise LexiconProblem(f"{name}: {part}.{key}: is given twice; allowed: once")
            whole[key] = value
    return whole


def _cues(file: LexiconFile) -> Iterable[tuple[str, str]]:
    """Every cue of a file with its key path."""
    for key, concept in file.concepts.items():
        yield from _numbered(f"concepts.{key}.means", concept.means)
        yield from _numbered(f"concepts.{key}.but", concept.but)
    for key, situation in file.situations.items():
        yield from ((f"situations.{key}.cues", cue) for cue in situation.cues)
        given = [variant.given for variant in situation.variants]
        yield from _numbered(f"situations.{key}.variants", given)
    for key, notice in file.notices.items():
        yield f"notices.{key}.given", notice.given
    for at, mark in enumerate(file.marks):
        yield from _numbered(f"marks[{at}].concepts", mark.concepts)


def _numbered(path: str, cues: Iterable[str]) -> Iterable[tuple[str, str]]:
    return ((f"{path}[{at}]", cue) for at, cue in enumerate(cues))


def _check_cue(file: str, path: str, cue: str, concepts: Mapping[str, Concept]) -> None:
    for group in alternatives(cue):
        for either in group:
            for name in either:
                bare = name.removeprefix("no:")
                if bare.partition(":")[0] not in FACTS and bare not in concepts:
                    raise LexiconProblem(
                        f"{file}: {path}: {bare!r} is no concept; allowed: a name under "
                        "[concepts], after no: if it must be denied"
                    )


def _check_matters(file: str, part: LexiconFile, situations: Mapping[str, Situation]) -> None:
    for name in part.matters:
        if name not in situations or situations[name].whose != "redirect":
            raise LexiconProblem(
                f"{file}: matters.{name}: is no redirected situation; allowed: the name of one"
            )


def _check_cycles(concepts: Mapping[str, Concept], read: Mapping[str, LexiconFile]) -> None:
    done: set[str] = set()
    for start in concepts:
        if round_again := _walk(start, (), concepts, done):
            name, *through = round_again
            file = next(file for file, part in read.items() if name in part.concepts)
            raise LexiconProblem(
                f"{file}: concepts.{name}.means: comes back to itself through "
                f"{' → '.join(through)}; allowed: meanings that do not need this one"
            )


def _walk(
    name: str, above: tuple[str, ...], concepts: Mapping[str, Concept], done: set[str]
) -> tuple[str, ...]:
    """The way from a concept back to itself, where there is one."""
    if name in above:
        return (name, *above)
    if name in done:
        return ()
    for below in _needed(concepts[name], concepts):
        if found := _walk(below, (*above, name), concepts, done):
            return found
    done.add(name)
    return ()


def _needed(concept: Concept, concepts: Mapping[str, Concept]) -> Iterable[str]:
    """The meanings that make up another."""
    for cue in concept.means:
        for either in (either for group in alternatives(cue) for either in group):
            bare = (name.removeprefix("no:") for name in either)
            yield from (name for name in bare if name in concepts)
