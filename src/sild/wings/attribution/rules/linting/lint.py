"""The linter: all rules over one draft, findings in the order of sentences, those that stop first."""

from __future__ import annotations

from itertools import chain

from sild.wings.attribution.rules.linting.agreeing import agreeing
from sild.wings.attribution.rules.linting.binding import binding
from sild.wings.attribution.rules.linting.problem import LintedDraft, LintFinding, LintLevel, LintSetting
from sild.wings.attribution.rules.linting.wording import languages_agree, wording

_ORDER = {level: at for at, level in enumerate(LintLevel)}


def lint(draft: LintedDraft, setting: LintSetting) -> tuple[LintFinding, ...]:
    """What is found in a draft, each finding once. Words alone are compared: a sentence without a finding is not thereby right."""
    found = chain(wording(draft), binding(draft, setting), agreeing(draft, setting), languages_agree(draft))
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.number, _ORDER[one.level], one.language, one.start, one.rule)))
