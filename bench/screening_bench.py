#!/usr/bin/env python3
"""Screening, measured: what is found and what is wrong of labelled pairs, beside exact match and plain fuzzy ratios; and how quick it is.

    python bench/screening_bench.py                         quality on all sets, times at 1,000 and 10,000 names
    python bench/screening_bench.py times 1000 200000       times at these numbers of names
    python bench/screening_bench.py quality --misses        quality, with each pair that was missed or wrongly hit

Sets: pairs written by hand (screening_pairs.yaml), whose misses were looked at while the method was made; names of the sample's bodies in
the spellings of seven languages; people of febrl and of the Splink examples, whose second records hold typing errors;
groups that two public catalogues describe, matched by the number of the group. The last three stand beside the checkout, or are skipped.
In each set every query meets every entry, and a hit of a pair that no label joins counts as wrong; of the pairs by hand, whose rows
share names, only those that stand there are judged. Peers get the threshold that is best for
them on that very set; the method keeps its one.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from anyascii import anyascii
from rapidfuzz import fuzz, process

from sild import sample
from sild.cores.extraction.fields.transliteration import foreign_spellings
from sild.cores.screening import Entry, Kind, ListIndex, Party, screen_against

HERE = Path(__file__).resolve().parent
DATA = HERE.parent.parent / "shared" / "data"
GRID = (70, 75, 80, 85, 90, 95)
SOME_PARTIES = 200


@dataclass(frozen=True)
class LabelledSet:
    """Parties, entries, the pairs that are one by kind, and pairs that are certainly not."""

    name: str
    parties: tuple[Party, ...]
    entries: tuple[Entry, ...]
    same: Mapping[tuple[str, str], str]
    apart: frozenset[tuple[str, str]] = frozenset()


Pairs = set[tuple[str, str]]


def by_hand() -> LabelledSet:
    """The hand-written pairs; one list of all names on the right side."""
    told = yaml.safe_load((HERE / "screening_pairs.yaml").read_text(encoding="utf-8"))
    rows = [(kind, *row) for kind, pairs in told["same"].items() for row in pairs]
    every = [*rows, *(("others", *row) for row in told["others"])]
    left, right = (
        {name: f"{side}{at}" for at, name in enumerate(dict.fromkeys(row[place] for row in every))} for side, place in (("p", 1), ("e", 2))
    )
    same = {(left[one], right[other]): kind for kind, one, other in rows}
    apart = frozenset((left[one], right[other]) for one, other in told["others"])
    parties = tuple(Party(id=key, names=(name,)) for name, key in left.items())
    return LabelledSet("by hand", parties, tuple(Entry(id=key, names=(name,)) for name, key in right.items()), same, apart)


def spellings() -> LabelledSet:
    """Ukrainian names of the sample's bodies as other languages spell them, by the tables of another core, against the names."""
    with sample.PARTIES.open(encoding="utf-8", newline="") as file:
        told = [name.strip() for row in csv.DictReader(file) for name in row["names_uk"].split(";") if len(name.strip()) > 9]
    names = [name for name in dict.fromkeys(told) if any("а" <= char <= "ї" for char in name.lower())]
    entries = {name: f"e{at}" for at, name in enumerate(names)}
    parties, same = [], {}
    for name, entry in entries.items():
        for spelling in sorted(foreign_spellings(name)):
            key = f"{entry}-{len(parties)}"
            parties.append(Party(id=key, names=(spelling,)))
            same[key, entry] = "spellings"
    return LabelledSet("spellings", tuple(parties), tuple(Entry(id=key, names=(name,)) for name, key in entries.items()), same)


def people_of(name: str, rows: Sequence[tuple[str, str, str]]) -> LabelledSet:
    """(record, person, name): the first record of a person is on the list, each further one a query."""
    first: dict[str, str] = {}
    parties, entries, same = [], [], {}
    names: dict[str, str] = {}
    for record, person, told in rows:
        names[record] = told
        if person not in first:
            first[person] = record
            entries.append(Entry(id=record, names=(told,), kind=Kind.PERSON))
        else:
            parties.append(Party(id=record, names=(told,), kind=Kind.PERSON))
            same[record, first[person]] = "typing errors"
    # two people of one name are no fault of a comparison of names
    by_name: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        by_name[names[entry.id]].append(entry.id)
    for record, listed in list(same):
        for other in by_name[names[record]] + by_name[names[listed]]:
            same.setdefault((record, other), "a namesake")
    return LabelledSet(name, tuple(parties), tuple(entries), same)


