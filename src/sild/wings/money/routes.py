"""Money for programs: the list, one flow, totals with their rows, contradictions; writing flows down and moving them on."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router

from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.listing import key_of
from sild.kernel.route import Cut, route
from sild.kernel.shapes import Listed, Made
from sild.wings.money import schemas
from sild.wings.money.actions import advance_flow, end_flow, put_under, record_flow, show_flow, value_flow
from sild.wings.money.reads import contradictions, flow_record, list_flows, totals_of

router = Router(tags=["money"])

READERS = PEOPLE - {Role.AUDITOR}
RECORDERS = frozenset({Role.OFFICER})
ONE = {"flow": "money.Flow"}


@route(router, "get", "/flows", roles=READERS, answer=Listed[schemas.Flow])
def list_all_flows(actor: Actor, wanted: Query[schemas.WantedFlows]) -> Cut:
    """The flows of money that you may see, the newest first."""
    found, after = list_flows(actor, wanted.wanted(), after=wanted.key, limit=wanted.limit)
    return Cut(items=[schemas.Flow.model_validate(row) for row in found], after=key_of(*after) if after is not None else "")


@route(router, "get", "/flows/{flow}", roles=READERS, answer=schemas.WholeFlow, subjects=ONE)
def read_flow(actor: Actor, flow: UUID) -> schemas.WholeFlow:
    """A flow with where its money came from and went, and what happened to it."""
    seen = flow_record(actor, flow)
    told = {name: getattr(seen, name) for name in schemas.WholeFlow.model_fields if name != "flow"}
    return schemas.WholeFlow.model_validate(told | {"flow": seen.row, "tags": dict(seen.tags), "raw": dict(seen.raw)})


@route(router, "post", "/flows", roles=RECORDERS, answer=Made)
def write_flow(actor: Actor, new: schemas.FlowToWrite) -> Made:
    """Write a flow down."""
    return Made(id=record_flow(actor, new.new(), reason=new.reason))


@route(router, "post", "/flows/{flow}/advances", roles=RECORDERS, answer=Made, subjects=ONE)
def advance_one_flow(actor: Actor, flow: UUID, told: schemas.FlowAdvance) -> Made:
    """Move a flow or a part of it on; the answer names what moved, which is a flow of its own where it was a part."""
    return Made(id=advance_flow(actor, flow, told.state, told.amount, version=told.version, reason=told.reason))


@route(router, "put", "/flows/{flow}/worth", roles=RECORDERS, answer=None, status=204, subjects=ONE)
def say_worth_of_flow(actor: Actor, flow: UUID, told: schemas.FlowWorth) -> None:
    """Say what a flow is worth in another currency, or a gift in kind at all, and how that is known."""
    value_flow(actor, flow, told.worth(), version=told.version, reason=told.reason)


@route(router, "put", "/flows/{flow}/parent", roles=RECORDERS, answer=None, status=204, subjects=ONE)
def put_flow_under(actor: Actor, flow: UUID, told: schemas.FlowParent) -> None:
    """Say out of which flow the money came, so that totals count it once."""
    put_under(actor, flow, told.parent, within=told.within, version=told.version, reason=told.reason)


@route(router, "put", "/flows/{flow}/visibility", roles=RECORDERS, answer=None, status=204, subjects=ONE)
def show_flow_so(actor: Actor, flow: UUID, told: schemas.FlowShown) -> None:
    """Say how the giver wants a flow shown to readers who neither keep nor give it."""
    show_flow(actor, flow, told.shown_as, version=told.version, reason=told.reason)


@route(router, "post", "/flows/{flow}/end", roles=RECORDERS, answer=None, status=204, subjects=ONE)
def end_one_flow(actor: Actor, flow: UUID, told: schemas.FlowEnd) -> None:
    """Write down that a flow was not kept: it stands in no total any more."""
    end_flow(actor, flow, version=told.version, reason=told.reason)


@route(router, "get", "/flow-totals", roles=READERS, answer=schemas.MoneyTotals)
def read_flow_totals(actor: Actor, wanted: Query[schemas.WantedTotals]) -> schemas.MoneyTotals:
    """Totals of what a filter finds, a pot for each state, each with its rows and with those that it leaves out and why."""
    found = totals_of(actor, wanted.wanted(), group=wanted.by, currency=wanted.into)
    pots = [
        schemas.MoneyPot(
            pot=pot.pot,
            whole=schemas.MoneyTotal.model_validate(pot.whole),
            groups=[schemas.MoneyGroup(value=value, total=schemas.MoneyTotal.model_validate(total)) for value, total in pot.groups],
        )
        for pot in found.pots
    ]
    return schemas.MoneyTotals(pots=pots, rows=found.rows, cut=found.cut)


@route(router, "get", "/flow-contradictions", roles=READERS, answer=schemas.MoneyContradictions)
def read_flow_contradictions(actor: Actor, wanted: Query[schemas.WantedContradictions]) -> schemas.MoneyContradictions:
    """What sources say beside each other and beside their own rows. Nothing is settled."""
    found = contradictions(actor, wanted.series, everything=wanted.all)
    return schemas.MoneyContradictions(
        topics=[schemas.ClaimTopic.model_validate(topic) for topic in found.topics],
        by_verdict={str(verdict): many for verdict, many in found.by_verdict},
        sums=found.sums,
        sums_held=found.sums_held,
        off_rate=[schemas.RowOffRate(flow=one.row.id, rate=one.rate, apart=one.apart) for one in found.off_rate],
    )
