"""Six gateways committed to the ministry by Estonia, and everybody who has a word in how they come."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

import pytest

from sild.wings.agreements.actions import Saying, accept_agreement, commit_agreement
from sild.wings.agreements.public import Proposal, propose_agreement
from tests.cast import Cast
from tests.keeping import once
from tests.wings.agreements.conftest import Table, table  # noqa: F401 - the fixture that this one stands on


@dataclass(frozen=True, slots=True)
class Depot:
    """The cast, the need of 20 and the agreement of 10 that commits 6 of it."""

    cast: Cast
    need: UUID
    agreement: UUID


@pytest.fixture
@once
def depot(table: Table) -> Depot:  # noqa: F811 - the fixture that was imported
    """Proposed 10, accepted 8, committed 6."""
    cast = table.cast
    one = propose_agreement(cast.officer, table.need, table.estonias, Proposal(quantity=Decimal(10)), reason="by the plan")
    accept_agreement(cast.asker, one, Saying(quantity=Decimal(8)))
    commit_agreement(cast.donor, one, Saying(quantity=Decimal(6)))
    return Depot(cast, table.need, one)
