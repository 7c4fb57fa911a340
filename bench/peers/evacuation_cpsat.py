"""CP-SAT on an evacuation, in an environment of its own: CASE.json SECONDS WORKERS -> one JSON line.

Optional intervals for each system, host, way and pace, cumulative crews and lines, hosts and departures as sums, the loss as tables over
the hours. A hint, where the case has one, is a whole plan. The line tells the plan as choices with hours, CP-SAT's cost and its bound.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from ortools.sat.python import cp_model


class Model:
    """The case as a model; `choices` are the pairs of presence and its option."""

    def __init__(self, case: dict[str, Any]) -> None:
        self.case, self.model, self.hours = case, cp_model.CpModel(), case["hours"]
        self.use: dict[str, list[tuple[Any, int]]] = defaultdict(list)
        self.sums: dict[str, list[tuple[Any, int]]] = defaultdict(list)
        self.live: list[Any] = []
        self.away: list[Any] = []
        self.at: list[dict[int, list[Any]]] = []
        self.choices: list[list[tuple[Any, Any, dict[str, Any]]]] = []
        self.costs: list[Any] = []
        self.sums_of: list[tuple[Any, ...]] = []
        self.clocks: list[list[Any]] = []
        for system in case["systems"]:
            self._system(system)
        for at, system in enumerate(case["systems"]):
            for needed in system["needs"]:
                self._needs(at, needed)
        self._rooms()
        if case.get("last") is None:
            self.model.minimize(sum(self.costs))
        else:
            # a project: everything is done, and its end comes as early as can be
            self.model.add(sum(self.away) == len(self.away))
            self.model.minimize(self.live[case["last"]])

    def _system(self, system: dict[str, Any]) -> None:
        model, hours = self.model, self.hours
        live, safe, still = (model.new_int_var(0, hours, "") for _ in range(3))
        away = model.new_bool_var("")
        chosen, at = [], defaultdict(list)
        clocks: list[Any] = []
        for option in system["options"]:
            taken = model.new_bool_var("")
            start = model.new_int_var(option["earliest"], hours, "")
            work = model.new_optional_fixed_size_interval_var(start, option["work"], taken, "")
            self.use[option["crew"]].append((work, option["people"]))
            if option["line"]:
                carry = model.new_optional_fixed_size_interval_var(start + option["work"], option["carry"], taken, "")
                self.use[option["line"]].append((carry, option["mbit_s"]))
                leave, arrived = start + option["work"], start + option["work"] + option["carry"]
                model.add(leave >= option["first_leave"]).only_enforce_if(taken)
                out = arrived
            else:
                model.add(start + option["work"] + option["copy"] <= option["leaves"]).only_enforce_if(taken)
                out = leave = option["leaves"]
                arrived = option["arrives"]
                self.sums[option["departure"]].append((taken, option["crate_gb"]))
                self.sums[option["departure"] + " places"].append((taken, option["places"]))
            model.add(live >= arrived + option["settle"]).only_enforce_if(taken)
            model.add(safe == out).only_enforce_if(taken)
            if option["still"] is None:
                model.add(still == (start if not option["line"] and option["places"] else leave)).only_enforce_if(taken)
                clocks.append(None)
            else:
                clock = model.new_int_var(0, hours, "")
                model.add_max_equality(clock, [start, live - option["still"]])
                model.add(still == clock).only_enforce_if(taken)
                clocks.append(clock)
            for name in ("gb", "rack_units", "watts"):
                self.sums[f"{option['host']} {name}"].append((taken, system[name]))
            at[option["host"]].append(taken)
            chosen.append((taken, start, option))
        model.add(sum(taken for taken, _, _ in chosen) == away)
        self.live.append(live)
        self.away.append(away)
        self.at.append(at)
        self.choices.append(chosen)
        self.clocks.append(clocks)
        self._cost(system, away, (still, safe, live))

    def _cost(self, system: dict[str, Any], away: Any, hours: tuple[Any, Any, Any]) -> None:
        """weight * (sums[still] + (live - still) + (end - live) * chance[safe]) + data * chance[safe], in millionths."""
        model, case, (still, safe, live) = self.model, self.case, hours
        exposed, chance = model.new_int_var(0, case["sums"][-1], ""), model.new_int_var(0, 1_000_000, "")
        model.add_element(still, case["sums"], exposed)
        model.add_element(safe, case["chances"], chance)
        gone = model.new_int_var(0, self.hours * 1_000_000, "")
        model.add_multiplication_equality(gone, [self.hours - live, chance])
        cost = model.new_int_var(0, 2 * system["staying"] + 10**12, "")
        weight, data = system["weight"], system["data"]
        model.add(cost == weight * (exposed + (live - still) * 1_000_000 + gone) + data * chance).only_enforce_if(away)
        model.add(cost == system["staying"]).only_enforce_if(~away)
        self.costs.append(cost)
        self.sums_of.append((still, safe, live, exposed, chance, gone, cost))

    def _needs(self, at: int, needed: int) -> None:
        self.model.add(self.live[at] >= self.live[needed]).only_enforce_if(self.away[at])
        for host, mine in self.at[at].items():
            near = [one for other, theirs in self.at[needed].items() if other in self.case["reach"][host] for one in theirs]
            self.model.add(sum(mine) <= sum(near))

    def _rooms(self) -> None:
        for name, uses in self.use.items():
            profile = self.case["profiles"][name]
            most, blocks, begun = max(profile), [], 0
            for hour in range(1, len(profile) + 1):
                if hour == len(profile) or profile[hour] != profile[begun]:
                    if profile[begun] < most:
                        blocks.append((self.model.new_fixed_size_interval_var(begun, hour - begun, ""), most - profile[begun]))
                    begun = hour
            both = [*uses, *blocks]
            self.model.add_cumulative([one for one, _ in both], [amount for _, amount in both], most)
        for name, uses in self.sums.items():
            self.model.add(sum(amount * taken for taken, amount in uses) <= self.case["rooms"][name])

    def hint(self) -> None:
        """A whole plan, every variable of it: for each system (option, beginning, live, safe, still from), or None."""
        case, hours = self.case, self.hours
        for at, told in enumerate(case["hint"]):
            system = case["systems"][at]
            number, start, live, safe, still = told or (-1, 0, 0, 0, 0)
            chance, exposed = case["chances"][safe], case["sums"][still]
            gone = (hours - live) * chance
            cost = system["weight"] * (exposed + (live - still) * 1_000_000 + gone) + system["data"] * chance if told else system["staying"]
            for variable, value in zip(self.sums_of[at], (still, safe, live, exposed, chance, gone, cost), strict=True):
                self.model.add_hint(variable, value)
            self.model.add_hint(self.away[at], told is not None)
            for one, (taken, begins, option) in enumerate(self.choices[at]):
                begun = start if one == number else option["earliest"]
                self.model.add_hint(taken, one == number)
                self.model.add_hint(begins, begun)
                if self.clocks[at][one] is not None:
                    self.model.add_hint(self.clocks[at][one], max(begun, live - option["still"]))


def main() -> None:
    begun = time.monotonic()
    case = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    made = Model(case)
    if case.get("hint"):
        made.hint()
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.5, float(sys.argv[2]) - (time.monotonic() - begun))
    solver.parameters.num_workers = int(sys.argv[3])
    built = time.monotonic() - begun
    status = solver.solve(made.model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    plan = [
        next(
            (
                [number, solver.value(start), solver.value(made.live[at])]
                for number, (taken, start, _) in enumerate(row)
                if solver.value(taken)
            ),
            None,
        )
        for at, row in enumerate(made.choices)
    ]
    told = {"status": solver.status_name(status), "cost": solver.objective_value if found else None, "bound": solver.best_objective_bound}
    print(json.dumps({**told, "plan": plan if found else None, "built": built, "seconds": time.monotonic() - begun}))


if __name__ == "__main__":
    main()
