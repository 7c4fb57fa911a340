"""The data files: one concept in seven languages, product names in two scripts, weights for every level."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sild.cores.linkage.method import differences, owners, tellings, things
from sild.cores.linkage.method.folding import fold, numbers, reference_key, references, sound, words
from sild.cores.linkage.method.lexicon import BadLexicon, Finder, lexicon, unit_family
from sild.cores.linkage.method.weights import parse, weights

CODES = """
endpoint-protection network-security ddos-protection email-security identity-access log-monitoring threat-intelligence
vulnerability-management incident-response digital-forensics backup-storage
cloud-hosting colocation-hosting secure-communications satellite-connectivity
network-equipment end-user-devices server-hardware power-continuity ot-security software-licences training exercises legal-policy-advice
egovernance-platforms security-assessment expert-secondment
"""

SAYINGS = {
    "laptop": ["laptops", "ноутбуків", "sülearvutit", "laptopów", "Notebooks", "ordinateurs portables", "bärbara datorer"],
    "generator": [
        "generators",
        "генераторів",
        "diiselgeneraatorit",
        "agregatów prądotwórczych",
        "Stromerzeuger",
        "groupes électrogènes",
        "elverk",
    ],
    "firewall": ["firewalls", "міжмережевих екранів", "tulemüüri", "zapory sieciowe", "Firewalls", "pare-feu", "brandväggar"],
    "ups": ["UPS", "безперебійників", "UPSi", "zasilaczy awaryjnych", "USV-Anlagen", "onduleurs", "avbrottsfri kraft"],
    "backup": ["backups", "резервних копій", "varundusmahtu", "kopii zapasowych", "Datensicherung", "sauvegardes", "säkerhetskopiering"],
    "training": ["training", "навчання", "koolitust", "szkolenie", "Schulung", "une formation", "utbildning"],
    "exercise": ["exercise", "штабне тренування", "küberõppus", "ćwiczenia", "Übung", "exercice", "övning"],
    "edr": [
        "endpoint protection",
        "захист кінцевих точок",
        "lõppseadmekaitset",
        "ochrona punktów końcowych",
        "Virenschutz",
        "antivirus",
        "antivirus",
    ],
    "radio": ["radios", "радіостанцій", "raadiojaamu", "radiotelefonów", "Funkgeräte", "postes radio", "radioenheter"],
    "satellite": [
        "Starlink",
        "старлінків",
        "satelliitterminali",
        "terminali satelitarnych",
        "Satellitenterminals",
        "satellite",
        "satellitterminaler",
    ],
}


@pytest.mark.parametrize(("concept", "saying"), [(concept, saying) for concept, sayings in SAYINGS.items() for saying in sayings])
def test_a_thing_is_the_same_concept_in_every_language(concept: str, saying: str) -> None:
    assert concept in lexicon().item_finder.find(words(saying))


@pytest.mark.parametrize(
    ("one", "other"), [("Старлінк", "starlink"), ("Слобожанське", "slobozhanske"), ("зв’язок", "зв'язок"), ("ÕNGITSUS", "õngitsus")]
)
def test_words_fold_equal_across_scripts_and_signs(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(
    "written",
    [
        ["Kharkiv", "Харків", "Харкова", "Charków", "Charkowie", "Harkivi", "Charkiw"],
        ["Kremenchuk", "Кременчук", "Krzemieńczuk", "Krementschuk", "Krementšuk"],
        ["Poltava", "Полтава", "Połtawa", "Poltawa"],
        ["Chernihiv", "Чернігів", "Czernihów", "Tšernihivi", "Tschernihiw"],
    ],
)
def test_a_place_sounds_alike_in_the_languages_of_the_letters(written: list[str]) -> None:
    assert len({sound(fold(name)) for name in written}) == 1
    assert sound(fold(written[0])) != ""


def test_places_that_differ_sound_different() -> None:
    places = ["Kharkiv", "Kherson", "Chernihiv", "Kremenchuk", "Poltava", "Zhytomyr", "Dnipro", "Mykolaiv", "Vinnytsia", "Rivne"]
    assert len({sound(fold(name)) for name in places}) == len(places)


def test_phrases_bear_one_word_between_and_no_more() -> None:
    finder = Finder.of({"audit": ["security check*"]})
    assert finder.find(words("an external security policy check")) == {"audit"}
    assert finder.find(words("security of the whole check")) == frozenset()


def test_short_stems_match_whole_words_only() -> None:
    assert "ups" not in lexicon().item_finder.find(words("updates, groups, upstream"))


def test_a_stem_without_letters_is_refused() -> None:
    with pytest.raises(BadLexicon, match="holds no letter"):
        Finder.of({"nothing": ["*"]})


def test_numbers_are_read_with_their_grouping() -> None:
    assert numbers("1 200 licences, 2,500 keys, 12,5 TB and 3.000") == {1200.0, 2500.0, 12.5, 3000.0}


def test_letter_numbers_are_found_and_compared_without_signs() -> None:
    assert references("our letter № 02-17/559 of 12 January") == {reference_key("02-17/559")}
    assert reference_key("лист") == ""


def test_units_of_one_kind_meet() -> None:
    assert unit_family("seats") & unit_family("licence")
    assert unit_family("seats") & unit_family("person")
    assert not unit_family("TB") & unit_family("day")
    assert not unit_family("TB") & unit_family("GB per day")


def test_every_category_group_holds_known_codes_only() -> None:
    codes = set(CODES.split())
    assert set(lexicon().category_groups) <= codes


def test_every_level_that_the_comparisons_can_say_has_a_weight() -> None:
    """Levels are string constants in the source; each must stand in the data file under some comparison, and the reverse."""
    source = "".join(Path(str(module.__file__)).read_text(encoding="utf-8") for module in (owners, things, tellings, differences))
    kin = {"same", "alike", "superior", "above-by-rule", "sister", "stranger"}
    written = set(re.findall(r'"([a-z]+(?:-[a-z]+)*)"', source)) | kin
    for _, level in weights().levels:
        assert level in written or level in ("need", "offer"), level


def test_weights_without_a_sentence_are_refused() -> None:
    with pytest.raises(BadLexicon, match="needs both bits and says"):
        parse("bars: {join: 0, alike: -3}\ncomparisons: {body: {levels: {same: {bits: 1}}}}")


def test_an_outcome_without_a_weight_is_an_error_that_names_it() -> None:
    with pytest.raises(BadLexicon, match="no weight to body: cousin"):
        weights().of("body", "cousin")
