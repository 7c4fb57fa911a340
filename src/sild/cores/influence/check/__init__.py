"""An independent look at an answer, which never calls the method.

Statements, days and expectations are counted again from the problem; sums are added up; p values and the interval's ends are tried on
placements drawn anew by another generator; verdicts are told anew from the figures. Power is looked at for sense, not simulated again.
"""

from __future__ import annotations

from collections.abc import Iterator

from sild.cores.influence.answer import Effect, Finding, Influence, Row, Verdict
from sild.cores.influence.check.chance import agree, chances
from sild.cores.influence.check.recount import Recount
from sild.cores.influence.problem import Design, InfluenceProblem

PLACEMENTS = 400
CLOSE = 1e-6
HALVING = 0.01  # the ends of an interval are found by halving: so near to 1 an end may lie on either side


def check(problem: InfluenceProblem, answer: Influence, placements: int = PLACEMENTS) -> list[str]:
    """What is wrong with an answer, in words; empty where nothing is. `placements`: how many are drawn anew for each question."""
    told = [*_totals(problem, answer)]
    for question, finding in zip(problem.questions, answer.findings, strict=False):
        recount = Recount(problem, question)
        faults = [
            *_statements(recount, finding),
            *_rows(recount, finding),
            *_lacking(recount, finding),
            *_verdict(problem.design, answer, finding),
        ]
        if finding.effect is not None and not faults:
            faults += [
                *_effect(recount, finding, finding.effect),
                *_adjusted(problem, finding.effect),
                *_power(problem.design, finding, finding.effect),
                *chances(recount, finding.effect, problem.design, placements),
            ]
        told += [f"question {question.id}: {fault}" for fault in faults]
    return told


def _totals(problem: InfluenceProblem, answer: Influence) -> Iterator[str]:
    if [one.question for one in answer.findings] != [one.id for one in problem.questions]:
        yield "the findings are not those of the questions, in their order"
    if answer.incidents != sum(one.count for one in problem.incidents):
        yield f"{answer.incidents} incidents are told, the problem has {sum(one.count for one in problem.incidents)}"
    if answer.observed_days != sum(problem.calendar.observed()):
        yield f"{answer.observed_days} observed days are told, the calendar has {sum(problem.calendar.observed())}"


def _statements(recount: Recount, finding: Finding) -> Iterator[str]:
    if sorted(row.statement for row in finding.rows) != sorted(one.id for one in recount.kept):
        yield "the rows are not those of the statements that count"
    if {one.statement: one.why for one in finding.set_aside} != recount.aside:
        yield "the statements set aside, or why, are not those that must be"


def _rows(recount: Recount, finding: Finding) -> Iterator[str]:
    kept = {one.id: one for one in recount.kept}
    for row in finding.rows:
        one = kept.get(row.statement)
        if one is None:
            continue
        name, index = recount.series(one), recount.problem.calendar.index(one.day)
        counts, expected = recount.counts[name], recount.expected[name]
        after = [day for day, whose in recount.after(recount.true_days[name]).items() if whose == index]
        before = [day for day, whose in recount.before(recount.true_days[name], recount.question.window.before).items() if whose == index]
        true = (
            *(len(after), sum(counts[day] for day in after), sum(expected[day] for day in after)),
            *(len(before), sum(counts[day] for day in before), sum(expected[day] for day in before)),
        )
        told = (row.days, row.incidents, row.expected, row.days_before, row.incidents_before, row.expected_before)
        if row.day != one.day or row.series != name or any(abs(a - b) > CLOSE * (1 + abs(b)) for a, b in zip(told, true, strict=True)):
            yield f"the row of statement {row.statement} says {told}, the problem {true}"


def _lacking(recount: Recount, finding: Finding) -> Iterator[str]:
    design = recount.problem.design
    expected = sum(row.expected for row in finding.rows)
    longest: dict[int, int] = {}
    for days in recount.true_days.values():
        for day in days:
            stratum, circle = recount.circles[day]
            longest[stratum] = max(longest.get(stratum, 1), len(circle))
    placements = 1.0
    for length in longest.values():
        placements *= length
    needed = [
        name
        for name, lacks in (
            ("statements", len(finding.rows) < design.least_statements),
            ("expected-incidents", expected < design.least_expected),
            ("placements", bool(finding.rows) and placements < design.least_placements),
        )
        if lacks
    ]
    if [str(one.what) for one in finding.missing] != needed:
        yield f"it says that {[str(one.what) for one in finding.missing]} lack, and {needed} do"
    if bool(finding.missing) != (finding.effect is None):
        yield "it has an effect although something lacks, or none although nothing does"


def _verdict(design: Design, answer: Influence, finding: Finding) -> Iterator[str]:
    effect = finding.effect
    if effect is None:
        right = Verdict.TOO_THIN
    elif effect.p_adjusted > design.alpha:
        right = Verdict.NONE_SEEN if (finding.power_at_stated or 0) >= design.wanted_power else Verdict.CANNOT_TELL
    elif effect.p_more > effect.p_fewer:
        right = Verdict.FEWER
    elif effect.p_after_over_before > design.alpha or effect.just_before.p_more <= design.alpha:
        right = Verdict.ORDER_UNCLEAR
    else:
        right = Verdict.CARRIED_BY_ONE if _carried(design, finding.rows, effect, answer.threshold) else Verdict.FOLLOWS
    if finding.verdict is not right:
        yield f"the verdict is {finding.verdict}, by the figures it is {right}"
    if effect is not None and effect.carried_by != (carried := _carried(design, finding.rows, effect, answer.threshold)):
        yield f"statement {effect.carried_by} is said to carry it, by the figures it is {carried}"