def febrl() -> LabelledSet:
    """People of febrl's second set, of whom both names are told."""
    with (DATA / "er_febrl" / "dataset2.csv").open(encoding="utf-8") as file:
        rows = [
            (row["rec_id"], row["rec_id"].split("-")[1], f"{row['given_name']} {row['surname']}".title())
            for row in ({key.strip(): value.strip() for key, value in row.items()} for row in csv.DictReader(file))
            if row["given_name"] and row["surname"]
        ]
    return people_of("febrl", sorted(rows, key=lambda row: "-org" not in row[0]))


def splink() -> LabelledSet:
    """People of the Splink example, of whom both names are told."""
    with (DATA / "er_splink" / "data" / "fake_1000.csv").open(encoding="utf-8") as file:
        told = [row for row in csv.DictReader(file) if row["first_name"] and row["surname"]]
    return people_of("splink", [(row["unique_id"], row["cluster"], f"{row['first_name']} {row['surname']}") for row in told])


def groups() -> LabelledSet:
    """Groups of one catalogue against those of another, joined by the number that both print; names alone are compared."""
    entries = []
    for path in sorted((DATA / "mitre_cti_groups_campaigns" / "intrusion-set").glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))["objects"][0]
        numbers = [one["external_id"] for one in told.get("external_references", []) if one.get("source_name") == "mitre-attack"]
        if numbers and not told.get("revoked"):
            entries.append(Entry(id=numbers[0], names=tuple(dict.fromkeys((told["name"], *told.get("aliases", ()))))))
    known = {entry.id for entry in entries}
    parties, same = [], {}
    clusters = json.loads((DATA / "misp_galaxy" / "clusters" / "threat-actor.json").read_text(encoding="utf-8"))["values"]
    for place, told in enumerate(clusters):
        synonyms = told.get("meta", {}).get("synonyms", [])
        numbers = {name for name in synonyms if name in known} | {
            part
            for ref in told.get("meta", {}).get("refs", [])
            if "attack.mitre.org/groups/" in ref
            for part in ref.split("/")
            if part in known
        }
        if not numbers:
            # nobody wrote down which group of the other catalogue it is, if any
            continue
        parties.append(Party(id=f"m{place}", names=tuple(name for name in (told["value"], *synonyms) if name not in known)))
        same |= {(f"m{place}", number): "two catalogues" for number in numbers}
    return LabelledSet("groups", tuple(parties), tuple(entries), same)


def by_method(told: LabelledSet) -> Pairs:
    """What screening finds."""
    return {(hit.party, hit.entry) for hit in screen_against(ListIndex(told.entries), told.parties).hits}


def by_ratio(told: LabelledSet, clean: Callable[[str], str], threshold: int) -> Pairs:
    """A plain fuzzy ratio of sorted words, over all pairs of names."""
    held = [(entry.id, clean(name)) for entry in told.entries for name in entry.names]
    found: Pairs = set()
    for party in told.parties:
        asked = [clean(name) for name in party.names]
        scores = process.cdist(asked, [name for _id, name in held], scorer=fuzz.token_sort_ratio, score_cutoff=threshold, workers=1)
        found |= {(party.id, held[at][0]) for at in np.flatnonzero(scores.max(axis=0) >= threshold)}
    return found


def by_equal(told: LabelledSet) -> Pairs:
    """Names that are equal but for their case."""
    held: dict[str, set[str]] = defaultdict(set)
    for entry in told.entries:
        for name in entry.names:
            held[name.casefold()].add(entry.id)
    return {(party.id, entry) for party in told.parties for name in party.names for entry in held.get(name.casefold(), ())}


def figures(found: Pairs, told: LabelledSet) -> tuple[float, float, float]:
    """Precision, recall and F1 by pairs."""
    right = len(found & set(told.same))
    precision, recall = right / len(found) if found else 1.0, right / len(told.same)
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


def best_ratio(told: LabelledSet, clean: Callable[[str], str]) -> tuple[int, Pairs]:
    """The threshold of the grid that serves the ratio best, with what it finds."""
    tried = [(threshold, by_ratio(told, clean, threshold)) for threshold in GRID]
    return max(tried, key=lambda one: (figures(one[1], told)[2], one[0]))


