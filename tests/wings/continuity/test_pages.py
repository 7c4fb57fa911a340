"""The pages and routes of the inventory and of hosts, as browsers and programs of the cast get them."""

from __future__ import annotations

import json
import uuid
from typing import Any

from sild.wings.continuity.reads import host_record, system_record
from tests.api.programs import program_of
from tests.cast import Cast
from tests.web.signed import account_on
from tests.wings.attribution.test_pages import page, sent
from tests.wings.continuity.conftest import Inventory, armoured


def made(answer: tuple[int, str]) -> uuid.UUID:
    """What a form made, by the address that it leads to."""
    assert answer[0] == 302, answer
    return uuid.UUID(answer[1].split("/")[2])


def test_who_begins_finds_out_what_to_do_and_writes_a_system_down_with_all_that_belongs_to_it(cast: Cast) -> None:
    officer = cast.officer
    assert "Write the first one down" in page(officer, "continuity.board")[1]
    assert "There is no host that you see" in page(officer, "continuity.hosts")[1]
    assert "How it can be moved" in page(officer, "continuity.new-system")[1]
    form = {"code": "REG", "name": "<b>Register</b>", "layer": "registers", "portability": "immovable", "racks": "1,5", "marking": "3"}
    for broken in ({"layer": "cellar"}, {"racks": "many"}, {"racks": "-1"}, {"code": ""}, {"marking": "2"}, {"host": str(uuid.uuid4())}):
        assert sent(officer, "continuity.new-system", **(form | broken))[0] in (404, 409)
    register = made(sent(officer, "continuity.new-system", **form))
    portal = made(sent(officer, "continuity.new-system", code="PORTAL", name="Portal", layer="services"))
    assert sent(officer, "continuity.add-dataset", register, name="Births", size="12.5")[0] == 302
    assert sent(officer, "continuity.add-service", portal, name="Applications", loss_per_hour="30")[0] == 302
    assert sent(officer, "continuity.tie", portal, kind="stops")[0] == 409
    assert sent(officer, "continuity.tie", portal, needs=str(register), kind="stops", hours_without="4")[0] == 302
    text = page(officer, "continuity.system", register)[1]
    assert "&lt;b&gt;Register" in text and "PORTAL / Applications" in text and "REG → PORTAL" in text and "4 h<" in text
    [births] = system_record(officer, register).datasets
    told = {"permission": "asked", "permission_of": "The cabinet", "reason": "letter 9"}
    assert sent(officer, "continuity.permission", births.id, version=9, **told)[0] == 409
    assert sent(officer, "continuity.permission", births.id, version=1, **told)[0] == 302
    assert "The cabinet" in page(officer, "continuity.system", register)[1]
    assert 'value="12.5"' in page(officer, "continuity.dataset", births.id)[1]
    text = page(officer, "continuity.board")[1]
    assert "1 of 1 waits" in text and "<b>Register" not in text
    assert "Nothing fits these filters" in page(officer, "continuity.board", waits="ours")[1]
    assert "PORTAL" not in page(officer, "continuity.board", waits="theirs")[1]
    csv = page(officer, "continuity.board", format="csv")[1]
    assert "PORTAL" in csv and "<b>Register" in csv


def test_what_was_said_is_mended_and_taken_back_on_the_pages(inventory: Inventory) -> None:
    officer, systems = inventory.officer, inventory.systems
    text = page(officer, "continuity.mend-system", systems["LAND"])[1]
    assert 'value="LAND"' in text and 'value="immovable" selected' in text and 'value="North"' in text
    form = {"code": "LAND", "name": "Cadastre", "version": 1, "host": str(inventory.hosts[0]), "effort_hours": "36"}
    assert sent(officer, "continuity.mend-system", systems["LAND"], **form)[0] == 302
    assert sent(officer, "continuity.mend-system", systems["LAND"], **form)[0] == 409
    assert "Embassy one" in page(officer, "continuity.system", systems["LAND"])[1]
    assert "LAND: Cadastre" in page(officer, "continuity.host", inventory.hosts[0])[1]
    lean = system_record(officer, systems["PORTAL"]).needs[0]
    assert sent(officer, "continuity.mend-tie", lean.id, kind="worse", version=1)[0] == 302
    assert system_record(officer, systems["PORTAL"]).needs[0].kind == "worse"
    assert sent(officer, "continuity.untie", lean.id, version=2, reason="it does not")[0] == 302
    assert "Nothing that was told" in page(officer, "continuity.system", systems["PORTAL"])[1]
    for name, key in (("dataset", inventory.datasets["Cadastre"]), ("service", inventory.services["Pensions"])):
        assert page(officer, f"continuity.{name}", key)[0] == 200
        assert sent(officer, f"continuity.{name}", key, name="Another", version=1)[0] == 302
        assert sent(officer, f"continuity.retire-{name}", key, version=2, reason="gone")[0] == 302
        assert "Put it back into use" in page(officer, f"continuity.{name}", key)[1]
        assert sent(officer, f"continuity.retire-{name}", key, version=3, back="yes", reason="not gone")[0] == 302
    assert sent(officer, "continuity.retire-system", systems["PORTAL"], version=1, reason="replaced")[0] == 302
    assert "PORTAL" not in page(officer, "continuity.board")[1]
    assert "PORTAL" in page(officer, "continuity.board", retired="yes")[1]


