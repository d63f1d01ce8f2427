"""What a desk asks of records beyond its own copy, and what the store answers: newest first.

Asked by POST: what somebody looks for is often a person's name or number, which belongs into no
address and so into no server's log.
"""

from workstation.wire.protocol import Change, Downward, Upward

MOST_TRACES = 60
MOST_WORDS = 12
LONGEST_WORD = 200
MOST_FOUND = 200


class Search(Upward, frozen=True, omit_defaults=True):
    """Reports with any of these traces (kind and value), or with all of these words.

    A word fits by its beginning; in a name also by its sound.
    """

    traces: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = ()
    most: int = 50


class Found(Downward, frozen=True):
    """Headers of the reports that the reader may see, and whether there are more.

    `behind`: some of the newest records are not searched yet.
    """

    reports: tuple[Change, ...]
    more: bool = False
    behind: bool = False
