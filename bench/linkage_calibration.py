#!/usr/bin/env python3
"""How far scores of linking can be trusted as probabilities, above which none was joined wrongly, and what each comparison adds.

    python bench/linkage_calibration.py [--also FOLDER ...]

Everything is judged on what the weights were not fitted on: five folds parted by house, or whole sets left out. The reliability table sets
the probability of a proposed link beside how often it is right; errors of all sets are told by class; the ablation leaves out one
comparison after another, and judges vectors, words and plain keys alone.
"""

from __future__ import annotations

import itertools
import math
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import linkage_sets as sets
from linkage_fit import fit, priors
from linkage_trials import ORDINALS, SHUFFLE, Trial, added, folds, materials, trials
from sild.cores.linkage import Link, Relation, sure
from sild.cores.linkage.method.comparisons import COMPARISONS
from sild.cores.linkage.method.meaning import nearness
from sild.cores.linkage.method.weights import Level, Weights, probability
from sild.cores.linkage.sure import AUTOMATIC

CHOSEN = 0.6  # of one half's true same-as links that a bar must take to be chosen there
BANDS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)
SILENT = ("none", "plain", "two-messages")
TELLING = ("purpose", "item", "place", "rating", "quantity", "meaning")  # what most often tells two asks of one body apart
PLAIN = {"beneficiary and category": ("beneficiary", "category"), "category and quantity": ("category", "quantity")}


def held_out_scores(all_of: Sequence[Trial], judged: Sequence[Trial], prior: Weights) -> list[tuple[float, bool, bool]]:
    """Of every candidate pair of held-out houses: its score, whether it is of one need, and whether it was joined."""
    found = []
    for held in folds(all_of):
        scale = fit([pair for trial in all_of for pair in trial.examples(held)], prior)
        for trial in judged:
            cluster = trial.linked(scale)
            for example in trial.examples():
                a, b = example.lines
                if trial.of.house[a] in held:
                    score = sum(scale.of(*level).bits for level in example.levels)
                    found.append((score, example.same, cluster[a] == cluster[b]))
    return found


def reliability(found: Sequence[tuple[float, bool, bool]]) -> None:
    print("probability said   pairs   of one need   share")
    for low, high in itertools.pairwise(BANDS):
        inside = [same for score, same, _ in found if low <= probability(score) < high or (high == 1.0 and probability(score) == 1.0)]
        if inside:
            print(f"{low:.2f} to {high:.2f}      {len(inside):6d}  {sum(inside):11d}   {sum(inside) / len(inside):.3f}")
    brier = sum((probability(score) - same) ** 2 for score, same, _ in found) / len(found)
    print(f"Brier score {brier:.4f} of {len(found)} pairs")


def automatic(found: Sequence[tuple[float, bool, bool]]) -> None:
    """The lowest score above which no joined pair was of two needs, and how much of the true pairs lies above it."""
    wrong = max((score for score, same, joined in found if joined and not same), default=-math.inf)
    above = sum(same and joined and score > wrong for score, same, joined in found)
    every = sum(same for _, same, _ in found)
    print(f"no false join above {wrong:.1f} bits; {above} of {every} true candidate pairs lie above it ({above / every:.2f})")


def automatic_links(all_of: Sequence[Trial], judged: Sequence[Trial], prior: Weights) -> None:
    """Of the links that a desk may take without asking, the wrong ones; and how many of all true same-as links they are."""
    wrong = taken = every = 0
    for held in folds(all_of):
        scale = fit([pair for trial in all_of for pair in trial.examples(held)], prior)
        for trial in judged:
            trial.linked(scale)
            for told in trial.run.answer().links:
                if told.relation is Relation.SAME_AS and trial.of.house[told.line_b] in held:
                    same = trial.of.need[told.line_a] == trial.of.need[told.line_b]
                    wrong, taken, every = wrong + (sure(told) and not same), taken + (sure(told) and same), every + same
    print(f"taken without asking: {wrong} wrong; {taken} of {every} true same-as links ({taken / every:.2f})")


