"""The declared list of comparisons. Each looks at two readings and says one level; weights.yaml says what the level weighs.

A comparison sees its two lines in order of time, so the order in which a caller names them cannot matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sild.cores.linkage.answer import Reason
from sild.cores.linkage.method import differences, owners, tellings, things
from sild.cores.linkage.method.folding import WORD, fold
from sild.cores.linkage.method.pair import Pair
from sild.cores.linkage.method.reading import STEM, Reading
from sild.cores.linkage.method.weights import Weights
from sild.values.units import english


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison: its name in weights.yaml, the side it is for (None: both), its levels, and the value that a reader is shown."""

    name: str
    side: str | None
    level: Callable[[Pair], str]
    shown: Callable[[Reading], str]


def _joined(values: Iterable[object]) -> str:
    return ", ".join(sorted(map(str, values))) or "-"


def _place(reading: Reading) -> str:
    return reading.line.place or _joined(reading.particulars.towns)


def _sizes(reading: Reading) -> str:
    return _joined(f"{size:g} ({dimension})" for dimension, size in reading.particulars.sizes)


def _named(reading: Reading) -> str:
    """The names as the line writes them; the comparison itself takes their folded fronts."""
    line = reading.line
    written: dict[str, str] = {}
    for word in WORD.findall(f"{line.item} {line.evidence} {line.subject}"):
        front = fold(word)[:STEM]
        if front in reading.names and not word.islower():
            written.setdefault(front, word)
    return _joined(written.get(name, name) for name in reading.names)


def _amount(reading: Reading) -> str:
    amount = reading.line.quantity
    return "-" if amount is None else f"{amount.normalize():f} {english(reading.line.unit, amount)}".strip()


COMPARISONS: Sequence[Comparison] = (
    Comparison("prior", None, lambda pair: pair.early.side, lambda reading: reading.side),
    Comparison("body", "need", owners.body, lambda reading: reading.line.beneficiary or "-"),
    Comparison("provider", "offer", owners.provider, lambda reading: reading.line.provider or "-"),
    Comparison("earmark", "offer", owners.earmark, lambda reading: reading.line.beneficiary or "-"),
    Comparison("category", None, things.category, lambda reading: reading.line.category or "-"),
    Comparison("item", None, things.item, lambda reading: _joined(reading.heads)),
    Comparison("rarity", None, things.rarity, lambda reading: _joined(reading.heads)),
    Comparison("purpose", None, things.purpose, lambda reading: _joined(reading.purposes)),
    Comparison("place", None, differences.place, _place),
    Comparison("serial", None, differences.serial, lambda reading: _joined(reading.particulars.serials)),
    Comparison("period", None, differences.period, lambda reading: _joined(reading.particulars.years)),
    Comparison("rating", None, differences.rating, _sizes),
    Comparison("deal", None, differences.deal, lambda reading: _joined(reading.particulars.deals)),
    Comparison("aside", None, things.aside, lambda reading: _joined(reading.aside)),
    Comparison("quantity", None, things.quantity, _amount),
    Comparison("reference", None, tellings.reference, lambda reading: reading.line.reference or "-"),
    Comparison("message", None, tellings.message, lambda reading: reading.line.message),
    Comparison("voice", "need", tellings.voice, lambda reading: reading.line.sent_by or "-"),
    Comparison("relay", None, tellings.relay, lambda reading: reading.line.relayed_by or "-"),
    Comparison("batch", None, tellings.batch, lambda reading: _joined(reading.cues & {"additional", "separate"})),
    Comparison("kind", None, tellings.kind, lambda reading: reading.line.kind),
    Comparison("recall", None, tellings.recall, lambda reading: f"sent in {reading.when.month}, recalls {_joined(reading.months)}"),
    Comparison("wording", None, tellings.wording, lambda reading: f"{len(reading.stems)} words"),
    Comparison("meaning", None, tellings.meaning, lambda reading: "-" if reading.meaning is None else "its vector"),
    Comparison("names", None, tellings.names, _named),
    Comparison("deadline", None, tellings.deadline, lambda reading: str(reading.line.needed_by or reading.line.available_until or "-")),
    Comparison("channel", None, tellings.channel, lambda reading: reading.line.channel or "-"),
)

OF_SIDE: Mapping[str, Sequence[Comparison]] = {
    side: tuple(comparison for comparison in COMPARISONS if comparison.side in (None, side)) for side in ("need", "offer")
}


def levels(pair: Pair) -> dict[str, str]:
    """The level of every comparison that is for this side."""
    return {comparison.name: comparison.level(pair) for comparison in OF_SIDE[pair.early.side]}


def bits(found: Mapping[str, str], scale: Weights) -> float:
    """The score of a pair: the sum of what its levels weigh."""
    return round(sum([scale.of(name, level).bits for name, level in found.items()]), 6)


def reasons(pair: Pair, found: Mapping[str, str], scale: Weights) -> tuple[Reason, ...]:
    """The levels of a pair with their values, weights and sentences."""
    told = []
    for comparison in COMPARISONS:
        if comparison.name in found:
            level = found[comparison.name]
            a, b = comparison.shown(pair.early), comparison.shown(pair.late)
            weight = scale.of(comparison.name, level)
            sentence = weight.says.format(a=a, b=b)
            told.append(Reason(comparison=comparison.name, level=level, value_a=a, value_b=b, weight=weight.bits, sentence=sentence))
    return tuple(told)
