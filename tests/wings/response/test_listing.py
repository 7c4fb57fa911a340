"""Listing packs: each sentence rests on open evidence alone, two people approve it to the letter, gaps are printed and never filled."""

from __future__ import annotations

import io
import json
import uuid
import zipfile
from typing import Any

import pytest
from django.db import models
from django.urls import reverse

from sild.cores.attribution.weighing import Aspect, ItemGrade, SourceGrade
from sild.kernel.actor import Actor
from sild.kernel.refusals import NotThere, Refused, Stale
from sild.values.redaction import pattern_of
from sild.wings.attribution.actions import NewEvidence, NewSource, SourceSealing, enter_evidence, name_source, show_evidence
from sild.wings.attribution.public import EvidenceAudience
from sild.wings.intake.public import what_waits
from sild.wings.response.actions import (
    NewIdentifier,
    NewListing,
    approve_listing,
    begin_listing,
    name_identifier,
    recall_listing,
    redact_responses,
    strike_part,
    tick_point,
    write_reason,
)
from sild.wings.response.models import Listing
from sild.wings.response.reads import ListingView, listing_file, listing_record, listings_of, response_naming
from sild.wings.response.rules import (
    IdentifierKind,
    ListingGap,
    ListingState,
    PreconditionStand,
    SubjectKind,
    gaps_of,
    listing_point,
    listing_points,
)
from tests.api.programs import program_of
from tests.cast import Cast
from tests.web.signed import account_on, signed_in
from tests.wings.attribution.test_pages import page, sent
from tests.wings.response.conftest import Answering

OPEN = (EvidenceAudience.PUBLIC, EvidenceAudience.SANCTIONS_FILE)


def item(
    answering: Answering, title: str, *audiences: EvidenceAudience, aspect: Aspect = Aspect.MALWARE, sealed: bool = False
) -> uuid.UUID:
    """An item of the case's evidence for some audiences."""
    officer = answering.officer
    named = NewSource(name=f"Source of {title}", reliability=SourceGrade.B)
    source = SourceSealing(officer, []).run(answering.case, named, "somebody", reason="asked") if sealed else None
    source = source or name_source(officer, answering.case, named)
    new = NewEvidence(
        source_id=source, title=title, text="seen", aspect=aspect, credibility=ItemGrade.PROBABLY_TRUE, shown_to=frozenset(audiences)
    )
    return enter_evidence(officer, answering.case, new)


def pack(answering: Answering, subject: SubjectKind = SubjectKind.PERSON) -> uuid.UUID:
    return begin_listing(answering.officer, answering.closed, NewListing(name="Ivan Exemplar", subject=subject), reason="asked")


def seen(answering: Answering, made: uuid.UUID) -> ListingView:
    return listing_record(answering.deputy, made)


def frozen(answering: Answering) -> uuid.UUID:
    """A pack of one sentence that two people approved."""
    made = pack(answering)
    write_reason(answering.officer, made, "He wrote the tool.", [item(answering, "A report", *OPEN)])
    assert not approve_listing(answering.officer, made, reason="read")
    assert approve_listing(answering.deputy, made, reason="read too")
    return made


def test_every_point_has_its_source_or_is_from_memory() -> None:
    for one in listing_points():
        assert one.from_memory != bool(one.sources), one.id
        assert one.label_uk and one.description_uk
    assert {one.kind for one in listing_points()} == {"scope", "act", "factor", "criterion", "measure", "procedure"}
    assert sum(one.kind == "factor" for one in listing_points()) == 7 and listing_point("procedure") is None


def test_what_is_missing_is_told_and_nothing_of_it_fills_itself() -> None:
    everything = gaps_of(SubjectKind.PERSON, {}, [], 0)
    assert ListingGap.NO_CRITERION in everything and ListingGap.UNANSWERED in everything and ListingGap.NO_IDENTIFIER in everything
    met = {one.id: PreconditionStand.MET for one in listing_points() if one.kind != "procedure"}
    full = [{"kind": "birth", "source": "a register"}, {"kind": "name", "source": "a register"}]
    assert gaps_of(SubjectKind.PERSON, met, full, 1) == []
    assert gaps_of(SubjectKind.ENTITY, met, full, 1) == [ListingGap.BAN_OF_ENTITY]
    assert gaps_of(SubjectKind.PERSON, met, full[1:], 1) == [ListingGap.NAME_ALONE]
    assert gaps_of(SubjectKind.PERSON, met, [{"kind": "birth", "source": ""}], 1) == [ListingGap.IDENTIFIER_UNSOURCED]
    assert ListingGap.NO_FACTOR in gaps_of(SubjectKind.PERSON, {**met, **dict.fromkeys(_of("factor"), PreconditionStand.NOT_MET)}, full, 1)


