"""Statements: versions that stay as they were written, two people who approve one, and words that tell their readers nothing above them."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import docx
import pytest
from django.urls import reverse

from sild.cores.attribution.weighing import Aspect, ItemGrade, SourceGrade
from sild.kernel import clock
from sild.kernel.action import last_act
from sild.kernel.actor import acting
from sild.kernel.refusals import NotThere, Refused, Stale
from sild.kernel.undo import undo
from sild.values.marking import Marking
from sild.web.labels import LABELS
from sild.wings.attribution.actions import (
    NewEvidence,
    NewRound,
    NewSource,
    NewStatement,
    SentenceWords,
    StatementSaying,
    approve_statement,
    draft_statement,
    drop_statement,
    enter_evidence,
    invite_state,
    name_source,
    open_round,
    recall_invitation,
    redact_attribution,
    restore_version,
    resume_statement,
    say_statement,
    withdraw_approval,
    withdraw_evidence,
    write_version,
)
from sild.wings.attribution.models import Statement, StatementVersion
from sild.wings.attribution.reads import published_statements, statement_file, statement_record, statements_of, words_as_they_leave
from sild.wings.attribution.reads.naming import attribution_naming
from sild.wings.attribution.reads.statement import statements_to_approve
from sild.wings.attribution.rules import EvidenceAudience
from sild.wings.attribution.rules.linting import ADVICE, LintRule, SentenceKind
from sild.wings.attribution.rules.statement import StatementState, older_translations, sentence_of
from sild.wings.signals.public import statement_record as public_record
from tests.web.signed import signed_in
from tests.wings.attribution.conftest import NOW, Opened
from tests.wings.attribution.test_pages import page, sent

CLAIM = SentenceWords(kind=SentenceKind.CLAIM, text={"en": "The loader was built by hands that are known since 2021."})
PLAIN = SentenceWords(
    kind=SentenceKind.WORDS, text={"en": "We stand by those whose mail was read.", "uk": "Ми підтримуємо тих, чиї листи читали."}
)


def item_of(opened: Opened, *shown: EvidenceAudience, title: str = "A shared key") -> UUID:
    source = name_source(opened.officer, opened.case, NewSource(name=f"For {title}", reliability=SourceGrade.B))
    new = NewEvidence(source_id=source, title=title, aspect=Aspect.MALWARE, credibility=ItemGrade.PROBABLY_TRUE, shown_to=frozenset(shown))
    return enter_evidence(opened.officer, opened.case, new)


def drafted(opened: Opened, audience: EvidenceAudience = EvidenceAudience.PUBLIC) -> UUID:
    new = NewStatement(title="Who read the mail", audience=audience, source="en", languages=("uk",), speaker="The ministry")
    return draft_statement(opened.officer, opened.case, new)


def begun(opened: Opened, audience: EvidenceAudience = EvidenceAudience.PUBLIC) -> UUID:
    """A statement whose first version is the deputy's, so that an officer who writes the next one is not its sole author."""
    one = drafted(opened, audience)
    write_version(opened.deputy, one, [replace(PLAIN, text={"en": "We speak of the mail."})], after=0)
    return one


def test_a_version_stays_as_it_was_written_and_an_earlier_one_can_be_the_newest_again(opened: Opened) -> None:
    one = drafted(opened)
    assert statement_record(opened.deputy, one).shown == 0
    assert write_version(opened.officer, one, [PLAIN], after=0) == 1
    [kept] = [each.sentence for each in statement_record(opened.officer, one).sentences]
    other = replace(PLAIN, key=kept.key, text={**PLAIN.text, "en": "We stand by everybody whose mail was read."})
    assert write_version(opened.deputy, one, [other, PLAIN], after=1) == 2
    with pytest.raises(Stale):
        write_version(opened.officer, one, [PLAIN], after=1)
    seen = statement_record(opened.officer, one)
    assert [each.sentence.older for each in seen.sentences] == [frozenset({"uk"}), frozenset()]
    assert LintRule.OLDER_TRANSLATION in {each.rule for each in seen.sentences[0].findings}
    assert [each.number for each in seen.versions] == [2, 1] and seen.versions[0].written_by == opened.deputy.name
    assert [each.sentence for each in statement_record(opened.officer, one, 1).sentences] == [kept]
    with pytest.raises(Refused, match="Nothing was changed"):
        write_version(
            opened.officer, one, [replace(PLAIN, key=each.sentence.key, text=each.sentence.text) for each in seen.sentences], after=2
        )
    assert restore_version(opened.officer, one, 1, after=2) == 3
    again = statement_record(opened.officer, one)
    assert [each.sentence for each in again.sentences] == [kept] and again.versions[0].restores == 1
    act = last_act()
    assert act is not None
    undo(opened.officer, act, reason="a mistake")
    assert statement_record(opened.officer, one).shown == 2


