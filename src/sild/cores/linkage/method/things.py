"""Comparisons of what is asked for: category, item, purpose, quantity. Each says one level."""

from __future__ import annotations

from decimal import Decimal

from sild.cores.linkage.method.kin import Kin
from sild.cores.linkage.method.lexicon import in_common_unit, lexicon, unit_family
from sild.cores.linkage.method.meaning import nearness
from sild.cores.linkage.method.pair import Pair
from sild.cores.linkage.method.reading import ACTIVITY, Reading

ASIDE = 2  # words of a clause set apart that the other line shares
COMMON, USUAL = 0.05, 0.015  # shares of all needs
RARE = 3  # digits before the closing zeros of a number that hardly ever coincides: 137, 4215
NEAR = 0.3  # cosine from which two texts are near in meaning though their words name other things
MANNER = frozenset({"how", "held", "kept"})  # facets that say in what manner, not what for
ROUNDING = Decimal("0.15")  # "about" reaches this far: 14 for 15, 900 for 1000


def category(pair: Pair) -> str:
    """The assistance category; readers differ on it, so near categories count little against."""
    a, b = pair.early.line.category, pair.late.line.category
    if not a or not b:
        return "unknown"
    if a == b:
        return "same"
    if pair.early.heads & pair.late.heads:
        return "other-for-one-thing"
    groups = lexicon().category_groups
    return "near" if groups.get(a, frozenset()) & groups.get(b, frozenset()) else "other"


def item(pair: Pair) -> str:
    """What is asked for, by concepts that are the same in every language; where words and meaning disagree, both are said."""
    a, b = pair.early, pair.late
    shared = a.heads & b.heads
    near = (nearness(a.meaning, b.meaning) or 0.0) >= NEAR
    if shared:
        if _activity(shared) and a.subjects and b.subjects and not a.subjects & b.subjects and not near:
            return "same-activity-other-subject"
        return "same"
    if not _told(a.heads) or not _told(b.heads):
        return "unknown"
    if a.heads & b.concepts or b.heads & a.concepts:
        return "named-by-an-activity" if _activity(a.heads) != _activity(b.heads) else "named-beside"
    if a.families & b.families:
        return "related"
    if a.line.sent_by and a.line.sent_by == b.line.sent_by and a.line.language == b.line.language:
        return "other-in-one-voice"  # one office calls one thing by one name
    return "other-but-near" if near else "other"


def _told(heads: frozenset[str]) -> bool:
    """Whether a thing is named, and not only what is said of anything (money, industry)."""
    items = lexicon().items
    return any(items[name].rank for name in heads)


def rarity(pair: Pair) -> str:
    """How seldom what both ask for is asked for at all: the adjustment for the frequency of a term (frequencies.yaml)."""
    shares = lexicon().shares
    shared = pair.early.heads & pair.late.heads
    if not shared:
        return "unknown"
    least = min(shares.get(thing, 0.0) for thing in shared)
    return "common" if least >= COMMON else "usual" if least >= USUAL else "rare"


def _activity(heads: frozenset[str]) -> bool:
    items = lexicon().items
    return any(items[name].rank == ACTIVITY for name in heads)


def aside(pair: Pair) -> str:
    """Whether one line says that it is something else than what the other asks for, or than what the other's body asks for."""
    a, b = pair.early, pair.late
    told = {_named_as_another(a, b, pair.kin), _named_as_another(b, a, pair.kin)}
    for level in ("names-the-other-s-body", "names-the-other-as-another"):
        if level in told:
            return level
    return "says-so-of-others" if a.aside_stems or b.aside_stems else "none"


def _named_as_another(one: Reading, other: Reading, kin: Kin) -> str | None:
    """What a line sets itself apart from and does not ask for itself: the other's body, what the other asks for, or neither."""
    if not one.aside_stems:
        return None
    own_body, their_body = one.line.beneficiary, other.line.beneficiary
    told = one.aside - one.purposes - one.heads - kin.purposes_of(own_body)
    bodies = (kin.stems_of(their_body) - kin.stems_of(own_body)) & (one.aside_stems - one.stems)
    if own_body != their_body and (bodies or told & kin.sorts_of(their_body)):
        return "names-the-other-s-body"
    shared = len((one.aside_stems - one.stems) & other.stems)
    return "names-the-other-as-another" if told & (other.purposes | other.heads) or bodies or shared >= ASIDE else None


