"""The log that operators read: a line of JSON for each thing that happened, no one's words."""

import logging
import logging.handlers
from pathlib import Path

import structlog

MEBIBYTE = 1024 * 1024


def start_logging(folder: Path) -> None:
    """Write to `workstation.log`, five files of 1 MiB at most."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        folder / "workstation.log", maxBytes=MEBIBYTE, backupCount=4, encoding="utf-8"
    )
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(),
            ],
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
            ],
        )
    )
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
