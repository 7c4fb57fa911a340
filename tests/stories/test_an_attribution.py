"""A small state is attacked: five agencies find out, weigh and decide, three States are asked to say it too. Told through the API alone.

One agency dissents, one item of evidence is withheld from everybody outside. Those outside the case see no difference, byte for byte.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest

from sild.kernel.actor import Actor
from tests.api.programs import program_of
from tests.cast import Cast
from tests.web.signed import account_on
from tests.worlds.programs import addresses, document

AGENCIES = ("ee-ria", "ee-edf-cyber", "ee-kapo", "ee-vla", "ee-mfa")
WITHHELD = "what a man in the room said"
JOINT = "We hold a service of the State next door responsible."
PEOPLE = ("officer", "deputy", "donor", "other-donor", "auditor")
OUTSIDE = ("seller", "asker", "authority", "technical")
NONCE = re.compile(rb'"(?:request_id|at|now)": ?"[^"]*"')


class Told:
    """The programs of the people of the story, by the slug of their seat."""

    def __init__(self, cast: Cast) -> None:
        # everybody sits down before the story begins: a seat that is taken is seen by colleagues
        members: dict[str, Actor] = {who: getattr(cast, who.replace("-", "_")) for who in (*PEOPLE, *OUTSIDE)}
        self._programs = {who: program_of("drill", who, account_on(member)) for who, member in members.items()}

    def ask(self, who: str, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """The status and the JSON of an answer."""
        answer = self._programs[who].ask(method, path, body)
        return answer.status_code, json.loads(answer.content) if answer.content else None

    def do(self, who: str, method: str, path: str, body: object = None) -> Any:
        """The JSON of an answer that must be a good one; the identifier alone where something was made."""
        status, told = self.ask(who, method, path, body)
        assert status < 300, f"{who} {method} {path}: {status} {told}"
        return told["id"] if isinstance(told, dict) and set(told) == {"id"} else told

    def everything(self, who: str) -> Mapping[str, tuple[int, bytes]]:
        """All that a reader is told at the addresses that name no record; files, which are new each time they are made, are no telling."""
        found = {}
        for one in addresses(document()):
            if one.method == "GET" and not one.subjects:
                answer = self._programs[who].ask("GET", one.aimed({}))
                if "json" in answer.headers.get("Content-Type", ""):
                    found[one.pattern] = (answer.status_code, NONCE.sub(b"", answer.content))
        return found


@pytest.fixture
def told(cast: Cast) -> Told:
    """Who acts."""
    return Told(cast)


def opened_case(cast: Cast, told: Told) -> str:
    new = {"title": "The ministries' mail", "summary": "read for a month", "readers": [str(cast.deputy.person)], "reason": "asked"}
    case = told.do("officer", "POST", "/attribution-cases", new)
    owed = {one["agency"]: one for one in told.do("deputy", "GET", f"/attribution-cases/{case}")["inputs"]}
    for agency in AGENCIES:
        delivery = {"text": f"paper of {agency}", "version": owed[agency]["version"]}
        told.do("deputy", "PUT", f"/attribution-inputs/{owed[agency]['id']}/delivery", delivery)
    return str(case)


def entered_evidence(told: Told, case: str) -> dict[str, str]:
    """Three items: for all, for the States that attribute with us, and one for nobody outside."""
    where = f"/attribution-cases/{case}"
    laboratory = told.do("officer", "POST", f"{where}/sources", {"name": "A laboratory", "reliability": "B"})
    partner = told.do("officer", "POST", f"{where}/sources", {"name": "A partner service", "reliability": "A"})
    items = {
        "public": (laboratory, "The loader has the build path of a family known since 2021", ["public", "co-attributing", "ministers"]),
        "partners": (partner, "Two servers were rented by the same hand", ["co-attributing", "ministers"]),
        "withheld": (partner, WITHHELD, []),
    }
    return {
        name: told.do(
            "officer",
            "POST",
            f"{where}/evidence",
            {"source": source, "title": title, "aspect": "malware", "credibility": 2, "shown_to": shown},
        )
        for name, (source, title, shown) in items.items()
    }


def weighed_and_decided(told: Told, case: str, items: Mapping[str, str]) -> None:
    """Hypotheses, an opinion in law, a position of each agency with one dissent, and the decision."""
    where = f"/attribution-cases/{case}"
    them = told.do("officer", "POST", f"{where}/hypotheses", {"words": "A service of the State next door", "stance": "actor"})
    columns = {one["stance"]: one["id"] for one in told.do("officer", "GET", f"{where}/weighing")["hypotheses"]}
    for item in items.values():
        under = {them: 1, columns["false-flag"]: -1, columns["insufficient"]: -2}
        ratings = {"ratings": [{"hypothesis": key, "rating": value} for key, value in under.items()], "reason": "its keys"}
        told.do("deputy", "PUT", f"/evidence-items/{item}/ratings", ratings)
    assert told.do("officer", "GET", f"{where}/weighing")["leaders"] == [them]
    opinion = {"question": "law-organ", "answer": "unclear", "reasoning": "one source alone", "evidence": [items["partners"]]}
    opinion_id = told.do("officer", "POST", f"{where}/opinions", opinion)
    for agency in AGENCIES:
        stand = {"agency": agency, "stand": "dissent" if agency == "ee-vla" else "agree", "words": f"word of {agency}"}
        told.do("officer", "POST", f"{where}/positions", stand)
    decision = {
        "kind": "attribute-publicly",
        "body": "The government",
        "person": "The minister",
        "grounds": "four bodies of five agree",
        "responsible": "a service of the State next door",
        "likelihood": "likelihood-very-likely",
        "confidence": "confidence-moderate",
        "evidence": [items["public"], items["partners"]],
        "opinions": [opinion_id],
        "reason": "the government met",
    }
    told.do("officer", "POST", f"{where}/decisions", decision)
    [kept] = told.do("deputy", "GET", f"{where}/decisions")["decisions"]
    assert [one["words"] for one in kept["dissents"]] == ["word of ee-vla"]


def asked_states(cast: Cast, told: Told, case: str, items: Mapping[str, str]) -> dict[str, str]:
    """A round: two States with a seat and one without; each is shown its own."""
    where = f"/attribution-cases/{case}"
    times = {"t_hour": "2099-03-01T10:00:00Z", "reply_by": "2099-02-20T10:00:00Z"}
    asked = told.do("officer", "POST", f"{where}/rounds", {"title": "Will you say it with us", **times, "reason": "partners wait"})
    invited = {
        "donor": {"organisation": str(cast.donor.organisation)},
        "other-donor": {"organisation": str(cast.other_donor.organisation)},
        "away": {"country": "A State without a seat"},
    }
    invitations = {name: told.do("officer", "POST", f"/attribution-rounds/{asked}/invitations", to) for name, to in invited.items()}
    for item, to in (("public", ["donor", "other-donor"]), ("partners", ["donor"])):
        new = {"round": asked, "evidence": items[item], "invitations": [invitations[one] for one in to], "reason": "they ask"}
        proposal = told.do("officer", "POST", f"{where}/slices", new)
        assert told.ask("officer", "POST", f"/slice-proposals/{proposal}/letting-out", {"version": 1, "reason": "mine"})[0] == 409
        told.do("deputy", "POST", f"/slice-proposals/{proposal}/letting-out", {"version": 1, "reason": "they may"})
    withheld = {"round": asked, "evidence": items["withheld"], "invitations": [invitations["donor"]], "reason": "they ask"}
    assert told.ask("officer", "POST", f"{where}/slices", withheld)[0] == 409
    version = told.do("officer", "GET", f"/attribution-rounds/{asked}")["version"]
    told.do("officer", "PUT", f"/attribution-rounds/{asked}/joint-text", {"text": JOINT, "version": version})
    shown = told.do("officer", "GET", f"/round-invitations/{invitations['donor']}")["version"]
    told.do("officer", "POST", f"/round-invitations/{invitations['donor']}/showing", {"version": shown, "reason": "they agreed to wait"})
    told.do("donor", "POST", f"/round-invitations/{invitations['donor']}/answers", {"level": "supports-attribution"})
    told.do("other-donor", "POST", f"/round-invitations/{invitations['other-donor']}/answers", {"level": "declines"})
    away = {"level": "takes-note", "came_how": "by note of 20 February"}
    told.do("officer", "POST", f"/round-invitations/{invitations['away']}/answers", away)
    return invitations


def spoken(told: Told, case: str, items: Mapping[str, str]) -> None:
    """A statement in two languages that two people approve; it waits for the hour for which the States were asked to wait."""
    new = {"title": "Who read the mail", "audience": "public", "source": "en", "languages": ["uk"], "speaker": "The ministry"}
    statement = told.do("officer", "POST", f"/attribution-cases/{case}/statements", new)
    words = {"en": "The loader was built by hands that are known since 2021.", "uk": "Завантажувач зробили руки, відомі з 2021 року."}
    text = [{"language": language, "words": said} for language, said in words.items()]
    hidden = {"kind": "claim", "text": text, "evidence": [items["withheld"]]}
    told.do("officer", "POST", f"/statements/{statement}/versions", {"sentences": [hidden], "after": 0})
    first = told.do("deputy", "GET", f"/statements/{statement}")
    assert first["stops"] > 0 and first["sentences"][0]["hidden"] == [items["withheld"]]
    assert told.ask("deputy", "POST", f"/statements/{statement}/approvals", {"number": 1, "digest": first["digest"]})[0] == 409
    shown = {"kind": "claim", "text": text, "evidence": [items["public"]], "key": first["sentences"][0]["key"]}
    assert told.do("deputy", "POST", f"/statements/{statement}/versions", {"sentences": [shown], "after": 1}) == {"number": 2}
    assert told.ask("officer", "POST", f"/statements/{statement}/versions", {"sentences": [shown], "after": 1})[0] == 409
    read = {"number": 2, "digest": told.do("officer", "GET", f"/statements/{statement}")["digest"]}
    assert told.ask("officer", "POST", f"/statements/{statement}/approvals", {**read, "digest": first["digest"]})[0] == 409
    told.do("officer", "POST", f"/statements/{statement}/approvals", read)
    assert told.ask("officer", "POST", f"/statements/{statement}/approvals", read)[0] == 409
    told.do("deputy", "POST", f"/statements/{statement}/approvals", read)
    found = told.do("officer", "GET", f"/statements/{statement}")
    assert (found["statement"]["state"], found["stops"], found["prints"]) == ("approved", 0, True)
    assert [(one["kind"], len(one["evidence"]), one["hidden"]) for one in found["sentences"]] == [("claim", 1, [])]
    assert WITHHELD not in json.dumps(found), "every claim has its evidence, and none that its readers may not see"
    assert told.ask("officer", "POST", f"/statements/{statement}/saying", {"number": 2, "reason": "now"})[0] == 409
    for who in (*OUTSIDE, "donor", "other-donor"):
        assert told.ask(who, "GET", f"/statements/{statement}")[0] in (403, 404)


def test_five_agencies_and_three_states_attribute_an_attack(cast: Cast, told: Told) -> None:
    before = {who: told.everything(who) for who in OUTSIDE}
    case = opened_case(cast, told)
    items = entered_evidence(told, case)
    weighed_and_decided(told, case, items)
    invitations = asked_states(cast, told, case, items)

    # each State sees its own slices, its own answer and the text once it is shown; never who else was asked, or the case
    seen = {who: told.do(who, "GET", f"/round-invitations/{invitations[who]}") for who in ("donor", "other-donor")}
    assert [len(seen[who]["slices"]) for who in seen] == [2, 1]
    assert (seen["donor"]["joint_text"], seen["other-donor"]["joint_text"]) == (JOINT, "")
    for who in seen:
        words = json.dumps([seen[who], told.do(who, "GET", "/attribution-rounds")])
        assert WITHHELD not in words and case not in words and "without a seat" not in words and "ee-vla" not in words
        assert told.ask(who, "GET", f"/attribution-cases/{case}")[0] == 404
        other = invitations["other-donor" if who == "donor" else "donor"]
        assert told.ask(who, "GET", f"/round-invitations/{other}")[0] == 404

    # the public is told nothing above it: not in a statement, not in a dossier
    where = f"/attribution-cases/{case}"
    claim = {"kind": "claim", "text": [{"language": "en", "words": "The loader was built by hands that are known since 2021."}]}

    def found(*evidence: str) -> list[str]:
        draft = {"audience": "public", "source": "en", "sentences": [{**claim, "evidence": [items[one] for one in evidence]}]}
        told_of = told.do("officer", "POST", f"{where}/statement-check", draft)
        assert WITHHELD not in json.dumps(told_of)
        return [one["rule"] for one in told_of["findings"] if one["level"] == "stop"]

    assert found("public") == []
    assert found() and found("withheld") and found("public", "partners")
    spoken(told, case, items)
    made = told.do("officer", "POST", f"{where}/dossiers", {"audience": "public", "title": "What was seen", "reason": "asked"})
    public = json.dumps(told.do("officer", "GET", f"/dossiers/{made}"))
    assert "build path" in public and "same hand" not in public and WITHHELD not in public and "minist" not in public

    # those outside see no difference, byte for byte, at any address
    after = {who: told.everything(who) for who in OUTSIDE}
    for who in OUTSIDE:
        assert len(before[who]) > 50
        assert {path for path in before[who] if before[who][path] != after[who][path]} == set(), who
    for who in (*OUTSIDE, "auditor"):
        assert told.ask(who, "GET", f"/attribution-cases/{case}")[0] in (403, 404)
    assert UUID(case)
