"""Planning as data and pure functions: what may be stated, priority, months, units, and whether a match can be delivered."""

from __future__ import annotations

from sild.wings.planning.rules.gate import (
    Check,
    Condition,
    Facts,
    GateMover,
    GateVerdict,
    LicenceFact,
    Light,
    ObjectionFact,
    ResourceFact,
    ScreeningFact,
    light_of,
)
from sild.wings.planning.rules.leaving import LEAVES, Against, Leave, against_leaving, leave_of
from sild.wings.planning.rules.months import month_after, month_at, month_index
from sild.wings.planning.rules.priority import URGENCY_SCALE, Overridden, Priority, Term, priority_of, worth
from sild.wings.planning.rules.resources import FEWEST_MONTHS, LASTING, MOST_MONTHS, OF_CAPACITY, RESOURCES, Resource, with_untold
from sild.wings.planning.rules.stated import (
    CAPACITIES,
    GRANTED_AS,
    KIND_FORMS,
    LARGEST_STATED,
    WHOLE_AMOUNTS,
    AssessmentEntry,
    KindForm,
    LimitEntry,
    LimitKind,
    LimitState,
    Strict,
    SupplementFile,
    Waived,
    months_of,
)
from sild.wings.planning.rules.units import DEVICE_CATEGORIES, TIME_CATEGORIES, UNIT_FAMILIES, unit_family

REFRESH = "planning.refresh"
"""The work of making links and plan anew, by the name under which it waits and is seen."""

__all__ = [
    "CAPACITIES",
    "DEVICE_CATEGORIES",
    "FEWEST_MONTHS",
    "GRANTED_AS",
    "KIND_FORMS",
    "LARGEST_STATED",
    "LASTING",
    "LEAVES",
    "MOST_MONTHS",
    "OF_CAPACITY",
    "REFRESH",
    "RESOURCES",
    "TIME_CATEGORIES",
    "UNIT_FAMILIES",
    "URGENCY_SCALE",
    "WHOLE_AMOUNTS",
    "Against",
    "AssessmentEntry",
    "Check",
    "Condition",
    "Facts",
    "GateMover",
    "GateVerdict",
    "KindForm",
    "Leave",
    "LicenceFact",
    "Light",
    "LimitEntry",
    "LimitKind",
    "LimitState",
    "ObjectionFact",
    "Overridden",
    "Priority",
    "Resource",
    "ResourceFact",
    "ScreeningFact",
    "Strict",
    "SupplementFile",
    "Term",
    "Waived",
    "against_leaving",
    "leave_of",
    "light_of",
    "month_after",
    "month_at",
    "month_index",
    "months_of",
    "priority_of",
    "unit_family",
    "with_untold",
    "worth",
]
