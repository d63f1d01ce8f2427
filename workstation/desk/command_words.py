"""Every word a command carried, as people say it: names, references and London time, no codes."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from workstation.domain.act import Command
from workstation.domain.answering import AnswerQuestions, GiveAdvice
from workstation.domain.correcting import CorrectFacts
from workstation.domain.grading import GradeReport
from workstation.domain.judgement import CallerTold
from workstation.domain.lowering import AnswerLowering
from workstation.domain.numbers import LONDON
from workstation.domain.pack import Pack
from workstation.domain.report import Location, Report, ReportId
from workstation.domain.roles import Author, PersonId
from workstation.domain.safe_contact import SPOKEN

_NOT_WORDS = {
    "report", "crime", "series", "serial", "type", "rule", "channel", "fence", "marked",
    "workstation", "case", "note", "answered", "saw_number",
}  # fmt: skip
_NAMED = {
    "of": "Duplicate of",
    "main": "Crime that stays",
    "other": "Same crime as it",
    "code": "Grade",
    "saw": "Held then by",
    "holder": "Offered by",
    "by": "Proposed by",
    "field": "Fact",
    "take": "Answer",
    "location": "Where",
    "location_was": "Where before",
    "earlier": "Earlier contacts",
    "agencies": "Agencies",
    "told": "Was the caller told",
    "caller_told": "What they were told",
    "asked_by": "Asked by",
    "approve": "Approved",
    "rara": "Safeguarding",
    "interim": "Before officers arrive",
    "limb": "Why police attend",
    "ways": "How they may be reached",
    "hidden_from": "Who must not hear of it",
}
_ANSWERS = {
    "take": ("it is left", "it is taken"),
    "reached": ("no", "yes"),
}


class Names(Struct, frozen=True):
    """What is spoken of by an id or a code: the force's lists, the reports, and the people."""

    pack: Pack
    report: Callable[[ReportId], Report | None]
    people: Callable[[], Mapping[PersonId, str]]

    def person(self, id: PersonId, at: Report | None) -> str:
        """Somebody by name: as the report knows them, else as a colleague."""
        facets = (at.claim, *at.flags, *at.proposals, at.grading) if at is not None else ()
        met = [facet.by for facet in facets if facet is not None]
        met += [one.by for one in at.holders] if at is not None else []
        known = {one.id: one.name for one in met}
        return known.get(id) or self.people().get(id) or id

    def reference(self, id: ReportId) -> str:
        """A report as people speak of it."""
        report = self.report(id)
        if report is None:
            return "a report that is not here"
        return f"{report.reference or 'a report without a number'} {report.facts.title}".strip()


def words_of(command: Command, names: Names) -> str:
    """A line for each field that says something."""
    if isinstance(command, CorrectFacts):
        return _corrections(command)
    if isinstance(command, AnswerQuestions | GiveAdvice):
        return _of_guide(command, names.pack)
    at = names.report(command.report)
    found = {name: getattr(command, name) for name in command.__struct_fields__}
    lines = []
    for name, value in found.items():
        if name not in _NOT_WORDS and (words := _words(command, name, value, at, names)):
            lines.append(f"{_NAMED.get(name) or titled(name)}: {words}")
    return "\n".join(lines)


def titled(field: str) -> str:
    """A field's name as a heading."""
    return field[:1].upper() + field[1:].replace("_", " ")


def place_words(where: Location) -> str:
    """A place in the words it was given in; never a position."""
    said = (where.text, where.town, where.postcode, where.unknown_because)
    return ", ".join(dict.fromkeys(one for one in said if one))


def _corrections(command: CorrectFacts) -> str:
    lines = [
        f"{titled(one.field)}: {one.now}\n  in place of: {one.was or 'not known'}"
        for one in command.changes
    ]
    if command.location is not None:
        lines.append(f"Where: {place_words(command.location)}")
    return "\n".join(lines)


def _of_guide(command: AnswerQuestions | GiveAdvice, pack: Pack) -> str:
    """Which guide, then each question with its answer, or each advice as it was read out."""
    guide = pack.guide_by_id.get(command.guide)
    lines = [f"Guide: {guide.name if guide is not None else command.guide}"]
    if isinstance(command, GiveAdvice):
        read = [guide.advice_line(id) if guide is not None else None for id in command.lines]
        lines += [f"Read out: {one.words}" for one in read if one is not None]
        return "\n".join([*lines, *([f"Told: {command.told}"] if command.told else [])])
    for given in command.answers:
        question = guide.question(given.question) if guide is not None else None
        lines.append(f"{question.ask if question is not None else given.question} {given.words}")
    return "\n".join([*lines, *([f"Said by: {command.said_by}"] if command.said_by else [])])


def _words(command: Command, name: str, value: Any, at: Report | None, names: Names) -> str:
    """What one field says; empty where it says nothing."""
    if name in _ANSWERS:
        return _ANSWERS[name][bool(value)]
    if name == "set_at":
        return _moment(value)
    if isinstance(value, CallerTold):
        when = _moment(value.at) if value.at is not None else ""
        return ", ".join(filter(None, (value.answer, when, f"by {value.by}" if value.by else "")))
    if name in ("saw", "holder", "by", "set_by", "asked_by"):
        return _person(name, value, at, names)
    if name == "of":
        return names.reference(value)
    if name in ("main", "other"):
        numbers = {crime.id: crime.number for crime in at.crimes} if at is not None else {}
        return numbers.get(value, "a crime that is not here")
    if name == "code" or (name == "was" and isinstance(command, GradeReport | AnswerLowering)):
        grade = names.pack.grade_by_code.get(value)
        return grade.name if grade is not None else str(value)
    return _listed(name, value, names.pack)


def _moment(at: datetime) -> str:
    return f"{at.astimezone(LONDON):%H:%M on %d %B %Y}"


def _person(name: str, value: Any, at: Report | None, names: Names) -> str:
    """Who; of a move, that nobody held it is said too."""
    if name == "saw" and value == "":
        return "nobody"
    return names.person(value, at) if value else ""


def _listed(name: str, value: Any, pack: Pack) -> str:
    """What the force's own lists call it."""
    if name == "offence":
        offence = pack.offence_by_code.get(value)
        return offence.title if offence is not None else str(value)
    if name == "limb":
        limbs = {one.id: one.name for one in pack.right_care}
        return limbs.get(value, str(value))
    if name == "flag":
        flag = pack.flag_by_id.get(value)
        return flag.name if flag is not None else str(value)
    if name in ("agency", "agencies"):
        ids = (value,) if isinstance(value, str) else value
        known = (pack.agency_by_id.get(id) for id in ids)
        return ", ".join(one.name if one else id for one, id in zip(known, ids, strict=True))
    if name in ("levels", "words") and isinstance(value, dict):
        said = {one.key: one.name for one in pack.thrive}
        return _text({said.get(key, key): words for key, words in value.items()})
    if name == "ways":
        return ", ".join(f"{SPOKEN[way]} {answer}" for way, answer in value.items())
    return _text(value)


def _text(value: Any) -> str:
    """Plain words of whatever is left: never an id."""
    if value in ("", None, False) or value == [] or value == {}:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, Location):
        return place_words(value)
    if isinstance(value, Author):
        return value.name
    if isinstance(value, Struct):
        kept = msgspec.structs.asdict(value)
        return _text({name: one for name, one in kept.items() if name not in ("id", "reports")})
    if isinstance(value, dict):
        return " · ".join(f"{key} {said}" for key, one in value.items() if (said := _text(one)))
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(_text, value)))
    return str(value)
