"""recordlinkage on a set: the same rules and comparisons at their first bar, its unsupervised classifier (ECM)."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pandas
import recordlinkage

from peers.outcome import Clock, judged
from peers.sets import Told


def run(told: Told) -> dict[str, Any]:
    """Index, compare, classify. It has no clusters."""
    warnings.simplefilter("ignore")
    clock = Clock()
    frame = pandas.DataFrame(dict(told.columns))
    if told.plan.across is None:
        frames = [frame]
    else:
        sources = sorted(set(frame[told.plan.across]))
        frames = [frame[frame[told.plan.across] == source] for source in sources]
    clock.stage("load")
    indexer = recordlinkage.Index()
    for rule in told.plan.rules:
        indexer.block(list(rule))
    pairs = indexer.index(*frames)
    compare = recordlinkage.Compare()
    for one in told.plan.comparisons:
        if one.measure == "jaro-winkler":
            compare.string(one.column, one.column, method="jarowinkler", threshold=one.bars[0], label=one.name)
        elif one.measure == "levenshtein":
            compare.string(one.column, one.column, method="levenshtein", threshold=0.8, label=one.name)
        elif one.measure in ("apart", "ratio"):
            compare.numeric(one.column, one.column, method="step", offset=one.bars[0], label=one.name)
        else:
            compare.exact(one.column, one.column, label=one.name)
    features = (compare.compute(pairs, *frames) > 0.5).astype(int)
    clock.stage("score")
    classifier = recordlinkage.ECMClassifier()
    classifier.fit(features)
    chance = classifier.prob(features).to_numpy().clip(1e-12, 1 - 1e-12)
    clock.stage("train")
    left, right = (np.asarray(features.index.get_level_values(level)) for level in (0, 1))
    return judged(told, clock, (left, right, np.log2(chance / (1 - chance))), None, len(features))
