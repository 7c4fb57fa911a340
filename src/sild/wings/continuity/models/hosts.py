"""The table of hosts: where systems, machines and copies could go."""

from __future__ import annotations

from django.db import models

from sild.kernel.inherits import From
from sild.kernel.record import Record
from sild.values.marking import Marking
from sild.wings.continuity.models.inventory import amount
from sild.wings.continuity.rules import HostAgreement, HostState, Immunity


class Host(Record):
    """A host, by its country alone. Where it stands is in `sealed_place`, an age file in ASCII armour for those in `sealed_for`.

    `free` in TB, `link` in Mbit/s, a shipment of media takes `shipping_days` and carries `shipment` TB. `offer_id` is the offer of the
    register that it comes from.
    """

    inherits = (From(of="register.Offer", key="offer_id", everybody=True),)

    marking = models.PositiveSmallIntegerField(default=int(Marking.AMBER_STRICT))
    name = models.CharField(max_length=300)
    country = models.CharField(max_length=2, blank=True)
    offer_id = models.UUIDField(null=True, db_index=True)
    state = models.CharField(max_length=12, default=HostState.CONSIDERED)
    agreement = models.CharField(max_length=12, default=HostAgreement.UNKNOWN)
    agreement_words = models.CharField(max_length=300, blank=True)
    immunity = models.CharField(max_length=12, default=Immunity.UNKNOWN)
    access = models.TextField(blank=True)
    exit_terms = models.TextField(blank=True)
    cloud = models.CharField(max_length=300, blank=True)
    vendor = models.CharField(max_length=300, blank=True)
    free = amount()
    racks = amount()
    kilowatts = amount()
    link = amount()
    shipping_days = amount()
    shipment = amount()
    note = models.TextField(blank=True)
    sealed_place = models.TextField(blank=True)
    sealed_for = models.CharField(max_length=2000, blank=True)
    sealed_at = models.DateTimeField(null=True)
    sealed_by_name = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "host"
