"""The same line told twice inside one message becomes one: the summary in the mail and the row in its attachment, a name and its number."""

from __future__ import annotations

from collections import defaultdict

from sild.cores.extraction.answer import DraftLine
from sild.cores.extraction.method.amounts import quantities, unit_word
from sild.cores.extraction.method.drafts import Draft
from sild.cores.extraction.method.kinds import BARE
from sild.cores.extraction.method.mentions import SOLID, mentions
from sild.cores.extraction.method.passages import Passage
from sild.cores.extraction.method.sentences import Stretch, sentences
from sild.cores.extraction.method.words import bare

_FULL = 100
_RIVALS = 200  # repeats stand close; a message with more lines of one category is a register, not a letter
_FEW = 40
_WHOLE_WORD = 6  # letters from which the last word of a name tells the thing again
_FILLING_UNITS = frozenset(("person", "licence", "thing", "place"))
_FILLED_CATEGORIES = frozenset(
    [
        "software-licences",
        "endpoint-protection",
        "identity-access",
        "email-security",
        "training",
        "secure-communications",
        "end-user-devices",
    ]
)


def complete_numbers(drafts: list[Draft], found: list[Passage]) -> None:
    """A thing asked for without a number takes the count told in one of the next two sentences that names no other thing."""
    starts = {(id(d.passage), d.sentence.start) for d in drafts}
    flat = [(p, s) for p in found if p.block.kind in ("paragraph", "list-item", "field") for s in sentences(p.text)]
    places = {(id(p), s.start): number for number, (p, s) in enumerate(flat)}
    for draft in drafts:
        if draft.amount is not None or draft.kind != "request" or draft.category not in _FILLED_CATEGORIES:
            continue
        here = places.get((id(draft.passage), draft.sentence.start))
        if here is None:
            continue
        around = [*flat[here + 1 : here + 4], *flat[max(0, here - 1) : here]]
        for passage, sentence in around:
            if (id(passage), sentence.start) in starts:
                continue
            if _fill(draft, passage, sentence):
                break


def _fill(draft: Draft, passage: Passage, sentence: Stretch) -> bool:
    words = sentence.of(passage.text)
    counted = [q for q in quantities(words) if q.unit_class in _FILLING_UNITS and q.value > 1]
    if len(counted) != 1 or any(m.rank >= SOLID and m.item.role != "device" for m in mentions(passage.text, sentence.start, sentence.end)):
        return False
    found = counted[0]
    draft.amount = found.value
    draft.unit = unit_word(None, draft.head) or found.unit
    end = min(found.end, found.start + 80)
    draft.more.append((passage, sentence.start + found.start, sentence.start + end))
    draft.reasons["quantity"] = "told in a sentence after the thing"
    return True


def merged(drafts: list[Draft]) -> list[Draft]:
    """The drafts without repeats; of two the one that says more stays, at its place."""
    sure = [d for d in drafts if d.confidence > BARE]
    drafts = [d for d in drafts if d.confidence > BARE or not _described(d, sure)]
    drafts = _without_asides(drafts)
    kept: list[Draft] = []
    rivals = _Rivals()
    for draft in drafts:
        twin = next((i for i in rivals.of(draft) if _same(kept[i], draft)), None)
        if twin is None:
            rivals.add(draft, len(kept))
            kept.append(draft)
            continue
        if _weight(draft) > _weight(kept[twin]):
            _inherit(draft, kept[twin])
            kept[twin] = draft
            rivals.told_anew(draft, twin)
        else:
            _inherit(kept[twin], draft)
    return kept


class _Rivals:
    """The kept lines that a draft may repeat, in their order: of its category, near by, and of its amount or without one.

    Two that are counted are one line with one amount alone, so a letter that goes on asking is not compared with all of itself.
    """

    def __init__(self) -> None:
        self._all: dict[tuple[str | None, bool], list[int]] = defaultdict(list)
        self._told: dict[tuple[str | None, bool, object], list[int]] = defaultdict(list)
        self._rows: dict[int, bool] = {}

    def add(self, draft: Draft, place: int) -> None:
        self._rows[place] = row = _is_row(draft)
        self._all[draft.category, row].append(place)
        self._told[draft.category, row, _amount(draft)].append(place)

    def told_anew(self, draft: Draft, place: int) -> None:
        """The line at that place has another's words now: it stays where it was, under its new amount too."""
        self._told[draft.category, self._rows[place], _amount(draft)].append(place)

    def of(self, draft: Draft) -> list[int]:
        # rows are never each other's repeats, so a long sheet is not compared with itself
        near = self._near(draft, False)
        return near if _is_row(draft) else near + self._near(draft, True)

    def _near(self, draft: Draft, row: bool) -> list[int]:
        every = self._all[draft.category, row]
        window = every[:_RIVALS] if row else every[-_RIVALS:]
        if not window or not _counted(draft):
            return window
        like = {*self._told[draft.category, row, _amount(draft)], *self._told[draft.category, row, None]}
        return sorted(place for place in like if window[0] <= place <= window[-1])


def _is_row(draft: Draft) -> bool:
    return draft.passage.block.kind == "row"


def _amount(draft: Draft) -> object:
    """What a counted line counts; None for a line without a count."""
    return (draft.amount,) if _counted(draft) else None


