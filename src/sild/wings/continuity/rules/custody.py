"""Copies in custody: what a receipt of one says, and by when it is to be restored again as a drill. As data, plain Python."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum

FORM = "sild-custody-receipt-1"
LONGEST_RECEIPT = 20_000
MOST_HOLDERS, MOST_READERS = 16, 60
LONGEST_SECONDS = 10**8
USUAL_DRILL_DAYS = 90
_HEX = re.compile(r"[0-9a-f]{0,64}")


class CustodyState(StrEnum):
    """What became of a copy."""

    KEPT = "kept"
    RETURNED = "returned"
    DESTROYED = "destroyed"


class ReceiptDeed(StrEnum):
    """What a receipt is of."""

    COPIED = "copied"
    VERIFIED = "verified"
    RESTORED = "restored"


class NotReceipt(ValueError):
    """What was sent is no receipt of a custody copy; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyReceipt:
    """A receipt as the command wrote it: `copy` and `manifest` name the copy, `key` is a fingerprint, `size` in bytes, moments in UTC.

    Where the repository lies stands in the receipt and is left there: the desk keeps no address. `digest` is the SHA-256 of the file.
    """

    deed: ReceiptDeed
    name: str
    copy: str
    manifest: str
    files: int
    size: int
    key: str
    began: datetime
    ended: datetime
    seconds: Decimal
    sound: bool
    found: str
    checked_by: str
    digest: str


def read_receipt(data: bytes) -> CustodyReceipt:
    """A receipt from its file. Raises NotReceipt."""
    if len(data) > LONGEST_RECEIPT:
        raise NotReceipt("it is too long")
    try:
        told = json.loads(data.decode("utf-8"))
        if not isinstance(told, dict) or told.get("form") != FORM:
            raise NotReceipt(f"it does not say that it is {FORM}")
        receipt = CustodyReceipt(
            deed=ReceiptDeed(told["deed"]),
            name=str(told["name"])[:300],
            copy=_hex(told["copy"]),
            manifest=_hex(told["manifest"]),
            files=_whole(told["files"]),
            size=_whole(told["bytes"]),
            key=_hex(told["key"]),
            began=_moment(told["began"]),
            ended=_moment(told["ended"]),
            seconds=_seconds(told["seconds"]),
            sound=told["sound"] is True,
            found=str(told["found"])[:2000],
            checked_by=str(told["checked_by"])[:100],
            digest=hashlib.sha256(data).hexdigest(),
        )
    except (ValueError, KeyError, TypeError, InvalidOperation) as fault:
        raise fault if isinstance(fault, NotReceipt) else NotReceipt(f"a part of it is missing or cannot be read ({fault})") from fault
    if receipt.ended < receipt.began or not 0 <= receipt.seconds < LONGEST_SECONDS:
        raise NotReceipt("its times cannot be")
    if receipt.sound and (not receipt.copy or len(receipt.manifest) != 64):
        raise NotReceipt("it names no copy and no manifest")
    return receipt


def drill_due(last: date, every_days: int) -> date:
    """The day by which a copy is to be restored again."""
    return last + timedelta(days=every_days)


def _hex(value: object) -> str:
    if not isinstance(value, str) or not _HEX.fullmatch(value):
        raise NotReceipt("a digest in it is none")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**62:
        raise NotReceipt("a count in it is none")
    return value


def _seconds(value: object) -> Decimal:
    told = Decimal(str(value))
    if not told.is_finite():
        raise NotReceipt("its length is none")
    return round(told, 3)


def _moment(value: object) -> datetime:
    told = datetime.fromisoformat(str(value))
    if told.tzinfo is None:
        raise NotReceipt("a moment in it names no time zone")
    return told
