"""Evidence: grades apart, one source counted once, who may be shown what, chain of custody, seals."""

from __future__ import annotations

import hashlib
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sild.cores.attribution.weighing import Aspect, ItemGrade, SourceGrade
from sild.kernel import originals
from sild.kernel.action import RECALLED, last_act
from sild.kernel.actor import acting
from sild.kernel.history import Act
from sild.kernel.home import current
from sild.kernel.identity import actor_named
from sild.kernel.refusals import NotThere, Refused
from sild.kernel.undo import undo
from sild.wings.attribution.actions import (
    NewEvidence,
    NewSource,
    SourceSealing,
    enter_evidence,
    grade_evidence,
    hand_over_evidence,
    name_source,
    restore_evidence,
    reveal_source,
    show_evidence,
    withdraw_evidence,
)
from sild.wings.attribution.models import SealedIdentity
from sild.wings.attribution.reads import attribution_naming, evidence_file, evidence_for, evidence_of
from sild.wings.attribution.reads.evidence import evidence_store
from sild.wings.attribution.rules import EvidenceAudience, first_source
from tests.wings.attribution.conftest import Opened
from tests.wings.attribution.test_pages import page, sent


def source(opened: Opened, name: str = "A laboratory", *, stems_from: uuid.UUID | None = None) -> uuid.UUID:
    return name_source(opened.officer, opened.case, NewSource(name=name, reliability=SourceGrade.B, stems_from=stems_from))


def item(opened: Opened, of: uuid.UUID, title: str = "The loader was seen", *audiences: EvidenceAudience, data: bytes = b"") -> uuid.UUID:
    new = NewEvidence(
        source_id=of,
        title=title,
        aspect=Aspect.MALWARE,
        credibility=ItemGrade.PROBABLY_TRUE,
        shown_to=frozenset(audiences),
        file_name="../loader.bin",
        data=data,
    )
    return enter_evidence(opened.officer, opened.case, new)


def test_items_of_sources_that_repeat_one_another_come_from_one(opened: Opened) -> None:
    first = source(opened)
    retold = source(opened, "A newspaper", stems_from=first)
    for of in (first, retold, source(opened, "A blog", stems_from=retold)):
        item(opened, of)
    found = evidence_of(opened.deputy, opened.case)
    assert (found.counting, found.voices) == (3, 1)
    assert {(row.reliability, row.credibility, row.first) for row in found.rows} == {(SourceGrade.B, ItemGrade.PROBABLY_TRUE, first)}
    item(opened, source(opened, "Another laboratory"))
    assert evidence_of(opened.deputy, opened.case).voices == 2


@given(st.dictionaries(st.integers(0, 6), st.one_of(st.none(), st.integers(0, 6)), min_size=1))
def test_all_sources_of_one_chain_or_circle_go_back_to_the_same(stems: dict[int, int | None]) -> None:
    told = {uuid.UUID(int=one): uuid.UUID(int=two) if two is not None else None for one, two in stems.items()}
    for one, earlier in told.items():
        assert first_source(one, told) == first_source(earlier, told) if earlier is not None else first_source(one, told) == one


def test_an_audience_is_shown_what_is_for_it_and_nothing_else(opened: Opened) -> None:
    of = source(opened)
    item(opened, of, "for all", *EvidenceAudience)
    court = item(opened, of, "for a court", EvidenceAudience.COURT, data=b"bytes")
    item(opened, of, "for nobody outside")
    assert [row.title for row in evidence_for(opened.officer, opened.case, EvidenceAudience.SERVICES).rows] == [
        "for all",
        "for a court",
        "for nobody outside",
    ]
    shown = {one: [row.title for row in evidence_for(opened.officer, opened.case, one).rows] for one in EvidenceAudience}
    assert shown[EvidenceAudience.COURT] == ["for all", "for a court"] and shown[EvidenceAudience.PUBLIC] == ["for all"]
    [row] = [one for one in evidence_for(opened.officer, opened.case, EvidenceAudience.COURT).rows if one.id == court]
    assert row.sha256 and not row.custody and not row.file_name and not row.entered_by
    withdraw_evidence(opened.deputy, court, reason="the log was of another machine")
    assert [row.title for row in evidence_for(opened.officer, opened.case, EvidenceAudience.COURT).rows] == ["for all"]
    assert evidence_of(opened.officer, opened.case).counting == 2
    with pytest.raises(Refused, match="already"):
        withdraw_evidence(opened.deputy, court, reason="again")
    restore_evidence(opened.deputy, court, reason="it was the right machine")
    show_evidence(opened.deputy, court, [EvidenceAudience.PUBLIC], reason="the minister agrees")
    assert len(evidence_for(opened.officer, opened.case, EvidenceAudience.PUBLIC).rows) == 2
    grade_evidence(opened.deputy, court, ItemGrade.CANNOT_BE_JUDGED, reason="only one log")
    for audience in EvidenceAudience:
        with pytest.raises(NotThere):
            evidence_for(opened.cast.donor, opened.case, audience)


