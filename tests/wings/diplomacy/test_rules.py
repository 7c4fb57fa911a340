"""Reference facts, stances, drafts and clocks: what holds of the data and of the pure functions."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sild.wings.diplomacy.rules import (
    DutyState,
    FindingKind,
    Said,
    StanceAgreement,
    agreement_of,
    check_text,
    documents,
    duty_state,
    measures,
    months_after,
    newest,
    norms,
    topic_of,
    topics,
    treaties,
)


def said(topic: str, stance: str, *, country: str = "EE", year: int = 2021, record: str = "") -> Said:
    """What a State said, for a test."""
    return Said(
        country=country,
        state="",
        topic=topic,
        stance=stance,
        said="words",
        year=year,
        document="a paper",
        link="",
        confidence="seen",
        record=record,
    )


def test_every_fact_has_a_source_that_was_read_or_says_that_none_was() -> None:
    for fact in (*norms(), *measures(), *topics(), *treaties()):
        assert fact.confidence in {"seen", "memory"}, fact.id
        assert bool(fact.sources) or fact.from_memory, fact.id
        assert fact.label and fact.label_uk and fact.label != fact.label_uk, fact.id
    for document in documents():
        assert all(line.sources or line.confidence == "memory" for line in document.lines), document.id


def test_there_are_eleven_norms_sixteen_measures_of_the_osce_and_eight_global_ones() -> None:
    assert len(norms()) == 11
    assert [one.forum for one in measures()].count("OSCE") == 16
    assert [one.forum for one in measures()].count("UN") == 8


def test_what_lines_and_topics_name_is_there() -> None:
    known = {one.id for one in topics()}
    for document in documents():
        for line in document.lines:
            assert line.topic in known, (document.id, line.topic)
            topic = topic_of(line.topic)
            assert topic is not None and (not line.stance or topic.stance(line.stance) is not None), (document.id, line.topic)
    assert {one.norm for one in topics() if one.norm} <= {one.id for one in norms()}


def test_counts_that_contradict_each_other_are_all_kept() -> None:
    convention = next(one for one in treaties() if one.id == "un-cybercrime")
    assert sorted(one.count for one in convention.counts) == [65, 69, 72]
    assert convention.contradiction


def test_nothing_is_compared_with_silence() -> None:
    ours, theirs = said("sovereignty", "rule"), said("sovereignty", "principle", country="GB")
    assert agreement_of(ours, theirs) == StanceAgreement.DIFFERS
    assert agreement_of(ours, said("sovereignty", "rule", country="FR")) == StanceAgreement.SAME
    assert agreement_of(ours, None) == agreement_of(None, theirs) == StanceAgreement.UNKNOWN
    assert agreement_of(ours, said("sovereignty", "", country="PL")) == StanceAgreement.UNKNOWN


def test_the_newest_word_counts_and_of_one_year_the_one_that_was_written_down_here() -> None:
    lines = [said("sovereignty", "rule", year=2019), said("sovereignty", "principle", year=2021), said("sovereignty", "rule", record="x")]
    assert newest(lines)["EE", "sovereignty"].record == "x"
    assert newest(lines[:2])["EE", "sovereignty"].stance == "principle"


CASES = (
    ("This was a violation of sovereignty.", "rule", FindingKind.AGREES),
    ("Sovereignty is a principle and not a rule of law.", "rule", FindingKind.CONTRADICTS),
    ("Це порушення суверенітету України.", "rule", FindingKind.AGREES),
    ("Це порушення суверенітету України.", "principle", FindingKind.CONTRADICTS),
    ("See on rikkumine, mis puudutab suveräänsust.", "rule", FindingKind.SPEAKS),
    ("We respect the sovereignty of all.", "rule", FindingKind.SPEAKS),
)


@pytest.mark.parametrize(("sentence", "stance", "kind"), CASES)
def test_a_sentence_on_a_topic_is_told_with_how_it_stands_to_the_own_word(sentence: str, stance: str, kind: FindingKind) -> None:
    found = [one for one in check_text(sentence, {"sovereignty": said("sovereignty", stance)}) if one.topic.id == "sovereignty"]
    assert [one.kind for one in found] == [kind]
    assert sentence[found[0].start : found[0].end] == found[0].sentence


def test_where_nothing_is_known_of_the_own_word_it_is_said() -> None:
    [found] = check_text("Countermeasures are available to us.", {})
    assert found.kind == FindingKind.NO_POSITION


def test_a_longer_cue_speaks_before_a_shorter_one() -> None:
    [found] = check_text("International law does not apply here.", {"applicability": said("applicability", "applies")})
    assert found.kind == FindingKind.CONTRADICTS and found.cue == "does not apply"


@given(st.text(max_size=400))
def test_every_finding_stands_where_it_says(text: str) -> None:
    for one in check_text(text + " sovereignty. " + text, {}):
        assert (text + " sovereignty. " + text)[one.start : one.end] == one.sentence


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 120))
def test_months_later_is_the_same_day_or_the_last_of_its_month(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and months_after(later.replace(day=1), 1) > later)


def test_a_duty_is_overdue_from_the_day_after() -> None:
    today = date(2026, 2, 10)
    assert duty_state(date(2026, 2, 9), today, ended=False) == DutyState.OVERDUE
    assert duty_state(today, today, ended=False) == DutyState.SOON
    assert duty_state(date(2026, 4, 1), today, ended=False) == DutyState.LATER
    assert duty_state(date(2026, 2, 9), today, ended=True) == DutyState.ENDED
