"""The pages and routes of money, as browsers and programs of the cast get them."""

from __future__ import annotations

import json
import uuid
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from sild.formats.flows import read_flows
from sild.kernel.actor import Actor
from sild.kernel.progress import Silence
from sild.kernel.refusals import Refused
from sild.wings.money.actions import NewFlow, import_flows, record_flow
from sild.wings.money.commands import files_in, import_files
from sild.wings.money.rules import ShownAs
from tests.api.programs import program_of
from tests.cast import Cast
from tests.web.signed import account_on, signed_in
from tests.wings.money.made import FACTS, fts_answer, fts_flow


def page(member: Actor, name: str, *arguments: object, **query: str) -> tuple[int, str]:
    """The status and the text of a page as a member gets it."""
    answer = signed_in(member).get(reverse(name, args=arguments), query)
    return answer.status_code, answer.content.decode()


def sent(member: Actor, name: str, *arguments: object, **form: object) -> tuple[int, str]:
    """What a form answers: status and where it leads or what it says."""
    answer = signed_in(member).post(reverse(name, args=arguments), form)
    return answer.status_code, answer.headers.get("Location") or answer.content.decode()


def test_an_officer_writes_money_down_moves_it_on_and_follows_a_total_to_its_rows(cast: Cast) -> None:
    assert "No money is written down yet" in page(cast.officer, "money.list")[1]
    form = {
        "amount": "1 000,50",
        "currency": "eur",
        "state": "pledged",
        "giver": "Estonia",
        "body": "A fund",
        "title": "gateways",
        "on": "2026-01-05",
    }
    assert sent(cast.donor, "money.new", **form)[0] == 403
    assert sent(cast.officer, "money.new", **(form | {"amount": "much"}))[0] == 409
    assert sent(cast.officer, "money.new", **(form | {"need_id": "x"}))[0] == 409
    status, where = sent(cast.officer, "money.new", **form)
    one = uuid.UUID(where.split("/")[2])
    assert status == 302 and "1,000.5 EUR" in page(cast.donor, "money.flow", one)[1]
    moved = {"state": "committed", "amount": "400", "version": 1, "reason": "signed"}
    assert sent(cast.officer, "money.advance", one, **(moved | {"state": "lost"}))[0] == 409
    assert sent(cast.officer, "money.advance", one, **moved)[0] == 302
    assert sent(cast.officer, "money.advance", one, **moved)[0] == 409, "the form was made from an older version"
    worth = {"currency": "usd", "rate": "0,8", "on": "2026-01-05", "rate_source": "the bank", "version": 2}
    assert sent(cast.officer, "money.value", one, **worth)[0] == 302
    text = page(cast.officer, "money.flow", one)[1]
    assert "600.5 EUR" in text and "750.62 USD" in text and "1 USD = 0.8 EUR" in text and "signed" in text
    assert sent(cast.officer, "money.under", one, version=3, parent="")[0] == 302
    assert sent(cast.officer, "money.show", one, version=4, shown_as="amount-only", reason="they ask")[0] == 302
    assert sent(cast.officer, "money.note", one, text="ours alone")[0] == 302
    text = page(cast.officer, "money.totals", by="giver")[1]
    assert "Pledged" in text and "600.5 EUR" in text and "400 EUR" in text and "The 1 row behind it" in text
    assert "gateways" in page(cast.officer, "money.rows", pot="pledged", by="giver", group="Estonia")[1]
    assert page(cast.officer, "money.rows", pot="everything")[0] == 409
    assert "not converted" in page(cast.officer, "money.totals", currency_wanted="USD")[1]
    assert sent(cast.officer, "money.end", one, version=5, reason="cut")[0] == 302
    assert "Nothing fits these filters" in page(cast.officer, "money.list", state="spent")[1]


def test_the_list_goes_away_as_csv_and_as_a_workbook_without_what_is_kept_back(cast: Cast) -> None:
    told = NewFlow(
        amount=Decimal("12.5"),
        currency="EUR",
        giver="Estonia",
        body="Ministry of Health of Ukraine",
        title="=1+1",
        shown_as=ShownAs.AMOUNT_ONLY,
    )
    record_flow(cast.officer, told)
    whole, less = page(cast.officer, "money.list", format="csv")[1], page(cast.asker, "money.list", format="csv")[1]
    assert "Estonia" in whole and "12.5" in whole and "'=1+1" in whole
    assert "Estonia" not in less and "12.5" in less
    answer = signed_in(cast.officer).get(reverse("money.list"), {"format": "xlsx"})
    assert answer.content.startswith(b"PK") and "flows.xlsx" in answer.headers["Content-Disposition"]
    text = page(cast.asker, "money.list")[1]
    assert "Estonia" not in text and "kept back" in text
    assert "There is no flow of money that you may see" in page(cast.other_donor, "money.list")[1]


