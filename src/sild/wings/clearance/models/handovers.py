"""The table of hand-overs of military lines."""

from __future__ import annotations

from django.db import models

from sild.wings.clearance.models.line_bound import LineBound
from sild.wings.clearance.rules import HandoverState


class Handover(LineBound):
    """A military line that was handed over to another mechanism: to whom, when, and what they said.

    `reference` is their number of it; `due_on` when to ask whether it arrived. `turns` are what happened: {on, turn, by, office, words}.
    It is the stub that stays here: it is shown to nobody by rule but to who keeps the line.
    """

    to = models.CharField(max_length=300)
    reference = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=16, default=HandoverState.SENT)
    state_since = models.DateField()
    due_on = models.DateField(null=True)
    turns = models.JSONField(default=list)

    class Meta:
        verbose_name = "hand-over"

    NOT_WORDS = ("category", "state")

    def forget_words(self) -> None:
        super().forget_words()
        self.reference = ""
        self.turns = [turn | {"words": ""} for turn in self.turns]
