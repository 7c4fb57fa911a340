"""The table of decisions on giving a dual-use thing."""

from __future__ import annotations

from django.db import models

from sild.wings.clearance.models.line_bound import LineBound
from sild.wings.clearance.rules import DonationState


class Donation(LineBound):
    """Whether a thing that has a military use too is given: what it is for, what else it could do, under which conditions.

    `positions` are what states said, in order: {state, stance, words, on, by}. `precedents` what was held beside it: {decision or None,
    text, source}. `turns` what happened: {on, turn, by, office, words}. `decided_by` names who decided, `reason` why.
    """

    purpose = models.TextField(blank=True)
    potential = models.TextField(blank=True)
    conditions = models.JSONField(default=list)
    positions = models.JSONField(default=list)
    precedents = models.JSONField(default=list)
    state = models.CharField(max_length=20, default=DonationState.PREPARED)
    state_since = models.DateField()
    decided_by = models.CharField(max_length=300, blank=True)
    reason = models.TextField(blank=True)
    turns = models.JSONField(default=list)

    class Meta:
        verbose_name = "donation decision"

    NOT_WORDS = ("category", "state")

    def forget_words(self) -> None:
        super().forget_words()
        self.purpose = self.potential = self.decided_by = self.reason = ""
        self.conditions, self.precedents = [], []
        self.positions = [position | {"words": ""} for position in self.positions]
        self.turns = [turn | {"words": ""} for turn in self.turns]
