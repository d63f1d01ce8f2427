"""Packages look in one direction only, and import at the top of a file."""

import ast
from collections.abc import Iterator

import pytest
from importlinter.cli import lint_imports

from tests.architecture.source import ROOT, Source, imported, refuse, sources

# The first window is painted before the rest is imported, there and where that is measured;
# pyqtgraph waits for its screen.
LATE_FILES = {
    "workstation/__main__.py",
    "tests/bench/start_child.py",
    "tests/bench/start_queue.py",
}
LATE_PACKAGES = {"pyqtgraph"}


def test_packages_import_only_what_the_architecture_lets_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert status == 0, capsys.readouterr().out


def test_nothing_is_imported_inside_a_function() -> None:
    late = [
        f"{file.path}:{node.lineno} {', '.join(imported(node))}"
        for file in sources()
        if file.path not in LATE_FILES
        for node in late_imports(file)
        if not LATE_PACKAGES & {name.split(".")[0] for name in imported(node)}
    ]
    refuse(late, "Import these at the top of the file")


def late_imports(file: Source) -> Iterator[ast.stmt]:
    """The import statements that stand inside functions."""
    for function in file.functions:
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield node
