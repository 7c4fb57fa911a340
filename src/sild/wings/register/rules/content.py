"""What a gate rules on: how much of what, for whom. Two contents are compared so that a translated title alone is no other content."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from sild.cores.linkage import about

FEW_BITS = 6
"""Letters of the digest that are kept: enough to see that nothing was said anew, too few to tell what was said."""


def content_of(need: Any, asking: Iterable[Any]) -> dict[str, Any]:
    """What a need asks for, from its columns and the lines that ask: JSON, kept with each ruling.

    `things` are the concepts that the lines name, by language (the same words in every language); `said` tells only whether the lines'
    words are the same.
    """
    named: dict[str, set[str]] = defaultdict(set)
    said: set[str] = set()
    for line in asking:
        told = about(line.item)
        named[line.language] |= told.things | told.heads | told.topics
        said.add(f"{line.language} {line.item.casefold()}")
    return {
        "quantity": None if need.quantity is None else f"{need.quantity.normalize():f}",
        "unit": need.unit,
        "category": need.category,
        "beneficiary": need.beneficiary,
        "things": {language: sorted(things) for language, things in sorted(named.items()) if things},
        "said": hashlib.sha256("\n".join(sorted(said)).encode()).hexdigest()[:FEW_BITS],
    }


def differences(ruled: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """In what a need differs from what was ruled on: quantity, unit, category, things, beneficiary. Empty for the same content.

    A unit that one side does not say differs from none. A language in which nothing was asked when it was ruled says the same while
    it names one of the things that were asked; in the languages that were there every thing counts.
    """
    found = [name for name in ("quantity", "category", "beneficiary") if _plain(ruled.get(name)) != _plain(now.get(name))]
    if ruled.get("unit") and now.get("unit") and ruled["unit"] != now["unit"]:
        found.append("unit")
    if ruled.get("said") != now.get("said") and _other_things(ruled.get("things") or {}, now.get("things") or {}):
        found.append("things")
    return tuple(found)


def _plain(value: Any) -> Any:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _other_things(ruled: Mapping[str, Iterable[str]], now: Mapping[str, Iterable[str]]) -> bool:
    asked = {thing for things in ruled.values() for thing in things}
    if not asked or not now:
        # where nothing is known of one side nothing tells that it is another thing
        return False
    for language, things in now.items():
        same = set(things) == set(ruled[language]) if language in ruled else not asked.isdisjoint(things)
        if not same:
            return True
    # what was asked in one language and is asked in none any more
    return asked.isdisjoint({thing for things in now.values() for thing in things})
