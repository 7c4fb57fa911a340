"""Rules of money as data and pure functions: how a flow moves, what is kept back of it, totals, contradictions."""

from sild.values.flow import FIRM, PROMISED, FlowState
from sild.wings.money.rules.claims import ClaimVerdict, Said, against_rows, compare, rate_fault
from sild.wings.money.rules.moving import ADVANCES, KEPT_BACK, MOST_STEPS, ShownAs, advances_from, step, written
from sild.wings.money.rules.totals import (
    FIRM_POT,
    POTS,
    UNTOLD,
    Counted,
    LeftOut,
    LeftOutWhy,
    Piece,
    Sum,
    Total,
    Totals,
    counted,
    inside,
    totals,
)

__all__ = [
    "ADVANCES",
    "FIRM",
    "FIRM_POT",
    "KEPT_BACK",
    "MOST_STEPS",
    "POTS",
    "PROMISED",
    "UNTOLD",
    "ClaimVerdict",
    "Counted",
    "FlowState",
    "LeftOut",
    "LeftOutWhy",
    "Piece",
    "Said",
    "ShownAs",
    "Sum",
    "Total",
    "Totals",
    "advances_from",
    "against_rows",
    "compare",
    "counted",
    "inside",
    "rate_fault",
    "step",
    "totals",
    "written",
]
