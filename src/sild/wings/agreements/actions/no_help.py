"""Givers who see a need and cannot help with it say so, without an offer; and they take it back when they can after all."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.access import released_to
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role, on_behalf_of
from sild.kernel.beside import kept_beside
from sild.kernel.identity import Organisation
from sild.kernel.moving import close_into
from sild.kernel.refusals import NotThere, Refused
from sild.wings.agreements.models import NoHelp
from sild.wings.agreements.rules import LONGEST_TEXT, NoHelpWhy
from sild.wings.parties.public import desk_day
from sild.wings.register.public import Channel, Need, NeedState

GIVERS = frozenset({Role.DONOR, Role.COMPANY})


@action("agreements.no-help", roles=GIVERS)
def say_no_help(actor: Actor, need_id: UUID, why: NoHelpWhy | None = None, *, reason: str = "") -> UUID:
    """Say that the actor's organisation cannot help with an endorsed need; said again, the last word counts. Returns the word's id.

    The keeper of the need reads it; other givers do not. Raises NotThere, Refused.
    """
    need: Need = Need.found(need_id)
    if need.state != NeedState.ENDORSED or need.channel != Channel.CIVIL or need.joined_into is not None:
        raise Refused(_("The need {title} asks nobody for help at present. See on its page how far it is.").format(title=need.title))
    own = Organisation.objects.filter(id=actor.organisation).first()
    one = NoHelp.objects.filter(need_id=need.id, owner_id=actor.organisation).first() or NoHelp(need_id=need.id)
    one.who, one.said_by, one.said_on = own.name if own is not None else actor.name, actor.name, desk_day(actor)
    one.why, one.reason = why or "", reason.strip()[:LONGEST_TEXT]
    one.marking = max(one.marking if one.version > 1 else 0, need.marking)
    one.compartment_id, one.embargo_until = need.compartment_id, need.embargo_until
    one.releasable_to = released_to({need.owner_id}, None, owner=actor.organisation, marking=one.marking, compartment_id=one.compartment_id)
    one.save()
    return one.id


@action("agreements.help-after-all", roles=GIVERS)
def take_no_help_back(actor: Actor, need_id: UUID, *, reason: str = "") -> None:
    """Take back that the organisation cannot help with a need. Raises NotThere where it never said so."""
    one = NoHelp.objects.filter(need_id=need_id, owner_id=actor.organisation).first()
    if one is None:
        raise NotThere(_("Your organisation did not say that it cannot help here."))
    one.delete()


@action("agreements.move-no-help", roles=frozenset({Role.SERVICE, *GIVERS, Role.OFFICER, Role.RECIPIENT}), recalled=True)
def move_no_help(actor: Actor, needs: Mapping[UUID, UUID], compartment: UUID) -> None:
    """Close what givers said of needs that move (old identifier to new) into their compartment, and let it name them anew."""
    for owner in kept_beside(NoHelp._meta.db_table, "need_id", list(needs)) if needs else ():
        with on_behalf_of(owner):
            found = list(NoHelp.objects.filter(need_id__in=list(needs), owner_id=owner).order_by("id"))
            close_into(compartment, found)
            for one in found:
                one.need_id = needs[one.need_id]
            NoHelp.objects.bulk_change(found, ["need_id"])
