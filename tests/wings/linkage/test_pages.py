"""Linking in the browser: why two lines are one, what a ruling would do, what it did, and that it is taken back."""

from __future__ import annotations

import html
import re
import uuid
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from django.test import Client
from django.utils.translation import override

from sild.cores.linkage.problem import Relation
from sild.kernel.refusals import Refused, Stale
from sild.wings.linkage.forms import MEANINGS, ONE, TWO
from sild.wings.linkage.public import links, rule_pair
from sild.wings.linkage.reads import pair, queue, reason_in_words
from sild.wings.linkage.reads.things import THINGS
from sild.wings.linkage.reads.wording import SENTENCES
from sild.wings.register.public import needs
from tests.cast import Cast
from tests.web.signed import signed_in
from tests.wings.intake.desk import lines_of

WEIGHTS = Path(__file__).resolve().parents[3] / "src" / "sild" / "cores" / "linkage" / "weights.yaml"


@pytest.fixture
def desk(cast: Cast, filled: None) -> Client:
    return signed_in(cast.officer)


@pytest.fixture
def laptops(desk: Client, cast: Cast) -> tuple[uuid.UUID, uuid.UUID]:
    """The English and the Ukrainian letter about the same laptops, which the desk links by itself."""
    [english], [ukrainian] = lines_of(cast, "laptops.eml"), lines_of(cast, "laptops-uk.eml")
    assert english.need_id == ukrainian.need_id
    return english.id, ukrainian.id


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def version_in(text: str) -> str:
    # others' forms stand beside it: who has the pair, notes
    found = re.search(r'name="version" value="(\d+)"', text.partition("data-save-next")[2] or text)
    assert found
    return found[1]


def needs_of(cast: Cast) -> set[frozenset[uuid.UUID]]:
    return {frozenset(need.lines) for need in needs(cast.officer)}


def test_every_outcome_of_the_core_has_a_sentence() -> None:
    comparisons = yaml.safe_load(WEIGHTS.read_text(encoding="utf-8"))["comparisons"]
    outcomes = {(name, level) for name, entry in comparisons.items() for level in entry["levels"]}
    assert outcomes - set(SENTENCES) == set()
    assert {level for name, level in set(SENTENCES) - outcomes if name == "ruling"} == {str(relation) for relation in Relation}
    assert set(MEANINGS) == set(Relation) == {*ONE, *TWO}
    assert all(relation.joins for relation in ONE)
    assert not any(relation.joins for relation in TWO)


def test_every_thing_of_the_lexicon_has_words_for_readers() -> None:
    items = yaml.safe_load((WEIGHTS.parent / "lexicon" / "items.yaml").read_text(encoding="utf-8"))
    assert set(items) - set(THINGS) == set()


def test_an_outcome_that_nobody_put_into_words_is_shown_as_it_was_kept() -> None:
    kept = {"comparison": "moon", "level": "full", "value_a": "-", "value_b": "-", "weight": 1.0, "sentence": "both at full moon"}
    assert reason_in_words(kept) == "both at full moon"


def test_values_are_said_in_the_readers_words(desk: Client) -> None:
    kept = {"comparison": "category", "level": "same", "value_a": "end-user-devices", "value_b": "end-user-devices", "sentence": ""}
    assert "end-user-devices" not in reason_in_words(kept)
    with override("uk"):
        assert reason_in_words(kept) != "Both are of the category End-user devices."
    apart = {"comparison": "quantity", "level": "differs", "value_a": "8 terminals", "value_b": "1350 licence", "sentence": ""}
    assert reason_in_words(apart) == "The quantities are far apart: 8 terminals and 1,350 licences."
    thing = {"comparison": "item", "level": "same", "value_a": "edr, nothing-known", "value_b": "edr", "sentence": ""}
    assert reason_in_words(thing) == "Both speak of endpoint protection, nothing known."
    kind = {"comparison": "kind", "level": "two-requests", "value_a": "request", "value_b": "request", "sentence": ""}
    assert reason_in_words(kind) == "Both lines are of one kind: request."
    with override("uk"):
        assert "8 терміналів" in reason_in_words(apart)
    hostile = {"comparison": "body", "level": "same", "value_a": "<b>{b}</b>", "value_b": "-", "sentence": ""}
    assert "<b>{b}</b>" in reason_in_words(hostile)


