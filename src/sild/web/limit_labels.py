"""What the amounts and fields of limits are called. Joined to the other labels (web/labels.py)."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

LIMIT_LABELS: dict[str, dict[str, str]] = {
    "limit-means": {
        "absorption": noop("How many pieces a body can take in and put to use in one month."),
        "budget": noop("How much money a giver has for what it gives."),
        "unit-cost": noop("What one piece costs its giver; counted against the giver's budget."),
        "lead-time": noop("How many months pass before a giver can deliver."),
        "licence": noop("Whether an export licence is needed, and how it stands. A licence case in the desk counts before this word."),
        "earmark": noop("For whom alone an offer is meant."),
        "objection": noop("Somebody objects, and nothing of it is planned while the objection is open."),
        "consent": noop("Whether the body agrees to what would come to it."),
        "visibility": noop("How contributions of a giver are shown to others, unless the agreement says otherwise."),
        "bundle": noop("Things that are of use together only: a set counts once all its parts come."),
        "substitute": noop("What else a body would take in place of a thing, and how much a piece of it counts."),
        "region": noop("The region in which a body is; some offers are for a region alone."),
        "site": noop("Where at a body the things would stand."),
        "hosting": noop("How much room a site has, from a month on."),
        "footprint": noop("How much room one piece takes up at a site."),
        "minimum-order": noop("The smallest quantity that a giver sends at all."),
        "re-export": noop("Whether the giver lets the body hand the things on to somebody else."),
        "hand-on": noop("Whether the body will hand the things on to somebody else."),
        "end-use": noop("The only uses for which the giver gives."),
        "intended-use": noop("What the body will use the things for."),
        "waiver": noop("Conditions in the words of an offer that its giver lets go."),
    },
    "limit-amount": {
        "absorption": noop("Pieces of all things together in that month"),
        "budget": noop("Money"),
        "unit-cost": noop("Money for one piece"),
        "lead-time": noop("Months"),
        "licence": noop("Months until it is expected"),
        "hosting": noop("Units that may stand there from then on"),
        "footprint": noop("Units that one piece takes up"),
        "minimum-order": noop("Pieces; 0: no smallest order"),
    },
    "limit-about": {
        "body": noop("Body"),
        "donor": noop("Giver"),
        "provider": noop("Giver"),
        "site": noop("Site"),
    },
    "limit-waived": {
        "civil-only": noop("for civil use only"),
        "region": noop("for a region only"),
    },
    "limit-field": {
        "subject": noop("Of whom"),
        "category": noop("Category"),
        "month": noop("Month"),
        "amount": noop("How much"),
        "currency": noop("Currency"),
        "state": noop("How it stands"),
        "authority": noop("Who decides, or who objects"),
        "parts": noop("Categories and pieces in one set"),
        "accepts": noop("Categories and what a piece of each counts"),
        "uses": noop("Uses"),
        "place": noop("Where"),
        "visibility": noop("How it is shown"),
        "waives": noop("Conditions that are waived"),
        "source": noop("Who said so, and where"),
        "as_of": noop("As of"),
    },
}
