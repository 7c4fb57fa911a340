"""Rules of continuity: the words of the inventory and of hosts, what falls with what, what a sealed place is. Plain Python."""

from sild.wings.continuity.rules.sealed import NotSealed, readers_of
from sild.wings.continuity.rules.words import (
    LETS_GO,
    LONGEST_CODE,
    LONGEST_NAME,
    LONGEST_REASON,
    LONGEST_WORDS,
    MOST_HOSTS,
    MOST_PARTS,
    MOST_SYSTEMS,
    DependencyKind,
    Dongle,
    HostAgreement,
    HostState,
    Immunity,
    KeyCustody,
    Layer,
    Permission,
    Portability,
)

__all__ = [
    "LETS_GO",
    "LONGEST_CODE",
    "LONGEST_NAME",
    "LONGEST_REASON",
    "LONGEST_WORDS",
    "MOST_HOSTS",
    "MOST_PARTS",
    "MOST_SYSTEMS",
    "DependencyKind",
    "Dongle",
    "HostAgreement",
    "HostState",
    "Immunity",
    "KeyCustody",
    "Layer",
    "NotSealed",
    "Permission",
    "Portability",
    "readers_of",
]