def test_a_sentence_needs_its_source_language_its_case_and_its_place(opened: Opened) -> None:
    one = drafted(opened)
    with pytest.raises(Refused, match="Sentence 1 does not stand in the source language"):
        write_version(opened.officer, one, [replace(PLAIN, text={"uk": "Лише так."})], after=0)
    with pytest.raises(NotThere, match="no such item"):
        write_version(opened.officer, one, [replace(CLAIM, evidence=(uuid4(),))], after=0)
    with pytest.raises(Refused, match="takes the place of one that is not there"):
        write_version(opened.officer, one, [replace(CLAIM, key=uuid4())], after=0)
    with pytest.raises(Refused, match="marked higher than the case"):
        write_version(opened.officer, one, [replace(CLAIM, marking=Marking.RED)], after=0)
    with pytest.raises(Refused, match="one sentence at least"):
        write_version(opened.officer, one, [], after=0)
    assert statements_of(opened.officer, opened.case)[0].newest == 0


def test_two_people_approve_a_version_and_a_later_one_needs_them_again(opened: Opened) -> None:
    one, item = begun(opened), item_of(opened, EvidenceAudience.PUBLIC)
    write_version(
        opened.officer,
        one,
        [replace(CLAIM, evidence=(item,), text={**CLAIM.text, "uk": "Завантажувач зробили руки, відомі з 2021 року."})],
        after=1,
    )
    approve_statement(opened.officer, one, 2)
    waiting = {who.name: [item.id for item in statements_to_approve(who, 5)] for who in (opened.officer, opened.deputy, opened.cast.donor)}
    assert waiting == {opened.officer.name: [], opened.deputy.name: [one], opened.cast.donor.name: []}
    with pytest.raises(Refused, match="approved this version already"):
        approve_statement(opened.officer, one, 2)
    with pytest.raises(Refused, match="1 of 2 people"):
        say_statement(opened.officer, one, 2, reason="now")
    second = approve_statement(opened.deputy, one, 2)
    assert statement_record(opened.officer, one).row.state == StatementState.APPROVED
    with pytest.raises(Refused, match="by who gave it"):
        withdraw_approval(opened.officer, second, reason="not mine")
    withdraw_approval(opened.deputy, second, reason="the day is wrong")
    assert statement_record(opened.officer, one).row.state == StatementState.DRAFT
    approve_statement(opened.deputy, one, 2)
    write_version(opened.officer, one, [PLAIN], after=2)
    assert statement_record(opened.officer, one).row.state == StatementState.DRAFT, "a change takes both approvals away"
    with pytest.raises(Stale):
        approve_statement(opened.deputy, one, 2)
    restore_version(opened.officer, one, 2, after=3)
    assert statement_record(opened.officer, one).row.approvals == 0, "also where the words are the same as once"
    for who in (opened.officer, opened.deputy):
        approve_statement(who, one, 4)
    say_statement(opened.officer, one, 4, where="https://example.org/statement", reason="the minister read it out")
    seen = statement_record(opened.deputy, one)
    assert (seen.row.state, seen.row.said_at, seen.row.said_by) == (StatementState.SAID, NOW, opened.officer.name)
    for act in (
        lambda: write_version(opened.officer, one, [PLAIN], after=4),
        lambda: drop_statement(opened.officer, one, reason="too late"),
        lambda: say_statement(opened.officer, one, 4, reason="again"),
    ):
        with pytest.raises(Refused, match="was said"):
            act()
    [public] = published_statements(opened.deputy)
    assert (public.id, public.on, public.languages, public.speaker) == (one, NOW.date(), ("en", "uk"), "The ministry")
    assert published_statements(opened.cast.donor) == []


