"""The method: greedy start, LP bound, HiGHS with the start, local search. `solve` keeps the time limit and says what it proved."""

from sild.cores.allocation.method.asks import with_asks
from sild.cores.allocation.method.explain import explain
from sild.cores.allocation.method.first_come import first_come
from sild.cores.allocation.method.instead import Chosen, Counter, Instead, choices, counter_offers
from sild.cores.allocation.method.solve import Effort, Progress, solve

__all__ = ["Chosen", "Counter", "Effort", "Instead", "Progress", "choices", "counter_offers", "explain", "first_come", "solve", "with_asks"]
