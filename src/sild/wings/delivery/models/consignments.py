"""The table of consignments."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models

from sild.kernel.inherits import From
from sild.kernel.record import Record
from sild.wings.delivery.rules.consignments import ConsignmentKind, Parts, Renewal, State


class Consignment(Record):
    """What moves of an agreement: its legs, how many pieces are where, and everything that was done and said, each with its day.

    `title`, `body`, `giver`, `category`, `unit` follow the agreement. `stage` is how far the rest is; `state` what it is called.
    `legs` in order: {from, to, by, planned, left, came}, days as ISO or null. `steps` in order: {on, deed, side, by, told_by, amounts,
    said, reason}. `in_use` is the recipient's word, `reported` the giver's (seats activated, days worked, terabytes hosted).
    `asked_until`: so long the recipient asks for it; `asked_back`: so many the giver asks for; both until the other has answered.
    `ends_on`: the day on which it lapses, as the giver says; `renewal` and `renew_on`: when it has to be renewed, as the recipient says.
    """

    inherits = (From(of="agreements.Agreement", key="agreement_id"),)

    agreement_id = models.UUIDField(db_index=True)
    need_id = models.UUIDField(db_index=True)
    offer_id = models.UUIDField()
    title = models.CharField(max_length=400, blank=True)
    body = models.CharField(max_length=300, blank=True)
    giver = models.CharField(max_length=300, blank=True)
    category = models.CharField(max_length=40, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=10, default=ConsignmentKind.GOODS)
    quantity = models.DecimalField(max_digits=18, decimal_places=3)
    accepted = models.DecimalField(max_digits=18, decimal_places=3, default=0)
    disputed = models.DecimalField(max_digits=18, decimal_places=3, default=0)
    returned = models.DecimalField(max_digits=18, decimal_places=3, default=0)
    lost = models.DecimalField(max_digits=18, decimal_places=3, default=0)
    in_use = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    reported = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    stage = models.CharField(max_length=12, default=State.PREPARED)
    state = models.CharField(max_length=12, default=State.PREPARED)
    state_since = models.DateField()
    due = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    renewal = models.CharField(max_length=8, default=Renewal.UNKNOWN)
    renew_on = models.DateField(null=True)
    asked_until = models.DateField(null=True)
    asked_back = models.DecimalField(max_digits=18, decimal_places=3, default=0)
    legs = models.JSONField(default=list)
    steps = models.JSONField(default=list)

    class Meta:
        verbose_name = "consignment"

    TOLD: ClassVar[tuple[str, ...]] = ("title", "body", "giver", "category", "unit")
    """What a consignment says in the words of its agreement, and follows it in."""
    COUNTED: ClassVar[tuple[str, ...]] = ("accepted", "disputed", "returned", "lost", "asked_back")

    @property
    def parts(self) -> Parts:
        """Its pieces as the rules count them."""
        return Parts(
            quantity=self.quantity,
            stage=State(self.stage),
            accepted=self.accepted,
            disputed=self.disputed,
            returned=self.returned,
            lost=self.lost,
            asked_back=self.asked_back,
            asked_longer=self.asked_until is not None,
        )

    def put(self, parts: Parts, day: date) -> None:
        """Take over how the pieces stand now, and since when the consignment is called what it is."""
        for name in self.COUNTED:
            setattr(self, name, getattr(parts, name))
        self.stage = parts.stage
        if parts.state != self.state:
            self.state, self.state_since = parts.state, day

    def last_day(self) -> date:
        """The day of its last step."""
        last: dict[str, Any] = self.steps[-1]
        return date.fromisoformat(last["on"])

    @property
    def legs_ahead(self) -> bool:
        """Whether a leg is planned on which nobody has set out."""
        return any(leg["left"] is None and leg["came"] is None for leg in self.legs)
