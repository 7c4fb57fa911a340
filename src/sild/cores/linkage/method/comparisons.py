"""The declared list of comparisons. Each looks at two readings and says one level; weights.yaml says what the level weighs.

A comparison sees its two lines in order of time, so the order in which a caller names them cannot matter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sild.cores.linkage.answer import Reason
from sild.cores.linkage.method.kin import Kin
from sild.cores.linkage.method.lexicon import lexicon, unit_family
from sild.cores.linkage.method.reading import Reading
from sild.cores.linkage.method.weights import Weights

Outcome = tuple[str, str, str]  # level, value of the earlier line, value of the later line
ROUNDING = Decimal("0.15")  # "about" reaches this far: 14 for 15, 900 for 1000


@dataclass(frozen=True, slots=True)
class Pair:
    """Two readings in order of time, with what is known of the bodies."""

    early: Reading
    late: Reading
    kin: Kin

    @property
    def same_message(self) -> bool:
        """Whether both lines stand in one message."""
        return self.early.line.message == self.late.line.message


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison: its name in weights.yaml, the side it is for (None: both) and its function."""

    name: str
    side: str | None
    compare: Callable[[Pair], Outcome]


def _join(values: frozenset[str]) -> str:
    return ", ".join(sorted(values)) or "-"


def prior(pair: Pair) -> Outcome:
    """How rarely two lines that share a slot are one need, or one offer, at all."""
    return pair.early.side, "-", "-"


def body(pair: Pair) -> Outcome:
    """For whom the two lines ask."""
    a, b = pair.early.line, pair.late.line
    shown = a.beneficiary or "-", b.beneficiary or "-"
    if a.beneficiary and b.beneficiary:
        level = pair.kin.level(a.beneficiary, b.beneficiary)
        relayed = _speaks_for(pair) if level in ("stranger", "above-by-rule") else None
        return relayed or level, *shown
    if a.beneficiary or b.beneficiary:
        known, blank = (pair.early, pair.late) if a.beneficiary else (pair.late, pair.early)
        body_id = known.line.beneficiary or ""
        if blank.line.sent_by and pair.kin.level(blank.line.sent_by, body_id) in ("same", "alike"):
            return "sender", *shown
        if pair.kin.stems_of(body_id) & (blank.names | blank.stems):
            return "named-in-text", *shown
        return "one-unknown", *shown
    return ("both-unknown-same-sender" if a.sent_by and a.sent_by == b.sent_by else "both-unknown"), *shown


def _speaks_for(pair: Pair) -> str | None:
    """Whether a line that seems to ask for its own sender rather speaks for the other line's body."""
    for one, other in ((pair.early, pair.late), (pair.late, pair.early)):
        if one.line.beneficiary == one.line.sent_by and one.line.sent_by != other.line.sent_by:
            telling = pair.kin.stems_of(other.line.beneficiary) - pair.kin.stems_of(one.line.beneficiary)
            if telling & one.stems:
                return "sender-names-the-other"
            if pair.kin.relays(one.line.sent_by):
                return "sender-relays"
    return None


def provider(pair: Pair) -> Outcome:
    """Who gives."""
    a, b = pair.early.line.provider, pair.late.line.provider
    shown = a or "-", b or "-"
    if a and b:
        level = pair.kin.level(a, b)
        if level in ("same", "alike"):
            return level, *shown
        country = pair.kin.country_of(a)
        return ("same-country" if country and country == pair.kin.country_of(b) else "other"), *shown
    if a or b:
        known, blank = (pair.early, pair.late) if a else (pair.late, pair.early)
        if blank.line.sent_by and pair.kin.level(blank.line.sent_by, known.line.provider or "") in ("same", "alike"):
            return "sender", *shown
        named = pair.kin.stems_of(known.line.provider) & (blank.names | blank.stems)
        return ("named-in-text" if named else "one-unknown"), *shown
    return ("both-unknown-same-sender" if pair.early.line.sent_by == pair.late.line.sent_by else "both-unknown"), *shown


