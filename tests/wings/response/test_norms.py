"""Norms that incidents touch: people's words with their reason, one of each organisation, and nobody is found in breach."""

from __future__ import annotations

import json
from uuid import UUID

import pytest
from django.urls import reverse

from sild.kernel.action import last_act
from sild.kernel.refusals import NotForRole, NotThere, Refused, Stale
from sild.kernel.undo import undo
from sild.values.marking import Marking
from sild.wings.diplomacy.public import norms
from sild.wings.response.actions import touch_norm, untouch_norm
from sild.wings.response.reads import incidents_of_norms, norms_of_incident
from sild.wings.response.reads.naming import response_naming
from sild.wings.response.rules import NormTouch
from sild.wings.signals.public import IncidentFacts, record_incident
from tests.api.programs import program_of
from tests.cast import Cast
from tests.web.signed import account_on, signed_in

NORM = norms()[5].id


@pytest.fixture
def incident(cast: Cast) -> UUID:
    """One that the officer wrote down."""
    return record_incident(cast.officer, IncidentFacts(title="The grid was dark"), marking=Marking.AMBER)


def test_an_incident_touches_a_norm_by_a_persons_word_and_reason(cast: Cast, incident: UUID) -> None:
    word = touch_norm(cast.officer, incident, NORM, NormTouch.AGAINST, source="the operator", reason="it was a power grid")
    _row, rows = norms_of_incident(cast.officer, incident)
    assert len(rows) == 11 and [one.id for one in rows if one.rows] == [NORM]
    [said] = next(one.rows for one in rows if one.id == NORM)
    assert (said.touch, said.why, said.source, said.own) == (NormTouch.AGAINST, "it was a power grid", "the operator", True)
    with pytest.raises(Stale):
        touch_norm(cast.officer, incident, NORM, NormTouch.OPEN, reason="who knows")
    assert touch_norm(cast.officer, incident, NORM, NormTouch.OPEN, version=1, reason="who knows") == word
    assert [one.rows[0].touch for one in incidents_of_norms(cast.officer) if one.rows] == [NormTouch.OPEN]
    untouch_norm(cast.officer, word, version=2, reason="another norm")
    assert not any(one.rows for one in incidents_of_norms(cast.officer))
    act = last_act()
    assert act is not None
    undo(cast.officer, act, reason="a mistake")
    assert response_naming(cast.officer, ["who knows"]) != []


def test_it_takes_a_norm_of_the_list_a_reason_and_an_incident_that_is_seen(cast: Cast, incident: UUID) -> None:
    with pytest.raises(Refused, match="none of the norms"):
        touch_norm(cast.officer, incident, "norm-of-somebody", NormTouch.OPEN, reason="x")
    with pytest.raises(Refused, match="Say why"):
        touch_norm(cast.officer, incident, NORM, NormTouch.OPEN, reason=" ")
    with pytest.raises(NotForRole):
        touch_norm(cast.donor, incident, NORM, NormTouch.OPEN, reason="x")
    touch_norm(cast.officer, incident, NORM, NormTouch.KEEPS, reason="we helped")
    for stranger in (cast.donor, cast.seller):
        with pytest.raises(NotThere):
            norms_of_incident(stranger, incident)
        assert not any(one.rows for one in incidents_of_norms(stranger))


def test_each_door_tells_it(cast: Cast, incident: UUID) -> None:
    officer = signed_in(cast.officer)
    assert "Nobody said yet" in officer.get(reverse("response.norm-incidents")).content.decode()
    sent = {"norm": NORM, "touch": "against-norm", "reason": "<b>it was</b> a grid"}
    assert officer.post(reverse("response.touch-norm", args=[incident]), sent).status_code == 302
    assert officer.post(reverse("response.touch-norm", args=[incident]), sent | {"touch": "guilty"}).status_code == 409
    page = officer.get(reverse("response.incident-norms", args=[incident])).content.decode()
    assert "&lt;b&gt;it was&lt;/b&gt;" in page and "goes against it" in page
    assert reverse("response.incident-norms", args=[incident]) in officer.get(reverse("signals.incident", args=[incident])).content.decode()
    assert "The grid was dark" in officer.get(reverse("response.norm-incidents")).content.decode()
    program = program_of("drill", "officer", account_on(cast.officer))
    told = json.loads(program.ask("GET", f"/incidents/{incident}/norms").content)["norms"]
    [word] = [said for one in told for said in one["said"]]
    assert word["touch"] == "against-norm"
    assert program.ask("POST", f"/touched-norms/{word['id']}/removal", {"version": 1, "reason": "no"}).status_code == 204
    assert [one for one in json.loads(program.ask("GET", "/norm-incidents").content)["norms"] if one["said"]] == []
