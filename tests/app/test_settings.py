"""A settings file that cannot be used is a sentence: where, what, and what is allowed."""

from pathlib import Path

import pytest

from workstation.app.settings import Settings, SettingsProblem, read_settings


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'store = "a"\ntheme = ]', "line 2"),
        (b"store = 7", "$.store"),
        (b'theme = "pink"', "theme is dark or light"),
        (b'colour = "red"', "Allowed keys: store, workstation, theme, account"),
        (b'workstation = ""', "$.workstation"),
        (b'workstation = "' + b"x" * 201 + b'"', "$.workstation"),
        (b'store = "\xff"', "byte 9 is not UTF-8"),
    ],
)
def test_a_broken_file_is_told_by_line_or_key(tmp_path: Path, content: bytes, told: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(content)
    with pytest.raises(SettingsProblem) as problem:
        read_settings(file)
    assert told in str(problem.value)
    assert "settings.toml" in str(problem.value)


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsProblem, match="cannot be read"):
        read_settings(tmp_path)


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "settings.toml") == Settings()
