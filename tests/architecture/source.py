"""The project's own Python files, read and parsed once for all the tests of its shape."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("workstation", "tests", "scripts", "installer")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One file of ours."""

    path: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())

    @property
    def functions(self) -> list[Function]:
        return [node for node in ast.walk(self.tree) if isinstance(node, Function)]

    @property
    def classes(self) -> list[ast.ClassDef]:
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.ClassDef)]


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Every Python file below these folders, or below all of ours where none is named."""
    files = [path for folder in folders or FOLDERS for path in (ROOT / folder).rglob("*.py")]
    return tuple(source(path) for path in sorted(files))


def source(path: Path) -> Source:
    """Reads and parses one file."""
    text = path.read_text(encoding="utf-8")
    return Source(path.relative_to(ROOT).as_posix(), text, ast.parse(text, str(path)))


def refuse(found: list[str], advice: str) -> None:
    """Fails the test with every place found, each on a line of its own."""
    if found:
        pytest.fail("\n  ".join([f"{advice}:", *found]), pytrace=False)


def length(node: Function | ast.ClassDef) -> int:
    """Lines from the first word of a definition to its last."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def imported(node: ast.AST) -> list[str]:
    """The modules that an import statement names; nothing for any other statement."""
    if isinstance(node, ast.Import):
        return [name.name for name in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or "."]
    return []
