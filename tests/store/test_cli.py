"""A store founded, filled, served, checked and ended from a shell."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from workstation.store.cli import PASSWORD_VARIABLE, main

GOOD = {
    "source": "file",
    "channel": "101",
    "received_at": "2026-11-22T09:00:00Z",
    "account": "My bicycle is gone",
}


@pytest.fixture
def founded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The arguments that name a new store with a handler."""
    named = ["--database", str(tmp_path / "store.db")]
    monkeypatch.setenv(PASSWORD_VARIABLE, "correct horse")
    assert main([*named, "init", "--force", "cambridgeshire"]) == 0
    assert main([*named, "user", "add", "ann", "--name", "Ann", "--role", "handler"]) == 0
    return named


def test_a_second_init_changes_nothing_and_says_so(
    founded: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*founded, "init", "--force", "cambridgeshire"]) == 1
    assert "holds a store already" in capsys.readouterr().err
    assert main([*founded, "verify"]) == 0


def test_the_key_is_for_its_owner_only_and_the_file_is_sealed(
    founded: list[str], tmp_path: Path
) -> None:
    assert (tmp_path / "store.db.key").stat().st_mode & 0o777 == 0o600
    assert not (tmp_path / "store.db").read_bytes().startswith(b"SQLite format 3")


def test_contacts_are_taken_from_a_file_once(
    founded: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "contacts.jsonl"
    lines = [json.dumps(GOOD | {"external_id": str(n)}) for n in range(3)]
    file.write_text("\n".join(lines), encoding="utf-8")
    for _ in range(2):
        assert main([*founded, "import", str(file)]) == 0
    assert main([*founded, "numbers", "audit"]) == 0
    assert "issued  3" in capsys.readouterr().out


def test_a_bad_line_is_named(
    founded: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "contacts.jsonl"
    file.write_text(json.dumps(GOOD | {"external_id": "1", "x": 1}), encoding="utf-8")
    assert main([*founded, "import", str(file)]) == 1
    assert "line 1, x:" in capsys.readouterr().err


@pytest.mark.parametrize("task", [["serve"], ["verify"]])
def test_a_store_that_is_not_there_is_a_sentence(
    tmp_path: Path, task: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--database", str(tmp_path / "none.db"), *task]) == 1
    assert "store init" in capsys.readouterr().err


def test_a_wrong_key_is_a_sentence(
    founded: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "store.db.key").write_text("00" * 32, encoding="ascii")
    assert main([*founded, "verify"]) == 1
    assert "cannot be opened with this key" in capsys.readouterr().err


def test_a_served_store_says_its_port_and_ends_with_its_input(founded: list[str]) -> None:
    command = [sys.executable, "-m", "workstation", "store", *founded]
    with subprocess.Popen(
        [*command, "serve", "--until-stdin-closes"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        url = process.stdout.readline().removeprefix("listening ").strip()
        with requests.Session() as http:
            http.trust_env = False
            assert http.get(f"{url}/v1/hello", timeout=10).json()["force"] == "cambridgeshire"
        process.stdin.close()
        assert process.wait(20) == 0


@pytest.mark.parametrize(
    ("task", "allowed"),
    [
        (["init", "--force", "nowhere"], "leicestershire"),
        (["init", "--force", "../reference/places"], "leicestershire"),
        (["serve", "--port", "99999"], "65535"),
        (["serve", "--port", "-1"], "65535"),
    ],
)
def test_a_wrong_argument_says_what_is_allowed_and_makes_no_file(
    tmp_path: Path, task: list[str], allowed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["--database", str(tmp_path / "new.db"), *task])
    assert allowed in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_line_that_is_no_json_is_named(
    founded: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "contacts.jsonl"
    file.write_text("{", encoding="utf-8")
    assert main([*founded, "import", str(file)]) == 1
    assert "line 1: This is not valid JSON" in capsys.readouterr().err
