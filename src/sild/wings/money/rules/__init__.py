"""Rules of money as data and pure functions: how a flow moves, what is kept back of it, totals, contradictions."""

from sild.values.flow import FIRM, PROMISED, FlowState
from sild.wings.money.rules.claims import Said, Verdict, against_rows, compare, rate_fault
from sild.wings.money.rules.moving import ADVANCES, KEPT_BACK, MOST_STEPS, ShownAs, advances_from, step, written
from sild.wings.money.rules.totals import FIRM_POT, POTS, Counted, LeftOut, Piece, Sum, Total, Totals, Why, counted, inside, totals

__all__ = [
    "ADVANCES",
    "FIRM",
    "FIRM_POT",
    "KEPT_BACK",
    "MOST_STEPS",
    "POTS",
    "PROMISED",
    "Counted",
    "FlowState",
    "LeftOut",
    "Piece",
    "Said",
    "ShownAs",
    "Sum",
    "Total",
    "Totals",
    "Verdict",
    "Why",
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
