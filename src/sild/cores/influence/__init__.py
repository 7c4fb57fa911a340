"""Influence: do incidents follow public statements more than the calendar expects?

`study(problem)` answers each question with a verdict, an effect with its interval, placebo windows before the statements, what the study
could have seen, and the rows behind each sum; `check` verifies an answer without the method. It speaks of days, never of who did it.
"""

from sild.cores.influence.answer import (
    Above,
    Aside,
    Before,
    Effect,
    Finding,
    Influence,
    Interval,
    Lack,
    LeftOut,
    Missing,
    PowerPoint,
    Row,
    SetAside,
    Verdict,
)
from sild.cores.influence.asking import questions, silences
from sild.cores.influence.check import check
from sild.cores.influence.method import study
from sild.cores.influence.problem import (
    BadProblem,
    Calendar,
    Design,
    Incident,
    InfluenceProblem,
    Question,
    Statement,
    Stretch,
    Window,
)

__all__ = [
    "Above",
    "Aside",
    "BadProblem",
    "Before",
    "Calendar",
    "Design",
    "Effect",
    "Finding",
    "Incident",
    "Influence",
    "InfluenceProblem",
    "Interval",
    "Lack",
    "LeftOut",
    "Missing",
    "PowerPoint",
    "Question",
    "Row",
    "SetAside",
    "Statement",
    "Stretch",
    "Verdict",
    "Window",
    "check",
    "questions",
    "silences",
    "study",
]
