"""The shape of a problem and an answer as JSON, both ways: keys are the fields, lists stand for tuples, what is not told is left out.

Nothing is guessed: an unknown key or a value of another kind is refused with its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, asdict, fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from sild.cores.evacuation.answer import Evacuation
from sild.cores.evacuation.problem import EvacuationProblem

T = TypeVar("T")


class ShapeRefused(ValueError):
    """JSON that is not a problem or an answer; the message names the place and what was expected there."""


def problem_to(problem: EvacuationProblem) -> dict[str, Any]:
    """The problem as JSON values."""
    return asdict(problem)


def answer_to(answer: Evacuation) -> dict[str, Any]:
    """The answer as JSON values."""
    return asdict(answer)


def problem_from(data: object) -> EvacuationProblem:
    """The problem that these JSON values tell. ShapeRefused or BadProblem where they do not."""
    return _made(EvacuationProblem, data, "the problem")


def answer_from(data: object) -> Evacuation:
    """The answer that these JSON values tell."""
    return _made(Evacuation, data, "the answer")


def _made(kind: type[T], data: object, place: str) -> T:
    if not isinstance(data, Mapping):
        raise ShapeRefused(f"{place} must be an object, not {type(data).__name__}")
    hints, known = get_type_hints(kind), {one.name: one for one in fields(kind)}  # type: ignore[arg-type]  # only dataclasses come here
    for key in data:
        if key not in known:
            raise ShapeRefused(f"{place}: unknown key {key!r}; known are {', '.join(known)}")
    for name, one in known.items():
        if name not in data and one.default is MISSING and one.default_factory is MISSING:
            raise ShapeRefused(f"{place}: the key {name!r} is missing")
    return kind(**{name: _value(hints[name], value, f"{place}: {name}") for name, value in data.items()})


def _value(kind: Any, value: object, place: str) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        if value is None and NoneType in inner:
            return None
        return _value(next(one for one in inner if one is not NoneType), value, place)
    if origin is Literal:
        if value not in inner:
            raise ShapeRefused(f"{place} is {value!r}; it must be one of {', '.join(inner)}")
        return value
    if origin is tuple:
        if not isinstance(value, list | tuple):
            raise ShapeRefused(f"{place} must be a list, not {type(value).__name__}")
        kinds = (inner[0],) * len(value) if inner[-1] is Ellipsis else inner
        if len(kinds) != len(value):
            raise ShapeRefused(f"{place} must hold {len(kinds)} values, not {len(value)}")
        return tuple(_value(one, each, f"{place}[{at}]") for at, (one, each) in enumerate(zip(kinds, value, strict=True)))
    if is_dataclass(kind):
        return _made(kind, value, place)  # type: ignore[arg-type]  # is_dataclass narrows to an instance too
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not kind:
        raise ShapeRefused(f"{place} must be {kind.__name__}, not {type(value).__name__}")
    return value
