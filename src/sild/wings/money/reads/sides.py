"""To whom money goes by rule: the flow to those whom it concerns, what it keeps back to its giver alone, public money to everybody here.

What people or a ruling keep from somebody of the need, the offer or the agreement, its money does not tell them either.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sild.kernel.actor import Actor
from sild.kernel.identity import Organisation
from sild.values.marking import Marking
from sild.wings.agreements.public import QUIET, About, Agreement, Hearing
from sild.wings.money.models import Flow
from sild.wings.money.rules import ShownAs
from sild.wings.register.public import audiences_of

SEEN_BY_ALL = Marking.CLEAR
"""Public money is shown to every organisation of the mechanism."""


NOTHING = About(need=None, offer=None)


def about_of(flow: Flow) -> About:
    """What a flow hangs on."""
    return About(need=flow.need_id, offer=flow.offer_id, agreement=flow.agreement_id)


class Readers:
    """Whom flows and claims are released to by rule, for one owner; reads who sits where once, and what is kept from whom for `flows`."""

    def __init__(self, actor: Actor, flows: Iterable[Flow] = ()) -> None:
        self._actor = actor
        self._known = {flow.id: about_of(flow) for flow in flows}
        self._hushed = _quiet([about.agreement for about in self._known.values()])
        hanging = [about for about in self._known.values() if about != NOTHING]
        self._hearing = Hearing(actor, hanging) if hanging else None
        self._audiences = audiences_of(actor)
        self._everybody = frozenset(Organisation.objects.values_list("id", flat=True))

    def quiet(self, flow: Flow) -> bool:
        """Whether it is for an agreement that its giver wants shown to its sides alone: then nobody else hears of its money either."""
        if flow.id not in self._known:
            return bool(_quiet([flow.agreement_id]))
        return flow.agreement_id in self._hushed

    def givers(self, giver: str, through: str) -> frozenset[UUID]:
        """The organisations that speak for who gives and through whom."""
        known = self._audiences.givers
        return known.get(giver, frozenset()) | known.get(through, frozenset())

    def of_flow(self, flow: Flow, names: tuple[str, str, str]) -> frozenset[UUID]:
        """Readers of a flow by (giver, through, body): its giver's; unless it is secret those who receive it; of a public one everybody."""
        giver, through, body = names
        givers = self.givers(giver, through)
        if flow.shown_as == ShownAs.SECRET:
            return givers
        if flow.marking <= SEEN_BY_ALL and not self.quiet(flow):
            return self._everybody
        return givers | self._audiences.concerned(body) | self._audiences.front_offices

    def heard(self, flow: Flow, readers: frozenset[UUID], *, givers: frozenset[UUID]) -> frozenset[UUID]:
        """Those of a flow's readers who may hear of what it is for; its givers know of their money whatever the need is ruled."""
        about = about_of(flow)
        if about == NOTHING:
            return readers
        hearing = self._hearing if self._hearing is not None and self._known.get(flow.id) == about else Hearing(self._actor, [about])
        return hearing.among(readers, about, own=givers) - hearing.kept_from(about.agreement)

    def of_claim(self, marking: int) -> frozenset[UUID]:
        """Readers of a claim: everybody for a public one, else nobody beside its keeper."""
        return self._everybody if marking <= SEEN_BY_ALL else frozenset()


def _quiet(agreements: Iterable[UUID | None]) -> frozenset[UUID]:
    """Those of some agreements that are shown to their sides alone."""
    wanted = {key for key in agreements if key is not None}
    found = Agreement.objects.filter(id__in=wanted, visibility__in=QUIET).values_list("id", flat=True) if wanted else ()
    return frozenset(found)
