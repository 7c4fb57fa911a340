"""Small files of flows in the forms that public sources publish, written for the tests."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any


def fts_flow(key: int, dollars: int, **more: Any) -> dict[str, Any]:
    """A flow as the Financial Tracking Service answers it."""
    plain = {
        "id": str(key),
        "amountUSD": dollars,
        "status": "commitment",
        "boundary": "incoming",
        "onBoundary": "single",
        "flowType": "Standard",
        "contributionType": "financial",
        "date": "2025-03-01T00:00:00Z",
        "updatedAt": "2025-03-02T00:00:00Z",
        "description": f"flow {key}",
        "parentFlowId": None,
        "childFlowIds": None,
        "exchangeRate": None,
        "sourceObjects": [{"type": "Organization", "id": "1", "name": "Estonia"}],
        "destinationObjects": [{"type": "Organization", "id": "2", "name": "A fund"}, {"type": "UsageYear", "id": "3", "name": "2025"}],
    }
    return plain | more


def fts_answer(flows: Sequence[Mapping[str, Any]], total: int, many: int) -> bytes:
    """An answer with what it says of itself."""
    incoming = {"flowCount": many, "fundingTotal": total, "pledgeTotal": 0}
    return json.dumps({"status": "ok", "data": {"incoming": incoming, "flows": list(flows)}}).encode()


KIEL_HEAD = "country,iso,year,month,total,financial,humanitarian,military,commitments,to_be_allocated,gdp,pct_gdp\n"


def kiel_months(*rows: str) -> bytes:
    """The months of some donors: lines after the head."""
    return (KIEL_HEAD + "".join(f"{row}\n" for row in rows)).encode()


def kiel_totals(*rows: str) -> bytes:
    """What all donors allocated in some months."""
    return ("year,month,total_allocations,military,financial,humanitarian\n" + "".join(f"{row}\n" for row in rows)).encode()


FACTS = """meta:
  title: Facts of a drill
entries:
- id: launch
  label_en: Launch
  value: '2023-12-20'
  as_of: '2024-12-31'
  sources: [https://one.invalid/launch]
  contradiction:
  - value: '2023-12-23'
    sources: [https://two.invalid/launch]
- id: total
  label_en: Total
  value: 241700000
  currency: EUR
  contradiction:
  - value: over 240 million EUR
- id: words
  label_en: Offices
  description: an office here, an office there
"""