def purpose(pair: Pair) -> str:
    """Whose hands, which place, which system the item is for. Who changes a letter by its number tells of other things why."""
    a, b = pair.early.purposes, pair.late.purposes
    if not a or not b or (pair.late.amends and pair.early.reference and pair.early.reference == pair.late.reference):
        return "unknown"
    facet, parts = lexicon().facet_of, lexicon().wholes
    shared, mine, theirs = a & b, a - b, b - a
    met = [(one, other) for one in mine for other in theirs if _takes_in(one, other)]
    mine, theirs = mine - {one for one, _ in met}, theirs - {other for _, other in met}
    clash = any(facet[one] == facet[other] for one in mine for other in theirs)
    telling = {one for one in shared if not parts.get(one, frozenset()) & (a | b)}
    if shared and (telling or not clash):
        if len(shared) >= 2 and not clash:
            return "share-several"
        return "share-and-differ" if clash else "share"
    if (met and not clash) or _names_its_sort(pair):
        return "whole-and-part"
    if clash:
        return "clash"
    if all(facet[one] in MANNER for one in a) or all(facet[one] in MANNER for one in b):
        return "unknown"
    return "differ-thinly" if min(len(a), len(b)) == 1 else "differ"


def _names_its_sort(pair: Pair) -> bool:
    """Whether one line names the sort of place that the other's body is: "for the hospitals", beside a hospital's own line."""
    a, b = pair.early, pair.late
    if a.line.beneficiary == b.line.beneficiary:
        return False
    of_a, of_b = pair.kin.sorts_of(a.line.beneficiary), pair.kin.sorts_of(b.line.beneficiary)
    return not (a.purposes.isdisjoint(of_b - of_a) and b.purposes.isdisjoint(of_a - of_b))


def _takes_in(one: str, other: str) -> bool:
    """Whether one of two purposes is the whole of which the other is a part."""
    parts = lexicon().wholes
    return other in parts.get(one, frozenset()) or one in parts.get(other, frozenset())


def quantity(pair: Pair) -> str:
    """How many. A changed quantity counts as agreement where the later line says what it replaces."""
    a, b = pair.early.line, pair.late.line
    if a.quantity is None or b.quantity is None:
        return _unknown_level(pair)
    one, other = in_common_unit(a.quantity, a.unit), in_common_unit(b.quantity, b.unit)
    if one == other:
        return _equal_level(one, _same_unit(pair))
    if b.changes == a.quantity or a.changes == b.quantity:
        return "replaces"
    if not _same_unit(pair):
        return "other-unit"
    high, low = max(one, other), min(one, other)
    if _rounded(low, high):
        return "rounded"
    if level := _whole_and_part(pair, one, other):
        return level
    if float(a.quantity) in pair.late.numbers and a.quantity > 1:
        return "replaces" if pair.late.amends or pair.late.cues & {"changed", "total", "part"} else "names-the-other"
    if _share(pair, one, other):
        return "a-share"
    if pair.late.amends or pair.early.amends:
        return "amended"
    if pair.late.cues & {"changed", "worse", "total"}:
        return "changed-by-cue"
    return "differs-some" if high <= low * Decimal("1.5") else "differs"


def _whole_and_part(pair: Pair, one: Decimal, other: Decimal) -> str | None:
    """Whether the larger quantity is told by the body above as a total that names the smaller, or the smaller as a part that names it."""
    large, small = (pair.early, pair.late) if one > other else (pair.late, pair.early)
    above, below, kin = large.line.beneficiary, small.line.beneficiary, pair.kin
    if above is None or below is None or above == below or above not in kin.above(below):
        return None
    if small.line.quantity is not None and small.line.quantity > 1 and float(small.line.quantity) in large.numbers:
        return "total-of"
    told = large.line.quantity is not None and float(large.line.quantity) in small.numbers
    return "a-share" if told and max(one, other) > min(one, other) * Decimal("1.5") else None


def _share(pair: Pair, one: Decimal, other: Decimal) -> bool:
    """Whether the line of the smaller quantity, of another body, says that it is a part of what was asked."""
    smaller = pair.early if one < other else pair.late
    return "part" in smaller.cues and pair.early.line.beneficiary != pair.late.line.beneficiary


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
    if _is_round(amount):
        return "equal-round"
    return "equal-rare" if len(amount.normalize().as_tuple().digits) >= RARE else "equal-telling"


def _rounded(low: Decimal, high: Decimal) -> bool:
    """Whether one of two amounts is a round number near the other."""
    if low < 10 or high - low > high * ROUNDING:
        return False
    return any(_is_round(amount) for amount in (low, high))


def _is_round(amount: Decimal) -> bool:
    step = Decimal(5) if amount < 100 else Decimal(5).scaleb(amount.adjusted() - 1)
    return amount % step == 0