def earmark(pair: Pair) -> Outcome:
    """For whom an offer is meant, where it says so."""
    a, b = pair.early.line.beneficiary, pair.late.line.beneficiary
    if not a or not b:
        return "not-both-told", a or "-", b or "-"
    near = pair.kin.level(a, b) in ("same", "alike", "superior", "above-by-rule")
    return ("agrees" if near else "other"), a, b


def category(pair: Pair) -> Outcome:
    """The assistance category; readers differ on it, so near categories count little against."""
    a, b = pair.early.line.category, pair.late.line.category
    if not a or not b:
        return "unknown", a or "-", b or "-"
    if a == b:
        return "same", a, b
    if pair.early.heads & pair.late.heads:
        return "other-for-one-thing", a, b
    groups = lexicon().category_groups
    return ("near" if groups.get(a, frozenset()) & groups.get(b, frozenset()) else "other"), a, b


def item(pair: Pair) -> Outcome:
    """What is asked for, by concepts that are the same in every language."""
    a, b = pair.early, pair.late
    shown = _join(a.heads), _join(b.heads)
    if not a.heads or not b.heads:
        return "unknown", *shown
    shared = a.heads & b.heads
    if shared:
        items = lexicon().items
        activity = any(items[name].rank == 3 for name in shared)
        subjects_a, subjects_b = a.concepts - a.heads, b.concepts - b.heads
        if activity and subjects_a and subjects_b and not subjects_a & subjects_b:
            return "same-activity-other-subject", *shown
        return "same", *shown
    if a.heads & b.concepts or b.heads & a.concepts:
        return "named-beside", *shown
    return ("related" if a.families & b.families else "other"), *shown


def purpose(pair: Pair) -> Outcome:
    """Whose hands, which place, which system the item is for."""
    a, b = pair.early.purposes, pair.late.purposes
    shown = _join(a), _join(b)
    if not a or not b:
        return "unknown", *shown
    shared = a & b
    facet = lexicon().facet_of
    clash = {facet[name] for name in a - b} & {facet[name] for name in b - a}
    if shared:
        if len(shared) >= 2 and not clash:
            return "share-several", *shown
        return ("share-and-differ" if clash else "share"), *shown
    return ("clash" if clash else "differ"), *shown


def quantity(pair: Pair) -> Outcome:
    """How many. A changed quantity counts as agreement where the later line says what it replaces."""
    a, b = pair.early.line, pair.late.line
    shown = _amount(a.quantity, a.unit), _amount(b.quantity, b.unit)
    if a.quantity is None or b.quantity is None:
        return _unknown_level(pair), *shown
    if a.quantity == b.quantity:
        return _equal_level(a.quantity, _same_unit(pair)), *shown
    if b.changes == a.quantity or a.changes == b.quantity:
        return "replaces", *shown
    if not _same_unit(pair):
        return "other-unit", *shown
    high, low = max(a.quantity, b.quantity), min(a.quantity, b.quantity)
    if _rounded(low, high):
        return "rounded", *shown
    if float(a.quantity) in pair.late.numbers and a.quantity > 1:
        return ("replaces" if pair.late.amends or pair.late.cues & {"changed", "total", "part"} else "names-the-other"), *shown
    if pair.late.amends or pair.early.amends:
        return "amended", *shown
    if pair.late.cues & {"changed", "worse", "total"}:
        return "changed-by-cue", *shown
    return ("differs-some" if high <= low * Decimal("1.5") else "differs"), *shown


def _unknown_level(pair: Pair) -> str:
    known = pair.early if pair.early.line.quantity is not None else pair.late
    blank = pair.late if known is pair.early else pair.early
    if known.line.quantity is None:
        return "both-unknown"
    return "stands-in-text" if known.line.quantity > 1 and float(known.line.quantity) in blank.numbers else "one-unknown"


