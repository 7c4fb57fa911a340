"""Severity factors of an incident, as data with their source. A person says how grave a factor is; nothing adds them up.

Factors a to g are those by which the European Union looks at a significant effect (Decision (CFSP) 2019/797, Article 3; read in
a law firm's note of 9 August 2019, the examples of factor a from memory). The others are the desk's own, and say so.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

DECISION = "Decision (CFSP) 2019/797, Article 3"
AS_OF = "2019-08-09"
OWN = "the desk's own"


class Degree(StrEnum):
    """How grave a factor is; `unknown` says that somebody asked and nobody knows."""

    NONE = "none"
    SLIGHT = "slight"
    SERIOUS = "serious"
    GRAVE = "grave"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """A factor: its key, where it comes from, of which day that is, and whether a part was not read but remembered."""

    key: str
    source: str
    as_of: str = ""
    memory: bool = False


FACTORS: tuple[Factor, ...] = (
    Factor(key="scale", source=f"{DECISION} (a)", as_of=AS_OF),
    Factor(key="essential-service", source=f"{DECISION} (a)", as_of=AS_OF, memory=True),
    Factor(key="people-affected", source=f"{DECISION} (b)", as_of=AS_OF),
    Factor(key="spill-over", source=f"{DECISION} (c)", as_of=AS_OF),
    Factor(key="cost", source=f"{DECISION} (d)", as_of=AS_OF),
    Factor(key="gain", source=f"{DECISION} (e)", as_of=AS_OF),
    Factor(key="data", source=f"{DECISION} (f)", as_of=AS_OF),
    Factor(key="trade-secrets", source=f"{DECISION} (g)", as_of=AS_OF),
    Factor(key="duration", source=OWN),
    Factor(key="physical-effect", source=OWN),
    Factor(key="casualties", source=OWN),
)
FACTOR_KEYS = frozenset(one.key for one in FACTORS)