def test_contradictions_stand_side_by_side(cast: Cast) -> None:
    assert "Nothing contradicts anything here" in page(cast.officer, "money.contradictions")[1]
    for name, data in (("flows.json", fts_answer([fts_flow(1, 100)], 160, 1)), ("facts.yaml", FACTS.encode())):
        import_flows(cast.officer, read_flows(data, name), name, digest="0" * 64)
    text = page(cast.donor, "money.contradictions")[1]
    assert "2023-12-20" in text and "2023-12-23" in text and "https://two.invalid/launch" in text and "60 USD" in text
    assert "less exactly" in text and "over 240 million EUR" not in text
    assert "over 240 million EUR" in page(cast.donor, "money.contradictions", series="facts", all="yes")[1]


def test_programs_write_and_read_money_as_their_people_do(cast: Cast) -> None:
    programs = {slug: program_of("drill", slug, account_on(one)) for slug, one in {"officer": cast.officer, "donor": cast.donor}.items()}

    def ask(who: str, method: str, path: str, body: object = None) -> tuple[int, Any]:
        answer = programs[who].ask(method, path, body)
        return answer.status_code, json.loads(answer.content) if answer.content else None

    new = {"amount": "100", "currency": "EUR", "giver": "Estonia", "state": "pledged", "on": "2026-01-05", "reason": "their mail"}
    assert ask("donor", "POST", "/flows", new)[0] == 403
    assert ask("officer", "POST", "/flows", new | {"currency": "eur"})[0] == 422
    one = ask("officer", "POST", "/flows", new)[1]["id"]
    part = ask("officer", "POST", f"/flows/{one}/advances", {"state": "committed", "amount": "40", "version": 1})[1]["id"]
    assert ask("officer", "PUT", f"/flows/{part}/parent", {"parent": one, "within": False, "version": 1})[0] == 204
    worth = {"currency": "USD", "rate": "0.8", "on": "2026-01-05", "source": "the bank", "version": 2}
    assert ask("officer", "PUT", f"/flows/{part}/worth", worth)[0] == 204
    assert ask("officer", "PUT", f"/flows/{part}/visibility", {"shown_as": "anonymous", "version": 3, "reason": "they ask"})[0] == 204
    seen = ask("donor", "GET", f"/flows/{part}")[1]
    assert (seen["flow"]["amount"], seen["flow"]["value"], seen["rate"], seen["parent"]["id"]) == ("40", "50", "0.8", one)
    pots = {pot["pot"]: pot for pot in ask("officer", "GET", "/flow-totals?by=giver&into=USD")[1]["pots"]}
    assert pots["committed"]["whole"]["sums"] == [{"currency": "USD", "amount": "50", "rows": [part]}]
    assert pots["pledged"]["whole"]["left_out"] == [{"id": one, "why": "no-rate", "beside": None}]
    assert [row["id"] for row in ask("donor", "GET", "/flows?state=pledged&year=2026")[1]["items"]] == [one]
    assert ask("officer", "POST", f"/flows/{one}/end", {"version": 2, "reason": "cut"})[0] == 204
    assert ask("donor", "GET", "/flow-contradictions?all=true")[1]["topics"] == []


def test_a_folder_is_taken_in_and_files_of_other_forms_are_left_alone(cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "flows.json").write_bytes(fts_answer([fts_flow(1, 100)], 100, 1))
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    (tmp_path / "letter.txt").write_text("no flows")
    found = list(import_files(cast.officer, files_in([tmp_path]), lenient=True, progress=Silence()))
    taken = {path.name: result for path, _file, result in found}
    assert getattr(taken["flows.json"], "fresh", None) == 1
    assert "no known form" in str(taken["other.csv"]) and len(taken) == 2
    with pytest.raises(Refused, match="no known form"):
        list(import_files(cast.officer, [tmp_path / "other.csv"], lenient=False, progress=Silence()))
    with pytest.raises(Refused, match="no file or folder"):
        files_in([tmp_path / "nothing"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(Refused, match="no folder holds"):
        files_in([tmp_path / "empty"])
