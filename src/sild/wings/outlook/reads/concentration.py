"""On whom many bodies lean at once: givers, and the makers that things are named after, over what is planned, agreed and in use."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.agreements.public import agreed_quantities
from sild.wings.outlook.reads.sustainment import terms
from sild.wings.outlook.rules import Alternative, Concentration, Dependence, Leaning, Source, TermState, concentrations
from sild.wings.parties.public import PartyKind, parties
from sild.wings.planning.public import plan_sheet
from sild.wings.register.public import OfferView, needs, offers

SHORTEST_MAKER = 4
"""A shorter name of a company is found in too many words."""


@read
def concentration_page(actor: Actor, *, category: str = "") -> list[Concentration]:
    """Givers and makers on whom two bodies or more lean, with their shares and the rows behind them, as far as the reader may see."""
    open_offers = [
        Alternative(offer=one.id, title=one.title, provider=one.provider, category=one.category, quantity=one.quantity, unit=one.unit)
        for one in offers(actor)
        if not one.withdrawn and one.answer != "declined" and one.category
    ]
    rows = [row for row in _rows(actor) if category in ("", row.category)]
    return concentrations(rows, open_offers)


def _rows(actor: Actor) -> Iterator[Dependence]:
    known = {one.id: one for one in offers(actor)}
    makers = _makers(actor)
    for body, offer, quantity, unit, source in _given(actor):
        one = known.get(offer) if offer is not None else None
        if one is not None:
            yield from _of_offer(body, one, quantity, unit, source, makers)
    for term in terms(actor):
        if term.state == TermState.RUNNING:
            for link, name in ((Leaning.GIVER, term.giver), (Leaning.VENDOR, term.vendor)):
                if name and term.body:
                    yield Dependence(
                        body=term.body,
                        name=name,
                        link=link,
                        category=term.category,
                        title=term.title,
                        quantity=term.quantity,
                        unit=term.unit,
                        source=Source.RUNNING,
                    )


def _given(actor: Actor) -> Iterator[tuple[str, UUID | None, Decimal, str, Source]]:
    """(body, offer, quantity, unit, where from): what was agreed, and what the plan gives beyond it, so that nothing is counted twice."""
    told = {need.id: need for need in needs(actor)}
    agreed: dict[tuple[UUID, UUID], Decimal] = defaultdict(Decimal)
    for one in agreed_quantities(actor):
        need = told.get(one.need)
        agreed[one.need, one.offer] += one.quantity
        if need is not None and need.beneficiary:
            yield need.beneficiary, one.offer, one.quantity, one.unit, Source.AGREED
    sheet = plan_sheet(actor)
    for row in sheet.rows if sheet is not None else ():
        for given in row.given:
            if given.offer is None or not row.beneficiary:
                continue
            covered = min(given.quantity, agreed[row.need, given.offer])
            agreed[row.need, given.offer] -= covered
            if given.quantity > covered:
                yield row.beneficiary, given.offer, given.quantity - covered, row.unit, Source.PLANNED


def _of_offer(
    body: str, one: OfferView, quantity: Decimal, unit: str, source: Source, makers: Mapping[str, re.Pattern[str]]
) -> Iterator[Dependence]:
    named = [(Leaning.GIVER, one.provider)] if one.provider else []
    named += [(Leaning.VENDOR, name) for name, pattern in makers.items() if name == one.provider or pattern.search(one.title)]
    for link, name in named:
        yield Dependence(
            body=body, name=name, link=link, category=one.category, title=one.title, quantity=quantity, unit=unit, source=source
        )


def _makers(actor: Actor) -> dict[str, re.Pattern[str]]:
    """Companies of the register by the names that a thing may be called after."""
    found = {}
    for party in parties(actor):
        if party.kind == PartyKind.COMPANY:
            names = sorted({name for name in (party.name, *(alias for _language, alias in party.aliases)) if len(name) >= SHORTEST_MAKER})
            if names:
                found[party.name] = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)
    return found
