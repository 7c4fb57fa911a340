"""The table of what people say of conditions: met, or carried on by somebody, with words."""

from __future__ import annotations

from django.db import models

from sild.wings.clearance.models.line_bound import LineBound


class ConditionWord(LineBound):
    """What was said of one condition that a licence, an objection or a decision (`source`, `record_id`) set on a line.

    `text` is the condition as it was said of; the last word on it counts. `stand` is met (kept for good) or carried (somebody sees to
    it that it will be), `words` how. It goes to who keeps the line and to the back offices, and of a licence's condition to the giver
    too; of other conditions the giver sees its own words.
    """

    source = models.CharField(max_length=12)
    record_id = models.UUIDField(db_index=True)
    text = models.TextField()
    stand = models.CharField(max_length=10)
    words = models.TextField()
    said_by = models.CharField(max_length=300)
    office = models.CharField(max_length=300)
    said_on = models.DateField()

    class Meta:
        verbose_name = "word on a condition"

    NOT_WORDS = ("category", "source", "stand")

    def forget_words(self) -> None:
        super().forget_words()
        self.text = self.words = ""