def test_what_the_linter_would_stop_needs_an_officers_reason_for_that_very_fault(opened: Opened) -> None:
    one = begun(opened)
    write_version(opened.officer, one, [CLAIM], after=1)
    assert statement_record(opened.officer, one).stops == 1, "a claim without evidence"
    with pytest.raises(Refused, match="would stop it"):
        approve_statement(opened.officer, one, 2)
    # whoever is no officer has no such word
    donor = replace(opened.deputy, roles=opened.cast.donor.roles)
    with pytest.raises(Refused, match="let an officer say why"):
        approve_statement(donor, one, 2, although="I want it so")
    approve_statement(opened.officer, one, 2, although="the partner says it today")
    # the reason was of that fault, and the second person reads it
    approve_statement(opened.deputy, one, 2)
    say_statement(opened.officer, one, 2, reason="the partner spoke")


def test_a_fault_that_came_after_the_approvals_is_not_covered_by_the_reason_for_another(opened: Opened) -> None:
    one = begun(opened)
    item = item_of(opened, EvidenceAudience.PUBLIC)
    write_version(opened.officer, one, [replace(CLAIM, evidence=(item,))], after=1)
    for who in (opened.officer, opened.deputy):
        approve_statement(who, one, 2, although="not needed")
    assert [each.although for each in statement_record(opened.officer, one).approvals] == ["", ""]
    write_version(opened.officer, one, [replace(CLAIM, evidence=(item,)), CLAIM], after=2)
    for who in (opened.officer, opened.deputy):
        approve_statement(who, one, 3, although="the partner says it today")
    withdraw_evidence(opened.officer, item, reason="it was forged")
    with pytest.raises(Refused, match="Since it was approved something was found"):
        say_statement(opened.officer, one, 3, reason="now")


def test_words_above_their_audience_leave_in_no_form_whoever_approved_them(opened: Opened) -> None:
    one, hidden = begun(opened), item_of(opened, EvidenceAudience.MINISTERS, title="What a man in the room said")
    closed = replace(PLAIN, marking=Marking.AMBER_STRICT)
    write_version(opened.officer, one, [closed], after=1)
    seen = statement_record(opened.officer, one)
    assert not seen.prints
    for who in (opened.officer, opened.deputy):
        with pytest.raises(Refused, match="which no reason opens"):
            approve_statement(who, one, 2, although="we want it so")
    for leave in (lambda: words_as_they_leave(opened.officer, one), lambda: statement_file(opened.officer, one, "docx")):
        with pytest.raises(Refused, match="may not know"):
            leave()
    write_version(opened.officer, one, [replace(CLAIM, evidence=(hidden,), text={"en": "It was seen.", "uk": "Це бачили."})], after=2)
    bound = statement_record(opened.officer, one)
    assert bound.sentences[0].hidden == {hidden} and LintRule.NOT_FOR_AUDIENCE in {each.rule for each in bound.sentences[0].findings}
    name, data = statement_file(opened.officer, one, "docx")
    table = docx.Document(io.BytesIO(data)).tables[0]
    assert name.endswith(".docx") and [cell.text for cell in table.rows[1].cells] == ["It was seen.", "Це бачили."]
    assert "not approved" in table.rows[0].cells[0].text
    text = statement_file(opened.officer, one, "txt")[1].decode()
    assert "It was seen." in text and "Це бачили." in text and "in the room" not in text
    with pytest.raises(NotThere):
        statement_file(opened.officer, one, "exe")


def test_nothing_is_said_before_the_hour_for_which_states_were_asked_to_wait(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = NewRound(title="Will you say it with us", t_hour=NOW + timedelta(days=9), reply_by=NOW + timedelta(days=5))
    open_round(opened.officer, opened.case, asked, reason="partners wait")
    one = begun(opened)
    write_version(opened.officer, one, [PLAIN], after=1)
    for who in (opened.officer, opened.deputy):
        approve_statement(who, one, 2)
    with pytest.raises(Refused, match="2026-02-19 08:00 UTC"):
        say_statement(opened.officer, one, 2, reason="now")
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=10))
    say_statement(opened.officer, one, 2, reason="the hour has come")


def test_a_later_draft_is_held_against_what_was_said(opened: Opened) -> None:
    item = item_of(opened, EvidenceAudience.PUBLIC)
    said, later = begun(opened), begun(opened)
    sentence = replace(
        CLAIM, evidence=(item,), text={"en": "On 3 January 2026 the mail was read.", "uk": "3 січня 2026 року листи читали."}
    )
    write_version(opened.officer, said, [sentence], after=1)
    for who in (opened.officer, opened.deputy):
        approve_statement(who, said, 2)
    say_statement(opened.officer, said, 2, reason="now")
    write_version(opened.officer, later, [replace(sentence, text={"en": "On 5 January 2026 the mail was read."})], after=1)
    [finding] = [each for each in statement_record(opened.officer, later).sentences[0].findings if each.rule == LintRule.EARLIER_DAY]
    assert "Who read the mail" in finding.against


