"""Another program that holds work.db: `python -m tests.faults.work_held FILE`.

Reads the key from the first line of its input, says when it holds the file, and lets it go when
its input ends.
"""

import sys

from workstation.machine.sealed import open_connection


def main(path: str) -> None:
    """Hold it."""
    key = bytes.fromhex(sys.stdin.readline().strip())
    connection = open_connection(path, key, synchronous="FULL")
    connection.execute("BEGIN EXCLUSIVE")
    sys.stdout.write("held\n")
    sys.stdout.flush()
    sys.stdin.read()
    connection.execute("ROLLBACK")
    connection.close()


if __name__ == "__main__":
    main(sys.argv[1])
