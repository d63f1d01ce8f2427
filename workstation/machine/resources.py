"""Where the product's own data is: beside the package in a source tree, inside a frozen build.

Text is read whole as UTF-8; a missing file is said in a sentence, with the path looked at.
"""

import sys
from pathlib import Path

TABLES = ("agencies", "redirect_rules", "offences", "categories", "places", "bank_holidays")


class ResourceMissing(Exception):
    """A file the product ships with is not there: the installation is damaged."""


def resources_root() -> Path:
    """The folder `resources/` of this installation."""
    frozen_at = getattr(sys, "_MEIPASS", None)
    if frozen_at is not None:
        return Path(frozen_at) / "resources"
    return Path(__file__).resolve().parents[2] / "resources"


def resource(*parts: str) -> Path:
    """A file or folder under `resources/` that must exist, as in `resource("icons", "x.svg")`."""
    path = resources_root().joinpath(*parts)
    if not path.exists():
        sentence = f"{path} is missing. The installation is damaged: install the program again."
        raise ResourceMissing(sentence)
    return path


def lexicon_texts(*names: str) -> dict[str, str]:
    """The files of the lexicon of meanings by name: those named, or all."""
    folder = resource("lexicon", "meaning")
    paths = [folder / name for name in names] or sorted(folder.glob("*.toml"))
    return {path.name: path.read_text(encoding="utf-8") for path in paths}


def leaning_text() -> str:
    """What is learned of how everyday words lean."""
    return resource("lexicon", "leaning.json").read_text(encoding="utf-8")


def strip_texts() -> dict[str, str]:
    """What the strip over the log reads by: three small files, so that it is there at once."""
    own = resource("lexicon", "strip.toml").read_text(encoding="utf-8")
    return {**lexicon_texts("grammar.toml", "marks.toml"), "strip.toml": own}


def pack_forces() -> tuple[str, ...]:
    """The forces there is a pack for, by name of file."""
    return tuple(sorted(path.stem for path in resource("packs").glob("*.toml")))


def pack_text(force: str) -> str:
    """The TOML text of a force's pack."""
    return resource("packs", f"{force}.toml").read_text(encoding="utf-8")


def reference_tables() -> dict[str, str]:
    """Each reference table's CSV text by its name, as composing a pack wants them."""
    return {
        name: resource("reference", f"{name}.csv").read_text(encoding="utf-8") for name in TABLES
    }


def guide_texts() -> dict[str, str]:
    """The guides, what to ask and to advise, by name of file."""
    paths = sorted(resource("guides").glob("*.toml"))
    return {path.name: path.read_text(encoding="utf-8") for path in paths}
