"""The picture of a report, drawn from the report's own rows: what stands nowhere in it is not drawn either."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from sild.formats.drawing.sankey import Flow, SankeyWords, folded_flows, sankey_picture
from sild.formats.drawing.shapes import Tone
from sild.formats.drawing.svg import svg_of
from sild.formats.report_paper import ReportPicture
from sild.kernel.said import said, wording
from sild.wings.disclosure.reads.words import word

TONES: Mapping[str, Tone] = {"proposed": "unknown", "accepted": "unknown", "committed": "good"}
"""The agreements that are drawn: those that stand, by how far they are."""


def drawn(facts: Mapping[str, list[dict[str, Any]]]) -> list[ReportPicture]:
    """Who gives what to whom and how far it is, each agreement that stands counted once; nothing where none stands."""
    standing = [row for row in facts["agreements"] if row["state"] in TONES]
    flows = [Flow(path=_path(row), amount=Decimal(1)) for row in standing]
    counts = {state: sum(row["state"] == state for row in standing) for state in TONES}
    summary = _("Agreements that stand: {all}; proposed {proposed}, accepted {accepted}, committed {committed}.").format(
        all=len(standing), **counts
    )
    words = SankeyWords(
        usual=wording(_("What was agreed, from giver to how far it is"), summary),
        columns=(_("Who gives"), _("Category"), _("For whom"), _("How far")),
        last=tuple((word("agreements", state), tone) for state, tone in TONES.items()),
    )
    picture = sankey_picture(folded_flows(flows, words), words)
    if picture is None:
        return []
    return [ReportPicture(svg=svg_of(picture, standalone=True), told=f"{words.usual.title}. {summary}")]


def _path(row: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        row["giver"] or _("not named"),
        said().category(row["category"] or "") or _("no category yet"),
        row["body"] or _("not known"),
        word("agreements", row["state"]),
    )
