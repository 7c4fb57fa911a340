"""Which language of lexicon/languages.yaml a text is in: a statistical guess (py3langid) corrected by signs that only one has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import Lock

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from sild.cores.extraction.fields.lexicon_files import strings

_ENOUGH_LETTERS = 20
_READ_LETTERS = 20_000  # what more a long text says of its language changes nothing
_DECIDES = 2
_lock = Lock()
_models: list[LanguageIdentifier] = []
_SCRIPTS = {"Cyrillic": re.compile(r"[Ѐ-ӿ]"), "Latin": re.compile(r"[A-Za-zÀ-ɏ]")}
_ADDRESS = re.compile(r"(?<!\S)\S+@\S+|https?://\S+|hxxp\S+")


@dataclass(frozen=True, slots=True)
class _Language:
    code: str
    name: str
    script: str
    signs: re.Pattern[str] | None
    decides: bool


@cache
def _languages() -> tuple[_Language, ...]:
    found = []
    for code, entry in strings("languages")["languages"].items():
        if entry.get("script") not in _SCRIPTS:
            raise ValueError(f"lexicon/languages.yaml: {code!r} has the script {entry.get('script')!r}; known are {', '.join(_SCRIPTS)}")
        signs = re.compile(entry["signs"], re.IGNORECASE) if entry.get("signs") else None
        found.append(_Language(code, entry.get("name", code), entry["script"], signs, entry.get("decides") == "yes"))
    return tuple(found)


def languages() -> tuple[str, ...]:
    """The codes of all languages that are read."""
    return tuple(language.code for language in _languages())


def language_name(code: str) -> str:
    """The English name of a language that is read; the code itself of any other."""
    return next((language.name for language in _languages() if language.code == code), code)


def _model() -> LanguageIdentifier:
    with _lock:
        if not _models:
            model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
            known = {str(name) for name in model.labels}
            model.set_languages([code for code in languages() if code in known])
            _models.append(model)
    return _models[0]


@lru_cache(maxsize=1024)
def language_of(text: str, default: str | None = None) -> str:
    """The language code of the text; `default` (else "en") where it holds no letters."""
    text = _ADDRESS.sub(" ", text[:_READ_LETTERS])
    cyrillic, latin = (len(_SCRIPTS[script].findall(text)) for script in ("Cyrillic", "Latin"))
    if not cyrillic and not latin:
        return default or "en"
    if cyrillic * 2 > latin:
        counts = {entry.code: _signs(entry, text) for entry in _languages() if entry.script == "Cyrillic"}
        return max(counts, key=lambda code: counts[code])
    counts = {entry.code: _signs(entry, text) for entry in _languages() if entry.script == "Latin"}
    if latin < _ENOUGH_LETTERS and not any(counts.values()) and default in counts:
        return str(default)
    sure = [entry.code for entry in _languages() if entry.decides and counts.get(entry.code, 0) >= _DECIDES]
    sure = [code for code in sure if counts[code] >= max(counts.values())]
    if sure:
        return sure[0]
    ranked = [str(name) for name, _ in _model().rank(text) if str(name) in counts]
    return ranked[0] if ranked else default or "en"


def _signs(language: _Language, text: str) -> int:
    return len(language.signs.findall(text)) if language.signs is not None else 0
