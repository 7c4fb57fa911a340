"""Companies, foundations and enterprises by their legal form: "Nordlys Data ApS", «ТОВ "Кіберщит"», "Fundacja Jasny Most"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from sild.cores.extraction.fields.found import BodyFound
from sild.cores.extraction.fields.openings import is_opening
from sild.cores.extraction.fields.phrases import lexicon, words_of_all
from sild.cores.extraction.fields.pieces import piecewise
from sild.cores.extraction.fields.transliteration import kmu55, plain_latin

_CAPITALISED = r"[^\W\d_a-zа-яіїєґ][^\s,;:|()«»\"“”]{0,40}"
_QUOTED = r"[«\"“„'‘]([^»\"”“\n]{2,60})[»\"”“'’]"
_LATIN = r"[A-ZÀ-ÖØ-ÞĄĆĘŁŃÓŚŹŻÕÄÖÜ][\w&+-]{1,30}\b"
_INITIAL = 3


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = lexicon("body_words")
    ends = "|".join(re.escape(form) for form in sorted(data["company_ends"], key=len, reverse=True))
    opens = "|".join(re.escape(form) for form in sorted(data["company_opens"], key=len, reverse=True))
    closed = re.compile(rf"(?<![\w])((?:{_CAPITALISED}[ \u00a0]){{1,4}}?)({ends})(?![\w])")
    quoted = re.compile(rf"(?<![\w])({opens}) *{_QUOTED}")
    bare = re.compile(rf"(?<![\w])({opens}) ((?:{_CAPITALISED}[ \u00a0]?){{1,3}})")
    words = "|".join(re.escape(word) for word in sorted(data["company_words"], key=len, reverse=True))
    called = re.compile(rf"(?<![\w])(?:{words}) (?P<name>{_QUOTED}|(?:{_LATIN}(?: (?={_LATIN}))?){{1,4}})")
    return closed, quoted, bare, called


@cache
def _before_names() -> frozenset[str]:
    return frozenset(lexicon("body_cues")["before_names"])


@piecewise
def find_companies(text: str) -> list[BodyFound]:
    """Names with a legal form, in order; a Latin name keeps its form, a Cyrillic one is transliterated by KMU 55."""
    closed, quoted, bare, called = _patterns()
    found: list[BodyFound] = []
    for match in quoted.finditer(text):
        kind = lexicon("body_words")["company_kinds"].get(match.group(1), "")
        body = _body(text, match.start(), match.end(), f"{kmu55(match.group(2)).strip()} {kind}".strip(), 0.6)
        public = match.group(1) in lexicon("body_words")["public_opens"]
        found.append(replace(body, kind=None, country="UA") if public else body)
    for match in closed.finditer(text):
        start = match.start()
        words = match.group(1).split()
        ended = max((index + 1 for index, word in enumerate(words) if word.endswith((".", "!", "?")) and len(word) > _INITIAL), default=0)
        for word in words[:ended]:  # the sentence before
            start = text.index(word, start) + len(word)
        start += len(text[start : match.end()]) - len(text[start : match.end()].lstrip())
        words = words[ended:]
        while words and (
            words[0] in words_of_all("body_cues", "no_firm")
            or plain_latin(words[0]) in _before_names()
            or (len(words) > 1 and is_opening(text, start, start + len(words[0])))  # "Palume Nordlys Data OÜ-lt"
        ):
            start = text.index(words[1] if len(words) > 1 else match.group(2), start + 1)
            words = words[1:]
        if words:
            found.append(_body(text, start, match.end(), text[start : match.end()], 0.6))
    for match in bare.finditer(text):
        name = text[match.start() : match.end()].strip()
        if any("a" <= char.lower() <= "z" for char in match.group(2)) and not match.group(2).strip().isupper():
            found.append(_body(text, match.start(), match.start() + len(name), name, 0.5))
    for match in called.finditer(text):
        if match.group("name").split()[0] in words_of_all("body_cues", "no_firm"):
            continue
        name = kmu55(match.group(2)) if match.group(2) else match.group("name").rstrip(".")
        found.append(_body(text, match.start("name"), match.start("name") + len(match.group("name").rstrip(".")), name.strip(), 0.45))
    kept: list[BodyFound] = []
    for hit in sorted(found, key=lambda h: -h.score):
        if not any(hit.start < other.end and other.start < hit.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)


def _body(text: str, start: int, end: int, name: str, score: float) -> BodyFound:
    return BodyFound(start=start, end=end, verbatim=text[start:end], confidence=score, name=name, known=False, score=score, kind="company")