def test_a_draft_is_dropped_and_taken_up_again(opened: Opened) -> None:
    one = drafted(opened)
    drop_statement(opened.deputy, one, reason="the decision is to wait")
    assert statement_record(opened.officer, one).row.state == StatementState.DROPPED
    with pytest.raises(Refused, match="Take it up again"):
        write_version(opened.officer, one, [PLAIN], after=0)
    resume_statement(opened.officer, one, reason="decided anew")
    assert write_version(opened.officer, one, [PLAIN], after=0) == 1


def test_who_is_not_in_the_compartment_knows_of_no_statement(opened: Opened) -> None:
    one = drafted(opened)
    for stranger in (opened.cast.donor, opened.cast.technical, opened.cast.other_donor):
        with pytest.raises(NotThere):
            statement_record(stranger, one)
        with pytest.raises(NotThere):
            write_version(stranger, one, [PLAIN], after=0)


def test_what_is_erased_leaves_the_versions_and_their_digests_follow(opened: Opened) -> None:
    one = drafted(opened)
    write_version(opened.officer, one, [PLAIN], after=0)
    with acting(opened.officer):
        kept = StatementVersion.objects.get(statement_id=one)
        sentence = sentence_of(kept.sentences[0])
        assert older_translations(sentence, sentence, "en") == frozenset()
    redact_attribution(opened.officer, re.compile("everybody|those whose"), reason="asked")
    assert "those whose" not in str(statement_record(opened.officer, one).sentences), "the digest follows what was erased"
    assert attribution_naming(opened.officer, ["stand by"]) != []
    with acting(opened.officer):
        assert Statement.objects.get(id=one).newest == 1


def test_what_to_do_is_told_in_the_same_words_on_pages_and_to_programs() -> None:
    assert LABELS["lint-advice"] == {str(rule): words for rule, words in ADVICE.items()}


def test_a_statement_is_written_approved_and_read_in_the_browser(opened: Opened) -> None:
    officer, deputy = (signed_in(one) for one in (opened.officer, opened.deputy))
    hidden = item_of(opened, title="What a man in the room said")
    empty = officer.get(reverse("attribution.statements", args=[opened.case])).content.decode()
    assert "No statement was begun yet" in empty
    begun = {"title": "Who read the mail", "audience": "public", "source": "en", "languages": "uk", "speaker": "The ministry"}
    where = officer.post(reverse("attribution.draft-statement", args=[opened.case]), begun).headers["Location"]
    one = UUID(where.split("/")[3])
    first = {"s1-place": "2", "s1-kind": "claim", "s1-marking": "0", "s1-text-en": "It was seen.", "s1-evidence": [str(hidden)]}
    second = {"s2-place": "1", "s2-kind": "words", "s2-marking": "0", "s2-text-en": "=We <b>say</b> it.", "s2-text-uk": "Ми це кажемо."}
    third = {"s3-place": "3", "s3-kind": "words", "s3-marking": "0", "s3-text-en": " "}
    assert officer.post(reverse("attribution.write-statement", args=[one]), first | second | third | {"after": "0"}).status_code == 302
    told = deputy.get(where).content.decode()
    assert told.index("=We &lt;b&gt;say") < told.index("It was seen.") and "not for these readers" in told
    assert "What a man in the room said" in told and "1 of 2" not in told
    again = officer.post(reverse("attribution.write-statement", args=[one]), first | {"after": "0"})
    assert again.status_code == 409, "somebody wrote a version meanwhile"
    refused = officer.post(reverse("attribution.approve-statement", args=[one]), {"number": "1"})
    assert refused.status_code == 409
    changed = {"s3-place": "3", "s3-kind": "words", "s3-marking": "0", "s3-text-en": "It is over.", "after": "1"}
    assert deputy.post(reverse("attribution.write-statement", args=[one]), first | second | changed).status_code == 302
    approval = {"number": "2", "although": "at noon", "digest": statement_record(opened.officer, one).digest}
    for who in (officer, deputy):
        assert who.post(reverse("attribution.approve-statement", args=[one]), approval).status_code == 302
    preview = officer.get(reverse("attribution.statement-preview", args=[one])).content.decode()
    assert "It was seen." in preview and "in the room" not in preview and "at noon" not in preview
    assert preview.count("<h1") == 1 and preview.count('lang="en" dir="auto">Who read the mail') == 2, "the title is in its own language"
    assert officer.get(reverse("attribution.statement-docx", args=[one])).content[:2] == b"PK"
    assert "Ми це кажемо." in officer.get(reverse("attribution.statement-txt", args=[one])).content.decode()
    said = officer.post(
        reverse("attribution.say-statement", args=[one]), {"number": "2", "where": "the ministry's page", "reason": "read out"}
    )
    assert said.status_code == 302 and "the ministry&#x27;s page" in officer.get(where).content.decode()
    stranger = signed_in(opened.cast.donor)
    assert {stranger.get(address).status_code for address in (where, reverse("attribution.statement-txt", args=[one]))} == {404}


