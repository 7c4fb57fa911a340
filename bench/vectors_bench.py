#!/usr/bin/env python3
"""Vectors of lines, measured: which words to embed, how fast and in how much memory, and reading one block of a large register.

    python bench/vectors_bench.py words            AP and recall of the nearest line for each choice of words, each language's mean removed
    python bench/vectors_bench.py links            linking with vectors and without: pairs found, pairs across languages, wrong ones
    python bench/vectors_bench.py model            texts a second, processor time, memory of the child, start, one text
    python bench/vectors_bench.py kept 1000000     rows of vectors in a throwaway database: some read by name under the policies
    python bench/vectors_bench.py run              `sild run` and `sild link` on the sample, with vectors and without: seconds

`words` compares two lines by their vectors alone, on the sample's true lines and on the hand-written linking set (beside the checkout,
where it stands at all); all pairs of one side count. "Across" means pairs of lines in two languages.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import psutil

sys.path.insert(0, str(Path(__file__).resolve().parent))
import linkage_sets as sets
import sild.config.start  # noqa: F401 - the framework must know its tables before a wing is imported
from sild import sample
from sild.cores.linkage import Line, LinkageProblem, link, text_of
from sild.kernel import house
from sild.kernel.actor import Actor, Role
from sild.postgres.throwaway import throwaway_cluster
from sild.values.marking import Marking
from sild.vectors import Bundled, open_embedder, packed, unpacked
from sild.wings.linkage.reads.vectors import model_key, vectors_of

Matrix = npt.NDArray[np.float64]
WORDS: dict[str, Callable[[Line], str]] = {
    "evidence": lambda line: line.evidence,
    "item": lambda line: line.item,
    "item and evidence": lambda line: f"{line.item}. {line.evidence}",
    "category and evidence": lambda line: f"{_spelt(line.category)}: {line.evidence}",
    "category, item, evidence": lambda line: f"{_spelt(line.category)}: {line.item}. {line.evidence}",
    "body and evidence": lambda line: f"{line.beneficiary or ''}: {line.evidence}",
    "what the core asks for (text_of)": text_of,
}
ABSENT, MISSED = 3, 1
SOME_S = 0.05
"""Seconds within which the vectors of sixty lines are read: a new line is weighed against so many."""
MECHANISM, DESK = uuid.UUID(int=1), uuid.UUID(int=2)
FILL = f"""insert into linkage_vector (line_id, mechanism_id, owner_id, marking, compartment_id, model, digest, vector)
select gen_random_uuid(), '{MECHANISM}', '{DESK}', 2, null, '\\x{{model}}', sha256(g::text::bytea),
  (select decode(string_agg(md5(g || '.' || one), ''), 'hex') from generate_series(1, 24) one)
from generate_series({{first}}, {{last}}) g"""
FILLED = 50_000
TURNS, MORE_S = 2, 3.0
"""How often each run is timed, and how many seconds vectors may add to the sample of 119 messages."""
FEWEST = 5
"""Lines of a language from which on it has a mean of its own."""


def _spelt(category: str | None) -> str:
    return (category or "").replace("-", " ")


def words() -> None:
    """Each choice of words, with the line's English item and without it."""
    model = open_embedder()
    print(f"{model.identity}\n")
    print("| set | words | AP | AP across | nearest right | nearest right across |\n|---|---|---|---|---|---|")
    for name, lines, need in _sets():
        for hidden in (False, True):
            shown = [replace(line, item="") for line in lines] if hidden else lines
            for choice, of in WORDS.items():
                if hidden and choice in ("item", "category, item, evidence", "item and evidence"):
                    continue
                vectors = _means_removed(_vectors(model, [of(line) for line in shown]), [line.language or "" for line in shown])
                print(f"| {name}{', item hidden' if hidden else ''} | {choice} | {' | '.join(_told(vectors, lines, need))} |", flush=True)
    model.close()


