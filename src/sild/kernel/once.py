"""Once: a request with an idempotency key is done once, in one transaction with its answer; the same request again gets that answer.

It gets it as long as what the answer is about is there for who asks: an answer that was kept opens nothing that is closed by now, and
the next person on a seat does not get what the one before was answered.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.actor import Actor, acting
from sild.kernel.history import Change
from sild.kernel.identity import account_on
from sild.kernel.inheritance import models_of_records
from sild.kernel.refusals import NotThere, Refused
from sild.kernel.replicated import prove_kept


class Answered(models.Model):
    """An answer that was given to a request with an idempotency key. Not a record: the acts behind it stand in history and ledger.

    `account_id` sat on the seat then; `about` are the records that the answer was about, as pairs of table and identifier.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mechanism_id = models.UUIDField()
    owner_id = models.UUIDField()
    at = models.DateTimeField()
    member_id = models.UUIDField()
    account_id = models.UUIDField(null=True)
    key = models.CharField(max_length=200)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    about = models.JSONField(default=list)

    class Meta:
        app_label = "kernel"
        constraints = [
            models.UniqueConstraint(
                fields=["mechanism_id", "owner_id", "member_id", "account_id", "key"], name="answered_once", nulls_distinct=False
            )
        ]


class KeyTaken(Refused):
    """The idempotency key was used for another request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer as it is kept: status, the headers that matter (Location), body; `about`: the records it is about, by table."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    about: frozenset[tuple[str, uuid.UUID]] = frozenset()


def once(actor: Actor, key: str, request_digest: str, answer: Callable[[], Answer]) -> Answer:
    """Give the kept answer to this key, or work it out and keep it, with all that it writes, in one transaction.

    What `answer` raises leaves neither record nor key, so that a refused request may be sent again. Two equal requests at once:
    the second waits for the first. Raises KeyTaken when the key was used for another request, NotThere when something that the
    kept answer is about is not there for the actor any more: as to a request without a key. Raises NotKnownReplicated where a standby
    is asked for and does not have what the kept answer says.
    """
    with acting(actor):
        account = account_on(actor.person)
        kept = _kept(actor, account, key)
        if kept is None:
            try:
                with transaction.atomic():
                    claimed = _claim(actor, account, key, request_digest)
            except IntegrityError:
                kept = _kept(actor, account, key)
            else:
                given = answer()
                claimed.status, claimed.headers, claimed.body = given.status, given.headers, given.body
                claimed.about = sorted([label, str(one)] for label, one in _there(given.about))
                claimed.save()
                return given
        if kept is None:
            raise Refused(_("The same request is being answered at this moment. Send it again in a second."))
        if kept.request_digest != request_digest:
            raise KeyTaken(_("This idempotency key was used for another request. Take a new key for a new request."))
        about = {(label, uuid.UUID(one)) for label, one in kept.about}
        if _there(about) != about:
            raise NotThere(_("There is no such record."))
        prove_kept()
        return Answer(status=kept.status, headers=dict(kept.headers), body=kept.body)


def records_named(identifiers: Collection[uuid.UUID], act: str | None) -> set[tuple[str, uuid.UUID]]:
    """Which of these identifiers are records that are there for whoever acts now: as pairs of table and identifier.

    What the act wrote is known by the history; what it only moved, and the rest, is looked for in every table.
    """
    written = Change.objects.filter(root_id=act, record_id__in=identifiers) if act and identifiers else Change.objects.none()
    found = set(written.values_list("model", "record_id").distinct())
    if rest := set(identifiers) - {one for _label, one in found}:
        found |= _there((model._meta.label, one) for model in models_of_records() for one in rest)
    return found


def _there(about: Iterable[tuple[str, uuid.UUID]]) -> set[tuple[str, uuid.UUID]]:
    """Those records that are there for whoever acts now."""
    by_table = defaultdict(set)
    for label, one in about:
        by_table[label].add(one)
    return {
        (label, one)
        for label, wanted in by_table.items()
        for one in apps.get_model(label)._default_manager.filter(pk__in=wanted).values_list("pk", flat=True)
    }


def _kept(actor: Actor, account: uuid.UUID | None, key: str) -> Answered | None:
    return Answered.objects.filter(member_id=actor.person, account_id=account, key=key).first()


def _claim(actor: Actor, account: uuid.UUID | None, key: str, request_digest: str) -> Answered:
    claimed = Answered(
        mechanism_id=actor.mechanism,
        owner_id=actor.organisation,
        at=clock.now(),
        member_id=actor.person,
        account_id=account,
        key=key,
        request_digest=request_digest,
    )
    claimed.save(force_insert=True)
    return claimed
