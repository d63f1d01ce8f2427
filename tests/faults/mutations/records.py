"""The records of the deliberate bugs: what stands in the source, what stands there instead."""

import ast
import tomllib
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

ROOT = Path(__file__).resolve().parents[3]


class Mutation(Struct, frozen=True, forbid_unknown_fields=True):
    """One deliberate bug: `old` stands exactly once in `file`; one of `tests` fails with `new`.

    `breaks` names the invariants and faults which the bug breaks.
    """

    name: str
    breaks: tuple[str, ...]
    file: str
    old: str
    new: str
    tests: tuple[str, ...]

    def applied(self, root: Path) -> str:
        """The file's text with the bug in it; ValueError where the old text is not there once."""
        text = (root / self.file).read_text(encoding="utf-8")
        if (times := text.count(self.old)) != 1:
            raise ValueError(f"{self.name}: its old text stands {times} times in {self.file}")
        return text.replace(self.old, self.new)


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    mutation: tuple[Mutation, ...]


def mutations() -> tuple[Mutation, ...]:
    """Every record, file by file."""
    files = sorted(Path(__file__).parent.glob("*.toml"))
    told = [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]
    return tuple(one for each in told for one in msgspec.convert(each, _File).mutation)


def missing_tests(mutation: Mutation, root: Path = ROOT) -> list[str]:
    """The tests it names that there are not."""
    return [test for test in mutation.tests if not _is_there(root, test)]


def _is_there(root: Path, test: str) -> bool:
    file, _, rest = test.partition("::")
    return rest.partition("[")[0] in _functions(root / file)


@cache
def _functions(path: Path) -> frozenset[str]:
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))
