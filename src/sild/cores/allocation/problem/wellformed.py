"""What every record of a problem is tested for: texts that are not empty, numbers within their range. A refusal names record and field."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from decimal import Decimal

LARGEST_QUANTITY = 10_000_000
LARGEST_PERIOD = 1_200


class ProblemRefused(ValueError):
    """A problem that cannot be what was meant; the message names the record and the field."""


def unique(kind: str, ids: Iterable[Hashable]) -> set[Hashable]:
    seen: set[Hashable] = set()
    for name in ids:
        if name in seen:
            raise ProblemRefused(f"{kind} {name!r}: the id stands twice; ids must differ")
        seen.add(name)
    return seen


def texts(name: str, **values: object) -> None:
    for key, value in values.items():
        if not isinstance(value, str) or not value:
            raise ProblemRefused(f"{name}: {key} must be a text that is not empty, not {value!r}")


def whole(name: str, key: str, value: object, least: int, most: int | None) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ProblemRefused(f"{name}: {key} must be a whole number, not {value!r}")
    if value < least or (most is not None and value > most):
        raise ProblemRefused(f"{name}: {key} is {value}; it must be at least {least}{_end(most)}")


def decimal(name: str, key: str, value: object, least: Decimal, most: Decimal | None) -> None:
    if not isinstance(value, Decimal) or not value.is_finite():
        raise ProblemRefused(f"{name}: {key} must be a finite decimal number, not {value!r}")
    if value < least or (most is not None and value > most):
        raise ProblemRefused(f"{name}: {key} is {value}; it must be at least {least}{_end(most)}")
    if value and not -12 <= value.adjusted() <= 15:
        raise ProblemRefused(f"{name}: {key} is {value}; numbers here lie between 1e-12 and 1e15")


def _end(most: object) -> str:
    return "" if most is None else f" and at most {most}"


def one_of(name: str, key: str, value: object, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ProblemRefused(f"{name}: {key} is {value!r}; it must be one of {', '.join(allowed)}")
