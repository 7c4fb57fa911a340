"""Linking by columns: a register of a million structured lines, scored by Fellegi and Sunter's measure with weights from the data.

`table` codes the rows, `estimate` finds a plan's weights, `score` gives the pairs above a floor (of one hash partition, or all), `settle`
the clusters at a bar that keeps a stated error. Deterministic, and the order of the rows changes nothing. No clock, no framework.
"""

from sild.cores.linkage.columns.blocking import WHOLE, Part, pieces
from sild.cores.linkage.columns.estimate import Drawing, estimate
from sild.cores.linkage.columns.joining import bar_for_error, clusters, probability
from sild.cores.linkage.columns.levels import Comparison
from sild.cores.linkage.columns.model import Estimate, Model, Plan, Stratum
from sild.cores.linkage.columns.relinking import Relinked, Scored, gathered, score, settle
from sild.cores.linkage.columns.scoring import Reason, Scorer
from sild.cores.linkage.columns.table import BadTable, Column, Table, coded, numbers, sets, table, texts

__all__ = [
    "WHOLE",
    "BadTable",
    "Column",
    "Comparison",
    "Drawing",
    "Estimate",
    "Model",
    "Part",
    "Plan",
    "Reason",
    "Relinked",
    "Scored",
    "Scorer",
    "Stratum",
    "Table",
    "bar_for_error",
    "clusters",
    "coded",
    "estimate",
    "gathered",
    "numbers",
    "pieces",
    "probability",
    "score",
    "sets",
    "settle",
    "table",
    "texts",
]
