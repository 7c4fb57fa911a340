"""A response of the cast: to a case that the officer and the deputy are in, and to an incident in the open."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from sild.kernel import clock
from sild.kernel.actor import Actor
from sild.kernel.identity import actor_named
from sild.wings.attribution.public import CaseOpening, NewCase
from sild.wings.response.actions import NewResponse, open_response
from sild.wings.signals.public import IncidentFacts, record_incident
from tests.cast import Cast

NOW = datetime(2026, 2, 10, 8, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Answering:
    """A case with its response, an incident with its own, and the two readers as they are inside the compartment."""

    cast: Cast
    case: uuid.UUID
    incident: uuid.UUID
    closed: uuid.UUID
    open: uuid.UUID
    officer: Actor
    deputy: Actor


@pytest.fixture
def answering(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Answering:
    """On the morning of 10 February 2026."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    new = NewCase(title="The ministries' mail", summary="Mailboxes were read for a month.")
    case = CaseOpening(cast.officer, [cast.deputy.person]).run(new, reason="the ministries ask who it was")
    officer, deputy = (actor_named("drill", name) for name in ("officer", "deputy"))
    incident = record_incident(cast.officer, IncidentFacts(title="The registers were dark"), reason="seen")
    closed = open_response(officer, NewResponse(title="What we answer", case_id=case), reason="the government asks")
    opened = open_response(officer, NewResponse(title="Before we know", incident_id=incident), reason="the press asks")
    return Answering(cast, case, incident, closed, opened, officer, deputy)
