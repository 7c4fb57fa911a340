"""The documented weights: reads weights.yaml and refuses a file in which a level lacks its weight or its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from sild.cores.linkage.method.lexicon import BadLexicon

EXTREME = 50.0  # bits beyond which a probability is 0 or 1


@dataclass(frozen=True, slots=True)
class Level:
    """What one outcome of a comparison weighs, in bits, and how a person reads it ({a} and {b} are the values)."""

    bits: float
    says: str


@dataclass(frozen=True, slots=True)
class Weights:
    """All levels of all comparisons, and the bars: a pair that scores `join` or more may join two clusters."""

    levels: Mapping[tuple[str, str], Level]
    join: float
    alike: float

    def of(self, comparison: str, level: str) -> Level:
        """The weight of one outcome; an outcome that the file does not know is an error in the file."""
        try:
            return self.levels[comparison, level]
        except KeyError:
            raise BadLexicon(f"weights.yaml gives no weight to {comparison}: {level}; add the level with its bits and sentence") from None


@cache
def weights() -> Weights:
    """The weights that ship with the core, read once."""
    return parse(files("sild.cores.linkage").joinpath("weights.yaml").read_text(encoding="utf-8"))


def parse(text: str) -> Weights:
    """Weights from the text of a YAML file of the shape of weights.yaml."""
    data = yaml.safe_load(text)
    levels: dict[tuple[str, str], Level] = {}
    for comparison, entry in data["comparisons"].items():
        for level, values in entry["levels"].items():
            if not isinstance(values, dict) or "bits" not in values or "says" not in values:
                raise BadLexicon(f"weights.yaml, {comparison}: {level} needs both bits and says")
            levels[comparison, level] = Level(float(values["bits"]), str(values["says"]))
    return Weights(levels, float(data["bars"]["join"]), float(data["bars"]["alike"]))


def probability(score: float) -> float:
    """How likely two lines with this score are of one need, from 0 to 1: `score` is the sum of the reasons' weights, in bits.

    Calibrated on scores of lines that the weights were not fitted on (bench/linkage_calibration.py); `calibration` in weights.yaml. A
    score that a ruling decided says nothing that can be reckoned.
    """
    slope, shift = calibration()
    odds = slope * score + shift
    return 0.0 if odds < -EXTREME else 1 / (1 + 2.0**-odds) if odds < EXTREME else 1.0


@cache
def calibration() -> tuple[float, float]:
    """Slope and shift by which a score becomes log2 odds."""
    data = yaml.safe_load(files("sild.cores.linkage").joinpath("weights.yaml").read_text(encoding="utf-8"))["calibration"]
    return float(data["slope"]), float(data["shift"])