def _carried(design: Design, rows: tuple[Row, ...], effect: Effect, threshold: float) -> str | None:
    if effect.p_adjusted > design.alpha:
        return None
    extra = effect.incidents - effect.expected
    for one in effect.left_out:
        own = sum(row.incidents - row.expected for row in rows if row.statement == one.statement)
        if 0 < extra < 2 * own and one.p_two_sided > threshold:
            return one.statement
    return None


def _effect(recount: Recount, finding: Finding, effect: Effect) -> Iterator[str]:
    rows = finding.rows
    incidents, expected = sum(row.incidents for row in rows), sum(row.expected for row in rows)
    sums = {
        "incidents": (effect.incidents, incidents),
        "expected": (effect.expected, expected),
        "ratio": (effect.ratio, incidents / expected),
        "extra per statement": (effect.extra_per_statement, (incidents - expected) / len(rows)),
        "two-sided p": (effect.p_two_sided, min(1.0, 2 * min(effect.p_more, effect.p_fewer))),
    }
    for before in (effect.before, effect.just_before):
        days = [(name, day) for name, own in recount.true_days.items() for day in recount.before(own, (before.first, before.last))]
        sums[f"incidents {before.first} to {before.last}"] = (before.incidents, sum(recount.counts[name][day] for name, day in days))
        sums[f"expected {before.first} to {before.last}"] = (before.expected, sum(recount.expected[name][day] for name, day in days))
    for what, (told, true) in sums.items():
        if abs(told - true) > CLOSE * (1 + abs(true)):
            yield f"{what}: {told} is told, the rows give {true}"
    yield from _above(recount, effect)
    yield from _left_out(recount, finding, effect)


def _above(recount: Recount, effect: Effect) -> Iterator[str]:
    window = recount.question.window
    above = 0
    for name, days in recount.true_days.items():
        for index in days:
            inside = range(index + window.first, index + window.last + 1)
            above += sum(recount.counts[name][day] - recount.expected[name][day] for day in inside) > CLOSE
    if (effect.above.statements, effect.above.of) != (above, len(recount.kept)):
        told = f"{effect.above.statements} of {effect.above.of}"
        yield f"{told} statements had more than expected, counted are {above} of {len(recount.kept)}"


def _left_out(recount: Recount, finding: Finding, effect: Effect) -> Iterator[str]:
    known = {one.id: one for one in recount.kept}
    weight = {row.statement: abs(row.incidents - row.expected) for row in finding.rows}
    lightest = min((weight[one.statement] for one in effect.left_out), default=0.0)
    named = {one.statement for one in effect.left_out}
    if any(weight[name] > lightest + CLOSE for name in weight if name not in named):
        yield "a statement that weighs more than one of those left out was not left out"
    for one in effect.left_out:
        incidents = expected = 0.0
        for name, days in recount.true_days.items():
            gone = recount.problem.calendar.index(known[one.statement].day)
            rest = [day for day in days if not (day == gone and recount.series(known[one.statement]) == name)]
            for day in recount.after(rest):
                incidents += recount.counts[name][day]
                expected += recount.expected[name][day]
        if abs(one.ratio - (incidents / expected if expected else 0.0)) > CLOSE * (1 + one.ratio):
            yield f"without {one.statement} the ratio is told as {one.ratio}, the days give {incidents / expected if expected else 0.0}"


def _adjusted(problem: InfluenceProblem, effect: Effect) -> Iterator[str]:
    # all questions stand on the same placements, so that these bounds hold exactly; the lower one where one tail has nothing as far
    most = min(1.0, len(problem.questions) * effect.p_two_sided)
    if effect.p_adjusted > most + CLOSE:
        yield f"the corrected p is {effect.p_adjusted:.4f}, above {most:.4f}, the p times the number of questions"
    if effect.p_adjusted < effect.p_two_sided / 2 - CLOSE:
        yield f"the corrected p {effect.p_adjusted:.4f} is below half the p {effect.p_two_sided:.4f} of the question alone"
    low, high = effect.interval.ratio_low, effect.interval.ratio_high
    outside = low > 1 + HALVING or (high is not None and high < 1 - HALVING)
    inside = low < 1 - HALVING and (high is None or high > 1 + HALVING)
    if (outside and effect.p_two_sided > 1 - effect.interval.confidence) or (
        inside and effect.p_two_sided <= 1 - effect.interval.confidence
    ):
        yield f"the interval {low:.3f} to {high} and the p {effect.p_two_sided:.4f} contradict each other"


def _power(design: Design, finding: Finding, effect: Effect) -> Iterator[str]:
    trials = design.power_trials
    for lower, higher in zip(finding.power, finding.power[1:], strict=False):
        if lower.ratio >= higher.ratio or (higher.power < lower.power and not agree(lower.power, higher.power, trials, trials)):
            yield f"power falls from {lower.power} at the ratio {lower.ratio} to {higher.power} at {higher.ratio}"
    for point in finding.power:
        extra = (point.ratio - 1) * effect.expected / len(finding.rows)
        if not 0 <= point.power <= 1 or abs(point.extra_per_statement - extra) > CLOSE * (1 + extra):
            yield f"the power at the ratio {point.ratio} is {point.power}, its extra incidents {point.extra_per_statement}, not {extra}"
    if finding.power_at_stated != next((one.power for one in finding.power if one.ratio == design.stated_ratio), None):
        yield "the power at the stated ratio is not the one in the list"
    if finding.smallest_seen != next((one for one in finding.power if one.power >= design.wanted_power), None):
        yield "the smallest effect that would have been seen is not the first with the wanted power"
