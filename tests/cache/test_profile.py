"""One program at a time has a person's files open; one that was killed holds nothing."""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from workstation.cache.left_behind import LeftBehind
from workstation.cache.profile import Profile, ProfileInUse
from workstation.domain.roles import PersonId

HOLD = """
import sys
from pathlib import Path
from workstation.cache.profile import Profile
profile = Profile(Path(sys.argv[1]), "store", "ann").acquire()
sys.stdout.write("held")
sys.stdout.flush()
sys.stdin.read()
"""


@pytest.mark.fault("F25")
def test_a_second_program_is_refused_until_the_first_is_killed(tmp_path: Path) -> None:
    words = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as first:
        assert first.stdout is not None
        assert first.stdout.read(4) == b"held"
        with pytest.raises(ProfileInUse, match="Go to that window"):
            Profile(tmp_path, "store", PersonId("ann")).acquire()
        Profile(tmp_path, "store", PersonId("bob")).acquire().release()
        first.kill()
    Profile(tmp_path, "store", PersonId("ann")).acquire().release()


def test_ids_that_look_the_same_as_folders_share_none(tmp_path: Path) -> None:
    ids = ("zo\u00eb", "zo\u00e9", "zoe\u0308", "zo_", "...", "..", "a/b", "a_b", "a:b")
    folders = [_folder(tmp_path, id) for id in ids]
    assert len(set(folders)) == len(ids)
    assert {folder.parent for folder in folders} == {tmp_path / "store"}
    assert _folder(tmp_path, "ann") == tmp_path / "store" / "ann"


@pytest.mark.invariant("I1")
def test_a_folder_of_an_earlier_release_stays_its_persons_alone(tmp_path: Path) -> None:
    plain = tmp_path / "store" / "zo_"
    plain.mkdir(parents=True)
    (plain / "work.db").touch()
    assert _folder(tmp_path, "zo\u00eb") == plain
    told = LeftBehind(PersonId("zo\u00eb"), "Zo\u00eb Lee", (), "")
    (plain / "unsent.json").write_bytes(msgspec.json.encode(told))
    assert _folder(tmp_path, "zo\u00eb") == plain
    assert plain not in (_folder(tmp_path, "zo\u00e9"), _folder(tmp_path, "zo_"))


def _folder(root: Path, person: str) -> Path:
    return Profile(root, "store", PersonId(person)).folder
