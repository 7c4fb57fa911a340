"""The table of objections."""

from __future__ import annotations

from django.db import models

from sild.wings.clearance.models.line_bound import LineBound
from sild.wings.clearance.rules import ObjectionState


class Objection(LineBound):
    """Somebody's objection to what a line offers or asks. `raised_by` names who objects, `asks` what would mitigate it.

    `turns` are what happened, in order: {on, turn, by, office, words, state, conditions}. `silence_until`: who has not spoken by the end of
    that day is taken to agree to `silence_says`. `conditions` stay with the line once it is closed; `decided_by` names who overruled it.
    """

    raised_by = models.CharField(max_length=300)
    ground = models.CharField(max_length=30)
    severity = models.CharField(max_length=12)
    asks = models.TextField(blank=True)
    state = models.CharField(max_length=12, default=ObjectionState.OPEN)
    state_since = models.DateField()
    silence_until = models.DateField(null=True)
    silence_says = models.TextField(blank=True)
    conditions = models.JSONField(default=list)
    decided_by = models.CharField(max_length=300, blank=True)
    turns = models.JSONField(default=list)

    class Meta:
        verbose_name = "objection"

    NOT_WORDS = ("category", "ground", "severity", "state")

    def forget_words(self) -> None:
        super().forget_words()
        self.asks = self.silence_says = self.decided_by = ""
        self.conditions = []
        self.turns = [turn | {"words": "", "conditions": []} for turn in self.turns]
