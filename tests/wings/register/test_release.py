"""Who sees a need, an offer, their lines and rulings follows from what they are, whoever wrote it, undo too."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

import pytest

from sild.kernel import clock
from sild.kernel.action import last_act
from sild.kernel.actor import Actor, acting
from sild.kernel.grants import recall_release, release_to
from sild.kernel.history import Act
from sild.kernel.identity import Organisation
from sild.kernel.refusals import NotThere, Refused
from sild.kernel.undo import undo
from sild.values.marking import Marking
from sild.wings.parties.public import PartyRow, change_mechanism, import_parties, organisation_ids
from sild.wings.parties.rules import MemberEntry, OrganisationEntry
from sild.wings.planning.models import Outcome
from sild.wings.planning.public import make_plan, share_plan
from sild.wings.register.models import GateRuling, Line, Need, Offer, OfferAnswer
from sild.wings.register.public import Answer, Channel, Grouping, NeedState, answer_offer, keep_lines, place_lines, rule_channel, rule_gate
from sild.wings.register.reads import line_record, need_record, offer_record
from sild.wings.register.rules.release import RELEASED_BY_RULE, Audiences, need_line_readers, need_readers, offer_readers
from tests.cast import MECHANISM, Cast
from tests.wings.readings import reading

HEALTH = "Ministry of Health of Ukraine"
HOSPITAL = "Regional Hospital of Sumy"
ASKED = reading(1, "request", "endpoint-protection", "EDR licences", 1200, unit="licence", beneficiary=HEALTH)
GIVEN = reading(2, "offer", "endpoint-protection", "EDR seats", 500, provider="Kestrel Endpoint Inc.", beneficiary=HEALTH)
STATE_GIVEN = reading(3, "offer", "training", "a course", 5, provider="Estonia")
NEED, OFFER, COURSE = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
ORGANISATIONS = ("technical", "asker", "donor", "other_donor", "seller", "maker", "observer", "outsider")


def placed(cast: Cast, asked: Any = ASKED) -> None:
    keep_lines(cast.run, [asked, GIVEN, STATE_GIVEN])
    place_lines(
        cast.run,
        [
            Grouping(id=NEED, side="need", lines=(asked.id,)),
            Grouping(id=OFFER, side="offer", lines=(GIVEN.id,)),
            Grouping(id=COURSE, side="offer", lines=(STATE_GIVEN.id,)),
        ],
    )


def endorsed(cast: Cast) -> None:
    rule_gate(cast.technical, NEED, NeedState.TECHNICAL_REVIEW, True, reason="feasible")
    rule_gate(cast.interagency, NEED, NeedState.INTERAGENCY_REVIEW, True, reason="important")


def sees(actor: Actor, model: Any, key: uuid.UUID) -> bool:
    with acting(actor):
        return bool(model.objects.filter(id=key).exists())


def who_sees(cast: Cast, model: Any, key: uuid.UUID) -> set[str]:
    return {name for name in ORGANISATIONS if sees(getattr(cast, name), model, key)}


def test_a_need_goes_to_the_front_office_and_to_who_asked_and_to_donors_once_it_is_endorsed(cast: Cast) -> None:
    placed(cast)
    assert who_sees(cast, Need, NEED) == {"technical", "asker"}
    assert who_sees(cast, Line, ASKED.id) == {"technical", "asker"}
    endorsed(cast)
    assert who_sees(cast, Need, NEED) == {"technical", "asker", "donor", "other_donor"}
    assert who_sees(cast, Line, ASKED.id) == {"technical", "asker"}


def test_a_line_is_released_to_and_kept_from_an_organisation_at_once(cast: Cast) -> None:
    placed(cast)
    release_to(cast.officer, "register.Line", ASKED.id, [cast.donor.organisation], reason="they asked what exactly")
    release_to(cast.officer, "register.Line", GIVEN.id, [cast.donor.organisation], reason="so that they do not offer the same")
    assert who_sees(cast, Line, ASKED.id) == {"technical", "asker", "donor"}
    assert "donor" in who_sees(cast, Line, GIVEN.id)
    recall_release(cast.officer, "register.Line", ASKED.id, [cast.donor.organisation, cast.asker.organisation], reason="shown by mistake")
    assert who_sees(cast, Line, ASKED.id) == {"technical"}


def test_an_endorsement_that_is_taken_back_takes_the_need_back_from_donors(cast: Cast) -> None:
    placed(cast)
    endorsed(cast)
    act = last_act()
    assert act is not None
    undo(cast.interagency, act, reason="ruled on the wrong need")
    assert who_sees(cast, Need, NEED) == {"technical", "asker"}
    rule_gate(cast.interagency, NEED, NeedState.INTERAGENCY_REVIEW, True, reason="important")
    more = reading(9, "update", "endpoint-protection", "EDR licences", 5000, beneficiary=HEALTH)
    keep_lines(cast.run, [more])
    place_lines(cast.run, [Grouping(id=NEED, side="need", lines=(ASKED.id, more.id))])
    assert who_sees(cast, Need, NEED) == {"technical", "asker"}


def test_what_was_shown_of_a_plan_is_taken_back_with_the_need(cast: Cast) -> None:
    placed(cast)
    endorsed(cast)
    plan = make_plan(cast.run, clock.today())
    share_plan(cast.officer, plan.id, reason="they are to see what is coming")
    with acting(cast.officer):
        outcome = Outcome.objects.get(need_id=NEED).id
    assert who_sees(cast, Outcome, outcome) == {"technical", "asker", "donor", "other_donor"}
    more = reading(9, "update", "endpoint-protection", "EDR licences", 5000, beneficiary=HEALTH)
    keep_lines(cast.run, [more])
    place_lines(cast.run, [Grouping(id=NEED, side="need", lines=(ASKED.id, more.id))])
    assert who_sees(cast, Need, NEED) == {"technical", "asker"}
    assert who_sees(cast, Outcome, outcome) == {"technical", "asker"}


def test_a_release_by_rule_stands_in_the_ledger_as_the_desks_own_act_for_the_person_whose_act_it_follows(cast: Cast) -> None:
    placed(cast)
    endorsed(cast)
    with acting(cast.officer):
        act = Act.objects.filter(action="register.follow-release-rule").order_by("-at").first()
    assert act is not None
    assert (act.person_name, act.started_by) == ("the desk's rules", "Inter-agency gate")


def test_offers_go_to_their_giver_and_to_whom_they_are_addressed_and_to_nobody_else(cast: Cast) -> None:
    placed(cast)
    assert who_sees(cast, Offer, OFFER) == {"maker", "asker"}
    assert who_sees(cast, Line, GIVEN.id) == {"maker"}
    assert who_sees(cast, Offer, COURSE) == {"donor"}
    assert who_sees(cast, Line, STATE_GIVEN.id) == {"donor"}


def test_a_gates_reasons_are_not_for_donors(cast: Cast) -> None:
    placed(cast)
    endorsed(cast)
    with acting(cast.officer):
        rulings = list(GateRuling.objects.values_list("id", flat=True))
    assert len(rulings) == 2
    for ruling in rulings:
        assert who_sees(cast, GateRuling, ruling) == {"technical", "asker"}
        assert sees(cast.officer, GateRuling, ruling)


@pytest.mark.parametrize("tlp", ["TLP:AMBER+STRICT", "TLP:RED"])
def test_nothing_above_amber_is_released_by_rule_though_it_is_endorsed(cast: Cast, tlp: str) -> None:
    placed(cast)
    endorsed(cast)
    closed = reading(9, "request", "endpoint-protection", "EDR", 1200, beneficiary=HEALTH, tlp=tlp)
    keep_lines(cast.run, [closed])
    place_lines(cast.run, [Grouping(id=NEED, side="need", lines=(ASKED.id, closed.id))])
    assert who_sees(cast, Need, NEED) == set()
    # a line that is not so closed itself tells nothing of the closed one, but the need it stands in is gone for others
    assert who_sees(cast, Line, closed.id) == set()
    assert who_sees(cast, Line, ASKED.id) == set()


def test_a_military_need_leaves_the_front_office_and_the_donors_and_stays_with_who_asked(cast: Cast) -> None:
    placed(cast)
    rule_channel(cast.officer, ASKED.id, Channel.MILITARY, reason="for a brigade")
    assert who_sees(cast, Need, NEED) == {"asker"}


def test_a_body_below_a_recipient_is_the_recipients_and_a_changed_parent_moves_its_needs(cast: Cast) -> None:
    placed(cast, replace(ASKED, beneficiary=HOSPITAL))
    assert who_sees(cast, Need, NEED) == {"technical"}
    row = PartyRow(line=2, name=HOSPITAL, aliases=(), country="UA", kind="recipient-body", sector="health", parent=HEALTH)
    import_parties(cast.officer, [row])
    assert who_sees(cast, Need, NEED) == {"technical", "asker"}
    import_parties(cast.officer, [replace(row, parent="")])
    assert who_sees(cast, Need, NEED) == {"technical"}


def test_an_organisation_that_joins_later_sees_what_its_office_sees(cast: Cast) -> None:
    placed(cast)
    endorsed(cast)
    organisations = [*MECHANISM.organisations, OrganisationEntry(slug="canada", name="Canada's desk", office="donor")]
    member = MemberEntry(slug="maple", name="Donor focal point", organisation="canada", roles=["donor"])
    change_mechanism(cast.officer, MECHANISM.model_copy(update={"organisations": organisations, "members": [*MECHANISM.members, member]}))
    maple = organisation_ids(cast.officer)["canada"]
    with acting(cast.officer):
        assert maple in Need.objects.get(id=NEED).releasable_to


def test_what_a_person_released_stays_and_what_a_person_recalled_does_not_come_back_by_rule(cast: Cast) -> None:
    placed(cast)
    latvia, estonia = (organisation_ids(cast.officer)[slug] for slug in ("latvia", "estonia"))
    release_to(cast.officer, "register.Need", NEED, [latvia], reason="they asked, and the ministry agreed")
    assert who_sees(cast, Need, NEED) == {"technical", "asker", "other_donor"}
    endorsed(cast)
    recall_release(cast.deputy, "register.Need", NEED, [estonia], reason="the ministry does not want it there")
    assert who_sees(cast, Need, NEED) == {"technical", "asker", "other_donor"}
    rule_gate(cast.interagency, NEED, NeedState.INTERAGENCY_REVIEW, False, reason="not important after all")
    assert who_sees(cast, Need, NEED) == {"technical", "asker", "other_donor"}
    recall_release(cast.officer, "register.Need", NEED, [latvia], reason="withdrawn")
    assert who_sees(cast, Need, NEED) == {"technical", "asker"}
    placed(cast)
    assert who_sees(cast, Need, NEED) == {"technical", "asker"}
    release_to(cast.officer, "register.Need", NEED, [estonia], reason="agreed now")
    assert who_sees(cast, Need, NEED) == {"technical", "asker", "donor"}


def test_a_release_is_recalled_by_a_new_act_and_never_undone(cast: Cast) -> None:
    placed(cast)
    release_to(cast.officer, "register.Need", NEED, [organisation_ids(cast.officer)["latvia"]], reason="agreed")
    act = last_act()
    assert act is not None
    with pytest.raises(Refused, match="left the house"):
        undo(cast.officer, act, reason="not so")


def test_nobody_releases_what_is_not_theirs_or_to_organisations_of_another_mechanism(cast: Cast) -> None:
    placed(cast)
    latvia = organisation_ids(cast.officer)["latvia"]
    with pytest.raises(NotThere):
        release_to(cast.donor, "register.Need", NEED, [latvia], reason="mine")
    with pytest.raises(Refused, match="belongs to The desk"):
        release_to(cast.technical, "register.Need", NEED, [latvia], reason="mine")
    with pytest.raises(NotThere, match="organisation"):
        release_to(cast.officer, "register.Need", NEED, [organisation_ids(cast.outsider)["latvia"]], reason="stranger")
    with pytest.raises(NotThere):
        release_to(cast.officer, "kernel.Member", cast.officer.person, [latvia], reason="a table that is not released")
    assert who_sees(cast, Need, NEED) == {"technical", "asker"}


def test_a_need_of_strangers_is_not_released_by_the_rule_of_this_mechanism(cast: Cast) -> None:
    placed(cast)
    assert not sees(cast.outsider, Need, NEED)
    strangers = set(organisation_ids(cast.outsider).values())
    with acting(cast.officer):
        assert not strangers & set(Need.objects.get(id=NEED).releasable_to)


def test_the_rule_ends_where_parents_stand_in_a_ring() -> None:
    one, two = uuid.uuid4(), uuid.uuid4()
    ring = Audiences(recipients={"a": frozenset({one}), "b": frozenset({two})}, parents={"a": "b", "b": "a"})
    assert ring.concerned("a") == {one, two}


def test_no_rule_releases_anything_above_amber() -> None:
    everybody = Audiences(
        front_offices=frozenset({uuid.uuid4()}),
        donors=frozenset({uuid.uuid4()}),
        recipients={"body": frozenset({uuid.uuid4()})},
        givers={"giver": frozenset({uuid.uuid4()})},
    )
    for marking in (Marking.AMBER_STRICT, Marking.RED):
        assert not need_readers(everybody, beneficiary="body", channel="civil", state="endorsed", marking=marking)
        assert not need_line_readers(everybody, beneficiary="body", channel="civil", marking=marking)
        assert not offer_readers(everybody, provider="giver", beneficiary="body", marking=marking)


def test_the_table_of_the_rule_names_every_record_once_for_each_reader() -> None:
    assert len({(record, reader) for record, reader, _when in RELEASED_BY_RULE}) == len(RELEASED_BY_RULE)


def test_a_reader_of_a_need_or_an_offer_is_not_told_who_else_reads_it(cast: Cast) -> None:
    placed(cast)
    endorsed(cast)
    ids = organisation_ids(cast.officer)
    release_to(cast.officer, "register.Need", NEED, [ids["kestrel"]], reason="they may have some")
    release_to(cast.officer, "register.Line", ASKED.id, [ids["kestrel"]], reason="they may have some")
    release_to(cast.officer, "register.Offer", OFFER, [ids["estonia"]], reason="they pay for it")
    with acting(cast.officer):
        names = {Organisation.objects.get(id=one).name for one in (cast.officer.organisation, cast.donor.organisation)}
        maker = Organisation.objects.get(id=ids["kestrel"]).name
    assert set(need_record(cast.donor, NEED).beside.audience.names) == names
    assert maker in need_record(cast.officer, NEED).beside.audience.names
    assert maker not in line_record(cast.asker, ASKED.id)[1].audience.names
    told = offer_record(cast.maker, OFFER).beside.audience
    assert maker in told.names and len(told.names) == 2 and not told.note


def test_an_offer_that_is_shown_for_information_is_answered_by_the_body_that_it_is_for_alone(cast: Cast) -> None:
    placed(cast)
    ids = organisation_ids(cast.officer)
    release_to(cast.officer, "register.Offer", COURSE, [ids["ministry"]], reason="for information")
    with pytest.raises(Refused, match="for information"):
        answer_offer(cast.asker, COURSE, Answer.DECLINED, reason="not for us")
    answer_offer(cast.asker, OFFER, Answer.ACCEPTED)
    with acting(cast.officer):
        assert (Offer.found(COURSE).answer, Offer.found(OFFER).answer) == ("open", "accepted")


def test_who_is_kept_from_an_offer_reads_no_more_what_was_answered_to_it(cast: Cast) -> None:
    placed(cast)
    release_to(cast.officer, "register.Offer", OFFER, [cast.donor.organisation], reason="they transport it")
    answer_offer(cast.asker, OFFER, Answer.ACCEPTED)
    with acting(cast.officer):
        [answer] = OfferAnswer.objects.values_list("id", flat=True)
    everybody = (cast.officer, cast.asker, cast.maker, cast.donor)
    assert [sees(actor, OfferAnswer, answer) for actor in everybody] == [True, True, True, True]
    recall_release(cast.officer, "register.Offer", OFFER, [cast.donor.organisation], reason="another carries it")
    assert [sees(actor, OfferAnswer, answer) for actor in everybody] == [True, True, True, False]
