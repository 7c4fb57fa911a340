"""Lines that the desk's processes write: to the error stream, one event a line, for whoever runs the desk.

A line names routes, jobs, codes and times. It never holds what a person wrote, sent or asked for: no query, no body, no record, no address
of a person. Of a fault it tells the kind and the place in the program; SILD_TRACE adds the whole of it.
"""

from __future__ import annotations

import logging
import os
import sys
import traceback
from datetime import UTC, datetime

OWN = ("sild", "_granian")
"""Loggers whose words are ours or the server's; of any other only the name, the level and the fault are told."""


def write_lines(process: str) -> None:
    """From here on this process writes its lines as `process`."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Line(process))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("sild").setLevel(logging.INFO)
    handler.addFilter(_tells_something)
    for name in ("django", "django.request", "django.server", "_granian", "procrastinate"):
        logger = logging.getLogger(name)
        logger.handlers[:] = []
        logger.propagate = True
    # an answer of 4xx has its own line
    logging.getLogger("django.request").setLevel(logging.ERROR)
    logging.captureWarnings(True)


def _tells_something(record: logging.LogRecord) -> bool:
    """Whether a line is worth writing: the framework notes every answer of 5xx, of which we know the fault or wrote it ourselves."""
    return record.name != "django.request" or record.exc_info is not None


class Line(logging.Formatter):
    """Time (UTC), process, process number, words; a warning and an error say so."""

    def __init__(self, process: str) -> None:
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        """One line, whatever the record holds."""
        at = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        level = f"{record.levelname.lower()}: " if record.levelno >= logging.WARNING else ""
        own = record.name.partition(".")[0] in OWN
        words = " ".join(record.getMessage().split()) if own else record.name
        fault = record.exc_info[1] if record.exc_info else None
        if fault is not None:
            words += f": {told(fault)}"
            if os.environ.get("SILD_TRACE"):
                words += "\n" + "".join(traceback.format_exception(fault))
        return f"{at} {self._process}[{record.process}] {level}{words}"


def told(fault: BaseException) -> str:
    """The kind of a fault and where it arose; not its message, which may quote a record."""
    steps = traceback.extract_tb(fault.__traceback__)
    where = f" at {steps[-1].filename.rpartition('/')[2]}:{steps[-1].lineno}" if steps else ""
    return f"{type(fault).__name__}{where}"
