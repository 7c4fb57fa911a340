"""Tables of intake: messages as they arrived, their text as it was read, where they were seen, the doors, and what is said to senders."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Coalesce

from sild.kernel.inherits import From
from sild.kernel.journal import Image
from sild.kernel.record import Record
from sild.kernel.words import words_of

MOST_WORDS = 5_000
"""Different words of one message that a search finds it by: more than a long report holds; a sheet of codes is cut there."""


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
    # not read yet, or not for a fault of the message: whoever reads next reads it anew
    again = models.BooleanField(default=False)
    # what the sender is told and may answer with (values.reference); messages of before have none until they are named
    reference = models.CharField(max_length=7, blank=True)
    # when words were erased from it: its original is not kept any more, its digest is
    erased_at = models.DateTimeField(null=True)

    class Meta:
        # in the open alone: the same bytes may lie in a compartment, and whoever meets them outside must not notice
        constraints = [
            models.UniqueConstraint(
                fields=["mechanism_id", "owner_id", "digest"],
                condition=models.Q(compartment_id__isnull=True),
                name="message_digest_in_organisation",
            ),
            models.UniqueConstraint(
                fields=["mechanism_id", "owner_id", "reference"],
                condition=~models.Q(reference=""),
                name="message_reference_in_organisation",
            ),
        ]
        # the inbox, newest first; whose original it is
        indexes = [
            models.Index(fields=["digest"], name="message_by_digest"),
            models.Index("mechanism_id", Coalesce("sent_at", "created_at").desc(), models.F("id").desc(), name="message_newest_first"),
        ]


class MessageText(Record):
    """The parts and blocks of a message as they were read: a page shows them without opening a hostile file again.

    As closed as its message. The text can always be read again from the original, so history keeps its digest and not the text.
    """

    inherits = (From(of="intake.Message", key="message_id"),)

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="+")
    document = models.JSONField()
    sha256 = models.CharField(max_length=64)
    # the forms of the words of the text, of the subject, the sender and the file's name
    words = ArrayField(models.TextField(), default=list, editable=False)
    # of a filled-in sheet template: what became of each row, and which copy of the template it is ("" for none)
    sheet = models.JSONField(default=dict)
    book = models.CharField(max_length=32, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mechanism_id", "owner_id", "message"], name="text_of_message_in_organisation")]
        indexes = [models.Index(fields=["mechanism_id", "book"], condition=~models.Q(book=""), name="text_by_book")]

    def image(self) -> Image:
        kept = [field.attname for field in self._meta.concrete_fields if field.attname not in ("document", "words")]
        return {name: getattr(self, name) for name in kept}

    def stamped(self) -> Self:
        self.words = words_in(self.message.name, self.message.subject, self.message.sender, self.document)
        return super().stamped()


def words_in(name: str, subject: str, sender: str, document: dict[str, Any]) -> list[str]:
    """The words that a search finds a message by: of its head first, then of its text as `document_to_json` writes it."""
    return words_of((name, subject, sender, *_texts(document)), most=MOST_WORDS)


def _texts(document: dict[str, Any]) -> Iterator[str]:
    for part in document.get("parts", ()):
        yield str(part.get("name", "")).removeprefix("attachment:")
        for block in part.get("blocks", ()):
            yield str(block.get("text", ""))


class Sighting(Record):
    """A name under which a message came, and by which door: a file in a folder, a number in a mailbox, a place in an archive.

    The second one is a resend, linked by rule.
    """

    inherits = (From(of="intake.Message", key="message_id"),)

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=500)
    door = models.CharField(max_length=12, blank=True)
    seen_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "name"], name="sighting_of_message")]


class Bundle(Record):
    """Bytes that hold several messages (a mailbox file, an archive): kept as they came; its members are messages of their own.

    Which these are, their sightings say ("letters.zip/2026/ask.eml"), so that one that is closed away is not named here.
    `whole`: every member is kept; a bundle that is not whole is taken apart again.
    """

    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=500)
    size = models.BigIntegerField()
    door = models.CharField(max_length=12, blank=True)
    left_aside = models.JSONField(default=list)
    whole = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mechanism_id", "owner_id", "digest"], name="bundle_digest_in_organisation")]


class Replay(Record):
    """An act of decisions.yaml that was replayed, by its place and content, so that it is replayed once."""

    key = models.CharField(max_length=64)
    act = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mechanism_id", "owner_id", "key"], name="replay_once_in_organisation")]


class Opening(models.Model):
    """Who of an organisation opened a message last: tells a colleague that somebody is at it. No record: it says nothing a minute later.

    Each organisation sees its own openings alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mechanism_id = models.UUIDField()
    owner_id = models.UUIDField()
    message_id = models.UUIDField()
    person_id = models.UUIDField()
    person_name = models.CharField(max_length=300)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mechanism_id", "owner_id", "message_id", "person_id"], name="opening_of_person_in_organisation"
            )
        ]


