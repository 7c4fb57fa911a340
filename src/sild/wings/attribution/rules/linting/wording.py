"""Rules on words: likelihood and confidence apart, each from its list, each language with the same numbers and days."""

from __future__ import annotations

from collections.abc import Iterator

from sild.wings.attribution.rules.linting.problem import LEVELS, DraftedSentence, LintedDraft, LintFinding, LintRule, SentenceKind
from sild.wings.attribution.rules.linting.words import (
    CHECKED_LANGUAGES,
    Hit,
    confidences,
    days,
    found_words,
    likelihoods,
    numbers,
    numerals,
    own_translation,
)

ESTIMATES = (SentenceKind.CLAIM, SentenceKind.WORDS)
"""Kinds of sentences in which words of doubt are estimates; in a call or a norm "may" permits and "could" asks."""


def wording(draft: LintedDraft) -> Iterator[LintFinding]:
    """What is wrong with words, language by language."""
    for language in draft.languages:
        if language not in CHECKED_LANGUAGES:
            continue
        yield from _rows(draft, language)
        for at, sentence in enumerate(draft.sentences):
            text = sentence.text.get(language, "")
            if text and sentence.kind in ESTIMATES:
                after = draft.sentences[at + 1].text.get(language, "") if at + 1 < len(draft.sentences) else ""
                yield from _estimates(sentence, language, text, after)


def languages_agree(draft: LintedDraft) -> Iterator[LintFinding]:
    """What a language lacks beside the source text, and where it tells other numbers or days."""
    for language in draft.languages:
        if own_translation(language) and any(likelihoods(language, one.text.get(language, "")) for one in draft.sentences):
            yield finding(LintRule.WORKING_WORDS, None, language)
        for sentence in draft.sentences if language != draft.source else ():
            yield from _beside_source(sentence, language, draft.source)


def finding(rule: LintRule, sentence: DraftedSentence | None, language: str = "", hit: Hit | None = None, against: str = "") -> LintFinding:
    """A finding of a rule at its level; `hit` is where."""
    return LintFinding(
        rule=rule,
        level=LEVELS[rule],
        number=sentence.number if sentence is not None else 0,
        language=language,
        start=hit.start if hit is not None else 0,
        end=hit.end if hit is not None else 0,
        said=hit.said if hit is not None else "",
        against=against,
    )


def _estimates(sentence: DraftedSentence, language: str, text: str, after: str) -> Iterator[LintFinding]:
    likely, sure = likelihoods(language, text), confidences(language, text)
    for hit in found_words("hedges", language, text):
        yield finding(LintRule.HEDGE, sentence, language, hit)
    for hit in found_words("certainty", language, text):
        yield finding(LintRule.CERTAINTY, sentence, language, hit)
    others = found_words("other_confidence", language, text)
    for hit in others:
        yield finding(LintRule.OTHER_CONFIDENCE, sentence, language, hit)
    if likely and (sure or others):
        yield finding(LintRule.LIKELIHOOD_WITH_CONFIDENCE, sentence, language, (sure or others)[0], against=likely[0].said)
    if sure and not found_words("basis", language, text) and not found_words("basis", language, after):
        yield finding(LintRule.NO_BASIS, sentence, language, sure[0])


def _rows(draft: LintedDraft, language: str) -> Iterator[LintFinding]:
    """The first word of the second row that a text uses, where its first word is of the other."""
    first = None
    for sentence in draft.sentences:
        for hit in likelihoods(language, sentence.text.get(language, "")) if sentence.kind in ESTIMATES else ():
            if first is None:
                first = hit
            elif first.what[-1] != hit.what[-1]:
                yield finding(LintRule.MIXED_ROWS, sentence, language, hit, against=first.said)
                return


def _beside_source(sentence: DraftedSentence, language: str, source: str) -> Iterator[LintFinding]:
    theirs, ours = sentence.text.get(source, ""), sentence.text.get(language, "")
    if not ours.strip():
        yield finding(LintRule.NOT_TRANSLATED, sentence, language)
        return
    if language in sentence.older:
        yield finding(LintRule.OLDER_TRANSLATION, sentence, language)
    there, here = days(source, theirs), days(language, ours)
    if there != here:
        yield finding(LintRule.DAYS_DIFFER, sentence, language, against=", ".join(map(str, sorted(there ^ here))))
    lost = numbers(source, theirs) - numbers(language, ours) - numerals(language, ours)
    new = numbers(language, ours) - numbers(source, theirs) - numerals(source, theirs)
    if there == here and (lost or new):
        yield finding(LintRule.NUMBERS_DIFFER, sentence, language, against=", ".join(sorted(lost | new)))
