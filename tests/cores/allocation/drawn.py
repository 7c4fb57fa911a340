"""Small allocation problems drawn by hypothesis, and their optimum by trying every plan."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product

from hypothesis import strategies as st

from sild.cores.allocation.check.ledger import Ledger, conditions_broken, counted, gates_closed, least_of, window, worth
from sild.cores.allocation.problem import Bundle, Earlier, Fairness, Licence, Need, Offer, Problem

CATEGORIES = ("training", "satellite-connectivity")
SITES = ("rack a", "rack b")
BODIES = ("ministry", "hospital")
REGIONS = ("north", "south")
FAIR = (
    (Fairness(by="region", rule="max-min", weight=Decimal("0.5")),),
    (Fairness(by="body", rule="floor", weight=Decimal(2), floor=Decimal("0.4")),),
    (
        Fairness(by="sector", rule="floor", weight=Decimal("0.3"), floor=Decimal("0.6"), among=frozenset({"health"})),
        Fairness(by="body", rule="max-min", weight=Decimal(1)),
    ),
)
DONORS = ("estonia", "canada")


def some(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.one_of(st.none(), strategy)


INTAKE = st.tuples(st.sampled_from(BODIES), st.just("hours"), some(st.integers(0, 4))) | st.tuples(
    st.sampled_from(BODIES), st.just("racks"), st.sampled_from([0, 1, 3])
)


def needs(names: list[str], most: int = 12) -> st.SearchStrategy:
    return st.tuples(
        *(
            st.builds(
                Need,
                id=st.just(name),
                category=st.sampled_from(CATEGORIES),
                substitutes=st.sampled_from([(), (), (("exercises", Decimal("0.4")),)]),
                quantity=st.integers(1, most),
                weight=st.decimals("0.5", "9.5", places=1),
                body=st.sampled_from(BODIES),
                minimum_fraction=st.sampled_from([Decimal(0), Decimal("0.3"), Decimal("0.5"), Decimal(1)]),
                due=some(st.integers(0, 4)),
                channel=st.sampled_from(["civil", "civil", "civil", "military", "undetermined"]),
                unit=some(st.sampled_from(["seat", "terminal"])),
                region=some(st.sampled_from(REGIONS)),
                sector=some(st.sampled_from(["energy", "health"])),
                endorsed=st.booleans(),
                site=some(st.sampled_from(SITES)),
                passes_on=st.sampled_from([None, None, False, True]),
                end_use=st.sampled_from([None, None, "training", "response"]),
            )
            for name in names
        )
    )


def offers(names: list[str], lots: int = 4) -> st.SearchStrategy:
    few = st.sampled_from([frozenset(), frozenset(), frozenset(), frozenset({"x"})])
    return st.tuples(
        *(
            st.builds(
                Offer,
                id=st.just(name),
                categories=st.sampled_from([CATEGORIES[:1], CATEGORIES[1:], CATEGORIES, ("exercises",), ("exercises", CATEGORIES[0])]),
                donor=st.sampled_from(DONORS),
                lot=st.sampled_from([1, 1, 2, 3, 5]),
                lots=st.integers(0, lots),
                unit_cost=st.sampled_from([None, Decimal(0), Decimal("1.25"), Decimal(3)]),
                lead=st.integers(0, 3),
                available_from=st.integers(0, 2),
                available_until=some(st.integers(1, 4)),
                civil_only=st.booleans(),
                unit=some(st.sampled_from(["seat", "terminal"])),
                regions=st.sampled_from([frozenset(), frozenset(), frozenset({"north"})]),
                earmark_bodies=st.sampled_from([frozenset(), frozenset(), frozenset({"hospital"})]),
                earmark_categories=few,
                earmark_sectors=st.sampled_from([frozenset(), frozenset(), frozenset({"health"})]),
                minimum_lots=st.sampled_from([0, 0, 0, 2, 4]),
                footprint=st.sampled_from([0, 0, 1, 3]),
                uses=st.sampled_from([(), (), (("hours", 2),), (("racks", 1),), (("hours", 1), ("racks", 2)), (("hours", 0),)]),
                no_reexport=st.sampled_from([False, False, False, True]),
                end_uses=st.sampled_from([frozenset(), frozenset(), frozenset({"response"})]),
                licence=st.builds(
                    Licence,
                    state=st.sampled_from(["not-needed", "not-needed", "granted", "pending", "denied", "unknown"]),
                    authority=st.just("strategic goods commission"),
                    lead=some(st.integers(0, 3)),
                )
                | st.builds(
                    Licence,
                    state=st.sampled_from(["granted", "pending"]),
                    authority=st.just("strategic goods commission"),
                    lead=some(st.integers(0, 2)),
                    until=st.integers(0, 5),
                )
                | st.builds(
                    Licence,
                    state=st.just("pending"),
                    days=st.lists(st.integers(0, 150), min_size=1, max_size=4).map(tuple),
                    waited=st.sampled_from([0, 0, 40]),
                    until=some(st.integers(1, 5)),
                ),
            )
            for name in names
        )
    )


@st.composite
def problems(draw: st.DrawFn, count: tuple[int, int] = (5, 5), most: int = 12, lots: int = 4) -> Problem:
    """A problem with conditions, dates, months and unknown limits; sometimes with explicit pairs."""
    asked = draw(needs([f"n{i}" for i in range(draw(st.integers(0, count[0])))], most))
    given = draw(offers([f"o{j}" for j in range(draw(st.integers(0, count[1])))], lots))
    budgets = draw(st.dictionaries(st.sampled_from(DONORS), some(st.decimals("0", "30", places=2))))
    keys = st.tuples(st.sampled_from(BODIES), some(st.integers(0, 4)))
    absorption = draw(st.dictionaries(keys, st.integers(0, 14), max_size=6))
    pairs = None
    if asked and given and draw(st.integers(0, 3)) == 0:
        both = [(need.id, offer.id) for need in asked for offer in given]
        pairs = frozenset(draw(st.sets(st.sampled_from(both))))
    declined: frozenset[tuple[str, str]] = frozenset()
    if asked and given and draw(st.integers(0, 2)) == 0:
        declined = frozenset(draw(st.sets(st.sampled_from([(need.id, offer.id) for need in asked for offer in given]), max_size=3)))
    problem = Problem(
        needs=asked,
        offers=given,
        budgets=budgets,
        absorption=absorption,
        pairs=pairs,
        declined=declined,
        served_share=draw(st.sampled_from([Decimal("0.3"), Decimal(0), Decimal(1)])),
        hosting=draw(st.dictionaries(st.tuples(st.sampled_from(SITES), st.sampled_from([0, 1, 3])), st.integers(0, 20), max_size=3)),
        intake=draw(st.dictionaries(INTAKE, st.integers(0, 20), max_size=4)),
        lasting=frozenset({"racks"}),
        licence_quantile=draw(st.sampled_from([Decimal("0.5"), Decimal("0.8"), Decimal(1)])),
        fairness=draw(st.sampled_from([(), (), *FAIR])),
        basis=draw(st.sampled_from(["provisional", "provisional", "endorsed"])),
        period="month",
    )
    return loosened(problem) if draw(st.integers(0, 2)) else problem


def loosened(problem: Problem) -> Problem:
    """The same with most conditions of single records taken off, so that much is delivered and the shared limits bind."""
    free: frozenset[str] = frozenset()
    needs = tuple(
        replace(need, category=CATEGORIES[0] if at % 3 else need.category, channel="civil", unit=None, endorsed=True, passes_on=False)
        for at, need in enumerate(problem.needs)
    )
    offers = tuple(
        replace(
            offer,
            categories=CATEGORIES if at % 2 else offer.categories,
            lots=max(1, offer.lots),
            available_until=None,
            civil_only=False,
            regions=free,
            earmark_bodies=free,
            earmark_categories=free,
            earmark_sectors=free,
            end_uses=free,
            licence=Licence() if offer.licence.state == "denied" else offer.licence,
        )
        for at, offer in enumerate(problem.offers)
    )
    needs = tuple(replace(need, substitutes=()) if CATEGORIES[0] in dict(need.substitutes) else need for need in needs)
    return replace(problem, needs=needs, offers=offers, pairs=None)


@st.composite
def replans(draw: st.DrawFn, count: tuple[int, int] = (5, 5), most: int = 12, lots: int = 4) -> Problem:
    """A problem with commitments and a plan from before, some of which no longer fit or name what is gone."""
    problem = draw(problems(count, most, lots))
    asked = [*(need.id for need in problem.needs), "gone"]
    given = [*(offer.id for offer in problem.offers), "gone"]
    key = st.tuples(st.sampled_from(asked), st.sampled_from(given), st.integers(0, 4))
    earlier = st.lists(st.tuples(key, st.integers(1, lots)), max_size=5, unique_by=lambda one: one[0])

    def told(drawn: list[tuple[tuple[str, str, int], int]]) -> tuple[Earlier, ...]:
        return tuple(Earlier(need=need, offer=offer, period=period, lots=many) for (need, offer, period), many in drawn)

    return replace(
        problem,
        committed=told(draw(earlier)),
        planned=told(draw(earlier)),
        stability=draw(st.sampled_from([Decimal(0), Decimal("0.1"), Decimal(2)])),
    )


@st.composite
def bundled(draw: st.DrawFn, count: tuple[int, int] = (5, 5), most: int = 12, lots: int = 4) -> Problem:
    """A replan of which some needs are bundles of one body."""
    problem = draw(replans(count, most, lots))
    bundles = []
    for body in BODIES:
        mine = [need for need in problem.needs if need.body == body]
        if len(mine) > 1 and draw(st.booleans()):
            parts = tuple((need.id, draw(st.integers(1, 3))) for need in mine[: draw(st.integers(2, 3))])
            bundles.append(Bundle(id=f"kit of {body}", parts=parts))
    return replace(problem, bundles=tuple(bundles))


def optimum(problem: Problem) -> Fraction:
    """The best value there is, by trying every number of lots on every lane; only for very small problems."""
    ledger = Ledger(problem)
    lanes = []
    for need in problem.needs:
        for offer in problem.offers:
            listed = problem.pairs is not None and (need.id, offer.id) in problem.pairs
            allowed = listed if problem.pairs is not None else not conditions_broken(need, offer)
            allowed = allowed and (need.id, offer.id) not in problem.declined
            if allowed and not gates_closed(need, problem):
                first, last = window(need, offer, ledger.horizon, paired=problem.pairs is not None)
                lanes.extend((need, offer, period) for period in range(first, last + 1))
    best = Fraction(0)
    ranges = [range(min(offer.lots, need.quantity // offer.lot) + 1) for need, offer, _ in lanes]
    for counts in product(*ranges):
        value = _value(problem, lanes, counts)
        best = max(best, value)
    return best


def tries(problem: Problem) -> int:
    """How many plans `optimum` would try."""
    ledger = Ledger(problem)
    total = 1
    for need in problem.needs:
        for offer in problem.offers:
            first, last = window(need, offer, ledger.horizon, paired=problem.pairs is not None)
            for _ in range(first, last + 1):
                total *= min(offer.lots, need.quantity // offer.lot) + 1
    return total


def _value(problem: Problem, lanes: list, counts: tuple[int, ...]) -> Fraction:
    pieces: dict[str, int] = {}
    forgone: dict[str, Fraction] = {}
    lots: dict[str, int] = {}
    spent: dict[str, Fraction] = {}
    taken: dict[tuple[str, int | None], int] = {}
    for (need, offer, period), count in zip(lanes, counts, strict=True):
        if count:
            size = count * offer.lot
            pieces[need.id] = pieces.get(need.id, 0) + size
            forgone[need.id] = forgone.get(need.id, Fraction(0)) + size * (1 - counted(need, offer))
            lots[offer.id] = lots.get(offer.id, 0) + count
            spent[offer.donor] = spent.get(offer.donor, Fraction(0)) + size * Fraction(offer.unit_cost or 0)
            for key in ((need.body, None), (need.body, period)):
                taken[key] = taken.get(key, 0) + size
    stock = {offer.id: offer.lots for offer in problem.offers}
    if any(used > stock[name] for name, used in lots.items()):
        return Fraction(0)
    if any(problem.budgets.get(donor) is not None and used > Fraction(problem.budgets[donor]) for donor, used in spent.items()):
        return Fraction(0)
    if any(0 < used < offer.minimum_lots for offer in problem.offers for used in [lots.get(offer.id, 0)]):
        return Fraction(0)
    if any(_standing(problem, lanes, counts, site, start) > units for (site, start), units in problem.hosting.items()):
        return Fraction(0)
    for (body, resource, when), units in problem.intake.items():
        if _taken_of(problem, lanes, counts, body, resource, when) > units:
            return Fraction(0)
    if any(key in problem.absorption and used > problem.absorption[key] for key, used in taken.items()):
        return Fraction(0)
    for bundle in problem.bundles:
        if len({Fraction(pieces.get(need, 0), size) for need, size in bundle.parts}) > 1:
            return Fraction(0)
    value, earned = _stays(problem, lanes, counts), dict[str, Fraction]()
    for need in problem.needs:
        got = pieces.get(need.id, 0)
        if got and not least_of(need) <= got <= need.quantity:
            return Fraction(0)
        earned[need.id] = worth(need, got, problem, forgone.get(need.id, Fraction(0)))
    return value + sum(earned.values()) + sum(_evens(rule, problem, earned) for rule in problem.fairness)


def _evens(rule: Fairness, problem: Problem, earned: dict[str, Fraction]) -> Fraction:
    """What a fairness rule earns."""
    groups: dict[str, list[Need]] = {}
    for need in problem.needs:
        name = getattr(need, rule.by)
        if name and (name in rule.among or not rule.among):
            groups.setdefault(name, []).append(need)
    got = {name: sum(earned[need.id] for need in needs) for name, needs in groups.items()}
    whole = {name: sum(Fraction(need.weight) for need in needs) for name, needs in groups.items()}
    if rule.rule == "floor":
        return Fraction(rule.weight) * sum(min(got[name], Fraction(rule.floor) * whole[name]) for name in groups)
    return Fraction(rule.weight) * sum(whole.values()) * min((got[name] / whole[name] for name in groups), default=Fraction(0))


def _standing(problem: Problem, lanes: list, counts: tuple[int, ...], site: str, start: int) -> int:
    """The units that stand at a site from `start` until the next period that is named for it."""
    end = min((other for name, other in problem.hosting if name == site and other > start), default=10**9)
    return sum(
        count * offer.lot * offer.footprint
        for (need, offer, period), count in zip(lanes, counts, strict=True)
        if need.site == site and period < end
    )


def _taken_of(problem: Problem, lanes: list, counts: tuple[int, ...], body: str, resource: str, when: int | None) -> int:
    """The units of a resource that are used in a period or in all, or, where they stay taken, from the period on until the next one."""
    end = min((one for name, other, one in problem.intake if (name, other) == (body, resource) and (one or 0) > (when or 0)), default=10**9)
    total = 0
    for (need, offer, period), count in zip(lanes, counts, strict=True):
        inside = period < end if resource in problem.lasting else when in (None, period)
        if need.body == body and inside:
            total += count * offer.lot * dict(offer.uses).get(resource, 0)
    return total


def _stays(problem: Problem, lanes: list, counts: tuple[int, ...]) -> Fraction:
    """What it earns that lots stay where and when they were planned."""
    before = {(one.need, one.offer, one.period): one.lots for one in problem.planned}
    total = Fraction(0)
    for (need, offer, period), count in zip(lanes, counts, strict=True):
        stays = min(count, before.get((need.id, offer.id, period), 0))
        total += Fraction(problem.stability) * Fraction(need.weight) * stays * offer.lot / need.quantity
    return total
