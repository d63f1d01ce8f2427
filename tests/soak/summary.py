"""What a soak came to: seeds, violations, time for each, and the rare branches that were met."""

from collections import Counter

from tests.faults.simulator import Outcome


class Summary:
    """Adds up outcomes."""

    def __init__(self) -> None:
        self.violating: list[int] = []
        self.sometimes: Counter[str] = Counter()
        self._seconds = 0.0
        self._seen: set[int] = set()

    @property
    def seeds(self) -> int:
        """How many seeds were run."""
        return len(self._seen)

    def has(self, seed: int) -> bool:
        """Whether this seed was run."""
        return seed in self._seen

    def add(self, outcome: Outcome) -> None:
        """One more seed."""
        self._seen.add(outcome.seed)
        self._seconds += outcome.seconds
        self.sometimes.update(outcome.sometimes)
        if outcome.violations:
            self.violating.append(outcome.seed)

    def branches(self) -> list[str]:
        """Every rare branch with how often it was met, the rarest first."""
        met = sorted(self.sometimes.items(), key=lambda one: (one[1], one[0]))
        return [f"{times:>8} {branch}" for branch, times in met]

    def line(self) -> str:
        """All of it in one line."""
        mean = self._seconds / max(1, self.seeds)
        met = sum(1 for times in self.sometimes.values() if times)
        never = len(self.sometimes) - met
        failing = f" ({', '.join(map(str, self.violating[:10]))})" if self.violating else ""
        return (
            f"{self.seeds} seeds, {len(self.violating)} with violations{failing}, "
            f"{mean:.3f} s of processor per seed, {met} rare branches met, {never} never"
        )
