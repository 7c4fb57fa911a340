"""Who said that they cannot help with a need, for who keeps it; a giver reads its own word alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.agreements.models import NoHelp
from sild.wings.agreements.rules import NoHelpWhy
from sild.wings.register.public import Channel, Need, NeedState, all_joined_into


@dataclass(frozen=True, slots=True, kw_only=True)
class NoHelpRow:
    """A giver who cannot help: `why` None where it was not said; `own`: the reader's organisation said it."""

    id: UUID
    who: str
    by: str
    on: date
    why: NoHelpWhy | None
    reason: str
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoHelpOfNeed:
    """What was said of a need, the newest first; `own` what the reader's organisation said; `open`: the need asks for help."""

    rows: tuple[NoHelpRow, ...]
    own: NoHelpRow | None
    open: bool


@read
def no_help_of(actor: Actor, need_id: UUID) -> NoHelpOfNeed:
    """Who cannot help with a need, as far as the reader may know. Raises NotThere."""
    need: Need = Need.found(need_id)
    ends = all_joined_into(actor, "need", [need.id])
    found = NoHelp.objects.filter(need_id__in=list(ends)).order_by("-said_on", "-created_at", "id")
    rows = tuple(_row(actor, one) for one in found)
    asks = need.state == NeedState.ENDORSED and need.channel == Channel.CIVIL and need.joined_into is None
    return NoHelpOfNeed(rows=rows, own=next((row for row in rows if row.own), None), open=asks)


def _row(actor: Actor, one: NoHelp) -> NoHelpRow:
    return NoHelpRow(
        id=one.id,
        who=one.who,
        by=one.said_by,
        on=one.said_on,
        why=NoHelpWhy(one.why) if one.why else None,
        reason=one.reason,
        own=one.owner_id == actor.organisation,
    )
