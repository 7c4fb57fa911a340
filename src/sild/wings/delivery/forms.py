"""What people send about a consignment: what is prepared, its way, an act with its amount and day, the three answers. What cannot be read
is refused in words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from django.http import QueryDict
from django.utils.translation import gettext as _

from sild.kernel.refusals import Refused
from sild.kernel.sent import amount_of, day_of
from sild.wings.delivery.actions import DOING, Packing, Receipt, Told
from sild.wings.delivery.reads import ConsignmentFilter
from sild.wings.delivery.rules.consignments import MOST_LEGS, NOTHING, ConsignmentDeed, ConsignmentKind, Renewal
from sild.wings.delivery.rules.legs import Leg

LONGEST = 300


class Used(StrEnum):
    """How much of it is in use, as the form asks it."""

    UNSAID = ""
    ALL = "all"
    SOME = "some"
    NONE = "none"


def filter_of(told: Mapping[str, str]) -> ConsignmentFilter:
    """The filter that an address says; a state or kind that nobody knows finds nothing."""
    said = {name: told.get(name, "").strip()[:LONGEST] for name in ("state", "kind", "category", "body", "giver", "q")}
    return ConsignmentFilter(
        state=said["state"],
        kind=said["kind"],
        category=said["category"],
        body=said["body"],
        giver=said["giver"],
        text=said["q"],
        overdue=told.get("overdue", "") == "yes",
    )


def packing_of(told: QueryDict) -> Packing:
    """What a form prepares. Raises Refused."""
    quantity = amount_of(told.get("quantity", ""))
    if quantity is None:
        raise Refused(_("Say how much is prepared."))
    kind = told.get("kind", "")
    if kind not in {*ConsignmentKind}:
        raise Refused(_("Choose what is given: goods, licences, services or hosting."))
    return Packing(
        quantity=quantity,
        kind=ConsignmentKind(kind),
        legs=legs_of_form(told),
        due=day_of(told.get("due", "")),
        ends_on=day_of(told.get("ends_on", "")),
        on=day_of(told.get("on", "")),
    )


def legs_of_form(told: Mapping[str, str]) -> list[Leg]:
    """The legs of a form, by their numbers; a leg of which nothing is said is none. Raises Refused."""
    legs = []
    for number in range(MOST_LEGS + 1):
        start, end, by = (told.get(f"{name}-{number}", "").strip() for name in ("from", "to", "by"))
        planned = day_of(told.get(f"planned-{number}", ""))
        if start or end or by or planned:
            legs.append(Leg(start=start, end=end, by=by, planned=planned))
    return legs


def done_of(told: Mapping[str, str]) -> Told:
    """The act that a form says. Raises Refused."""
    deed = told.get("deed", "")
    if deed not in {*DOING}:
        raise Refused(_("Choose what was done."))
    return Told(
        deed=ConsignmentDeed(deed),
        on=day_of(told.get("on", "")),
        quantity=amount_of(told.get("quantity", "")),
        until=day_of(told.get("until", "")),
        to=told.get("to", "").strip()[:LONGEST],
    )


def receipt_of(told: Mapping[str, str]) -> Receipt:
    """The three answers of a form. Raises Refused."""
    faulty = amount_of(told.get("faulty", "")) or NOTHING
    arrived = amount_of(told.get("arrived", ""))
    if arrived is None:
        raise Refused(_("Say how many have arrived; 0 where nothing has."))
    renewal = told.get("renewal", "") or Renewal.UNKNOWN
    if renewal not in {*Renewal}:
        raise Refused(_("Choose when it has to be renewed: on a day, never, or not known."))
    return Receipt(
        arrived=arrived,
        faulty=faulty,
        in_use=_used(told),
        all_in_use=told.get("used", "") == Used.ALL,
        renewal=Renewal(renewal),
        renew_on=day_of(told.get("renew_on", "")) if renewal == Renewal.DAY else None,
        on=day_of(told.get("on", "")),
    )


def _used(told: Mapping[str, str]) -> Decimal | None:
    said = told.get("used", "")
    if said == Used.NONE:
        return NOTHING
    if said == Used.SOME:
        some = amount_of(told.get("in_use", ""))
        if some is None:
            raise Refused(_("Say how many are in use."))
        return some
    return None