def _of(kind: str) -> list[str]:
    return [one.id for one in listing_points() if one.kind == kind]


def test_a_sentence_rests_on_open_evidence_alone_and_is_refused_in_words(answering: Answering) -> None:
    made = pack(answering)
    refused = {
        "not for the public": item(answering, "A court paper", EvidenceAudience.COURT, EvidenceAudience.SANCTIONS_FILE),
        "sanctions file": item(answering, "A newspaper", EvidenceAudience.PUBLIC),
        "sealed": item(answering, "A whisper", *OPEN, sealed=True),
        "intelligence": item(answering, "A tap", *OPEN, aspect=Aspect.INTELLIGENCE),
    }
    for words, key in refused.items():
        with pytest.raises(Refused, match=words):
            write_reason(answering.officer, made, "He did.", [key])
    for bad in ("", "He did."):
        with pytest.raises(Refused):
            write_reason(answering.officer, made, bad, [])
    with pytest.raises(NotThere):
        write_reason(answering.officer, made, "He did.", [uuid.uuid4()])
    allowed = item(answering, "A report", *OPEN)
    with pytest.raises(Refused):
        write_reason(answering.officer, made, "He did.", [allowed, refused["sealed"]])
    write_reason(answering.officer, made, "He did.", [allowed, allowed])
    [reason] = seen(answering, made).reasons
    assert [one.row.title for one in reason.items] == ["A report"] and reason.changed == ()


def test_a_listing_needs_a_case_and_a_name(answering: Answering) -> None:
    with pytest.raises(Refused, match="case of attribution"):
        begin_listing(answering.officer, answering.open, NewListing(name="X"), reason="asked")
    with pytest.raises(Refused, match="who is to be listed"):
        begin_listing(answering.officer, answering.closed, NewListing(name=" "), reason="asked")
    with pytest.raises(Refused, match="language"):
        begin_listing(answering.officer, answering.closed, NewListing(name="X", language="xx"), reason="asked")
    with pytest.raises(NotThere):
        listing_record(answering.cast.donor, pack(answering))


def awaited(who: Actor) -> list[uuid.UUID]:
    """The papers that want this person's approval on their first page."""
    return [item.id for group in what_waits(who) if group.kind == "approvals" for item in group.items]


def test_one_person_cannot_freeze_a_pack_and_a_change_takes_approvals_away(answering: Answering) -> None:
    made = pack(answering)
    with pytest.raises(Refused, match="no sentence"):
        approve_listing(answering.officer, made, reason="empty")
    write_reason(answering.officer, made, "He wrote the tool.", [item(answering, "A report", *OPEN)])
    assert approve_listing(answering.officer, made, reason="read") is False
    assert awaited(answering.deputy) == [made] and awaited(answering.officer) == awaited(answering.cast.donor) == []
    with pytest.raises(Refused, match="two people"):
        approve_listing(answering.officer, made, reason="again")
    version = seen(answering, made).row.version
    tick_point(answering.deputy, made, "criterion-a", PreconditionStand.MET, reason="the report")
    assert seen(answering, made).approvals == () and seen(answering, made).to_approve == 2
    with pytest.raises(Stale):
        approve_listing(answering.deputy, made, version=version, reason="an old page")
    assert approve_listing(answering.deputy, made, reason="read") is False
    assert approve_listing(answering.officer, made, reason="read") is True
    assert seen(answering, made).row.state is ListingState.FROZEN
    assert awaited(answering.deputy) == awaited(answering.officer) == []
    with pytest.raises(Refused, match="frozen"):
        tick_point(answering.officer, made, "criterion-b", PreconditionStand.MET, reason="late")