def _sets() -> Iterator[tuple[str, list[Line], list[str]]]:
    truth = {row["id"]: row["need"] for row in sets.rows(sets.SAMPLE / "truth.jsonl")}
    sample = [line for line in sets.sample_lines() if truth[line.id]]
    yield "sample", sample, [truth[line.id] for line in sample]
    if not sets.LINKING.exists():
        print(sets.ABSENT, file=sys.stderr)
        return
    told = {row["id"]: row["need"] for row in sets.rows(sets.LINKING / "lines.jsonl")}
    lines = sets.linking_lines()
    yield "linking set", lines, [told[line.id] for line in lines]


def _vectors(model: Any, texts: Sequence[str]) -> Matrix:
    """As they are kept: a byte for each number."""
    found = model.embed(texts)
    kept = [packed(vector) if vector is not None else bytes(384) for vector in found]
    return unpacked(kept).astype(np.float64)


def _means_removed(vectors: Matrix, languages: Sequence[str]) -> Matrix:
    rest, whole = vectors.copy(), vectors.mean(axis=0)
    for language in set(languages):
        rows = np.array([one == language for one in languages])
        rest[rows] -= vectors[rows].mean(axis=0) if rows.sum() >= FEWEST else whole
    return rest / np.maximum(np.linalg.norm(rest, axis=1, keepdims=True), 1e-12)


def _told(vectors: Matrix, lines: Sequence[Line], need: Sequence[str]) -> list[str]:
    same = np.array([[one == other for other in need] for one in need])
    language = np.array([line.language or "" for line in lines])
    across = language[:, None] != language[None, :]
    near = vectors @ vectors.T
    upper = np.triu(np.ones_like(same), 1)
    np.fill_diagonal(near, -9)
    everything, beyond = upper.astype(bool), upper.astype(bool) & across
    found = [average_precision(near[everything], same[everything]), average_precision(near[beyond], same[beyond])]
    found += [_nearest_right(near, same & ~np.eye(len(same), dtype=bool)), _nearest_right(np.where(across, near, -9), same & across)]
    return [f"{one:.3f}" for one in found]


def average_precision(near: Matrix, same: npt.NDArray[np.bool_]) -> float:
    """The mean, over the pairs of one need, of the share of such pairs among those at least as near."""
    order = np.argsort(-near, kind="stable")
    hits = np.cumsum(same[order])
    return float((hits[same[order]] / (np.flatnonzero(same[order]) + 1)).mean())


def _nearest_right(near: Matrix, same: npt.NDArray[np.bool_]) -> float:
    told_again = same.any(axis=1)
    return float(same[np.arange(len(near)), near.argmax(axis=1)][told_again].mean())


def links() -> None:
    """The core's clusters with vectors and without; the weights were fitted with vectors, on these very lines."""
    embedder = open_embedder()
    print("| set | vectors | F1 | recall | recall across | precision |\n|---|---|---|---|---|---|")
    for name, lines, need in _sets():
        bodies, relations = sets.parties((sets.SAMPLE if name == "sample" else sets.LINKING) / "parties.csv")
        for hidden in (False, True):
            shown = [replace(line, item="") for line in lines] if hidden else lines
            rows = _vectors(embedder, [text_of(line) for line in shown])
            found = {line.id: row.tolist() for line, row in zip(shown, rows, strict=True)}
            for told, vectors in (("with", found), ("without", None)):
                problem = LinkageProblem(lines=tuple(shown), bodies=bodies, relations=relations, vectors=vectors)
                cluster = {line: one.id for one in link(problem).clusters for line in one.lines}
                print(f"| {name}{', item hidden' if hidden else ''} | {told} | {' | '.join(_scored(shown, need, cluster))} |", flush=True)
    embedder.close()


