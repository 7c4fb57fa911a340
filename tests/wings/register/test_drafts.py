"""A giver's own draft of an offer: nobody outside its house sees it, it is cleared there, and then it is an offer like any other."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.urls import reverse

from sild.kernel.action import last_act
from sild.kernel.actor import Actor, acting
from sild.kernel.history import Act
from sild.kernel.home import Home
from sild.kernel.identity import actor_named
from sild.kernel.refusals import NotForRole, NotThere, Refused, Stale
from sild.kernel.undo import undo
from sild.values.marking import Marking
from sild.wings.intake.actions.arriving import read_arrived
from sild.wings.intake.actions.given import offer_draft as let_out
from sild.wings.intake.public import messages
from sild.wings.intake.reads.held import held_on
from sild.wings.linkage.public import link_register
from sild.wings.parties.public import MechanismFile, change_mechanism
from sild.wings.register.actions import change_offer_draft, move_offer_draft, write_offer_draft
from sild.wings.register.models import Line, Offer, OfferDraft
from sild.wings.register.public import lines, offers
from sild.wings.register.reads import OfferFilter, list_offers, offer_draft, offer_drafts
from sild.wings.register.rules import STEPS, DraftStage, DraftStep, DraftWords, last_writer, steps_from
from tests.api.programs import account_on as program_account
from tests.api.programs import program_of
from tests.cast import MECHANISM, Cast
from tests.readers import InProcess
from tests.web.signed import signed_in

WORDS = DraftWords(
    item="Border firewalls with a support contract",
    category="network-security",
    quantity=Decimal("12"),
    unit="devices",
    beneficiary="Ministry of Health of Ukraine",
    value_amount=Decimal("54000.50"),
    value_currency="EUR",
    available_from=date(2026, 3, 1),
    available_until=date(2027, 2, 28),
    terms="Not to be re-exported without our consent.",
)


def cleared(giver: Actor) -> UUID:
    """A draft that may be offered."""
    key = write_offer_draft(giver, WORDS)
    move_offer_draft(giver, key, DraftStep.SENT)
    move_offer_draft(giver, key, DraftStep.CLEARED, words="the minister agreed on 3 February")
    return key


def test_nobody_outside_the_giving_house_sees_a_draft_not_even_that_there_is_one(cast: Cast, home: Home) -> None:
    key = cleared(cast.donor)
    with acting(cast.officer):
        assert not OfferDraft.objects.exists()
        assert not Line.objects.exists() and not Offer.objects.exists()
    assert offers(cast.run) == [] and lines(cast.run) == [] and messages(cast.run) == []
    for stranger in (cast.other_donor, cast.seller):
        assert offer_drafts(stranger) == []
        with pytest.raises(NotThere):
            offer_draft(stranger, key)
        with pytest.raises(NotThere):
            move_offer_draft(stranger, key, DraftStep.DROPPED, words="not yours")
        with pytest.raises(NotThere):
            let_out(stranger, key, home)
    with pytest.raises(NotForRole):
        write_offer_draft(cast.officer, WORDS)
    assert list(list_offers(cast.donor, OfferFilter()).rows) == [], "its own house does not count it among offers either"
    assert [row.id for row in offer_drafts(cast.donor)] == [key]


def test_the_words_of_the_house_stand_in_no_act_that_an_auditor_reads(cast: Cast) -> None:
    key = write_offer_draft(cast.donor, WORDS)
    move_offer_draft(cast.donor, key, DraftStep.DROPPED, words="our budget was cut")
    seen = signed_in(cast.auditor).get(reverse("web.ledger")).content.decode()
    assert "budget was cut" not in seen and "Border firewalls" not in seen
    with acting(cast.auditor):
        acts = list(Act.objects.filter(action="register.move-offer-draft").values())
    assert acts and not any("budget was cut" in json.dumps(row, default=str) for row in acts)


def test_a_draft_goes_through_the_clearance_of_its_house_and_may_be_sent_back_with_a_reason(cast: Cast, home: Home) -> None:
    key = write_offer_draft(cast.donor, WORDS)
    with pytest.raises(Refused, match="draft of the house"):
        move_offer_draft(cast.donor, key, DraftStep.CLEARED, words="as it is")
    with pytest.raises(Refused, match="when it was cleared"):
        let_out(cast.donor, key, home)
    move_offer_draft(cast.donor, key, DraftStep.SENT)
    with pytest.raises(Refused, match="does not follow"):
        change_offer_draft(cast.donor, key, WORDS)
    with pytest.raises(Refused, match="a few words why"):
        move_offer_draft(cast.donor, key, DraftStep.SENT_BACK)
    move_offer_draft(cast.donor, key, DraftStep.SENT_BACK, words="ten, not twelve")
    with pytest.raises(Stale):
        change_offer_draft(cast.donor, key, WORDS, version=1)
    change_offer_draft(cast.donor, key, DraftWords(item="Border firewalls", quantity=Decimal(10)))
    view = offer_draft(cast.donor, key)
    assert (view.stage, view.quantity, view.category) == (DraftStage.DRAFT, Decimal(10), "")
    assert [(step.step, step.words) for step in view.steps] == [
        ("written", ""),
        ("sent-to-clearance", ""),
        ("sent-back", "ten, not twelve"),
        ("changed", ""),
    ]
    change = last_act()
    assert change is not None
    undo(cast.donor, change, reason="twelve after all")
    assert offer_draft(cast.donor, key).quantity == Decimal(12)


def test_where_the_mechanism_asks_for_two_people_nobody_clears_what_they_wrote(cast: Cast) -> None:
    second = {"slug": "second", "name": "Head of the department", "organisation": "estonia", "roles": ["donor"]}
    told = MECHANISM.model_dump(mode="json") | {"offer_clearance": "two-people"}
    change_mechanism(cast.run, MechanismFile.model_validate(told | {"members": [*told["members"], second]}))
    head = actor_named("drill", "second")
    key = write_offer_draft(cast.donor, WORDS)
    move_offer_draft(cast.donor, key, DraftStep.SENT)
    assert offer_draft(cast.donor, key).waits_for_another and not offer_draft(head, key).waits_for_another
    with pytest.raises(Refused, match="somebody else of your organisation"):
        move_offer_draft(cast.donor, key, DraftStep.CLEARED, words="fine")
    move_offer_draft(head, key, DraftStep.SENT_BACK, words="say for whom")
    change_offer_draft(head, key, WORDS)
    move_offer_draft(head, key, DraftStep.SENT)
    with pytest.raises(Refused, match="somebody else"):
        move_offer_draft(head, key, DraftStep.CLEARED, words="fine")
    move_offer_draft(cast.donor, key, DraftStep.CLEARED, words="fine")
    assert offer_draft(head, key).stage == DraftStage.CLEARED


def test_what_is_offered_becomes_an_offer_with_its_line_and_the_message_that_it_came_in(cast: Cast, home: Home) -> None:
    key = cleared(cast.donor)
    reference = let_out(cast.donor, key, home)
    assert offer_draft(cast.donor, key).offer is None
    assert read_arrived(cast.run, home, InProcess()) == 1
    [line] = lines(cast.run)
    told = (line.kind, line.item, line.category, line.quantity, line.provider)
    assert told == ("offer", WORDS.item, "network-security", Decimal(12), "Estonia")
    with acting(cast.officer):
        kept = Line.found(line.id)
        assert (kept.value_amount, kept.value_currency) == (Decimal("54000.50"), "EUR")
        assert (kept.available_from, kept.available_until) == (WORDS.available_from, WORDS.available_until)
    link_register(cast.run)
    [offer] = offers(cast.run)
    view = offer_draft(cast.donor, key)
    assert (view.stage, view.offer) == (DraftStage.OFFERED, offer.id), "its giver sees the offer that came of it"
    assert view.reference == reference.replace("-", "")
    assert offer_drafts(cast.officer) == []
    page = signed_in(cast.donor).get(reverse("register.offer-draft", args=[key])).content.decode()
    assert reference in page and str(offer.id) in page
    with pytest.raises(Refused):
        let_out(cast.donor, key, home)


def test_two_drafts_in_the_same_words_are_two_offers(cast: Cast, home: Home) -> None:
    first, second = cleared(cast.donor), cleared(cast.donor)
    assert let_out(cast.donor, first, home) != let_out(cast.donor, second, home)
    assert read_arrived(cast.run, home, InProcess()) == 2
    assert len(lines(cast.run)) == 2


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ({"item": "  "}, "what you would give"),
        ({"category": "toys"}, "category of the list"),
        ({"quantity": Decimal(0)}, "above 0"),
        ({"value_amount": None}, "with its currency"),
        ({"value_currency": ""}, "with its currency"),
        ({"available_until": date(2026, 2, 1)}, "before it begins"),
        ({"marking": Marking.RED}, "at most TLP:AMBER"),
    ],
)
def test_words_that_make_no_offer_are_refused(cast: Cast, words: dict[str, object], refused: str) -> None:
    told = {name: getattr(WORDS, name) for name in DraftWords.__dataclass_fields__} | words
    with pytest.raises(Refused, match=refused):
        write_offer_draft(cast.donor, DraftWords(**told))


def test_a_draft_is_written_cleared_and_offered_in_the_browser_and_by_program(cast: Cast, home: Home) -> None:
    browser = signed_in(cast.donor)
    form = {"item": 'A course "by night"', "quantity": "2,5", "unit": "days", "marking": "1"}
    at = browser.post(reverse("register.write-offer-draft"), form).headers["Location"]
    key = offer_drafts(cast.donor)[0].id
    for version, step in enumerate(("sent-to-clearance", "sent-back"), 1):
        moved = {"step": step, "version": version, "reason": "the head asks"}
        assert browser.post(reverse("register.move-offer-draft", args=[key]), moved).status_code == 302
    assert "the head asks" in browser.get(at).content.decode()
    program = program_of("drill", "donor", program_account(cast.run, cast.donor, "donor@programs.example"))
    [row] = program.ask("GET", "/offer-drafts").json()["items"]
    assert at.endswith(f"{row['id']}/") and (row["quantity"], row["marking"], row["version"]) == ("2.5", "TLP:GREEN", 3)
    for version, step in enumerate(("sent-to-clearance", "cleared"), 3):
        answer = program.ask("POST", f"/offer-drafts/{key}/steps", {"step": step, "version": version, "words": "agreed"})
        assert answer.status_code == 204, answer.content
    sent = program.ask("POST", f"/offer-drafts/{row['id']}/offering", {"version": 5})
    assert sent.status_code == 200, sent.content
    assert read_arrived(cast.run, home, InProcess()) == 1
    [line] = lines(cast.run)
    assert (line.item, line.provider) == ("A course ”by night”", "Estonia")
    assert program.ask("GET", f"/offer-drafts/{row['id']}").json()["stage"] == "offered"


def test_what_a_draft_says_of_somebody_is_handed_out_to_them(cast: Cast) -> None:
    write_offer_draft(cast.donor, WORDS)
    assert [one["item"] for one in held_on(cast.donor, ["re-exported"])["offer_drafts"]] == [WORDS.item]


def test_every_stage_is_reached_and_what_was_offered_goes_nowhere() -> None:
    assert {then for _stages, then in STEPS.values()} == set(DraftStage)
    assert steps_from(DraftStage.OFFERED) == ()
    kept = [{"step": "written", "person": "a"}, {"step": "changed", "person": "b"}, {"step": "cleared", "person": "c"}]
    assert last_writer(kept)["person"] == "b"
