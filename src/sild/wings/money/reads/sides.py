"""To whom money goes by rule: the flow to those whom it concerns, what it keeps back to its giver alone, public money to everybody here."""

from __future__ import annotations

from uuid import UUID

from sild.kernel.actor import Actor
from sild.kernel.identity import Organisation
from sild.values.marking import Marking
from sild.wings.money.rules import ShownAs
from sild.wings.register.public import audiences_of

SEEN_BY_ALL = Marking.CLEAR
"""Public money is shown to every organisation of the mechanism."""


class Readers:
    """Whom flows and claims are released to by rule, for one owner; reads who sits where once."""

    def __init__(self, actor: Actor) -> None:
        self._audiences = audiences_of(actor)
        self._everybody = frozenset(Organisation.objects.values_list("id", flat=True))

    def givers(self, giver: str, through: str) -> frozenset[UUID]:
        """The organisations that speak for who gives and through whom."""
        known = self._audiences.givers
        return known.get(giver, frozenset()) | known.get(through, frozenset())

    def of_flow(self, names: tuple[str, str, str], *, shown_as: str, marking: int) -> frozenset[UUID]:
        """Readers of a flow by (giver, through, body): its giver's; unless it is secret those who receive it; of a public one everybody."""
        giver, through, body = names
        givers = self.givers(giver, through)
        if shown_as == ShownAs.SECRET:
            return givers
        if marking <= SEEN_BY_ALL:
            return self._everybody
        return givers | self._audiences.concerned(body) | self._audiences.front_offices

    def of_claim(self, marking: int) -> frozenset[UUID]:
        """Readers of a claim: everybody for a public one, else nobody beside its keeper."""
        return self._everybody if marking <= SEEN_BY_ALL else frozenset()
