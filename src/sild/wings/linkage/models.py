"""Tables of the linkage wing: what the desk proposes and what people judged."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
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

    class Meta:
        indexes = [models.Index(fields=["score"], name="link_score")]


class Judgement(Record):
    """What a person ruled about two lines. It outlives every later run; taking it back is another act."""

    inherits = (From(of="register.Line", key="line_a_id"), From(of="register.Line", key="line_b_id"))

    line_a = models.ForeignKey("register.Line", on_delete=models.PROTECT, related_name="+")
    line_b = models.ForeignKey("register.Line", on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=20)
    judged_by = models.CharField(max_length=300)
    reason = models.TextField()
    withdrawn = models.BooleanField(default=False)


class OverlapMark(models.Model):
    """The keyed, generalised values of a line, beside which others may be compared. No record: it says nothing to whoever reads it.

    Seen and written beside the line by those who see the line and are its owner's; read across walls by `gate.overlap` alone.
    """

    line = models.OneToOneField("register.Line", on_delete=models.CASCADE, primary_key=True, related_name="+")
    mechanism_id = models.UUIDField()
    owner_id = models.UUIDField()
    keys = ArrayField(models.UUIDField())

    class Meta:
        indexes = [GinIndex(fields=["keys"], name="overlapmark_keys", fastupdate=False)]


class OverlapQuestion(Record):
    """Somebody asked whether something that they may not see may overlap with a record; `possible` is all that was answered.

    Kept by who asked; shown to the secretariat where the record's marking allows it. Never taken back: what was answered was read.
    """

    inherits = (From(of="*", key="subject_id", everybody=True),)

    subject_model = models.CharField(max_length=60)
    subject_id = models.UUIDField(db_index=True)
    asked_by = models.UUIDField()
    asked_by_name = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    possible = models.BooleanField(null=True)

    class Meta:
        indexes = [models.Index(fields=["owner_id", "asked_at"], name="overlap_asked_of_organisation")]


class OverlapWord(Record):
    """What a coordinator told those who asked, after they looked at both sides; the last one counts."""

    inherits = (From(of="linkage.OverlapQuestion", key="question_id", everybody=True),)

    question = models.ForeignKey(OverlapQuestion, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    said_by_name = models.CharField(max_length=300)
    said_at = models.DateTimeField()


class OverlapConsent(Record):
    """The members of a compartment let what lies in it be compared, until it is `withdrawn`. It stands inside the compartment."""

    given_by_name = models.CharField(max_length=300)
    withdrawn = models.BooleanField(default=False)
