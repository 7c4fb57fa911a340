"""The problem with one change made, as the asks need it: the records changed, and new pairs where pairs are listed."""

from __future__ import annotations

from dataclasses import replace

from sild.cores.allocation.answer import Change
from sild.cores.allocation.fit import misfits
from sild.cores.allocation.method.lifts import NEW_OFFER, waived
from sild.cores.allocation.problem import Need, Offer, Problem


def widened(problem: Problem, change: Change) -> Problem:
    """The problem as it would be if the change were made."""
    amount = int(change.amount)
    if change.limit == "budget":
        budget = problem.budgets.get(change.donor or "")
        return replace(problem, budgets={**problem.budgets, change.donor or "": (budget or 0) + change.amount})
    if change.limit == "absorption" and change.resource is not None:
        throughout = change.resource in problem.lasting
        wider = {
            (body, resource, period): units + (amount if throughout or period == change.period else 0)
            for (body, resource, period), units in problem.intake.items()
            if (body, resource) == (change.body, change.resource)
        }
        return replace(problem, intake={**problem.intake, **wider})
    if change.limit == "absorption":
        key = (change.body or "", change.period)
        return replace(problem, absorption={**problem.absorption, key: problem.absorption[key] + amount})
    if change.limit == "hosting":
        more = {key: units + (amount if key[0] == change.site else 0) for key, units in problem.hosting.items()}
        return replace(problem, hosting=more)
    if change.limit == "no-offer":
        made = Offer(id=NEW_OFFER, categories=(change.category or "",), donor=NEW_OFFER, lot=1, lots=amount)
        return _with_pairs(replace(problem, offers=(*problem.offers, made)), None, made)
    if change.limit == "due-date":
        needs = tuple(replace(need, due=(need.due or 0) + amount) if need.id == change.need else need for need in problem.needs)
        moved = next(need for need in needs if need.id == change.need)
        before = next(need for need in problem.needs if need.id == change.need)
        late = {offer.id for offer in problem.offers if misfits(before, offer) == ("due-date",)}
        return _with_pairs(replace(problem, needs=needs), moved, None, late)
    if change.limit == "declined":
        return replace(problem, declined=problem.declined - {(change.need or "", change.offer or "")})
    old = next(offer for offer in problem.offers if offer.id == change.offer)
    new = _changed(old, change)
    offers = tuple(new if offer.id == old.id else offer for offer in problem.offers)
    changed = replace(problem, offers=offers)
    if change.limit == "fit" and changed.pairs is not None:
        return replace(changed, pairs=changed.pairs | {(change.need or "", old.id)})
    # what comes sooner was late, whatever it waited for
    failing = "due-date" if change.limit in ("licence", "lead-time") and change.unit != "decision" else change.limit
    only = {need.id for need in problem.needs if misfits(need, old) == (failing,)}
    return changed if change.limit == "offer-lots" else _with_pairs(changed, None, new, only)


def _changed(offer: Offer, change: Change) -> Offer:
    limit, amount = change.limit, int(change.amount)
    if limit == "lead-time":
        return replace(offer, lead=offer.lead - amount)
    if limit == "licence" and change.unit != "decision":
        return replace(offer, licence=offer.licence.sooner(amount))
    if limit == "offer-lots":
        return replace(offer, lots=offer.lots + amount)
    if limit == "availability":
        return replace(offer, available_until=(offer.available_until or 0) + amount)
    if limit == "licence-end":
        return replace(offer, licence=offer.licence.longer(amount))
    return waived(offer, limit)


def _with_pairs(problem: Problem, need: Need | None, offer: Offer | None, only: set[str] | None = None) -> Problem:
    """Where pairs are listed: those added that fit now and were kept apart by this change's limit alone."""
    if problem.pairs is None:
        return problem
    needs = problem.needs if need is None else (need,)
    offers = problem.offers if offer is None else (offer,)
    fresh = set()
    for one in needs:
        for other in offers:
            named = one.id if need is None else other.id
            if (only is None or named in only) and not misfits(one, other):
                fresh.add((one.id, other.id))
    return replace(problem, pairs=problem.pairs | fresh)
