"""Suggestions counted against labels: recall, precision, accuracy, with 95 % intervals."""

from collections import Counter

import msgspec
from msgspec import Struct

from workstation.reading.suggestions import Suggestions

Z = 1.959964
TOP = 3


class AgencyLabel(Struct, frozen=True):
    """Whose matter a report is."""

    decision: str
    agency_ids: tuple[str, ...] = ()
    other_force_id: str | None = None


class RiskLabel(Struct, frozen=True):
    """What was found of risk."""

    flags: frozenset[str] = frozenset()
    vulnerability: tuple[str, ...] = ()


class Label(Struct, frozen=True):
    """What is right for a report, as far as it is compared."""

    agency: AgencyLabel
    escalate_emergency: bool
    grade: str
    thrive: RiskLabel
    offence_codes: tuple[str, ...] = ()
    duplicate_of: str | None = None
    update_of_report: str | None = None


class Figure(Struct, frozen=True):
    """A share of a count with its 95 % interval (Wilson); None where nothing was counted."""

    share: float | None
    right: int
    of: int
    low: float | None = None
    high: float | None = None


class Tally:
    """Counts of right and wrong, over the reports compared so far."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._seconds: list[float] = []
        self._worst: list[str] = []

    def took(self, seconds: float) -> None:
        """How long one report took."""
        self._seconds.append(seconds)

    def compare(self, said: Suggestions, label: Label) -> None:
        """Count one report."""
        self._counts["reports"] += 1
        emergency = said.emergency is True
        self._pair("emergency", emergency, label.escalate_emergency, emergency)
        self._agency(said, label)
        self._counts["grade"] += said.grade == label.grade
        self._flags(set(said.flags), label.thrive.flags)
        if label.offence_codes:
            self._counts["with offence"] += 1
            right = set(said.offences[:TOP]) & set(label.offence_codes)
            self._counts["offence"] += bool(right)
        for link, gold in (
            (said.duplicate_of, label.duplicate_of),
            (said.update_of, label.update_of_report),
        ):
            right_one = link is not None and link.report_id == gold
            self._pair("duplicate", link is not None, gold is not None, right_one)

    def figures(self) -> dict[str, object]:
        """The figures by name, as numbers; `counts` holds their parts and intervals."""
        each = self._each()
        numbers: dict[str, object] = {name: figure.share for name, figure in each.items()}
        return numbers | {
            "risk_f1": self._f1(),
            "redirected_but_emergency_or_vulnerable": self._worst,
            "ms_a_report": round(1000 * sum(self._seconds) / max(1, len(self._seconds)), 2),
            "ms_slowest": round(1000 * max(self._seconds, default=0.0), 2),
            "reports": self._counts["reports"],
            "counts": msgspec.to_builtins(each),
        }

    def in_words(self) -> str:
        """The figures as lines to read."""
        lines = [
            f"{name:24}{_share(figure.share)}  {figure.right} of {figure.of}"
            + (f"  95 %: {figure.low:.3f} to {figure.high:.3f}" if figure.low is not None else "")
            for name, figure in self._each().items()
        ]
        lines.append(f"{'risk_f1':24}{_share(self._f1())}")
        worst = ", ".join(self._worst) or "none"
        return "\n".join([*lines, f"redirected, but emergency or vulnerable: {worst}"])

    def _each(self) -> dict[str, Figure]:
        count, reports = self._counts, self._counts["reports"]
        return {
            "emergency_recall": _figure(count["emergency right"], count["emergency gold"]),
            "emergency_precision": _figure(count["emergency right"], count["emergency said"]),
            "agency_accuracy": _figure(count["agency"], reports),
            "redirect_recall": _figure(count["redirect right"], count["redirect gold"]),
            "grade_accuracy": _figure(count["grade"], reports),
            "offence_top3": _figure(count["offence"], count["with offence"]),
            "duplicate_recall": _figure(count["duplicate right"], count["duplicate gold"]),
            "duplicate_precision": _figure(count["duplicate right"], count["duplicate said"]),
        }

    def _f1(self) -> float | None:
        right, wrong = self._counts["flag right"], self._counts["flag wrong"]
        either = 2 * right + wrong
        return round(2 * right / either, 4) if either else None

    def _pair(self, what: str, said: bool, gold: bool, right: bool) -> None:
        self._counts[f"{what} said"] += said
        self._counts[f"{what} gold"] += gold
        self._counts[f"{what} right"] += right and gold

    def _agency(self, said: Suggestions, label: Label) -> None:
        gold, found = label.agency, said.agency
        self._counts["agency"] += (
            found.decision == gold.decision
            and set(found.agency_ids) == set(gold.agency_ids)
            and (gold.other_force_id is None or found.other_force_id == gold.other_force_id)
        )
        is_redirect = gold.decision == "redirect"
        self._pair("redirect", found.decision == "redirect", is_redirect,
                   found.decision == "redirect")  # fmt: skip
        in_need = label.escalate_emergency or label.thrive.vulnerability
        if found.decision == "redirect" and not is_redirect and in_need:
            self._worst.append(said.report_id)

    def _flags(self, said: set[str], gold: frozenset[str]) -> None:
        self._counts["flag right"] += len(said & gold)
        self._counts["flag wrong"] += len(said ^ gold)


def _share(share: float | None) -> str:
    return "   –  " if share is None else f"{share:.4f}"


def _figure(right: int, of: int) -> Figure:
    if not of:
        return Figure(None, right, of)
    share = right / of
    middle = (share + Z * Z / (2 * of)) / (1 + Z * Z / of)
    half = Z * (share * (1 - share) / of + Z * Z / (4 * of * of)) ** 0.5 / (1 + Z * Z / of)
    return Figure(round(share, 4), right, of, round(middle - half, 4), round(middle + half, 4))