def test_where_a_host_stands_is_on_no_page_and_its_sealed_text_comes_as_a_file(inventory: Inventory) -> None:
    officer, whole = inventory.officer, armoured("X25519")
    form = {"name": "Embassy two", "country": "ee", "free": "12", "marking": "4"}
    assert sent(officer, "continuity.new-host", **(form | {"country": "12 Embassy Street"}))[0] == 409
    host = made(sent(officer, "continuity.new-host", **form))
    assert page(officer, "continuity.sealed-place", host)[0] == 404
    assert sent(officer, "continuity.seal-place", host, place="the cellar", readers="us", version=1, reason="x")[0] == 409
    assert sent(officer, "continuity.seal-place", host, place=whole, readers="The chief officer", version=1, reason="signed")[0] == 302
    text = page(officer, "continuity.host", host)[1]
    assert "The chief officer" in text and "BEGIN AGE" not in text and "Estonia" in text
    assert page(officer, "continuity.sealed-place", host) == (200, whole)
    assert 'value="EE"' in page(officer, "continuity.mend-host", host)[1]
    assert sent(officer, "continuity.mend-host", host, name="Embassy two", country="EE", state="ready", version=2)[0] == 302
    assert host_record(officer, host).row.state == "ready"
    for text in (page(officer, "continuity.hosts")[1], page(officer, "continuity.hosts", format="csv")[1]):
        assert "Embassy two" in text and "AGE ENCRYPTED" not in text and "The chief officer" not in text
    assert "Embassy one" in page(officer, "continuity.hosts", state="ready")[1]
    for name, key in (("continuity.host", host), ("continuity.sealed-place", host), ("continuity.system", inventory.systems["ID"])):
        assert page(inventory.cast.donor, name, key)[0] == page(inventory.cast.donor, name, uuid.uuid4())[0] == 404


def test_programs_work_on_the_inventory_as_their_people_do(cast: Cast) -> None:
    programs = {name: program_of("drill", name, account_on(getattr(cast, name))) for name in ("officer", "donor")}

    def ask(who: str, method: str, path: str, body: object = None) -> tuple[int, Any]:
        answer = programs[who].ask(method, path, body)
        return answer.status_code, json.loads(answer.content) if answer.content else None

    keys = {code: ask("officer", "post", "/systems", {"code": code, "name": code, "reason": "known"})[1]["id"] for code in ("A", "B")}
    assert ask("officer", "post", "/systems", {"code": "A", "name": "again"})[0] == 409
    assert ask("officer", "put", f"/systems/{keys['A']}", {"code": "A", "name": "First", "layer": "identity", "version": 1})[0] == 204
    status, data = ask("officer", "post", f"/systems/{keys['A']}/datasets", {"name": "D", "size": "10"})
    assert status == 200
    assert ask("officer", "put", f"/datasets/{data['id']}", {"name": "D", "size": "11"})[0] == 204
    assert ask("officer", "put", f"/datasets/{data['id']}/permission", {"permission": "not-needed", "reason": "open data"})[0] == 204
    status, service = ask("officer", "post", f"/systems/{keys['B']}/services", {"name": "S", "loss_per_hour": "-1"})
    assert status == 422
    service = ask("officer", "post", f"/systems/{keys['B']}/services", {"name": "S"})[1]
    assert ask("officer", "put", f"/services/{service['id']}", {"name": "S", "loss_per_hour": "7"})[0] == 204
    lean = ask("officer", "post", f"/systems/{keys['B']}/dependencies", {"needs": keys["A"], "kind": "stops"})[1]
    assert ask("officer", "put", f"/dependencies/{lean['id']}", {"kind": "stops", "hours_without": "3"})[0] == 204
    status, fallen = ask("officer", "post", "/systems-gone", {"gone": [keys["A"]]})
    assert [(one["words"], one["hours"], one["path"]) for one in fallen["falls"]] == [
        ("B", "3", ["A", "B"]),
        ("B / S", "3", ["A", "B", "B / S"]),
    ]
    whole = ask("officer", "get", f"/systems/{keys['A']}")[1]
    assert whole["datasets"][0]["mover"] == "nobody" and whole["system"]["size"] == "11" and len(whole["falls"]) == 2
    assert len(ask("officer", "get", "/systems?limit=1")[1]["items"]) == 1
    host = ask("officer", "post", "/hosts", {"name": "H", "country": "LU", "free": "3"})[1]["id"]
    assert ask("officer", "put", f"/hosts/{host}", {"name": "H", "country": "LU", "state": "ready"})[0] == 204
    sealed = {"place": armoured("X25519"), "readers": "us", "reason": "signed"}
    assert ask("officer", "put", f"/hosts/{host}/place", sealed | {"place": "a street"})[0] == 409
    assert ask("officer", "put", f"/hosts/{host}/place", sealed)[0] == 204
    assert ask("officer", "get", f"/hosts/{host}")[1]["sealed_place"].startswith("-----BEGIN AGE")
    assert [one["sealed"] for one in ask("officer", "get", "/hosts?country=lu")[1]["items"]] == [True]
    for path in (f"/systems/{keys['A']}", f"/hosts/{host}"):
        assert ask("donor", "get", path)[0] == 404
    assert ask("donor", "get", "/systems")[1]["items"] == ask("donor", "get", "/hosts")[1]["items"] == []
    for path, key in (("datasets", data["id"]), ("services", service["id"]), ("systems", keys["A"])):
        assert ask("officer", "put", f"/{path}/{key}/retired", {"reason": "off"})[0] == 204
    assert ask("officer", "post", f"/dependencies/{lean['id']}/removal", {"reason": "no"})[0] == 204
