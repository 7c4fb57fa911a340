"""Verbs of custody: take a copy's receipt in, and those of what was done with it; mend what is told of it; end it.

The digests of the copy and its manifest go into the act, whose entry in the ledger is their checkpoint.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.refusals import Refused
from sild.wings.continuity.actions.systems import WORKERS
from sild.wings.continuity.models import CustodyCopy, CustodyDeed, Dataset, Host
from sild.wings.continuity.reads.standing import closed_as, own, reason_given, short
from sild.wings.continuity.rules import MOST_PARTS
from sild.wings.continuity.rules.custody import (
    MOST_HOLDERS,
    MOST_READERS,
    USUAL_DRILL_DAYS,
    CustodyReceipt,
    CustodyState,
    NotReceipt,
    ReceiptDeed,
    read_receipt,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyTerms:
    """Who keeps a copy, who of whom open it together, who may see what is in it, until when it is kept, how often it is tried."""

    keeper: str
    needed: int
    holders: tuple[str, ...]
    readers: tuple[str, ...] = ()
    keep_until: date | None = None
    drill_days: int = USUAL_DRILL_DAYS


@action("continuity.take-custody", roles=WORKERS)
def take_custody(actor: Actor, dataset_id: UUID, host_id: UUID | None, receipt: bytes, terms: CustodyTerms, *, reason: str = "") -> UUID:
    """Take the receipt of a new copy of a data set in; returns the copy's id. Raises NotThere, Refused."""
    dataset = own(actor, Dataset, dataset_id, None)
    host = own(actor, Host, host_id, None) if host_id is not None else None
    told = _read(receipt)
    if told.deed != ReceiptDeed.COPIED:
        raise Refused(_("This is no receipt of a copy, but of what was done with one. Take it in on the copy's page."))
    if CustodyCopy.objects.filter(receipt=told.digest).exists():
        raise Refused(_("This receipt was taken in already."))
    if CustodyCopy.objects.filter(dataset_id=dataset.id, state=CustodyState.KEPT).count() >= MOST_PARTS:
        raise Refused(_("The data set has {most} copies, the most there are.").format(most=MOST_PARTS))
    one = CustodyCopy(dataset_id=dataset.id, host_id=host.id if host is not None else None, **closed_as(dataset, *([host] if host else [])))
    for name in ("name", "copy", "manifest", "key", "files", "size", "seconds"):
        setattr(one, name, getattr(told, name))
    one.made_at, one.receipt, one.written_by_name = told.ended, told.digest, actor.name
    _settle(one, terms)
    one.save()
    return one.id


@action("continuity.add-receipt", roles=WORKERS)
def add_receipt(actor: Actor, copy_id: UUID, receipt: bytes, *, reason: str = "") -> UUID:
    """Take in that a copy was verified or restored; returns the deed's id. Raises NotThere, Refused for the receipt of another copy."""
    one = _kept(actor, copy_id, None)
    told = _read(receipt)
    if told.deed == ReceiptDeed.COPIED:
        raise Refused(_("This is the receipt of a new copy. Take it in as one."))
    known = told.name == one.name and told.key == one.key and (not told.manifest or told.manifest == one.manifest)
    if not known:
        raise Refused(_("This receipt is of another copy: its name, key or manifest differs."))
    if CustodyDeed.objects.filter(copy_id=one.id, receipt=told.digest).exists():
        raise Refused(_("This receipt was taken in already."))
    if CustodyDeed.objects.filter(copy_id=one.id).count() >= MOST_PARTS:
        raise Refused(_("The copy has {most} receipts, the most there are.").format(most=MOST_PARTS))
    deed = CustodyDeed(copy_id=one.id, deed=told.deed, began_at=told.began, ended_at=told.ended, **closed_as(one))
    for name in ("seconds", "sound", "checked_by"):
        setattr(deed, name, getattr(told, name))
    deed.finding = told.found
    deed.receipt, deed.told_by_name = told.digest, actor.name
    deed.save()
    return deed.id


@action("continuity.mend-custody", roles=WORKERS)
def mend_custody(actor: Actor, copy_id: UUID, terms: CustodyTerms, *, version: int | None = None, reason: str = "") -> None:
    """Write down anew who keeps a copy, who opens it, who may see it, until when. Raises NotThere, Stale, Refused."""
    one = _kept(actor, copy_id, version)
    _settle(one, terms)
    one.save()


@action("continuity.end-custody", roles=WORKERS)
def end_custody(actor: Actor, copy_id: UUID, state: CustodyState, *, version: int | None = None, reason: str) -> None:
    """Say that a copy was returned or destroyed, and how that is known. Raises NotThere, Stale, Refused."""
    one = _kept(actor, copy_id, version)
    if state == CustodyState.KEPT:
        raise Refused(_("Choose whether it was returned or destroyed."))
    one.state, one.ended_why, one.ended_at, one.ended_by_name = state, reason_given(reason), clock.now(), actor.name
    one.save()


def _read(receipt: bytes) -> CustodyReceipt:
    try:
        return read_receipt(receipt)
    except NotReceipt as fault:
        raise Refused(_("This is no receipt of a custody copy: {why}.").format(why=str(fault))) from fault


def _kept(actor: Actor, copy_id: UUID, version: int | None) -> CustodyCopy:
    one: CustodyCopy = own(actor, CustodyCopy, copy_id, version)
    if one.state != CustodyState.KEPT:
        raise Refused(_("The copy is kept no longer: it was returned or destroyed."))
    return one


def _settle(one: CustodyCopy, terms: CustodyTerms) -> None:
    holders = [short(name) for name in dict.fromkeys(terms.holders) if short(name)]
    readers = [short(name) for name in dict.fromkeys(terms.readers) if short(name)]
    keeper = short(terms.keeper)
    if not keeper:
        raise Refused(_("Say who keeps the copy."))
    if len(holders) > MOST_HOLDERS or not 1 <= terms.needed <= len(holders):
        raise Refused(_("Name who holds a share of the key, and how many of them open it together."))
    if len(readers) > MOST_READERS or not 1 <= terms.drill_days <= 3650:
        raise Refused(_("That is too much: at most {readers} readers, and a drill every 1 to 3650 days.").format(readers=MOST_READERS))
    one.keeper, one.needed, one.holders, one.readers = keeper, terms.needed, holders, readers
    one.keep_until, one.drill_days = terms.keep_until, terms.drill_days
