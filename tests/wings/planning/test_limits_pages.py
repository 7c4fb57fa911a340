"""Limits are read with their source and date and what contradicts them, stated by one form of their kind, and an ask fills it in."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any, get_args

import pytest
from django.http import QueryDict
from django.urls import reverse

from sild.kernel.action import last_act
from sild.kernel.actor import acting
from sild.kernel.refusals import Refused
from sild.kernel.undo import undo
from sild.web.labels import LABELS
from sild.wings.linkage.public import link_register
from sild.wings.planning.forms import entry_of
from sild.wings.planning.public import make_plan, record_limit
from sild.wings.planning.reads.granting import filled_from_ask
from sild.wings.planning.reads.limits import every_limit, known_limits
from sild.wings.planning.reads.problem import posed_problem
from sild.wings.planning.rules import GRANTED_AS, KIND_FORMS, LimitEntry, LimitKind
from sild.wings.register.public import keep_lines
from tests.cast import Cast
from tests.web.signed import signed_in
from tests.wings.readings import reading

TODAY = date(2026, 2, 10)
MINISTRY = "Ministry of Health of Ukraine"
WHOLE: dict[str, dict[str, str]] = {
    "absorption": {"month": "2026-03", "amount": "10"},
    "budget": {"amount": "1000,50", "currency": "eur"},
    "unit-cost": {"category": "training", "amount": "3", "currency": "EUR"},
    "lead-time": {"amount": "2"},
    "licence": {"state": "pending", "amount": "2", "authority": "a ministry"},
    "earmark": {"bodies": "A\nB", "sectors": "health"},
    "objection": {"state": "open", "authority": "France"},
    "consent": {"state": "refused"},
    "visibility": {"visibility": "secret"},
    "bundle": {
        "category": "server-hardware",
        "parts-category-0": "server-hardware",
        "parts-number-0": "1",
        "parts-category-3": "software-licences",
        "parts-number-3": "2",
    },
    "substitute": {"category": "server-hardware", "accepts-category-1": "cloud-hosting", "accepts-number-1": "0,5"},
    "region": {"place": "Lviv"},
    "site": {"place": "the cellar"},
    "hosting": {"amount": "12", "month": "2026-04"},
    "footprint": {"amount": "2"},
    "absorption-people": {"month": "2026-03", "amount": "12.5"},
    "absorption-training": {"month": "2026-03", "amount": "8"},
    "absorption-racks": {"month": "2026-03", "amount": "42"},
    "absorption-power": {"month": "2026-03", "amount": "3000"},
    "use-people": {"amount": "0.5"},
    "use-training": {"amount": "1"},
    "use-racks": {"amount": "2"},
    "use-power": {"amount": "350"},
    "minimum-order": {"amount": "5"},
    "re-export": {"state": "yes"},
    "hand-on": {"state": "no"},
    "end-use": {"uses": "own networks\n\n networks of communities "},
    "intended-use": {"uses": "own networks"},
    "waiver": {"waives": "civil-only"},
}


def sent(kind: str, **fields: str) -> QueryDict:
    told = QueryDict(mutable=True)
    told.update({"kind": kind, "subject": "Somebody", "source": "a letter", "as_of": "2026-02-01", "reason": "as they said"})
    told.update(fields)
    return told


def test_every_kind_can_be_stated_by_its_form_and_says_what_it_lacks() -> None:
    assert WHOLE.keys() == KIND_FORMS.keys() == set(get_args(LimitKind))
    for kind, fields in WHOLE.items():
        entry = entry_of(sent(kind, **fields))
        assert (entry.kind, entry.subject, entry.as_of) == (kind, "Somebody", date(2026, 2, 1))
        for name in KIND_FORMS[entry.kind].needs:
            rest = {key: value for key, value in fields.items() if key.split("-")[0] != name}
            with pytest.raises(Refused, match="missing"):
                entry_of(sent(kind, **rest))
    assert entry_of(sent("budget", **WHOLE["budget"])).amount == Decimal("1000.50")
    assert entry_of(sent("end-use", **WHOLE["end-use"])).uses == ["own networks", "networks of communities"]
    assert entry_of(sent("substitute", **WHOLE["substitute"])).accepts == {"cloud-hosting": Decimal("0.5")}
    for kind, wrong in (
        ("budget", {"amount": "10", "currency": ""}),
        ("absorption", {"month": "2026-13"}),
        ("unit-cost", {"category": "teapots", "amount": "1", "currency": "EUR"}),
        ("bundle", WHOLE["bundle"] | {"parts-category-3": "teapots"}),
        ("hosting", {"amount": "1.5"}),
        ("nothing", {}),
    ):
        with pytest.raises(Refused):
            entry_of(sent(kind, **wrong))


def stated(cast: Cast, **fields: Any) -> None:
    told = {"source": "a note", "as_of": date(2026, 2, 1)} | fields
    record_limit(cast.officer, LimitEntry.model_validate(told), reason="as they said")


def test_a_donor_tells_its_budget_in_the_browser_and_undo_takes_it_back(cast: Cast) -> None:
    client = signed_in(cast.donor)
    assert "No limit was stated yet" in client.get(reverse("planning.limits")).content.decode()
    form = client.get(reverse("planning.limit-form"), {"kind": "budget"}).content.decode()
    assert 'name="amount"' in form and 'name="currency"' in form and 'name="month"' not in form and "Estonia" in form
    told = sent("budget", subject="Estonia", amount="20000", currency="EUR").dict()
    assert client.post(reverse("planning.state-limit"), told | {"reason": " "}).status_code == 409
    assert client.post(reverse("planning.state-limit"), told).status_code == 302
    act = last_act()
    text = client.get(reverse("planning.limits")).content.decode()
    assert "20,000 EUR" in text and "a letter" in text and "1 Feb 2026" in text
    assert client.post(reverse("planning.state-limit"), told).status_code == 409, "said already in the same words"
    assert client.post(reverse("planning.state-limit"), told | {"subject": "Latvia"}).status_code == 409, "not its own"
    with acting(cast.run):
        assert known_limits().limit("budget", "Estonia") is not None, "the secretariat plans with it"
    assert every_limit(cast.other_donor) == [], "another giver does not read it"
    assert act is not None
    undo(cast.donor, act, reason="too early")
    with acting(cast.run):
        assert known_limits().limit("budget", "Estonia") is None


def test_what_contradicts_is_marked_and_found_and_the_later_word_stands(cast: Cast) -> None:
    stated(cast, kind="budget", subject="Estonia", amount=10, currency="EUR", source="note 1")
    stated(cast, kind="budget", subject="Estonia", amount=20, currency="EUR", source="note 2", as_of=date(2026, 2, 2))
    stated(cast, kind="budget", subject="Latvia", amount=5, currency="EUR", source="note 3")
    stated(cast, kind="budget", subject="Latvia", amount=6, currency="EUR", source="note 3", as_of=date(2026, 2, 2))
    told = [(one.subject, one.source, one.stands, one.differs) for one in every_limit(cast.officer)]
    assert told == [
        ("Latvia", "note 3", True, ()),
        ("Latvia", "note 3", False, ()),
        ("Estonia", "note 2", True, ("note 1",)),
        ("Estonia", "note 1", False, ()),
    ]
    assert {one.subject for one in every_limit(cast.officer, differing=True)} == {"Estonia"}
    assert [one.subject for one in every_limit(cast.officer, subject="latv", kind="budget")] == ["Latvia", "Latvia"]
    text = signed_in(cast.officer).get(reverse("planning.limits"), {"differing": "yes"}).content.decode()
    assert "contradicts" in text and "note 1" in text and "Latvia" not in text


LINES = [
    reading(1, "request", "end-user-devices", "laptops", 100, unit="laptop", beneficiary=MINISTRY, urgency="critical"),
    reading(2, "offer", "end-user-devices", "laptops", 120, unit="laptop", provider="Estonia"),
]


def asks(cast: Cast) -> dict[str, tuple[Any, int]]:
    made = make_plan(cast.run, TODAY)
    assert made.findings == ()
    return {ask["limit"]: (made, place) for place, ask in reversed(list(enumerate(made.answer["asks"])))}


@pytest.mark.parametrize(
    ("limits", "limit", "filled"),
    [
        ([("unit-cost", {"amount": 10, "currency": "EUR"}), ("budget", {"amount": 400, "currency": "EUR"})], "budget", {"amount": 1000}),
        ([("re-export", {"state": "no"}), ("hand-on", {"subject": MINISTRY, "state": "yes"})], "re-export", {"state": "yes"}),
        (
            [("end-use", {"uses": ["schools"]}), ("intended-use", {"subject": MINISTRY, "uses": ["clinics"]})],
            "end-use",
            {"uses": ["clinics", "schools"]},
        ),
        ([("earmark", {"bodies": ["Lviv City Council"]})], "earmark", {"bodies": []}),
        ([("minimum-order", {"amount": 110})], "minimum-order", {"amount": 0}),
        ([("objection", {"state": "open", "authority": "France"})], "licence", {"kind": "objection", "state": "lifted"}),
    ],
)
def test_what_a_plan_asks_for_fills_in_the_form_and_once_stated_is_planned_with(
    cast: Cast, limits: list[tuple[str, dict[str, Any]]], limit: str, filled: dict[str, Any]
) -> None:
    keep_lines(cast.run, LINES)
    link_register(cast.run)
    for kind, fields in limits:
        stated(cast, **{"kind": kind, "subject": "Estonia"} | fields)
    made, place = asks(cast)[limit]
    before = sum(match["quantity"] for match in made.answer["matches"])
    told = filled_from_ask(cast.officer, made.id, place)
    assert told is not None and told.items() >= filled.items()
    client = signed_in(cast.officer)
    assert f"?plan={made.id}&amp;ask={place}" in client.get(reverse("planning.plan")).content.decode()
    form = client.get(reverse("planning.limit-form"), {"plan": str(made.id), "ask": str(place)}).content.decode()
    assert re.search(r"Filled in from what the plan asks of (donor|licence authority) \w+", form)
    fields = dict(re.findall(r'<input[^>]* name="([a-z_]+)"[^>]* value="([^"]*)"', form))
    fields |= dict(re.findall(r'<textarea[^>]* name="([a-z]+)"[^>]*>([^<]*)</textarea>', form))
    fields |= dict(re.findall(r'name="(state|category)".*?<option value="([^"]+)" selected', form, re.S))
    del fields["csrfmiddlewaretoken"]
    answer = client.post(reverse("planning.state-limit"), fields | {"source": "their letter", "reason": "they agreed"})
    assert answer.status_code == 302, answer.content
    assert sum(match["quantity"] for match in make_plan(cast.run, TODAY).answer["matches"]) == 100 > before


def test_the_form_says_what_each_kind_of_limit_means_and_the_list_what_a_number_counts(cast: Cast) -> None:
    client = signed_in(cast.officer)
    means = LABELS["limit-means"]
    assert set(means) == set(get_args(LimitKind))
    chosen = client.get(reverse("planning.limit-form")).content.decode()
    assert all(sentence in unescape(chosen) for sentence in means.values())
    assert means["footprint"] in client.get(reverse("planning.limit-form"), {"kind": "footprint"}).content.decode()
    stated(cast, kind="absorption", subject=MINISTRY, month="2026-03", amount=900)
    assert re.search(r"900\s*</span>\s*pieces", client.get(reverse("planning.limits")).content.decode())


def test_an_ask_counts_in_the_unit_of_the_needs_that_get_more(cast: Cast) -> None:
    ask = reading(3, "request", "training", "course", 30, unit="person", beneficiary=MINISTRY)
    keep_lines(cast.run, [*LINES, ask])
    link_register(cast.run)
    stated(cast, kind="earmark", subject="Estonia", bodies=["Lviv City Council"])
    make_plan(cast.run, TODAY)
    page = signed_in(cast.officer).get(reverse("planning.plan")).content.decode()
    assert "100 laptops more would reach those who need them." in page
    assert "30 people more would reach those who need them." in page
    assert "pieces more" not in page


def test_a_waiver_lets_a_condition_of_the_words_go_and_a_later_one_brings_it_back(cast: Cast) -> None:
    civil = ({"code": "civil-only", "text": "for civil use only"},)
    offer = reading(2, "offer", "end-user-devices", "laptops", 120, unit="laptop", provider="Estonia", conditions=civil)
    keep_lines(cast.run, [LINES[0], offer])
    link_register(cast.run)

    def bound() -> list[bool]:
        return [one.civil_only for one in posed_problem(cast.run, TODAY).problem.offers]

    assert bound() == [True]
    stated(cast, kind="waiver", subject="Estonia", category="end-user-devices", waives=["civil-only"])
    assert bound() == [False]
    stated(cast, kind="waiver", subject="Estonia", category="end-user-devices", as_of=date(2026, 2, 3))
    assert bound() == [True]


def test_all_that_can_be_granted_is_a_kind_that_can_be_stated() -> None:
    assert set(GRANTED_AS.values()) <= KIND_FORMS.keys()
