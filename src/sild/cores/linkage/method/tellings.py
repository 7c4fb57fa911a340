"""Comparisons of how two lines are told: letter, message, voice, batch, kind, month, words, names, date, channel. Each says one level."""

from __future__ import annotations

from sild.cores.linkage.method.differences import told_apart
from sild.cores.linkage.method.meaning import nearness
from sild.cores.linkage.method.pair import Pair
from sild.cores.linkage.method.reading import Reading, usual_stems
from sild.cores.linkage.method.things import purpose

NEARNESS = (
    (0.45, "very-near"),
    (0.3, "near"),
    (0.2, "rather-near"),
    (0.1, "between"),
    (0.0, "rather-far"),
)  # cosines without the languages' means
ANEW = 45  # days after which a body that asks alike, and does not say that it repeats, rather asks anew
OLD = 180  # days after which another's line that does not speak of an earlier one is seldom a relay of it


def reference(pair: Pair) -> str:
    """The letter's number, as the line's own or as one it recalls."""
    a, b = pair.early, pair.late
    if {a.reference, *a.cited} & b.set_apart or {b.reference, *b.cited} & a.set_apart:
        return "named-as-another"
    if a.reference and a.reference == b.reference:
        return "changes-that-letter" if b.amends else "same"
    if (a.reference and a.reference in b.cited) or (b.reference and b.reference in a.cited) or (a.cited & b.cited):
        return "cited"
    if a.reference and b.cited:
        return "another-is-cited"
    if a.reference and b.reference:
        own = a.line.sent_by is not None and a.line.sent_by == b.line.sent_by
        return "two-numbers-one-sender" if own else "two-numbers"
    return "unknown"


def message(pair: Pair) -> str:
    """One message normally holds one line for each need, unless it repeats itself; a byte-identical resend says all again."""
    a, b = pair.early, pair.late
    repeats = a.text_key != "" and a.text_key == b.text_key and a.line.quantity == b.line.quantity
    if a.line.message == b.line.message:
        if a.line.beneficiary == b.line.beneficiary and a.line.category == b.line.category and (repeats or _restates(pair)):
            return "repeats-itself"
        return "one-message"
    if a.line.digest and a.line.digest == b.line.digest:
        return "resend" if repeats else "resend-other-line"
    threads = set(a.line.threads) & set(b.line.threads)
    if threads:
        return "one-thread"
    answers = a.subject_key != "" and a.subject_key == b.subject_key and a.line.sent_by == b.line.sent_by
    return "one-subject" if answers else "two-messages"


def _restates(pair: Pair) -> bool:
    """Whether two lines of one message give the same number (above one) of the same thing."""
    a, b = pair.early, pair.late
    amount = a.line.quantity
    return amount is not None and amount > 1 and amount == b.line.quantity and bool(a.heads & b.heads) and not _told_apart(pair)


def _told_apart(pair: Pair) -> bool:
    apart = {"additional", "separate"} & (pair.late.cues | pair.early.cues)
    return told_apart(pair) or purpose(pair) == "share-and-differ" or bool(apart)


def voice(pair: Pair) -> str:
    """Who speaks: a relay by another office is how one need gets told twice; a body seldom asks twice without saying so."""
    a, b = pair.early, pair.late
    if not a.line.told_by or not b.line.told_by:
        return "unknown"
    says_so = _says_so(pair)
    urges = "worse" in b.cues
    days = (b.when - a.when).days if a.dated and b.dated else 0
    if a.line.told_by != b.line.told_by:
        if says_so or urges or days < ANEW:
            return "other-voice"
        return "other-voice-long-after" if days >= OLD else "other-voice-after-weeks"
    if says_so:
        return "same-voice-and-says-so"
    if days >= ANEW:
        return "same-voice-long-after"
    if urges:
        return "same-voice-and-urges"
    tongue = a.line.language is not None and b.line.language is not None and a.line.language != b.line.language
    return "same-voice-other-language" if tongue else "same-voice"


def _says_so(pair: Pair) -> bool:
    """Whether the later line says that it speaks of something told before."""
    a, b = pair.early, pair.late
    one_letter = a.reference != "" and a.reference == b.reference and a.reference not in b.set_apart
    return b.amends or one_letter or bool(b.cues & {"again", "changed"}) or recall(pair) == "agrees"


