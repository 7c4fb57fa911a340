"""Tables of intake: messages as they arrived, and where they were seen."""

from __future__ import annotations

from django.db import models

from sild.kernel.record import Record


class Message(Record):
    """A message: its digest names the original, which is kept byte for byte. The same bytes again are a sighting, not a message."""

    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=500)
    size = models.BigIntegerField()
    format = models.CharField(max_length=20, blank=True)
    channel = models.CharField(max_length=20, blank=True)
    subject = models.TextField(blank=True)
    sender = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField(null=True)
    envelope = models.JSONField(default=dict)
    state = models.CharField(max_length=12)
    why = models.TextField(blank=True)
    remarks = models.JSONField(default=list)
    # a fault of the program, not of the message: the next run reads it again
    again = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mechanism_id", "owner_id", "digest"], name="message_digest_in_organisation")]


class Sighting(Record):
    """A file name under which a message was found in a folder. The second one is a resend, linked by rule."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=500)
    seen_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "name"], name="sighting_of_message")]


class Replay(Record):
    """An act of decisions.yaml that was replayed, by its place and content, so that it is replayed once."""

    key = models.CharField(max_length=64)
    act = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mechanism_id", "owner_id", "key"], name="replay_once_in_organisation")]
