"""The one-screen summary of a run: what came in, what was linked, what the plan covers, whose move it is.

Every number counts rows that are kept.
"""

from __future__ import annotations

import shlex
from collections import Counter
from math import ceil
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from sild.kernel import terminal
from sild.kernel.actor import Actor
from sild.kernel.said import said
from sild.values.units import english
from sild.wings.intake.public import MessageView, RunResult, messages
from sild.wings.parties.public import mechanism_file
from sild.wings.planning.public import PlanMade
from sild.wings.register.public import CLOSED, NeedView, lines, needs, offers

UNMET_SHOWN = 6
ASKS_SHOWN = 3
LEFT_OUT_SHOWN = 3


def show(actor: Actor, result: RunResult) -> None:
    """Print the summary."""
    out = terminal.console()
    spec = mechanism_file(actor)
    out.print()
    out.print(f"[bold]{terminal.said(spec.name)}[/]" + ("   EXERCISE" if spec.exercise and "EXERCISE" not in spec.name else ""))
    _what_came_in(out, actor, result)
    _what_was_linked(out, actor)
    if result.embedded is not None and result.embedded.lacking:
        out.print(f"Vectors    {terminal.said(result.embedded.lacking)}")
    _not_replayed(out, result)
    if result.plan is not None:
        _plan(out, actor, result.plan)


def _not_replayed(out: Console, result: RunResult) -> None:
    for words in result.not_replayed[:LEFT_OUT_SHOWN]:
        out.print(f"  left out, as the register stands otherwise by now, a recorded decision: {terminal.said(words)}")
    for words in result.fit_nothing[:LEFT_OUT_SHOWN]:
        out.print(f"  a recorded decision names a line that is not here; look at the file of decisions: {terminal.said(words)}")
    more = max(0, len(result.not_replayed) - LEFT_OUT_SHOWN) + max(0, len(result.fit_nothing) - LEFT_OUT_SHOWN)
    if more:
        out.print(f"  and {more} more recorded decisions that were not done")


def _what_came_in(out: Console, actor: Actor, result: RunResult) -> None:
    in_folder = set(result.names)
    there = [message for message in messages(actor) if message.id in in_folder]
    states = Counter(message.state for message in there)
    read_lines = [line for line in lines(actor) if line.message_id in in_folder]
    kinds = Counter(line.kind for line in read_lines)
    told = ", ".join(f"{count} {kind}s" for kind, count in kinds.most_common())
    # archives hold several messages, and what is sealed, resent or erased is none of the three below
    held = f", {len(there)} messages" if len(there) != result.files else ""
    out.print(
        f"Messages   {result.files} files{held}: {states['read']} read, {states['noise']} noise (nothing asked or offered), "
        f"{states['quarantined']} quarantined" + (f", {result.resent} resent" if result.resent else ""),
    )
    out.print(f"Lines      {len(read_lines)}: {told}" if told else "Lines      none")
    for message in [one for one in there if one.state == "quarantined"][:5]:
        out.print(f"  quarantined: {terminal.said(message.why)}")
    if result.doubts:
        out.print(f"  the check of the reading doubts {result.doubts} lines; the messages' remarks say which and why")
    for name, first in result.to_confirm[:5]:
        out.print(f"  resent, for you to confirm: {terminal.said(name)} holds the same bytes as {terminal.said(first)}")
    for name, why in result.left_aside[:5]:
        out.print(f"  left aside: {terminal.said(name)} {terminal.said(why)}")
    _silent(out, there, {line.message_id for line in read_lines})


def _silent(out: Console, there: list[MessageView], speaking: set[object]) -> None:
    silent = [message.name for message in there if message.state == "read" and message.id not in speaking]
    if silent:
        more = f" and {len(silent) - 8} more" if len(silent) > 8 else ""
        out.print(f"  read, and no line found in {len(silent)} (look at them): {terminal.said(', '.join(silent[:8]))}{more}")


def _what_was_linked(out: Console, actor: Actor) -> None:
    asked, offered = needs(actor), offers(actor)
    language = {line.id: line.language for line in lines(actor)}
    repeats = sum(len(need.lines) - 1 for need in asked)
    across = sum(len({language[line] for line in need.lines if language[line]}) > 1 for need in asked)
    several = sum(len(need.lines) > 1 for need in asked)
    twice = sum(len(offer.lines) > 1 for offer in offered)
    withdrawn = sum(need.state == "withdrawn" for need in asked)
    out.print(
        f"Needs      {len(asked)} in the register; {repeats} lines only repeat or change one ({several} needs told more than once, "
        f"{across} of them in several languages)" + (f"; {withdrawn} withdrawn" if withdrawn else "")
    )
    states = Counter(need.state for need in asked)
    if passed := _at_gates(states):
        out.print(f"Gates      {passed}, {states['captured']} not begun")
    gone = sum(offer.withdrawn for offer in offered)
    out.print(f"Offers     {len(offered)} in the register; {twice} told twice or changed" + (f"; {gone} withdrawn" if gone else ""))


