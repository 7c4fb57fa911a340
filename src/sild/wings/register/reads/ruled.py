"""On what the gates ruled last: what a need is described against."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sild.wings.register.models import GateRuling


def ruled_on(needs: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """What the newest ruling that passed each need ruled on, by need; {} where none passed or that was not kept. Unruled ones are out.

    Runs inside an act or a read.
    """
    found: dict[UUID, dict[str, Any]] = {}
    rows = GateRuling.objects.filter(need_id__in=list(needs)).order_by("created_at", "id")
    for need, passed, of in rows.values_list("need_id", "passed", "of"):
        found[need] = of if passed else found.get(need, {})
    return found
