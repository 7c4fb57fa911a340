"""What a line means, as a vector that a multilingual model gave for its words; and how near two such vectors are.

The model puts every text of one language near every other of it, so each language's own mean is taken off before two are compared.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from sild.cores.linkage.method.clauses import parted
from sild.cores.linkage.method.lexicon import BadLexicon
from sild.cores.linkage.problem import BadProblem, Line

Vector = NDArray[np.float32]
ANY = "any"  # the mean of all languages, for a line whose language is none of those that were measured


def text_of(line: Line) -> str:
    """The words of a line by which it is embedded, without the clauses that speak of something else.

    What is counted goes first: it says the thing most plainly.
    """
    asked = " ".join(parted(line.evidence).main)
    return ": ".join(part for part in (line.unit or "", line.item, line.subject, asked) if part)


@cache
def _means() -> tuple[str, dict[str, Vector]]:
    """The model's name and the mean vector of each language (meanings.json; its training record stands in the file)."""
    data = json.loads(files("sild.cores.linkage").joinpath("meanings.json").read_text(encoding="utf-8"))
    means = {language: np.asarray(mean, dtype=np.float32) for language, mean in data["means"].items()}
    if ANY not in means or len({mean.shape for mean in means.values()}) != 1:
        raise BadLexicon(f"meanings.json needs a mean {ANY!r} and means of one length: write it anew with bench/linkage_means.py")
    return str(data["record"]["model"]), means


def meaning(line: Line, vectors: Mapping[str, Sequence[float]] | None) -> Vector | None:
    """The line's vector without its language's mean, of unit length; None where it has none. Raises BadProblem for one of no use."""
    found = vectors.get(line.id) if vectors else None
    if found is None:
        return None
    _, means = _means()
    vector = np.asarray(found, dtype=np.float32)
    mean = means.get(line.language or ANY, means[ANY])
    if vector.shape != mean.shape or not np.isfinite(vector).all():
        raise BadProblem(f"line {line.id}: its vector does not hold {len(mean)} finite numbers: embed it anew, or leave its vector out")
    rest = vector - mean
    length = float(np.linalg.norm(rest))
    return rest / length if length > 0 else None


def nearness(one: Vector | None, other: Vector | None) -> float | None:
    """The cosine of two meanings, from -1 to 1; None where one is missing."""
    return None if one is None or other is None else float(one @ other)