def test_both_lines_stand_side_by_side_with_reasons_that_sum_to_the_score(
    desk: Client, cast: Cast, laptops: tuple[uuid.UUID, uuid.UUID]
) -> None:
    found = pair(cast.officer, *laptops)
    [kept] = [one for one in links(cast.officer) if {one.line_a, one.line_b} == set(laptops)]
    assert found.score == pytest.approx(kept.score)
    assert sum(reason["weight"] for reason in found.reasons) == pytest.approx(found.score)
    for path in (f"/links/{laptops[0]}/{laptops[1]}/", f"/links/{laptops[1]}/{laptops[0]}/"):
        text = html.unescape(page(desk, path))
        assert "40 laptops" in text
        assert "ноутбуків" in text, "the item is the thing alone"
        for reason in found.reasons:
            assert reason_in_words(reason) in text
        assert "differs" in text
        assert "same" in text


def test_what_a_ruling_would_do_is_what_it_does(desk: Client, cast: Cast, laptops: tuple[uuid.UUID, uuid.UUID]) -> None:
    foretold = next(effect for effect in pair(cast.officer, *laptops).effects if not effect.joined)
    # the row of a sheet, fewer laptops two weeks later, says nowhere that it changes what the two letters ask for
    assert [many for _words, many in foretold.before] == [2]
    assert sorted(many for _words, many in foretold.after) == [1, 1]
    before = needs_of(cast)
    path = f"/links/{laptops[0]}/{laptops[1]}/"
    sent = {"relation": "not-the-same", "reason": "two service centres", "version": version_in(page(desk, path))}
    answer = desk.post(path, sent)
    assert answer.status_code == 302
    [whole] = before - needs_of(cast)
    parts = needs_of(cast) - before
    assert len(parts) == 2 and frozenset.union(*parts) == whole
    assert all(len(part & set(laptops)) == 1 for part in parts)
    told = page(desk, urlsplit(answer["Location"]).path)
    undo = re.search(r'action="(/undo/[^"]+)"', told)
    assert undo
    assert desk.post(undo[1]).status_code == 302
    assert needs_of(cast) == before
    assert pair(cast.officer, *laptops).ruling is None


def test_a_ruling_is_shown_and_taken_back_with_a_reason(desk: Client, cast: Cast, laptops: tuple[uuid.UUID, uuid.UUID]) -> None:
    before = needs_of(cast)
    rule_pair(cast.officer, *laptops, Relation.NOT_THE_SAME, reason="two service centres")
    text = page(desk, f"/links/{laptops[0]}/{laptops[1]}/")
    assert "two service centres" in text
    withdraw = re.search(r'action="(/links/rulings/[^"]+)"', text)
    assert withdraw
    assert desk.post(withdraw[1], {"reason": ""}).status_code == 409
    assert desk.post(withdraw[1], {"reason": "I was wrong"}).status_code == 302
    assert needs_of(cast) == before
    assert "laptops" not in page(desk, "/links/?show=ruled").partition("<main")[2].partition("</main>")[0]


def test_a_ruling_needs_a_relation_and_a_reason(desk: Client, cast: Cast, laptops: tuple[uuid.UUID, uuid.UUID]) -> None:
    path = f"/links/{laptops[0]}/{laptops[1]}/"
    version = version_in(page(desk, path))
    for sent in ({"relation": "same-as", "reason": " "}, {"relation": "cousin", "reason": "x"}, {}):
        answer = desk.post(path, sent | {"version": version})
        assert answer.status_code == 422
        assert "There is a problem" in answer.content.decode()
    with pytest.raises(Refused, match="Say why"):
        rule_pair(cast.officer, *laptops, Relation.SAME_AS, reason="")


def test_who_looked_before_somebody_else_ruled_sees_both(desk: Client, cast: Cast, laptops: tuple[uuid.UUID, uuid.UUID]) -> None:
    path = f"/links/{laptops[0]}/{laptops[1]}/"
    version = version_in(page(desk, path))
    rule_pair(cast.officer, *laptops, Relation.ESCALATES, reason="the second is angrier")
    late = desk.post(path, {"relation": "same-as", "reason": "one letter twice", "version": version})
    assert late.status_code == 409
    text = late.content.decode()
    for words in ("the second is angrier", "one letter twice", "escalates", "same-as"):
        assert re.sub(r"<[^>]*>", "", text).count(words) >= 1
    assert desk.post(path, {"relation": "same-as", "reason": "one letter twice", "version": version_in(text)}).status_code == 302
    ruled = pair(cast.officer, *laptops).ruling
    assert ruled is not None
    assert ruled.relation == "same-as"
    with pytest.raises(Stale):
        rule_pair(cast.officer, *laptops, Relation.PART_OF, version=int(version), reason="late again")


