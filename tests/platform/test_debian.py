"""Setting up a Debian machine: what is missing is known, and nobody is left without a way on."""

import shutil
from pathlib import Path

import debian
import environment
import pytest


def test_the_tests_need_everything_that_running_needs() -> None:
    assert set(debian.needed(for_tests=False)) < set(debian.needed(for_tests=True))
    assert "strace" in debian.needed(for_tests=True)
    assert "strace" not in debian.needed(for_tests=False)


@pytest.mark.skipif(not shutil.which("dpkg-query"), reason="Only where packages are Debian's.")
def test_an_installed_package_is_not_asked_for_again() -> None:
    assert {"dpkg", "libc6"} <= debian.installed()


def test_without_root_or_sudo_the_line_to_type_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(debian.CannotInstall, match="apt-get install -y libgl1"):
        debian.authority("apt-get install -y libgl1")


def test_root_needs_no_sudo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert debian.authority("apt-get install -y libgl1") == []


def test_another_lock_asks_for_another_environment(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("a==1", encoding="utf-8")
    before = environment.fingerprint(lock, tmp_path)
    assert environment.fingerprint(lock, tmp_path) == before
    lock.write_text("a==2", encoding="utf-8")
    assert environment.fingerprint(lock, tmp_path) != before