def test_a_file_is_handed_over_only_while_its_bytes_are_those_that_came(opened: Opened) -> None:
    one = item(opened, source(opened), data=b"the loader")
    digest = hashlib.sha256(b"the loader").hexdigest()
    hand_over_evidence(opened.officer, one, "The laboratory of the police", version=1, reason="to be opened")
    [row] = evidence_of(opened.officer, opened.case).rows
    assert [(link.to, link.sha256) for link in row.custody] == [
        ("Secretariat officer", digest),
        ("The laboratory of the police", digest),
    ]
    assert evidence_file(opened.deputy, one) == ("loader.bin", b"the loader")
    with pytest.raises(NotThere):
        evidence_file(opened.cast.donor, one)
    originals.place_of(evidence_store(current()), digest).write_bytes(b"another loader")
    for refused in (lambda: evidence_file(opened.deputy, one), lambda: hand_over_evidence(opened.officer, one, "A court", reason="asked")):
        with pytest.raises(Refused, match="the chain ends here"):
            refused()
    with pytest.raises(Refused, match="no file"):
        hand_over_evidence(opened.officer, item(opened, source(opened)), "A court", reason="asked")


def test_a_sealed_source_is_told_to_those_named_alone_with_a_reason_that_stays(opened: Opened) -> None:
    heron = NewSource(name="Heron", reliability=SourceGrade.A)
    one = SourceSealing(opened.officer, []).run(opened.case, heron, "Jaan Tamm, embassy", reason="the service asks")
    officer = actor_named("drill", "officer")
    assert [(row.sealed, row.named) for row in evidence_of(officer, opened.case).sources] == [(True, True)]
    assert [(row.sealed, row.named) for row in evidence_of(opened.deputy, opened.case).sources] == [(True, False)]
    with pytest.raises(NotThere):
        reveal_source(opened.deputy, one, reason="I want to know")
    with pytest.raises(Refused, match="Say why"):
        reveal_source(officer, one, reason="  ")
    assert reveal_source(officer, one, reason="the prosecutor asks for the witness") == "Jaan Tamm, embassy"
    looked = last_act()
    assert looked is not None
    [row] = evidence_of(officer, opened.case).sources
    assert [(look.by, look.reason) for look in row.looks] == [("Secretariat officer", "the prosecutor asks for the witness")]
    assert evidence_of(opened.deputy, opened.case).sources[0].looks == ()
    with acting(officer):
        assert Act.objects.get(id=looked).reason == "the prosecutor asks for the witness"
    with acting(opened.deputy):
        assert not SealedIdentity.objects.exists() and not Act.objects.filter(action="attribution.look-behind-seal").exists()
    assert "attribution.look-behind-seal" in RECALLED
    with pytest.raises(Refused):
        undo(officer, looked, reason="it was not me")
    assert attribution_naming(opened.deputy, ["Tamm"]) == [] and attribution_naming(officer, ["Tamm"]) != []


def test_what_is_no_evidence_of_this_case_is_refused(opened: Opened) -> None:
    for wrong in (
        NewSource(name=" ", reliability=SourceGrade.A),
        NewSource(name="One", reliability=SourceGrade.A, stems_from=uuid.uuid4()),
    ):
        with pytest.raises(Refused):
            name_source(opened.officer, opened.case, wrong)
    with pytest.raises(NotThere):
        item(opened, uuid.uuid4())
    with pytest.raises(Refused, match="in a line"):
        item(opened, source(opened), " ")


def test_the_page_of_evidence_takes_sources_items_and_looks(opened: Opened) -> None:
    assert "There is no evidence yet" in page(opened.officer, "attribution.evidence", opened.case)[1]
    assert sent(opened.officer, "attribution.source", opened.case, name="A laboratory", reliability="Z")[0] == 409
    form = {"name": "Heron", "reliability": "B", "identity": "Jaan Tamm", "reason": "the service asks"}
    assert sent(opened.officer, "attribution.source", opened.case, **form)[0] == 302
    [heron] = evidence_of(actor_named("drill", "officer"), opened.case).sources
    entered = {"title": "The loader", "source": str(heron.id), "aspect": "malware", "credibility": "2", "shown_to": "court"}
    assert sent(opened.deputy, "attribution.enter", opened.case, **(entered | {"aspect": "x"}))[0] == 409
    assert sent(opened.deputy, "attribution.enter", opened.case, **entered)[0] == 302
    text = page(opened.deputy, "attribution.evidence", opened.case)[1]
    assert "The loader" in text and "sealed: others are named" in text and "Jaan Tamm" not in text
    assert "Jaan Tamm" not in page(opened.officer, "attribution.evidence", opened.case)[1], "nobody is told without a reason"
    assert "Nothing of this case may be shown to them" in page(opened.officer, "attribution.evidence", opened.case, **{"for": "public"})[1]
    assert sent(opened.deputy, "attribution.reveal", heron.id, reason="asked")[0] == 404
    assert sent(opened.officer, "attribution.reveal", heron.id, reason="")[0] == 409
    status, told = sent(opened.officer, "attribution.reveal", heron.id, reason="asked by the prosecutor")
    assert status == 200 and "Jaan Tamm" in told
    assert "asked by the prosecutor" in page(opened.officer, "attribution.evidence", opened.case)[1]
