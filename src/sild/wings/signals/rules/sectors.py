"""Sectors of victims: those of Annexes I and II of Directive (EU) 2022/2555 (NIS 2), and five that it leaves out.

Source: Directive (EU) 2022/2555 of 14 December 2022, OJ L 333, 27.12.2022, Annexes I and II.
"""

from __future__ import annotations

ANNEX_I = (
    "energy",
    "transport",
    "banking",
    "financial-markets",
    "health",
    "drinking-water",
    "waste-water",
    "digital-infrastructure",
    "ict-services",
    "public-administration",
    "space",
)
ANNEX_II = ("post-couriers", "waste", "chemicals", "food", "manufacturing", "digital-providers", "research")
BESIDE = ("defence", "media", "political", "civil-society", "education")
"""Not in the directive; incidents against states hit them."""
SECTORS = (*ANNEX_I, *ANNEX_II, *BESIDE)