def _without_asides(drafts: list[Draft]) -> list[Draft]:
    """Without uncounted lines that only say more of a counted one: "15 firewalls ...", then "the firewalls are needed by April"."""
    counted: dict[tuple[str, str], Draft] = {}
    named: dict[str, dict[str, Draft]] = defaultdict(dict)  # by part and the words that name the counted thing
    kept: list[Draft] = []
    for draft in drafts:
        aside = not _counted(draft) and draft.head is not None and draft.head.item.role in ("product", "device") and not draft.paid
        part = draft.passage.part.name
        first = counted.get((_item(draft), part)) or (_called(named[part], draft) if aside else None)
        if aside and first is not None and draft.kind in ("request", "offer") and first.kind == draft.kind and not _elsewhere(first, draft):
            first.told_too.append((draft.passage, draft.sentence))
            continue
        if _counted(draft) and draft.passage.block.kind not in ("row", "chat"):
            counted.setdefault((_item(draft), part), draft)
            if draft.head is not None and len(named[part]) < _FEW:
                named[part].setdefault(_name(draft), draft)
        kept.append(draft)
    return kept


def _name(draft: Draft) -> str:
    """The words that name the thing, folded; empty where none does."""
    return bare(draft.passage.text[draft.head.start : draft.head.end]) if draft.head is not None else ""


def _called(named: dict[str, Draft], aside: Draft) -> Draft | None:
    """The counted thing of whose name the aside's is the last word: "15 industrial firewalls", then "the firewalls"."""
    name = _name(aside)
    return next((first for whole, first in named.items() if whole.endswith(name)), None) if len(name) >= _WHOLE_WORD else None


def _elsewhere(one: Draft, other: Draft) -> bool:
    """Whether the two are known to be for different bodies."""
    return len({d.beneficiary.name for d in (one, other) if d.beneficiary is not None}) > 1


def _described(bare: Draft, sure: list[Draft]) -> bool:
    """Whether a surer line already asks for the same thing; a line that shows few words takes over those of the description."""
    same = next((s for s in sure[:_RIVALS] if _item(bare) == _item(s) and bare.category == s.category), None)
    if same is None:
        return False
    if not _counted(same) and same.passage is bare.passage and sum(end - start for _, start, end in same.evidence) < _FEW:
        same.evidence += bare.evidence
    return True


def _weight(draft: Draft) -> tuple[bool, bool, bool, bool, int]:
    """What makes one of two tellings the better: a row, a number, a change, a sum, then the fuller words."""
    counted = draft.quantity is not None or bool(draft.more)
    length = sum(end - start for _, start, end in draft.evidence)
    return draft.passage.block.kind == "row", counted, draft.kind in ("update", "withdrawal"), draft.paid, min(length, _FULL)


def _inherit(kept: Draft, gone: Draft) -> None:
    if gone.passage.block.kind != "row":
        kept.told_too.append((gone.passage, gone.sentence))
    kept.additional = kept.additional or gone.additional
    if kept.beneficiary is None and kept.passage.block.kind == "row":
        kept.beneficiary = gone.beneficiary


def _same(one: Draft, other: Draft) -> bool:
    rows = (one.passage.block.kind == "row") + (other.passage.block.kind == "row")
    if rows == 2 or one.category is None or one.category != other.category or _stance(one) != _stance(other):
        return False
    if one.passage.block.kind == "chat" and one.passage.block.author != other.passage.block.author:
        return False
    if {one.kind, other.kind} & {"withdrawal"} and one.kind != other.kind:
        return False
    named = {d.beneficiary.name for d in (one, other) if d.beneficiary is not None}
    if len(named) > 1 or one.additional != other.additional:
        return False
    if one.passage is other.passage and one.sentence == other.sentence and _counted(one) and _counted(other) and _name(one) != _name(other):
        return False  # "25 headsets, 25 monitors"
    if one.amount == other.amount and one.amount is not None and _counted(one) and _counted(other):
        return _item(one) == _item(other) or one.passage.part.name != other.passage.part.name
    bare = [d for d in (one, other) if not _counted(d)]
    if bare and _apart(one, other):
        return False
    return bool(bare) and (_item(one) == _item(other) or any(_vague(d) for d in bare))


def _apart(one: Draft, other: Draft) -> bool:
    """Two services, each asked for in its own words and sentence, are two: an audit of the portal and one of the registers."""
    services = all(d.head is not None and d.head.item.role == "activity" for d in (one, other))
    asked = all(d.cues & {"ask", "offer"} for d in (one, other))
    return services and asked and one.passage.part.name == other.passage.part.name and one.passage.block.kind != "heading"


def _counted(draft: Draft) -> bool:
    return draft.quantity is not None or bool(draft.more)


def _item(draft: Draft) -> str:
    return draft.head.item.name if draft.head is not None else ""


def _vague(draft: Draft) -> bool:
    return draft.head is None or draft.head.item.role in ("generic", "scope")


def _stance(draft: Draft) -> str:
    return draft.stance or "request"


def sorted_lines(lines: list[DraftLine]) -> tuple[DraftLine, ...]:
    """In the order of the source."""
    return tuple(sorted(lines, key=lambda line: (line.part != "body", line.part, line.evidence[0].block, line.evidence[0].start)))