def quality(misses: bool) -> None:
    """Precision, recall and F1 of the method and its peers on every set that is there, and the recall by kind."""
    sets = [by_hand(), spellings()]
    for name, load in (("er_febrl", febrl), ("er_splink", splink), ("misp_galaxy", groups)):
        if (DATA / name).exists():
            sets.append(load())
        else:
            print(f"{name}: not beside this checkout, skipped")
    for told in sets:
        print(f"\n{told.name}: {len(told.parties)} parties, {len(told.entries)} entries, {len(told.same)} pairs are one")
        latin, plain = best_ratio(told, lambda name: anyascii(name).casefold()), best_ratio(told, str.casefold)
        declared = set(told.same) | told.apart
        answers = {
            "screening": by_method(told),
            f"ratio of Latin letters, best at {latin[0]}": latin[1],
            f"ratio as written, best at {plain[0]}": plain[1],
            "equal names": by_equal(told),
        }
        if told.apart:
            # rows share names: only the pairs that a row speaks of are judged
            answers = {name: found & declared for name, found in answers.items()}
        for name, found in answers.items():
            precision, recall, f1 = figures(found, told)
            apart = f", look-alikes apart {1 - len(found & told.apart) / len(told.apart):.3f}" if told.apart else ""
            print(f"  {name:38} precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}{apart}")
        kinds = sorted(set(told.same.values()))
        for kind in kinds if len(kinds) > 1 else []:
            wanted = {pair for pair, held in told.same.items() if held == kind}
            shares = ", ".join(f"{name.split(',')[0]} {len(found & wanted) / len(wanted):.3f}" for name, found in answers.items())
            print(f"    recall, {kind} ({len(wanted)}): {shares}")
        if misses:
            _print_misses(told, answers["screening"])


def _print_misses(told: LabelledSet, found: Pairs) -> None:
    names = {one.id: " / ".join(one.names[:6]) for one in (*told.parties, *told.entries)}
    for what, pairs in (("missed", set(told.same) - found), ("wrong", found - set(told.same))):
        for party, entry in sorted(pairs)[:80]:
            print(f"    {what}: {names[party]}  |  {names[entry]}  {told.same.get((party, entry), '')}")


SYLLABLES = str.split("ka ro mi ten sha vol dny gri pol zen bar lu tsi mar ko hel ny sta vi dro kha ye zor pe ba lin gra che ru sil")
TAILS = str.split("enko chuk ov ski berg mann sen ia prom tech export stal neft invest trade bank")


def made_up(count: int, seed: int = 7) -> Iterator[Entry]:
    """Entries with invented names: most people and companies of two to four words, drawn from a large stock of words and a small one."""
    chance = np.random.default_rng(seed)
    stock = [
        "".join(SYLLABLES[at] for at in chance.integers(0, len(SYLLABLES), size)) for size in chance.integers(1, 4, max(count // 4, 200))
    ]
    stock = [word + TAILS[at] for word, at in zip(stock, chance.integers(0, len(TAILS), len(stock)), strict=True)]
    usual = ["Oleksandr", "Ivan", "Maria", "Trading", "International", "Group", "Holding", "Bank", "Andrei", "Natalia", "Union", "Invest"]
    for number in range(count):
        often = min(int(chance.zipf(1.3)) - 1, len(stock) - 1) if chance.random() < 0.3 else int(chance.integers(0, len(stock)))
        words = [stock[often]]
        for _word in range(int(chance.integers(1, 4))):
            held = usual if chance.random() < 0.6 else stock
            words.append(held[int(chance.integers(0, len(held)))])
        yield Entry(id=f"e{number}", names=(" ".join(words).title(),))


def times(sizes: Sequence[int]) -> None:
    """Laying a list out, and screening parties of four names each against it; beside a ratio over all names."""
    for size in sizes:
        entries = tuple(made_up(size))
        begun = time.process_time()
        index = ListIndex(entries)
        laid = time.process_time() - begun
        chance = np.random.default_rng(3)
        parties = []
        for number in range(SOME_PARTIES):
            own = [entries[int(at)].names[0] for at in chance.integers(0, size, 2)]
            parties.append(Party(id=f"p{number}", names=(own[0], own[1][:-1], f"{own[0].split()[0]} Foundation", f"Zahid {number} Servis")))
        took = []
        for party in parties:
            begun = time.perf_counter()
            screen_against(index, (party,))
            took.append(1000 * (time.perf_counter() - begun))
        held = [name.casefold() for entry in entries for name in entry.names]
        begun = time.perf_counter()
        for party in parties[:5]:
            for name in party.names:
                process.extract(name.casefold(), held, scorer=fuzz.token_sort_ratio, score_cutoff=85, limit=None)
        ratio = 200 * (time.perf_counter() - begun)
        took.sort()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{size} names: laid out in {laid:.1f} s of processor; a party of four names median {statistics.median(took):.1f} ms,"
            f" p95 {took[int(0.95 * len(took))]:.1f} ms, longest {took[-1]:.1f} ms; ratio over all names {ratio:.0f} ms; peak {memory} MB"
        )


def main() -> None:
    """Read what is asked and measure it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=("all", "quality", "times"), default="all")
    parser.add_argument("sizes", nargs="*", type=int, default=[])
    parser.add_argument("--misses", action="store_true")
    asked = parser.parse_args()
    if asked.what in ("all", "quality"):
        quality(asked.misses)
    if asked.what in ("all", "times"):
        times(asked.sizes or (1_000, 10_000))


if __name__ == "__main__":
    main()
