"""The plan for programs: its head, its needs page by page, sharing and recalling it."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query, Router

from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.listing import key_of
from sild.kernel.refusals import NotThere, Refused
from sild.kernel.route import Cut, route
from sild.kernel.shapes import Listed, Made
from sild.wings.planning.actions import (
    adopt_plan,
    assess_need,
    end_search,
    override_priority,
    recall_plan,
    record_limit,
    share_plan,
    take_in,
)
from sild.wings.planning.actions.assessing import WHO_MAY_ASSESS
from sild.wings.planning.actions.limits import WHO_MAY_LIMIT
from sild.wings.planning.reads import PlanSheet, plan_sheet
from sild.wings.planning.reads.changes import plan_changes
from sild.wings.planning.reads.gate import light_of_agreement, lights_of_need
from sild.wings.planning.reads.limits import list_limits
from sild.wings.planning.reads.lit import lit_matches, with_lights
from sild.wings.planning.reads.priorities import OVERRIDERS, need_priority
from sild.wings.planning.reads.readers import readers_of_limit
from sild.wings.planning.schemas.answers import (
    Ended,
    LeftOut,
    PlanChange,
    PlanHead,
    PlannedNeed,
    Sharing,
    TakenIn,
    TakingIn,
    Travelled,
    WantedPlannedNeeds,
)
from sild.wings.planning.schemas.gate import LitMatch, MatchLight, NeedLights, WantedLights
from sild.wings.planning.schemas.limits import KnownLimit, NewLimit, Stated, WantedLimits
from sild.wings.planning.schemas.priorities import Assessed, NeedPriority, Overriding

router = Router(tags=["plan"])

READERS = PEOPLE - {Role.AUDITOR}
AGREEMENT = "agreements.Agreement"
OFFICERS = frozenset({Role.OFFICER})
ONE = {"plan": "planning.Plan"}
OF_NEED = {"need": "register.Need"}


@route(router, "get", "/plan", roles=READERS, answer=PlanHead)
def read_plan(actor: Actor) -> PlanHead:
    """The newest plan that you may see something of."""
    sheet = _sheet(actor)
    told = {name: getattr(sheet, name) for name in PlanHead.model_fields}
    return PlanHead(**told | {"left_out": [LeftOut(offer=offer, why=why) for offer, why in sheet.left_out]})


@route(router, "get", "/plan/needs", roles=READERS, answer=Listed[PlannedNeed])
def list_planned_needs(actor: Actor, wanted: Query[WantedPlannedNeeds]) -> Cut:
    """The needs of the newest plan, those that nothing reaches first, then by weight."""
    sheet = _sheet(actor)
    rows = [row for row in sheet.rows if wanted.state in ("", row.state) and wanted.category in ("", row.category)]
    start = 0
    if wanted.key is not None:
        places = {row.need: place for place, row in enumerate(rows, 1)}
        if wanted.key[0] != sheet.made_at or wanted.key[1] not in places:
            raise Refused(_("The plan was made anew while you read it. Begin at its first page."))
        start = places[wanted.key[1]]
    shown = rows[start : start + wanted.limit]
    more = start + len(shown) < len(rows)
    items = [PlannedNeed.model_validate(row) for row in with_lights(actor, shown)]
    return Cut(items=items, after=key_of(sheet.made_at, shown[-1].need) if more else "")


@route(router, "get", "/plan/changes", roles=READERS, answer=Listed[PlanChange])
def list_plan_changes(actor: Actor) -> Cut:
    """The needs whose coverage differs between the newest plan and the one before, by title, all on one page."""
    return Cut(items=[PlanChange.model_validate(change) for change in plan_changes(actor)])


@route(router, "get", "/needs/{need}/deliverability", roles=READERS, answer=NeedLights, subjects={"need": "register.Need"})
def read_deliverability(actor: Actor, need: UUID) -> NeedLights:
    """Whether what is planned or agreed for a need can be delivered: each condition, what blocks first, the earliest day."""
    return NeedLights.model_validate(lights_of_need(actor, need))


@route(router, "get", "/needs/{need}/priority", roles=WHO_MAY_ASSESS, answer=NeedPriority, subjects=OF_NEED)
def read_priority(actor: Actor, need: UUID) -> NeedPriority:
    """The priority of a need as its arithmetic, what a person set over it, and every word that people said, the last first."""
    return NeedPriority.model_validate(need_priority(actor, need))


@route(router, "post", "/needs/{need}/assessments", roles=WHO_MAY_ASSESS, answer=Made, subjects=OF_NEED)
def assess(actor: Actor, need: UUID, said: Assessed) -> Made:
    """Say how much of a criterion, from 0 to 1, a need has. The last word counts; a recipient speaks of own_measures and absorption."""
    return Made(id=assess_need(actor, need, said.criterion, said.value, source=said.source, reason=said.reason))


@route(router, "post", "/needs/{need}/priority", roles=OVERRIDERS, answer=Made, subjects=OF_NEED)
def override(actor: Actor, need: UUID, said: Overriding) -> Made:
    """Set a priority from 0 to 10 over the arithmetic of a need; a value of null lets the arithmetic count again."""
    return Made(id=override_priority(actor, need, said.value, reason=said.reason))


@route(router, "get", "/agreements/{agreement}/deliverability", roles=READERS, answer=MatchLight, subjects={"agreement": AGREEMENT})
def read_deliverability_of_agreement(actor: Actor, agreement: UUID) -> MatchLight:
    """Whether what one agreement gives can be delivered: the same light as its need's. Not found where you do not see its need."""
    found = light_of_agreement(actor, agreement)
    if found is None:
        raise NotThere(_("The need of this agreement is not shown to you, so nothing can be told of its light."))
    return MatchLight.model_validate(found)


