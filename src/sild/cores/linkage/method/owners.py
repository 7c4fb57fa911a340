"""Comparisons of bodies: for whom two lines ask, who gives, for whom an offer is meant. Each says one level."""

from __future__ import annotations

from sild.cores.linkage.method.pair import Pair
from sild.cores.linkage.method.reading import Reading


def body(pair: Pair) -> str:
    """For whom the two lines ask."""
    a, b = pair.early.line, pair.late.line
    if a.beneficiary and b.beneficiary:
        level = pair.kin.level(a.beneficiary, b.beneficiary)
        if level in ("same", "alike") and _from_abroad(pair):
            return "sent-from-abroad"
        if level == "superior":
            return _superior(pair)
        relayed = _speaks_for(pair) if level in ("stranger", "above-by-rule", "unlisted") else None
        return relayed or level
    if a.beneficiary or b.beneficiary:
        known, blank = (pair.early, pair.late) if a.beneficiary else (pair.late, pair.early)
        body_id = known.line.beneficiary or ""
        if blank.line.sent_by and pair.kin.level(blank.line.sent_by, body_id) in ("same", "alike"):
            return "sender"
        if _names(blank, body_id, pair):
            return "named-in-text"
        if blank.line.sent_by and _another_for_itself(blank.line.sent_by, body_id, pair):
            return "sender-is-another"
        return "one-unknown" if blank.purposes.isdisjoint(pair.kin.sorts_of(body_id)) else "its-sort-named"
    return "both-unknown-same-sender" if a.sent_by and a.sent_by == b.sent_by else "both-unknown"


def _another_for_itself(sender: str, body: str, pair: Pair) -> bool:
    """Whether the sender of a line that names no body is another one than `body`, and one that mostly writes for itself."""
    return pair.kin.level(sender, body) in ("stranger", "sister") and pair.kin.asks_for_itself(sender)


def _superior(pair: Pair) -> str:
    """Which of the bodies below it a superior body's text names: the other line's, another one, or none."""
    one, other = pair.early, pair.late
    upper, lower = (one, other) if (one.line.beneficiary or "") in pair.kin.above(other.line.beneficiary) else (other, one)
    above, below = upper.line.beneficiary or "", lower.line.beneficiary or ""
    sisters = sorted(pair.kin.below(above) - pair.kin.above(below) - pair.kin.below(below) - {below})
    if level := _numbered(upper, below, sisters, pair):
        return level
    if _tells(upper, below, {above}, pair):
        another = not _opens_with(upper, below, {above}, pair) and any(_opens_with(upper, one, {above, below}, pair) for one in sisters)
        return "superior-names-a-sister" if another else "superior-names-it"
    if "own" in upper.cues:
        return "superior-for-itself"
    return "superior-names-a-sister" if any(_tells(upper, sister, {above, below}, pair) for sister in sisters) else "superior"


def _numbered(upper: Reading, below: str, sisters: list[str], pair: Pair) -> str | None:
    """Which body below it a superior's text names by its number alone: "hospital 3: 280 tokens"."""
    told = upper.particulars.serials
    if not told or not (own := pair.kin.numbers_of(below)):
        return None
    if told & own:
        return "superior-names-it"
    return "superior-names-a-sister" if any(told & pair.kin.numbers_of(sister) for sister in sisters) else None


def _opens_with(reading: Reading, body: str, but: set[str], pair: Pair) -> bool:
    """Whether the first sentence that asks names a body: "260 cards for the clinic in Rivne. Lutsk wrote the same" is about Rivne."""
    kin = pair.kin
    marks = kin.stems_of(body).difference(*map(kin.stems_of, but)) | kin.sounds_of(body).difference(*map(kin.sounds_of, but))
    return not marks.isdisjoint(reading.opening)


def _tells(reading: Reading, body: str, but: set[str], pair: Pair) -> bool:
    """Whether a text names a body by a word that does not stand in the names of the bodies `but`."""
    kin = pair.kin
    stems = kin.stems_of(body).difference(*map(kin.stems_of, but))
    sounds = kin.sounds_of(body).difference(*map(kin.sounds_of, but))
    return not (stems.isdisjoint(reading.stems | reading.names) and sounds.isdisjoint(reading.sounds))


