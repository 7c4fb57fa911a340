"""Splink 5 alone, on DuckDB, on a set: the same comparisons and rules, trained as its documentation advises."""

from __future__ import annotations

import logging
import warnings
from typing import Any

import numpy as np
import pyarrow
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from peers.outcome import Clock, judged
from peers.sets import Told
from sild.cores.linkage.columns import Comparison

FLOOR, CERTAIN = -6.0, 0.95
U_PAIRS, EM_PAIRS = 1e6, 1e6
RECALL = 0.7  # of the deterministic rules, as its guide guesses


def _comparison(one: Comparison) -> Any:
    level = {
        "jaro-winkler": lambda bar: cll.JaroWinklerLevel(one.column, bar),
        "levenshtein": lambda bar: cll.LevenshteinLevel(one.column, int(bar)),
        "apart": lambda bar: cll.AbsoluteDifferenceLevel(one.column, bar),
        "ratio": lambda bar: cll.PercentageDifferenceLevel(one.column, bar),
    }
    return cl.CustomComparison(
        output_column_name=one.name,
        comparison_levels=[
            cll.NullLevel(one.column),
            cll.ExactMatchLevel(one.column, term_frequency_adjustments=one.frequency),
            *(level[one.measure](bar) for bar in one.bars),
            cll.ElseLevel(),
        ],
    )


def _tables(told: Told) -> list[Any]:
    columns: dict[str, Any] = {"unique_id": np.arange(len(told))}
    for name, values in told.columns.items():
        number = isinstance(values, np.ndarray)
        columns[name] = pyarrow.array(values, from_pandas=True) if number else pyarrow.array(values, type=pyarrow.string())
    whole = pyarrow.table(columns)
    if told.plan.across is None:
        return [whole]
    sources = np.array(told.columns[told.plan.across])
    return [whole.filter(pyarrow.array(sources == source)) for source in sorted(set(sources))]


def run(told: Told) -> dict[str, Any]:
    """Register, train (u from random pairs, m by two sessions of expectation maximisation), predict, cluster at 0.95."""
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    clock = Clock()
    database = DuckDBAPI()
    registered = [database.register(one, dataset_display_name=f"rows_{place}") for place, one in enumerate(_tables(told))]
    rules = [block_on(*rule) for rule in told.plan.rules]
    settings = SettingsCreator(
        link_type="dedupe_only" if told.plan.across is None else "link_only",
        comparisons=[_comparison(one) for one in told.plan.comparisons],
        blocking_rules_to_generate_predictions=rules,
        retain_matching_columns=False,
    )
    linker = Linker(registered if len(registered) > 1 else registered[0], settings, log_level=None)
    clock.stage("load")
    linker.training.estimate_probability_two_random_records_match([block_on(*rule) for rule in told.sure], recall=RECALL)
    linker.training.estimate_u_using_random_sampling(max_pairs=U_PAIRS)
    for place in told.train:
        linker.training.estimate_parameters_using_expectation_maximisation(
            rules[place], estimate_without_term_frequencies=True, max_pairs=EM_PAIRS
        )
    clock.stage("train")
    predicted = linker.inference.predict(threshold_match_weight=FLOOR)
    clock.stage("score")
    clustered = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold_match_probability=CERTAIN)
    clock.stage("cluster")
    pairs = database.duckdb_con.sql(f"select unique_id_l, unique_id_r, match_weight from {predicted.physical_name}").fetchnumpy()
    labels = database.duckdb_con.sql(f"select unique_id, cluster_id from {clustered.physical_name}").fetchnumpy()
    ordered = np.empty(len(told), dtype=object)
    ordered[labels["unique_id"]] = labels["cluster_id"].astype(str)
    found = (pairs["unique_id_l"], pairs["unique_id_r"], pairs["match_weight"])
    return judged(told, clock, found, ordered.astype(str), None)
