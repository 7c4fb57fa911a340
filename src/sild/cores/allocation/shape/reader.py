"""JSON values read one by one; what is not what was expected is refused with its place.

Numbers may be read as int, float or Decimal; a float counts as the shortest decimal that names it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

T = TypeVar("T")
D = TypeVar("D")
Json = Mapping[str, Any]

REQUIRED: Any = object()


class ShapeRefused(ValueError):
    """JSON that is not a problem or an answer; the message names the place and what was expected there."""


class Reader:
    """One JSON object, read key by key; `end` refuses what was not asked for."""

    def __init__(self, data: Json, place: str) -> None:
        self.data, self.place = data, place
        self.asked: set[str] = set()

    def take(self, key: str, read: Callable[[object, str], T], default: D = REQUIRED) -> T | D:
        self.asked.add(key)
        if key not in self.data:
            if default is REQUIRED:
                raise ShapeRefused(f"{self.place}: the key {key!r} is missing")
            return default
        return read(self.data[key], f"{self.place}: {key}")

    def either(self, key: str, other: str, read: Callable[[object, str], T], default: D) -> T | D:
        if key in self.data and other in self.data:
            raise ShapeRefused(f"{self.place}: {key} and {other} are both given; they mean the same")
        self.asked.update((key, other))
        return self.take(key if key in self.data else other, read, default)

    def one_of(self, key: str, allowed: tuple[Any, ...], default: Any) -> Any:
        value = self.take(key, text, default)
        if value not in allowed:
            raise ShapeRefused(f"{self.place}: {key} is {value!r}; it must be one of {', '.join(allowed)}")
        return value

    def end(self) -> None:
        unknown = sorted(str(key) for key in self.data if key not in self.asked)
        if unknown:
            raise ShapeRefused(f"{self.place}: unknown key {unknown[0]!r}; known are {', '.join(sorted(self.asked))}")


def object_(value: object, place: str) -> Json:
    if not isinstance(value, Mapping):
        raise ShapeRefused(f"{place} must be an object, not {kind_of(value)}")
    return value


def list_(value: object, place: str) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise ShapeRefused(f"{place} must be a list, not {kind_of(value)}")
    return list(value)


def text(value: object, place: str) -> str:
    if not isinstance(value, str):
        raise ShapeRefused(f"{place} must be a text, not {kind_of(value)}")
    return value


def texts(value: object, place: str) -> list[str]:
    return [text(one, f"{place}[{at}]") for at, one in enumerate(list_(value, place))]


def flag(value: object, place: str) -> bool:
    if not isinstance(value, bool):
        raise ShapeRefused(f"{place} must be true or false, not {kind_of(value)}")
    return value


def whole(value: object, place: str) -> int:
    number = decimal(value, place)
    if number != number.to_integral_value():
        raise ShapeRefused(f"{place} must be a whole number, not {value!r}")
    return int(number)


def decimal(value: object, place: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        raise ShapeRefused(f"{place} must be a number, not {kind_of(value)}")
    try:
        number = Decimal(repr(value) if isinstance(value, float) else value)
    except ArithmeticError:
        raise ShapeRefused(f"{place} must be a number, not {value!r}") from None
    if not number.is_finite():
        raise ShapeRefused(f"{place} must be a finite number, not {value!r}")
    return number


def maybe(read: Callable[[object, str], T]) -> Callable[[object, str], T | None]:
    return lambda value, place: None if value is None else read(value, place)


def kind_of(value: object) -> str:
    return "null" if value is None else f"{type(value).__name__} {value!r:.60}"
