"""What the amounts and fields of limits are called. Joined to the other labels (web/labels.py)."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

LIMIT_LABELS: dict[str, dict[str, str]] = {
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
