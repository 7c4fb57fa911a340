"""Tables of co-attribution rounds. All but two lie outside the compartment of the case; what joins the two sides lies inside it."""

from __future__ import annotations

from django.db import models

from sild.kernel.inherits import From
from sild.kernel.record import Record


class Round(Record):
    """A round as its opener keeps it; it is released to nobody. `t_hour`: until then nothing is said in public."""

    title = models.CharField(max_length=300)
    words = models.TextField(blank=True)
    joint_text = models.TextField(blank=True)
    t_hour = models.DateTimeField()
    reply_by = models.DateTimeField()
    names_others = models.BooleanField(default=False)
    opened_by_name = models.CharField(max_length=300)

    class Meta:
        verbose_name = "co-attribution round"


class CaseRound(Record):
    """Which case a round came from: known inside the case's compartment alone."""

    inherits = (From(of="attribution.Case", key="case_id"),)

    case_id = models.UUIDField(db_index=True)
    round_id = models.UUIDField(db_index=True)

    class Meta:
        verbose_name = "round of a case"


class RoundInvitation(Record):
    """What one State is asked and told, in a record of its own. `invited_id` is its organisation, None where it has no seat here.

    `joint_text` is empty until it is shown to this State; `others` names the other States, where the opener chose to tell.
    """

    inherits = (From(of="attribution.Round", key="round_id"),)

    round_id = models.UUIDField(db_index=True)
    invited_id = models.UUIDField(null=True, db_index=True)
    country = models.CharField(max_length=300)
    title = models.CharField(max_length=300)
    words = models.TextField(blank=True)
    joint_text = models.TextField(blank=True)
    t_hour = models.DateTimeField()
    reply_by = models.DateTimeField()
    others = models.JSONField(default=list)
    recalled = models.BooleanField(default=False)

    class Meta:
        verbose_name = "invitation to a round"


class RoundAnswer(Record):
    """What a State says: a level of support in its words. It is the State's own record, or the opener's, who says how it came."""

    inherits = (From(of="attribution.RoundInvitation", key="invitation_id", everybody=True),)

    invitation_id = models.UUIDField(db_index=True)
    level = models.CharField(max_length=30)
    words = models.TextField(blank=True)
    came_how = models.CharField(max_length=300, blank=True)
    said_at = models.DateTimeField()
    said_by_name = models.CharField(max_length=300)

    class Meta:
        verbose_name = "answer to a round"


class RoundSlice(Record):
    """A copy of an item of evidence as it was let out, frozen: `digest` is the SHA-256 of its words. It holds no identifier of the item."""

    round_id = models.UUIDField(db_index=True)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    aspect = models.CharField(max_length=20)
    source_name = models.CharField(max_length=300)
    reliability = models.CharField(max_length=1)
    credibility = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    recalled = models.BooleanField(default=False)

    class Meta:
        verbose_name = "slice of evidence"


class SliceProposal(Record):
    """That an item is to be let out of its compartment: to whom, how marked, by whose proposal and by whose second word.

    `state` is "proposed", "let-out" or "declined"; `proposed_by` is the seat and
    `proposed_by_account` the person's account: one person on two seats is one.
    """

    inherits = (From(of="attribution.Case", key="case_id"), From(of="attribution.Evidence", key="evidence_id"))

    case_id = models.UUIDField(db_index=True)
    evidence_id = models.UUIDField(db_index=True)
    round_id = models.UUIDField(db_index=True)
    invitations = models.JSONField(default=list)
    marks = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=2000)
    state = models.CharField(max_length=12)
    proposed_by = models.UUIDField()
    proposed_by_account = models.UUIDField(null=True)
    proposed_by_name = models.CharField(max_length=300)
    second_name = models.CharField(max_length=300, blank=True)
    slice_id = models.UUIDField(null=True)

    class Meta:
        verbose_name = "proposal to let evidence out"
