"""What a line names only to keep it apart: what was met, what another letter asks for, where a copy stands, which of lettered halls."""

from __future__ import annotations

import pytest

from sild.cores.linkage.method.clauses import parted
from sild.cores.linkage.method.differences import serial
from sild.cores.linkage.method.folding import words
from sild.cores.linkage.method.kin import Kin
from sild.cores.linkage.method.lexicon import lexicon
from sild.cores.linkage.method.owners import body
from sild.cores.linkage.method.pair import Pair
from sild.cores.linkage.method.reading import Reading, read
from sild.cores.linkage.problem import Body, BodyRelation, LinkageProblem

from .lines import BODIES, line, problem

MET_AND_MORE = (
    ("en", "The scanners of letter 12/345 are on the way, many thanks. We now ask for another 14, for the archive."),
    ("uk", "Сканери за листом 12/345 уже в дорозі, дякуємо. Тепер просимо ще 14, для архіву."),
    ("et", "Kirja 12/345 skannerid on juba teel, täname. Nüüd palume veel 14, arhiivile."),
    ("pl", "Skanery z pisma 12/345 są już w drodze, dziękujemy. Teraz prosimy o jeszcze 14, dla archiwum."),
    ("de", "Die Scanner aus Schreiben 12/345 sind bereits unterwegs, vielen Dank. Jetzt bitten wir um weitere 14, für das Archiv."),
    ("fr", "Les scanners de la lettre 12/345 sont en route, merci. Nous demandons désormais encore 14, pour les archives."),
    ("sv", "Skannrarna i brev 12/345 är redan på väg, tack. Numera behöver vi ytterligare 14, till arkivet."),
)
ANOTHER_ASK = (
    "Twenty tablets for the pilots. The routers are a different file.",
    "Двадцять планшетів для лоцманів. Маршрутизатори – то інше прохання.",
    "Kakskümmend tahvlit lootsidele. Ruuterid on teine asi.",
    "Dwadzieścia tabletów dla pilotów. Routery to osobna sprawa.",
    "Zwanzig Tablets für die Lotsen. Die Router sind hier nicht gemeint.",
    "Vingt tablettes pour les pilotes. Les routeurs sont une autre demande.",
    "Tjugo surfplattor till lotsarna. Routrarna är ett annat ärende.",
)
KEPT_APART = (
    "We ask to book it separately from the surgical ward",
    "Просимо вести це окремо від хірургії",
    "Prosimy prowadzić to osobno od chirurgii",
    "Wir bitten, das getrennt von der Chirurgie zu führen",
    "Nous demandons cela indépendamment de la chirurgie",
    "Vi önskar detta separat från kirurgi",
)
HOME_AND_ABROAD = (
    ("storage on our own premises", "a copy in a European cloud, outside the country"),
    ("сховище у нашій серверній", "копія за межами країни"),
    ("salvestus oma serveriruumis", "koopia välismaal"),
    ("macierz we własnej serwerowni", "kopia za granicą"),
    ("Speicher im eigenen Rechenzentrum", "eine Kopie im Ausland"),
    ("stockage dans nos locaux", "une copie à l'étranger"),
    ("lagring i egna lokaler", "en kopia utomlands"),
)


def reading(text: str, name: str = "a", day: int = 0, **told: object) -> Reading:
    return read(line(name, day, evidence=text, **told), Kin(problem()), "need")


@pytest.mark.parametrize(("language", "text"), MET_AND_MORE)
def test_who_thanks_for_what_came_and_asks_for_more_asks_for_a_further_batch(language: str, text: str) -> None:
    assert reading(text, language=language, quantity=14).additional


def test_who_says_that_now_more_are_needed_and_thanks_for_nothing_changes_the_number() -> None:
    assert not reading("Тепер потрібно ще 14, а не 10.").additional


@pytest.mark.parametrize("text", ANOTHER_ASK)
def test_a_sentence_that_sends_a_thing_to_another_request_does_not_ask_for_it(text: str) -> None:
    found = reading(text)
    assert "router" not in found.heads | found.concepts
    assert "router" in found.aside


@pytest.mark.parametrize("text", KEPT_APART)
def test_what_a_line_is_to_be_kept_apart_from_is_not_what_it_is_for(text: str) -> None:
    found = reading(text)
    assert "operating-theatre" in found.aside - found.purposes


def test_a_sentence_that_asks_on_is_not_set_aside_for_its_thanks() -> None:
    assert parted("Many thanks, but of the 50 laptops 30 are still needed.").elsewhere == ()


@pytest.mark.parametrize(("home", "away"), HOME_AND_ABROAD)
def test_a_copy_abroad_is_not_the_store_at_home(home: str, away: str) -> None:
    find = lexicon().purpose_finder.find
    assert "on-premises" in find(words(home)) - find(words(away))
    assert "abroad" in find(words(away)) - find(words(home))


@pytest.mark.parametrize(("one", "other"), [("Hall A: two firewalls", "Hall B: two firewalls"), ("зала «А», екрани", "зала «Б», екрани")])
def test_lettered_halls_are_two_places(one: str, other: str) -> None:
    assert serial(Pair(reading(one), reading(other, "b", 1), Kin(problem()))) == "other"


@pytest.mark.parametrize(("number", "level"), [("3", "superior-names-it"), ("5", "superior-names-a-sister"), ("7", "superior")])
def test_an_office_names_a_body_below_it_by_its_number_alone(number: str, level: str) -> None:
    city = Body(id="Uman City Council", country="UA", kind="recipient-body")
    wards = [Body(id=f"Uman Hospital No. {own}", country="UA", kind="recipient-body") for own in (3, 5)]
    relations = tuple(BodyRelation(lower=ward.id, upper=city.id) for ward in wards)
    kin = Kin(LinkageProblem(lines=(), bodies=(*BODIES, city, *wards), relations=relations))
    early = read(line("a", evidence="280 tokens", beneficiary=wards[0].id), kin, "need")
    late = read(line("b", 1, evidence=f"hospital {number} - tokens - 280", beneficiary=city.id, quantity=280), kin, "need")
    assert body(Pair(early, late, kin)) == level
