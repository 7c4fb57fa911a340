"""The pages and routes of agreements, as browsers and programs of the cast get them."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.urls import reverse

from sild.kernel.actor import Actor
from sild.wings.agreements.reads import agreements_naming
from tests.api.programs import program_of
from tests.web.signed import account_on, signed_in
from tests.wings.agreements.conftest import Table


def page(member: Actor, name: str, *arguments: object, **query: str) -> tuple[int, str]:
    """The status and the text of a page as a member gets it."""
    answer = signed_in(member).get(reverse(name, args=arguments), query)
    return answer.status_code, answer.content.decode()


def sent(member: Actor, name: str, *arguments: object, **form: object) -> tuple[int, str]:
    """What a form answers: status and where it leads or what it says."""
    answer = signed_in(member).post(reverse(name, args=arguments), form)
    return answer.status_code, answer.headers.get("Location") or answer.content.decode()


def test_a_match_of_the_plan_is_proposed_accepted_and_committed_in_the_browser(table: Table) -> None:
    cast = table.cast
    status, text = page(cast.officer, "agreements.need", table.need, offer=str(table.estonias), quantity="10", month="2026-03")
    assert status == 200 and "12 of 12 left" in text and 'value="10"' in text and " checked" in text
    form = {"offer": table.estonias, "quantity": "10", "month": "2026-03", "giver_told": "yes", "reason": "by the plan"}
    status, where = sent(cast.officer, "agreements.propose", table.need, **form)
    one = uuid.UUID(where.split("/")[2])
    assert status == 302 and "Agreements that wait for your word" in page(cast.asker, "web.waiting")[1]
    assert "Accepted by those who asked" in page(cast.asker, "agreements.one", one)[1]
    said = {"word": "accept", "quantity": "7,5", "conditions": "racks first\n", "reason": "", "version": 1}
    assert sent(cast.donor, "agreements.say", one, **said)[0] == 403, "the giver does not accept"
    assert sent(cast.asker, "agreements.say", one, **said)[0] == 302
    assert sent(cast.asker, "agreements.say", one, **said)[0] == 409, "the form was made from an older version"
    assert sent(cast.donor, "agreements.say", one, word="commit", quantity="many", version=2)[0] == 409
    assert sent(cast.donor, "agreements.say", one, word="commit", version=2)[0] == 302
    text = page(cast.officer, "agreements.one", one)[1]
    assert "racks first" in text and "7.5" in text and "committed" in text
    assert "7.5" in page(cast.authority, "agreements.need", table.need)[1]
    for name, sends in (("note", {"text": "ours alone"}), ("step", {"text": "call", "on": "2026-02-12", "version": 0})):
        assert sent(cast.donor, f"agreements.{name}", one, **sends)[0] == 302
    assert "ours alone" in page(cast.donor, "agreements.one", one)[1]
    assert "ours alone" not in page(cast.officer, "agreements.one", one)[1]
    assert [told["title"] for told in agreements_naming(cast.officer, ["racks"])] == ["VPN gateways"]


def test_the_list_says_what_to_do_where_it_is_empty(table: Table) -> None:
    assert "An officer proposes an offer on the page of an endorsed need" in page(table.cast.donor, "agreements.list")[1]
    assert "Nothing fits these filters" in page(table.cast.donor, "agreements.list", state="committed")[1]
    assert "endorsed" in page(table.cast.officer, "agreements.need", table.unendorsed)[1]


def test_programs_propose_and_speak_as_their_people_do(table: Table) -> None:
    cast = table.cast
    seats = {"officer": cast.officer, "asker": cast.asker, "donor": cast.donor, "maker": cast.maker}
    programs = {slug: program_of("drill", slug, account_on(one)) for slug, one in seats.items()}

    def ask(who: str, method: str, path: str, body: object = None) -> tuple[int, Any]:
        answer = programs[who].ask(method, path, body)
        return answer.status_code, json.loads(answer.content) if answer.content else None

    new = {"offer": str(table.estonias), "quantity": "4", "giver_told": False}
    status, made = ask("officer", "POST", f"/needs/{table.need}/agreements", new)
    assert status < 300, made
    one = made["id"]
    assert ask("maker", "GET", f"/agreements/{one}")[0] == 404
    seen = ask("asker", "GET", f"/agreements/{one}")[1]
    assert (seen["agreement"]["giver"], seen["offer"], seen["mine"]) == ("", None, ["acknowledge", "accept", "decline"])
    assert ask("asker", "POST", f"/agreements/{one}/words/accept", {"quantity": "3", "version": 1})[0] == 204
    assert ask("asker", "POST", f"/agreements/{one}/words/commit", {"version": 2})[0] == 403
    assert ask("donor", "POST", f"/agreements/{one}/words/cannot-help", {"version": 2})[0] == 409
    assert ask("donor", "POST", f"/agreements/{one}/words/cannot-help", {"version": 2, "reason": "sold"})[0] == 204
    sums = ask("officer", "GET", f"/needs/{table.need}/agreements")[1]["sums"]
    assert sums == {"proposed": "0", "accepted": "0", "committed": "0", "left": "20"}
    assert [row["state"] for row in ask("donor", "GET", "/agreements?state=cannot-help")[1]["items"]] == ["cannot-help"]
