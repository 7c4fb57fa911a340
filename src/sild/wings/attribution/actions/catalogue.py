"""The verb on catalogues: one act takes a catalogue in, and the older one of its kind counts no more; undone, it counts again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.refusals import Refused
from sild.values.marking import Marking
from sild.wings.attribution.models import ActorCatalogue
from sild.wings.attribution.rules import LONGEST_LABEL, MOST_CATALOGUES, CatalogueKind, counts

IMPORTERS = frozenset({Role.OFFICER, Role.SERVICE})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCatalogue:
    """A catalogue as it was read: `content` as rules/catalogue.py packs it, `digest` of the bytes that it was read from."""

    kind: CatalogueKind
    name: str
    digest: str
    content: dict[str, Any]
    release: str = ""
    as_of: date | None = None


@action("attribution.import-catalogue", roles=IMPORTERS)
def import_catalogue(actor: Actor, new: NewCatalogue, *, reason: str = "") -> UUID | None:
    """Take a catalogue in; from now on it counts. Returns its id; None where the one that counts came from the same bytes.

    Raises Refused.
    """
    there = ActorCatalogue.objects.filter(owner_id=actor.organisation)
    newest = there.filter(kind=new.kind).defer("content").order_by("-imported_at", "-created_at", "-id").first()
    if newest is not None and (newest.digest, newest.release) == (new.digest, new.release):
        return None
    if there.count() >= MOST_CATALOGUES:
        raise Refused(_("The organisation has {most} catalogues, the most there are.").format(most=MOST_CATALOGUES))
    one = ActorCatalogue(
        kind=new.kind,
        name=new.name.strip()[:LONGEST_LABEL],
        release=new.release.strip()[:80],
        as_of=new.as_of,
        digest=new.digest,
        counts=counts(new.kind, new.content),
        content=new.content,
        imported_at=clock.now(),
        imported_by_name=actor.name,
        marking=int(Marking.CLEAR),
    )
    one.save()
    return one.id
