"""Material on which the weights of linkage are fitted and judged: lines with their needs, weighed once, clustered under many weights.

Folds are parted by house (the body at the top of a need's line of command), so that no body is both learned from and judged. Judged is the
whole set as it is linked together: a pair counts in a fold with the share of its two lines that stand in held-out houses.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import linkage_sets as sets
from sild.cores.linkage import Line, LinkageProblem
from sild.cores.linkage.method import Run, Weighed
from sild.cores.linkage.method.comparisons import bits
from sild.cores.linkage.method.meaning import text_of
from sild.cores.linkage.method.weights import Weights
from sild.vectors import open_embedder

Key = tuple[str, str]
FOLDS = 5
SHUFFLE = 7  # seed of the folds
NOISE_SEEDS = (100, 101, 102)
STRAY_SEEDS = (201, 202, 203)
ORDINALS = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth")


@dataclass(frozen=True)
class Example:
    """One candidate pair: its levels, its lines and whether they are of one need."""

    levels: tuple[Key, ...]
    lines: tuple[str, str]
    same: bool


@dataclass(frozen=True)
class Material:
    """Lines with their needs; `house` parts them into folds."""

    title: str
    lines: tuple[Line, ...]
    need: Mapping[str, str]
    house: Mapping[str, str]
    folder: Path
    neutral: frozenset[frozenset[str]] = frozenset()
    missing: frozenset[str] = frozenset()
    vectors: bool = True

    def problem(self) -> LinkageProblem:
        bodies, relations = sets.parties(self.folder / "parties.csv")
        bodies = tuple(body for body in bodies if body.id not in self.missing)
        relations = tuple(one for one in relations if not {one.lower, one.upper} & self.missing)
        told = vectors_of(self.lines) if self.vectors else None
        return LinkageProblem(lines=self.lines, bodies=bodies, relations=relations, vectors=told)


@cache
def _vector(text: str) -> tuple[float, ...] | None:
    (found,) = _embedder().embed([text])
    return None if found is None else tuple(found)


@cache
def _embedder():  # type: ignore[no-untyped-def]  # an Embedder; bench is not type-checked
    return open_embedder()


def vectors_of(lines: Iterable[Line]) -> dict[str, tuple[float, ...]]:
    told = {line.id: _vector(text_of(line)) for line in lines}
    return {line: vector for line, vector in told.items() if vector is not None}


def material(title: str, folder: Path, lines: Sequence[Line], need: Mapping[str, str]) -> Material:
    _, relations = sets.parties(folder / "parties.csv")
    upper = {relation.lower: relation.upper for relation in relations}
    told: dict[str, Counter[str]] = {}
    for line in lines:
        if line.beneficiary or line.provider:
            told.setdefault(need[line.id], Counter())[line.beneficiary or line.provider or ""] += 1
    house = {}
    for line in lines:
        top = told[need[line.id]].most_common(1)[0][0] if need[line.id] in told else line.sent_by or ""
        while top in upper:
            top = upper[top]
        house[line.id] = top
    path = folder / "neutral.tsv"
    pairs = [row.split("\t")[:2] for row in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []
    return Material(title, tuple(lines), need, house, folder, frozenset(frozenset(pair) for pair in pairs))


def strayed(of: Material, title: str, seed: int) -> Material:
    """The same lines where a fifth of the bodies is in no register; their houses stay those of the true bodies."""
    bodies, _ = sets.parties(of.folder / "parties.csv")
    lines, missing = sets.unlisted(of.lines, bodies, seed)
    return replace(of, title=title, lines=tuple(lines), missing=missing)


def materials(also: Sequence[Path] = ()) -> list[Material]:
    """The linking set (with and without its English item, with noise, with bodies in no register), the odd messages likewise.

    The sets without their item, and the odd messages, stand there with vectors and without. `also`: the folders of further linking sets.
    """
    truth = {row["id"]: row["need"] for row in sets.rows(sets.LINKING / "lines.jsonl")}
    plain, hidden = sets.linking_lines(), sets.linking_lines(hide_item=True)
    whole = material("linking set", sets.LINKING, plain, truth)
    bare = material("linking set, item hidden", sets.LINKING, hidden, truth)
    noisy = material("linking set, noise", sets.LINKING, sets.noisy(plain, NOISE_SEEDS[0]), truth)
    needs = {row["id"]: row["need"] for row in sets.rows(sets.SAMPLE / "truth.jsonl")}
    odd_lines = [line for line in sets.sample_lines() if int(line.message[:4]) % 2 == 1]
    odd = material("sample odd", sets.SAMPLE, odd_lines, needs)
    drawn = [material(f"sample odd, noise {seed}", sets.SAMPLE, sets.noisy(odd_lines, seed), needs) for seed in NOISE_SEEDS]
    with_vectors = [
        *(whole, bare, noisy, strayed(whole, "linking set, strayed", 200), odd, *drawn),
        *(strayed(odd, f"sample odd, strayed {seed}", seed) for seed in STRAY_SEEDS),
    ]
    without = [replace(of, title=f"{of.title}, no vectors", vectors=False) for of in (bare, noisy, odd)]
    return [*with_vectors, *without, *(one for place, folder in enumerate(also) for one in _further(ORDINALS[place], folder))]


def _further(name: str, folder: Path) -> list[Material]:
    truth = {row["id"]: row["need"] for row in sets.rows(folder / "lines.jsonl")}
    whole = material(f"{name} set", folder, sets.linking_lines(folder=folder), truth)
    bare = material(f"{name} set, item hidden", folder, sets.linking_lines(hide_item=True, folder=folder), truth)
    noisy = material(f"{name} set, noise", folder, sets.noisy(whole.lines, NOISE_SEEDS[0]), truth)
    return [whole, bare, noisy, replace(bare, title=f"{name} set, item hidden, no vectors", vectors=False)]


@dataclass
class Counts:
    """Of pairs right, said, true; of pairs in two languages, look-alikes and relations the right ones and all."""

    found: Counter[str] = field(default_factory=Counter)

    def share(self, part: str, whole: str) -> float:
        return self.found[part] / self.found[whole] if self.found[whole] else float("nan")

    @property
    def f1(self) -> float:
        return 2 * self.found["right"] / max(1e-9, self.found["said"] + self.found["true"])

    def __str__(self) -> str:
        told = f"P {self.share('right', 'said'):.3f} R {self.share('right', 'true'):.3f} F1 {self.f1:.3f}"
        told += f" cross {self.share('cross', 'crosses'):.3f}"
        if self.found["alikes"]:
            told += f" apart {self.share('apart', 'alikes'):.3f} relation {self.share('relation', 'relations'):.3f}"
        return told


class Trial:
    """One material, its pairs weighed once."""

    def __init__(self, of: Material, scale: Weights) -> None:
        self.of = of
        self.run = Run(of.problem(), scale)
        self.run.score()
        self.met = frozenset(self.run.levels)  # who asks for a relation weighs further pairs; they are no candidates
        self.ids = [reading.line.id for reading in self.run.readings]
        self.language = {reading.line.id: reading.line.language for reading in self.run.readings}
        self.alikes: list[tuple[str, str]] = []
        self.relation: dict[str, str | None] = {}
        if of.folder != sets.SAMPLE:
            rows = (of.folder / "pairs.tsv").read_text(encoding="utf-8").splitlines()[1:]
            self.alikes = [tuple(row.split("\t")[:2]) for row in rows]
            self.relation = {row["id"]: row["relation"] for row in sets.rows(of.folder / "lines.jsonl")}

    def examples(self, held: Iterable[str] = ()) -> list[Example]:
        """The candidate pairs of which no line stands in a held-out house."""
        held, found = set(held), []
        for (one, other), weighed in sorted(self.run.levels.items()):
            a, b = self.ids[one], self.ids[other]
            if frozenset((a, b)) not in self.of.neutral and not {self.of.house[a], self.of.house[b]} & held:
                found.append(Example(tuple(weighed.levels.items()), (a, b), self.of.need[a] == self.of.need[b]))
        return found

    def linked(self, scale: Weights) -> dict[str, int]:
        """Line to cluster under other weights."""
        run = self.run
        run.scale = scale
        run.kinds = {how: Weighed(weighed.levels, bits(weighed.levels, scale)) for how, weighed in run.kinds.items()}
        side = [reading.side for reading in run.readings]
        run.levels = {pair: run.kinds[side[pair[0]], *weighed.levels.values()] for pair, weighed in run.levels.items() if pair in self.met}
        run.join()
        return {self.ids[index]: number for number, members in enumerate(run.clusters) for index in members}

    def counts(self, scale: Weights, held: Iterable[str] | None = None) -> Counts:
        """The figures under these weights; with `held`, of the held-out houses."""
        cluster = self.linked(scale)
        house, need = self.of.house, self.of.need
        inside = set(house.values()) if held is None else set(held)
        told: Counter[str] = Counter()
        for place, one in enumerate(self.ids):
            for other in self.ids[place + 1 :]:
                weight = ((house[one] in inside) + (house[other] in inside)) / 2
                if weight and frozenset((one, other)) not in self.of.neutral:
                    same, joined = need[one] == need[other], cluster[one] == cluster[other]
                    told.update({"right": weight * (same and joined), "said": weight * joined, "true": weight * same})
                    if same and self.language[one] != self.language[other]:
                        told.update({"cross": weight * joined, "crosses": weight})
        for one, other in self.alikes:
            told.update({"apart": (cluster[one] != cluster[other]) * (house[one] in inside), "alikes": house[one] in inside})
        told.update(self._relations(cluster, inside))
        return Counts(told)

    def _relations(self, cluster: Mapping[str, int], inside: set[str]) -> Counter[str]:
        """Of the lines that were put with the first line of their need, how many say rightly how they stand to it."""
        told: Counter[str] = Counter()
        first: dict[str, str] = {}
        for line in sorted(self.relation):
            if self.relation[line] is None:
                first.setdefault(self.of.need[line], line)
        starts = {index: members[0] for members in self.run.clusters for index in members[1:]}
        said = {self.ids[index]: str(self.run.relation_of(start, index)) for index, start in starts.items()}
        for line, true in self.relation.items():
            if true and self.of.house[line] in inside and cluster[line] == cluster[first[self.of.need[line]]]:
                told.update({"relation": said.get(line) == true, "relations": 1})
        return told


def trials(scale: Weights, of: Sequence[Material] | None = None) -> list[Trial]:
    return [Trial(one, scale) for one in (of if of is not None else materials())]


def folds(trials_: Iterable[Trial], seed: int = SHUFFLE) -> list[set[str]]:
    """The houses of the hand-written sets in five parts."""
    houses = sorted({house for trial in trials_ if trial.of.folder != sets.SAMPLE for house in trial.of.house.values()})
    random.Random(seed).shuffle(houses)
    return [set(houses[number::FOLDS]) for number in range(FOLDS)]


def added(counts: Iterable[Counts]) -> Counts:
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one.found)
    return Counts(total)
