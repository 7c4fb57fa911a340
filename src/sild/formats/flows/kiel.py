"""Tables of the Ukraine Support Tracker of the Kiel Institute: what donors allocated and promised by month, and its own sums.

Amounts are billions of euro with up to six decimals, so a thousand euro is their last place. A month may be negative: an allocation was
taken back, or a promise was turned into an allocation. An allocation is named and specific, so it counts as committed; what is "to be
allocated" is a promise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from sild.formats.flows.rows import ClaimRow, FlowFile, FlowRow, NotFlows, day_of, decimal_of
from sild.values.flow import FlowState

SOURCE = "Kiel Institute, Ukraine Support Tracker"
SERIES, WEAPONS, SHARES = "kiel-ust", "kiel-ust-weapons", "kiel-ust-eu-shares"
EURO = "EUR"
BILLION = Decimal(10**9)
STEP = Decimal(1000)
"""The last place of an amount in the tables."""
KINDS = ("financial", "humanitarian", "military")
RECIPIENT = "Ukraine"
PERCENT, PERCENT_STEP = "% of GDP", Decimal("0.000001")
EU = "EU (Commission and Council)"

MONTHS = frozenset({"country", "year", "month", "total", "commitments", "to_be_allocated", *KINDS})
TOTALS = frozenset({"year", "month", "total_allocations", *KINDS})
WAYS = frozenset({"year", "month", "stockpile", "procurement", "unspecified", "nato_purl"})
WEAPON_COLUMNS = frozenset({"donor", "category", "number_of_weapons", "monetary_value_eur", "weapons_list"})
SHARE_COLUMNS = frozenset({"country", "bilateral_pct_gdp", "eu_share_bn"})


def _month(row: Mapping[str, str], where: str) -> date:
    try:
        return date(int(row["year"]), int(row["month"]), 1)
    except ValueError as fault:
        raise NotFlows(f"{where}: {row['year'][:10]}-{row['month'][:10]} is no month") from fault


def _last_day(month: date) -> date:
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def _euros(row: Mapping[str, str], name: str, where: str) -> Decimal:
    return decimal_of(decimal_of(row[name], f"{where}, {name}") * BILLION, f"{where}, {name}")


def read_months(rows: Sequence[Mapping[str, str]]) -> FlowFile:
    """Flows of each donor and month by kind; where a row's own sum does not hold, the claim that it makes is kept beside them."""
    flows: list[FlowRow] = []
    claims: list[ClaimRow] = []
    faults: list[str] = []
    empty = sums = 0
    shares: dict[str, Decimal] = defaultdict(Decimal)
    for number, row in enumerate(rows, 2):
        where = f"row {number}"
        try:
            found = list(_flows_of_month(row, where))
            claims += _broken_sums(row, where)
            shares[row["country"]] += decimal_of(row["pct_gdp"], where) if row.get("pct_gdp", "").strip() else Decimal(0)
        except NotFlows as fault:
            faults.append(str(fault))
            continue
        flows += found
        empty += not found
        sums += 2
    for country, share in shares.items():
        claims.append(_share_claim(country, share.quantize(PERCENT_STEP), "sum of the months"))
    return FlowFile(
        form="kiel-months", flows=tuple(flows), claims=tuple(claims), rows=len(rows), empty=empty, sums=sums, faults=tuple(faults)
    )


def _flows_of_month(row: Mapping[str, str], where: str) -> Iterator[FlowRow]:
    month, giver = _month(row, where), row["country"].strip()
    if not giver:
        raise NotFlows(f"{where}: it names no country")
    for kind in (*KINDS, "to_be_allocated"):
        amount = _euros(row, kind, where)
        if amount == 0:
            continue
        promised = kind == "to_be_allocated"
        yield FlowRow(
            source=SOURCE,
            series=SERIES,
            key=f"{giver}:{month:%Y-%m}:{kind}",
            state=FlowState.PLEDGED if promised else FlowState.COMMITTED,
            giver=giver,
            body=RECIPIENT,
            amount=amount,
            currency=EURO,
            title=f"{giver}: {kind.replace('_', ' ')}, {month:%Y-%m}",
            sector="" if promised else kind,
            on=month,
            begins=month,
            ends=_last_day(month),
            tags={"kind": (kind,), "month": (f"{month:%Y-%m}",)},
            raw=dict(row),
        )


def _broken_sums(row: Mapping[str, str], where: str) -> Iterator[ClaimRow]:
    """What a row says of itself and does not keep: its total of the kinds, its commitments of total and promise."""
    amounts = {name: _euros(row, name, where) for name in (*KINDS, "total", "commitments", "to_be_allocated")}
    month, giver = _month(row, where), row["country"].strip()
    for name, states, told in (
        ("total", "committed", sum((amounts[kind] for kind in KINDS), Decimal(0))),
        ("commitments", "", amounts["total"] + amounts["to_be_allocated"]),
    ):
        if amounts[name] != told:
            boundary = {"series": SERIES, "giver": giver, "month": f"{month:%Y-%m}", "states": states} if states else {}
            yield ClaimRow(
                source=SOURCE,
                series=SERIES,
                topic=f"{SERIES}:{giver}:{month:%Y-%m}:{name}",
                label=f"{giver}, {month:%Y-%m}: {name}",
                said=f"{row[name]} bn EUR; its parts make {told / BILLION}",
                amount=amounts[name],
                unit=EURO,
                boundary=boundary,
            )


def read_totals(rows: Sequence[Mapping[str, str]]) -> FlowFile:
    """What the institute says that all donors allocated in a month, in all and by kind."""
    return _claims(rows, "kiel-totals", _claims_of_totals)


