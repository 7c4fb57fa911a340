"""The standby, for programs."""

from __future__ import annotations

from sild.kernel.actor import Actor, Role
from sild.kernel.route import route
from sild.wings.continuity import schemas
from sild.wings.continuity.reads import standby_view
from sild.wings.continuity.routes.mount import router


@route(router, "get", "/standby", roles=frozenset({Role.OFFICER, Role.AUDITOR}), answer=schemas.StandbyTold)
def read_standby(actor: Actor) -> schemas.StandbyTold:
    """How the standby stands, and who moved it."""
    view = standby_view(actor)
    look = view.look
    return schemas.StandbyTold(
        choice=view.choice,
        state=look.state if look else None,
        since=look.since if look else None,
        looked_at=look.at if look else None,
        fresh=look.fresh if look else False,
        behind_bytes=look.behind_bytes if look else None,
        behind_seconds=look.behind_s if look else None,
        moves=[schemas.StandbyMoveTold.model_validate(one) for one in view.moves],
    )
