"""The pages and routes of delivery, as browsers and programs of the cast get them."""

from __future__ import annotations

import json
import uuid
from typing import Any

from tests.api.programs import program_of
from tests.web.signed import account_on
from tests.wings.agreements.test_pages import page, sent
from tests.wings.delivery.conftest import Depot


def test_a_consignment_is_prepared_carried_and_answered_for_in_the_browser(depot: Depot) -> None:
    cast = depot.cast
    assert "6 committed, 0 in consignments, 6 left to prepare" in page(cast.donor, "delivery.agreement", depot.agreement)[1]
    assert "Prepare a consignment" not in page(cast.asker, "delivery.agreement", depot.agreement)[1]
    form = {"quantity": "6", "kind": "goods", "from-0": "Tallinn", "to-0": "Kyiv", "by-0": "a haulier", "planned-0": "2026-02-09"}
    assert sent(cast.donor, "delivery.prepare", depot.agreement, **{**form, "kind": "gold"})[0] == 409
    status, where = sent(cast.donor, "delivery.prepare", depot.agreement, **form)
    one = uuid.UUID(where.split("/")[2])
    assert status == 302 and "was due on 9 Feb 2026" in page(cast.officer, "delivery.list", overdue="yes")[1]
    assert sent(cast.donor, "delivery.do", one, deed="depart", version=1)[0] == 302
    assert sent(cast.donor, "delivery.do", one, deed="hand-over", to="the store", version=1)[0] == 409, "made from an older version"
    assert sent(cast.donor, "delivery.do", one, deed="hand-over", to="the store", version=2)[0] == 302
    text = page(cast.asker, "delivery.one", one)[1]
    assert "Three questions" in text and "How many have arrived?" in text and "the store" in text
    assert "Consignments that wait for you" in page(cast.asker, "web.waiting")[1]
    answers = {"arrived": "5", "faulty": "1", "reason": "one does not start", "used": "some", "in_use": "2", "version": 3}
    answers |= {"renewal": "day", "renew_on": "2027-01-31"}
    assert sent(cast.asker, "delivery.receive", one, **{**answers, "arrived": ""})[0] == 409
    assert sent(cast.asker, "delivery.receive", one, **answers)[0] == 302
    text = page(cast.donor, "delivery.one", one)[1]
    assert "4 taken over, 1 disputed, 1 under way." in text and "one does not start" in text
    assert "the recipient has less of it" in text and "31 Jan 2027" in text
    assert "31 Jan 2027" in page(cast.donor, "outlook.sustainment")[1]
    for name in ("agreements.need", "delivery.need"):
        text = page(cast.authority, name, depot.need)[1]
        assert "Taken over by the recipient" in text and "20&nbsp;%" in text, name
    assert sent(cast.donor, "delivery.note", one, text="ours alone")[0] == 302
    assert "ours alone" in page(cast.donor, "delivery.one", one)[1] and "ours alone" not in page(cast.asker, "delivery.one", one)[1]


def test_amounts_of_a_form_are_read_back_as_they_were_written(depot: Depot) -> None:
    """What a page writes into a field is no grouped number: 6 of thousands would come back as 6 and a part."""
    text = page(depot.cast.donor, "delivery.agreement", depot.agreement)[1]
    assert 'name="quantity"' in text and 'value="6"' in text


def test_empty_pages_say_what_comes_next(depot: Depot) -> None:
    assert "The giver prepares one on the page of an agreement" in page(depot.cast.asker, "delivery.list")[1]
    assert "Nothing fits these filters" in page(depot.cast.asker, "delivery.list", state="lost")[1]
    assert "Nothing that you may see lapses in this time." in page(depot.cast.asker, "outlook.sustainment")[1]
    assert "Nothing moves yet" in page(depot.cast.asker, "delivery.agreement", depot.agreement)[1]


def test_programs_do_as_their_people_do(depot: Depot) -> None:
    cast = depot.cast
    seats = {"officer": cast.officer, "asker": cast.asker, "donor": cast.donor, "maker": cast.maker}
    programs = {slug: program_of("drill", slug, account_on(one)) for slug, one in seats.items()}

    def ask(who: str, method: str, path: str, body: object = None) -> tuple[int, Any]:
        answer = programs[who].ask(method, path, body)
        return answer.status_code, json.loads(answer.content) if answer.content else None

    new = {"quantity": "5", "kind": "licences", "ends_on": "2026-12-31", "legs": []}
    status, made = ask("donor", "POST", f"/agreements/{depot.agreement}/consignments", new)
    assert status < 300, made
    one = f"/consignments/{made['id']}"
    assert ask("maker", "GET", one)[0] == 404
    assert ask("asker", "GET", one)[1]["mine"] == ["receive"]
    assert ask("donor", "POST", f"{one}/route", {"legs": [{"start": "here", "end": "there"}], "version": 1})[0] == 204
    assert ask("donor", "POST", f"{one}/deeds/hand-over", {"version": 2})[0] == 204
    assert ask("donor", "POST", f"{one}/deeds/lose", {"version": 3, "quantity": "1"})[0] == 409, "no reason"
    assert ask("asker", "POST", f"{one}/receipts", {"arrived": "4", "in_use": "3", "version": 3})[0] == 204
    assert ask("asker", "POST", f"{one}/deeds/dispute", {"quantity": "1", "version": 4, "reason": "expired"})[0] == 204
    assert ask("donor", "POST", f"{one}/deeds/extend", {"until": "2027-12-31", "version": 5})[0] == 204
    seen = ask("officer", "GET", one)[1]
    assert (seen["consignment"]["state"], seen["consignment"]["accepted"], seen["contradictions"]) == ("disputed", "3", ["missing"])
    told = ask("officer", "GET", f"/needs/{depot.need}/delivery")[1]
    sums = {row["place"]: row["quantity"] for row in told["places"] if row["quantity"] != "0"}
    assert (sums, told["unmatched"]) == ({"committed": "1", "under-way": "1", "accepted": "3", "disputed": "1"}, "14")
    lapses = ask("asker", "GET", "/renewals?until=2028-01-01")[1]["lapses"]
    assert [(lapse["on"], lapse["why"]) for lapse in lapses] == [("2027-12-31", "ends")]
    assert [row["id"] for row in ask("donor", "GET", "/consignments?kind=licences")[1]["items"]] == [made["id"]]
