"""Rules of disclosure as data and pure functions: audiences, what may be said to them, what changed, figures, the summary."""

from sild.wings.disclosure.rules.differences import WATCHED, ReportChange, differences
from sild.wings.disclosure.rules.figures import Figures, MoneySum, coverage_of, figures_of
from sild.wings.disclosure.rules.fitting import fitted
from sild.wings.disclosure.rules.merging import Row, Section, View, seen_by_all, seen_by_both
from sild.wings.disclosure.rules.quiet import Shown, quieted, quieted_since
from sild.wings.disclosure.rules.states import (
    LANGUAGES,
    LONGEST_SUMMARY,
    MOST_CLOSED,
    AudienceKind,
    ReportState,
    canonical,
    digest_of,
    marking_of,
)

__all__ = [
    "LANGUAGES",
    "LONGEST_SUMMARY",
    "MOST_CLOSED",
    "WATCHED",
    "AudienceKind",
    "Figures",
    "MoneySum",
    "ReportChange",
    "ReportState",
    "Row",
    "Section",
    "Shown",
    "View",
    "canonical",
    "coverage_of",
    "differences",
    "digest_of",
    "figures_of",
    "fitted",
    "marking_of",
    "quieted",
    "quieted_since",
    "seen_by_all",
    "seen_by_both",
]