def automatic_halves(all_of: Sequence[Trial], judged: Sequence[Trial], prior: Weights) -> None:
    """The bar of `sure` is the highest that still takes CHOSEN of one half's true same-as links, none wrongly; proven on the other half.

    Halves are of houses; the weights are fitted without the set that is judged, rules and words were made with all sets seen.
    """
    proposed: list[tuple[str, Link, bool]] = []
    for trial in judged:
        scale = fit([pair for other in all_of if other.of.folder != trial.of.folder for pair in other.examples()], prior)
        trial.linked(scale)
        for told in trial.run.answer().links:
            if told.relation is Relation.SAME_AS:
                proposed.append((trial.of.house[told.line_b], told, trial.of.need[told.line_a] == trial.of.need[told.line_b]))
    houses = sorted({house for house, _, _ in proposed})
    random.Random(SHUFFLE).shuffle(houses)
    halves = [set(houses[::2]), set(houses[1::2])]
    for chosen_on, proven_on in (halves, halves[::-1]):
        bars = [bar for bar in range(9) if _taken(proposed, chosen_on, bar)[0] == 0 and _taken(proposed, chosen_on, bar)[1] >= CHOSEN]
        for bar in [max(bars, default=AUTOMATIC), AUTOMATIC]:
            wrong, share = _taken(proposed, proven_on, bar)
            print(
                f"bar {bar}: on the half it was chosen on {_taken(proposed, chosen_on, bar)}, on the other {wrong} wrong, {share:.2f} taken"
            )


def _taken(proposed: Sequence[tuple[str, Link, bool]], houses: set[str], bar: float) -> tuple[int, float]:
    """Of the links of these houses that would be taken without asking: the wrong ones, and the share of the true ones."""
    inside = [(sure(told) and told.score >= bar, same) for house, told, same in proposed if house in houses]
    return sum(taken and not same for taken, same in inside), sum(taken and same for taken, same in inside) / sum(
        same for _, same in inside
    )


def set_out(all_of: Sequence[Trial], judged: Sequence[Trial], prior: Weights) -> None:
    """Each hand-written set under weights that were fitted on the others; then, over all of them, what false joins and misses rest on."""
    counts = []
    classes: Counter[tuple[str, str]] = Counter()
    for trial in judged:
        counts.append(trial.counts(scale := _without_set(all_of, trial, prior)))
        print(f"{trial.of.title}, weights of the other sets: {counts[-1]}", flush=True)
        classes.update(_errors(trial, scale))
    print(f"all of them: {added(counts)}")
    for (what, why), number in classes.most_common():
        print(f"  {what:<11} {number:4d}  {why}")


def _without_set(all_of: Sequence[Trial], judged: Trial, prior: Weights) -> Weights:
    return fit([pair for other in all_of if other.of.folder != judged.of.folder for pair in other.examples()], prior)


def _errors(trial: Trial, scale: Weights) -> Counter[tuple[str, str]]:
    """Wrongly joined pairs by what was silent or spoke for them, pairs missed by what spoke most against them."""
    cluster = trial.linked(scale)
    told: Counter[tuple[str, str]] = Counter()
    for one, other in itertools.combinations(range(len(trial.ids)), 2):
        a, b = trial.ids[one], trial.ids[other]
        same, joined = trial.of.need[a] == trial.of.need[b], cluster[a] == cluster[b]
        if same == joined or frozenset((a, b)) in trial.of.neutral:
            continue
        weighed = trial.run.levels.get((one, other))
        if weighed is None:
            told["missed" if same else "false join", "no candidates"] += 1
        elif joined:
            silent = [name for name in TELLING if weighed.levels.get(name) in (*SILENT, "unknown")]
            through = "through another line; " if weighed.bits < scale.join else ""
            told["false join", through + (f"silent: {', '.join(silent)}" if silent else "all spoke")] += 1
        else:
            of = {key: scale.of(*key).bits for key in weighed.levels.items() if key[0] != "prior"}
            name, level = min(of, key=lambda key: of[key])
            told["missed", f"{name}: {level}"] += 1
    return told


def without(scale: Weights, names: Iterable[str]) -> Weights:
    """The weights with these comparisons silent."""
    gone = set(names)
    return replace(scale, levels={key: Level(0.0, level.says) if key[0] in gone else level for key, level in scale.levels.items()})


