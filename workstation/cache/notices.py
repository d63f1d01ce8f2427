"""What happened to a person's own files, told until she has read it, also after a restart."""

from collections.abc import Callable

import msgspec

from workstation.cache.work import WorkFile

NAME = "notices"


def at_once(save: Callable[[], object]) -> None:
    """Keep it now, or fail."""
    save()


class Notices:
    """Sentences kept in work.db until they are read; `keep` is how each change gets there."""

    def __init__(
        self, file: WorkFile, keep: Callable[[Callable[[], object]], None] = at_once
    ) -> None:
        self._file = file
        self._keep_by = keep
        self._kept = self._load()
        file.once_mended(self._read_again)

    def all(self) -> tuple[str, ...]:
        """What is to be told, the oldest first."""
        return self._kept

    def add(self, sentence: str) -> None:
        """Tell this; once, however often it happens before it is read."""
        if sentence not in self._kept:
            self._keep((*self._kept, sentence))

    def read(self, sentence: str) -> None:
        """It was read."""
        self._keep(tuple(one for one in self._kept if one != sentence))

    def _keep(self, sentences: tuple[str, ...]) -> None:
        self._kept = sentences
        self._keep_by(self._save)

    def _save(self) -> None:
        self._file.set(NAME, msgspec.json.encode(self._kept).decode())

    def _read_again(self) -> None:
        """What was damaged is told there; what is not saved yet is told as well."""
        self._kept = tuple(dict.fromkeys((*self._load(), *self._kept)))

    def _load(self) -> tuple[str, ...]:
        kept = self._file.setting(NAME)
        return () if kept is None else msgspec.json.decode(kept, type=tuple[str, ...])
