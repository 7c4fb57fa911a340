"""What is known of single needs, offers and sites beyond quantity and date: bundles, substitutes, hosting, smallest orders, use.

Each is stated in the supplement or by a person, with source and date. What was not stated stays unknown to the problem.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_CEILING, Decimal

from sild.cores.allocation.problem import LARGEST_PERIOD, LARGEST_QUANTITY, Bundle, Fairness, Need, Offer
from sild.wings.parties.public import MechanismFile
from sild.wings.planning.models import Limit
from sild.wings.planning.reads.limits import Known
from sild.wings.planning.reads.wording import Said, said_supposed
from sild.wings.planning.rules import RESOURCES, month_index, with_untold
from sild.wings.register.public import NeedView, OfferView

NO_REEXPORT = "no-re-export"
"""The code of an offer's condition that forbids to hand it on, as the reader finds it in a message."""


def any_of(category: str) -> str:
    """What stands for a whole category, whatever thing in it an offer speaks of: substitutes are stated so."""
    return f"{category}, any"


def with_particulars(posed: Need, need: NeedView, known: Known) -> Need:
    """The need with its region, its site, what else it accepts, what it is for, and whether its body hands it on."""
    body, category = need.beneficiary, need.category
    region, site = known.limit("region", body), known.limit("site", body, category)
    instead, use = known.limit("substitute", body, category), known.limit("intended-use", body, category)
    passes = known.limit("hand-on", body, category)
    accepted: Mapping[str, str] = instead.detail["accepts"] if instead is not None else {}
    return replace(
        posed,
        region=region.detail["place"] if region is not None else None,
        site=site.detail["place"] if site is not None else None,
        substitutes=tuple((any_of(other), Decimal(quality)) for other, quality in sorted(accepted.items())),
        end_use=use.detail["uses"][0] if use is not None else None,
        passes_on=passes.detail["state"] == "yes" if passes is not None else None,
    )


