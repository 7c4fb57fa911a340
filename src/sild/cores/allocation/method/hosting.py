"""Hosting as steps: from a period on so much may stand at a site, until the next step. What arrives stands in every step that follows."""

from __future__ import annotations

from sild.cores.allocation.problem import Problem

Steps = tuple[int, ...]


def steps_of(problem: Problem) -> dict[str, Steps]:
    """For each site with a limit the periods at which its steps begin, in order."""
    starts: dict[str, list[int]] = {}
    for site, start in problem.hosting:
        starts.setdefault(site, []).append(start)
    return {site: tuple(sorted(found)) for site, found in starts.items()}


def drawn_steps(steps: Steps, period: int) -> Steps:
    """The steps in which something that arrives in `period` stands: those that end after it."""
    return tuple(start for start, end in zip(steps, (*steps[1:], None), strict=True) if end is None or end > period)


def segments(steps: Steps, first: int, last: int) -> list[tuple[int, int]]:
    """The span first..last cut where a step begins."""
    cuts = [first, *(start for start in steps if first < start <= last)]
    return [(begin, end - 1) for begin, end in zip(cuts, (*cuts[1:], last + 1), strict=True)]
