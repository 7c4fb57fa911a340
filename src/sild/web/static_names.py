"""Addresses of the desk's own assets: each ends with the digest of the file, so that a browser keeps it until it changes."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage

SIGNS = 12


class NamedByContent(StaticFilesStorage):
    """Serves the files where they lie in the program; nothing is collected or copied when the desk is set up."""

    def url(self, name: str | None) -> str:
        """The address of the file, as `name?v=digest`; without a digest where there is no such file."""
        digest = _digest(name) if name else ""
        return f"{super().url(name)}?v={digest}" if digest else super().url(name)


@cache
def _digest(name: str) -> str:
    found = finders.find(name)
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:SIGNS] if isinstance(found, str) else ""