def _plan(out: Console, actor: Actor, plan: PlanMade) -> None:
    told = plan.summary
    planned = told["needs_planned"]
    basis = "provisional (if accepted and endorsed)" if plan.answer["basis"] == "provisional" else plan.answer["basis"]
    if plan.answer["only_endorsed"]:
        basis += ", of endorsed needs alone"
    out.print(
        f"Plan       {basis}: of {planned} plannable needs {told['covered']} are covered, "
        f"{told['partly']} in part, {told['untouched']} not; {told['offers_used']} of {told['offers_planned']} offers used; "
        f"proven within {_proven(plan.answer['gap'])} of the best"
    )
    left_out = [f"{told['needs_left_out']} needs"] if told["needs_left_out"] else []
    left_out += [f"{told['offers_left_out']} offers"] if told["offers_left_out"] else []
    if left_out:
        out.print(
            f"           not plannable yet: {' and '.join(left_out)} (no quantity, no body or giver, military ...); plan.json says why"
        )
    if plan.findings:
        out.print(f"[bold]Check      {len(plan.findings)} faults[/]: {terminal.said(plan.findings[0])}")
    else:
        out.print("Check      passed: every quantity re-added, every limit and every reason re-derived")
    by_id = {str(need.id): need for need in needs(actor)}
    _unmet(out, by_id, plan)
    for number, ask in enumerate(plan.answer["asks"][:ASKS_SHOWN], 1):
        gain = ask["gain"] / plan.answer["objective"] if plan.answer["objective"] else 0.0
        worth = f"{_reaching(ask, by_id)} more reach their needs; the plan is worth {gain:.1%} more" + (
            "" if ask["exact"] else " or better"
        )
        out.print(f"Ask {number}      {terminal.said(ask['sentence'])} {terminal.said('(' + worth + ')')}")


def _proven(gap: float) -> str:
    """A gap in per cent, rounded up as the page of the plan does: what is not proven to be the best never reads 0.00 %."""
    return f"{ceil(gap * 10_000) / 100:.2f} %"


def _at_gates(states: Counter[str]) -> str:
    """How many needs stand where, in words; "" where none has begun."""
    begun = [(state, count) for state, count in states.most_common() if state not in ("captured", "withdrawn")]
    return ", ".join(f"{count} {said().label(state, 'need')}" for state, count in begun)


def _reaching(ask: dict[str, Any], by_id: dict[str, NeedView]) -> str:
    """How much an ask brings, in the unit of the needs that get more, where they count in one."""
    units = {by_id[need].unit if need in by_id else "" for need in ask.get("reached", [])}
    unit = units.pop() if len(units) == 1 else ""
    return f"{ask['quantity']:,} {english(unit, ask['quantity'])}" if unit else f"{ask['quantity']:,}"


def _unmet(out: Console, by_id: dict[str, NeedView], plan: PlanMade) -> None:
    weights = plan.answer["weights"]
    rows = [row for row in plan.answer["unmet"] if row["need"] in by_id and by_id[row["need"]].state not in CLOSED]
    rows.sort(key=lambda row: -weights.get(row["need"], 0.0) * (row["share_missing"] or 0.0))
    if not rows:
        return
    table = Table(title="Largest unmet needs", title_justify="left", expand=not terminal.is_plain(), show_edge=False, pad_edge=False)
    table.add_column("Need", ratio=4)
    table.add_column("Missing", justify="right")
    table.add_column("What blocks it", ratio=5)
    table.add_column("Whose move", ratio=3)
    for row in rows[:UNMET_SHOWN]:
        need = by_id[row["need"]]
        reason = row["reasons"][0] if row["reasons"] else {"sentence": "no reason found", "owner": "secretariat"}
        amount = row["quantity"]
        missing = "?" if amount is None else f"{amount:,} {english(need.unit, amount)}".replace(".0 ", " ").strip()
        table.add_row(
            terminal.said(f"{need.beneficiary}: {need.title}"),
            terminal.said(missing),
            terminal.said(reason["sentence"]),
            terminal.said(reason["owner"]),
        )
    out.print()
    out.print(table)


def what_next(home: Path) -> None:
    """Print what to try next."""
    out = terminal.console()
    sild = f"SILD_HOME={shlex.quote(str(home))} .venv/bin/sild"
    out.print()
    out.print("What to try next", markup=False)
    out.print(f"  {sild} doctor           proves how the database runs", markup=False)
    out.print(f"  {sild} ledger verify    proves that no act was changed", markup=False)
    out.print("  SILD_HOME=~/desk .venv/bin/sild run FOLDER --lines lines.jsonl    your own messages, in a home of their own", markup=False)
    out.print("  make demo again takes seconds, keeps the data and opens the desk in the browser; make reset forgets it.", markup=False)
