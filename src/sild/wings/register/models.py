"""Tables of the register: lines, needs, offers, gate rulings, givers' drafts."""

from __future__ import annotations

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from sild.kernel.inherits import From
from sild.kernel.record import Record
from sild.kernel.words import words_of
from sild.wings.register.rules import Answer, Channel, DraftStage, LineState, NeedState


class Searchable(Record):
    """A record that lists find by its words. `words` holds the forms of what the record itself says."""

    words = ArrayField(models.TextField(), default=list, editable=False)

    class Meta:
        abstract = True

    said: ClassVar[tuple[str, ...]] = ()
    """The columns whose words a search finds the record by."""

    def stamped(self) -> Self:
        self.reword()
        return super().stamped()

    def reword(self) -> None:
        """Take the words from the record as it now is."""
        self.words = words_of(getattr(self, column) for column in self.said)


class Told(Searchable):
    """What lines tell of: a need or an offer. Where all its lines went to another it stays, with what was said and ruled of it.

    `joined_into` is that other one, None while lines speak of this one; `joined_lines` are the lines that spoke of it until then.
    """

    # a plain identifier: the other one may move into a compartment, where nobody outside may point at it
    joined_into = models.UUIDField(null=True, db_index=True)
    joined_lines = ArrayField(models.UUIDField(), default=list)

    class Meta:
        abstract = True


class Need(Told):
    """What one body needs, told by one line or many. `provisional` until a person accepted a line of it."""

    inherits = (From(of="register.Line", pointer="need_id", together=True), From(of="register.Line", among="joined_lines"))

    title = models.CharField(max_length=400)
    category = models.CharField(max_length=40, blank=True)
    beneficiary = models.CharField(max_length=300, blank=True)
    quantity = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    unit = models.CharField(max_length=60, blank=True)
    needed_by = models.DateField(null=True)
    channel = models.CharField(max_length=12, default=Channel.CIVIL)
    urgency = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=20, default=NeedState.CAPTURED)
    first_asked = models.DateTimeField(null=True)
    provisional = models.BooleanField(default=True)

    # the last word of its lines takes all of it back
    taken_back = models.BooleanField(default=False)
    # when the last gate passed it; None: not endorsed
    endorsed_on = models.DateField(null=True)

    said = ("title", "beneficiary", "unit")

    class Meta:
        indexes: ClassVar = [
            GinIndex(fields=["joined_lines"], name="need_joined_lines"),
            models.Index(fields=["created_at"], name="need_taken_back", condition=models.Q(taken_back=True)),
            models.Index(fields=["endorsed_on"], name="need_endorsed_on", condition=models.Q(state=NeedState.ENDORSED)),
        ]


class Offer(Told):
    """What one giver offers, told once or several times. `answer` is what the requester said to it last."""

    inherits = (From(of="register.Line", pointer="offer_id", together=True), From(of="register.Line", among="joined_lines"))

    title = models.CharField(max_length=400)
    category = models.CharField(max_length=40, blank=True)
    provider = models.CharField(max_length=300, blank=True)
    beneficiary = models.CharField(max_length=300, blank=True)
    quantity = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    unit = models.CharField(max_length=60, blank=True)
    value_amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    value_currency = models.CharField(max_length=3, blank=True)
    available_from = models.DateField(null=True)
    available_until = models.DateField(null=True)
    conditions = models.JSONField(default=list)
    withdrawn = models.BooleanField(default=False)
    first_offered = models.DateTimeField(null=True)
    provisional = models.BooleanField(default=True)
    answer = models.CharField(max_length=20, default=Answer.OPEN)

    said = ("title", "provider", "beneficiary", "unit")

    class Meta:
        indexes: ClassVar = [GinIndex(fields=["joined_lines"], name="offer_joined_lines")]


class Line(Searchable):
    """A line item of one message, each field with its place in the source in `fields`."""

    inherits = (From(of="intake.Message", key="message_id"),)

    message_id = models.UUIDField(db_index=True)
    message_name = models.CharField(max_length=500)
    message_digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField(null=True)
    position = models.PositiveIntegerField()
    part = models.CharField(max_length=500)
    locator = models.CharField(max_length=600)
    state = models.CharField(max_length=12, default=LineState.DRAFT)
    kind = models.CharField(max_length=12)
    category = models.CharField(max_length=40, blank=True)
    item = models.CharField(max_length=400, blank=True)
    quantity = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    unit = models.CharField(max_length=60, blank=True)
    beneficiary = models.CharField(max_length=300, blank=True)
    beneficiary_known = models.BooleanField(default=True)
    provider = models.CharField(max_length=300, blank=True)
    sent_by = models.CharField(max_length=300, blank=True)
    relayed_by = models.CharField(max_length=300, blank=True)
    needed_by = models.DateField(null=True)
    available_from = models.DateField(null=True)
    available_until = models.DateField(null=True)
    value_amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    value_currency = models.CharField(max_length=3, blank=True)
    conditions = models.JSONField(default=list)
    channel = models.CharField(max_length=12, default=Channel.UNDETERMINED)
    urgency = models.CharField(max_length=12, blank=True)
    tlp = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=8, blank=True)
    reference = models.CharField(max_length=200, blank=True)
    threads = models.JSONField(default=list)
    subject = models.CharField(max_length=500, blank=True)
    additional = models.BooleanField(null=True)
    changes = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    evidence = models.JSONField(default=list)
    fields = models.JSONField(default=dict)
    need = models.ForeignKey(Need, null=True, on_delete=models.PROTECT, related_name="+")
    offer = models.ForeignKey(Offer, null=True, on_delete=models.PROTECT, related_name="+")

    said = ("item", "beneficiary", "provider", "sent_by", "relayed_by", "reference", "subject", "unit")


class GateRuling(Record):
    """What a gate said about a need: by whom, when, why."""

    inherits = (From(of="register.Need", key="need_id", everybody=True),)

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="+")
    gate = models.CharField(max_length=20)
    passed = models.BooleanField()
    # what was ruled on: content_of (rules/content.py); empty for what was ruled before that was kept
    of = models.JSONField(default=dict)
    ruled_by = models.CharField(max_length=300)
    reason = models.TextField()
    ruled_on = models.DateField()


class OfferAnswer(Record):
    """What a requester answered to an offer: whose desk, when, why. The last one counts."""

    inherits = (From(of="register.Offer", key="offer_id", everybody=True),)

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=20)
    answered_by = models.CharField(max_length=300)
    reason = models.TextField()
    answered_on = models.DateField()


class OfferDraft(Record):
    """An offer that its giver still writes: no line and no offer until it is offered, and nobody's but its organisation's.

    `steps`: {step, by, person, account, on, words} in order. When it was offered, `message_id` is the message that it became and
    `reference` what was answered.
    """

    item = models.CharField(max_length=400)
    category = models.CharField(max_length=40, blank=True)
    quantity = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    unit = models.CharField(max_length=60, blank=True)
    beneficiary = models.CharField(max_length=300, blank=True)
    value_amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    value_currency = models.CharField(max_length=3, blank=True)
    available_from = models.DateField(null=True)
    available_until = models.DateField(null=True)
    terms = models.TextField(blank=True)
    stage = models.CharField(max_length=20, default=DraftStage.DRAFT)
    steps = models.JSONField(default=list)
    # a plain identifier: the message is the secretariat's, and the giver does not read it
    message_id = models.UUIDField(null=True)
    reference = models.CharField(max_length=7, blank=True)

    class Meta:
        verbose_name = "offer draft"
