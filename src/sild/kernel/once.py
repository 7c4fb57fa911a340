"""Once: a request with an idempotency key is done once, in one transaction with its answer; the same request again gets that answer."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.actor import Actor, acting
from sild.kernel.refusals import Refused


class Answered(models.Model):
    """An answer that was given to a request with an idempotency key. Not a record: the acts behind it stand in history and ledger."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mechanism_id = models.UUIDField()
    owner_id = models.UUIDField()
    at = models.DateTimeField()
    member_id = models.UUIDField()
    key = models.CharField(max_length=200)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["mechanism_id", "owner_id", "member_id", "key"], name="answered_once")]


class KeyTaken(Refused):
    """The idempotency key was used for another request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer as it is kept: status, the headers that matter (Location), body."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""


def once(actor: Actor, key: str, request_digest: str, answer: Callable[[], Answer]) -> Answer:
    """Give the kept answer to this key, or work it out and keep it, with all that it writes, in one transaction.

    What `answer` raises leaves neither record nor key, so that a refused request may be sent again. Two equal requests at once:
    the second waits for the first. Raises KeyTaken when the key was used for another request.
    """
    with acting(actor):
        kept = _kept(actor, key)
        if kept is None:
            try:
                with transaction.atomic():
                    claimed = _claim(actor, key, request_digest)
            except IntegrityError:
                kept = _kept(actor, key)
            else:
                given = answer()
                claimed.status, claimed.headers, claimed.body = given.status, given.headers, given.body
                claimed.save()
                return given
        if kept is None:
            raise Refused(_("The same request is being answered at this moment. Send it again in a second."))
        if kept.request_digest != request_digest:
            raise KeyTaken(_("This idempotency key was used for another request. Take a new key for a new request."))
        return Answer(status=kept.status, headers=dict(kept.headers), body=kept.body)


def _kept(actor: Actor, key: str) -> Answered | None:
    return Answered.objects.filter(member_id=actor.person, key=key).first()


def _claim(actor: Actor, key: str, request_digest: str) -> Answered:
    claimed = Answered(
        mechanism_id=actor.mechanism,
        owner_id=actor.organisation,
        at=clock.now(),
        member_id=actor.person,
        key=key,
        request_digest=request_digest,
    )
    claimed.save(force_insert=True)
    return claimed