@route(router, "get", "/plan/deliverability", roles=READERS, answer=Listed[LitMatch])
def list_lights(actor: Actor, wanted: Query[WantedLights]) -> Cut:
    """The light of every match that is planned or agreed, what cannot be delivered first, all on one page."""
    found = lit_matches(actor, verdict=wanted.verdict, blocker=wanted.blocker)
    return Cut(items=[LitMatch.model_validate(row) for row in found.rows])


@route(router, "post", "/plan/take-in", roles=OFFICERS, answer=TakenIn)
def take_in_needs(actor: Actor, wanted: TakingIn) -> TakenIn:
    """Say whether plans take in endorsed needs alone, or all; the next plan and those after it are made so, until it is said anew."""
    return TakenIn(new=take_in(actor, only_endorsed=wanted.only_endorsed, reason=wanted.reason))


@route(router, "post", "/plan/end", roles=OFFICERS, answer=Ended)
def end(actor: Actor) -> Ended:
    """End the making of a plan with the best one so far; it is explained, checked and kept."""
    end_search(actor)
    return Ended(asked=True)


@route(router, "post", "/plans/{plan}/share", roles=OFFICERS, answer=Travelled, subjects=ONE)
def share(actor: Actor, plan: UUID, why: Sharing) -> Travelled:
    """Show the plan to those who may see its needs and offers, each their own part."""
    return Travelled(records=share_plan(actor, plan, reason=why.reason))


@route(router, "post", "/plans/{plan}/unshare", roles=OFFICERS, answer=Travelled, subjects=ONE)
def unshare(actor: Actor, plan: UUID, why: Sharing) -> Travelled:
    """Show a shared plan to nobody else any more; what was read cannot be unread."""
    return Travelled(records=recall_plan(actor, plan, reason=why.reason))


@route(router, "post", "/plans/{plan}/adopt", roles=OFFICERS, answer=None, status=204, subjects=ONE)
def adopt(actor: Actor, plan: UUID, why: Sharing) -> None:
    """Adopt a plan, with the reason; the one that was adopted before is superseded."""
    adopt_plan(actor, plan, reason=why.reason)


@route(router, "get", "/limits", roles=READERS, answer=Listed[KnownLimit])
def list_stated_limits(actor: Actor, wanted: Query[WantedLimits]) -> Cut:
    """The limits that plans keep to, as far as you may see them, the newest word first."""
    found, after = list_limits(actor, kind=wanted.kind, subject=wanted.subject, after=wanted.key, limit=wanted.limit)
    return Cut(items=[KnownLimit.model_validate(one) for one in found], after=key_of(*after) if after is not None else "")


@route(router, "post", "/limits", roles=WHO_MAY_LIMIT & PEOPLE, answer=Stated)
def state_limit(actor: Actor, stated: NewLimit) -> Stated:
    """State a limit: officers any, others those of their own organisation. A later word stands; the secretariat plans with it."""
    entry = stated.entry()
    return Stated(new=record_limit(actor, entry, releasable_to=readers_of_limit(actor, entry), reason=stated.reason))


def _sheet(actor: Actor) -> PlanSheet:
    sheet = plan_sheet(actor)
    if sheet is None:
        raise NotThere(_("There is no plan yet that you may see something of."))
    return sheet