def _claims_of_totals(row: Mapping[str, str], where: str) -> Iterator[ClaimRow]:
    month = f"{_month(row, where):%Y-%m}"
    for name in ("total_allocations", *KINDS):
        kind = {} if name == "total_allocations" else {"kind": name}
        yield ClaimRow(
            source=SOURCE,
            series=SERIES,
            topic=f"{SERIES}:{month}:{name}",
            label=f"{month}: {name.replace('_', ' ')}",
            said=f"{row[name]} bn EUR",
            amount=_euros(row, name, where),
            unit=EURO,
            as_of=month,
            rounded_to=Decimal(0),
            boundary={"series": SERIES, "month": month, "states": "committed", **kind},
        )


def read_ways(rows: Sequence[Mapping[str, str]]) -> FlowFile:
    """Military aid of a month by the way in which it was got: another sum of what the months hold."""
    return _claims(rows, "kiel-ways", _claims_of_ways)


def _claims_of_ways(row: Mapping[str, str], where: str) -> Iterator[ClaimRow]:
    month = f"{_month(row, where):%Y-%m}"
    parts = [_euros(row, name, where) for name in ("stockpile", "procurement", "unspecified", "nato_purl")]
    yield ClaimRow(
        source=SOURCE,
        series=SERIES,
        topic=f"{SERIES}:{month}:military",
        label=f"{month}: military",
        said=f"{sum(parts, Decimal(0)) / BILLION} bn EUR",
        note="stockpile, procurement, unspecified and PURL together",
        amount=sum(parts, Decimal(0)).quantize(Decimal("0.01")),
        unit=EURO,
        as_of=month,
        rounded_to=STEP,
        boundary={"series": SERIES, "month": month, "states": "committed", "kind": "military"},
    )


def read_weapons(rows: Sequence[Mapping[str, str]]) -> FlowFile:
    """Heavy weapons by donor with the institute's valuation: a second view of the military allocations, in no sum of them."""
    flows, faults = [], []
    for number, row in enumerate(rows, 2):
        where = f"row {number}"
        try:
            amount = decimal_of(row["monetary_value_eur"], where)
        except NotFlows as fault:
            faults.append(str(fault))
            continue
        flows.append(
            FlowRow(
                source=SOURCE,
                series=WEAPONS,
                key=f"{row['donor']}:{row['category']}",
                state=FlowState.COMMITTED,
                giver=row["donor"].strip(),
                body=RECIPIENT,
                amount=amount,
                currency=EURO,
                in_kind=True,
                method="the institute's valuation of each system",
                title=row["weapons_list"],
                sector="military",
                view=True,
                tags={"kind": (row["category"],)},
                raw=dict(row),
            )
        )
    return FlowFile(form="kiel-weapons", flows=tuple(flows), rows=len(rows), faults=tuple(faults))


def read_shares(rows: Sequence[Mapping[str, str]]) -> FlowFile:
    """Each member's share of what the Union gave: a second view of the Union's own flows; and what members gave of their product."""
    flows, claims, faults = [], [], []
    for number, row in enumerate(rows, 2):
        where, country = f"row {number}", row["country"].strip()
        try:
            amount = _euros(row, "eu_share_bn", where)
            claims.append(_share_claim(country, decimal_of(row["bilateral_pct_gdp"], where), "table of shares"))
        except NotFlows as fault:
            faults.append(str(fault))
            continue
        flows.append(
            FlowRow(
                source=SOURCE,
                series=SHARES,
                key=country,
                state=FlowState.COMMITTED,
                giver=country,
                through=EU,
                body=RECIPIENT,
                amount=amount,
                currency=EURO,
                title=f"{country}: share of what the Union gave",
                view=True,
                raw=dict(row),
            )
        )
    return FlowFile(form="kiel-shares", flows=tuple(flows), claims=tuple(claims), rows=len(rows), faults=tuple(faults))


def _share_claim(country: str, share: Decimal, where: str) -> ClaimRow:
    return ClaimRow(
        source=SOURCE,
        series=SERIES,
        topic=f"{SERIES}:{country}:bilateral-share",
        label=f"{country}: bilateral support as a share of its product",
        said=f"{share} {PERCENT}",
        amount=share,
        unit=PERCENT,
        rounded_to=PERCENT_STEP,
        note=where,
    )


def _claims(rows: Sequence[Mapping[str, str]], form: str, claims_of: Callable[[Mapping[str, str], str], Iterator[ClaimRow]]) -> FlowFile:
    claims: list[ClaimRow] = []
    faults: list[str] = []
    for number, row in enumerate(rows, 2):
        try:
            claims += claims_of(row, f"row {number}")
        except NotFlows as fault:
            faults.append(str(fault))
    return FlowFile(form=form, claims=tuple(claims), rows=len(rows), faults=tuple(faults))


RELEASE = frozenset({"release", "period", "date", "label"})


def read_release(rows: Sequence[Mapping[str, str]]) -> FlowFile:
    """Which release it is: one claim, so that a later release stands beside it."""
    claims = []
    for row in rows:
        if day_of(row["date"]) is not None:
            claims.append(
                ClaimRow(
                    source=SOURCE,
                    series=SERIES,
                    topic=f"{SERIES}:release:{row['release']}",
                    label=row["label"],
                    said=f"{row['period']}, {row['date']}",
                    as_of=row["date"],
                )
            )
    return FlowFile(form="kiel-release", claims=tuple(claims), rows=len(rows))