def ablated(all_of: Sequence[Trial], judged: Sequence[Trial], prior: Weights) -> None:
    """Each comparison left out, of the fitting too; its bans stay. Each set is judged under weights of the others, a lean fit."""
    everything = [comparison.name for comparison in COMPARISONS if comparison.name != "prior"]
    for name in ("nothing", *everything):
        left = without(prior, {name})
        counts = []
        for trial in judged:
            others = [other for other in all_of if other.of.folder != trial.of.folder]
            pairs = [_silent(pair, name) for other in others for pair in other.examples()]
            counts.append(trial.counts(without(fit(pairs, left), {name})))
        print(f"without {name:<12} {added(counts)}", flush=True)


def _silent(pair, name: str):  # type: ignore[no-untyped-def]  # bench is not type-checked
    return replace(pair, levels=tuple(level for level in pair.levels if level[0] != name))


def alone(trial: Trial, title: str, near: Callable[[int, int], float], steps: Sequence[float]) -> None:
    """All pairs above the best threshold, chosen on this very set."""
    need, ids = trial.of.need, trial.ids
    scored = []
    for one in range(len(ids)):
        for other in range(one + 1, len(ids)):
            if frozenset((ids[one], ids[other])) not in trial.of.neutral:
                scored.append((near(one, other), need[ids[one]] == need[ids[other]]))
    true = sum(same for _, same in scored)
    best = max(
        ((2 * sum(same for score, same in scored if score >= step)) / (sum(score >= step for score, _ in scored) + true), step)
        for step in steps
    )
    print(f"{trial.of.title}: {title} alone F1 {best[0]:.3f} (best threshold {best[1]:.2f}, chosen on this set)")


def keys_alone(trial: Trial) -> None:
    for title, fields in PLAIN.items():
        told = [tuple(getattr(reading.line, field) for field in fields) for reading in trial.run.readings]
        alone(trial, title, lambda a, b, told=told: float(None not in told[a] and told[a] == told[b]), (1.0,))


def vectors_alone(trial: Trial) -> None:
    told = [reading.meaning for reading in trial.run.readings]
    alone(trial, "vectors", lambda a, b: nearness(told[a], told[b]) or 0.0, [step / 20 for step in range(1, 18)])


def words_alone(trial: Trial) -> None:
    """Cosine of TF-IDF weighted four-letter runs."""
    texts = [Counter(reading.text_key[at : at + 4] for at in range(max(1, len(reading.text_key) - 3))) for reading in trial.run.readings]
    known = Counter(gram for text in texts for gram in text)
    weighed = [{gram: count * math.log(len(texts) / known[gram]) for gram, count in text.items()} for text in texts]
    sizes = [math.sqrt(sum(value * value for value in text.values())) or 1.0 for text in weighed]

    def near(a: int, b: int) -> float:
        small, large = sorted((weighed[a], weighed[b]), key=len)
        return sum(value * large.get(gram, 0.0) for gram, value in small.items()) / (sizes[a] * sizes[b])

    alone(trial, "TF-IDF", near, [step / 20 for step in range(1, 15)])


def main() -> int:
    if not sets.LINKING.exists():
        print(sets.ABSENT)
        return 3
    also = sets.folders_after("--also")
    prior = priors()
    titles = ("linking set, item hidden", *(f"{name} set, item hidden" for name in ORDINALS), "sample odd")
    all_of = trials(prior, materials(also))
    lean = [trial for trial in all_of if trial.of.title in titles]
    judged = [trial for trial in lean if trial.of.folder != sets.SAMPLE]
    found = held_out_scores(all_of, judged, prior)
    reliability(found)
    automatic(found)
    automatic_links(all_of, judged, prior)
    set_out(all_of, judged, prior)
    automatic_halves(all_of, judged, prior)
    ablated(lean, judged, prior)
    for trial in judged:
        vectors_alone(trial)
        words_alone(trial)
        keys_alone(trial)
    return 0


if __name__ == "__main__":
    sys.exit(main())
