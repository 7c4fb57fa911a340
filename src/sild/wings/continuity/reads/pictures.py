"""What leans on what as a picture in the order of layers, and the countries of hosts as a map; each with its table and a summary."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from uuid import UUID

from babel import Locale
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from sild.formats.drawing.layers import Column, Link, Node, layers_picture
from sild.formats.drawing.map import Marked, map_picture
from sild.formats.drawing.shapes import Cell, Drawn, Tone
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.said import said, wording
from sild.wings.continuity.models import Host, System
from sild.wings.continuity.reads.leaning import Leaning, leaning_of
from sild.wings.continuity.rules import DependencyKind, HostState, Layer, Portability

WAYS: dict[Portability, tuple[Tone, bool]] = {
    Portability.CLOUD: ("good", False),
    Portability.REHOST: ("a", False),
    Portability.SPECIAL_HARDWARE: ("part", True),
    Portability.IMMOVABLE: ("gap", True),
    Portability.UNKNOWN: ("unknown", True),
}
"""How a system is marked by how it can be moved."""
NEAREST: tuple[tuple[HostState, Tone], ...] = ((HostState.READY, "good"), (HostState.CONSIDERED, "part"), (HostState.CLOSED, "muted"))
"""How a country is marked: by its host that has come furthest."""


@read
def picture_of_leaning(actor: Actor) -> Drawn:
    """What leans on what among the reader's own systems in use, layer by layer."""
    own = leaning_of(actor.organisation)
    systems = {one.id: Portability(one.portability) for one in System.objects.filter(id__in=[*own.parts])}
    title = _("What leans on what")
    summary = _leaning_summary(own, len(systems)) if systems else _("There is no system to draw: write one down, or take in a sheet.")
    words = wording(title, summary)
    keys = tuple((*WAYS[way], said().label(way, "portability")) for way in Portability)
    columns = [
        Column(
            name=said().label(layer, "layer"),
            nodes=tuple(_node(own, key, systems[key]) for key in own.parts if key in systems and own.parts[key].layer == layer),
        )
        for layer in Layer
    ]
    links = [
        Link(str(row.system), str(row.needs), "gap" if row.odd else "muted", row.kind != DependencyKind.STOPS)
        for row in own.rows
        if row.system in systems
    ]
    order = {key: at for at, key in enumerate(own.parts)}
    rows = sorted(own.rows, key=lambda row: (order[row.system], order[row.needs]))
    table: list[tuple[Cell, ...]] = [
        (row.one_words, row.needs_words, said().label(row.kind, "dependency"), row.hours, _("yes") if row.odd else "") for row in rows
    ]
    return Drawn(
        picture=layers_picture(columns, links, words, keys),
        title=title,
        summary=summary,
        head=(_("What leans"), _("On what"), _("How much it leans"), _("Hours that it goes on alone"), _("On a later layer")),
        rows=tuple(table),
        links=tuple(reverse("continuity.system", args=[row.system]) for row in rows),
    )


def _node(own: Leaning, key: UUID, way: Portability) -> Node:
    part = own.parts[key]
    tone, pattern = WAYS[way]
    title = f"{part.code}: {part.name}, {said().label(way, 'portability')}"
    return Node(key=str(key), label=f"{part.code} {part.name}", title=title, tone=tone, pattern=pattern)


def _leaning_summary(own: Leaning, systems: int) -> str:
    odd = sum(row.odd for row in own.rows)
    told = [ngettext("{many} system", "{many} systems", systems).format(many=systems)]
    if odd:
        against = ngettext("{many} tie goes against the order of layers", "{many} ties go against the order of layers", odd)
        told.append(against.format(many=odd))
    told += [_("{codes} stand in a ring").format(codes=", ".join(own.parts[key].code for key in ring)) for ring in own.rings]
    lines = _("A line leads from what is needed to what leans on it; it is dashed where nothing stands still for certain.")
    return "; ".join(told) + ". " + lines


@read
def map_of_hosts(actor: Actor) -> Drawn:
    """The countries of the hosts that the reader may see, and nothing finer than countries."""
    hosts = list(Host.objects.exclude(country="").order_by("country", "name", "id"))
    unknown = Host.objects.filter(country="").count()
    names = Locale.parse((get_language() or "en").replace("-", "_")).territories
    by: dict[str, list[Host]] = defaultdict(list)
    for host in hosts:
        by[host.country].append(host)
    title = _("Countries of hosts")
    marked = []
    table: list[tuple[Cell, ...]] = []
    for code, there in sorted(by.items(), key=lambda one: str(names.get(one[0], one[0]))):
        ready = sum(one.state == HostState.READY for one in there)
        tone = next(tone for state, tone in NEAREST if any(one.state == state for one in there))
        name = str(names.get(code, code))
        marked.append(Marked(code=code, label=f"{code} {len(there)}", title=f"{name}: {len(there)}", tone=tone))
        free = [one.free for one in there if one.free is not None and one.state != HostState.CLOSED]
        untold = any(one.free is None for one in there if one.state != HostState.CLOSED)
        table.append((name, len(there), ready, sum(free, Decimal(0)), _("yes") if untold else ""))
    summary = _("There is no host whose country is known.")
    if by:
        summary = ngettext("{many} country has hosts.", "{many} countries have hosts.", len(by)).format(many=len(by))
        summary += " " + _("A country is marked as a whole, wherever in it the host stands; the number is how many there are.")
    if unknown:
        summary += " " + ngettext("Of {many} host the country is not known.", "Of {many} hosts the country is not known.", unknown).format(
            many=unknown
        )
    keys = tuple((tone, False, said().label(state, "host")) for state, tone in NEAREST)
    return Drawn(
        picture=map_picture(marked, title, summary, keys),
        title=title,
        summary=summary,
        head=(_("Country"), _("Hosts"), _("Ready"), _("Free, TB"), _("Not all of it told")),
        rows=tuple(table),
    )
