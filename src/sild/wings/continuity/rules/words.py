"""Words and sizes of the inventory and of hosts. Unknown is a word of its own everywhere: what nobody told is never taken for nothing."""

from __future__ import annotations

from enum import StrEnum

LONGEST_CODE, LONGEST_NAME, LONGEST_WORDS, LONGEST_REASON = 60, 300, 10_000, 2_000
MOST_SYSTEMS, MOST_PARTS, MOST_HOSTS = 2_000, 200, 500
"""Of an organisation; datasets, services or dependencies of one system; hosts of an organisation."""
CURRENCY_LETTERS = 3


class Layer(StrEnum):
    """Where a system stands in the order in which a State is set up again: each layer leans on those before it."""

    IDENTITY = "identity"
    REGISTERS = "registers"
    EXCHANGE = "exchange"
    SERVICES = "services"
    UNKNOWN = "unknown"


class Portability(StrEnum):
    """How a system can be moved."""

    CLOUD = "cloud"
    REHOST = "rehost"
    SPECIAL_HARDWARE = "special-hardware"
    IMMOVABLE = "immovable"
    UNKNOWN = "unknown"


class Permission(StrEnum):
    """Whether the law lets a dataset leave the country. Only `granted` and `not-needed` let it go."""

    UNKNOWN = "unknown"
    NOT_NEEDED = "not-needed"
    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


LETS_GO = frozenset({Permission.GRANTED, Permission.NOT_NEEDED})


class KeyCustody(StrEnum):
    """Who holds the keys without which a system or its data cannot be opened."""

    UNKNOWN = "unknown"
    OWNER = "owner"
    OPERATOR = "operator"
    VENDOR = "vendor"
    SPLIT = "split"


class Dongle(StrEnum):
    """Whether a licence is tied to a piece of hardware, or to the place."""

    UNKNOWN = "unknown"
    NONE = "none"
    MOVABLE = "movable"
    BOUND = "bound"


class DependencyKind(StrEnum):
    """How a system leans on another: it stands still without it, it runs worse, or nobody told."""

    STOPS = "stops"
    WORSE = "worse"
    UNKNOWN = "unknown"


class HostState(StrEnum):
    """How far a host has come: looked at, ready to take something, no longer there."""

    CONSIDERED = "considered"
    READY = "ready"
    CLOSED = "closed"


class HostAgreement(StrEnum):
    """How far an agreement with a host has come."""

    UNKNOWN = "unknown"
    NONE = "none"
    NEGOTIATED = "negotiated"
    SIGNED = "signed"
    IN_FORCE = "in-force"


class Immunity(StrEnum):
    """What protects what stands at a host from the law of its country: nothing, an agreement, the premises of a mission."""

    UNKNOWN = "unknown"
    NONE = "none"
    BY_AGREEMENT = "by-agreement"
    MISSION = "mission"