def _same_unit(pair: Pair) -> bool:
    a, b = pair.early.line.unit, pair.late.line.unit
    return not a or not b or bool(unit_family(a) & unit_family(b))


def _equal_level(amount: Decimal, same_unit: bool) -> str:
    if amount <= 1:
        return "equal-one"
    if not same_unit:
        return "equal-other-unit"
    if amount < 10:
        return "equal-small"
    return "equal-round" if _is_round(amount) else "equal-telling"


def _rounded(low: Decimal, high: Decimal) -> bool:
    """Whether one of two amounts is a round number near the other."""
    if low < 10 or high - low > high * ROUNDING:
        return False
    return any(_is_round(amount) for amount in (low, high))


def _is_round(amount: Decimal) -> bool:
    step = Decimal(5) if amount < 100 else Decimal(10) ** (len(str(int(amount))) - 2) * 5
    return amount % step == 0


def _amount(amount: Decimal | None, unit: str | None) -> str:
    return "-" if amount is None else f"{amount.normalize():f} {unit or ''}".strip()


def reference(pair: Pair) -> Outcome:
    """The letter's number, as the line's own or as one it recalls."""
    a, b = pair.early, pair.late
    shown = a.line.reference or "-", b.line.reference or "-"
    if a.reference and a.reference == b.reference:
        return "same", *shown
    if (a.reference and a.reference in b.cited) or (b.reference and b.reference in a.cited) or (a.cited & b.cited):
        return "cited", *shown
    if a.reference and b.reference:
        own = a.line.sent_by is not None and a.line.sent_by == b.line.sent_by
        return ("two-numbers-one-sender" if own else "two-numbers"), *shown
    return "unknown", *shown


def message(pair: Pair) -> Outcome:
    """One message normally holds one line for each need, unless it repeats itself; a byte-identical resend says all again."""
    a, b = pair.early, pair.late
    shown = a.line.message, b.line.message
    repeats = a.text_key != "" and a.text_key == b.text_key and a.line.quantity == b.line.quantity
    if pair.same_message:
        if a.line.beneficiary == b.line.beneficiary and a.line.category == b.line.category and (repeats or _restates(pair)):
            return "repeats-itself", *shown
        return "one-message", *shown
    if a.line.digest and a.line.digest == b.line.digest:
        return ("resend" if repeats else "resend-other-line"), *shown
    threads = set(a.line.threads) & set(b.line.threads)
    return ("one-thread" if threads else "two-messages"), *shown


def _restates(pair: Pair) -> bool:
    """Whether two lines of one message give the same number (above one) of the same thing."""
    a, b = pair.early, pair.late
    amount = a.line.quantity
    return amount is not None and amount > 1 and amount == b.line.quantity and bool(a.heads & b.heads) and not _told_apart(pair)


def _told_apart(pair: Pair) -> bool:
    return purpose(pair)[0] in ("clash", "differ", "share-and-differ") or "additional" in pair.late.cues | pair.early.cues


def voice(pair: Pair) -> Outcome:
    """Who speaks: a relay by another office is how one need gets told twice; a body seldom asks twice without saying so."""
    a, b = pair.early, pair.late
    shown = a.line.sent_by or "-", b.line.sent_by or "-"
    if not a.line.sent_by or not b.line.sent_by:
        return "unknown", *shown
    if a.line.sent_by != b.line.sent_by:
        return "other-voice", *shown
    if b.amends or b.cues & {"again", "worse", "changed"}:
        return "same-voice-and-says-so", *shown
    tongue = a.line.language is not None and b.line.language is not None and a.line.language != b.line.language
    return ("same-voice-other-language" if tongue else "same-voice"), *shown


def batch(pair: Pair) -> Outcome:
    """Whether a line calls itself additional, or sets itself apart from another."""
    a, b = pair.early, pair.late
    shown = _join(a.cues & {"additional", "separate"}), _join(b.cues & {"additional", "separate"})
    if b.additional and a.additional:
        return "both-additional", *shown
    if b.additional:
        return "later-is-additional", *shown
    if a.additional:
        return "earlier-is-additional", *shown
    if "separate" in b.cues | a.cues and a.line.sent_by == b.line.sent_by:
        return "set-apart", *shown
    return "plain", *shown