def _scored(lines: Sequence[Line], need: Sequence[str], cluster: dict[str, str]) -> list[str]:
    """F1, recall, recall across languages, precision of pairs of lines; questions are in no cluster."""
    pairs = [(i, j) for j in range(len(lines)) for i in range(j)]
    true = {(i, j) for i, j in pairs if need[i] == need[j]}
    put = [cluster.get(line.id, line.id) for line in lines]
    said = {(i, j) for i, j in pairs if put[i] == put[j]}
    across = {(i, j) for i, j in true if lines[i].language != lines[j].language}
    recall, precision = len(true & said) / len(true), len(true & said) / max(1, len(said))
    return [f"{one:.3f}" for one in (2 * recall * precision / (recall + precision), recall, len(across & said) / len(across), precision)]


def model() -> None:
    """Speed and memory of the bundled model in its child, on the sample's lines."""
    begun = time.perf_counter()
    bundled = open_embedder()
    assert isinstance(bundled, Bundled)
    assert not bundled.lacking
    print(f"{bundled.identity}, behind {bundled.walls}; load of this machine {os.getloadavg()[0]:.1f}")
    print(f"start, its file checked and the proof computed: {time.perf_counter() - begun:.2f} s")
    texts = [text_of(line) for line in sets.sample_lines(hide_item=True)]
    child = _child(bundled)
    spent, begun = sum(child.cpu_times()[:2]), time.perf_counter()
    bundled.embed(texts)
    wall, cpu = time.perf_counter() - begun, sum(child.cpu_times()[:2]) - spent
    told = f"{len(set(texts)) / cpu:.0f} a second of processor time ({cpu:.1f} s), {len(set(texts)) / wall:.0f} by the clock ({wall:.1f} s)"
    print(f"{len(set(texts))} different texts of the sample, {statistics.mean(map(len, texts)):.0f} signs on average: {told}")
    singles = []
    for text in texts[:100]:
        begun = time.perf_counter()
        bundled.embed([text])
        singles.append(time.perf_counter() - begun)
    quick = sorted(singles)
    print(f"one text: median {quick[50] * 1000:.0f} ms, p95 {quick[95] * 1000:.0f} ms by the clock")
    print(f"memory after the sample: {_memory(child)}")
    bundled.embed(["中" * 1000] * 2 + ["слово " * 200] * 4)
    print(f"memory after the longest texts: {_memory(child)}; the cap is {bundled.limits.address_space >> 20} MB")
    bundled.close()


def _child(bundled: Bundled) -> psutil.Process:
    """The process that holds the model, behind what walls it in."""
    walls = psutil.Process(bundled.process)
    return max([walls, *walls.children(recursive=True)], key=lambda one: one.memory_info().rss)


def _memory(child: psutil.Process) -> str:
    told = dict(line.split(":", 1) for line in Path(f"/proc/{child.pid}/status").read_text(encoding="utf-8").splitlines() if ":" in line)
    return ", ".join(
        f"{words} {int(told[name].split()[0]) // 1024} MB" for name, words in (("VmRSS", "resident"), ("VmPeak", "address space at most"))
    )


def kept(rows: int) -> bool:
    """Fill the table with vectors, and read sixty of them by the names of their lines, under the policies as the desk does."""
    actor = Actor(
        person=uuid.UUID(int=9), name="bench", organisation=DESK, mechanism=MECHANISM, roles=frozenset({Role.OFFICER}), ceiling=Marking.RED
    )
    with throwaway_cluster() as server, house.connected(server):
        begun = time.perf_counter()
        model = model_key(open_embedder()).hex()
        for first in range(1, rows + 1, FILLED):
            server.execute([FILL.format(first=first, last=min(rows, first + FILLED - 1), model=model)])
        # as the database keeps house by itself after a while
        server.execute(["vacuum (freeze, analyze) linkage_vector"])
        print(f"{rows:,} vectors written and indexed in {time.perf_counter() - begun:.0f} s")
        sizes = "pg_table_size('linkage_vector') as bare, pg_total_relation_size('linkage_vector') as whole"
        [(table, whole)] = server.query()(f"select {sizes}")
        print(f"table {int(table) >> 20} MB, with its indexes {int(whole) >> 20} MB")
        names = [uuid.UUID(str(one)) for [one] in server.query()("select line_id from linkage_vector tablesample system (1) limit 720")]
        times: list[float] = []
        for turn in range(12):
            some = names[turn::12]
            begun = time.perf_counter()
            assert len(vectors_of(actor, some) or {}) == len(some)
            times.append(time.perf_counter() - begun)
    told = f"{statistics.median(times) * 1000:.0f} ms ({min(times) * 1000:.0f} to {max(times) * 1000:.0f})"
    print(f"{len(some)} lines read by name in {told}; load of the machine {os.getloadavg()[0]:.1f}")
    # what else the machine does is not measured: the least of each counts
    return min(times) < SOME_S


