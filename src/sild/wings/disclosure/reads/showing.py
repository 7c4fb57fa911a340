"""How what stands behind each row is shown: the givers' words about their agreements, carried over to all that hangs on these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sild.kernel.actor import Actor
from sild.wings.agreements.public import AgreementRow, Visibility, agreements_of_offers, lines_agreed
from sild.wings.clearance.public import CaseRow
from sild.wings.delivery.public import ConsignmentRow
from sild.wings.disclosure.rules.quiet import Shown, quietest
from sild.wings.money.public import subjects_of_flows
from sild.wings.register.public import OfferView

Ways = Mapping[UUID, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """What a reader sees that can hang on an agreement."""

    agreed: list[AgreementRow]
    moving: list[ConsignmentRow]
    cases: list[CaseRow]
    given: list[OfferView]


def shown_by(reader: Actor, behind: Behind) -> Shown:
    """How the contribution behind each row is shown; what is named is not among them, nor what hangs on none.

    An offer is as quiet as the quietest of its agreements, a licence case as the quietest of those on its line, and money as the
    agreement that it is for, without one as its offer, or as the money that it came out of.
    """
    agreements = {row.id: str(row.visibility) for row in behind.agreed if row.visibility != Visibility.NAMED}
    if not agreements:
        return {}
    moving = {row.id: agreements[row.agreement_id] for row in behind.moving if row.agreement_id in agreements}
    offers = _of_offers(reader, [one.id for one in behind.given], agreements)
    lines = _of_lines(reader, behind.given, agreements, offers)
    return {
        "agreements": _by_text(agreements),
        "lights": _by_text(agreements),
        "consignments": _by_text(moving),
        "lapses": _by_text(moving),
        "offers": _by_text(offers),
        "licences": _by_text({row.id: lines[row.line_id] for row in behind.cases if row.line_id in lines}),
        "flows": _by_text(_of_flows(reader, agreements, offers)),
    }


def _of_offers(reader: Actor, given: Iterable[UUID], agreements: Ways) -> dict[UUID, str]:
    """Offers by the quietest of their agreements, of those that were joined into them too."""
    found = {}
    for offer, rows in agreements_of_offers(reader, list(given)).items():
        if ways := [agreements[row.id] for row in rows if row.id in agreements]:
            found[offer] = quietest(ways)
    return found


def _of_lines(reader: Actor, given: Iterable[OfferView], agreements: Ways, offers: Ways) -> dict[UUID, str]:
    """Lines by the quietest agreement that was made on them, or on the offer in which they are told now."""
    ways: dict[UUID, list[str]] = {}
    for agreement, lines in lines_agreed(reader).items():
        for line in lines if agreement in agreements else ():
            ways.setdefault(line, []).append(agreements[agreement])
    for offer in given:
        for line in offer.lines if offer.id in offers else ():
            ways.setdefault(line, []).append(offers[offer.id])
    return {line: quietest(said) for line, said in ways.items()}


def _of_flows(reader: Actor, agreements: Ways, offers: Ways) -> dict[UUID, str]:
    subjects = subjects_of_flows(reader)
    own: dict[UUID, list[str]] = {}
    for flow, about in subjects.items():
        way = (
            agreements.get(about.agreement) if about.agreement is not None else offers.get(about.offer) if about.offer is not None else None
        )
        own[flow] = [way] if way is not None else []
    found = {}
    for flow in subjects:
        ways, at, passed = list(own[flow]), subjects[flow].parent, {flow}
        while at is not None and at in subjects and at not in passed:
            passed.add(at)
            ways += own[at]
            at = subjects[at].parent
        if ways:
            found[flow] = quietest(ways)
    return found


def _by_text(ways: Ways) -> dict[str, str]:
    return {str(key): way for key, way in ways.items()}
