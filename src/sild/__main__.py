"""Starts the house: the framework first, then the command line. Whatever goes wrong ends in one line and a code."""

from __future__ import annotations

import io
import os
import signal
import sys

import sild.config.start  # noqa: F401 - the framework must know its tables before a verb imports a wing

# isort: split
from sild.cli.app import app
from sild.cli.errors import ended_with


def main() -> None:
    """The entry point of `sild`."""
    os.umask(0o077)
    for stream in (sys.stdout, sys.stderr):
        # a sign that the terminal's character set lacks is shown as its number, not as a crash
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    # asked to end, a command ends as when interrupted: it stops the database that it started
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(ended_with(app))


if __name__ == "__main__":
    main()
