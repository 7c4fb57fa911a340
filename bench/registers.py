"""Large registers of lines as a desk reads them, with the truth of which lines speak of one need: 1,000 to 1,000,000 lines, from a seed.

    python bench/registers.py 100000 --seed 7 --out lines.jsonl --parties parties.csv

Names of bodies and things in seven languages; amounts, dates, letter numbers, threads; resends, relays in another language, escalations,
changed amounts, parts, withdrawals; second batches, near-misses (another thing in the same letter, the same thing for a neighbour);
and the mistakes of reading: a body lost, misread or not resolved, a wrong category, a lost amount. `generate` gives columns (a million
lines in seconds), `rows` the fields of `sild link` line by line, `lines` those of the core. The same number of lines and seed give the
same register.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from sild.cores.linkage import Line

WORDS = Path(__file__).with_name("register_words.yaml")
START = date(2025, 1, 1)
DAYS = 720  # needs are first told within these; later tellings follow
TELLINGS = (0.50, 0.25, 0.13, 0.07, 0.05)  # how often a need is told once, twice, ... five times
MEAN_TELLINGS = sum(times * share for times, share in enumerate(TELLINGS, start=1))
LINES_A_BODY = 30
UNEVEN = 0.6  # bodies ask as rank to the power of minus this: a few ask often, most seldom

OWN, BESIDE, NEIGHBOUR, BATCH = range(4)
KIN_SHARES = (0.70, 0.12, 0.10, 0.08)  # of needs; the last three stand near the need before them
HOWS = ("first", "resend", "relay", "again", "escalates", "supersedes", "part-of", "withdraws")
FIRST, RESEND, RELAY, AGAIN, ESCALATES, SUPERSEDES, PART, WITHDRAWS = range(8)
HOW_SHARES = (0.0, 0.12, 0.42, 0.20, 0.09, 0.09, 0.05, 0.03)
RELATIONS = ("same-as", "escalates", "supersedes", "part-of", "withdraws")
PARTY_LANGUAGES = ("uk", "en", "pl", "de", "et", "fr", "sv")
KINDS = ("request", "update", "withdrawal")

LOST_BODY, UNRESOLVED_BODY, WRONG_BODY = 0.06, 0.07, 0.02
WRONG_CATEGORY, LOST_QUANTITY, WRONG_PURPOSE, LOST_PLACE, LOST_UNIT, LOST_PURPOSE = 0.08, 0.10, 0.04, 0.25, 0.15, 0.35
NUMBERED, CITES, THREADED, DATED, MOVED = 0.45, 0.35, 0.40, 0.50, 0.08
TYPO = 0.06

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of words: a code for each line into `words`, -1 where the line does not say."""

    codes: Ints
    words: list[str]

    def texts(self) -> list[str | None]:
        """The word of each line, None where it does not say."""
        return [None if code < 0 else self.words[code] for code in self.codes.tolist()]


