"""Two readings in order of time: what every comparison looks at."""

from __future__ import annotations

from dataclasses import dataclass

from sild.cores.linkage.method.kin import Kin
from sild.cores.linkage.method.reading import Reading


@dataclass(frozen=True, slots=True)
class Pair:
    """The earlier and the later of two readings, with what is known of the bodies."""

    early: Reading
    late: Reading
    kin: Kin
