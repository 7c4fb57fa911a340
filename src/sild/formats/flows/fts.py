"""Flows of the Financial Tracking Service of OCHA: answers of its API, its tables of flows, its tables of what plans received.

Its words, from the service's own glossary: a pledge is a promise, a commitment a binding agreement, paid is transferred. A parked flow
lost what its children took: its amount is what is left of it, so parents and children add up as they stand. A flow that is `shared`
over a boundary stands in no sum of one side of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sild.formats.flows.rows import ClaimRow, FlowFile, FlowRow, NotFlows, currency_of, day_of, decimal_of, state_of
from sild.values.flow import FlowState

SOURCE = "OCHA Financial Tracking Service"
SERIES = "ocha-fts"
DOLLAR = "USD"
STATES = {"pledge": FlowState.PLEDGED, "commitment": FlowState.COMMITTED, "paid": FlowState.DISBURSED}
FIRM = "committed,disbursed,spent"
NONE = "none"
"""The plan of a flow that belongs to none."""


def is_answer(told: object) -> bool:
    """Whether a JSON document is an answer of the service with flows."""
    return isinstance(told, dict) and isinstance(told.get("data"), dict) and isinstance(told["data"].get("flows"), list)


def read_answer(told: Mapping[str, Any]) -> FlowFile:
    """The flows of an answer, and the sums that it states. Rows that cannot be read are told, the others are kept."""
    data = told["data"]
    stated = {name: data[name] for name in ("incoming", "outgoing", "internal") if isinstance(data.get(name), dict)}
    # the pages of one search state the same sums; nothing else in an answer says which search it answers
    report = hashlib.sha256(json.dumps(stated, sort_keys=True, default=str).encode()).hexdigest()[:12]
    flows, faults = [], []
    for number, row in enumerate(data["flows"], 1):
        try:
            flows.append(_flow_of_answer(row, report, f"flow {number}"))
        except NotFlows as fault:
            faults.append(str(fault))
    return FlowFile(
        form="fts-answer", flows=tuple(flows), claims=tuple(_stated(stated, report)), rows=len(data["flows"]), faults=tuple(faults)
    )


def _flow_of_answer(row: object, report: str, where: str) -> FlowRow:
    if not isinstance(row, dict) or not row.get("id"):
        raise NotFlows(f"{where}: it has no id")
    where = f"{where} (id {row['id']})"
    given, taken = _objects(row.get("sourceObjects"), where), _objects(row.get("destinationObjects"), where)
    tags = {
        "boundary": [str(row.get("boundary") or "")],
        "on-boundary": [str(row.get("onBoundary") or "")],
        "type": [str(row.get("flowType") or "")],
        "plan": [one["id"] for one in taken if one["type"] == "Plan"] or [NONE],
        "sector": [one["name"] for one in taken if one["type"] == "GlobalCluster"],
        "country": [one["name"] for one in taken if one["type"] == "Location"],
        "project": [one["name"] for one in taken if one["type"] == "Project"],
        "report": [report],
    }
    usage = sorted(one["name"] for one in taken if one["type"] == "UsageYear")
    parent = str(row.get("parentFlowId") or "")
    return _flow(row, where, (_named(given, "Organization"), _named(taken, "Organization")), tags, usage=usage, parent=parent)


def _objects(found: object, where: str) -> list[dict[str, str]]:
    rows = found if isinstance(found, list) else []
    if not all(isinstance(one, dict) for one in rows):
        raise NotFlows(f"{where}: its source or destination is no list of objects")
    return [{name: str(one.get(name) or "") for name in ("type", "id", "name")} for one in rows]


def _named(objects: Iterable[Mapping[str, str]], kind: str) -> str:
    return "; ".join(one["name"] for one in objects if one["type"] == kind)


FLOW_COLUMNS = frozenset({"amountUSD", "srcOrganization", "destOrganization", "onBoundary", "boundary", "status", "id"})


def read_table(rows: Sequence[Mapping[str, str]]) -> FlowFile:
    """The flows of a table of the service."""
    flows, faults = [], []
    for number, row in enumerate(rows, 2):
        try:
            if not row.get("id"):
                raise NotFlows(f"row {number}: it has no id")
            flows.append(_flow_of_row(row, f"row {number} (id {row['id']})"))
        except NotFlows as fault:
            faults.append(str(fault))
    return FlowFile(form="fts-table", flows=tuple(flows), rows=len(rows), faults=tuple(faults))


def _flow_of_row(row: Mapping[str, str], where: str) -> FlowRow:
    tags = {
        "boundary": [row["boundary"]],
        "on-boundary": [row["onBoundary"]],
        "type": [row.get("flowType", "")],
        "plan": _split(row.get("destPlanId", "")) or [NONE],
        "sector": _split(row.get("destGlobalClusters", "")),
        "location": _split(row.get("destLocations", "")),
        "project": [row["destProject"]] if row.get("destProject") else [],
    }
    usage = sorted(year for year in (row.get("destUsageYearStart", ""), row.get("destUsageYearEnd", "")) if year)
    return _flow(row, where, (row["srcOrganization"], row["destOrganization"]), tags, usage=usage)


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _flow(
    row: Mapping[str, Any], where: str, names: tuple[str, str], tags: Mapping[str, Sequence[str]], *, usage: Sequence[str], parent: str = ""
) -> FlowRow:
    dollars = decimal_of(row["amountUSD"], f"{where}, amountUSD")
    told, rate = row.get("originalAmount"), row.get("exchangeRate")
    original = decimal_of(told, f"{where}, originalAmount") if told not in (None, "") else None
    currency = currency_of(row.get("originalCurrency"), f"{where}, originalCurrency") if original is not None else DOLLAR
    sectors = tags["sector"]
    return FlowRow(
        source=SOURCE,
        series=SERIES,
        key=str(row["id"]),
        state=state_of(row.get("status"), STATES, f"{where}, status"),
        giver=names[0],
        body=names[1],
        amount=dollars if original is None else original,
        currency=currency,
        value=dollars,
        value_currency=DOLLAR,
        rate=decimal_of(rate, f"{where}, exchangeRate") if rate not in (None, "") else None,
        in_kind=str(row.get("contributionType") or "") == "in kind",
        title=str(row.get("description") or ""),
        sector=sectors[0] if len(sectors) == 1 else "",
        on=day_of(row.get("date")),
        begins=day_of(f"{usage[0]}-01-01") if usage else None,
        ends=day_of(f"{usage[-1]}-12-31") if usage else None,
        as_of=day_of(row.get("updatedAt")),
        parent=parent,
        tags={name: tuple(values) for name, values in tags.items() if any(values)},
        raw=dict(row),
    )


def _stated(stated: Mapping[str, Any], report: str) -> Iterator[ClaimRow]:
    """What an answer says of its own flows: their sums and how many there are."""
    for side, told in stated.items():
        where = f"the answer's sums, {side}"
        for name, states in (("fundingTotal", FIRM), ("pledgeTotal", FlowState.PLEDGED.value)):
            if name in told:
                amount = decimal_of(told[name], where)
                # a flow that is shared over the boundary stands in no sum of one side of it
                boundary = {"series": SERIES, "report": report, "boundary": side, "on-boundary": "single", "states": states}
                yield ClaimRow(
                    source=SOURCE,
                    series=SERIES,
                    topic=f"{SERIES}:{report}:{side}:{name}",
                    label=f"{side}: {name} of search {report}",
                    said=str(told[name]),
                    amount=amount,
                    unit=DOLLAR,
                    boundary=boundary,
                )
        if "flowCount" in told:
            boundary = {"series": SERIES, "report": report, "boundary": side, "count": "yes"}
            yield ClaimRow(
                source=SOURCE,
                series=SERIES,
                topic=f"{SERIES}:{report}:{side}:flowCount",
                label=f"{side}: flowCount of search {report}",
                said=str(told["flowCount"]),
                amount=decimal_of(told["flowCount"], where),
                unit="flows",
                boundary=boundary,
            )


PLAN_COLUMNS = frozenset({"countryCode", "id", "name", "year", "requirements", "funding"})
HAPI_COLUMNS = frozenset({"location_code", "appeal_code", "appeal_name", "funding_usd"})
NOT_SPLIT = frozenset({"not specified", "multiple clusters/sectors (shared)"})
"""Lines of a table of sectors that are no sector."""


def read_plans(rows: Sequence[Mapping[str, str]]) -> FlowFile:
    """What a table says that plans received, in all or by sector, as claims about the sums of the flows to them."""
    sectors = any("cluster" in row for row in rows)
    claims, faults = [], []
    for number, row in enumerate(rows, 2):
        try:
            claims += [_plan_claim(row, f"row {number}")] if row.get("funding", "").strip() else []
        except NotFlows as fault:
            faults.append(str(fault))
    form = "fts-plans-by-sector" if sectors else "fts-plans"
    return FlowFile(form=form, claims=tuple(claims), rows=len(rows), empty=len(rows) - len(claims) - len(faults), faults=tuple(faults))


def _plan_claim(row: Mapping[str, str], where: str) -> ClaimRow:
    plan, place, cluster = row["id"].strip() or NONE, row["countryCode"].strip(), row.get("cluster", "").strip()
    boundary = {"series": SERIES, "location": place, "plan": plan, "on-boundary": "single", "states": FIRM}
    whole, code = f"{SERIES}:plan:{place}:{row['name'].strip().casefold()}:{row['year']}", row.get("clusterCode", "").strip()
    if cluster:
        told = cluster.casefold() not in NOT_SPLIT
        # money that a fund received for a plan is split among sectors when the fund hands it on, inside the boundary
        boundary = {**boundary, "sector": cluster} if told else {}
        # a plan's own sectors and those of all plans share names: what is told of one name stands side by side
        whole = f"{whole}:{cluster.casefold()}"
    else:
        boundary["boundary"] = "incoming"
    return ClaimRow(
        source=SOURCE,
        series=SERIES,
        topic=whole,
        label=" · ".join(part for part in (row["name"], place, cluster) if part),
        said=row["funding"].strip(),
        amount=decimal_of(row["funding"], f"{where}, funding"),
        unit=DOLLAR,
        as_of=row["year"],
        note=f"sector {code}" if code else "",
        boundary=boundary,
    )


def read_hapi(rows: Sequence[Mapping[str, str]]) -> FlowFile:
    """The same sums as another publication of the same service tells them: claims, to be held against each other and the rows."""
    claims, faults = [], []
    for number, row in enumerate(rows, 2):
        told = row["funding_usd"].strip()
        if not told:
            continue
        try:
            amount = decimal_of(told, f"row {number}, funding_usd")
        except NotFlows as fault:
            faults.append(str(fault))
            continue
        named, place = row["appeal_name"].strip(), row["location_code"].strip()
        claims.append(
            ClaimRow(
                source="OCHA Humanitarian API",
                series=SERIES,
                topic=f"{SERIES}:plan:{place}:{named.casefold()}:{row.get('reference_period_end', '')[:4]}",
                label=f"{named} · {place}",
                said=told,
                amount=amount,
                unit=DOLLAR,
                as_of=row.get("reference_period_end", "")[:4],
            )
        )
    return FlowFile(
        form="fts-hapi", claims=tuple(claims), rows=len(rows), empty=len(rows) - len(claims) - len(faults), faults=tuple(faults)
    )
