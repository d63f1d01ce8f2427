"""Which log records a test has to answer for."""

import logging
from collections.abc import Iterable


def unexpected(records: Iterable[logging.LogRecord], expected: list[str]) -> list[str]:
    """The warnings and worse that hold none of the expected texts."""
    return [
        f"{record.levelname} {record.name}: {record.getMessage()}"
        for record in records
        if record.levelno >= logging.WARNING
        and not any(text in record.getMessage() for text in expected)
    ]
