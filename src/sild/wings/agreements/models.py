"""Tables of agreements."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from sild.kernel.inherits import From
from sild.kernel.record import Record
from sild.wings.agreements.rules import AgreementState, Spoken, Visibility


class NoHelp(Record):
    """A giver who sees a need, and has no offer for it, said that they cannot help: `why` from a closed list (empty: not said), the reason.

    It belongs to the giver's organisation and goes to the keeper of the need alone, never to other givers.
    """

    inherits = (From(of="register.Need", key="need_id", everybody=True),)

    need_id = models.UUIDField(db_index=True)
    who = models.CharField(max_length=300)
    said_by = models.CharField(max_length=300)
    said_on = models.DateField()
    why = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = "word that a giver cannot help"


class Agreement(Record):
    """A quantity of an offer for a need, from the proposal to the giver's word, with everything that was said.

    `title`, `body`, `category` follow the need and `giver` the offer; `giver` is empty while those who asked are not to know who gives.
    `steps` in order: {on, word, side, by, told_by, quantity, conditions, reason}; `told_by` names the officer who wrote down
    what a side said elsewhere, `by` is empty for a giver that is not named. `plan_id` is the plan that proposed it, where one did.
    `lines` are those of the need and the offer when it was proposed: what is given stays the same thing wherever lines are put later.
    `visibility`: how the giver wants it shown to those who neither keep nor give it; from the day `named_from` on it is named.
    `arrived`: what the recipient has taken over of it by now, as its consignments add up.
    """

    inherits = (From(of="register.Need", key="need_id"), From(of="register.Offer", key="offer_id"))

    need_id = models.UUIDField(db_index=True)
    offer_id = models.UUIDField(db_index=True)
    plan_id = models.UUIDField(null=True)
    lines = ArrayField(models.UUIDField(), default=list)
    title = models.CharField(max_length=400, blank=True)
    body = models.CharField(max_length=300, blank=True)
    giver = models.CharField(max_length=300, blank=True)
    giver_told = models.BooleanField(default=True)
    visibility = models.CharField(max_length=12, default=Visibility.NAMED)
    named_from = models.DateField(null=True)
    category = models.CharField(max_length=40, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    month = models.DateField(null=True)
    proposed = models.DecimalField(max_digits=18, decimal_places=3)
    accepted = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    committed = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    arrived = models.DecimalField(max_digits=18, decimal_places=3, default=0)
    state = models.CharField(max_length=12, default=AgreementState.PROPOSED)
    state_since = models.DateField()
    conditions = models.JSONField(default=list)
    steps = models.JSONField(default=list)

    class Meta:
        verbose_name = "agreement"

    TOLD: ClassVar[tuple[str, ...]] = ("title", "body", "giver", "category", "unit")
    """What an agreement says in the words of its need and its offer, and follows them in."""

    @property
    def spoken(self) -> Spoken:
        """Its quantities as the rules count them."""
        return Spoken(state=AgreementState(self.state), proposed=self.proposed, accepted=self.accepted, committed=self.committed)

    def last_day(self) -> date:
        """The day of its last step."""
        last: dict[str, Any] = self.steps[-1]
        return date.fromisoformat(last["on"])