def accepted_instead(needs: Iterable[Need]) -> frozenset[str]:
    """Every category that some need accepts instead of its own, as `any_of` names it."""
    return frozenset(category for need in needs for category, _ in need.substitutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What a piece takes of a resource, as people write it, and who said so."""

    amount: Decimal
    source: str


def uses_of(provider: str, category: str, known: Known, spec: MechanismFile) -> dict[str, Use]:
    """What a piece of a provider's in a category takes of each resource: what was told of it, else the mechanism's figure for the category;
    a resource of which neither speaks is not known and missing."""
    usual = {entry.resource: entry for entry in spec.uses if entry.category == category}
    found: dict[str, Use] = {}
    for name, resource in RESOURCES.items():
        told = known.limit(resource.use, provider, category)
        if told is not None and told.amount is not None:
            found[name] = Use(amount=told.amount, source=told.source)
        elif name in usual:
            found[name] = Use(amount=Decimal(str(usual[name].amount)), source=usual[name].source)
    return found


def taken_in(known: Known, needs: Iterable[Need], today: date, last: int) -> TakenIn:
    """What bodies can take in by month of the plan, in pieces and by resource, with the untold months up to `last`."""
    found = TakenIn()
    for body in sorted({need.body for need in needs}):
        pieces = _by_month(known.months("absorption", body), today, Decimal.__int__)
        whole = with_untold(pieces, last)
        found.absorption |= {(body, month): amount for month, amount in whole.items()}
        if len(whole) > len(pieces):
            found.supposed.append(body)
        for name, resource in RESOURCES.items():
            told = _by_month(known.months(resource.capacity, body), today, resource.counted, lasting=resource.lasting)
            filled = told if resource.lasting else with_untold(told, last)
            found.intake |= {(body, name, month): units for month, units in filled.items()}
            if len(filled) > len(told) and body not in found.supposed:
                found.supposed.append(body)
    return found


@dataclass(slots=True)
class TakenIn:
    """Pieces by (body, month), units by (body, resource, month), and the bodies of which some months were not told."""

    absorption: dict[tuple[str, int | None], int] = field(default_factory=dict)
    intake: dict[tuple[str, str, int | None], int] = field(default_factory=dict)
    supposed: list[str] = field(default_factory=list)


def _by_month(stated: Mapping[date, Limit], today: date, counted: Callable[[Decimal], int], *, lasting: bool = False) -> dict[int, int]:
    """By month of the plan what was told; of what lasts the last word for months gone by still holds."""
    told: dict[int, int] = {}
    for month, limit in sorted(stated.items()):
        index = month_index(today, month)
        if limit.amount is not None and index <= LARGEST_PERIOD and (index >= 0 or lasting):
            told[max(index, 0)] = counted(limit.amount)
    return told


def under_conditions(posed: Offer, offer: OfferView, known: Known, spec: MechanismFile, accepted: frozenset[str]) -> Offer:
    """The offer with its smallest order, what a piece takes up and uses, the end uses it allows, and whether it may be handed on.

    `accepted`: what needs accept instead; an offer of such a category says so, so that it is found.
    """
    provider, category = offer.provider, offer.category
    order, footprint = known.limit("minimum-order", provider, category), known.limit("footprint", provider, category)
    uses, handing = known.limit("end-use", provider, category), known.limit("re-export", provider, category)
    forbidden = any(condition.get("code") == NO_REEXPORT for condition in offer.conditions)
    if handing is not None:
        # what was stated of the offer later than the message counts
        forbidden = handing.detail["state"] == "no"
    stands_for = (any_of(category),) if any_of(category) in accepted else ()
    return replace(
        posed,
        categories=(*posed.categories, *stands_for),
        minimum_lots=_lots(order.amount, posed.lot) if order is not None and order.amount is not None else 0,
        uses=tuple((name, _rounded_up(name, use)) for name, use in uses_of(provider, category, known, spec).items()),
        footprint=_counted(footprint.amount) if footprint is not None and footprint.amount is not None else 0,
        end_uses=frozenset(uses.detail["uses"] if uses is not None else ()),
        no_reexport=forbidden,
    )


def _rounded_up(name: str, use: Use) -> int:
    """A use in the units of a plan: a part of a unit counts whole, so that a plan never takes more than there is."""
    return _counted(use.amount * RESOURCES[name].parts)


def _lots(pieces: Decimal, lot: int) -> int:
    return _counted(pieces / lot)


def _counted(amount: Decimal) -> int:
    """A whole number that the problem takes: what was kept above the most there is, is the most, so that nobody's word stops a plan."""
    return int(min(amount, Decimal(LARGEST_QUANTITY)).to_integral_value(ROUND_CEILING))


def hosting(known: Known, needs: Iterable[Need], today: date) -> dict[tuple[str, int], int]:
    """(site, month) -> units that may stand there from that month on; of what was stated for months gone by the last one holds."""
    told: dict[tuple[str, int], int] = {}
    for site in sorted({need.site for need in needs if need.site is not None}):
        stated = known.months("hosting", site)
        whole = known.limit("hosting", site)
        if whole is not None and whole.amount is not None:
            told[site, 0] = int(whole.amount)
        for month, limit in sorted(stated.items()):
            index = max(month_index(today, month), 0)
            if limit.amount is not None and index <= LARGEST_PERIOD:
                told[site, index] = int(limit.amount)
    return told


def bundles(known: Known, posed: Sequence[tuple[Need, NeedView]]) -> tuple[list[Bundle], list[Said]]:
    """The bundles whose parts are each one need of the body, and what has to be told of those that are not."""
    found: list[Bundle] = []
    said: list[Said] = []
    taken: set[str] = set()
    for limit in known.of_kind("bundle"):
        parts: list[tuple[str, int]] = []
        for category, pieces in limit.detail["parts"].items():
            asked = [need.id for need, view in posed if view.beneficiary == limit.subject and view.category == category]
            if len(asked) == 1 and asked[0] not in taken:
                parts.append((asked[0], pieces))
            else:
                said.append(said_supposed("bundle", body=limit.subject, category=category, count=str(len(asked))))
        if len(parts) == len(limit.detail["parts"]):
            found.append(Bundle(id=f"{limit.subject}: {limit.category}", parts=tuple(parts)))
            taken.update(need for need, _ in parts)
    return found, said


def fairness_rules(spec: MechanismFile) -> tuple[Fairness, ...]:
    """The mechanism's rules of fairness as the problem has them."""
    return tuple(
        Fairness(
            by=entry.by,
            rule=entry.rule,
            weight=Decimal(str(entry.weight)),
            floor=Decimal(str(entry.floor)) if entry.floor is not None else Decimal(1),
            among=frozenset(entry.among),
        )
        for entry in spec.objective.fairness
    )
