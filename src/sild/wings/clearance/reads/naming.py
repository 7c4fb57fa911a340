"""What is held on a person beside the lines: records of clearance in which a name stands, as plain data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.clearance.models import ConditionWord, Donation, Handover, LineBound, Objection

KINDS: tuple[type[LineBound], ...] = (Objection, Donation, Handover, ConditionWord)


@read
def beside_lines_naming(actor: Actor, words: Iterable[str]) -> list[dict[str, Any]]:
    """The organisation's objections and decisions beside lines in which one of the words stands, as plain data to hand out."""
    wanted = list(words)
    return [told for kind in KINDS for told in _naming(actor, kind, wanted)] if wanted else []


def _naming(actor: Actor, kind: type[LineBound], words: list[str]) -> list[dict[str, Any]]:
    texts = [column.attname for column in kind._meta.concrete_fields if isinstance(column, models.CharField | models.TextField)]
    lists = [column.attname for column in kind._meta.concrete_fields if isinstance(column, models.JSONField)]
    said = Q()
    for word in words:
        for name in [*texts, *(f"{name}_as_text" for name in lists)]:
            said |= Q(**{f"{name}__icontains": word})
    found = kind._default_manager.annotate(**{f"{name}_as_text": Cast(name, TextField()) for name in lists})
    rows = found.filter(said, owner_id=actor.organisation).order_by("created_at", "id")
    return [{"kind": str(kind._meta.verbose_name), **{name: getattr(row, name) for name in (*texts, *lists)}} for row in rows]
