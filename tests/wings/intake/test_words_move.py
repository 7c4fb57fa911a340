"""What people said weighs in a need goes into a compartment with it; outside it is as if it had never been said."""

from __future__ import annotations

import uuid
from decimal import Decimal
from pathlib import Path

from django.contrib.postgres.fields import ArrayField
from django.db import connections, models

from sild.kernel.actor import Actor, acting
from sild.kernel.home import Home
from sild.kernel.identity import actor_named
from sild.kernel.inheritance import models_of_records
from sild.kernel.moving import open_compartment
from sild.wings.intake.actions import close_message_into
from sild.wings.intake.models import Message
from sild.wings.planning.models import NeedAssessment, PriorityOverride
from sild.wings.planning.public import assess_need, override_priority
from sild.wings.planning.reads.priorities import need_priority
from sild.wings.register.models import Line, Need, Offer
from tests.api.desk import fill
from tests.cast import Cast


def _words(actor: Actor) -> tuple[int, int]:
    with acting(actor):
        return NeedAssessment.objects.count(), PriorityOverride.objects.count()


def _still_named(gone: set[uuid.UUID]) -> list[str]:
    """The columns of records outside compartments that name something of what moved, whoever keeps them."""
    found = []
    for model in models_of_records():
        for column in model._meta.concrete_fields:
            base = column.base_field if isinstance(column, ArrayField) else column
            if not isinstance(base, models.UUIDField) and not isinstance(column, models.ForeignKey):
                continue
            lookup = {f"{column.attname}__overlap" if isinstance(column, ArrayField) else f"{column.attname}__in": list(gone)}
            outside = models.QuerySet(model, using="migrate").filter(compartment_id=None, **lookup)
            found += [f"{model._meta.label}.{column.attname}"] * outside.count()
    connections["migrate"].close()
    return found


def test_what_weighs_in_a_need_moves_with_it_and_nothing_outside_names_what_moved(cast: Cast, home: Home, tmp_path: Path) -> None:
    fill(cast, home, tmp_path / "inbox")
    with acting(cast.officer):
        message = Message.objects.get(name="generators.eml")
        [line] = Line.objects.filter(message_id=message.id)
        need = line.need_id
        before = {*Need.objects.values_list("id", flat=True), *Offer.objects.values_list("id", flat=True)}
    assert need is not None
    assess_need(cast.technical, need, "severity", Decimal("0.4"), source="a visit", reason="they are dark without")
    assess_need(cast.officer, need, "severity", Decimal("0.9"), source="a letter", reason="grave")
    override_priority(cast.officer, need, Decimal(7), reason="the minister's word")
    told = need_priority(cast.officer, need)
    assert [one.reason for one in told.said] == ["the minister's word", "grave", "they are dark without"]
    room = open_compartment(cast.officer, "Tender", [cast.officer.person], reason="a tender")
    insider = actor_named("drill", "officer")
    close_message_into(insider, message.id, room, reason="it names the site")
    for outside in (cast.technical, cast.deputy, cast.auditor):
        assert _words(outside) == (0, 0)
    with acting(insider):
        after = set(Need.objects.values_list("id", flat=True))
        [inside] = Need.objects.filter(compartment_id=room).values_list("id", flat=True)
    now = need_priority(insider, inside)
    assert now.priority.stands == told.priority.stands == 7
    assert [(one.by, one.reason, one.stands) for one in now.said] == [(one.by, one.reason, one.stands) for one in told.said]
    with acting(insider):
        offers = set(Offer.objects.values_list("id", flat=True))
    assert need not in after
    assert _still_named(before - after - offers | {line.id, message.id}) == []