def test_evidence_that_is_open_no_longer_stops_the_approval_and_is_shown(answering: Answering) -> None:
    made, key = pack(answering), item(answering, "A report", *OPEN)
    write_reason(answering.officer, made, "He wrote the tool.", [key])
    show_evidence(answering.officer, key, [EvidenceAudience.COURT], reason="a mistake")
    with pytest.raises(Refused, match="not for the public"):
        approve_listing(answering.officer, made, reason="read")
    assert ListingGap.EVIDENCE_CHANGED in seen(answering, made).gaps and seen(answering, made).reasons[0].changed


def test_parts_are_taken_out_of_a_draft_with_a_reason(answering: Answering) -> None:
    made = pack(answering)
    name_identifier(answering.officer, made, NewIdentifier(kind=IdentifierKind.ALIAS, text="Vanya", source="a forum"))
    name_identifier(answering.officer, made, NewIdentifier(kind=IdentifierKind.BIRTH, text="1 Jan 1980"))
    with pytest.raises(Refused):
        name_identifier(answering.officer, made, NewIdentifier(kind=IdentifierKind.BIRTH, text=" "))
    strike_part(answering.deputy, made, "identifiers", "1", reason="another man")
    with pytest.raises(NotThere):
        strike_part(answering.deputy, made, "identifiers", "1", reason="again")
    with pytest.raises(Refused):
        strike_part(answering.deputy, made, "approvals", "1", reason="no")
    assert [one.text for one in seen(answering, made).identifiers] == ["1 Jan 1980"]
    assert ListingGap.IDENTIFIER_UNSOURCED in seen(answering, made).gaps


def test_a_frozen_pack_is_given_as_word_and_workbook_and_says_nothing_that_is_not_open(answering: Answering) -> None:
    item(answering, "A whisper of Heron", EvidenceAudience.SERVICES)
    made = frozen(answering)
    for form, part in (("docx", "word/document.xml"), ("xlsx", "xl/sharedStrings.xml")):
        name, _kind, data = listing_file(answering.deputy, made, form)
        words = zipfile.ZipFile(io.BytesIO(data)).read(part).decode()
        assert name.endswith(form) and "He wrote the tool." in words and "Ivan Exemplar" in words
        assert "Heron" not in words and "ministries" not in words
    kept = listing_file(answering.deputy, made, "docx")[2]
    assert kept == listing_file(answering.officer, made, "docx")[2]
    for stranger in (answering.cast.donor, answering.cast.officer):
        with pytest.raises(NotThere):
            listing_file(stranger, made, "docx")
    with pytest.raises(NotThere):
        listing_file(answering.officer, made, "exe")
    recall_listing(answering.officer, made, reason="the wrong man")
    with pytest.raises(Refused, match="recalled"):
        listing_file(answering.officer, made, "docx")
    with pytest.raises(Refused, match="already"):
        recall_listing(answering.officer, made, reason="again")


def test_a_draft_has_no_file_and_a_pack_that_was_changed_behind_the_desk_is_not_given(answering: Answering) -> None:
    with pytest.raises(Refused, match="draft"):
        listing_file(answering.officer, pack(answering), "docx")
    made = frozen(answering)
    rows: models.QuerySet[Listing] = models.QuerySet(Listing, using="migrate").filter(id=made)
    assert rows.update(content={**rows.get().content, "title": "Another"}) == 1
    with pytest.raises(Refused, match="digest differs"):
        listing_file(answering.officer, made, "docx")
    assert seen(answering, made).intact is False


def test_erasing_leaves_codes_and_makes_the_digest_anew(answering: Answering) -> None:
    made = frozen(answering)
    assert any("Exemplar" in str(found) for found in response_naming(answering.officer, ["Exemplar"]))
    redact_responses(answering.officer, pattern_of(["Exemplar", "wrote"]), reason="asked")
    view = seen(answering, made)
    assert view.intact and "Exemplar" not in view.row.name and "Exemplar" not in str(listings_of(answering.officer, answering.closed))
    listing_file(answering.officer, made, "docx")


