"""Tables of money: flows, what a flow keeps back for its giver, and what sources claim."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sild.kernel.inherits import From
from sild.kernel.record import Record
from sild.wings.money.rules import FlowState, ShownAs


class Flow(Record):
    """A piece of money in one state. `amount` is in `currency`, as it was told; `value` what it is worth in `value_currency` at `rate`
    (units of `currency` for one of `value_currency`) of the day `rate_on`, or for a gift in kind by its `method`.

    What its giver wants kept back stands in Withheld; `amount` is empty where that is kept back too. `parent_id` is the flow that the
    money came out of; `within`: the parent's amount still holds it. `key` names it at its `source`, `raw` is the source's row,
    `told_in` the files that told it; `reading_of`: another reading of that flow, which differs. `view`: a second look at other rows' money.
    """

    inherits = (
        From(of="register.Need", key="need_id"),
        From(of="register.Offer", key="offer_id"),
        From(of="agreements.Agreement", key="agreement_id"),
        From(of="money.Flow", key="parent_id"),
    )

    need_id = models.UUIDField(null=True, db_index=True)
    offer_id = models.UUIDField(null=True, db_index=True)
    agreement_id = models.UUIDField(null=True, db_index=True)
    parent_id = models.UUIDField(null=True, db_index=True)
    within = models.BooleanField(default=False)
    state = models.CharField(max_length=12, default=FlowState.INDICATED)
    state_since = models.DateField()
    ended = models.BooleanField(default=False)
    amount = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    currency = models.CharField(max_length=3)
    value = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    value_currency = models.CharField(max_length=3, blank=True)
    rate = models.DecimalField(max_digits=18, decimal_places=8, null=True)
    rate_on = models.DateField(null=True)
    rate_source = models.CharField(max_length=300, blank=True)
    in_kind = models.BooleanField(default=False)
    method = models.CharField(max_length=500, blank=True)
    giver = models.CharField(max_length=300, blank=True, db_index=True)
    through = models.CharField(max_length=300, blank=True)
    body = models.CharField(max_length=300, blank=True)
    title = models.CharField(max_length=600, blank=True)
    category = models.CharField(max_length=40, blank=True)
    sector = models.CharField(max_length=200, blank=True)
    on = models.DateField(null=True)
    begins = models.DateField(null=True)
    ends = models.DateField(null=True)
    as_of = models.DateField(null=True)
    source = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=1000, blank=True)
    series = models.CharField(max_length=60, blank=True, db_index=True)
    key = models.CharField(max_length=200, blank=True)
    view = models.BooleanField(default=False)
    reading_of = models.UUIDField(null=True)
    shown_as = models.CharField(max_length=12, default=ShownAs.NAMED)
    tags = models.JSONField(default=dict)
    raw = models.JSONField(default=dict)
    told_in = models.JSONField(default=list)
    steps = models.JSONField(default=list)

    class Meta:
        verbose_name = "flow"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["source", "key"], name="money_flow_source_key")]


class Withheld(Record):
    """What a flow does not show to its readers but the keeper and the giver: `told` holds the columns that are empty there."""

    inherits = (From(of="money.Flow", key="flow_id"),)

    flow_id = models.UUIDField(db_index=True)
    giver = models.CharField(max_length=300, blank=True)
    through = models.CharField(max_length=300, blank=True)
    told = models.JSONField(default=dict)

    class Meta:
        verbose_name = "what a flow keeps back"


class Claim(Record):
    """What a source says of a sum or a fact. Claims of one `topic` speak of one thing; `boundary` says of which rows a sum is made."""

    source = models.CharField(max_length=300)
    series = models.CharField(max_length=60, db_index=True)
    topic = models.CharField(max_length=300, db_index=True)
    label = models.CharField(max_length=400, blank=True)
    said = models.CharField(max_length=2000, blank=True)
    amount = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    unit = models.CharField(max_length=40, blank=True)
    at_least = models.BooleanField(default=False)
    rounded_to = models.DecimalField(max_digits=24, decimal_places=6, default=0)
    as_of = models.CharField(max_length=40, blank=True)
    cited = models.JSONField(default=list)
    note = models.CharField(max_length=2000, blank=True)
    boundary = models.JSONField(default=dict)
    told_in = models.JSONField(default=list)

    class Meta:
        verbose_name = "claim of a source"
