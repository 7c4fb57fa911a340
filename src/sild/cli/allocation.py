"""`sild solve allocation` and `sild check allocation`: the allocation core on a file. Needs no database and no home."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from sild.cli.exits import Exit
from sild.cores.allocation.check import check
from sild.cores.allocation.method import Effort, explain, solve, with_asks
from sild.cores.allocation.problem import Problem, ProblemRefused
from sild.cores.allocation.shape import ShapeRefused, answer_from_json, answer_to_json, problem_from_json
from sild.kernel import terminal
from sild.kernel.refusals import Refused

solve_app = typer.Typer(help="Solve a problem from a file.", no_args_is_help=True, rich_markup_mode=None)
check_app = typer.Typer(help="Check an answer against its problem.", no_args_is_help=True, rich_markup_mode=None)


@solve_app.callback()
def solve_root() -> None:
    """Solve a problem from a file."""


@check_app.callback()
def check_root() -> None:
    """Check an answer against its problem."""


def _json(path: Path, what: str) -> Any:
    try:
        return json.loads(path.read_bytes())
    except OSError as problem:
        raise Refused(f"The {what} {path} cannot be read: {problem.strerror}. Check the path.") from problem
    except (ValueError, RecursionError) as problem:
        raise Refused(f"The {what} {path} is not JSON: {problem}. Mend it and try again.") from problem


def _problem(path: Path) -> Problem:
    try:
        return problem_from_json(_json(path, "problem"))
    except (ShapeRefused, ProblemRefused) as problem:
        raise Refused(f"{path}: {problem}") from problem


@solve_app.command("allocation")
def solve_allocation(
    problem: Annotated[Path, typer.Argument(help="The problem (JSON).")],
    out: Annotated[Path, typer.Option("--out", help="Write the answer here (JSON).")],
    time_limit: Annotated[float, typer.Option("--time-limit", help="Seconds; the best plan so far is kept.")] = 10.0,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same plan.")] = 0,
    reasons: Annotated[bool, typer.Option("--reasons/--no-reasons", help="Say why needs stay unmet, and what to ask for.")] = False,
) -> None:
    """Who gives what to whom: the best plan found within the time, with its proven bound."""
    posed = _problem(problem)
    try:
        effort = Effort(seconds=time_limit, seed=seed)
    except ValueError as fault:
        raise Refused(str(fault)) from fault
    answer = solve(posed, effort)
    if reasons:
        answer = with_asks(posed, explain(posed, answer), seconds=time_limit, seed=seed)
    try:
        out.write_text(json.dumps(answer_to_json(answer), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as fault:
        raise Refused(f"{out} cannot be written: {fault.strerror}. Name another place.") from fault
    gap = f"gap {answer.gap:.4%}"
    terminal.console().print(
        f"objective {float(answer.objective):.3f}  bound {answer.bound:.3f}  {gap}  {answer.seconds:.2f} s", markup=False
    )


@check_app.command("allocation")
def check_allocation(
    problem: Annotated[Path, typer.Argument(help="The problem (JSON).")],
    answer: Annotated[Path, typer.Argument(help="The answer (JSON).")],
) -> None:
    """Re-add every quantity and limit of an answer, and re-derive its reasons, without the method that made it."""
    posed = _problem(problem)
    try:
        given = answer_from_json(_json(answer, "answer"))
    except ShapeRefused as fault:
        raise Refused(f"{answer}: {fault}") from fault
    findings = check(posed, given)
    out = terminal.console()
    for finding in findings:
        out.print(str(finding), markup=False)
    if findings:
        raise typer.Exit(Exit.FINDINGS)
    out.print(f"objective {float(given.objective):.3f}  bound {given.bound:.3f}  gap {given.gap:.4%}  no findings", markup=False)
