"""Tables of the planning wing: what limits a plan, what weighs in it, and the plans as they were made."""

from __future__ import annotations

from django.db import models

from sild.kernel.inherits import From
from sild.kernel.record import Record

NEWEST_PLAN = ("-created_at", "-id")
OF_NEWEST_PLAN = ("-created_at", "-plan_id")
"""The order in which plans, and what they say of needs, come newest first. Of two made at one moment always the same is the newest:
where a row lies on the disk, which others' records may move, decides nothing."""


class Limit(Record):
    """One known limit or fact from the register supplement: about a body, a donor or an offer, with its source and date.

    `subject` names the body, donor or provider; `category` and `words` narrow it to some offers; `period` is a month (its first day);
    `amount` is None where the source says that it is unknown. `detail` holds what the kind needs besides.
    """

    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=300)
    category = models.CharField(max_length=40, blank=True)
    period = models.DateField(null=True)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    unit = models.CharField(max_length=60, blank=True)
    detail = models.JSONField(default=dict)
    source = models.CharField(max_length=300)
    as_of = models.DateField()


class Assessment(Record):
    """What somebody says of a need's weight: one criterion, from 0 to 1, for the needs of a body in a category."""

    subject = models.CharField(max_length=300)
    category = models.CharField(max_length=40, blank=True)
    criterion = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=4, decimal_places=3)
    source = models.CharField(max_length=300)
    as_of = models.DateField()


class NeedAssessment(Record):
    """What a person says of one need by one criterion, from 0 to 1: who, when, where it is from and why. The last word counts."""

    inherits = (From(of="register.Need", key="need_id", everybody=True),)

    # plain ids, as below: what was said of a need that went into another counts for that one
    need_id = models.UUIDField(db_index=True)
    criterion = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=4, decimal_places=3)
    said_by = models.CharField(max_length=300)
    said_on = models.DateField()
    source = models.CharField(max_length=300)
    reason = models.TextField()


class PriorityOverride(Record):
    """A priority from 0 to 10 that a person sets over the arithmetic of a need, and why; `value` None: the arithmetic counts again."""

    inherits = (From(of="register.Need", key="need_id", everybody=True),)

    need_id = models.UUIDField(db_index=True)
    value = models.DecimalField(max_digits=4, decimal_places=2, null=True)
    said_by = models.CharField(max_length=300)
    said_on = models.DateField()
    reason = models.TextField()


class PlanScope(Record):
    """Which needs plans take in from then on, as an officer said it: all, or those alone that both gates endorsed. The last counts."""

    only_endorsed = models.BooleanField()
    said_by = models.CharField(max_length=300)
    said_on = models.DateField()
    reason = models.TextField()


class Plan(Record):
    """A plan as it was made: the problem, the answer, the check. `basis` says whether it supposes endorsement.

    An officer adopts a plan: `adopted_by` on `adopted_on`; one at a time stands, and `superseded_on` is when another one took its place.
    """

    inherits = (From(of="planning.Outcome", pointer="plan_id"), From(of="planning.Match", pointer="plan_id"))

    made_on = models.DateField()
    basis = models.CharField(max_length=12)
    problem_digest = models.CharField(max_length=64)
    problem = models.JSONField()
    answer = models.JSONField()
    summary = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    # who showed it to the others, empty while nobody did
    shared_by = models.CharField(max_length=300, blank=True)
    adopted_by = models.CharField(max_length=300, blank=True)
    adopted_on = models.DateField(null=True)
    superseded_on = models.DateField(null=True)


class Match(Record):
    """A quantity of an offer proposed for a need in a plan."""

    inherits = (From(of="register.Need", key="need_id"), From(of="register.Offer", key="offer_id"))

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    # plain ids: a plan is kept as decided, also when a need is told anew under another id
    need_id = models.UUIDField()
    offer_id = models.UUIDField()
    quantity = models.DecimalField(max_digits=18, decimal_places=3)
    unit = models.CharField(max_length=60, blank=True)
    month = models.DateField(null=True)


class Outcome(Record):
    """What a plan does for one need, in quantities alone: what others may be shown of a plan without who gives.

    `planned` of `asked` in `unit`; `asked` None is unknown. `state`: covered, partly, unmet, or not-plannable. It is as closed as
    the need and every offer that it adds up, and is released to nobody until a person shares the plan.
    """

    inherits = (From(of="register.Need", key="need_id"),)

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    need_id = models.UUIDField(db_index=True)
    asked = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    planned = models.DecimalField(max_digits=18, decimal_places=3)
    unit = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=16)
    first_month = models.DateField(null=True)
    last_month = models.DateField(null=True)
