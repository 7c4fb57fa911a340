"""Rules on what a draft must agree with: the own position, earlier statements, the decision on the case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sild.wings.attribution.rules.linting.problem import (
    Decided,
    DraftedSentence,
    EarlierSentence,
    LintedDraft,
    LintFinding,
    LintRule,
    LintSetting,
    NamedAs,
    SentenceKind,
)
from sild.wings.attribution.rules.linting.wording import finding
from sild.wings.attribution.rules.linting.words import Hit, confidences, days, likelihoods, persons, states


def agreeing(draft: LintedDraft, setting: LintSetting) -> Iterator[LintFinding]:
    """Where a draft says otherwise than the own position, an earlier statement or the decision."""
    by_number = {one.number: one for one in draft.sentences}
    for hit in setting.positions:
        place = Hit("", hit.start, hit.end, by_number[hit.number].text.get(hit.language, "")[hit.start : hit.end])
        yield finding(LintRule.OWN_POSITION, by_number[hit.number], hit.language, place, against=hit.against)
    claims = [one for one in draft.sentences if one.kind == SentenceKind.CLAIM]
    if claims and setting.decided is None:
        yield finding(LintRule.NO_DECISION, None)
    if setting.decided is not None and draft.audience not in setting.decided.audiences:
        yield finding(LintRule.DECIDED_AUDIENCE, None, against=str(draft.audience))
    for sentence in claims:
        for earlier in setting.earlier:
            if _same_claim(sentence, earlier):
                yield from _earlier(sentence, earlier, setting.not_named)
        if setting.decided is not None:
            yield from _decided(sentence, setting.decided, setting.not_named)


def _same_claim(sentence: DraftedSentence, earlier: EarlierSentence) -> bool:
    return bool((sentence.claim and sentence.claim == earlier.claim) or set(sentence.evidence) & set(earlier.evidence))


def _earlier(sentence: DraftedSentence, earlier: EarlierSentence, not_named: frozenset[str]) -> Iterator[LintFinding]:
    """What differs where both say something; silence contradicts nothing."""
    where = f"{earlier.statement}, {earlier.on}"
    for rule, here, there in (
        (LintRule.EARLIER_STATE, _states(sentence.text, not_named), _states(earlier.text, not_named)),
        (LintRule.EARLIER_LIKELIHOOD, _bands(sentence.text), _bands(earlier.text)),
        (LintRule.EARLIER_DAY, _days(sentence.text), _days(earlier.text)),
    ):
        if here and there and here.isdisjoint(there):
            yield finding(rule, sentence, against=where)


def _decided(sentence: DraftedSentence, decided: Decided, not_named: frozenset[str]) -> Iterator[LintFinding]:
    for language, text in sentence.text.items():
        for hit in likelihoods(language, text):
            if decided.likelihood and hit.what.partition("/")[0] != decided.likelihood:
                yield finding(LintRule.DECIDED_LIKELIHOOD, sentence, language, hit, against=decided.likelihood)
        for hit in confidences(language, text):
            if decided.confidence and hit.what != decided.confidence:
                yield finding(LintRule.DECIDED_CONFIDENCE, sentence, language, hit, against=decided.confidence)
        if decided.named_as in (NamedAs.NOBODY, NamedAs.CLUSTER):
            for hit in states(language, text):
                if hit.what not in not_named:
                    yield finding(LintRule.NAMES_STATE, sentence, language, hit)
        if decided.named_as is not None and decided.named_as != NamedAs.PERSONS:
            for hit in persons(language, text):
                yield finding(LintRule.NAMES_PERSON, sentence, language, hit)


def _states(texts: Mapping[str, str], not_named: frozenset[str]) -> set[str]:
    return {hit.what for language, text in texts.items() for hit in states(language, text)} - not_named


def _bands(texts: Mapping[str, str]) -> set[str]:
    return {hit.what.partition("/")[0] for language, text in texts.items() for hit in likelihoods(language, text)}


def _days(texts: Mapping[str, str]) -> set[object]:
    return {day for language, text in texts.items() for day in days(language, text)}
