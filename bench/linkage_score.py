#!/usr/bin/env python3
"""Scores the linkage core on its two development sets with the corpus's own scorers.

    python bench/linkage_score.py [--noise SEEDS]

Prints the sample inbox's true lines (odd, even and all messages; weights were fitted on the odd ones), the same with extraction noise, and
the hand-written linking set with its English item and without it; exits 3 where that set (../shared/corpus/link) is absent. Each row is
linked with vectors, as a desk with the bundled model links, where that is installed, and without.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import linkage_sets as sets
from linkage_trials import vectors_of
from sild.cores.linkage import Line, Linkage, LinkageProblem, check, link


def linked(lines: Sequence[Line], folder: Path, meaning: bool) -> Linkage:
    bodies, relations = sets.parties(folder / "parties.csv")
    problem = LinkageProblem(lines=tuple(lines), bodies=bodies, relations=relations, vectors=vectors_of(lines) if meaning else None)
    answer = link(problem)
    findings = check(problem, answer)
    if findings:
        raise SystemExit(f"{len(findings)} broken promises, first: {findings[0]}")
    return answer


def judged(command: list[str]) -> dict[str, dict[str, float]]:
    done = subprocess.run([sys.executable, *command, "--json"], capture_output=True, text=True, check=True)
    found: dict[str, dict[str, float]] = json.loads(done.stdout)
    return found


def sample(lines: Sequence[Line], half: str, meaning: bool) -> dict[str, dict[str, float]]:
    """The scorer's figures for one half of the messages (by number) or all; each half is linked for itself."""
    wanted = {"odd": (1,), "even": (0,), "all": (0, 1)}[half]
    chosen = [line for line in lines if int(line.message[:4]) % 2 in wanted]
    cluster = linked(chosen, sets.SAMPLE, meaning).cluster_of()
    truth = sets.SAMPLE
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kept = [row for row in sets.rows(truth / "truth.jsonl") if int(row["message"][:4]) % 2 in wanted]
        heard = [row for row in sets.rows(truth / "messages.jsonl") if int(row["file"][:4]) % 2 in wanted]
        (folder / "truth.jsonl").write_text("\n".join(map(json.dumps, kept)), encoding="utf-8")
        (folder / "messages.jsonl").write_text("\n".join(map(json.dumps, heard)), encoding="utf-8")
        for name in ("pairs.tsv", "parties.csv"):
            shutil.copy(truth / name, folder / name)
        said = [row | {"need": cluster[row["id"]]} for row in kept]
        (folder / "lines.jsonl").write_text("\n".join(map(json.dumps, said)), encoding="utf-8")
        return judged([str(truth / "score.py"), str(folder), str(folder / "lines.jsonl")])


def linking(lines: Sequence[Line], meaning: bool) -> dict[str, dict[str, float]]:
    answer = linked(lines, sets.LINKING, meaning)
    cluster = answer.cluster_of()
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "links.jsonl"
        said = [{"id": line.id, "need": cluster[line.id], "relation": answer.relation_to_first.get(line.id)} for line in lines]
        path.write_text("\n".join(map(json.dumps, said)), encoding="utf-8")
        folder = sets.LINKING
        return judged([str(sets.LINK_SCORE), str(folder / "lines.jsonl"), str(path), "--pairs", str(folder / "pairs.tsv")])


def show(title: str, figures: dict[str, dict[str, float]]) -> None:
    links = figures["links"]
    parts = [f"P {links['precision']:.3f} R {links['recall']:.3f} F1 {links['f1']:.3f}"]
    if "offer_links" in figures:
        parts.append(f"offers F1 {figures['offer_links']['f1']}")
    parts.append(f"look-alikes apart {figures['lookalikes']['kept_apart']} of {figures['lookalikes']['of']}")
    parts.append(f"cross-language recall {(figures.get('cross') or {}).get('recall', links.get('cross_recall'))}")
    if "relation" in figures:
        parts.append(f"relation {figures['relation']['right']}")
    print(f"{title:<44}", "  ".join(parts))


def main() -> int:
    seeds = int(sys.argv[sys.argv.index("--noise") + 1]) if "--noise" in sys.argv else 3
    lines = sets.sample_lines()
    ways = ((True, "vectors"), (False, "no vectors")) if vectors_of(lines[:1]) else ((False, "no vectors"),)
    for meaning, how in ways:
        for half in ("odd", "even", "all"):
            show(f"sample, true lines, {half}, {how}", sample(lines, half, meaning))
        show(f"sample, item hidden, all, {how}", sample(sets.sample_lines(hide_item=True), "all", meaning))
        for seed in range(seeds):
            for half in ("odd", "even"):
                show(f"sample, noise seed {seed}, {half}, {how}", sample(sets.noisy(lines, seed), half, meaning))
    if not sets.LINKING.exists():
        print(sets.ABSENT)
        return 3
    for meaning, how in ways:
        show(f"linking set, {how}", linking(sets.linking_lines(), meaning))
        show(f"linking set, item hidden, {how}", linking(sets.linking_lines(hide_item=True), meaning))
    return 0


if __name__ == "__main__":
    sys.exit(main())
