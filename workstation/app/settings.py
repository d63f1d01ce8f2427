"""The machine's settings: which store, which workstation name, how it looks. A broken file is told
by line (syntax) or key (content), and nothing starts on half of it.
"""

import platform
import tomllib
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct


class SettingsProblem(Exception):
    """The settings file cannot be used; the sentence says where and what is allowed."""


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """What `settings.toml` may hold. `store` is the address of the central store."""

    store: str = ""
    workstation: Annotated[str, Meta(min_length=1, max_length=200)] = (
        platform.node() or "workstation"
    )
    theme: Literal["dark", "light"] = "dark"
    account: str = ""


def read_settings(file: Path) -> Settings:
    """The settings in the file; the defaults where there is no file."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except OSError as wrong:
        raise SettingsProblem(f"{file} cannot be read: {wrong.strerror}.") from wrong
    except UnicodeDecodeError as wrong:
        raise SettingsProblem(f"{file.name}: byte {wrong.start} is not UTF-8.") from wrong
    try:
        return msgspec.convert(tomllib.loads(text), Settings)
    except tomllib.TOMLDecodeError as wrong:
        raise SettingsProblem(f"{file.name}: {wrong}.") from wrong
    except msgspec.ValidationError as wrong:
        allowed = ", ".join(Settings.__struct_fields__)
        raise SettingsProblem(
            f"{file.name}: {wrong}. Allowed keys: {allowed}; theme is dark or light."
        ) from wrong
