"""A case of the cast: the officer keeps it, the deputy is let in, everybody else does not know of it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from sild.kernel import clock
from sild.kernel.actor import Actor
from sild.kernel.identity import actor_named
from sild.wings.attribution.actions import CaseOpening, NewCase
from tests.cast import Cast

NOW = datetime(2026, 2, 10, 8, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Opened:
    """The case, and its two readers as they are now that they are in its compartment."""

    cast: Cast
    case: uuid.UUID
    officer: Actor
    deputy: Actor


@pytest.fixture
def opened(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """A case on the morning of 10 February 2026, by the usual procedure."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    new = NewCase(title="The ministries' mail", summary="Mailboxes were read for a month.")
    case = CaseOpening(cast.officer, [cast.deputy.person]).run(new, reason="the ministries ask who it was")
    return Opened(cast, case, actor_named("drill", "officer"), actor_named("drill", "deputy"))
