"""The rules of reports, without a database: what may be said to whom, what changed, which figures, what fits into a chat."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from sild.values.marking import Marking
from sild.wings.disclosure.reads.telling import change_in_words
from sild.wings.disclosure.rules import (
    LONGEST_SUMMARY,
    WATCHED,
    AudienceKind,
    ReportChange,
    coverage_of,
    differences,
    digest_of,
    figures_of,
    fitted,
    marking_of,
    seen_by_all,
    seen_by_both,
)

NEED: dict[str, Any] = {
    "id": "n1",
    "title": "VPN gateways",
    "body": "Ministry",
    "state": "captured",
    "channel": "civil",
    "quantity": "20",
    "unit": "gateway",
    "needed_by": None,
    "urgency": "normal",
    "unmatched": "20",
    "spoken": "0",
    "accepted": "0",
    "disputed": "0",
    "light": "",
    "marking": 2,
}
NOTHING: dict[str, list[dict[str, Any]]] = {name: [] for name in WATCHED}


def test_the_same_facts_twice_are_no_change() -> None:
    facts = {**NOTHING, "needs": [NEED]}
    assert differences(facts, facts) == []


@pytest.mark.parametrize("field", WATCHED["needs"])
def test_every_watched_field_that_differs_is_told_once(field: str) -> None:
    found = differences({**NOTHING, "needs": [NEED]}, {**NOTHING, "needs": [{**NEED, field: "other"}]})
    assert [(one.kind, one.field, one.before, one.after) for one in found] == [("changed", field, NEED[field], "other")]


@given(
    st.dictionaries(st.text("abc", min_size=1, max_size=2), st.sampled_from(["1", "2", None])),
    st.dictionaries(st.text("abc", min_size=1, max_size=2), st.sampled_from(["1", "2", None])),
)
def test_changes_lead_from_the_one_report_to_the_other(before: dict[str, str | None], after: dict[str, str | None]) -> None:
    def rows(told: dict[str, str | None]) -> list[dict[str, Any]]:
        return [{**NEED, "id": key, "quantity": value} for key, value in told.items()]

    left = dict(before)
    for one in differences({**NOTHING, "needs": rows(before)}, {**NOTHING, "needs": rows(after)}):
        if one.kind == "gone":
            del left[one.row["id"]]
        else:
            left[one.row["id"]] = one.row["quantity"]
    assert left == after


def test_changes_are_told_in_words_with_units_and_what_is_not_known() -> None:
    def told(field: str, before: Any, after: Any) -> str:
        with override("en"):
            return change_in_words(ReportChange(section="needs", kind="changed", row=NEED, field=field, before=before, after=after))

    assert told("quantity", "20", "35.5") == "Need: “VPN gateways” (Ministry): quantity was 20 gateways, is now 35.5 gateways."
    assert told("state", "captured", "endorsed") == "Need: “VPN gateways” (Ministry): state was captured, is now endorsed."
    assert told("needed_by", None, "2026-12-15") == (
        "Need: “VPN gateways” (Ministry): day by which it is needed was not known, is now 15 Dec 2026."
    )
    with override("uk"):
        gone = change_in_words(ReportChange(section="needs", kind="gone", row=NEED))
    assert gone == "Потреба: «VPN gateways» (Ministry): тут більше немає."


def test_what_one_of_two_does_not_see_or_know_is_not_said() -> None:
    reader = {"needs": {"a": {"id": "a", "giver": "Estonia", "amount": "5"}, "mine": {"id": "mine", "giver": "", "amount": "1"}}}
    maker = {"needs": {"a": {"id": "a", "giver": "Estonia", "amount": None}, "theirs": {"id": "theirs", "giver": "", "amount": "2"}}}
    assert seen_by_both(reader, maker) == {"needs": {"a": {"id": "a", "giver": "Estonia", "amount": None}}}


def test_where_two_see_different_things_one_organisation_is_told_its_own_and_all_together_nothing() -> None:
    one, other = ({"needs": {"a": {"id": "a", "spoken": spoken}}} for spoken in ("5", "8"))
    assert seen_by_both(one, other)["needs"]["a"]["spoken"] == "5"
    assert seen_by_all([one, other])["needs"]["a"]["spoken"] is None


def test_a_report_is_at_least_as_closed_as_the_highest_record_in_it() -> None:
    assert marking_of(AudienceKind.MECHANISM, [0, 2, 1], Marking.RED) == Marking.AMBER
    assert marking_of(AudienceKind.MECHANISM, [], Marking.RED) == Marking.GREEN
    assert marking_of(AudienceKind.ORGANISATION, [0], Marking.RED) == Marking.AMBER
    assert marking_of(AudienceKind.OWN, [2], Marking.RED) == Marking.AMBER_STRICT
    # who sees no higher than GREEN gets a paper that they may hold
    assert marking_of(AudienceKind.ORGANISATION, [1], Marking.GREEN) == Marking.GREEN


@pytest.mark.parametrize(
    ("unmatched", "spoken", "expected"), [("0", "20", "covered"), ("5", "15", "part"), ("20", "0", "none"), (None, "3", "unknown")]
)
def test_coverage_is_what_is_spoken_for_of_what_was_asked(unmatched: str | None, spoken: str, expected: str) -> None:
    assert coverage_of({**NEED, "unmatched": unmatched, "spoken": spoken}) == expected


def flow(key: str, state: str, amount: str | None, *, counts: bool = True, currency: str = "EUR") -> dict[str, Any]:
    return {"id": key, "state": state, "amount": amount, "currency": currency, "counts": counts, "marking": 0}


def test_sums_of_money_list_their_rows_and_never_add_one_state_to_another() -> None:
    flows = [
        flow("a", "pledged", "100.10"),
        flow("b", "committed", "50"),
        flow("c", "pledged", "0.2"),
        flow("inside", "pledged", "7", counts=False),
        flow("kept back", "pledged", None),
        flow("d", "pledged", "3", currency="USD"),
    ]
    figures = figures_of({**NOTHING, "flows": flows})
    assert [(one.state, one.currency, one.amount, one.rows) for one in figures.money] == [
        ("pledged", "EUR", Decimal("100.30"), ("a", "c")),
        ("pledged", "USD", Decimal(3), ("d",)),
        ("committed", "EUR", Decimal(50), ("b",)),
    ]
    assert figures.untold_money == 1


@given(st.lists(st.text(max_size=300), max_size=12))
def test_a_summary_never_is_longer_than_a_chat_takes(sentences: list[str]) -> None:
    assert len(fitted(sentences)) <= LONGEST_SUMMARY


def test_a_summary_holds_whole_sentences_and_lets_those_go_that_do_not_fit() -> None:
    assert fitted(["One.", "x" * 800, "Two."]) == "One. Two."
    cut = fitted(["word " * 300])
    assert len(cut) <= LONGEST_SUMMARY and cut.endswith("word…")


def test_the_digest_is_of_what_is_said_and_not_of_its_order() -> None:
    assert digest_of({"a": 1, "b": ["ї"]}) == digest_of({"b": ["ї"], "a": 1})
    assert digest_of({"a": 1}) != digest_of({"a": 2})
