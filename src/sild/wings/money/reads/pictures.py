"""Money from who gives by category to whom and how far it is, in one currency: what totals count, each piece once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from sild.formats.drawing.sankey import Flow as Band
from sild.formats.drawing.sankey import SankeyWords, folded_flows, sankey_picture
from sild.formats.drawing.shapes import Drawn, Tone
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.said import said, wording
from sild.wings.money.reads.lists import FlowFilter, narrowed
from sild.wings.money.reads.sums import MOST_PIECES, holders_beyond, pieces_of
from sild.wings.money.rules import POTS, FlowState, Piece, counted

TONES: dict[FlowState, Tone] = {
    FlowState.INDICATED: "unknown",
    FlowState.PLEDGED: "unknown",
    FlowState.COMMITTED: "part",
    FlowState.DISBURSED: "good",
    FlowState.SPENT: "good",
}
FIRM_FIRST = ("firm", "pledged", "indicated")


@read
def currencies_of(actor: Actor) -> tuple[str, ...]:
    """The currencies in which something that the reader sees is told, the most used first."""
    used: Counter[str] = Counter()
    for own, other in narrowed(FlowFilter()).values_list("currency", "value_currency"):
        used.update({one for one in (own, other) if one})
    return tuple(one for one, _count in sorted(used.items(), key=lambda held: (-held[1], held[0])))


@read
def picture_of_money(actor: Actor, *, currency: str = "", pot: str = "", wanted: FlowFilter | None = None) -> Drawn:
    """What a pot of totals counts (`pot` "": what is firm, else the first in which there is something), in one currency ("": the one that
    is used most). What is in other currencies without a rate, kept back or below nothing is told as a number of rows."""
    flows = list(narrowed(wanted or FlowFilter()).order_by("created_at", "id")[: MOST_PIECES + 1])
    if len(flows) > MOST_PIECES:
        return _without(_("These are more rows than are added up at once. Narrow them by a year, a source or a giver."))
    pieces = pieces_of(flows)
    asked = pot if pot in POTS else next((one for one in FIRM_FIRST if any(piece.state in POTS[one] for piece in pieces)), "")
    code = currency or next(iter(currencies_of(actor)), "")
    if not asked or not code:
        return _without(_("There is no flow of money to draw. The secretariat's officer writes flows down, or takes public ones in."))
    counts = counted(pieces, asked, currency=code, holders=holders_beyond(pieces))
    worth = [(piece, piece.within(code) or Decimal(0)) for piece in counts.pieces]
    drawn = [(piece, amount) for piece, amount in worth if amount > 0]
    summary = _summary(asked, code, drawn, left=len(counts.left_out) + len(worth) - len(drawn))
    return _drawn(drawn, code, summary)


def _without(summary: str) -> Drawn:
    return Drawn(picture=None, title=_title(""), summary=summary, head=(), rows=())


def _title(code: str) -> str:
    return _("Money from giver to how far it is, in {currency}").format(currency=code) if code else _("Money from giver to how far it is")


def _summary(pot: str, code: str, drawn: Sequence[tuple[Piece, Decimal]], *, left: int) -> str:
    whole = sum((amount for _piece, amount in drawn), Decimal(0))
    told = _("{pot}: {amount} {currency} in {rows} rows, each piece of money once.")
    words = told.format(pot=said().label(pot, "pot"), amount=said().amount(whole), currency=code, rows=len(drawn))
    if left:
        more = _("Rows that are not in it, for they lie inside another, have no rate into {currency}, or are kept back: {count}.")
        words = f"{words} {more.format(currency=code, count=left)}"
    return words


def _drawn(drawn: Sequence[tuple[Piece, Decimal]], code: str, summary: str) -> Drawn:
    columns = (_("Who gives"), _("Category"), _("For whom"), _("How far"))
    words = SankeyWords(
        usual=wording(_title(code), summary),
        columns=columns,
        last=tuple((said().label(state, "flow"), TONES[state]) for state in FlowState),
    )
    shown = folded_flows([Band(path=_path(piece), amount=amount) for piece, amount in drawn], words)
    total = sum((flow.amount for flow in shown), Decimal(0))
    return Drawn(
        picture=sankey_picture(shown, words),
        title=words.usual.title,
        summary=summary,
        head=(*columns, code),
        rows=tuple((*flow.path, flow.amount) for flow in shown),
        total=(_("All"), "", "", "", total) if shown else (),
    )


def _path(piece: Piece) -> tuple[str, ...]:
    def mark(name: str) -> str:
        return ", ".join(sorted(piece.marks.get(name, frozenset())))

    about = said().category(mark("category")) or mark("sector") or _("no category yet")
    giver = mark("giver") or _("a giver that is not named to you")
    return (giver, about, mark("body") or _("nobody that could be told"), said().label(piece.state, "flow"))
