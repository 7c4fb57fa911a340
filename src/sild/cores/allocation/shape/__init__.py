"""The JSON form of problem and answer; docs/reference/allocation-json.md lists every key. What cannot be read is refused by name."""

from sild.cores.allocation.problem import ProblemRefused
from sild.cores.allocation.shape.answer import answer_from_json, answer_to_json
from sild.cores.allocation.shape.problem import problem_from_json
from sild.cores.allocation.shape.reader import ShapeRefused

__all__ = ["ProblemRefused", "ShapeRefused", "answer_from_json", "answer_to_json", "problem_from_json"]
