"""Whether the reader sees the messages that lines were read from: the wings below intake cannot ask it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import template

from sild.wings.intake.public import messages_seen

register = template.Library()


@register.simple_tag(takes_context=True)
def seen_messages(context: dict[str, Any], lines: Any) -> frozenset[UUID]:
    """The messages of a line or several (things with a `message_id`) that a link would lead the reader to."""
    return messages_seen(context["request"].actor, [one.message_id for one in (lines if isinstance(lines, Iterable) else [lines])])
