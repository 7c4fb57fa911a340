"""How a contribution is shown to those who neither keep nor give it: said by the giver, lifted by the clock on the day it named."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.refusals import Refused
from sild.wings.agreements.actions.saying import GIVING
from sild.wings.agreements.models import Agreement
from sild.wings.agreements.reads.sides import sides_of
from sild.wings.agreements.rules import AgreementSide, Visibility, unnamed_steps
from sild.wings.parties.public import desk_day
from sild.wings.register.public import Offer


@action("agreements.show-as", roles=GIVING, recalled=True)
def show_agreement(
    actor: Actor,
    agreement_id: UUID,
    visibility: Visibility,
    *,
    named_from: date | None = None,
    version: int | None = None,
    reason: str = "",
) -> None:
    """Say how what an agreement gives is shown to others; from the day `named_from` on it is named.

    The giver says it, or an officer writes it down with where it was said. What was named was read by others: it is narrowed anew, never
    undone. Raises NotThere, Stale, Refused.
    """
    one: Agreement = Agreement.found(agreement_id, version=version)
    sides = sides_of(actor, one)
    if AgreementSide.GIVER not in sides:
        if AgreementSide.SECRETARIAT not in sides:
            raise Refused(_("The giver says how its contribution is shown; the secretariat may write it down."))
        if not reason.strip():
            raise Refused(_("Say why, or where it was said: the others read the reason."))
    if named_from is not None and (visibility == Visibility.NAMED or named_from <= desk_day(actor)):
        raise Refused(_("A day from which it is named lies ahead, and belongs to what is not named before."))
    one.visibility, one.named_from = visibility, named_from
    _with_giver(one, Offer.objects.filter(id=one.offer_id).first())
    one.save()


def _with_giver(one: Agreement, offer: Offer | None) -> None:
    """Let the record hold the giver's name where it may, and no name where it may not: those who asked read it.

    The seats that spoke for the giver leave it for good; history keeps who they were.
    """
    one.giver_told = one.visibility == Visibility.NAMED
    if not one.giver_told:
        one.giver = ""
        one.steps = unnamed_steps(one.steps)
    elif offer is not None:
        one.giver = offer.provider


@action("agreements.name-contributions", roles=frozenset({Role.SERVICE}), recalled=True)
def name_contributions(actor: Actor) -> int:
    """Name the contributions whose day has come; returns how many. The clock's act, for the givers who set the day."""
    due = list(Agreement.objects.filter(owner_id=actor.organisation, named_from__lte=desk_day(actor)).order_by("id"))
    offers = {offer.id: offer for offer in Offer.objects.filter(id__in=[one.offer_id for one in due])}
    for one in due:
        one.visibility, one.named_from = Visibility.NAMED, None
        _with_giver(one, offers.get(one.offer_id))
    Agreement.objects.bulk_change(due, ["visibility", "named_from", "giver_told", "giver"])
    return len(due)