def test_what_cannot_be_ruled_is_told_before(desk: Client, cast: Cast, laptops: tuple[uuid.UUID, uuid.UUID]) -> None:
    rule_pair(cast.officer, *laptops, Relation.SAME_AS, reason="one letter twice")
    [generators] = lines_of(cast, "generators.eml")
    rule_pair(cast.officer, laptops[0], generators.id, Relation.PART_OF, reason="one order")
    refused = next(effect for effect in pair(cast.officer, laptops[1], generators.id).effects if not effect.joined)
    assert refused.refused
    assert "It cannot be ruled:" in page(desk, f"/links/{laptops[1]}/{generators.id}/")


def test_the_queue_holds_what_nobody_ruled_on(desk: Client, cast: Cast, laptops: tuple[uuid.UUID, uuid.UUID]) -> None:
    def open_pairs() -> set[frozenset[uuid.UUID]]:
        return {frozenset((one.early.id, one.late.id)) for one in queue(cast.officer).pairs}

    assert frozenset(laptops) in open_pairs()
    rule_pair(cast.officer, *laptops, Relation.SAME_AS, reason="one letter twice")
    assert frozenset(laptops) not in open_pairs()
    assert frozenset(laptops) in {frozenset((one.early.id, one.late.id)) for one in queue(cast.officer, "ruled").pairs}
    for address in ("/links/?show=x&after=y", "/links/?after=nan~" + str(uuid.uuid4()), "/links/?show=look-alikes", "/links/?show=links"):
        assert desk.get(address).status_code == 200


def test_a_line_is_linked_with_one_that_is_searched_for(desk: Client, cast: Cast, laptops: tuple[uuid.UUID, uuid.UUID]) -> None:
    [generators] = lines_of(cast, "generators.eml")
    assert f"/links/{laptops[0]}/{laptops[1]}/" in page(desk, f"/links/lines/{laptops[0]}/")
    assert f"/links/{laptops[0]}/{generators.id}/" in page(desk, f"/links/lines/{laptops[0]}/?q=generators")
    assert "No other line fits." in page(desk, f"/links/lines/{laptops[0]}/?q=zeppelin%00")


def test_why_the_lines_of_a_need_are_one(desk: Client, cast: Cast, laptops: tuple[uuid.UUID, uuid.UUID]) -> None:
    [need] = [need for need in needs(cast.officer) if set(need.lines) >= set(laptops)]
    text = html.unescape(page(desk, f"/needs/{need.id}/links/"))
    for reason in pair(cast.officer, *laptops).reasons:
        assert not reason["weight"] or reason_in_words(reason) in text
    assert desk.get(f"/offers/{need.id}/links/").status_code == 404
    assert desk.get(f"/needs/{uuid.uuid4()}/links/").status_code == 404
    recipient = page(signed_in(cast.authority), f"/needs/{need.id}/links/")
    assert "are not open to you" in recipient
    assert "laptops-uk" not in recipient


@pytest.mark.parametrize("who", ["authority", "donor", "seller", "outsider"])
def test_nobody_else_rules_or_sees_pairs(desk: Client, cast: Cast, laptops: tuple[uuid.UUID, uuid.UUID], who: str) -> None:
    member = getattr(cast, who)
    stranger = signed_in(member, mechanism="strangers" if who == "outsider" else "drill")
    path = f"/links/{laptops[0]}/{laptops[1]}/"
    nothing = f"/links/{uuid.uuid4()}/{uuid.uuid4()}/"
    assert stranger.get(path).status_code == stranger.get(nothing).status_code
    assert stranger.get(path).status_code in (403, 404)
    assert stranger.post(path, {"relation": "same-as", "reason": "x", "version": "1"}).status_code in (403, 404)
    assert desk.get(nothing).status_code == 404
    assert desk.get(f"/links/{laptops[0]}/{laptops[0]}/").status_code == 404
