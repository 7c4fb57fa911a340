"""Which of the desk's languages a text is in: a statistical guess (py3langid) corrected by letters only one language has."""

from __future__ import annotations

import re
from functools import lru_cache
from threading import Lock

from py3langid.langid import MODEL_FILE, LanguageIdentifier

LANGUAGES = ("uk", "en", "et", "pl", "de", "fr", "sv", "ru")
_ENOUGH_LETTERS = 20
_READ_LETTERS = 20_000  # what more a long text says of its language changes nothing
_lock = Lock()
_models: list[LanguageIdentifier] = []
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_OWN_LETTERS = {
    "uk": re.compile(r"[іїєґІЇЄҐ]"),
    "ru": re.compile(r"[ыэъёЫЭЪЁ]"),
    "pl": re.compile(r"[łąęćńśźżŁĄĘĆŃŚŹŻ]"),
    "et": re.compile(r"õ|[aeiouäöü]{2}[^\W\d_]{0,30}(?:ks|st|le|lt|ga|de|me)\b", re.IGNORECASE),
    "de": re.compile(r"ß|\b(?:der|die|das|und|für|wir|nicht)\b", re.IGNORECASE),
    "sv": re.compile(r"å|\b(?:och|för|inte|att)\b", re.IGNORECASE),
    "fr": re.compile(r"[çèêœ]|\b(?:les|des|pour|nous|une|d'|l')\b", re.IGNORECASE),
}
_ADDRESS = re.compile(r"(?<!\S)\S+@\S+|https?://\S+|hxxp\S+")


def _model() -> LanguageIdentifier:
    with _lock:
        if not _models:
            model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
            model.set_languages(list(LANGUAGES))
            _models.append(model)
    return _models[0]


@lru_cache(maxsize=1024)
def language_of(text: str, default: str | None = None) -> str:
    """The language code of the text (one of LANGUAGES); `default` (else "en") where it holds no letters."""
    text = _ADDRESS.sub(" ", text[:_READ_LETTERS])
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    if not cyrillic and not latin:
        return default or "en"
    if cyrillic * 2 > latin:
        return _cyrillic_language(text)
    counts = {name: len(_OWN_LETTERS[name].findall(text)) for name in ("pl", "et", "de", "sv", "fr")}
    if latin < _ENOUGH_LETTERS and not any(counts.values()) and default in (*counts, "en"):
        return str(default)
    if counts["pl"] >= 2 and counts["pl"] >= max(counts["et"], counts["sv"], counts["de"], counts["fr"]):
        return "pl"
    ranked = [(str(name), float(share)) for name, share in _model().rank(text) if name not in ("uk", "ru")]
    return ranked[0][0] if ranked else default or "en"


def _cyrillic_language(text: str) -> str:
    own, other = len(_OWN_LETTERS["uk"].findall(text)), len(_OWN_LETTERS["ru"].findall(text))
    return "ru" if other > own else "uk"