@dataclass(frozen=True, slots=True)
class Register:
    """Lines in order of time. `words` are columns of words, `numbers` of numbers (-1, or NaN for quantity, where unknown).

    numbers: `message` and `digest` (equal where one message holds several lines, or came again byte for byte), `day` and `needed_by`
    (days after `START`), `quantity`, `additional` (1 where the line calls itself a further batch), `thread`; and the truth: `need`.
    words: `kind`, `body`, `sent_by`, `item`, `category`, `unit`, `reference`, `place`, `purpose`, `language`; and the truth: `relation`.
    """

    seed: int
    words: Mapping[str, Coded]
    numbers: Mapping[str, NDArray[Any]]
    bodies: list[dict[str, str]]

    def __len__(self) -> int:
        return len(self.numbers["need"])

    def ids(self) -> list[str]:
        """The ids of the lines, in order of time."""
        return [f"line-{place:07d}" for place in range(len(self))]

    def true_pairs(self) -> int:
        """How many pairs of lines speak of one need."""
        sizes = np.bincount(self.numbers["need"])
        return int((sizes * (sizes - 1) // 2).sum())


@cache
def vocabulary() -> dict[str, Any]:
    """The words that registers are made of, read once."""
    words: dict[str, Any] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return words


def generate(lines: int, seed: int = 0) -> Register:
    """A register of exactly `lines` lines."""
    rng = np.random.default_rng([seed, lines])
    words = vocabulary()
    towns, layers = len(words["towns"]), max(2, -(-lines // (LINES_A_BODY * len(words["towns"]))))
    needs = _needs(rng, words, lines, towns, layers)
    told = _tellings(rng, words, needs, lines)
    order = np.lexsort((rng.permutation(lines), told["day"]))
    told = {name: column[order] for name, column in told.items()}
    names = _Names(words, towns, layers)
    coded = {
        "kind": Coded(told["kind"], list(KINDS)),
        "body": _coded(told["body"], names.body),
        "sent_by": _coded(told["sent_by"], names.sender),
        "item": _coded(told["item"], names.item),
        "category": Coded(told["category"], names.categories),
        "unit": _coded(told["unit"], lambda thing: str(words["things"][thing]["unit"])),
        "reference": _coded(told["reference"], names.reference),
        "place": Coded(told["place"], [town["en"] for town in words["towns"]]),
        "purpose": Coded(told["purpose"], [purpose["en"] for purpose in words["purposes"]]),
        "language": Coded(told["language"], words["languages"]),
        "relation": Coded(told["relation"], list(RELATIONS)),
    }
    plain = ("message", "digest", "day", "needed_by", "quantity", "additional", "thread", "need", "how", "cue")
    return Register(seed, coded, {name: told[name] for name in plain}, names.parties())


def _coded(keys: Ints, spell: Callable[[int], str]) -> Coded:
    """Words spelled once for each key that occurs; a negative key is no word."""
    found, codes = np.unique(keys, return_inverse=True)
    known = found >= 0
    spelled = [spell(key) for key in found[known].tolist()]
    distinct = {word: place for place, word in enumerate(dict.fromkeys(spelled))}
    places = np.full(len(found), -1, dtype=np.int64)
    places[known] = [distinct[word] for word in spelled]
    return Coded(places[codes.reshape(-1)], list(distinct))


def _needs(rng: np.random.Generator, words: Mapping[str, Any], lines: int, towns: int, layers: int) -> dict[str, NDArray[Any]]:
    """What is needed: body, thing, amount, first day, how many tellings; and how it stands to the need before it."""
    most = int(lines / MEAN_TELLINGS * 1.05) + 200
    times = rng.choice(len(TELLINGS), size=most, p=TELLINGS) + 1
    count = int(np.searchsorted(np.cumsum(times), lines)) + 1
    times = times[:count].copy()
    times[-1] -= int(times.sum()) - lines
    weights = (np.arange(towns * layers) + 3.0) ** -UNEVEN
    body = rng.permutation(towns * layers)[rng.choice(towns * layers, size=count, p=weights / weights.sum())]
    thing = rng.integers(len(words["things"]), size=count)
    day = rng.integers(DAYS, size=count)
    kin = rng.choice(4, size=count, p=KIN_SHARES)
    kin[0] = OWN
    kin[1:][kin[:-1] != OWN] = OWN  # a need stands near one that stands for itself, so the one before decides
    near = np.flatnonzero(kin)
    body[near], day[near] = body[near - 1], day[near - 1]
    same = np.flatnonzero((kin == NEIGHBOUR) | (kin == BATCH))
    thing[same] = thing[same - 1]
    beside = np.flatnonzero(kin == BESIDE)
    thing[beside] = (thing[beside - 1] + rng.integers(1, 4, size=len(beside))) % len(words["things"])
    amount = _amounts(rng, words, thing)
    neighbours = np.flatnonzero(kin == NEIGHBOUR)
    amount[neighbours] = amount[neighbours - 1]
    moved = (body[neighbours] // towns + rng.integers(1, layers, size=len(neighbours))) % layers
    body[neighbours] = moved * towns + body[neighbours] % towns
    batches = np.flatnonzero(kin == BATCH)
    day[batches] += rng.integers(30, 200, size=len(batches))
    purpose = rng.integers(len(words["purposes"]), size=count)
    deadline = day + rng.integers(30, 200, size=count)
    return {
        "purpose": purpose,
        "body": body,
        "thing": thing,
        "amount": amount,
        "day": day,
        "kin": kin,
        "times": times,
        "deadline": deadline,
    }


def _amounts(rng: np.random.Generator, words: Mapping[str, Any], thing: Ints) -> Floats:
    """Amounts between the usual least and most of a thing, small ones oftener, six of ten round."""
    least, most = (np.array([float(one["amounts"][end]) for one in words["things"]])[thing] for end in (0, 1))
    step = np.array([float(one["step"]) for one in words["things"]])[thing]
    amount = np.rint(least * (most / least) ** rng.random(len(thing)))
    step = np.where(amount >= 10 * step, 5 * step, step)
    rounded = np.maximum(step, np.rint(amount / step) * step)
    told: Floats = np.where((rng.random(len(thing)) < 0.6) & (amount >= step), rounded, amount)
    return told


def _tellings(rng: np.random.Generator, words: Mapping[str, Any], needs: Mapping[str, Any], lines: int) -> dict[str, NDArray[Any]]:
    """The lines of all needs, need by need; resends are copies of the line before them, but for their day and message."""
    need = np.repeat(np.arange(len(needs["times"])), needs["times"])
    first = np.cumsum(needs["times"]) - needs["times"]
    rank = np.arange(lines) - first[need]
    last = rank == needs["times"][need] - 1
    how = np.where(rank == 0, FIRST, rng.choice(len(HOWS), size=lines, p=HOW_SHARES))
    how = np.where((how == WITHDRAWS) & ~last, AGAIN, how)
    letter = need - (needs["kin"][need] == BESIDE)  # a need told beside another stands in the same letters, as long as both are told
    gaps = rng.exponential(25.0, size=(len(needs["times"]), len(TELLINGS))).astype(np.int64) + 1
    gaps[:, 0] = 0
    told: dict[str, NDArray[Any]] = {"need": need, "how": how, "message": letter * 8 + rank, "digest": letter * 8 + rank}
    told["day"] = needs["day"][need] + np.cumsum(gaps, axis=1)[letter, rank]
    told["kind"] = np.select([how == SUPERSEDES, how == WITHDRAWS], [1, 2], 0)
    told["additional"] = ((needs["kin"][need] == BATCH) & (rank == 0)).astype(np.int64)
    told["relation"] = np.select([how == FIRST, how == ESCALATES, how == SUPERSEDES, how == PART, how == WITHDRAWS], [-1, 1, 2, 3, 4], 0)
    told["cue"] = told["relation"]  # in the words of a letter; a resend has those of the letter that it repeats
    told |= _voices(rng, words, needs, need, how)
    told |= _contents(rng, words, needs, told, first)
    source = np.maximum.accumulate(np.where(how == RESEND, 0, np.arange(lines)))
    own = {"need", "how", "message", "day", "relation"}
    return {name: column if name in own else column[source] for name, column in told.items()}


def _voices(rng: np.random.Generator, words: Mapping[str, Any], needs: Mapping[str, Any], need: Ints, how: Ints) -> dict[str, Ints]:
    """Who writes, in which language: the body itself, its ministry, or an embassy in the language of the state that it asks.

    Sender keys: a body as it is, ministries of sorts from -2 down, embassies from -102 down; shifted to be non-negative by `_Names`.
    """
    count, sorts = len(need), len(words["bodies"])
    body = needs["body"][need]
    english = rng.random(count) < 0.15
    relayed, abroad = how == RELAY, rng.random(count) < 0.6
    state = rng.integers(1, len(words["languages"]), size=count)
    sender = np.where(relayed, np.where(abroad, 1 + sorts + state, 1 + _sort_of(words, body)), 1000 + body)
    language = np.where(relayed & abroad, state, np.where(english, 1, 0))
    return {"sent_by": sender, "language": language}


def _sort_of(words: Mapping[str, Any], body: Ints) -> Ints:
    return _layers(words, int(body.max(initial=0)) // len(words["towns"]) + 1)[0][body // len(words["towns"])]


def _layers(words: Mapping[str, Any], layers: int) -> tuple[Ints, Ints]:
    """Bodies come in layers, one body of each town: first the sorts that a town has once, then numbered ones. Sort and number of each."""
    plain = [place for place, sort in enumerate(words["bodies"]) if not sort.get("numbered")]
    numbered = [place for place, sort in enumerate(words["bodies"]) if sort.get("numbered")]
    sorts = [*plain, *(numbered[place % len(numbered)] for place in range(layers))][:layers]
    numbers = [*(0 for _ in plain), *(place // len(numbered) + 1 for place in range(layers))][:layers]
    return np.array(sorts), np.array(numbers)


def _contents(
    rng: np.random.Generator, words: Mapping[str, Any], needs: Mapping[str, Any], told: Mapping[str, Any], first: Ints
) -> dict[str, NDArray[Any]]:
    """What each line says, mistakes of reading included."""
    need, how, language = told["need"], told["how"], told["language"]
    count, towns = len(need), len(words["towns"])
    body, thing, purpose = needs["body"][need], needs["thing"][need], needs["purpose"][need]

    def chance(share: float) -> NDArray[np.bool_]:
        return rng.random(count) < share

    spelled = (body * 8 + np.where(chance(UNRESOLVED_BODY), 1 + language, 0)) * 4
    spelled = np.where((spelled // 4 % 8 > 0) & chance(0.3), spelled + rng.integers(1, 4, size=count), spelled)
    wrong = (body + towns * rng.integers(1, 3, size=count)) % (towns * (1 + int(body.max(initial=0)) // towns))
    spelled = np.where(chance(WRONG_BODY), wrong * 32, spelled)
    ending = np.where(chance(0.5), rng.integers(0, 4, size=count), 0)
    typo = np.where(chance(TYPO), rng.integers(1, 9, size=count), 0)
    categories = np.array([_categories(words).index(one["category"]) for one in words["things"]])
    near = (thing + rng.choice([-1, 1], size=count)) % len(words["things"])
    numbers = rng.integers(1, 90_000, size=count) * 100_000 + body % 97 * 1000 + _sort_of(words, body)
    own = np.where(chance(NUMBERED), numbers, -1)
    return {
        "body": np.where(chance(LOST_BODY), -1, spelled),
        "item": ((thing * 8 + language) * 4 + ending) * 16 + typo,
        "category": categories[np.where(chance(WRONG_CATEGORY), near, thing)],
        "unit": np.where(chance(LOST_UNIT), -1, thing),
        "quantity": _quantities(rng, words, needs, told, first),
        "needed_by": np.where(chance(DATED), needs["deadline"][need] + np.where(chance(MOVED), rng.integers(1, 60, size=count), 0), -1),
        "reference": np.where((how != FIRST) & chance(CITES), own[first[need]], own),
        "thread": np.where(chance(THREADED), told["message"] // 8, -1),
        "place": np.where(chance(LOST_PLACE), -1, body % towns),
        "purpose": np.where(chance(LOST_PURPOSE), -1, np.where(chance(WRONG_PURPOSE), near % len(words["purposes"]), purpose)),
    }


def _quantities(
    rng: np.random.Generator, words: Mapping[str, Any], needs: Mapping[str, Any], told: Mapping[str, Any], first: Ints
) -> Floats:
    """Amounts as told: a change holds for what comes after it, a part is a share, a relay may round, some are lost in reading."""
    need, how = told["need"], told["how"]
    count = len(need)
    grows = np.where(how == ESCALATES, rng.choice([1.0, 1.25, 1.5, 2.0], size=count), rng.choice([0.5, 0.75, 1.2, 1.5], size=count))
    steps = np.log(np.where((how == ESCALATES) | (how == SUPERSEDES), grows, 1.0))
    run = np.cumsum(steps)
    amount = np.maximum(1.0, np.rint(needs["amount"][need] * np.exp(run - (run - steps)[first[need]])))
    amount = np.where(how == PART, np.maximum(1.0, np.rint(amount * rng.uniform(0.2, 0.6, size=count))), amount)
    step = np.array([float(one["step"]) for one in words["things"]])[needs["thing"][need]]
    rounds = (how == RELAY) & (rng.random(count) < 0.15) & (amount > step)
    amount[rounds] = np.maximum(step, np.rint(amount / step) * step)[rounds]
    lost = (rng.random(count) < LOST_QUANTITY) | (how == WITHDRAWS) & (rng.random(count) < 0.8)
    told_amount: Floats = amount.astype(np.float64)
    told_amount[lost] = np.nan
    return told_amount


def _categories(words: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys(thing["category"] for thing in words["things"]))


class _Names:
    """Spells the keys of `_contents` and `_voices`."""

    def __init__(self, words: Mapping[str, Any], towns: int, layers: int) -> None:
        self._words, self._towns = words, towns
        self._sorts, self._numbers = _layers(words, layers)
        self.categories = _categories(words)

    def _body(self, body: int, language: str) -> str:
        layer, town = divmod(body, self._towns)
        sort, place = self._words["bodies"][self._sorts[layer]], self._words["towns"][town]
        return str(sort[language].format(t=place.get(language, place["en"]), n=self._numbers[layer]))

    def body(self, key: int) -> str:
        """A body: by its name in the register, or as a letter spells it, perhaps with a slip."""
        spelled, slip = divmod(key, 4)
        body, language = divmod(spelled, 8)
        return _slip(self._body(body, self._words["languages"][language - 1] if language else "en"), slip)

    def sender(self, key: int) -> str:
        """Who writes."""
        sorts = len(self._words["bodies"])
        if key >= 1000:
            return self._body(key - 1000, "en")
        if key <= sorts:
            return str(self._words["ministries"][self._words["bodies"][key - 1]["sector"]])
        return str(self._words["embassies"][self._words["languages"][key - 1 - sorts]])

    def item(self, key: int) -> str:
        """The thing in the words of a letter."""
        rest, slip = divmod(key, 16)
        rest, ending = divmod(rest, 4)
        thing, place = divmod(rest, 8)
        language = self._words["languages"][place]
        return _slip(str(self._words["things"][thing][language]) + self._words["endings"][language][ending], slip)

    def reference(self, key: int) -> str:
        """A letter's number."""
        number, office = divmod(key, 100_000)
        body, sort = divmod(office, 1000)
        return f"{sort + 1:02d}-{body:02d}/{number % 9000 + 100}"

    def parties(self) -> list[dict[str, str]]:
        """Every body, ministry and embassy as a parties file describes it."""
        found = []
        for body in range(len(self._sorts) * self._towns):
            sector = str(self._words["bodies"][self._sorts[body // self._towns]]["sector"])
            names = {language: self._body(body, language) for language in self._words["languages"]}
            found.append(_party(names["en"], sector, str(self._words["ministries"][sector]), names))
        for name in dict.fromkeys(self._words["ministries"].values()):
            found.append(_party(name, next(sector for sector, one in self._words["ministries"].items() if one == name), "", {}))
        found.extend(_party(name, "foreign affairs", "", {}) for name in self._words["embassies"].values())
        return found


def _party(name: str, sector: str, parent: str, names: Mapping[str, str]) -> dict[str, str]:
    spelled = {f"names_{language}": names.get(language, "") for language in PARTY_LANGUAGES}
    return {"canonical_name": name, **spelled, "country": "UA", "kind": "recipient-body", "sector": sector, "parent": parent}


def _slip(text: str, slip: int) -> str:
    """A slip of the pen: a letter lost or two that changed places, where `slip` says; 0 is none."""
    if not slip:
        return text
    at = 1 + slip * 5 % max(1, len(text) - 2)
    return text[:at] + text[at + 1 :] if slip % 2 else text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]


def rows(register: Register) -> Iterator[dict[str, Any]]:
    """The lines with the fields that `sild link` reads, and the truth beside them (`need`, `relation`)."""
    words = vocabulary()
    texts = {name: column.texts() for name, column in register.words.items()}
    numbers = {name: column.tolist() for name, column in register.numbers.items()}
    for place, name in enumerate(register.ids()):
        told = {field: column[place] for field, column in texts.items()}
        plain = {field: column[place] for field, column in numbers.items()}
        quantity = None if plain["quantity"] != plain["quantity"] else int(plain["quantity"])
        yield {
            "id": name,
            "text": _sentence(words, told, plain, quantity),
            "subject": None,
            "sent_by": told["sent_by"],
            "sent_at": (START + timedelta(days=plain["day"])).isoformat(),
            "channel_kind": "letter" if plain["thread"] < 0 else "mail",
            "thread": None if plain["thread"] < 0 else f"t{plain['thread']:07d}",
            "message": f"message-{plain['message']:08d}",
            "digest": f"{plain['digest']:016x}",
            "kind": told["kind"],
            "category": told["category"],
            "item": told["item"],
            "quantity": quantity,
            "unit": told["unit"],
            "beneficiary": told["body"],
            "place": told["place"],
            "needed_by": None if plain["needed_by"] < 0 else (START + timedelta(days=plain["needed_by"])).isoformat(),
            "reference": told["reference"],
            "language": told["language"],
            "need": f"need-{plain['need']:07d}",
            "relation": told["relation"],
        }


def lines(register: Register) -> Iterator[Line]:
    """The lines as the linkage core takes them."""
    for row in rows(register):
        yield Line(
            id=row["id"],
            kind=row["kind"],
            message=row["message"],
            digest=row["digest"],
            sent_at=datetime.fromisoformat(row["sent_at"]).replace(tzinfo=UTC),
            category=row["category"],
            item=row["item"],
            evidence=row["text"],
            quantity=None if row["quantity"] is None else Decimal(row["quantity"]),
            unit=row["unit"],
            beneficiary=row["beneficiary"],
            sent_by=row["sent_by"],
            needed_by=None if row["needed_by"] is None else date.fromisoformat(row["needed_by"]),
            reference=row["reference"],
            threads=(row["thread"],) if row["thread"] else (),
            place=row["place"],
            language=row["language"],
        )


def _sentence(words: Mapping[str, Any], told: Mapping[str, Any], plain: Mapping[str, Any], quantity: int | None) -> str:
    """The sentence of a letter that says this line."""
    language = told["language"]
    how = " ".join(str(part) for part in (quantity, told["unit"]) if part is not None) or "?"
    purpose = next((one[language] for one in words["purposes"] if one["en"] == told["purpose"]), "")
    what = f"{told['item']} {purpose}".strip()
    said = words["asks"][language].format(what=what, how=how, whom=told["body"] or told["sent_by"])
    cue = "additional" if plain["additional"] else RELATIONS[plain["cue"]] if plain["cue"] >= 0 else None
    return f"{said} {words['cues'][cue][language]}" if cue in words["cues"] else said


def write_jsonl(register: Register, path: Path) -> None:
    """One line of JSON for each line of the register."""
    with path.open("w", encoding="utf-8") as out:
        for row in rows(register):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def write_parties(register: Register, path: Path) -> None:
    """The bodies that the register knows, as a parties file."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, fieldnames=list(register.bodies[0]))
        writer.writeheader()
        writer.writerows(register.bodies)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("lines", type=int)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, help="write the lines here, as JSON lines")
    parser.add_argument("--parties", type=Path, help="write the bodies here, as CSV")
    asked = parser.parse_args(arguments)
    begun = time.monotonic()
    register = generate(asked.lines, asked.seed)
    needs = len(np.unique(register.numbers["need"]))
    print(f"{len(register)} lines, {needs} needs, {register.true_pairs()} true pairs, {time.monotonic() - begun:.1f} s")
    if asked.out:
        write_jsonl(register, asked.out)
    if asked.parties:
        write_parties(register, asked.parties)
    return 0


if __name__ == "__main__":
    sys.exit(main())