def _from_abroad(pair: Pair) -> bool:
    """Whether exactly one of two lines comes from a body like the beneficiary, but of another country: "the ministry" may be another."""
    kin = pair.kin

    def abroad(reading: Reading) -> bool:
        own, sender = reading.line.beneficiary, reading.line.sent_by
        countries = {kin.country_of(own), kin.country_of(sender)}
        return kin.kind_of(own) == kin.kind_of(sender) is not None and None not in countries and len(countries) == 2

    return abroad(pair.early) != abroad(pair.late)


def _names(reading: Reading, body: str | None, pair: Pair) -> bool:
    """Whether a text names a body, by the front of a telling word or by the sound of a name."""
    return not (pair.kin.stems_of(body).isdisjoint(reading.stems | reading.names) and pair.kin.sounds_of(body).isdisjoint(reading.sounds))


def _speaks_for(pair: Pair) -> str | None:
    """Whether a line whose body is not the other's rather speaks for the other's body."""
    for one, other in ((pair.early, pair.late), (pair.late, pair.early)):
        own, theirs = one.line.beneficiary, other.line.beneficiary
        stems = pair.kin.stems_of(theirs) - pair.kin.stems_of(own)
        sounds = pair.kin.sounds_of(theirs) - pair.kin.sounds_of(own)
        named = not (stems.isdisjoint(one.stems | one.names) and sounds.isdisjoint(one.sounds))
        only_sender = own == one.line.sent_by and one.line.sent_by != other.line.sent_by
        if named:
            return "sender-names-the-other" if only_sender else "text-names-the-other"
        if only_sender and pair.kin.relays(one.line.sent_by):
            return "sender-relays"
    return None


def provider(pair: Pair) -> str:
    """Who gives."""
    a, b = pair.early.line.provider, pair.late.line.provider
    if a and b:
        level = pair.kin.level(a, b)
        stems_a, stems_b = pair.kin.stems_of(a), pair.kin.stems_of(b)
        if level == "unlisted" and stems_a and stems_b and (stems_a <= stems_b or stems_b <= stems_a):
            return "alike"  # a state and its ministry are one giver
        if level in ("same", "alike", "unlisted"):
            return level
        for one, other in ((pair.early, pair.late), (pair.late, pair.early)):
            own = one.line.sent_by in (None, one.line.provider) and one.line.provider != other.line.sent_by
            if own and pair.kin.stems_of(other.line.provider) & one.names:
                return "sender-names-the-other"
        country = pair.kin.country_of(a)
        return "same-country" if country and country == pair.kin.country_of(b) else "other"
    if a or b:
        known, blank = (pair.early, pair.late) if a else (pair.late, pair.early)
        if blank.line.sent_by and pair.kin.level(blank.line.sent_by, known.line.provider or "") in ("same", "alike"):
            return "sender"
        return "named-in-text" if _names(blank, known.line.provider, pair) else "one-unknown"
    return "both-unknown-same-sender" if pair.early.line.sent_by == pair.late.line.sent_by else "both-unknown"


def earmark(pair: Pair) -> str:
    """For whom an offer is meant, where it says so."""
    a, b = pair.early.line.beneficiary, pair.late.line.beneficiary
    if not a or not b:
        return "not-both-told"
    near = pair.kin.level(a, b) in ("same", "alike", "superior", "above-by-rule")
    return "agrees" if near else "other"


def strangers(pair: Pair) -> bool:
    """Whether the two lines are for, or from, bodies that have nothing to do with each other: no comparison can outweigh that."""
    if pair.early.side == "offer":
        return provider(pair) == "other"
    if pair.early.line.beneficiary == pair.late.line.beneficiary:
        return False
    return body(pair) in ("stranger", "sister") and not _common_number(pair)


def _common_number(pair: Pair) -> bool:
    a, b = pair.early, pair.late
    return a.reference in {b.reference, *b.cited} - {""} or b.reference in a.cited - {""}