def test_approvals_are_of_words_and_never_pass_to_others_of_the_same_number(opened: Opened) -> None:
    one = drafted(opened)
    write_version(opened.officer, one, [PLAIN], after=0)
    write_version(opened.deputy, one, [replace(PLAIN, text={"en": "We stand by them."})], after=1)
    act = last_act()
    assert act is not None
    for who in (opened.officer, opened.deputy):
        approve_statement(who, one, 2)
    with pytest.raises(Refused):
        undo(opened.deputy, act, reason="another way round")
    assert statement_record(opened.officer, one).row.state == StatementState.APPROVED


def test_the_sole_author_approves_nothing_and_a_digest_names_the_words_that_were_read(opened: Opened) -> None:
    one = drafted(opened)
    write_version(opened.officer, one, [PLAIN], after=0)
    with pytest.raises(Refused, match="You alone wrote"):
        approve_statement(opened.officer, one, 1)
    read = statement_record(opened.deputy, one).digest
    act = last_act()
    assert act is not None
    undo(opened.officer, act, reason="a mistake")
    # the same number, other words: whoever read the first approves the second by no accident
    write_version(opened.officer, one, [replace(PLAIN, text={"en": "We accuse them."})], after=0)
    with pytest.raises(Stale):
        approve_statement(opened.deputy, one, 1, digest=read)
    assert approve_statement(opened.deputy, one, 1, digest=statement_record(opened.deputy, one).digest)


def test_a_round_whose_every_invitation_was_recalled_holds_nobody_back(opened: Opened) -> None:
    asked = NewRound(title="Will you say it with us", t_hour=NOW + timedelta(days=9), reply_by=NOW + timedelta(days=5))
    whole = open_round(opened.officer, opened.case, asked, reason="partners wait")
    invited = invite_state(opened.officer, whole, country="A State without a seat")
    one = begun(opened)
    for who in (opened.officer, opened.deputy):
        write_version(who, one, [replace(PLAIN, text={"en": f"Said by {who.name}."})], after=statement_record(who, one).row.newest)
    for who in (opened.officer, opened.deputy):
        approve_statement(who, one, 3)
    with pytest.raises(Refused, match="T-hour"):
        say_statement(opened.officer, one, 3, reason="now")
    recall_invitation(opened.officer, invited, reason="they will not")
    say_statement(opened.officer, one, 3, reason="now")


def test_the_country_spoken_of_is_a_code_and_is_told_with_what_was_said(opened: Opened) -> None:
    new = NewStatement(title="Who read the mail", audience=EvidenceAudience.PUBLIC, source="en", speaker="The ministry", country="ee")
    with pytest.raises(Refused, match="code of two letters"):
        draft_statement(opened.officer, opened.case, replace(new, country="XQ"))
    one = draft_statement(opened.officer, opened.case, new)
    for who, words in ((opened.deputy, "We speak."), (opened.officer, "We speak of it.")):
        write_version(who, one, [replace(PLAIN, text={"en": words})], after=statement_record(who, one).row.newest)
    for who in (opened.officer, opened.deputy):
        approve_statement(who, one, 2)
    say_statement(opened.officer, one, 2, reason="the minister read it out")
    [told] = published_statements(opened.deputy)
    assert (told.country, told.speaker, told.title) == ("EE", "The ministry", "Who read the mail")
    assert statement_record(opened.officer, one).row.said_why == "the minister read it out"


def test_a_language_is_a_file_of_its_own(opened: Opened) -> None:
    one = drafted(opened)
    write_version(opened.officer, one, [PLAIN], after=0)
    name, data = statement_file(opened.officer, one, "txt", "uk")
    assert name == "statement-public-v1-uk.txt" and "Ми підтримуємо" in data.decode() and "We stand" not in data.decode()
    table = docx.Document(io.BytesIO(statement_file(opened.officer, one, "docx", "en")[1])).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows][1:] == [["We stand by those whose mail was read."]]
    with pytest.raises(NotThere, match="not stand in that language"):
        statement_file(opened.officer, one, "txt", "et")


