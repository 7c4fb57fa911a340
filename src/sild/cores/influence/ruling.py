"""Which verdict the figures of a question have. A rule as plain as it can be, for the method and for who reads it."""

from __future__ import annotations

from collections.abc import Sequence

from sild.cores.influence.answer import Effect, LeftOut, Missing, Row, Verdict
from sild.cores.influence.problem import Design

MOST_OF_IT = 0.5  # a statement with more than this share of all extra incidents, without which nothing is found, carries the finding


def ruled(design: Design, missing: Sequence[Missing], effect: Effect | None, power_at_stated: float | None) -> Verdict:
    """Too thin; or found: more after than before, not begun before, not by one statement alone; or fewer; or none, with power or not."""
    if missing or effect is None:
        return Verdict.TOO_THIN
    if effect.p_adjusted <= design.alpha:
        if effect.p_fewer < effect.p_more:
            return Verdict.FEWER
        if effect.p_after_over_before > design.alpha or effect.just_before.p_more <= design.alpha:
            return Verdict.ORDER_UNCLEAR
        return Verdict.CARRIED_BY_ONE if effect.carried_by else Verdict.FOLLOWS
    return Verdict.NONE_SEEN if (power_at_stated or 0.0) >= design.wanted_power else Verdict.CANNOT_TELL


def carrier(rows: Sequence[Row], left_out: Sequence[LeftOut], threshold: float) -> str | None:
    """The statement that has most of the extra incidents of a finding, and without which nothing is found; None where there is none."""
    extra = sum(row.incidents - row.expected for row in rows)
    own = {row.statement: row.incidents - row.expected for row in rows}
    for one in left_out:
        if extra > 0 and own[one.statement] > MOST_OF_IT * extra and one.p_two_sided > threshold:
            return one.statement
    return None
