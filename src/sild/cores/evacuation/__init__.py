"""Evacuation: which system goes where, when and by which way, so that the least is lost in expectation while a hazard grows.

`evacuate(problem)` answers with moves, sums, a proven bound and reasons; `disrupted` is the problem after something happened; `check`
replays the clock of an answer without the method.
"""

from sild.cores.evacuation.answer import Change, Evacuation, Fate, Loss, Reason
from sild.cores.evacuation.check import check
from sild.cores.evacuation.method import Disruption, Effort, Progress, disrupted, evacuate
from sild.cores.evacuation.problem import (
    HOME,
    BadProblem,
    Crew,
    Departure,
    EvacuationProblem,
    Host,
    Line,
    Move,
    Permission,
    System,
    Way,
)
from sild.cores.evacuation.shape import ShapeRefused, answer_from, answer_to, problem_from, problem_to

__all__ = [
    "HOME",
    "BadProblem",
    "Change",
    "Crew",
    "Departure",
    "Disruption",
    "Effort",
    "Evacuation",
    "EvacuationProblem",
    "Fate",
    "Host",
    "Line",
    "Loss",
    "Move",
    "Permission",
    "Progress",
    "Reason",
    "ShapeRefused",
    "System",
    "Way",
    "answer_from",
    "answer_to",
    "check",
    "disrupted",
    "evacuate",
    "problem_from",
    "problem_to",
]
