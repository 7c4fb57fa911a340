"""Tables of the linkage wing: what the desk proposes and what people judged."""

from __future__ import annotations

from django.db import models

from sild.kernel.inherits import From
from sild.kernel.record import Record


class Link(Record):
    """`line_b` (the later) stands in `relation` to `line_a`; `reasons` sum to `score` (bits); `joined`: both are in one need or offer."""

    inherits = (From(of="register.Line", key="line_a_id"), From(of="register.Line", key="line_b_id"))

    line_a = models.ForeignKey("register.Line", on_delete=models.PROTECT, related_name="+")
    line_b = models.ForeignKey("register.Line", on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=20)
    score = models.FloatField()
    reasons = models.JSONField(default=list)
    joined = models.BooleanField()
    why_apart = models.TextField(blank=True)


class Judgement(Record):
    """What a person ruled about two lines. It outlives every later run; taking it back is another act."""

    inherits = (From(of="register.Line", key="line_a_id"), From(of="register.Line", key="line_b_id"))

    line_a = models.ForeignKey("register.Line", on_delete=models.PROTECT, related_name="+")
    line_b = models.ForeignKey("register.Line", on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=20)
    judged_by = models.CharField(max_length=300)
    reason = models.TextField()
    withdrawn = models.BooleanField(default=False)
