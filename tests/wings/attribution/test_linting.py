"""The linter of statements: words of likelihood, evidence and audiences, agreement with what was said and decided, languages."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from sild.cores.attribution.weighing import ItemGrade, SourceGrade
from sild.values.marking import Marking
from sild.wings.attribution.rules import EvidenceAudience, linting
from sild.wings.attribution.rules.linting import (
    ADVICE,
    LEVELS,
    BoundItem,
    Decided,
    DraftedSentence,
    EarlierSentence,
    LintedDraft,
    LintFinding,
    LintLevel,
    LintRule,
    LintSetting,
    NamedAs,
    PositionHit,
    SentenceKind,
    estimative_source,
    lint,
)
from sild.wings.attribution.rules.linting.words import confidences, days, likelihoods, numbers, states
from tests.wings.attribution.linted_sentences import SENTENCES

PUBLIC = EvidenceAudience.PUBLIC
ONE, TWO, GONE, COURT, POOR = (uuid.UUID(int=at) for at in range(1, 6))
WORDING = {
    LintRule.HEDGE,
    LintRule.LIKELIHOOD_WITH_CONFIDENCE,
    LintRule.NO_BASIS,
    LintRule.CERTAINTY,
    LintRule.OTHER_CONFIDENCE,
}


def item(first: int, **changed: object) -> BoundItem:
    good = BoundItem(
        shown_to=frozenset({PUBLIC}),
        withdrawn=False,
        first=uuid.UUID(int=first),
        reliability=SourceGrade.B,
        credibility=ItemGrade.PROBABLY_TRUE,
    )
    return replace(good, **changed)  # type: ignore[arg-type]  # each test names fields of the record


ITEMS = {
    ONE: item(1),
    TWO: item(2),
    GONE: item(3, withdrawn=True),
    COURT: item(4, shown_to=frozenset({EvidenceAudience.COURT})),
    POOR: item(5, reliability=SourceGrade.D),
}
DECIDED = Decided(audiences=frozenset({PUBLIC}))


def claim(text: str = "The same certificate was used.", *evidence: uuid.UUID, number: int = 1, **more: object) -> DraftedSentence:
    bound = evidence or (ONE, TWO)
    return DraftedSentence(number=number, kind=SentenceKind.CLAIM, text={"en": text}, evidence=bound, **more)  # type: ignore[arg-type]  # as above


def found(*sentences: DraftedSentence, languages: tuple[str, ...] = ("en",), **setting: object) -> tuple[LintFinding, ...]:
    draft = LintedDraft(audience=PUBLIC, source=languages[0], languages=languages, sentences=sentences)
    told = {"highest": Marking.CLEAR, "evidence": ITEMS, "decided": DECIDED} | setting
    return lint(draft, LintSetting(**told))  # type: ignore[arg-type]  # each test names fields of the setting


def rules(*sentences: DraftedSentence, languages: tuple[str, ...] = ("en",), **setting: object) -> list[LintRule]:
    return [one.rule for one in found(*sentences, languages=languages, **setting)]


def of_sentence(language: str, kind: SentenceKind, text: str) -> set[LintRule]:
    sentence = DraftedSentence(number=1, kind=kind, text={language: text}, evidence=(ONE, TWO), norm="norm-c")
    return set(rules(sentence, languages=(language,))) & WORDING


def measured() -> Counter[str]:
    told: Counter[str] = Counter()
    for language, kind, text, expected in SENTENCES:
        got = of_sentence(language, kind, text)
        told["right"] += len(got & set(expected))
        told["wrong"] += len(got - set(expected))
        told["missed"] += len(set(expected) - got)
        told["clean"] += not expected
        told["clean and found clean"] += not expected and not got
    return told


def test_the_linter_finds_in_the_table_what_people_wrote_beside_it() -> None:
    """The bars are under what was measured (docs/explanation/statements.md), so that a rule that spoils them is seen."""
    told = measured()
    assert len(SENTENCES) >= 60 and {language for language, *_rest in SENTENCES} == {"en", "et", "uk"}
    precision, recall = told["right"] / (told["right"] + told["wrong"]), told["right"] / (told["right"] + told["missed"])
    assert precision >= 0.88 and recall >= 0.80, told


def test_every_word_of_the_reference_is_known_as_its_band_in_its_row() -> None:
    place = Path(linting.__path__[0]).parent / "estimative_language.yaml"
    told = yaml.safe_load(place.read_text(encoding="utf-8"))
    bands = [one for one in told["entries"] if one["kind"] == "likelihood"]
    assert len(bands) == 7
    for band in bands:
        for language, row, word in (
            ("en", "a", band["row_a"]),
            ("en", "b", "the chance is remote" if band["row_b"] == "remote" else band["row_b"]),
            ("et", "a", band["label_et"]),
            ("uk", "a", band["label_uk"]),
        ):
            assert [hit.what for hit in likelihoods(language, f"({word})")] == [f"{band['id']}/{row}"], word
    assert [hit.what for hit in confidences("en", "low confidence, moderate confidence")] == ["confidence-low", "confidence-moderate"]
    sources, as_of = estimative_source()
    assert sources and as_of == "2015-01-02"


def test_words_of_both_rows_in_one_text_are_told_once_with_the_other() -> None:
    sentences = claim("It is likely."), claim("It is highly probable.", number=2), claim("It is probable.", number=3)
    [one] = [one for one in found(*sentences) if one.rule == LintRule.MIXED_ROWS]
    assert (one.number, one.said, one.against, one.level) == (2, "highly probable", "likely", LintLevel.WARN)
    assert LintRule.MIXED_ROWS not in rules(claim("It is likely."), claim("It is very unlikely.", number=2))


def test_the_basis_of_a_confidence_may_stand_in_the_next_sentence() -> None:
    first = claim("We say this with high confidence.")
    assert LintRule.NO_BASIS in rules(first)
    assert LintRule.NO_BASIS not in rules(first, claim("It rests on two laboratories.", number=2))


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ((ONE, TWO), []),
        ((ONE,), [LintRule.ONE_VOICE]),
        ((GONE, ONE, TWO), [LintRule.WITHDRAWN]),
        ((COURT, ONE, TWO), [LintRule.NOT_FOR_AUDIENCE]),
        ((POOR,), [LintRule.ONE_VOICE, LintRule.WEAK_GRADES]),
        ((POOR, ONE), []),
        ((uuid.UUID(int=99), ONE, TWO), [LintRule.UNKNOWN_EVIDENCE]),
    ],
)
def test_a_claim_stands_on_evidence_that_this_audience_may_see(evidence: tuple[uuid.UUID, ...], expected: list[LintRule]) -> None:
    assert rules(claim("The same certificate was used.", *evidence)) == expected


def test_a_claim_without_evidence_stops_and_plain_words_need_none() -> None:
    bare = DraftedSentence(number=1, kind=SentenceKind.CLAIM, text={"en": "It was them."})
    [one] = found(bare)
    assert (one.rule, one.level) == (LintRule.NO_EVIDENCE, LintLevel.STOP)
    assert rules(replace(bare, kind=SentenceKind.WORDS)) == [] and rules(replace(bare, kind=SentenceKind.NORM)) == [LintRule.NO_NORM]


def test_what_is_marked_above_the_audience_stops() -> None:
    assert rules(claim(marking=Marking.AMBER)) == [LintRule.ABOVE_AUDIENCE]
    assert rules(claim(marking=Marking.AMBER), highest=Marking.AMBER) == []


def test_sealed_words_stop_and_are_told_nowhere_in_the_finding() -> None:
    for text in ("Heron saw the server.", "The server was shown by Tamm.", "Tamme words are known."):
        [one] = found(claim(text), sealed=("Heron", "Jaan Tamm, embassy"))
        assert (one.rule, one.level, one.number) == (LintRule.SEALED, LintLevel.STOP, 1)
        assert not one.said and not one.against and one.start == one.end == 0
        assert not any(word in repr(one).casefold() for word in ("heron", "tamm"))
    assert rules(claim("The embassy was closed."), sealed=("Jaan Tamm, embassy",)) == []


def test_the_decision_holds_words_audience_and_names() -> None:
    decided = Decided(audiences=frozenset({PUBLIC}), likelihood="likelihood-likely", confidence="confidence-high", named_as=NamedAs.CLUSTER)
    assert rules(claim("It is likely."), decided=decided) == []
    assert rules(claim("It is very likely."), decided=decided) == [LintRule.DECIDED_LIKELIHOOD]
    assert rules(claim("It has low confidence, based on one log."), decided=decided) == [LintRule.DECIDED_CONFIDENCE]
    assert rules(claim("Norway did it to Estonia."), decided=decided, not_named=frozenset({"EE"})) == [LintRule.NAMES_STATE]
    assert rules(claim("It was led by Colonel Smith."), decided=decided) == [LintRule.NAMES_PERSON]
    assert rules(claim("Norway did it."), decided=replace(decided, named_as=NamedAs.STATE)) == []
    assert rules(claim(), decided=replace(decided, audiences=frozenset({EvidenceAudience.COURT}))) == [LintRule.DECIDED_AUDIENCE]
    assert rules(claim(), decided=None) == [LintRule.NO_DECISION]


def test_an_earlier_statement_of_the_same_claim_is_held_beside() -> None:
    earlier = EarlierSentence(
        statement="Spring", on="2026-05-20", text={"en": "It is likely that on 12 May 2026 Norway did it."}, claim="c1"
    )
    for text, expected in (
        ("It is likely that on 12 May 2026 Norway did it.", []),
        ("It is very likely.", [LintRule.EARLIER_LIKELIHOOD]),
        ("Sweden did it.", [LintRule.EARLIER_STATE]),
        ("It was on 13 May 2026.", [LintRule.EARLIER_DAY]),
        ("The same certificate was used.", []),
    ):
        assert rules(claim(text, claim="c1"), earlier=(earlier,)) == expected, text
    assert rules(claim("Sweden did it.", claim="c2"), earlier=(earlier,)) == [], "another claim is not compared"
    assert rules(claim("Sweden did it.", claim="c2"), earlier=(replace(earlier, evidence=(ONE,)),)) == [LintRule.EARLIER_STATE]


def test_a_sentence_against_the_own_position_is_told_with_its_place() -> None:
    hit = PositionHit(number=1, language="en", start=0, end=11, against="National position, 2021")
    [one] = found(claim("Sovereignty is a principle alone."), positions=(hit,))
    assert (one.rule, one.said, one.against) == (LintRule.OWN_POSITION, "Sovereignty", "National position, 2021")


@pytest.mark.parametrize(
    ("theirs", "ours", "expected"),
    [
        ("On 12 May 2026 three ministries lost 1,200 mails.", "12. mail 2026 kaotasid kolm ministeeriumi 1200 kirja.", []),
        ("On 12 May 2026 it began.", "13. mail 2026 see algas.", [LintRule.DAYS_DIFFER]),
        ("It took 3.5 hours.", "See kestis 3,5 tundi.", []),
        ("It took 3 hours.", "See kestis kolm tundi.", []),
        ("It took 3 hours.", "See kestis 4 tundi.", [LintRule.NUMBERS_DIFFER]),
        ("It took nine hours.", "See kestis 9 tundi.", []),
        ("It took hours.", "", [LintRule.NOT_TRANSLATED]),
    ],
)
def test_numbers_and_days_are_the_same_in_each_language(theirs: str, ours: str, expected: list[LintRule]) -> None:
    sentence = DraftedSentence(number=1, kind=SentenceKind.WORDS, text={"en": theirs, "et": ours})
    assert rules(sentence, languages=("en", "et")) == expected


def test_a_translation_of_an_older_text_is_told_and_working_words_are_noted() -> None:
    sentence = DraftedSentence(
        number=1, kind=SentenceKind.WORDS, text={"en": "It is likely.", "uk": "Це ймовірно."}, older=frozenset({"uk"})
    )
    assert [(one.rule, one.number, one.language) for one in found(sentence, languages=("en", "uk"))] == [
        (LintRule.WORKING_WORDS, 0, "uk"),
        (LintRule.OLDER_TRANSLATION, 1, "uk"),
    ]


def test_countries_are_found_in_their_cases_and_common_words_are_none() -> None:
    assert {hit.what for hit in states("uk", "Росією і Норвегії")} == {"RU", "NO"}
    assert {hit.what for hit in states("et", "Venemaalt ja Norrale")} == {"RU", "NO"}
    assert {hit.what for hit in states("en", "the Russian Federation and Chad")} == {"RU", "TD"}
    assert (
        states("uk", "Того дня Малі сервери мовчали.") == () == states("et", "Omanik teatas.")
        and states("en", "A turkey and a jersey.") == ()
    )
    assert {str(day) for day in days("uk", "12 травня 2026 року, 2026-05-13, 14.05.2026, 40.05.2026")} == {
        "2026-05-12",
        "2026-05-13",
        "2026-05-14",
    }
    assert numbers("en", "1,200 of 3.5 on 12 May 2026") == {"1200", "3.5"}


def test_every_rule_has_its_level_and_says_what_to_do() -> None:
    assert set(LEVELS) == set(ADVICE) == set(LintRule) and set(LEVELS.values()) == set(LintLevel)
