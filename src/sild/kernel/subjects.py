"""Subjects of marking, release and casework: a working record named by its kind and its identifier, found for the actor or not there."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.apps import apps
from django.utils.translation import gettext as _

from sild.kernel.actor import Actor
from sild.kernel.identity import Organisation
from sild.kernel.record import Record
from sild.kernel.refusals import NotThere, Refused

NOT_MARKED_BY_HAND = frozenset({"kernel", "parties"})
"""Who belongs to a mechanism, and what bodies are called, is common ground: closing it would shut people out of their own work."""


def model_named(label: str) -> type[Record]:
    """The kind of record with a label such as "register.Need". Raises NotThere."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        model = None
    if model is None or not issubclass(model, Record) or model._meta.app_label in NOT_MARKED_BY_HAND:
        raise NotThere(_("There is no such record."))
    return model


def own_subject(actor: Actor, label: str, key: UUID, *, version: int | None = None) -> Record:
    """A record of the actor's organisation. Raises NotThere, Stale; Refused where it is visible and another organisation's."""
    record = model_named(label).found(key, version=version)
    if record.owner_id != actor.organisation:
        owner = Organisation.objects.filter(id=record.owner_id).first()
        told = _("This record belongs to {owner}: its marking and its readers are theirs to decide. Ask them.")
        raise Refused(told.format(owner=owner.name if owner is not None else _("another organisation")))
    return record


def named_organisations(keys: Sequence[UUID]) -> list[Organisation]:
    """Organisations of the mechanism, by name. Raises NotThere where one is not among them, Refused where none is named."""
    found = list(Organisation.objects.filter(id__in=list(keys)).order_by("name"))
    if len(found) != len(set(keys)):
        raise NotThere(_("There is no such organisation in this mechanism."))
    if not found:
        raise Refused(_("Name at least one organisation."))
    return found
