"""What a report may say: what all of its readers may see, and its makers too. Pure functions over rows by identifier.

A row stands only where everybody's view has it. A field that one of them does not know is not known; nobody learns from a report what
another reader, or its maker, was told alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Row = dict[str, Any]
Section = dict[str, Row]
View = dict[str, Section]
"""What one reader sees: sections by name, rows by identifier."""

_NOT_KNOWN = (None, "")


def seen_by_both(reader: View, maker: View) -> View:
    """What an organisation sees of what the maker sees too: its own words where the two differ, nothing where one of them knows nothing."""
    return _joined([reader, maker], lambda values: values[0])


def seen_by_all(views: Sequence[View]) -> View:
    """What several readers all see: where they are told different things, nothing is said."""
    return _joined(views, lambda _values: None)


def _joined(views: Sequence[View], differing: Any) -> View:
    first = views[0]
    found: View = {}
    for name, section in first.items():
        others = [view[name] for view in views[1:]]
        common = [key for key in section if all(key in other for other in others)]
        found[name] = {key: _row([section[key], *(other[key] for other in others)], differing) for key in common}
    return found


def _row(rows: Sequence[Row], differing: Any) -> Row:
    return {field: _value([row[field] for row in rows], differing) for field in rows[0]}


def _value(values: Sequence[Any], differing: Any) -> Any:
    if all(value == values[0] for value in values):
        return values[0]
    for value in values:
        if value in _NOT_KNOWN:
            return value
    return differing(values)
