"""The facts of a report: what its audience and its maker both see, computed through the access rules as each of them reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.delivery.public import Place
from sild.wings.disclosure.reads.lights import worst_of
from sild.wings.disclosure.reads.material import behind_of, material_of, number
from sild.wings.disclosure.reads.readers import ReportAudience, eyes_of, maker_of
from sild.wings.disclosure.reads.showing import shown_by
from sild.wings.disclosure.rules import AudienceKind, Row, View, quieted_since, seen_by_all, seen_by_both

SECTIONS = ("needs", "offers", "agreements", "consignments", "licences", "lapses", "flows")
Facts = dict[str, list[Row]]


@read
def composed(actor: Actor, audience: ReportAudience) -> Facts:
    """The facts for an audience: rows by section, in the order in which they are told. Nothing that one of its readers may not see."""
    maker = maker_of(actor)
    own = material_of(maker)
    if audience.kind == AudienceKind.OWN:
        view = own
    else:
        views = []
        for one in audience.readers:
            with eyes_of(one) as reader:
                views.append(material_of(reader))
        if not views:
            views = [{name: {} for name in own}]
        view = seen_by_both(views[0], own) if audience.kind == AudienceKind.ORGANISATION else seen_by_all([*views, own])
    count_needs(view)
    return {name: sorted(view[name].values(), key=_order) for name in SECTIONS}


@read
def told_before(actor: Actor, facts: Facts) -> Facts:
    """The facts of an earlier report as today's may be compared with them: what givers have become quiet about since is not told again."""
    maker = maker_of(actor)
    return quieted_since(facts, shown_by(maker, behind_of(maker)))


def _order(row: Mapping[str, Any]) -> tuple[str, ...]:
    return (str(row.get("body") or ""), str(row.get("title") or ""), str(row["id"]))


def count_needs(view: View) -> None:
    """Put the quantities of needs into their places, and their lights: from pieces and agreements that stand in the report themselves."""
    sums: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for piece in _told(view):
        sums[piece["need"]][piece["place"]] += Decimal(piece["quantity"])
    lights: dict[str, list[Row]] = defaultdict(list)
    for light in view["lights"].values():
        if light["id"] in view["agreements"]:
            lights[light["need"]].append(light)
    for key, need in view["needs"].items():
        need |= worst_of(lights[key])
        found = sums[key]
        need["spoken"] = number(sum(found.values(), Decimal(0)))
        need |= {str(place).replace("-", "_"): number(found[str(place)]) for place in Place}
        asked = need["quantity"]
        need["unmatched"] = None if asked is None else number(max(Decimal(asked) - sum(found.values(), Decimal(0)), Decimal(0)))


def _told(view: View) -> Iterable[Row]:
    return (one for one in view["pieces"].values() if one["agreement"] in view["agreements"] and one["quantity"] is not None)