def kind(pair: Pair) -> Outcome:
    """Changes and withdrawals follow what they change."""
    a, b = pair.early.line.kind, pair.late.line.kind
    if pair.early.amends and not pair.late.amends:
        return "change-before-request", a, b
    return ("change-of-earlier" if pair.late.amends else "two-requests"), a, b


def recall(pair: Pair) -> Outcome:
    """The month in which the later line says that something was asked before."""
    a, b = pair.early, pair.late
    told = ", ".join(map(str, sorted(b.months))) or "-"
    month = str(a.when.month) if a.dated else "-"
    recalls = b.amends or b.cues & {"again", "changed", "worse", "closed"}
    if not recalls or not b.months or not a.dated or not b.dated:
        return "none", month, told
    asked = a.when.month in b.months and (b.when - a.when).days < 330
    return ("agrees" if asked else "other-month"), month, told


def wording(pair: Pair) -> Outcome:
    """Shared words beyond the concepts; only a hint across languages."""
    a, b = pair.early, pair.late
    shared = len(a.stems & b.stems)
    share = shared / max(1, min(len(a.stems), len(b.stems)))
    shown = f"{len(a.stems)} words", f"{shared} shared"
    same_tongue = a.line.language is None or a.line.language == b.line.language
    if share >= 0.7 and shared >= 3:
        return "near-copy", *shown
    if share >= 0.4 and shared >= 2:
        return "much", *shown
    if share >= 0.2:
        return "some", *shown
    return ("little" if same_tongue else "other-language"), *shown


def names(pair: Pair) -> Outcome:
    """Proper names and product names in the texts."""
    a, b = pair.early.names, pair.late.names
    shown = _join(a), _join(b)
    if a & b:
        return ("share-several" if len(a & b) > 1 else "share"), *shown
    return ("none-shared" if a and b else "unknown"), *shown


def deadline(pair: Pair) -> Outcome:
    """By when it is needed."""
    a, b = pair.early.line.needed_by, pair.late.line.needed_by
    if a is None or b is None:
        return "unknown", str(a or "-"), str(b or "-")
    return ("same" if a == b else "other"), str(a), str(b)


def channel(pair: Pair) -> Outcome:
    """Civil and military asks are kept apart."""
    a, b = pair.early.line.channel, pair.late.line.channel
    if not a or not b:
        return "unknown", a or "-", b or "-"
    return ("same" if a == b else "other"), a, b


COMPARISONS: Sequence[Comparison] = (
    Comparison("prior", None, prior),
    Comparison("body", "need", body),
    Comparison("provider", "offer", provider),
    Comparison("earmark", "offer", earmark),
    Comparison("category", None, category),
    Comparison("item", None, item),
    Comparison("purpose", None, purpose),
    Comparison("quantity", None, quantity),
    Comparison("reference", None, reference),
    Comparison("message", None, message),
    Comparison("voice", "need", voice),
    Comparison("batch", None, batch),
    Comparison("kind", None, kind),
    Comparison("recall", None, recall),
    Comparison("wording", None, wording),
    Comparison("names", None, names),
    Comparison("deadline", None, deadline),
    Comparison("channel", None, channel),
)


def compare(pair: Pair, scale: Weights) -> tuple[Reason, ...]:
    """All reasons of one pair. Their weights sum to its score."""
    reasons = []
    for comparison in COMPARISONS:
        if comparison.side in (None, pair.early.side):
            level, a, b = comparison.compare(pair)
            weight = scale.of(comparison.name, level)
            sentence = weight.says.format(a=a, b=b)
            reasons.append(Reason(comparison=comparison.name, level=level, value_a=a, value_b=b, weight=weight.bits, sentence=sentence))
    return tuple(reasons)
