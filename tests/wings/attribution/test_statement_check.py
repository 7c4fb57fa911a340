"""A draft of a statement held against its case: what its readers are told, and what nobody is told."""

from __future__ import annotations

import json

import pytest

from sild.cores.attribution.weighing import SourceGrade
from sild.kernel.identity import actor_named
from sild.kernel.refusals import NotThere
from sild.values.marking import Marking
from sild.wings.attribution.actions import NewDecision, NewSource, SourceSealing, record_decision, withdraw_evidence
from sild.wings.attribution.reads.linting import linted
from sild.wings.attribution.rules import DecisionKind, EvidenceAudience
from sild.wings.attribution.rules.linting import DraftedSentence, LintedDraft, LintRule, SentenceKind
from tests.api.programs import program_of
from tests.cast import Cast
from tests.web.signed import account_on
from tests.wings.attribution.conftest import Opened
from tests.wings.attribution.test_evidence import item, source

PUBLIC = EvidenceAudience.PUBLIC
DECIDED = NewDecision(
    kind=DecisionKind.ATTRIBUTE_PUBLICLY,
    body="The government",
    person="The minister",
    grounds="five bodies looked at it",
    responsible="one group",
    likelihood="likelihood-very-likely",
)


def draft(*sentences: DraftedSentence, audience: EvidenceAudience = PUBLIC) -> LintedDraft:
    return LintedDraft(audience=audience, source="en", languages=("en",), sentences=sentences)


def words(text: str) -> DraftedSentence:
    return DraftedSentence(number=1, kind=SentenceKind.WORDS, text={"en": text})


def test_a_claim_is_held_against_the_evidence_and_the_decision_of_its_case(opened: Opened) -> None:
    shown = item(opened, source(opened), "for all", PUBLIC)
    kept = item(opened, source(opened, "Another laboratory"), "for a court", EvidenceAudience.COURT)
    said = DraftedSentence(number=1, kind=SentenceKind.CLAIM, text={"en": "It is likely that it was one group."}, evidence=(shown, kept))
    found = linted(opened.deputy, opened.case, draft(said))
    assert found.highest == Marking.CLEAR and found.sources and found.as_of
    assert {one.rule for one in found.findings} == {LintRule.NOT_FOR_AUDIENCE, LintRule.ONE_VOICE, LintRule.NO_DECISION}
    record_decision(opened.officer, opened.case, DECIDED, reason="the government met")
    withdraw_evidence(opened.officer, kept, reason="of another machine")
    rules = [one.rule for one in linted(opened.deputy, opened.case, draft(said)).findings]
    assert rules == [LintRule.WITHDRAWN, LintRule.DECIDED_LIKELIHOOD, LintRule.ONE_VOICE]
    with pytest.raises(NotThere):
        linted(opened.cast.donor, opened.case, draft(said))


def test_what_was_decided_to_be_told_to_nobody_is_for_those_inside_alone(opened: Opened) -> None:
    kind = DecisionKind.NOT_ATTRIBUTE
    quiet = NewDecision(kind=kind, body="The government", person="The minister", grounds="too little is known")
    record_decision(opened.officer, opened.case, quiet, reason="the government met")
    for audience in EvidenceAudience:
        rules = {one.rule for one in linted(opened.officer, opened.case, draft(words("Servers were down."), audience=audience)).findings}
        inside = audience in (EvidenceAudience.SERVICES, EvidenceAudience.MINISTERS)
        assert rules == (set() if inside else {LintRule.DECIDED_AUDIENCE}), audience


def test_who_is_behind_a_seal_is_found_for_those_named_alone_and_never_told(opened: Opened) -> None:
    heron = NewSource(name="Heron", reliability=SourceGrade.A)
    SourceSealing(opened.officer, []).run(opened.case, heron, "Jaan Tamm, embassy", reason="the service asks")
    officer = actor_named("drill", "officer")
    for reader, text, rules in (
        (officer, "Tamm saw it.", [LintRule.SEALED]),
        (opened.deputy, "Tamm saw it.", []),
        (opened.deputy, "Heron saw it.", [LintRule.SEALED]),
    ):
        found = linted(reader, opened.case, draft(words(text)))
        assert [one.rule for one in found.findings] == rules
        assert not any(word in repr(found).casefold() for word in ("tamm", "heron"))


def test_a_sentence_against_the_own_position_is_told_with_its_document(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sild.wings.diplomacy.reads.positions.own_country", lambda actor: "EE")
    text = "Sovereignty is no separate rule, yet coercion is unlawful."
    [one] = linted(opened.officer, opened.case, draft(words(text))).findings
    assert one.rule == LintRule.OWN_POSITION and one.against and one.said == text[one.start : one.end]


def test_programs_hold_a_draft_against_its_case_and_nothing_is_kept(cast: Cast) -> None:
    program = program_of("drill", "officer", account_on(cast.officer))
    case = json.loads(program.ask("POST", "/attribution-cases", {"title": "The mail", "readers": [], "reason": "asked"}).content)["id"]
    where = f"/attribution-cases/{case}/statement-check"
    one = {
        "kind": "claim",
        "text": [{"language": "en", "words": "The evidence suggests one author."}, {"language": "uk", "words": "Автор один."}],
        "marking": "TLP:RED",
    }
    answer = program.ask("POST", where, {"audience": "public", "source": "en", "sentences": [one]})
    assert answer.status_code == 200, answer.content
    told = json.loads(answer.content)
    assert {each["rule"] for each in told["findings"]} == {"no-decision", "above-audience", "claim-without-evidence", "hedge-outside-list"}
    assert told["stops"] == 2 and told["highest"] == "TLP:CLEAR" and all(each["to_do"] for each in told["findings"])
    assert program.ask("POST", where, {"audience": "public", "source": "et", "sentences": [one]}).status_code == 409
    stranger = program_of("drill", "donor", account_on(cast.donor))
    assert stranger.ask("POST", where, {"audience": "public", "source": "en", "sentences": [one]}).status_code == 404
