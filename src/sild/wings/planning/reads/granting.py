"""What a plan asks for, as the limit that says that it was granted: what stands now, eased by as much as the plan could use."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sild.kernel import clock
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.clearance.public import licence_stands
from sild.wings.parties.public import mechanism_file
from sild.wings.planning.models import Plan
from sild.wings.planning.reads.limits import Known, known_limits
from sild.wings.planning.reads.wording import owner_in_words
from sild.wings.planning.rules import GRANTED_AS, RESOURCES, Resource
from sild.wings.register.public import OfferView, needs, offers

Filled = dict[str, Any]
OBJECTED = " (objection)"
"""How a plan marks the authority of a licence that is denied because somebody objects."""


@read
def filled_from_ask(actor: Actor, plan_id: UUID, place: int) -> Filled | None:
    """The fields of the limit that grants the ask at a place (from 0) of a plan; None where that plan does not ask it any more.

    `cased`: the offer has licence cases, which count before what is stated here. Raises NotThere.
    """
    asks = Plan.found(plan_id).answer["plan"]["asks"]
    if not 0 <= place < len(asks) or asks[place]["limit"] not in GRANTED_AS or "about" not in asks[place]:
        return None
    limit, about = asks[place]["limit"], asks[place]["about"]
    offer = next((one for one in offers(actor) if str(one.id) == about["offer"]), None)
    known, amount = known_limits(), Decimal(about["amount"])
    today = mechanism_file(actor).today or clock.today()
    owner = owner_in_words(asks[place]["owner"])
    if offer is None:
        shared = _shared(limit, about, known, amount, today)
        return shared | {"owner": owner} if shared is not None else None
    filled = _of_offer(limit, about, offer, known, amount)
    if limit == "end-use":
        # the uses that are meant where the offer could go, beside those that it allows already
        meant = {use for need in needs(actor) for use in _meant(known, need.beneficiary, need.category) if need.category == offer.category}
        filled["uses"] = sorted(meant | set(filled["uses"]))
    cased = limit == "licence" and any(stand.kind == "case" for line in offer.lines for stand in licence_stands(actor, today).get(line, ()))
    return filled | {"cased": cased, "owner": owner}


def _shared(limit: str, about: dict[str, str], known: Known, amount: Decimal, today: date) -> Filled | None:
    """More money, more room in a month, more hosting: what stands and as much as is asked for on top."""
    subject = about["donor"] or about["body"] or about["site"]
    if not subject or limit not in ("budget", "absorption", "hosting"):
        return None
    month = f"{about['month']}-01" if about["month"] else ""
    resource = RESOURCES.get(about.get("resource", ""))
    if resource is not None:
        return _more_of(resource, subject, month, known, amount, today)
    now = next((one for day, one in known.months(limit, subject).items() if day.isoformat() == month), None) or known.limit(limit, subject)
    before = now.amount if now is not None and now.amount is not None else Decimal(0)
    filled: Filled = {"kind": limit, "subject": subject, "month": about["month"], "amount": before + amount}
    return filled | ({"currency": now.unit if now is not None else about["unit"]} if limit == "budget" else {})


def _more_of(resource: Resource, body: str, month: str, known: Known, amount: Decimal, today: date) -> Filled:
    """More of a resource: on top of what stands in that month, of what lasts on top of what holds today."""
    stated = known.months(resource.capacity, body)
    wanted = date.fromisoformat(month) if month else today.replace(day=1)
    holds = [day for day in sorted(stated) if day <= wanted] if resource.lasting else [day for day in stated if day == wanted]
    now = stated[holds[-1]].amount if holds else None
    return {"kind": resource.capacity, "subject": body, "month": f"{wanted:%Y-%m}", "amount": (now or Decimal(0)) + amount}


def _of_offer(limit: str, about: dict[str, str], offer: OfferView, known: Known, amount: Decimal) -> Filled:
    """What the giver of an offer, or an authority, lets go."""
    filled: Filled = {"kind": GRANTED_AS[limit], "subject": offer.provider, "category": offer.category}
    now = known.limit(GRANTED_AS[limit], offer.provider, offer.category)
    before = now.amount if now is not None and now.amount is not None else Decimal(0)
    if limit == "lead-time":
        return filled | {"amount": max(before - amount, Decimal(0))}
    if limit == "licence":
        objection = known.limit("objection", offer.provider, offer.category)
        if about["unit"] == "decision" and objection is not None and objection.detail["state"] == "open":
            return filled | {"kind": "objection", "state": "lifted", "authority": objection.detail["authority"]}
        authority = now.detail["authority"] if now is not None else ""
        if about["unit"] == "decision":
            return filled | {"state": "granted", "authority": authority}
        return filled | {"state": "pending", "amount": max(before - amount, Decimal(0)), "authority": authority}
    if limit == "minimum-order":
        return filled | {"amount": Decimal(0)}
    if limit == "re-export":
        return filled | {"state": "yes"}
    if limit == "end-use":
        return filled | {"uses": list(now.detail.get("uses", ())) if now is not None else []}
    if limit == "earmark":
        return filled | {"bodies": [], "sectors": []}
    return filled | {"waives": sorted({limit} | set(now.detail.get("waives", ()) if now is not None else ()))}


def _meant(known: Known, body: str, category: str) -> list[str]:
    use = known.limit("intended-use", body, category)
    return list(use.detail.get("uses", ())) if use is not None else []