def whole_runs() -> bool:
    """The sample in homes of its own, first and again, and its lines from file to file: with vectors and without, in turns."""
    spent: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="sild-bench-") as folder:
        lines = Path(folder, "lines.jsonl")
        lines.write_text("".join(map(_as_json, sets.sample_lines())), encoding="utf-8")
        for turn in range(TURNS):
            for switch in ("off", "on"):
                home, links = (Path(folder, f"{name}-{turn}-{switch}") for name in ("home", "links"))
                files = ("--mechanism", sample.MECHANISM, "--parties", sample.PARTIES)
                _sild(home, switch, "init", *files)
                plain = ("--no-vectors",) if switch == "off" else ()
                steps: dict[str, tuple[str | Path, ...]] = {
                    "run, first time": ("run", sample.INBOX),
                    "run, again": ("run", sample.INBOX),
                    "link": ("link", lines, "--parties", sample.PARTIES, "--out", links, *plain),
                }
                for what, words in steps.items():
                    clock, used = _sild(home, switch, *words)
                    spent[what, switch].append((clock, used))
                    print(f"{what:<16} vectors {switch:<4}{clock:6.1f} s, processor {used:.1f} s", flush=True)
    met = True
    for what in dict.fromkeys(what for what, _switch in spent):
        without, beside = (spent[what, switch] for switch in ("off", "on"))
        more = min(clock for clock, _used in beside) - min(clock for clock, _used in without)
        met &= more <= MORE_S
        told = [f"{min(clock for clock, _ in one):.1f} s (processor {min(used for _, used in one):.1f})" for one in (without, beside)]
        print(f"{what:<16} without vectors {told[0]}, with them {told[1]}: {more:+.1f} s", flush=True)
    print(f"load of this machine {os.getloadavg()[0]:.1f}")
    return met


def _as_json(line: Line) -> str:
    """A line as `sild link` reads it."""
    told = {
        name: getattr(line, name)
        for name in ("id", "kind", "message", "category", "unit", "beneficiary", "provider", "sent_by", "language")
    }
    said = {"text": line.evidence, "quantity": line.quantity and float(line.quantity), "sent_at": line.sent_at and line.sent_at.isoformat()}
    return json.dumps(told | said) + "\n"


def _sild(home: Path, switch: str, *words: str | Path) -> tuple[float, float]:
    """Run `sild`; returns its seconds by the clock, and those of the processor, its children's included."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"SILD_HOME": str(home), "NO_COLOR": "1", "SILD_VECTORS": "" if switch == "on" else switch}
    begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    words = (sys.executable, "-m", "sild", "--plain", *map(str, words))
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"sild {words[4]} ended with {done.returncode}: {(done.stdout + done.stderr)[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - begun, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    """Runs what was asked for, or all of it with a hundred thousand rows."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("what", choices=["all", "words", "links", "model", "run", "kept"], nargs="?", default="all")
    asked.add_argument("rows", type=int, nargs="?", default=100_000)
    told = asked.parse_args()
    lacking = open_embedder().lacking
    if lacking:
        print(lacking)
        return ABSENT
    met = True
    for name, part in (("words", words), ("links", links), ("model", model)):
        if told.what in ("all", name):
            part()
    if told.what in ("all", "run"):
        met = whole_runs()
    if told.what in ("all", "kept"):
        met = kept(told.rows) and met
    return 0 if met else MISSED


if __name__ == "__main__":
    sys.exit(main())
