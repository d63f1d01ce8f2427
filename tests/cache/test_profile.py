"""One program at a time has a person's files open; one that was killed holds nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

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
