"""A flow with what it keeps back, as the acts write it: facts go in, columns and the record of what is kept back come out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.access import Granted, released_to
from sild.kernel.actor import Actor
from sild.kernel.refusals import Refused
from sild.wings.agreements.public import among_sides
from sild.wings.money.models import Flow, Withheld
from sild.wings.money.reads.sides import Readers
from sild.wings.money.reads.told import DECIMALS, facts_of, kept_of
from sild.wings.money.rules import KEPT_BACK, MOST_STEPS, FlowState, ShownAs, step, written
from sild.wings.parties.public import desk_day

EMPTY: dict[str, Any] = {"amount": None, "value": None, "rate": None, "tags": {}, "raw": {}, "steps": []}
"""What stands in a flow where a column is kept back; text columns are empty."""


@dataclass(slots=True)
class Kept:
    """A flow under change: `facts` are all its columns, whether shown or kept back."""

    flow: Flow
    withheld: Withheld | None
    facts: dict[str, Any]

    @classmethod
    def found(cls, flow_id: UUID, *, version: int | None = None) -> Kept:
        """The flow with what it keeps back. Raises NotThere, Stale, Refused where something is kept back from the actor."""
        flow: Flow = Flow.found(flow_id, version=version)
        withheld = kept_of([flow]).get(flow.id)
        if KEPT_BACK[ShownAs(flow.shown_as)] and withheld is None:
            raise Refused(_("What this flow keeps back is not yours to see, so it is not yours to change. Ask who keeps it."))
        return cls(flow, withheld, facts_of(flow, withheld))

    @classmethod
    def fresh(cls, flow: Flow) -> Kept:
        """A flow that is made now."""
        return cls(flow, None, facts_of(flow, None))

    @property
    def amount(self) -> Decimal:
        """Its amount, which a flow under change always has."""
        found: Decimal = self.facts["amount"]
        return found

    def note(self, actor: Actor, what: str, reason: str) -> None:
        """Write down that something happened, with the state and amount that it has then. Raises Refused where there is no room."""
        if len(self.facts["steps"]) >= MOST_STEPS:
            raise Refused(_("The flow has {most} steps, the most there are. End it and write it anew.").format(most=MOST_STEPS))
        told = step(
            desk_day(actor),
            what,
            actor.name,
            state=FlowState(self.facts["state"]),
            amount=self.amount,
            currency=self.facts["currency"],
            reason=reason,
        )
        self.facts["steps"] = [*self.facts["steps"], told]

    def names(self) -> tuple[str, str, str]:
        """Who gives, through whom, for whom."""
        return self.facts["giver"], self.facts["through"], self.facts["body"]

    def write(self, readers: Readers, granted: Granted | None = None) -> None:
        """Save it: what is shown into the flow, what is kept back beside it, each released by its rule."""
        flow, hidden = self.flow, KEPT_BACK[ShownAs(self.facts["shown_as"])]
        for name, value in self.facts.items():
            if name in hidden:
                setattr(flow, name, EMPTY.get(name, ""))
            elif name not in ("id", "mechanism_id", "owner_id", "version", "created_at", "releasable_to"):
                setattr(flow, name, value)
        by_rule = readers.of_flow(flow, self.names())
        givers = readers.givers(self.facts["giver"], self.facts["through"])
        granted = among_sides(granted, by_rule, quiet=readers.quiet(flow))
        flow.releasable_to = _released(flow, readers.heard(flow, by_rule, givers=givers), granted)
        flow.save()
        if hidden:
            self._keep_back(readers.heard(flow, givers, givers=givers) - (granted or Granted()).withheld, hidden)
        elif self.withheld is not None:
            self.withheld.delete()
            self.withheld = None

    def _keep_back(self, givers: frozenset[UUID], hidden: tuple[str, ...]) -> None:
        flow = self.flow
        beside = self.withheld or Withheld(flow_id=flow.id, owner_id=flow.owner_id)
        beside.giver, beside.through = self.facts["giver"], self.facts["through"]
        told = {name: self.facts[name] for name in hidden if name not in ("giver", "through")}
        beside.told = {name: written(value) if name in DECIMALS and value is not None else value for name, value in told.items()}
        if self.withheld is None:
            beside.marking, beside.compartment_id, beside.embargo_until = flow.marking, flow.compartment_id, flow.embargo_until
        beside.releasable_to = _released(beside, givers, None)
        beside.save()
        self.withheld = beside


def _released(record: Flow | Withheld, by_rule: frozenset[UUID], granted: Granted | None) -> list[UUID]:
    return released_to(by_rule, granted, owner=record.owner_id, marking=record.marking, compartment_id=record.compartment_id)
