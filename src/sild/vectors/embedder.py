"""What the desk knows of a model: it turns texts into vectors, says who it is, and says what is lacking where it cannot."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

DIMENSIONS = 384

Vector: TypeAlias = "array[float]"  # of type code "f": DIMENSIONS floats of unit length
"""`array("f")` takes 1.5 KB where a list of floats takes 12, and is a buffer that numpy reads without copying."""


class Embedder(Protocol):
    """Texts to vectors. The same text gives the same bytes, alone or among others, today and after a restart."""

    @property
    def identity(self) -> str:
        """Name, version and hash of the model: vectors of different identities are not compared. "" where there is none."""

    @property
    def lacking(self) -> str:
        """A sentence that says why there are no vectors and what to do; "" where there are."""

    def embed(self, texts: Sequence[str]) -> list[Vector | None]:
        """A vector for each text, in order; None where there is none: the text says nothing, or the model cannot take it.

        A text is taken as `cleaned` gives it. Raises nothing: without a model every vector is None.
        """

    def close(self) -> None:
        """End what runs; the next `embed` starts it again."""


@dataclass(frozen=True, slots=True)
class Absent:
    """No model: `lacking` says why, and what to do. `wrong`: one is installed, and it is not the one that it should be."""

    lacking: str
    wrong: bool = False
    identity: str = ""

    def embed(self, texts: Sequence[str]) -> list[Vector | None]:
        """None for every text."""
        return [None] * len(texts)

    def close(self) -> None:
        """Nothing runs."""
