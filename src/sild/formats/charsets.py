"""Bytes to text. The declared character set is believed only while the text it gives looks like one of the desk's languages.

Senders declare KOI8-U and send Windows-1251, declare nothing and send ISO 8859-2; the bytes decide.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache

from sild.formats.word_lists import entries

# letters outside ASCII that each language writes (both cases are tried), most frequent first
_CYRILLIC_UK = "оанитвірелсдкмупязгьбчхцюйїєшжщфґ"
_CYRILLIC_RU = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"
LETTERS: dict[str, str] = {
    "uk": _CYRILLIC_UK,
    "ru": _CYRILLIC_RU,
    "pl": "ąćęłńóśźż",
    "et": "äõüöšž",
    "de": "äöüß",
    "fr": "éèàçêùîôâûëïœæÿü",
    "en": "éï",
    # neighbours whose mail also arrives
    "es": "óíáéñúü",
    "pt": "ãçéáõêíóàâúô",
    "it": "àèòùìé",
    "nordic": "åäöøæé",
    "cs": "íáěéšřčžýůúňóďť",
    "lt": "ėšžųįūčąę",
    "lv": "āīēšūņžčļķģ",
}
_CYRILLIC = frozenset({"uk", "ru"})
# signs that belong to any of them in their proper set
_SIGNS = "«»„“”’‘–—№…•€°§·±²½¿¡ \u00a0\u00ad©®™"
CANDIDATES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("windows-1251", ("uk", "ru")),
    ("koi8-u", ("uk", "ru")),
    ("windows-1252", ("fr", "de", "et", "en", "es", "pt", "it", "nordic")),
    ("windows-1250", ("pl", "de", "cs")),
    ("windows-1257", ("et", "de", "pl", "lt", "lv")),
    ("iso8859-2", ("pl", "de", "cs")),
    ("iso8859-15", ("fr", "et", "de", "nordic")),
    ("iso8859-13", ("et", "de", "pl", "lt", "lv")),
    ("iso8859-4", ("et", "de", "lt", "lv")),
    ("iso8859-5", ("uk", "ru")),
    ("cp866", ("uk", "ru")),
)
# what mail programs call them, and the superset that they in fact send
_SUPERSETS = {"iso8859-1": "windows-1252", "latin-1": "windows-1252", "koi8-r": "koi8-u", "gb2312": "gb18030"}
# codecs of Python that are not character sets of texts, or that do work on bytes
_NOT_CHARSETS = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem", "palmos"}
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
         (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
_SINGLE_BYTE = ("iso8859", "windows", "cp", "koi8")
_C1 = re.compile("[\x80-\x84\x86-\x9f]")
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_SAMPLE_BYTES = 16_384
# how much better another set must score before a declaration is overruled; few signs prove little
_CLEARLY_BETTER, _DOUBT_PER_SIGN = 0.12, 2.0
# they prove more where the words around them have told the language; those tell it where they are many enough and most of the text
_DOUBT_IN_A_LANGUAGE, _FEWEST_WORDS, _MOST_FOREIGN = 0.5, 2, 0.25
_ASCII_WORD = re.compile(rb"(?<![\x80-\xffA-Za-z])[A-Za-z]{2,14}(?![\x80-\xffA-Za-z])")
_LETTERS_OF = {"sv": "nordic"}
# a word that mixes Latin and Cyrillic letters is a Latin text read in a Cyrillic set
_MIXED_WORD = re.compile(r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")
_CASE_BREAK = re.compile(r"[^\W\d_A-Z](?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Decoded:
    """`text` with its line ends folded to "\\n"; `charset` is the set used; `note` says where the declaration was wrong, else ""."""

    text: str
    charset: str
    note: str = ""


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of `data`. Never raises: what no set can read stands as U+FFFD, and `note` says so."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _finish(data, name, "")
    wanted = charset_name(declared)
    unknown = f"the character set {declared!r} is unknown" if declared and not wanted else ""
    if wanted and wanted.startswith(("utf-16", "utf-32", "utf-7", "iso2022", "hz")):
        _, lossless = _try(data, wanted)
        if lossless:
            return _finish(data, wanted, "")
    sixteen = _bare_utf16(data)
    if sixteen:
        return _finish(data, sixteen, unknown)
    if data.isascii():
        return _finish(data, "ascii", unknown)
    utf8 = _is_utf8(data)
    if utf8:
        note = f"declared as {declared}, but the bytes are UTF-8" if wanted not in (None, "utf-8") else unknown
        return _finish(data, "utf-8", note)
    return _legacy(data, declared, wanted, unknown)


def html_charset(data: bytes) -> str | None:
    """The character set that a page declares inside itself, for pages that arrive without any other declaration."""
    hit = _META_CHARSET.search(data[:4096])
    return hit.group(1).decode("ascii") if hit else None


def charset_name(declared: str | None) -> str | None:
    """The codec's name for a declared character set; None where it is none that a text may have."""
    if not declared:
        return None
    try:
        info = codecs.lookup(declared.strip().strip("\"'").lower()[:40])
    except (LookupError, ValueError, UnicodeError):
        return None
    if info.name.replace("-", "_") in _NOT_CHARSETS or not getattr(info, "_is_text_encoding", True):
        return None
    return info.name


