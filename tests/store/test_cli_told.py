"""What cannot be done is a sentence that says what to do instead, and never a traceback."""

from pathlib import Path

import pytest

from workstation.store.cli import PASSWORD_VARIABLE, main


@pytest.fixture
def store(tmp_path: Path) -> list[str]:
    """The arguments that name a new store."""
    named = ["--database", str(tmp_path / "store.db")]
    assert main([*named, "init", "--force", "cambridgeshire"]) == 0
    return named


@pytest.fixture
def nobody_types(monkeypatch: pytest.MonkeyPatch) -> None:
    """The input is at its end, as under a scheduler."""

    def at_the_end(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("getpass.getpass", at_the_end)


def test_a_backup_into_a_folder_that_is_not_there_names_it_and_says_what_to_do(
    store: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = tmp_path / "gone" / "copy.db"
    assert main([*store, "backup", "--to", str(to)]) == 1
    told = capsys.readouterr().err
    assert told.startswith(f"No copy could be made at {to} (")
    assert "Name a folder that is there, may be written and has room" in told
    assert not to.parent.exists()


@pytest.mark.usefixtures("nobody_types")
@pytest.mark.parametrize(
    ("task", "variable"),
    [
        (["user", "add", "ann", "--name", "Ann", "--role", "handler"], PASSWORD_VARIABLE),
        (
            ["numbers", "void", "--reason", "x", "--account", "ann", "--block", "b"],
            f"{PASSWORD_VARIABLE}_ANN",
        ),
    ],
    ids=["user add", "numbers void"],
)
def test_a_password_that_nobody_types_is_asked_for_in_a_sentence(
    store: list[str], capsys: pytest.CaptureFixture[str], task: list[str], variable: str
) -> None:
    assert main([*store, *task]) == 1
    assert capsys.readouterr().err == (
        f"No password was typed, and nothing was done. Type it, or put it in {variable}.\n"
    )
