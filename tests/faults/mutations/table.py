"""The table of deliberate bugs, made from their records: tests/faults/MUTATIONS.md.

`python -m tests.faults.mutations.table` writes it; a test checks that it is current.
"""

from pathlib import Path

from tests.faults.mutations.records import Mutation, mutations

TABLE = Path(__file__).parents[1] / "MUTATIONS.md"
HEAD = """\
# Deliberate bugs, and the tests that catch them

Made by `python -m tests.faults.mutations.table` from the records in `mutations/`; do not edit it
by hand. `python -m tests.faults.mutations` puts each bug into a copy of the source and shows that
its test fails there, and passes where there is no bug. What I and F stand for is in README.md.

| Bug | Breaks | In | Caught by |
|---|---|---|---|
"""


def written() -> str:
    """The whole file as it should be."""
    return HEAD + "".join(_row(one) for one in mutations())


def _row(mutation: Mutation) -> str:
    tests = "<br>".join(_told(test) for test in mutation.tests)
    where = mutation.file.removeprefix("workstation/")
    return f"| {mutation.name} | {', '.join(mutation.breaks)} | `{where}` | {tests} |\n"


def _told(test: str) -> str:
    file, _, name = test.partition("::")
    sentence = name.partition("[")[0].removeprefix("test_").replace("_", " ")
    return f"`{file.removeprefix('tests/').removesuffix('.py')}` {sentence}"


if __name__ == "__main__":
    TABLE.write_text(written(), encoding="utf-8")
