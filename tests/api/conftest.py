"""Programs for every seat of the drill, and one of a stranger."""

from __future__ import annotations

from pathlib import Path

import pytest

from sild.kernel.home import Home
from sild.kernel.identity import actor_named
from tests.api.desk import fill
from tests.api.programs import Program, account_on, program_of
from tests.cast import Cast
from tests.keeping import once

SEATS = ("officer", "deputy", "auditor", "technical", "interagency", "authority", "donor", "seller")


@pytest.fixture
@once
def programs(cast: Cast) -> dict[str, Program]:
    """A program for each seat of the cast, by its name; `outsider` is of another mechanism."""
    made = {}
    for seat in SEATS:
        account = account_on(cast.run, actor_named("drill", seat), f"{seat}@drill.example")
        made[seat] = program_of("drill", seat, account)
    outsider = account_on(actor_named("strangers", "run"), cast.outsider, "outsider@strangers.example")
    return made | {"outsider": program_of("strangers", "officer", outsider)}


@pytest.fixture
@once
def filled(programs: dict[str, Program], cast: Cast, home: Home, tmp_path: Path) -> None:
    """A few messages and a plan that was shared, on the desk of the programs."""
    fill(cast, home, tmp_path / "inbox")