def _legacy(data: bytes, declared: str | None, wanted: str | None, unknown: str) -> Decoded:
    sample = data[:_SAMPLE_BYTES]
    language = _language_of(sample)
    told = (language,) if language else ()
    fitting = [(order, name, told or langs) for order, (name, langs) in enumerate(CANDIDATES) if not told or language in langs]
    best_score, _, best = max((_best_score(sample, name, langs), -order, name) for order, name, langs in fitting)
    wanted = codecs.lookup(_SUPERSETS.get(wanted, wanted)).name if wanted else None
    if wanted and wanted not in ("utf-8", "ascii"):
        text, lossless = _try(data, wanted)
        known = {codecs.lookup(name).name for name, _ in CANDIDATES}
        if lossless and (
            wanted not in known or best_score < _score(text[:_SAMPLE_BYTES], told or tuple(LETTERS)) + _needed_lead(sample, bool(told))
        ):
            return _finish(data, wanted, "")
    note = f"declared as {declared}, but the bytes read as {best}" if wanted else (unknown or f"no character set declared; read as {best}")
    if not wanted and not declared:
        note = ""
    return _finish(data, best, note)


def _needed_lead(sample: bytes, told: bool) -> float:
    return _CLEARLY_BETTER + (_DOUBT_IN_A_LANGUAGE if told else _DOUBT_PER_SIGN) / max(1, sum(byte > 0x7F for byte in sample))


def _language_of(sample: bytes) -> str:
    """The language (a key of LETTERS) that the words of ASCII letters tell; "" where they tell none, or where most letters are others."""
    foreign = sum(byte > 0x7F for byte in sample)
    if foreign > _MOST_FOREIGN * sum(1 for byte in sample if byte > 0x7F or chr(byte).isalpha()):
        return ""
    hits: Counter[str] = Counter()
    for word in _ASCII_WORD.findall(sample):
        for language in _frequent_words().get(word.decode("ascii").lower(), ()):
            hits[language] += 1
    ranked = [*hits.most_common(2), ("", 0), ("", 0)]
    (first, count), (_, second) = ranked[0], ranked[1]
    return _LETTERS_OF.get(first, first) if count >= _FEWEST_WORDS and count > second else ""


@cache
def _frequent_words() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for entry in entries("frequent"):
        for word in entry["words"]:
            found.setdefault(word, []).append(entry["language"])
    return {word: tuple(languages) for word, languages in found.items()}


def _try(data: bytes, name: str) -> tuple[str, bool]:
    """The text in that set, and whether the set has a sign for every byte (a C1 control counts as none)."""
    try:
        text = data.decode(name)
    except (UnicodeError, ValueError, LookupError):
        return data.decode(name, "replace") if name.startswith(_SINGLE_BYTE) else "", False
    return text, not _C1.search(text)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        # one broken sequence in a text that is otherwise UTF-8 (cut by a gateway) does not make it another set
        sound = data.decode("utf-8", "ignore")
        lost = len(data) - len(sound.encode("utf-8"))
        wide = sum(1 for sign in sound if sign > "\x7f")
        return wide > 0 and (lost <= max(1, wide // 50) or (error.end >= len(data) and wide >= lost))
    return True


def _bare_utf16(data: bytes) -> str:
    """UTF-16 without its mark: nearly every second byte of a European text is 0 or 4."""
    if len(data) < 8 or len(data) % 2:
        return ""
    sample = data[:_SAMPLE_BYTES]
    for name, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if sum(1 for byte in high if byte in (0, 1, 4)) >= 0.85 * len(high) and high.count(0) > 0:
            return name
    return ""


@lru_cache(maxsize=64)
def _letter_weights(language: str) -> dict[str, float]:
    letters = LETTERS[language]
    weights: dict[str, float] = {}
    for rank, letter in enumerate(letters):
        # the Cyrillic sets differ in which letter is which, so the frequent ones must tell; the Latin ones in which letters there are
        weight = 1.0 - (1.0 if language in _CYRILLIC else 0.4) * rank / len(letters)
        weights[letter] = weight
        if letter.upper() not in weights and len(letter.upper()) == 1:
            weights[letter.upper()] = weight - 0.1
    return weights


def _best_score(sample: bytes, name: str, languages: tuple[str, ...]) -> float:
    text, lossless = _try(sample, name)
    return _score(text, languages) - (0.0 if lossless else 0.3)


def _score(text: str, languages: tuple[str, ...]) -> float:
    """From about -1 to 1: how much the signs outside ASCII look like those of the best of `languages`."""
    foreign = [sign for sign in text if sign > "\x7f"]
    if not foreign:
        return 0.0
    best = -1.0
    for language in languages:
        weights = _letter_weights(language)
        total = sum(weights.get(sign, _weight_elsewhere(sign)) for sign in foreign)
        best = max(best, total / len(foreign))
    # a capital straight after a small letter inside a word is what KOI8 read as Windows-1251 looks like
    breaks = sum(
        1 for hit in _CASE_BREAK.finditer(text) if hit.group().islower() and text[hit.end()].isupper() and text[hit.end()] > "\x7f"
    )
    mixed = sum(1 for _ in _MIXED_WORD.finditer(text))
    return best - (2.0 * breaks + mixed) / len(foreign)


def _weight_elsewhere(sign: str) -> float:
    if sign in _SIGNS:
        return 0.3
    return -3.0 if _C1.match(sign) else -1.0


def _finish(data: bytes, name: str, note: str) -> Decoded:
    text = data.decode(name, "replace")
    if "\ufffd" in text and not note:
        note = f"some bytes are not valid {name} and stand as \ufffd"
    if text.startswith("\ufeff"):
        text = text[1:]
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), name.removesuffix("-sig"), note)
