"""Attribution: which intrusion sets an incident is like, and what hypotheses of people the evidence speaks against. It names nobody.

`rank(problem)` gives every actor of a catalogue its share, with reasons, beside "insufficient" and "false flag"; `check` verifies it
without the method. `weighing` is the second half: people's own hypotheses against graded evidence.
"""

from sild.cores.attribution.answer import Attribution, How, Hypothesis, NextTrait, Reason, Standing, Verdict, Without
from sild.cores.attribution.check import check
from sild.cores.attribution.method import rank
from sild.cores.attribution.problem import (
    Actor,
    AttributionProblem,
    BadProblem,
    Design,
    Kind,
    Knowledge,
    Likeness,
    Observation,
    Source,
    Trait,
    Use,
)

__all__ = [
    "Actor",
    "Attribution",
    "AttributionProblem",
    "BadProblem",
    "Design",
    "How",
    "Hypothesis",
    "Kind",
    "Knowledge",
    "Likeness",
    "NextTrait",
    "Observation",
    "Reason",
    "Source",
    "Standing",
    "Trait",
    "Use",
    "Verdict",
    "Without",
    "check",
    "rank",
]
