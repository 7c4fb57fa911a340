"""Join two needs or offers, split lines off one: rulings about their lines, in one act, that every later linking follows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from sild.cores.linkage.problem import Relation
from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.refusals import Refused, Stale
from sild.wings.linkage.actions.judging import OFFICERS
from sild.wings.linkage.actions.linking import link_part
from sild.wings.linkage.models import Judgement
from sild.wings.linkage.reads.component import bound_by_rulings, rulings_among
from sild.wings.linkage.reads.effects import contradiction, in_words
from sild.wings.linkage.reads.regrouping import Regrouping, joining, splitting
from sild.wings.register.public import Line


@action("linkage.join", roles=OFFICERS)
def join_groups(
    actor: Actor,
    side: str,
    pair: tuple[UUID, UUID],
    relation: Relation,
    *,
    keep: UUID | None = None,
    version: int | None = None,
    reason: str,
) -> UUID:
    """Two needs (or offers, by `side`) are one: the later stands in `relation` to the earlier. Returns the one that stays.

    `keep` says which; else it is the one that people took furthest, or the earlier. The other keeps its page, history and rulings.
    `version` is the sum of both as the person saw them. Raises NotThere, Refused, Stale.
    """
    asked = joining(actor, side, *pair, relation, keep)
    _rule(actor, asked, version, reason)
    return _where(side, asked.seeds[0])


@action("linkage.split", roles=OFFICERS)
def split_group(
    actor: Actor, side: str, key: UUID, lines: Collection[UUID], relation: Relation, *, version: int | None = None, reason: str
) -> UUID:
    """Some lines of a need (or an offer) speak of another one. Returns that one; the rest stays what it is, with its history.

    `relation` is not-the-same or second-batch. Raises NotThere, Refused, Stale.
    """
    asked = splitting(actor, side, key, lines, relation)
    _rule(actor, asked, version, reason)
    return _where(side, min(lines))


def _rule(actor: Actor, asked: Regrouping, version: int | None, reason: str) -> None:
    """Write the rulings, take back those in whose place they come, and place the lines."""
    if not reason.strip():
        raise Refused(_("Say why: the reason stays with the rulings and is shown to whoever asks."))
    if version is not None and version != asked.version:
        told = _("Somebody changed this while you looked at it. Look at what it would do now.")
        raise Stale(message=told, version=asked.version, mine={"reason": reason}, theirs={})
    for ruling in asked.dropped:
        ruling.withdrawn = True
    Judgement.objects.bulk_change(asked.dropped, ["withdrawn"])
    for ruling in asked.wanted:
        ruling.judged_by, ruling.reason = actor.name, reason.strip()
    Judgement.objects.bulk_create(asked.wanted)
    _refuse_contradictions(actor, asked.seeds)
    link_part(actor, asked.seeds, asked.wish)


def _refuse_contradictions(actor: Actor, seeds: Sequence[UUID]) -> None:
    lines = bound_by_rulings(actor, seeds)
    contradicted = contradiction(rulings_among(actor, [line.id for line in lines]))
    if contradicted is not None:
        raise Refused(in_words(contradicted, lines))


def _where(side: str, line: UUID) -> UUID:
    found: UUID = Line.objects.values_list("need_id" if side == "need" else "offer_id", flat=True).get(id=line)
    return found
