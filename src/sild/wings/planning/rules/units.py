"""Which units one plan may count together."""

from __future__ import annotations

UNIT_FAMILIES: dict[str, frozenset[str]] = {
    "storage": frozenset({"TB", "GB", "PB"}),
    "volume a day": frozenset({"GB per day", "TB per day", "GB/day", "TB/day"}),
    "working time": frozenset({"day", "expert day", "person-day", "hour", "month", "week"}),
    "person": frozenset({"person", "people", "participant", "seat", "place", "trainee", "expert", "specialist", "student"}),
    "licence": frozenset(
        {
            "licence",
            "license",
            "seat",
            "subscription",
            "account",
            "user",
            "endpoint",
            "workstation",
            "mailbox",
            "device",
            "computer",
            "host",
        }
    ),
    "bandwidth": frozenset({"Gbps", "Mbps", "Gbit", "Mbit"}),
}
"""Units that one plan may count together. What is in no family is counted in pieces. Own compilation from the desk's messages."""

TIME_CATEGORIES = frozenset({"training", "exercises", "expert-secondment", "legal-policy-advice", "incident-response"})
"""Categories in which a seat is a person's place; elsewhere it is a licence."""


def unit_family(unit: str, category: str) -> str | None:
    """The family of a unit; "piece" for things that are counted one by one, None where no unit was stated."""
    if not unit:
        return None
    lowered = {name: {word.lower() for word in words} for name, words in UNIT_FAMILIES.items()}
    order = ["storage", "volume a day", "working time", "bandwidth"]
    order += ["person", "licence"] if category in TIME_CATEGORIES else ["licence", "person"]
    word = unit.lower()
    for family in order:
        if word in lowered[family] or word.removesuffix("s") in lowered[family]:
            return "licence" if family == "licence" and category not in DEVICE_CATEGORIES else "piece" if family == "licence" else family
    return "piece"


DEVICE_CATEGORIES = frozenset({"end-user-devices", "server-hardware", "network-equipment", "satellite-connectivity", "power-continuity"})
"""Categories of things: a computer there is a thing, elsewhere the seat of a licence."""
