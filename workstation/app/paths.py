"""Where this machine keeps our files: settings, profiles, logs. Nothing else names a folder."""

from pathlib import Path

from msgspec import Struct
from platformdirs import PlatformDirs

APPLICATION = "Demand Hub Workstation"


class Paths(Struct, frozen=True):
    """The folders of one installation."""

    settings: Path
    profiles: Path
    logs: Path


def machine_paths() -> Paths:
    """The folders this operating system gives a program of ours."""
    folders = PlatformDirs(APPLICATION, appauthor=False, roaming=False)
    config = Path(folders.user_config_dir)
    return Paths(
        settings=config / "settings.toml",
        profiles=Path(folders.user_data_dir) / "profiles",
        logs=Path(folders.user_log_dir),
    )


def paths_below(folder: Path) -> Paths:
    """The same folders below one of our choosing: a demonstration, a test."""
    return Paths(
        settings=folder / "settings.toml", profiles=folder / "profiles", logs=folder / "logs"
    )
