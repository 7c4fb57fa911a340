"""Screening: which parties may stand on a list, by their names in any script.

`screen(problem)` answers with hits whose points are a sum of named parts; `ListIndex` keeps a list laid out between questions;
`check` verifies an answer without the method. A hit is a question for a person, never a finding.
"""

from sild.cores.screening.answer import Hit, Part, PartKind, Screened
from sild.cores.screening.check import check
from sild.cores.screening.method import ListIndex, screen, screen_against
from sild.cores.screening.problem import THRESHOLD, BadProblem, Entry, Kind, Party, ScreeningProblem

__all__ = [
    "THRESHOLD",
    "BadProblem",
    "Entry",
    "Hit",
    "Kind",
    "ListIndex",
    "Part",
    "PartKind",
    "Party",
    "Screened",
    "ScreeningProblem",
    "check",
    "screen",
    "screen_against",
]