class SealedMessage(Record):
    """A message that bears a classification line: its hash, its envelope and the line. Its bytes lie in the vault, under `wrapped_key`.

    In a compartment of the officers who are asked about it. Its subject is not kept: it may say what the text says.
    """

    digest = models.CharField(max_length=64)
    size = models.BigIntegerField()
    sender = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField(null=True)
    # where its sender is told what became of it, and in which language; empty: nobody is
    answer_to = models.CharField(max_length=320, blank=True)
    language = models.CharField(max_length=8, blank=True)
    threads = models.JSONField(default=list)
    mark = models.CharField(max_length=120)
    place = models.CharField(max_length=12)
    official_use = models.BooleanField(default=False)
    state = models.CharField(max_length=12)
    due_at = models.DateTimeField()
    wrapped_key = models.BinaryField(default=bytes, editable=True)
    # who says that it is not classified, and who sat there then: a colleague has to agree
    opening_by = models.UUIDField(null=True)
    opening_by_name = models.CharField(max_length=300, blank=True)
    opening_by_account = models.UUIDField(null=True)
    why = models.TextField(blank=True)
    decided_by = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["mechanism_id", "state", "due_at"], name="sealed_by_when_due")]

    def image(self) -> Image:
        """Without the key: history must not keep what a wiping forgets."""
        return {name: value for name, value in super().image().items() if name != "wrapped_key"}


class Mailbox(Record):
    """A mailbox that is fetched from; its password stands in a file or in the environment.

    Nothing there is moved, deleted or marked, unless `afterwards` says so of messages that were taken and kept: "delete", or "move:FOLDER".

    `security` is "tls" or "starttls": nothing is said to a server without TLS. `secret` says where the password is: "file:NAME" in the
    home's folder of keys, or "env:NAME".
    """

    name = models.SlugField(max_length=40)
    host = models.CharField(max_length=253)
    port = models.PositiveIntegerField()
    security = models.CharField(max_length=10)
    user = models.CharField(max_length=254)
    secret = models.CharField(max_length=200)
    folder = models.CharField(max_length=200, default="INBOX")
    every_minutes = models.PositiveSmallIntegerField(default=5)
    afterwards = models.CharField(max_length=210, blank=True, default="")
    closed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mechanism_id", "owner_id", "name"], name="mailbox_name_in_organisation")]


class MailboxPlace(models.Model):
    """How far a mailbox was fetched: all numbers up to `last_uid`, in the numbering `uidvalidity` of the server. No record.

    What it says is how the last fetching went; the messages themselves stand in history. `passed_over`: [number, reason].
    """

    mailbox = models.OneToOneField(Mailbox, on_delete=models.CASCADE, related_name="+", primary_key=True)
    mechanism_id = models.UUIDField()
    owner_id = models.UUIDField()
    uidvalidity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)
    fetched_at = models.DateTimeField(null=True)
    taken = models.PositiveIntegerField(default=0)
    fault = models.TextField(blank=True)
    faults = models.PositiveIntegerField(default=0)
    passed_over = models.JSONField(default=list)


class Asked(Record):
    """What somebody without an account sent by the web form. The link to its status page holds a secret; its digest alone is kept.

    It stays outside when its message is closed away: whoever asked still learns that their message was received.
    """

    message_id = models.UUIDField()
    token_digest = models.CharField(max_length=64)
    reference = models.CharField(max_length=7)
    language = models.CharField(max_length=8)
    # a later message that was added on the status page
    added_to = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mechanism_id", "owner_id", "token_digest"], condition=~models.Q(token_digest=""), name="asked_by_token"
            )
        ]
        indexes = [models.Index(fields=["mechanism_id", "message_id"], name="asked_by_message")]


class Receipt(Record):
    """Word to a sender, in their language, waiting to be sent, sent, or held with the reason. One for a message, or for a sealed one."""

    inherits = (From(of="intake.Message", key="message_id"), From(of="intake.SealedMessage", key="sealed_id"))

    message = models.ForeignKey(Message, null=True, on_delete=models.PROTECT, related_name="+")
    sealed = models.ForeignKey(SealedMessage, null=True, on_delete=models.PROTECT, related_name="+")
    to = models.CharField(max_length=320)
    language = models.CharField(max_length=8)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    in_reply_to = models.CharField(max_length=260, blank=True)
    state = models.CharField(max_length=8)
    why = models.CharField(max_length=20, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message"], name="receipt_of_message")]
        indexes = [models.Index(fields=["mechanism_id", "state", "due_at"], name="receipt_by_when_due")]


class Reply(Record):
    """What a message answers to one of ours: the reference that it names and the word (received, accept, commit, decline).

    A proposal until an officer confirms it; nothing follows from it by itself. `expected`: the address is the one that we wrote to.
    """

    inherits = (From(of="intake.Message", key="message_id"), From(of="intake.Message", key="about_id"))

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="+")
    word = models.CharField(max_length=10)
    quantity = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    reason = models.TextField(blank=True)
    evidence = models.TextField()
    sender = models.CharField(max_length=320, blank=True)
    expected = models.BooleanField(default=False)
    authentication = models.JSONField(default=list)
    state = models.CharField(max_length=10)
    decided_by = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "about"], name="reply_about_message")]
        indexes = [models.Index(fields=["mechanism_id", "state"], name="reply_by_state")]


class SecondOpinion(Record):
    """What the second reader says of a message: per line and field what the first reader has, what the second, and from which words.

    As closed as its message. It changes no line. `state`: told, failed (`why`), or left out because it is too long.
    """

    inherits = (From(of="intake.Message", key="message_id"),)

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="+")
    model = models.CharField(max_length=200)
    state = models.CharField(max_length=8)
    why = models.CharField(max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    # one entry for each field: line (its id, "" for one that the first reader missed), field, first, second, span, verdict
    opinions = models.JSONField(default=list)
    # what was told and stands nowhere in the message, in words without the words themselves
    refused = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message"], name="second_opinion_of_message")]

    def image(self) -> Image:
        # history keeps that it was asked, not the words: they stand in the message and can be asked for again
        kept = [field.attname for field in self._meta.concrete_fields if field.attname != "opinions"]
        return {name: getattr(self, name) for name in kept}