def test_an_approval_follows_the_words_that_were_blotted_out(opened: Opened) -> None:
    one = begun(opened)
    write_version(opened.officer, one, [PLAIN], after=1)
    for who in (opened.officer, opened.deputy):
        approve_statement(who, one, 2)
    redact_attribution(opened.officer, re.compile("those whose"), reason="asked")
    assert statement_record(opened.officer, one).row.state == StatementState.APPROVED


def test_the_page_takes_two_people_from_a_draft_to_files_and_says_what_stops_it(opened: Opened) -> None:
    officer, deputy = opened.officer, opened.deputy
    assert "Begin a statement" in page(officer, "attribution.statements", opened.case)[1]
    form = {
        "title": "Who read the mail",
        "audience": "public",
        "source": "en",
        "languages": "uk",
        "speaker": "The ministry",
        "country": "EE",
    }
    status, where = sent(officer, "attribution.draft-statement", opened.case, **form)
    assert status == 302, where
    one = UUID(where.rstrip("/").rsplit("/", 1)[1])
    hidden = item_of(opened, EvidenceAudience.MINISTERS, title="What a man in the room said")
    words = {"s1-place": "1", "s1-kind": "claim", "s1-marking": "0", "s1-text-en": "It was seen.", "s1-text-uk": "Це бачили."}
    assert sent(officer, "attribution.write-statement", one, **words, **{"s1-evidence": str(hidden)}, after="0")[0] == 302
    text = page(officer, "attribution.statement", one)[1]
    assert "not for these readers" in text and "You alone wrote this statement" in text and "Estonia" in text
    preview = page(officer, "attribution.statement-preview", one)[1]
    assert "It was seen." in preview and "man in the room" not in preview
    item = item_of(opened, EvidenceAudience.PUBLIC)
    assert sent(deputy, "attribution.write-statement", one, **words, **{"s1-evidence": str(item)}, after="1")[0] == 302
    assert sent(deputy, "attribution.write-statement", one, **words, after="1")[0] == 409
    for who in (officer, deputy):
        read = statement_record(who, one).digest
        assert sent(who, "attribution.approve-statement", one, number="2", digest="0" * 64)[0] == 409
        assert sent(who, "attribution.approve-statement", one, number="2", digest=read)[0] == 302
    assert "language=uk" in page(officer, "attribution.statement", one)[1]
    answer = signed_in(officer).get(reverse("attribution.statement-txt", args=[one]), {"language": "uk"})
    assert "Це бачили." in answer.content.decode() and "It was seen." not in answer.content.decode()
    assert sent(officer, "attribution.say-statement", one, number="2", where="", reason="the minister read it out")[0] == 302
    assert "the minister read it out" in page(deputy, "attribution.statement", one)[1]
    for stranger in (opened.cast.donor, opened.cast.technical):
        assert page(stranger, "attribution.statement", one)[0] == page(stranger, "attribution.statement", uuid4())[0] == 404


def test_what_was_said_to_the_public_stands_among_what_was_said_in_public_and_names_no_case(opened: Opened) -> None:
    one = begun(opened)
    write_version(opened.officer, one, [PLAIN], after=1)
    for who in (opened.officer, opened.deputy):
        approve_statement(who, one, 2)
    saying = StatementSaying(opened.officer)
    kept = saying.run(one, 2, where="https://example.org/statement", public=True, reason="the minister read it out")
    assert kept is not None
    row = public_record(opened.cast.officer, kept).row
    assert (row.title, row.on, row.precision, row.marking) == ("Who read the mail", NOW.date(), "day", Marking.CLEAR)
    assert str(opened.case) not in str(row) and str(one) not in str(row)
    partners = begun(opened, EvidenceAudience.CO_ATTRIBUTING)
    write_version(opened.officer, partners, [PLAIN], after=1)
    for who in (opened.officer, opened.deputy):
        approve_statement(who, partners, 2)
    with pytest.raises(Refused, match="not for the public"):
        saying.run(partners, 2, public=True, reason="told them")
    assert statement_record(opened.officer, partners).row.said_at is None, "both or neither"
    assert saying.run(partners, 2, reason="told them") is None
