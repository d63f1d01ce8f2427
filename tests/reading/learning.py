"""Learns how far words lean, from accounts written for each: `python -m tests.reading.learning`.

The accounts are `told/*.tsv`: a situation of the lexicon, a tab, what somebody might say; and the
labelled reports that are not kept aside. What is learned is a multinomial logistic regression over
stems and the meanings said in so many words, with the usual penalty on large weights, by plain
gradient steps in an order that a seed fixes. It goes to `resources/lexicon/leaning.json`, which
names the accounts it was learned from. Learn again when they or the meanings change.
"""

import hashlib
import math
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from workstation.machine.resources import lexicon_texts, resource
from workstation.reading.leaning import SCALE, Leaning, features
from workstation.reading.lexicon import read_lexicon
from workstation.reading.meaning import Reader

TOLD = Path(__file__).parent / "told"
REPORTS, FRESH = resource("demo", "reports.jsonl"), TOLD.with_name("fresh.jsonl")
ALSO = {
    "arson_letterbox": "arson_life",
    "civil_boundary": "civil",
    "intel_terror": "terror",
    "litter_etc": "litter",
    "mh_neighbour": "mh_crisis",
    "no_insurance_tip": "no_insurance",
    "noise_redirect": "noise",
    "parking_redirect": "parking",
    "pickpocket_robbery": "theft_person",
    "pizza": "coded",
}
EPOCHS = 30
STEP = 0.3
SEEN_AT_LEAST = 2
Row = list[float]


class Labelled(Struct, frozen=True):
    """What is used of a labelled report."""

    report_id: str
    scenario: str
    narrative: str


_labelled = msgspec.json.Decoder(Labelled)


class Told(Struct, frozen=True):
    """One account: the number of its situation, and what is read in it."""

    situation: int
    features: tuple[str, ...]


def main() -> None:
    """Learn, and write down what was learned."""
    lexicon = read_lexicon(lexicon_texts())
    names = tuple(lexicon.situations)
    told = _often_enough(list(_told(Reader(lexicon), names)))
    weights, bias = _learned(told, len(names))
    leaning = Leaning(told_digest(), names, _whole(bias), _sparse(weights))
    resource("lexicon").joinpath("leaning.json").write_bytes(msgspec.json.encode(leaning) + b"\n")


def told_digest() -> str:
    """Which accounts there are."""
    found = hashlib.sha256()
    for file in (*sorted(TOLD.glob("*.tsv")), REPORTS, FRESH):
        found.update(file.read_bytes())
    return found.hexdigest()


def read_told() -> Iterator[tuple[str, str]]:
    """Each account with the name of its situation."""
    for file in sorted(TOLD.glob("*.tsv")):
        for line in file.read_text(encoding="utf-8").splitlines():
            name, text = line.split("\t")
            yield name, text
    for written in (REPORTS, FRESH):
        for report in map(_labelled.decode, written.read_bytes().splitlines()):
            if written is FRESH or not _is_kept_aside(report):
                yield ALSO.get(report.scenario, report.scenario), report.narrative


def _is_kept_aside(report: Labelled) -> bool:
    """A fifth of the 450 is never looked at, only scored."""
    return int(hashlib.sha256(report.report_id.encode()).hexdigest(), 16) % 5 == 0


def _told(reader: Reader, names: Sequence[str]) -> Iterator[Told]:
    for name, text in read_told():
        if name not in names:
            continue
        yield Told(names.index(name), tuple(sorted(features(reader.read(text)))))


def _often_enough(told: list[Told]) -> list[Told]:
    """Without what a single account alone has: it would teach nothing but that account."""
    seen = Counter(one for account in told for one in account.features)
    return [
        Told(one.situation, tuple(f for f in one.features if seen[f] >= SEEN_AT_LEAST))
        for one in told
    ]


def _learned(told: list[Told], many: int) -> tuple[dict[str, Row], Row]:
    weights = {feature: [0.0] * many for one in told for feature in one.features}
    bias = [0.0] * many
    order = random.Random(1)
    for epoch in range(EPOCHS):
        step = STEP / (1 + epoch / 4)
        order.shuffle(told)
        for one in told:
            rows = [weights[feature] for feature in one.features]
            wrong = likelihoods(bias, rows)
            wrong[one.situation] -= 1.0
            for row in (*rows, bias):
                row[:] = [weight - step * by for weight, by in zip(row, wrong, strict=True)]
        for row in weights.values():
            row[:] = [weight * (1 - step) for weight in row]
    return weights, bias


def likelihoods(bias: Row, rows: Iterable[Row]) -> Row:
    """How likely each situation is, given the weights of what was said."""
    sums = [sum(column) for column in zip(bias, *rows, strict=True)]
    most = max(sums)
    shares = [math.exp(one - most) for one in sums]
    whole = sum(shares)
    return [one / whole for one in shares]


def _whole(row: Row) -> tuple[int, ...]:
    return tuple(round(weight * SCALE) for weight in row)


def _sparse(weights: dict[str, Row]) -> dict[str, dict[int, int]]:
    return {
        feature: {n: weight for n, weight in enumerate(_whole(row)) if weight}
        for feature, row in sorted(weights.items())
    }


if __name__ == "__main__":
    main()
