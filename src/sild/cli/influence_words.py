"""What `sild influence` says, in sentences: each with its figures, none that the verdict does not allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sild.cores.influence import Aside, Before, Design, Effect, Finding, Influence, InfluenceProblem, Lack, Row, Verdict

VERDICTS = {
    Verdict.FOLLOWS: "Incidents follow these statements more often than the calendar explains.",
    Verdict.CARRIED_BY_ONE: "There are more incidents after these statements, but one statement carries it. That is no pattern.",
    Verdict.ORDER_UNCLEAR: "There are more incidents about these statements, but not clearly after them: they may answer attacks.",
    Verdict.FEWER: "There are fewer incidents after these statements than the calendar expects.",
    Verdict.NONE_SEEN: "No effect is seen, and one of the stated size would probably have been.",
    Verdict.CANNOT_TELL: "No effect is seen, but these data might well have missed one: that is no evidence that there is none.",
    Verdict.TOO_THIN: "The data are too thin, and nothing is said.",
}
LACKS = {
    Lack.STATEMENTS: "statements that count",
    Lack.EXPECTED_INCIDENTS: "expected incidents in all windows",
    Lack.PLACEMENTS: "placements",
}
ASIDE = {
    Aside.OUTSIDE: "outside the calendar",
    Aside.NEAR_GAP: "too near to an end of the calendar or to days on which nobody looked",
    Aside.NEAR_OTHER: "on the same day as another, or too near to it",
    Aside.NO_INCIDENTS: "whose speaker was never a victim",
}
SETTLED = 0.0005  # below it a p is told as such: more digits would be those of the drawing


def say(problem: InfluenceProblem, answer: Influence, *, outside: int, assumed: bool, rows: bool) -> Iterator[str]:
    """The lines of the answer. `outside`: rows of incidents outside of the calendar; `assumed`: its ends were taken from the incidents."""
    calendar = problem.calendar
    yield (
        f"Calendar {calendar.first} to {calendar.last}: {calendar.days} days, {answer.observed_days} of them watched; "
        f"{answer.incidents:,} incidents; {len(problem.statements)} statements."
    )
    if assumed:
        yield "Its ends are those of the incidents; name them with --days if somebody looked for longer."
    if outside:
        yield f"{outside} rows of incidents lie outside of it and are left out."
    if len(problem.questions) > 1:
        yield f"{len(problem.questions)} questions are corrected together: one finds something from p {answer.threshold:.4f} on."
    for finding in answer.findings:
        yield ""
        yield f"{finding.question}: {str(finding.verdict).upper()}"
        yield f"  {VERDICTS[finding.verdict]}"
        yield from (f"  {line}" for line in _finding(problem.design, len(problem.questions), finding))
        if rows:
            yield from _rows(finding.rows)


def _finding(design: Design, asked: int, finding: Finding) -> Iterator[str]:
    for lack in finding.missing:
        yield f"There are {_number(lack.have)} {LACKS[lack.what]}; {_number(lack.need)} are needed."
    if finding.effect is not None:
        yield from _effect(asked, finding, finding.effect)
        yield from _power(design, finding)
    for why, count in Counter(one.why for one in finding.set_aside).items():
        yield f"Not counted: {count} {'statement' if count == 1 else 'statements'} {ASIDE[why]}."


def _effect(asked: int, finding: Finding, effect: Effect) -> Iterator[str]:
    interval = effect.interval
    high = "no upper end" if interval.ratio_high is None else f"{interval.ratio_high:.2f}"
    yield (
        f"After {len(finding.rows)} statements: {effect.incidents:,.0f} incidents where {effect.expected:,.1f} are expected, "
        f"{effect.ratio:.2f} times as many. Ratios that fit ({interval.confidence:.0%}): {interval.ratio_low:.2f} to {high}"
        + ("." if interval.ratio_middle is None else f", middle {interval.ratio_middle:.2f}.")
    )
    most = "no upper end" if interval.extra_high is None else f"{interval.extra_high:+.1f}"
    yield f"That is {effect.extra_per_statement:+.1f} incidents for each statement; what fits: {interval.extra_low:+.1f} to {most}."
    corrected = f", corrected for {asked} questions {_p(effect.p_adjusted)}" if asked > 1 else ""
    sides = f"as many or more: {_p(effect.p_more)}; as few or fewer: {_p(effect.p_fewer)}"
    yield f"By chance as far out: p {_p(effect.p_two_sided)}{corrected} ({sides})."
    above = effect.above
    yield (
        f"After {above.statements} of {above.of} statements there was more than expected; by chance after {above.by_chance:.1f} "
        f"({above.by_chance_low} to {above.by_chance_high})."
    )
    yield _before("As long before", effect.before)
    yield _before("Just before", effect.just_before)
    yield f"Days after lie above days before: p {_p(effect.p_after_over_before)}."
    if effect.left_out:
        one = effect.left_out[0]
        carries = " It carries the finding." if effect.carried_by == one.statement else ""
        yield f"Without the heaviest statement ({one.statement}): {one.ratio:.2f} times, p {_p(one.p_two_sided)}.{carries}"


def _before(what: str, before: Before) -> str:
    where = f"days {before.first} to {before.last}"
    return f"{what} ({where}): {before.incidents:,.0f} where {before.expected:,.1f} are expected, p {_p(before.p_two_sided)}."


def _power(design: Design, finding: Finding) -> Iterator[str]:
    yield f"An effect of {design.stated_ratio:g} times would have been found here with a chance of {finding.power_at_stated or 0.0:.0%}."
    if finding.smallest_seen is None:
        yield f"No effect up to {finding.power[-1].ratio:g} times would have been found with a chance of {design.wanted_power:.0%}."
    else:
        point = finding.smallest_seen
        yield (
            f"Less than {point.ratio:g} times ({point.extra_per_statement:+.1f} incidents for each statement) would have been missed "
            f"more often than in {1 - design.wanted_power:.0%} of cases."
        )


def _rows(rows: tuple[Row, ...]) -> Iterator[str]:
    yield "  day         incidents  expected  before  expected  statement"
    for row in rows:
        after, before = f"{row.incidents:9,.0f} {row.expected:9,.1f}", f"{row.incidents_before:7,.0f} {row.expected_before:9,.1f}"
        yield f"  {row.day}  {after} {before}  {row.statement}{f' ({row.series})' if row.series else ''}"


def _p(share: float) -> str:
    return f"below {SETTLED}" if share < SETTLED else f"{share:.4f}" if share < 0.01 else f"{share:.2f}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) or value > 100 else f"{value:.1f}"
