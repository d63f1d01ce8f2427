"""Guides are read and checked whole: file, key path, and what is allowed there."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from workstation.domain.guide import NOT_KNOWN, Guide, Question
from workstation.domain.pack import PackProblem
from workstation.domain.written import raise_any, read_toml

MOST_GUIDES, MOST_QUESTIONS, MOST_ADVICE = 12, 30, 12
LONGEST_ID, LONGEST_NAME = 16, 40
LONGEST_ASK, LONGEST_SHORT = 240, 48


def read_guides(texts: Mapping[str, str], flags: Sequence[str]) -> tuple[Guide, ...]:
    """The guides in these files, by name of file; with one problem in one of them, none."""
    guides = []
    for file, text in sorted(texts.items()):
        try:
            guide = read_toml(text, Guide)
        except PackProblem as problem:
            raise PackProblem(_in_file(file, str(problem))) from problem
        raise_any(_in_file(file, one) for one in _problems(guide, flags))
        guides.append(guide)
    return tuple(guides)


def guide_problems(guides: Sequence[Guide], flags: Sequence[str]) -> Iterator[str]:
    """Everything wrong with the guides of a pack."""
    if len(guides) > MOST_GUIDES:
        yield f"guides: {len(guides)} are given; a pack holds up to {MOST_GUIDES}"
    for id, count in Counter(guide.id for guide in guides).items():
        if count > 1:
            yield f"guides: id {id!r} is given {count} times; each must be its own"
    for index, guide in enumerate(guides):
        for problem in _problems(guide, flags):
            yield f"guides[{index}].{problem}"


def _in_file(file: str, problems: str) -> str:
    return "\n".join(f"{file}, {problem}" for problem in problems.splitlines())


def _problems(guide: Guide, flags: Sequence[str]) -> Iterator[str]:
    yield from _sized("id", guide.id, LONGEST_ID)
    yield from _sized("name", guide.name, LONGEST_NAME)
    yield from _sized("source", guide.source, LONGEST_ASK)
    if guide.valid_to is not None and guide.valid_to < guide.valid_from:
        yield f"valid_to: is before valid_from, {guide.valid_from}; give a later day"
    if not guide.questions and not guide.advice:
        yield "questions: is empty, and so is advice; at least one of them is needed"
    for flag in guide.suits.flags:
        if flag not in flags:
            yield f"suits.flags: {flag!r} is no flag of the force; allowed: {_list(flags)}"
    yield from _advice_problems(guide)
    yield from _counted("questions", [one.id for one in guide.questions], MOST_QUESTIONS)
    before: dict[str, Question] = {}
    for index, question in enumerate(guide.questions):
        for problem in _question_problems(question, before, flags):
            yield f"questions[{index}].{problem}"
        before[question.id] = question


def _advice_problems(guide: Guide) -> Iterator[str]:
    yield from _counted("advice", [line.id for line in guide.advice], MOST_ADVICE)
    for index, line in enumerate(guide.advice):
        yield from _sized(f"advice[{index}].id", line.id, LONGEST_ID)
        yield from _sized(f"advice[{index}].words", line.words, LONGEST_ASK)


def _question_problems(
    one: Question, before: Mapping[str, Question], flags: Sequence[str]
) -> Iterator[str]:
    yield from _sized("id", one.id, LONGEST_ID)
    yield from _sized("ask", one.ask, LONGEST_ASK)
    yield from _choice_problems(one)
    yield from _raising_problems(one, flags)
    on = one.shown_when
    if on.question and on.question not in before:
        yield f"shown_when.question: {on.question!r} is not asked before; allowed: {_list(before)}"
    elif on.question:
        yield from _none_else("shown_when.answer", on.answer, before[on.question].choices)


def _choice_problems(one: Question) -> Iterator[str]:
    if one.kind == "choice" and len(set(one.options)) < 2:
        yield "options: a choice needs two or more, all different"
    if one.kind != "choice" and one.options:
        yield f"options: are not allowed where kind is {one.kind}; only where it is choice"
    if NOT_KNOWN in one.options:
        yield f"options: {NOT_KNOWN!r} is always offered; leave it out"
    for option in one.options:
        yield from _sized("options", option, LONGEST_NAME)
    if one.meanings and len(one.meanings) != len(one.options):
        yield f"meanings: {len(one.meanings)} are given; there are {len(one.options)} options"
    for meaning in one.meanings:
        yield from _sized("meanings", meaning, LONGEST_ASK)


def _raising_problems(one: Question, flags: Sequence[str]) -> Iterator[str]:
    if one.raises:
        yield from _none_else("raises", one.raises, one.choices)
        yield from _sized("short", one.short, LONGEST_SHORT)
    elif one.flag or one.suggest:
        yield "raises: is empty; name the answers that set the flag or suggest the step"
    if one.flag and one.flag not in flags:
        yield f"flag: {one.flag!r} is no flag of the force; allowed: {_list(flags)}"
    if len(one.suggest) > LONGEST_ASK:
        yield f"suggest: holds up to {LONGEST_ASK} characters"


def _none_else(where: str, named: Sequence[str], choices: Sequence[str]) -> Iterator[str]:
    if not named:
        yield f"{where}: is empty; allowed: {_list(choices)}"
    for answer in named:
        if answer not in choices:
            yield f"{where}: {answer!r} is no answer to it; allowed: {_list(choices)}"


def _counted(where: str, ids: Sequence[str], most: int) -> Iterator[str]:
    if len(ids) > most:
        yield f"{where}: {len(ids)} are given; a guide holds up to {most}"
    for id, count in Counter(ids).items():
        if count > 1:
            yield f"{where}: id {id!r} is given {count} times; each must be its own"


def _sized(where: str, text: str, most: int) -> Iterator[str]:
    if not text.strip():
        yield f"{where}: is empty; give up to {most} characters"
    elif len(text) > most:
        yield f"{where}: has {len(text)} characters; allowed: up to {most}"


def _list(allowed: Iterable[str]) -> str:
    return ", ".join(allowed) or "none"
