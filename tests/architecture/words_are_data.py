"""The rule that words of natural languages stand in the lexicon: what a syntax tree can show of it.

Three signs tell such a word in Python: letters that English lacks, a literal that is compared with a text's own words, and letters in a
pattern outside its classes of characters. Codes of the desk's own vocabularies show none of them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from .tree import parsed, python_files

READERS = ("cores/extraction", "formats/chat.py", "formats/older_mails.py", "formats/small_print.py", "formats/written_dates.py")
"""What reads the languages of messages, below the package."""

ALPHABETS = {
    "оаеи": "vowels that end a Ukrainian name, one by one",
    "асеікмортхујн": "letters that look like Latin ones",
    "łøđßæœı": "letters that no accent is taken off",
    "’ʼʹ′`´‘‛ʻ＇": "apostrophes",
    "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяabcdefghijklmnopqrstuvwxyzäöõü": "letters that may open a name",
    "xх×": "signs of multiplication",
    "+✓✔☑xхXХ": "ticks of a table",
}
STANDARDS = {
    "hxxp": "addresses that were made harmless",
    "https?": "addresses",
    "www": "addresses",
    "cve": "numbers of vulnerabilities",
    "tlp": "the words of the Traffic Light Protocol",
    "auto-": "values of RFC 3834",
    "(iv|i{1,3}|": "Roman numerals",
    "; the text says": "the desk's own reason",
    "(?:UA|MD)": "codes of countries",
    "UTC": "the name of a time zone",
    "mailto:": "an address of the web",
}
HEADERS = ("name.lower()",)
"""Names of mail headers are compared so."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_CLASSES = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_SYNTAX = re.compile(r"\(\?P[<=]\w+[>)]?|\(\?[aiLmsux]+\)|\\[uUx][0-9a-fA-F]+|\\.|\{\w+(?:,\w*)?\}")
_PATTERN = re.compile(r"\\[bBdDsSwWAZ.]|\(\?[:=!<P]|\[\^")
_TEXTS = frozenset({"text", "folded", "verbatim"})
_ASKING = frozenset({"startswith", "endswith", "find", "rfind", "count", "removeprefix", "removesuffix", "partition", "intersection"})


def words_stand_in_the_lexicon(package: Path) -> list[str]:
    """No word of a natural language in what reads messages, but for declared alphabets, standards and names of headers."""
    return [
        f"{path.relative_to(package.parent)}:{line}: {text!r} is a word of a language: put it into the lexicon, under its language"
        for path in _readers(package)
        for line, text in sorted({*_foreign(parsed(path)), *_compared(parsed(path)), *_in_patterns(parsed(path))})
    ]


def _readers(package: Path) -> Iterator[Path]:
    for path in python_files(package):
        if path.relative_to(package).as_posix().startswith(READERS):
            yield path


def _literals(tree: ast.Module) -> Iterator[tuple[int, str]]:
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def _foreign(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Literals with a word that has letters English lacks; in a pattern outside its classes."""
    for line, text in _literals(tree):
        plain = _CLASSES.sub(" ", text)
        if text not in ALPHABETS and any(not word.isascii() for word in _WORD.findall(plain)):
            yield line, text


def _in_patterns(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for line, text in _literals(tree):
        if _PATTERN.search(text) and _WORD.search(_SYNTAX.sub(" ", _CLASSES.sub(" ", text))) and not any(one in text for one in STANDARDS):
            yield line, text


def _compared(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Literals, and names that stand for some, which are compared with words of a text."""
    named = _named(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _ASKING:
            sides = [node.func.value, *node.args]
        else:
            continue
        words = [word for side in sides for word in _strings(side, named) if _WORD.search(word) and word not in ALPHABETS]
        if words and any(_is_of_a_text(side) and ast.unparse(side) not in HEADERS for side in sides):
            yield node.lineno, ", ".join(words)


def _is_of_a_text(node: ast.AST) -> bool:
    """Whether the expression is a piece of what was read: `word.text`, `reading.folded[a:b]`, `cell.text.strip().lower()`."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Attribute) and (node.func.attr in {"lower", "casefold"} or _is_of_a_text(node.func.value))
    if isinstance(node, ast.Attribute):
        return node.attr in _TEXTS
    if isinstance(node, ast.Tuple):
        return any(map(_is_of_a_text, node.elts))
    return _is_of_a_text(node.value) if isinstance(node, ast.Subscript) else isinstance(node, ast.Name) and node.id in _TEXTS


def _named(tree: ast.Module) -> dict[str, list[str]]:
    """What the module's own names stand for, where they stand for strings."""
    named: dict[str, list[str]] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                named |= {one.id: _strings(value, named) for one, value in _pairs(target, node.value) if isinstance(one, ast.Name)}
    return {name: words for name, words in named.items() if words}


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        yield from zip(target.elts, value.elts, strict=False)
    else:
        yield target, value


def _strings(node: ast.AST, named: dict[str, list[str]]) -> list[str]:
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return [word for one in node.elts for word in _strings(one, named)]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"frozenset", "set", "tuple"} and node.args:
        return _strings(node.args[0], named)
    if isinstance(node, ast.BinOp):
        return _strings(node.left, named) + _strings(node.right, named)
    return named.get(node.id, []) if isinstance(node, ast.Name) else []
