"""Line readings for the tests of the wings: a request or an offer in one call, everything else as a message would leave it."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from sild.wings.register.public import LineReading

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
SPACE = uuid.UUID("6f1d3c0e-6f3e-4d3f-8f0e-0f6d7f5a9b11")


def reading(number: int, kind: str, category: str, item: str, quantity: int | None, **fields: Any) -> LineReading:
    """The line `number`, alone in the message `number`, sent on the day `number`."""
    message = uuid.uuid5(SPACE, f"message {number}")
    text = f"{quantity or ''} {item}".strip()
    values: dict[str, Any] = {
        "id": uuid.uuid5(message, "0"),
        "message_id": message,
        "message_name": f"{number:04}.eml",
        "message_digest": f"{number:064x}",
        "sent_at": START + timedelta(days=number),
        "position": 0,
        "part": "body",
        "locator": "body",
        "kind": kind,
        "category": category,
        "item": item,
        "quantity": Decimal(quantity) if quantity is not None else None,
        "channel": "civil",
        "language": "en",
        "evidence": ({"part": "body", "locator": "body", "block": 0, "start": 0, "end": len(text), "text": text},),
    }
    return LineReading(**(values | fields))
