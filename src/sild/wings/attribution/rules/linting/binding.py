"""Rules on what a sentence stands on and who may read it: evidence, markings, sealed words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sild.cores.attribution.weighing import ItemGrade, SourceGrade
from sild.wings.attribution.rules.linting.problem import DraftedSentence, LintedDraft, LintFinding, LintRule, LintSetting, SentenceKind
from sild.wings.attribution.rules.linting.wording import finding

LEAST_LETTERS = 3
"""Words of a sealed name that are shorter are found everywhere, and are not looked for."""


def binding(draft: LintedDraft, setting: LintSetting) -> Iterator[LintFinding]:
    """What is wrong with the evidence of sentences, with their marking, or with words that are sealed."""
    for sentence in draft.sentences:
        if sentence.marking > setting.highest:
            yield finding(LintRule.ABOVE_AUDIENCE, sentence, against=sentence.marking.label)
        if sentence.kind == SentenceKind.NORM and not sentence.norm:
            yield finding(LintRule.NO_NORM, sentence)
        if sentence.kind == SentenceKind.CLAIM:
            yield from _evidence(sentence, draft, setting)
        for language, text in sentence.text.items():
            if any(_stands(words, text) for words in setting.sealed):
                # neither the words nor their place: a finding is read by more people than the seal
                yield finding(LintRule.SEALED, sentence, language)


def _evidence(sentence: DraftedSentence, draft: LintedDraft, setting: LintSetting) -> Iterator[LintFinding]:
    if not sentence.evidence:
        yield finding(LintRule.NO_EVIDENCE, sentence)
        return
    standing = []
    for one in sentence.evidence:
        item = setting.evidence.get(one)
        if item is None:
            yield finding(LintRule.UNKNOWN_EVIDENCE, sentence, against=str(one))
        elif item.withdrawn:
            yield finding(LintRule.WITHDRAWN, sentence, against=str(one))
        elif draft.audience not in item.shown_to:
            yield finding(LintRule.NOT_FOR_AUDIENCE, sentence, against=str(one))
        else:
            standing.append(item)
    if standing and len({item.first for item in standing}) == 1:
        yield finding(LintRule.ONE_VOICE, sentence)
    if standing and not any(item.reliability <= SourceGrade.C and item.credibility <= ItemGrade.POSSIBLY_TRUE for item in standing):
        yield finding(LintRule.WEAK_GRADES, sentence)


def _stands(words: str, text: str) -> bool:
    """Whether a sealed name or a word of it that is long enough stands in a text, with up to three letters of an ending."""
    folded = text.casefold()
    parts = [one for one in re.findall(r"[^\W\d_]+", words) if len(one) >= LEAST_LETTERS and one[0].isupper()]
    whole = [words.strip()] if words.strip() else []
    return any(re.search(rf"(?<!\w){re.escape(one.casefold())}\w{{0,3}}(?!\w)", folded) for one in (*whole, *parts))
