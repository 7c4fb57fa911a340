"""The home: the directory that holds everything of one desk (SILD_HOME). Says where each thing lies; makes only what it owns."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sild.kernel.refusals import Refused


@dataclass(frozen=True, slots=True)
class Home:
    """One desk's directory: `originals` by hash, the `ledger`'s files, `keys` (0600)."""

    root: Path

    @property
    def originals(self) -> Path:
        return self.root / "originals"

    @property
    def ledger(self) -> Path:
        return self.root / "ledger"

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    def prepare(self) -> Home:
        """Make the directories, readable by their owner alone. Raises Refused where the place cannot be written."""
        try:
            for folder in (self.root, self.originals, self.ledger, self.keys):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as problem:
            raise Refused(
                f"The home {self.root} cannot be used: {problem.strerror}. Set SILD_HOME to a directory that you may write to."
            ) from problem
        return self


def current() -> Home:
    """The home that SILD_HOME names; `.sild` in the user's directory where it names none."""
    named = os.environ.get("SILD_HOME", "").strip()
    return Home(Path(named).expanduser().resolve() if named else Path.home() / ".sild")


def kept_secret(home: Home, name: str) -> str:
    """A random secret of this home (256 bits, hex), made when it is first asked for; readable by the home's owner alone."""
    place = home.keys / name
    if not place.exists():
        fresh = place.with_name(f"{name}.{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_hex(32), encoding="ascii")
        # whoever comes first makes it; a second process takes theirs
        with suppress(FileExistsError):
            os.link(fresh, place)
        fresh.unlink()
    return place.read_text(encoding="ascii")
