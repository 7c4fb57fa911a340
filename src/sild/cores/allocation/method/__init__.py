"""The method: greedy start, LP bound, HiGHS with the start, local search. `solve` keeps the time limit and says what it proved."""

from sild.cores.allocation.method.asks import with_asks
from sild.cores.allocation.method.explain import explain
from sild.cores.allocation.method.first_come import first_come
from sild.cores.allocation.method.solve import Effort, Progress, solve

__all__ = ["Effort", "Progress", "explain", "first_come", "solve", "with_asks"]
