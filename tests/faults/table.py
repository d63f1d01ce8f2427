"""The table of faults and invariants with the tests that cover each, made from the tests' marks.

`python -m tests.faults.table` writes tests/faults/README.md; a test checks that it is current.
"""

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
TESTS = HERE.parent
README = HERE / "README.md"
KINDS = ("fault", "invariant")
CHECKER = re.compile(r"i\d+_")
NAMED = re.compile(r"\bI\d+\b")
HEAD = """\
# Faults and invariants, and the tests that cover them

Made by `python -m tests.faults.table` from the marks `fault` and `invariant` of the tests and from
the checkers of the simulator, which look at the end of every seed; do not edit it by hand.
*Not covered* means that no test commits the fault, or holds the invariant, in this version.
"""
Covering = dict[str, list[str]]


def written() -> str:
    """The whole file as it should be."""
    meanings = tomllib.loads((HERE / "meanings.toml").read_text(encoding="utf-8"))
    found = covering()
    parts = [HEAD]
    for kind, title in zip(KINDS, ("Faults", "Invariants"), strict=True):
        parts.append(f"## {title}\n\n| | Meaning | Covered by |\n|---|---|---|")
        for id, meaning in meanings[kind].items():
            cell = "<br>".join(found.get(id, ())) or "**not covered**"
            parts.append(f"| {id} | {meaning} | {cell} |")
        parts.append("")
    return "\n".join(parts)


def unknown_ids() -> set[str]:
    """What tests are marked with that has no meaning written down."""
    meanings = tomllib.loads((HERE / "meanings.toml").read_text(encoding="utf-8"))
    return set(covering()) - {id for kind in KINDS for id in meanings[kind]}


def covering() -> Covering:
    """The tests and checkers of each fault and invariant."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path in sorted(TESTS.rglob("test_*.py")):
        for test, id in _marked(path):
            found[id].add(f"`{path.relative_to(TESTS).with_suffix('')}` {_sentence(test)}")
    for path in sorted(HERE.glob("check_*.py")):
        for checker, id in _checking(path):
            found[id].add(f"`every seed` {_sentence(checker.partition('_')[2])}")
    return {id: sorted(tests) for id, tests in found.items()}


def _marked(path: Path) -> Iterator[tuple[str, str]]:
    """Each test of a file with each id that it is marked with."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    of_all = [
        id
        for node in body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark"
        for id in _ids(node.value)
    ]
    for node in body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            own = [id for mark in node.decorator_list for id in _ids(mark)]
            yield from ((node.name.removeprefix("test_"), id) for id in (*of_all, *own))


def _ids(marks: ast.expr) -> Iterator[str]:
    for call in ast.walk(marks):
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith(
            tuple(f"mark.{kind}" for kind in KINDS)
        ):
            yield from (ast.literal_eval(one) for one in call.args)


def _checking(path: Path) -> Iterator[tuple[str, str]]:
    """Each checker of a file with the invariants in its name and in its first line."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and CHECKER.match(node.name):
            first = (ast.get_docstring(node) or "").partition("\n")[0]
            ids = {node.name.partition("_")[0].upper(), *NAMED.findall(first)}
            yield from ((node.name, id) for id in ids)


def _sentence(name: str) -> str:
    return name.replace("_", " ")


if __name__ == "__main__":
    README.write_text(written(), encoding="utf-8")