def test_a_pack_is_filled_and_approved_in_the_browser(answering: Answering) -> None:
    assert "No listing pack can be begun here" in page(answering.officer, "response.listings", answering.open)[1]
    assert "No listing pack was begun yet" in page(answering.deputy, "response.listings", answering.closed)[1]
    form = {"name": "<b>Ivan</b>", "subject": "person", "language": "uk", "reason": "asked"}
    assert sent(answering.officer, "response.begin-listing", answering.closed, **(form | {"subject": "ship"}))[0] == 409
    status, where = sent(answering.officer, "response.begin-listing", answering.closed, **form)
    assert status == 302, where
    made = uuid.UUID(where.split("/")[3])
    assert "No item of the case" in page(answering.officer, "response.listing", made)[1]
    key, closed = item(answering, "A report", *OPEN), item(answering, "A tap", EvidenceAudience.SERVICES)

    def send(who: Actor, act: str, **told: object) -> int:
        return sent(who, f"response.{act}-listing", made, version=listing_record(who, made).row.version, **told)[0]

    assert send(answering.officer, "reason", text="He did.", evidence=str(closed)) == 409
    assert send(answering.officer, "reason", text="He <i>did</i>.", evidence=str(key)) == 302
    assert send(answering.deputy, "identify", kind="alias", text="Vanya", source="a forum") == 302
    assert send(answering.deputy, "tick", point="criterion-a", stand="met", reason="the report") == 302
    assert send(answering.deputy, "strike", part="identifiers", key="1", reason="no") == 302
    text = page(answering.deputy, "response.listing", made)[1]
    assert "&lt;i&gt;did" in text and "not for the public" in text and "no identifier is named" in text and "&lt;b&gt;Ivan" in text
    assert page(answering.deputy, "response.listing-docx", made)[0] == 409
    assert send(answering.officer, "approve", reason="read") == 302
    assert send(answering.officer, "approve", reason="again") == 409
    assert send(answering.deputy, "approve", reason="read") == 302
    assert signed_in(answering.deputy).get(reverse("response.listing-xlsx", args=[made])).status_code == 200
    assert page(answering.cast.donor, "response.listing", made)[0] == 404
    assert send(answering.officer, "recall", reason="a slip") == 302
    assert "a slip" in page(answering.deputy, "response.listings", answering.closed)[1]


def test_programs_fill_and_approve_a_pack(cast: Cast) -> None:
    programs = {name: program_of("drill", name, account_on(getattr(cast, name))) for name in ("officer", "deputy")}

    def ask(who: str, method: str, path: str, body: object = None) -> Any:
        answer = programs[who].ask(method, path, body)
        assert answer.status_code < 300, answer.content
        return json.loads(answer.content) if answer.content else None

    new = {"title": "Mail", "readers": [str(cast.deputy.person)], "reason": "asked"}
    case = ask("officer", "POST", "/attribution-cases", new)["id"]
    source = ask("officer", "POST", f"/attribution-cases/{case}/sources", {"name": "A laboratory", "reliability": "B"})["id"]
    told = {"source": source, "title": "Seen", "aspect": "malware", "credibility": 2, "shown_to": ["public", "sanctions-file"]}
    key = ask("officer", "POST", f"/attribution-cases/{case}/evidence", told)["id"]
    response = ask("officer", "POST", "/responses", {"title": "What we answer", "case": case, "reason": "asked"})["id"]
    made = ask("officer", "POST", f"/responses/{response}/listings", {"name": "Ivan", "reason": "asked"})["id"]
    where = f"/listings/{made}"
    ask("deputy", "POST", f"{where}/reasons", {"text": "He did.", "evidence": [key]})
    ask("deputy", "PUT", f"{where}/point", {"point": "criterion-a", "stand": "met", "reason": "seen"})
    ask("deputy", "POST", f"{where}/identifiers", {"kind": "alias", "text": "Vanya"})
    ask("deputy", "POST", f"{where}/strikes", {"part": "identifiers", "key": "1", "reason": "no"})
    assert ask("officer", "POST", f"{where}/approvals", {"reason": "read"}) == {"frozen": False}
    assert ask("deputy", "POST", f"{where}/approvals", {"reason": "read"}) == {"frozen": True}
    whole = ask("deputy", "GET", where)
    assert whole["intact"] and len(whole["approved_by"]) == 2 and "no-identifier" in whole["gaps"]
    ask("officer", "POST", f"{where}/recall", {"reason": "a slip"})
    assert [one["state"] for one in ask("deputy", "GET", f"/responses/{response}/listings")["rows"]] == ["recalled"]
