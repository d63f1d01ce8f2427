"""Meanings known by their shape, not their words: ages, dates, sums, plates, other scripts."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from workstation.reading.concepts import Hit, Hits
from workstation.reading.words import Words

CHILD_BELOW = 18
SMALL_BELOW = 13
OLD_FROM = 70
OLDEST = 110
MUCH_MONEY = 1000
FEWEST_ENTRIES = 3
MOST = 40

UNIT = r"(?:y(?:ea)?rs?|yo|y/o)"
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ONES = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
NUMBER = {word: at + 1 for at, word in enumerate(ONES)} | {
    word: (at + 2) * 10 for at, word in enumerate(TENS)
}
SPELT = "|".join(sorted(NUMBER, key=len, reverse=True))
PERSON = (
    "son|daughter|boy|girl|lad|kid|child|bairn|brother|sister|nephew|niece|mum|mam|mom|mother|dad|"
    "father|nan|nana|gran|grandma|grandad|granddad|grandmother|grandfather|grandson|granddaughter|"
    "aunt|auntie|uncle|neighbour|neighbor|lady|man|woman|male|female|resident|juv|juvenile|misper|"
    "ip|vic|victim|wife|husband|pensioner|m|f|stepson|stepdaughter|eldest|youngest|toddler|baby|"
    "pupil|student|tenant|patient|gentleman|bloke|fella"
)
AGE = re.compile(
    rf"\b(?:age[ds]?:?|is|am|i['’]?m|im|(?:s?he)['’]?s|hes|shes|turned|only|just turned|nearly) "
    rf"(?P<a>\d{{1,3}})(?=\s*(?:{UNIT}|,|\.|;|\)|and\b|but\b|with\b|so\b|who\b|he\b|she\b|they\b|"
    r"for goodness|$|\n))"
    rf"|\b(?P<b>\d{{1,3}})[ -]?{UNIT}\b(?! (?:ago|later|now|back|marriage|relationship))"
    rf"|\b(?P<d>(?:{'|'.join(TENS)})?[ -]?(?:{SPELT})?)[ -]years?[ -]olds?\b"
    rf"|\b(?:age[ds]?|is|am|i['’]?m|s?he['’]?s) (?P<e>(?:{'|'.join(TENS)})[ -]?(?:{SPELT})?)\b"
    r"|\baged? (?P<h>\d{1,3})\b"
    r"|\b(?:clr|caller|ip|inft|informant|vic|victim|occ|occupant|occupier|resident|patient|female|"
    r"male) (?P<k>\d{2})\b(?!\s*(?:[:/]|[ap]m\b|mins?\b|hrs?\b|hours?\b|days?\b|weeks?\b|times\b))"
    rf"|\b(?:who is|who['’]s|aged?|s?he['’]?s|i['’]?m|is|only|just) (?P<i>{SPELT})"
    r"(?=[,.;)]| and\b| so\b| but\b)"
    r"|\bin (?:his|her|their|my) (?:late |early |mid[ -]?)?(?P<f>\d{2})['’]?s\b"
    r"|\b(?P<g>\d{1,2})[ -]?(?:months?|mths?|weeks?|wks?|days?)[ -]old\b",
    re.IGNORECASE,
)
AFTER_PERSON = re.compile(
    r"[,(/ ]\s?(\d{1,3})\s?"
    r"(?:[,)]|(?=\s(?:and|has|was|is|who|left|went|lives?|from|not|missing|never|came|got|had)\b)|(?=\.(?:\s|$)))"
)
PERSON_BEFORE = re.compile(rf"\b(?:{PERSON})\b[^.!?\n]*$", re.IGNORECASE)
FAR_BEFORE = 40
MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
ENTRY = re.compile(
    r"(?:\b(?:on )?(?:mon|tue|wed|thu|fri|sat|sun)[a-z]* )?"
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?:[/.]\d{{1,2}}(?:[/.]\d{{2,4}})?| {MONTH}(?: \d{{4}})?)"
    r"(?: \(?\d{1,2}[:.]\d{2}\)?)?\s?(?::|-|–|—|=|,)\s",
    re.IGNORECASE,
)
SUM = re.compile(
    r"(?:£|gbp ?)(\d[\d,]{0,12})(k\b)?|\b(\d[\d,]{0,12})(k)? ?(?:quid|pounds|grand)\b", re.I
)
GRAND = re.compile(
    rf"\b(?:{SPELT}|hundred|several|few|couple of) (?:hundred |thousand )?(?:grand|thousand)\b",
    re.I,
)
DOING = re.compile(
    r"\b(?:is|are|am|i['’]?m|(?:s?he|it|there|who|that|someone|somebody|one|man|woman|bloke|lad)['’]?s|"
    r"hes|shes|they['’]?re|keeps?|still|can (?:see|hear) (?:\w+ ){1,4}?)\s+"
    r"(?:\w+ly |still |now |just |all |both |only )?(?!report|writ|hop|ask|wonder|look|liv|think|"
    r"send|submit|attach|work|miss|go|morn|even|noth|someth|anyth|everyth|plan|want|gett|ring|call|"
    r"compl|request|enquir|be|hav|say|tell|pay|us)[a-z]{2,}ing\b",
    re.IGNORECASE,
)
WHOM = r"(?:me|him|her|them|us|someone|somebody|people|everyone|my \w+|his \w+|the \w+)\b"
VIOLENCE = re.compile(
    r"\b(?:is|are|he['’]?s|she['’]?s|they['’]?re)\s+"
    r"(?:(?:now|still|actually|literally|both|all) )?"
    r"(?:stabb|strangl|chok|throttl|smother|slash|batter|rap|punch|beat|attack|hitt|stamp|dragg|"
    rf"kick)(?:ing|in)\b (?:up |on )?{WHOM}",
    re.IGNORECASE,
)
HIDDEN = ("knife", "gun", "machete", "stab", "rape", "kill", "help me")
LETTERS = {"a": "[a4@]", "e": "[e3]", "i": "[i1!]", "l": "[l1]", "s": "[s5$]", "t": "[t7]"}


def _spaced(word: str) -> str:
    """A word with every letter on its own, whatever stands for a letter."""
    letters = [LETTERS.get(letter, letter) for letter in word.replace(" ", "")]
    return "[ ._*-]".join(letters)


def _figured(word: str) -> str:
    """A word in which a figure stands for a letter."""
    letters = "".join(LETTERS.get(letter, letter) for letter in word.replace(" ", ""))
    return rf"(?=[a-z]*[0-9])(?=[0-9]*[a-z]){letters}"


DISGUISED = re.compile(
    rf"(?<!\w)(?:{'|'.join((*map(_spaced, HIDDEN), *map(_figured, HIDDEN)))})(?!\w)",
    re.IGNORECASE,
)
PLATE = re.compile(r"\b[A-Z]{2}\d{2}\s?[A-Z]{3}\b", re.IGNORECASE)
RECEIPT = re.compile(r"\b(?:CAM|LEI)[- ][A-Z0-9]{2,4}[- ]?[A-Z0-9]{0,4}\b", re.IGNORECASE)
REFERENCE = re.compile(r"\b\d{2}/\d{3,6}/\d{2}\b|\b(?:CC|LP)-\d{8}-\d{3,4}\b")
OTHER_SCRIPT = re.compile(
    r"[\u0370-\u1fff\u2e80-\ud7ff\uf900-\ufaff\ufb50-\ufdff\ufe70-\ufefc]{2,}"
)
ROAD = re.compile(r"\b[ABM]\d{1,4}(?:\(M\))?\b", re.IGNORECASE)
PLAIN = {
    "plate": PLATE, "receipt_code": RECEIPT, "reference": REFERENCE, "other_script": OTHER_SCRIPT,
    "road_number": ROAD, "diary_entry": ENTRY, "doing_now": DOING, "much_money": GRAND,
    "violence_doing": VIOLENCE, "disguised_danger": DISGUISED,
}  # fmt: skip


def shapes(words: Words) -> Hits:
    """Everything known by its shape, as meanings are."""
    found: dict[str, list[Hit]] = {}
    for name, pattern in PLAIN.items():
        spans = [match.span() for match in pattern.finditer(words.text)]
        found[name] = [hit for span in spans[:MOST] if (hit := _hit(words, *span))]
    for name, span in (*_ages(words.text), *_sums(words.text)):
        hit = _hit(words, *span)
        if hit is not None and len(found.setdefault(name, [])) < MOST:
            found[name].append(hit)
    if len(found["diary_entry"]) < FEWEST_ENTRIES:
        del found["diary_entry"]
    return {name: hits for name, hits in found.items() if hits}


def diary_of(words: Words, hits: Hits) -> tuple[int, int]:
    """The first and last word of a diary of dated entries, or an empty stretch."""
    entries = hits.get("diary_entry")
    if not entries:
        return 0, -1
    last = entries[-1].last
    ending = words.sentence[last] + 1
    while last + 1 < len(words) and words.sentence[last + 1] <= ending:
        last += 1
    return entries[0].first, last


def _ages(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    for after in AFTER_PERSON.finditer(text):
        start = max(0, after.start() - FAR_BEFORE)
        if PERSON_BEFORE.search(text[start : after.start()]):
            yield from _of_age(_years(after[1]), (after.start(1), after.end(1)))
    for match in AGE.finditer(text):
        if match["g"]:
            yield "age_small", match.span()
            yield "age_child", match.span()
            continue
        age = _years(next((part for part in match.groups() if part), ""))
        yield from _of_age(age, match.span())


def _of_age(age: int | None, span: tuple[int, int]) -> Iterator[tuple[str, tuple[int, int]]]:
    if age is None or age > OLDEST:
        return
    if age < CHILD_BELOW:
        yield "age_child", span
    if age < SMALL_BELOW:
        yield "age_small", span
    if age >= OLD_FROM:
        yield "age_old", span


def _years(written: str) -> int | None:
    if written.isdigit():
        return int(written)
    parts = re.split(r"[ -]+", written.lower().strip(" -"))
    known = [NUMBER[part] for part in parts if part in NUMBER]
    return sum(known) if known else None


def _sums(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    for match in SUM.finditer(text):
        digits = (match[1] or match[3] or "0").replace(",", "")
        much = bool(match[2] or match[4]) or match[0].lower().endswith("grand")
        yield "money", match.span()
        if much or len(digits) > 9 or int(digits) >= MUCH_MONEY:
            yield "much_money", match.span()


def _hit(words: Words, start: int, end: int) -> Hit | None:
    """The words that stand wholly or partly in a stretch of the text."""
    first = bisect_right(words.ends, start)
    last = bisect_left(words.starts, end) - 1
    return Hit(first, last) if first <= last else None
