"""`sild init` for real data: an empty database for a restore."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sild.kernel import house, terminal
from sild.kernel.refusals import Refused


def prepare_for_restore(given: Iterable[Path | None]) -> None:
    """Make roles and an empty database at DATABASE_URL and nothing else. Raises Refused."""
    if any(given):
        raise Refused("--for-restore takes no files: mechanism, parties and register come with the backup.")
    terminal.console().print(f"The database {house.prepare_empty_database()} is ready for the backup.", markup=False)