def batch(pair: Pair) -> str:
    """Whether a line calls itself additional, or sets itself apart from another."""
    a, b = pair.early, pair.late
    if b.additional and a.additional:
        return "both-additional"
    if b.additional:
        return "later-is-additional"
    if a.additional:
        return "earlier-is-additional"
    if ("part" in a.cues and _apart_from_a_whole(b)) or ("part" in b.cues and _apart_from_a_whole(a)):
        return "part-and-apart"
    own = a.line.told_by is not None and a.line.told_by == b.line.told_by
    if own and "as-many" in b.cues and not b.amends and a.line.quantity is not None and a.line.quantity == b.line.quantity:
        return "as-many-too"
    if a.line.sent_by == b.line.sent_by:
        if a.line.sent_by and b.cues & {"separate", "elsewhere"} and not _says_so(pair):
            return "later-sets-itself-apart"
        if "separate" in b.cues | a.cues:
            return "set-apart"
    return "plain"


def _apart_from_a_whole(reading: Reading) -> bool:
    """Whether a line says that it goes its own way and is not itself a part."""
    return bool({"separate", "apart-from"} & reading.cues) and "part" not in reading.cues


def kind(pair: Pair) -> str:
    """Changes and withdrawals follow what they change."""
    if pair.early.amends and not pair.late.amends:
        return "change-before-request"
    return "change-of-earlier" if pair.late.amends else "two-requests"


def recall(pair: Pair) -> str:
    """The month in which the later line says that something was asked before."""
    a, b = pair.early, pair.late
    recalls = b.amends or b.cues & {"again", "changed", "worse", "closed"}
    if not recalls or not b.months or not a.dated or not b.dated:
        return "none"
    asked = a.when.month in b.months and (b.when - a.when).days < 330
    return "agrees" if asked else "other-month"


def wording(pair: Pair) -> str:
    """Shared words beyond the concepts; only a hint across languages."""
    a, b = pair.early, pair.late
    shared = len(a.told & b.told)
    share = shared / max(1, min(len(a.told), len(b.told)))
    same_tongue = a.line.language is None or a.line.language == b.line.language
    if share >= 0.4 and shared >= 2 and told_apart(pair):
        return "alike-but-apart"
    if share >= 0.7 and shared >= 3:
        return "near-copy"
    if share >= 0.4 and shared >= 2:
        return "much"
    if share >= 0.2:
        return "some"
    return "little" if same_tongue else "other-language"


def meaning(pair: Pair) -> str:
    """How near the two texts are by their vectors, whatever their languages."""
    near = nearness(pair.early.meaning, pair.late.meaning)
    if near is None:
        return "unknown"
    if near >= NEARNESS[1][0] and told_apart(pair):
        return "near-but-apart"
    return next((level for bound, level in NEARNESS if near >= bound), "far")


def names(pair: Pair) -> str:
    """Proper names and product names in the texts."""
    a, b = pair.early.names, pair.late.names
    shared = a & b
    if shared:
        lines = (pair.early.line, pair.late.line)
        bodies = (body for line in lines for body in (line.beneficiary, line.provider, line.sent_by))
        shared = shared.difference(usual_stems(), *map(pair.kin.stems_of, bodies))
        return "share-several" if len(shared) > 1 else "share" if shared else "unknown"
    return "none-shared" if a and b else "unknown"


def relay(pair: Pair) -> str:
    """Whether one line is what the other's author wrote, forwarded by another office, or both came through one office."""
    a, b = pair.early.line, pair.late.line
    if not a.relayed_by and not b.relayed_by:
        return "unknown"
    if a.sent_by and a.sent_by == b.sent_by and a.relayed_by != b.relayed_by:
        return "forwarded-from"
    if {a.relayed_by, a.sent_by} & {b.relayed_by, b.sent_by} - {None, ""}:
        return "one-office"
    return "other-offices"


def deadline(pair: Pair) -> str:
    """By when it is needed; of offers, until when they stand."""
    if pair.early.side == "offer":
        return _standing(pair)
    a, b = pair.early.line.needed_by, pair.late.line.needed_by
    if a is None or b is None:
        return "unknown"
    return "same" if a == b else "other"


def _standing(pair: Pair) -> str:
    """Whether two offers stand at one time. An end that moves is a change; two that never stand together are rather two offers."""
    a, b = pair.early.line, pair.late.line
    if a.available_until and a.available_until == b.available_until:
        return "stands-as-long"
    ended = a.available_until and b.available_from and a.available_until < b.available_from
    return "one-after-the-other" if ended and not pair.late.amends else "unknown"


def channel(pair: Pair) -> str:
    """Civil and military asks are kept apart."""
    a, b = pair.early.line.channel, pair.late.line.channel
    if not a or not b:
        return "unknown"
    return "same" if a == b else "other"
